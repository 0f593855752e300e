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

// An immutable text with its line index. Copies share the text. A large text that follows from another by an edit is
// put together only when somebody asks for all of it: what is asked at each key stroke lies around the edit.
class Document {
 public:
  Document();
  explicit Document(std::string text);

  // All of it. Safe to call from several threads, as everything here is.
  std::string_view text() const;
  // A part; cheap where it lies in one piece.
  std::string_view slice(Range range) const;
  // The text from `begin` to `end` at least, and on from there as far as it lies in one piece.
  std::string_view slice_beyond(Range range) const;
  const LineIndex& lines() const;
  Offset size() const;

  // The document after one edit. The edit's range is clamped to the text.
  Document with_edit(const Edit& edit) const;

  // A position past its line's end means the line's end, and one past the last line the text's end (LSP 3.17);
  // one inside a character is rounded down to its start.
  Offset offset_at(Position position, Encoding encoding) const;
  Position position_at(Offset offset, Encoding encoding) const;

  // The line without its line break.
  std::string_view line_text(std::uint32_t line) const;

 private:
  struct Content;
  std::shared_ptr<const Content> content_;
};

// Applies edits whose ranges all refer to `text` and do not overlap; order does not matter, except that
// insertions at the same place keep theirs.
std::string apply_edits(std::string_view text, std::span<const Edit> edits);

}  // namespace refract::text
