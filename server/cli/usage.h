#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace CLI {
class App;
class Error;
}  // namespace CLI

namespace refract::cli {

// The answer to words that name no command that runs: none at all, `help`, `help migrate deploy`, a misspelt command.
// Help goes to standard output, a mistake to stderr. `words`: without the program's name. nullopt: a command is named.
std::optional<int> answer_usage(CLI::App& app, std::span<const std::string_view> words);

// One line about arguments that a command does not take; a misspelt option gets the one that was meant.
std::string usage_error(const CLI::App& app, const CLI::Error& error);

}  // namespace refract::cli
