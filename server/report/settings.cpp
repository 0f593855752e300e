#include "report/settings.h"

#include <fmt/format.h>

namespace refract::report {

std::string settings_text(const workspace::ProjectSettings& settings) {
  std::string text;
  for (const workspace::SettingsProblem& problem : settings.problems) {
    text += fmt::format("{}:{}:{}: {} {}\n", settings.file.string(), problem.line, problem.column, problem.message,
                        problem.help);
  }
  return text;
}

}  // namespace refract::report
