#include "cli/usage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/other_names.h"
#include "live/connection.h"
#include "validation/core/text_tools.h"

namespace refract::cli {
namespace {

std::vector<CLI::App*> commands_of(CLI::App& app) {
  return app.get_subcommands([](CLI::App*) { return true; });
}

std::vector<std::string_view> names_of(CLI::App& app) {
  std::vector<std::string_view> names;
  for (const CLI::App* command : commands_of(app)) names.emplace_back(command->get_name());
  return names;
}

CLI::App* find_command(CLI::App& app, std::string_view name) {
  for (CLI::App* command : commands_of(app)) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

// `refract migrate deploy`.
std::string full_name(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : fmt::format("{} {}", full_name(*parent), app.get_name());
}

// The command that was meant by a word after `app`, in full. Empty: none is near.
std::string meant_by(CLI::App& app, std::string_view word) {
  // One of another level: `refract deploy`, `refract migrate check`.
  CLI::App* root = &app;
  while (root->get_parent() != nullptr) root = root->get_parent();
  for (CLI::App* command : commands_of(*root)) {
    if (command->get_name() == word) return full_name(*command);
    if (const CLI::App* inner = find_command(*command, word)) return full_name(*inner);
  }
  std::vector<std::string_view> names = names_of(app);
  names.emplace_back("help");
  const std::string_view nearest = validation::nearest(word, names);
  return nearest.empty() ? std::string() : fmt::format("{} {}", full_name(app), nearest);
}

// `words`: from the one that names no command of `app`.
int report_unknown(CLI::App& app, std::span<const std::string_view> words) {
  const std::string prefix = app.get_parent() == nullptr ? std::string() : app.get_name() + " ";
  const std::string one = fmt::format("{}{}", prefix, words[0]);
  const std::string two = words.size() > 1 ? fmt::format("{} {}", one, words[1]) : one;
  // A command of another level is known by its name alone.
  const std::pair<std::string_view, std::string_view> names[] = {{two, two}, {one, one}, {one, words[0]}};
  for (const auto& [written, known] : names) {
    if (const std::string_view answer = other_command(known); !answer.empty())
      return report_error(
          {ErrorCode::usage, fmt::format("The command refract {} does not exist. {}", written, answer)});
  }
  const std::string meant = meant_by(app, words[0]);
  return report_error(
      {ErrorCode::usage, fmt::format("The command {} {} does not exist. {}", full_name(app), words[0],
                                     meant.empty() ? fmt::format("The commands are {}; see {} --help.",
                                                                 fmt::join(names_of(app), ", "), full_name(app))
                                                   : fmt::format("Did you mean {}?", meant))});
}

std::vector<std::string_view> option_names(const CLI::App& app) {
  std::vector<std::string_view> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.emplace_back(name);
  }
  return names;
}

// What begins the message of a value that an option does not take.
constexpr std::string_view kTakes = "takes ";

// The option that was meant by a word with its dashes: the nearest, or the one that begins with the letter.
std::string_view meant_option(const CLI::App& app, std::string_view written) {
  const std::vector<std::string_view> names = option_names(app);
  // `-format`
  if (const auto same = std::ranges::find(names, written); same != names.end()) return *same;
  if (written.size() > 1) return validation::nearest(written, names);
  const auto begins = [&](std::string_view name) { return name.starts_with(written); };
  const bool one = std::ranges::count_if(names, begins) == 1;
  return one ? *std::ranges::find_if(names, begins) : std::string_view();
}

std::string unknown_option(const CLI::App& app, std::string_view word) {
  const std::string_view whole = word.substr(0, word.find('='));
  const std::string_view written = whole.substr(std::min(whole.find_first_not_of('-'), whole.size()));
  const std::string command = full_name(app);
  const std::string problem = fmt::format("The option {} of {} does not exist", live::without_secrets(whole), command);
  if (const std::string_view answer = other_option(command, written); !answer.empty())
    return fmt::format("{}. {}", problem, answer);
  const std::string_view meant = meant_option(app, written);
  return meant.empty() ? fmt::format("{}; see {} --help", problem, command)
                       : fmt::format("{}. Did you mean --{}?", problem, meant);
}

}  // namespace

void print_help(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  print(app.help(parent == nullptr ? std::string() : full_name(*parent)), report::painted_help);
}

std::optional<int> answer_usage(CLI::App& app, std::span<const std::string_view> words) {
  bool asked = false;
  CLI::App* command = &app;
  for (; !words.empty() && !commands_of(*command).empty(); words = words.subspan(1)) {
    const std::string_view word = words.front();
    if (word.starts_with('-')) return std::nullopt;
    if (word == "help") {
      asked = true;
      continue;
    }
    CLI::App* const next = find_command(*command, word);
    if (next == nullptr) return report_unknown(*command, words);
    command = next;
  }
  const bool incomplete = !commands_of(*command).empty();
  if (!asked && !incomplete) return std::nullopt;
  print_help(*command);
  return asked ? kDone : kUsage;
}

CLI::Validator one_of(std::vector<std::string> values) {
  std::string description = fmt::format("{{{}}}", fmt::join(values, ","));
  return {[values = std::move(values)](const std::string& written) {
            if (std::ranges::find(values, written) != values.end()) return std::string();
            const std::vector<std::string_view> known(values.begin(), values.end());
            const std::string_view meant = validation::nearest(written, known);
            return fmt::format("{}{} or {}, not {}.{}", kTakes, fmt::join(known.begin(), known.end() - 1, ", "),
                               known.back(), written,
                               meant.empty() ? std::string() : fmt::format(" Did you mean {}?", meant));
          },
          std::move(description)};
}

std::string usage_error(const CLI::App& app, const CLI::Error& error) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  const std::string name = full_name(*command);
  if (const std::vector<std::string> rest = command->remaining(); !rest.empty() && rest.front().starts_with('-'))
    return unknown_option(*command, rest.front());
  const std::string what = live::without_secrets(error.what());
  // "--format: takes …"
  if (const std::size_t at = what.find(": "); at != std::string::npos && what.substr(at + 2).starts_with(kTakes))
    return fmt::format("The option {} of {} {}", what.substr(0, at), name, what.substr(at + 2));
  return fmt::format("{}; see {} --help", what, name);
}

}  // namespace refract::cli
