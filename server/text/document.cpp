#include "text/document.h"

#include <algorithm>
#include <utility>

#include "text/encoding.h"
#include "text/pieces.h"

namespace refract::text {

struct Document::Content {
  Content(std::string whole, LineIndex index) : text(std::move(whole)), lines(std::move(index)) {}
  Content(const Pieces& before, Range removed, std::string_view inserted, const LineIndex& index)
      : text(before, removed, inserted), lines(index) {}

  Pieces text;
  LineIndex lines;
};

Document::Document() : Document(std::string()) {}

Document::Document(std::string text) {
  LineIndex lines(text);
  content_ = std::make_shared<const Content>(std::move(text), std::move(lines));
}

std::string_view Document::text() const {
  return content_->text.whole();
}

std::string_view Document::slice(Range range) const {
  return content_->text.slice(range);
}

std::string_view Document::slice_beyond(Range range) const {
  return content_->text.slice_beyond(range);
}

const LineIndex& Document::lines() const {
  return content_->lines;
}

Offset Document::size() const {
  return content_->text.size();
}

Document Document::with_edit(const Edit& edit) const {
  const Offset begin = std::min(edit.range.begin, size());
  const Range removed{begin, std::clamp(edit.range.end, begin, size())};
  const auto inserted = static_cast<Offset>(edit.text.size());

  auto next = std::make_shared<Content>(content_->text, removed, edit.text, content_->lines);
  const Pieces& made = next->text;
  next->lines.apply(removed, inserted, made.slice(LineIndex::neighbourhood(removed, inserted, made.size())));

  Document document = *this;
  document.content_ = std::move(next);
  return document;
}

std::string_view Document::line_text(std::uint32_t line) const {
  const LineIndex& index = lines();
  const Offset begin = index.line_start(line);
  const Offset end = line + 1 < index.line_count() ? index.line_start(line + 1) : size();
  std::string_view text = slice({begin, end});
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

Offset Document::offset_at(Position position, Encoding encoding) const {
  if (position.line >= lines().line_count()) return size();
  const std::string_view line = line_text(position.line);
  return lines().line_start(position.line) + static_cast<Offset>(prefix_of(line, position.character, encoding));
}

Position Document::position_at(Offset offset, Encoding encoding) const {
  offset = std::min(offset, size());
  const std::uint32_t line = lines().line_of(offset);
  return {line, length_in(slice({lines().line_start(line), offset}), encoding)};
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
