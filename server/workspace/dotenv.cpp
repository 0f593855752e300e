#include "workspace/dotenv.h"

#include <algorithm>
#include <set>

namespace refract::workspace {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string_view value_of(std::string_view text) {
  std::string_view value = trimmed(text);
  if (!value.empty() && (value.front() == '"' || value.front() == '\'')) {
    const std::size_t close = value.find(value.front(), 1);
    return value.substr(1, close == std::string_view::npos ? close : close - 1);
  }
  const std::size_t comment = value.find(" #");
  return comment == std::string_view::npos ? value : trimmed(value.substr(0, comment));
}

}  // namespace

std::vector<EnvironmentVariable> parse_dotenv(std::string_view text) {
  std::vector<EnvironmentVariable> variables;
  for (std::uint32_t line = 0; !text.empty(); ++line) {
    const std::string_view whole = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), whole.size() + 1));
    std::string_view rest = trimmed(whole);
    if (rest.starts_with("export ")) rest = trimmed(rest.substr(7));
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos || rest.starts_with('#')) continue;
    const std::string_view name = trimmed(rest.substr(0, equals));
    variables.push_back({std::string(name), std::string(value_of(rest.substr(equals + 1))), line});
  }
  return variables;
}

std::vector<EnvironmentVariable> read_dotenv(const std::filesystem::path& file) {
  const auto text = read_text_file(file);
  return text ? parse_dotenv(*text) : std::vector<EnvironmentVariable>();
}

std::vector<std::string> environment_names(const Project& project) {
  std::set<std::string> names;
  for (const auto& folder : {project.root, project.files.front().parent_path()}) {
    for (const EnvironmentVariable& variable : read_dotenv(folder / ".env"))
      if (!variable.name.empty()) names.insert(variable.name);
  }
  return {names.begin(), names.end()};
}

}  // namespace refract::workspace
