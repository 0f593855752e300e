#pragma once

#include <optional>
#include <string>
#include <vector>

namespace refract::platform {

// A variable of this process. nullopt: it is not set.
std::optional<std::string> environment_variable(const std::string& name);

// All variables of this process, as NAME=value.
std::vector<std::string> environment();

// Removes a variable from this process. Not while other threads run.
void remove_variable(const std::string& name);

}  // namespace refract::platform
