#pragma once

#include <string_view>

namespace refract {

extern const std::string_view kVersion;  // "0.1.0"
// The commit that the program was built from: "04a1995", with a "+" if the sources had changes that no commit has.
// Empty if they were in no git repository.
extern const std::string_view kCommit;

}  // namespace refract
