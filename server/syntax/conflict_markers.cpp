#include "syntax/conflict_markers.h"

#include <algorithm>
#include <utility>

namespace refract::syntax {

ConflictMarker conflict_marker(std::string_view line) {
  constexpr std::size_t kLength = 7;
  constexpr std::pair<char, ConflictMarker> kMarkers[] = {{'<', ConflictMarker::current},
                                                          {'|', ConflictMarker::base},
                                                          {'=', ConflictMarker::divider},
                                                          {'>', ConflictMarker::incoming}};
  for (const auto& [character, marker] : kMarkers) {
    const std::size_t length = std::min(line.find_first_not_of(character), line.size());
    if (length != kLength) continue;
    const bool ends = line.size() == kLength || std::string_view(" \t\r\n").contains(line[kLength]);
    return ends ? marker : ConflictMarker::none;
  }
  return ConflictMarker::none;
}

}  // namespace refract::syntax
