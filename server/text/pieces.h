#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "text/position.h"

namespace refract::text {

// An immutable text. A large one that an edit made of another shares what lies far from the edit with it, in up to
// three pieces: the beginning and the end of a text that was whole once, and between them what was edited since.
class Pieces {
 public:
  explicit Pieces(std::string text);
  // `removed` lies within `before`.
  Pieces(const Pieces& before, Range removed, std::string_view inserted);
  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;

  Offset size() const { return size_; }
  // Put together at the first call, from whichever thread it comes.
  std::string_view whole() const;
  // See Document.
  std::string_view slice(Range range) const;
  std::string_view slice_beyond(Range range) const;

 private:
  using Text = std::shared_ptr<const std::string>;

  Offset middle_end() const { return head_ + static_cast<Offset>(middle_.size()); }
  // Sets the pieces to those of `before` after the edit. False: too much would lie in the middle.
  bool widen(const Pieces& before, Range removed, std::string_view inserted);
  void append_to(std::string& out, Range part) const;
  const Text& together() const;

  Offset size_ = 0;
  Text base_;           // a text that was whole
  Offset head_ = 0;     // so much of its beginning comes first
  std::string middle_;  // then this
  Offset tail_ = 0;     // then the base from here on

  mutable std::once_flag once_;
  mutable std::atomic<bool> is_together_ = false;
  mutable Text together_;
};

}  // namespace refract::text
