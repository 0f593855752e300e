#pragma once

#include <compare>
#include <cstdint>

namespace refract::text {

// A byte offset into UTF-8 text.
using Offset = std::uint32_t;

// Half-open range of byte offsets.
struct Range {
  Offset begin = 0;
  Offset end = 0;

  auto operator<=>(const Range&) const = default;
  bool empty() const { return begin == end; }
  Offset size() const { return end - begin; }
  bool contains(Offset offset) const { return begin <= offset && offset < end; }
  // True also at the end: a cursor just after a word still touches it.
  bool touches(Offset offset) const { return begin <= offset && offset <= end; }
  Range shifted(Offset by) const { return {begin + by, end + by}; }
};

// LSP's position encodings that we offer: what `Position::character` counts.
enum class Encoding { utf8, utf16 };

// Zero-based line, and units of the encoding from the line's start.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  auto operator<=>(const Position&) const = default;
};

}  // namespace refract::text
