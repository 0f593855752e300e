#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/project.h"

namespace refract::workspace {

// One assignment of a .env file.
struct EnvironmentVariable {
  std::string name;
  std::string value;
  std::uint32_t line = 0;  // from 0, of the name
};

// All assignments in order, read as dotenv reads them: NAME=value or NAME: value, `export` before it, values between
// single quotes, double quotes or backticks over several lines, `#` begins a comment, a byte order mark is nothing.
// Nothing is expanded. A name that is set twice is there twice, and the last one counts.
std::vector<EnvironmentVariable> parse_dotenv(std::string_view text);

// The same of a file. Empty if there is none or it cannot be read.
std::vector<EnvironmentVariable> read_dotenv(const std::filesystem::path& file);

// The value of an environment variable of this process; nullopt: it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// A value with `${NAME}` and `$NAME` replaced, as dotenv-expand does: by the process's variable, else the file's.
// `\$` is a dollar sign. `$NAME` of a name that nothing sets stays as it is, so that a password may hold one.
std::string expand(std::string_view value, const std::vector<EnvironmentVariable>& file, const Environment& process);

// The files that variables of a project are looked up in, where the process does not set them, in this order: those of
// the project's root and of its schema's folder, and of the working folder; with a prisma.config.* only those that it
// loads itself.
std::vector<std::filesystem::path> environment_files(const Project& project);

// The files where a variable is looked up that these do not set: those of the folders above the project's root up to
// the repository's, nearest first. None with a prisma.config.*.
std::vector<std::filesystem::path> outer_environment_files(const Project& project);

// The names that all of these files set, sorted. The values may be secrets and stay there.
std::vector<std::string> environment_names(const Project& project);

}  // namespace refract::workspace
