#pragma once

#include <algorithm>
#include <cstddef>

namespace refract::support {

// How much two lists share: so many elements at the beginning, and of the others so many at the end.
struct CommonEnds {
  std::size_t head = 0;
  std::size_t tail = 0;
};

// `same(i, j)`: whether the element at `i` of the one list is that at `j` of the other.
template <class Same>
CommonEnds common_ends(std::size_t one, std::size_t other, Same same) {
  const std::size_t shorter = std::min(one, other);
  CommonEnds ends;
  while (ends.head < shorter && same(ends.head, ends.head)) ++ends.head;
  while (ends.head + ends.tail < shorter && same(one - 1 - ends.tail, other - 1 - ends.tail)) ++ends.tail;
  return ends;
}

}  // namespace refract::support
