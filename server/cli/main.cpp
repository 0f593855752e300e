#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <string_view>
#include <system_error>
#include <vector>

#include "cli/command.h"
#include "cli/usage.h"
#include "live/connection.h"
#include "support/version.h"

int main(int argc, char** argv) {
  refract::live::forget_libpq_environment();
  CLI::App app("Language server and migration engine for Prisma schema files.", "refract");
  app.set_version_flag("-v,-V,--version", std::string(refract::kVersion) +
                                              (refract::kCommit.empty() ? "" : fmt::format(" ({})", refract::kCommit)));
  app.require_subcommand(1);
  app.failure_message([](const CLI::App* app, const CLI::Error& error) {
    return "refract: " + refract::cli::usage_error(*app, error) + "\n";
  });
  int exit_code = refract::cli::kDone;
  refract::cli::add_lsp(app, exit_code);
  refract::cli::add_check(app, exit_code);
  refract::cli::add_format(app, exit_code);
  refract::cli::add_migrate(app, exit_code);
  refract::cli::add_describe(app, exit_code);
  refract::cli::add_explain(app, exit_code);
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  refract::cli::choose_error_format(words);
  if (const auto answered = refract::cli::answer_usage(app, words)) return refract::cli::flushed(*answered);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    refract::cli::print_help(app);
    return refract::cli::flushed(refract::cli::kDone);
  } catch (const CLI::ParseError& error) {
    if (app.exit(error) == 0) return refract::cli::flushed(refract::cli::kDone);
    refract::cli::print_error_for_programs({refract::ErrorCode::usage, refract::cli::usage_error(app, error)});
    return refract::cli::flushed(refract::cli::kUsage);
  } catch (const std::system_error&) {
    if (std::ferror(stdout) == 0) throw;
  }
  return refract::cli::flushed(exit_code);
}
