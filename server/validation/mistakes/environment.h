#pragma once

#include <string>
#include <string_view>

// Environment variables as programs, shells and templates name them.
namespace refract::validation {

// Whether programs read environment variables through this path: `env`, `process.env`, `os.environ`, `Deno.env.get`.
bool is_environment(std::string_view path);

// The variable that a path ends in: `X` of `process.env.X`. Empty: it names none.
std::string variable_in_path(std::string_view path);

}  // namespace refract::validation
