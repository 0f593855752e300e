#include "cli/usage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <vector>

#include "cli/command.h"
#include "live/connection.h"
#include "validation/core/text_tools.h"

namespace refract::cli {
namespace {

std::vector<CLI::App*> commands_of(CLI::App& app) {
  return app.get_subcommands([](CLI::App*) { return true; });
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

void print_help(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  fmt::print("{}", app.help(parent == nullptr ? std::string() : full_name(*parent)));
}

int report_unknown(CLI::App& app, std::string_view word) {
  std::vector<std::string_view> names;
  for (const CLI::App* command : commands_of(app)) names.emplace_back(command->get_name());
  const std::string_view meant = validation::nearest(word, names);
  return report_error(
      {ErrorCode::usage, fmt::format("The command {} {} does not exist. {}", full_name(app), word,
                                     meant.empty() ? fmt::format("The commands are {}; see {} --help.",
                                                                 fmt::join(names, ", "), full_name(app))
                                                   : fmt::format("Did you mean {} {}?", full_name(app), meant))});
}

std::vector<std::string_view> option_names(const CLI::App& app) {
  std::vector<std::string_view> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.emplace_back(name);
  }
  return names;
}

}  // namespace

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
    if (next == nullptr) return report_unknown(*command, word);
    command = next;
  }
  const bool incomplete = !commands_of(*command).empty();
  if (!asked && !incomplete) return std::nullopt;
  print_help(*command);
  return asked ? kDone : kUsage;
}

std::string usage_error(const CLI::App& app, const CLI::Error& error) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  if (const std::vector<std::string> rest = command->remaining(); !rest.empty() && rest.front().starts_with("--")) {
    const std::string written = rest.front().substr(2, rest.front().find('=') - 2);
    const std::string_view meant = validation::nearest(written, option_names(*command));
    if (!meant.empty())
      return fmt::format("The option --{} of {} does not exist. Did you mean --{}?", written, full_name(*command),
                         meant);
  }
  return fmt::format("{}; see {} --help", live::without_secrets(error.what()), full_name(*command));
}

}  // namespace refract::cli
