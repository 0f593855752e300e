#include "platform/environment.h"

#include <unistd.h>

#include <cstdlib>

#ifdef __APPLE__
extern char** environ;
#endif

namespace refract::platform {

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::vector<std::string> environment() {
  std::vector<std::string> variables;
  for (char** variable = ::environ; variable != nullptr && *variable != nullptr; ++variable) {
    variables.emplace_back(*variable);
  }
  return variables;
}

void remove_variable(const std::string& name) {
  ::unsetenv(name.c_str());
}

}  // namespace refract::platform
