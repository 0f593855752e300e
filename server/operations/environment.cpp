#include "operations/environment.h"

#include <fstream>

namespace refract::operations {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

std::optional<std::string> read_environment_variable(const std::filesystem::path& file, std::string_view name) {
  std::ifstream stream(file);
  std::optional<std::string> found;
  for (std::string line; std::getline(stream, line);) {
    std::string_view rest = trimmed(line);
    if (rest.starts_with("export ")) rest = trimmed(rest.substr(7));
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos || trimmed(rest.substr(0, equals)) != name) continue;
    std::string_view value = trimmed(rest.substr(equals + 1));
    if (!value.empty() && (value.front() == '"' || value.front() == '\'')) {
      const std::size_t close = value.find(value.front(), 1);
      value = value.substr(1, close == std::string_view::npos ? close : close - 1);
    } else if (const std::size_t comment = value.find(" #"); comment != std::string_view::npos) {
      value = trimmed(value.substr(0, comment));
    }
    found = value;  // the last one counts
  }
  return found;
}

}  // namespace refract::operations
