#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace refract::bench {

// Prints how many lint cases of ../shared/conformance `refract check` does in a second, and where `oracle` is not
// empty, how many Prisma's own engines do.
void measure_lint(const std::string& program, const std::filesystem::path& conformance,
                  const std::filesystem::path& oracle);

// Prints how long the analysis of an editor takes after each line of a schema that is typed from its beginning.
void measure_prefixes(const std::string& text, std::string_view name);

}  // namespace refract::bench
