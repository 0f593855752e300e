#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/position.h"

namespace refract::text {

// Byte offsets of line starts. Lines end at "\n", "\r\n" or a lone "\r" (LSP 3.17, "Text Documents").
class LineIndex {
 public:
  LineIndex() : starts_{0} {}
  explicit LineIndex(std::string_view text);

  // Of a text of `size` bytes, made by replacing `removed` with `inserted` bytes, what apply() must see.
  static Range neighbourhood(Range removed, Offset inserted, Offset size);
  // Follows that edit; `removed` is a range of the text indexed so far. Scans only `near`, the text's neighbourhood of
  // the edit; the rest is shifted.
  void apply(Range removed, Offset inserted, std::string_view near);

  std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts_.size()); }
  // The line that holds the offset; an offset past the end is on the last line.
  std::uint32_t line_of(Offset offset) const;
  Offset line_start(std::uint32_t line) const { return starts_[line]; }

 private:
  std::vector<Offset> starts_;
};

}  // namespace refract::text
