#include "workspace/dotenv.h"

#include <algorithm>

#include "fuzz/fuzz.h"

namespace refract::fuzz {

void run(std::string_view input) {
  const std::vector<workspace::EnvironmentVariable> variables = workspace::parse_dotenv(input);
  const auto lines = static_cast<std::uint32_t>(std::ranges::count(input, '\n') + std::ranges::count(input, '\r'));
  for (const workspace::EnvironmentVariable& variable : variables) {
    expect(!variable.name.empty(), "a variable has a name");
    expect(variable.line <= lines, "a variable is on a line of the text");
    workspace::expand(variable.value, variables, [](const std::string&) { return std::nullopt; });
  }
}

}  // namespace refract::fuzz
