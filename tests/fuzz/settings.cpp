#include <string>

#include "fuzz/fuzz.h"
#include "workspace/project_settings.h"

namespace refract::fuzz {

void run(std::string_view input) {
  const workspace::ProjectSettings settings = workspace::parse_settings("/p/refract.toml", std::string(input));
  for (const workspace::SettingsProblem& problem : settings.problems) {
    expect(problem.line >= 1 && problem.column >= 1, "places count from 1");
    expect(problem.range.begin <= problem.range.end && problem.range.end <= input.size(),
           "a problem lies within the text");
    expect(!problem.message.empty(), "a problem has a message");
  }
  for (const auto& [name, value] : settings.values) {
    const workspace::SettingSpec* spec = workspace::find_setting(name);
    expect(spec != nullptr && workspace::fits(*spec, value), "a value that is read fits its setting");
  }
}

}  // namespace refract::fuzz
