#include "soak/typist.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace refract::test {
namespace {

using protocol::Json;

constexpr std::array<std::string_view, 34> kTyped = {"a",
                                                     "Z",
                                                     "9",
                                                     "_",
                                                     " ",
                                                     "\n",
                                                     "\r\n",
                                                     "{",
                                                     "}",
                                                     "(",
                                                     ")",
                                                     "[",
                                                     "]",
                                                     "@",
                                                     "@@",
                                                     "\"",
                                                     "'",
                                                     ".",
                                                     ",",
                                                     ":",
                                                     "?",
                                                     "//",
                                                     "/* ",
                                                     "😀",
                                                     "é",
                                                     "String",
                                                     "Int?",
                                                     "@id",
                                                     "@unique",
                                                     " @map(\"x\")",
                                                     " @default(now())",
                                                     "\nmodel Typed {\n  id Int @id\n  other Typed2?\n}\n",
                                                     "\nenum Kind {\n  A\n  B\n}\n",
                                                     "  @@index([id])\n"};

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

}  // namespace

std::size_t Typist::character_at(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  while (offset > 0 && offset < text_.size() && continues(text_[offset])) --offset;
  // An edit between the two bytes of a line break has no position of its own.
  if (offset > 0 && offset < text_.size() && text_[offset] == '\n' && text_[offset - 1] == '\r') --offset;
  return offset;
}

Json Typist::position_of(std::size_t offset) const {
  std::size_t line = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < offset; ++i) {
    if (text_[i] != '\n' && !(text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n'))) continue;
    ++line;
    begin = i + 1;
  }
  return {{"line", line}, {"character", offset - begin}};
}

std::size_t Typist::offset_of(const Json& position) const {
  std::size_t begin = 0;
  std::size_t line = position["line"];
  for (std::size_t i = 0; i < text_.size() && line > 0; ++i) {
    if (text_[i] != '\n' && !(text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n'))) continue;
    --line;
    begin = i + 1;
  }
  return std::min(begin + position["character"].get<std::size_t>(), text_.size());
}

Json Typist::replace(std::size_t begin, std::size_t end, std::string inserted, bool remember) {
  const Json range{{"start", position_of(begin)}, {"end", position_of(end)}};
  if (remember) done_.push_back({begin, text_.substr(begin, end - begin), inserted});
  text_.replace(begin, end - begin, inserted);
  return {{"range", range}, {"text", std::move(inserted)}};
}

Json Typist::undo() {
  const Change last = std::move(done_.back());
  done_.pop_back();
  return replace(last.at, last.at + last.inserted.size(), last.removed, false);
}

Json Typist::type() {
  Json changes = Json::array();
  if (done_.size() > 60 || below(300) == 0) {
    // All at once, as an editor does when a file is reverted.
    done_.clear();
    text_ = original_;
    changes.push_back({{"text", text_}});
    return changes;
  }
  for (std::size_t left = below(8) == 0 ? 3 : 1; left > 0; --left) {
    const std::size_t what = below(10);
    const std::size_t at = character_at(below(text_.size() + 1));
    if (what < 3 && !done_.empty()) {
      changes.push_back(undo());
    } else if (what < 6 && !text_.empty()) {
      const std::size_t length = 1 + (below(20) == 0 ? below(600) : below(20));
      const std::size_t end = character_at(at + length);
      changes.push_back(replace(at, std::max(at, end), {}));
    } else {
      changes.push_back(replace(at, at, std::string(kTyped[below(kTyped.size())])));
    }
  }
  return changes;
}

Json Typist::apply(const Json& edit) {
  const std::size_t begin = offset_of(edit["range"]["start"]);
  const std::size_t end = offset_of(edit["range"]["end"]);
  return replace(begin, std::max(begin, end), edit["newText"]);
}

Json Typist::position() {
  if (below(50) == 0) return {{"line", 1000000}, {"character", below(1000000)}};
  Json at = position_of(character_at(below(text_.size() + 1)));
  if (below(50) == 0) at["character"] = 1000000;
  return at;
}

}  // namespace refract::test
