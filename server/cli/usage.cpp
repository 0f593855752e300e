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

void print_help(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  fmt::print("{}", app.help(parent == nullptr ? std::string() : full_name(*parent)));
}

// What Prisma and others call a command of ours, or what is an option here.
struct OtherName {
  std::string_view word;
  std::string_view ours;
};
constexpr OtherName kOtherNames[] = {{"validate", "refract check"},     {"fmt", "refract format"},
                                     {"version", "refract --version"},  {"generate", "refract migrate new"},
                                     {"dev", "refract migrate new"},    {"server", "refract lsp"},
                                     {"language-server", "refract lsp"}};

// The command that was meant by a word after `app`, in full. Empty: none is near.
std::string meant_by(CLI::App& app, std::string_view word) {
  // One of another level: `refract deploy`, `refract migrate check`.
  CLI::App* root = &app;
  while (root->get_parent() != nullptr) root = root->get_parent();
  for (CLI::App* command : commands_of(*root)) {
    if (command->get_name() == word) return full_name(*command);
    if (const CLI::App* inner = find_command(*command, word)) return full_name(*inner);
  }
  for (const OtherName& other : kOtherNames) {
    if (other.word == word) return std::string(other.ours);
  }
  std::vector<std::string_view> names = names_of(app);
  names.emplace_back("help");
  const std::string_view nearest = validation::nearest(word, names);
  return nearest.empty() ? std::string() : fmt::format("{} {}", full_name(app), nearest);
}

int report_unknown(CLI::App& app, std::string_view word) {
  const std::string meant = meant_by(app, word);
  return report_error(
      {ErrorCode::usage, fmt::format("The command {} {} does not exist. {}", full_name(app), word,
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
    return fmt::format("The option --{} of {} does not exist{}", written, full_name(*command),
                       meant.empty() ? fmt::format("; see {} --help", full_name(*command))
                                     : fmt::format(". Did you mean --{}?", meant));
  }
  return fmt::format("{}; see {} --help", live::without_secrets(error.what()), full_name(*command));
}

}  // namespace refract::cli
