#pragma once

#include <string_view>

// The lines that Git writes around the versions of text that it could not merge.
namespace refract::syntax {

enum class ConflictMarker {
  none,
  current,   // `<<<<<<< HEAD`: the version of this branch follows
  base,      // `||||||| 1a2b3c`: the version that both come from follows
  divider,   // `=======`: the version of the other branch follows
  incoming,  // `>>>>>>> branch`: after the version of the other branch
};

// What a line is, without white space at its beginning. The line may go on after the end of the first one in it.
ConflictMarker conflict_marker(std::string_view line);

}  // namespace refract::syntax
