#pragma once

#include <string>
#include <string_view>

#include "protocol/json.h"
#include "support/marked_schema.h"
#include "text/position.h"

namespace refract::test {

// A document whose marks (marked_schema.h) give LSP's positions and ranges, in the encoding that its client agreed on.
// Marks stay with the text around them when it is edited. A name that no mark has fails the test.
class MarkedDocument {
 public:
  explicit MarkedDocument(std::string_view fixture, text::Encoding encoding = text::Encoding::utf16)
      : marked_(tests::parse_marks(fixture)), encoding_(encoding) {}

  const std::string& text() const { return marked_.text; }
  void set_encoding(text::Encoding encoding) { encoding_ = encoding; }
  // Of the beginning of the mark.
  protocol::Json position(std::string_view mark) const;
  protocol::Json range(std::string_view mark) const;
  // From the beginning of one mark to the end of another.
  protocol::Json range(std::string_view first, std::string_view last) const;

  // Replaces the text of a mark by another one with marks of its own, and gives the change as a client sends it.
  protocol::Json replace(std::string_view mark, std::string_view fixture);

 private:
  text::Range bytes_of(std::string_view mark) const;
  protocol::Json position_of(text::Offset offset) const;
  protocol::Json range_of(text::Range range) const;

  tests::MarkedSchema marked_;
  text::Encoding encoding_;
};

}  // namespace refract::test
