#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace refract::report {

// The file with a code's page, for an editor to open: of the documentation that lies beside the running program
// (share/doc/refract/codes, or docs/codes of the source tree it was built in); failing that a copy made in the user's
// cache folder. nullopt: no such code, or no copy can be written. Safe from any thread; each code is looked up once.
std::optional<std::string> page_path(std::string_view code);

}  // namespace refract::report
