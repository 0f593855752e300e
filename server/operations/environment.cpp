#include "operations/environment.h"

#include "workspace/dotenv.h"

namespace refract::operations {

std::optional<std::string> read_environment_variable(const std::filesystem::path& file, std::string_view name) {
  std::optional<std::string> found;
  for (workspace::EnvironmentVariable& variable : workspace::read_dotenv(file)) {
    if (variable.name == name) found = std::move(variable.value);  // the last one counts
  }
  return found;
}

}  // namespace refract::operations
