#include "text/document.h"

#include <algorithm>

#include "text/encoding.h"

namespace refract::text {

Document::Document() : Document(std::string()) {}

Document::Document(std::string text) {
  LineIndex lines(text);
  content_ = std::make_shared<const Content>(Content{std::move(text), std::move(lines)});
}

Document Document::with_edit(const Edit& edit) const {
  const std::string_view old = text();
  const Offset begin = std::min(edit.range.begin, size());
  const Offset end = std::clamp(edit.range.end, begin, size());

  auto next = std::make_shared<Content>();
  next->text.reserve(old.size() - (end - begin) + edit.text.size());
  next->text.append(old.substr(0, begin)).append(edit.text).append(old.substr(end));
  next->lines = content_->lines;
  next->lines.apply({begin, end}, static_cast<Offset>(edit.text.size()), next->text);

  Document document = *this;
  document.content_ = std::move(next);
  return document;
}

std::string_view Document::line_text(std::uint32_t line) const {
  const LineIndex& index = lines();
  const Offset begin = index.line_start(line);
  Offset end = line + 1 < index.line_count() ? index.line_start(line + 1) : size();
  while (end > begin && (text()[end - 1] == '\n' || text()[end - 1] == '\r')) --end;
  return text().substr(begin, end - begin);
}

Offset Document::offset_at(Position position, Encoding encoding) const {
  if (position.line >= lines().line_count()) return size();
  const std::string_view line = line_text(position.line);
  return lines().line_start(position.line) + static_cast<Offset>(prefix_of(line, position.character, encoding));
}

Position Document::position_at(Offset offset, Encoding encoding) const {
  offset = std::min(offset, size());
  const std::uint32_t line = lines().line_of(offset);
  const Offset start = lines().line_start(line);
  return {line, length_in(text().substr(start, offset - start), encoding)};
}

std::string apply_edits(std::string_view text, std::span<const Edit> edits) {
  std::vector<const Edit*> ordered;
  ordered.reserve(edits.size());
  for (const Edit& edit : edits) ordered.push_back(&edit);
  std::ranges::stable_sort(ordered, {}, [](const Edit* edit) { return edit->range.begin; });

  std::string result;
  Offset copied = 0;
  for (const Edit* edit : ordered) {
    result.append(text.substr(copied, edit->range.begin - copied)).append(edit->text);
    copied = edit->range.end;
  }
  return result.append(text.substr(copied));
}

}  // namespace refract::text
