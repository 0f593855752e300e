#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/line_index.h"
#include "text/position.h"

namespace refract::text {

// Replace `range` by `text`.
struct Edit {
  Range range;
  std::string text;
  bool operator==(const Edit&) const = default;
};

// An immutable text with its line index. Copies share the text.
class Document {
 public:
  Document();
  explicit Document(std::string text);

  std::string_view text() const { return content_->text; }
  const LineIndex& lines() const { return content_->lines; }
  Offset size() const { return static_cast<Offset>(content_->text.size()); }

  // The document after one edit. The edit's range is clamped to the text.
  Document with_edit(const Edit& edit) const;

  // A position past its line's end means the line's end, and one past the last line the text's end (LSP 3.17);
  // one inside a character is rounded down to its start.
  Offset offset_at(Position position, Encoding encoding) const;
  Position position_at(Offset offset, Encoding encoding) const;

  // The line without its line break.
  std::string_view line_text(std::uint32_t line) const;

 private:
  struct Content {
    std::string text;
    LineIndex lines;
  };
  std::shared_ptr<const Content> content_;
};

// Applies edits whose ranges all refer to `text` and do not overlap; order does not matter, except that
// insertions at the same place keep theirs.
std::string apply_edits(std::string_view text, std::span<const Edit> edits);

}  // namespace refract::text
