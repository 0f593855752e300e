#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Error;
class Validator;
}  // namespace CLI

namespace refract::cli {

// The answer to words that name no command that runs: none at all, `help`, `help migrate deploy`, a misspelt command.
// Help goes to standard output, a mistake to stderr. `words`: without the program's name. nullopt: a command is named.
std::optional<int> answer_usage(CLI::App& app, std::span<const std::string_view> words);

// The help text of a command, or of the one that was named after it.
void print_help(const CLI::App& app);

// For an option that takes one of these words; a misspelt one is answered with the one that was meant.
CLI::Validator one_of(std::vector<std::string> values);

// One line about arguments that a command does not take; a misspelt option gets the one that was meant, and one of
// Prisma what to write here.
std::string usage_error(const CLI::App& app, const CLI::Error& error);

}  // namespace refract::cli
