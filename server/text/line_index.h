#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "text/position.h"

namespace refract::text {

// Byte offsets of line starts. Copies share the unedited part. Lines end at "\n", "\r\n" or a lone "\r" (LSP 3.17,
// "Text Documents").
class LineIndex {
 public:
  LineIndex() : LineIndex(std::string_view()) {}
  explicit LineIndex(std::string_view text);

  // The range of the edited text (`size` bytes; `inserted` bytes replaced `removed`) that apply() needs.
  static Range neighbourhood(Range removed, Offset inserted, Offset size);
  // Follows that edit; `removed` is a range of the text indexed so far. Scans only `near`, the text's neighbourhood of
  // the edit; the rest is shifted.
  void apply(Range removed, Offset inserted, std::string_view near);

  std::uint32_t line_count() const { return middle_end() + static_cast<std::uint32_t>(base_->size()) - tail_; }
  // The line that holds the offset; an offset past the end is on the last line.
  std::uint32_t line_of(Offset offset) const;
  Offset line_start(std::uint32_t line) const {
    if (line < head_) return (*base_)[line];
    if (line < middle_end()) return middle_[line - head_];
    return (*base_)[line - middle_end() + tail_] + shift_;
  }

 private:
  std::uint32_t middle_end() const { return head_ + static_cast<std::uint32_t>(middle_.size()); }
  // The first line in [from, line_count()) that starts after the offset; line_count(): none.
  std::uint32_t first_after(Offset offset, std::uint32_t from) const;

  // The first `head_` lines are the base's, then come those of `middle_`, then the base's from `tail_` on, which start
  // `shift_` (modulo 2^32) further than there.
  std::shared_ptr<const std::vector<Offset>> base_;
  std::uint32_t head_ = 0;
  std::vector<Offset> middle_;
  std::uint32_t tail_ = 0;
  Offset shift_ = 0;
};

}  // namespace refract::text
