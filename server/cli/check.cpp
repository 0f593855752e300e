#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "report/diagnostics.h"
#include "validation/diagnostic.h"

namespace refract::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string prisma = "auto";
  std::string format = "text";
};

// Each path is a schema of its own; findings of all of them make one answer.
int run_check(const CheckOptions& options) {
  const auto version = parse_version(options.prisma);
  if (!version) return report_error(version.error());
  std::vector<std::optional<std::string>> paths(options.paths.begin(), options.paths.end());
  if (paths.empty()) paths.emplace_back();

  bool errors = false;
  protocol::Json all{{"files", protocol::Json::array()}, {"diagnostics", protocol::Json::array()}};
  for (const auto& path : paths) {
    const auto loaded = schema_of(path, *version);
    if (!loaded) return report_error(loaded.error());
    const auto analysis = validation::Analysis::run(loaded->snapshot);
    errors = errors || analysis->has_errors();
    if (options.format == "json") {
      protocol::Json one = report::diagnostics_json(*loaded->snapshot, analysis->diagnostics());
      for (const char* key : {"files", "diagnostics"}) {
        for (auto& item : one[key]) all[key].push_back(std::move(item));
      }
      continue;
    }
    fmt::print("{}", report::diagnostics_text(*loaded->snapshot, analysis->diagnostics(), stdout_is_terminal()));
    const std::string source = loaded->project.version_source;
    fmt::print(stderr, "{} (Prisma {}{})\n", report::diagnostics_total(*loaded->snapshot, analysis->diagnostics()),
               static_cast<int>(loaded->snapshot->options().version), source.empty() ? "" : ", by " + source);
  }
  if (options.format == "json") fmt::print("{}\n", all.dump(2, ' ', false, protocol::Json::error_handler_t::replace));
  return errors ? kFindings : kDone;
}

int run_explain(const std::string& code) {
  const auto explanation = report::explanation_text(code);
  if (!explanation) {
    return report_error(
        {ErrorCode::usage, fmt::format("There is no code {}; refract check shows the codes it finds.", code)});
  }
  fmt::print("{}", *explanation);
  return kDone;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand("check", "Report what is wrong in a schema");
  command->add_option("path", options->paths,
                      "A .prisma file, a folder of them, or - for standard input; without one, what Prisma would find");
  command->add_option("--prisma", options->prisma, "5, 6, 7 or auto");
  command->add_option("--format", options->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  command->callback([options, &exit_code] { exit_code = run_check(*options); });
}

void add_explain(CLI::App& app, int& exit_code) {
  auto code = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("explain", "Tell at length what a finding's code means");
  command->add_option("code", *code, "The code in brackets behind a finding")->required();
  command->callback([code, &exit_code] { exit_code = run_explain(*code); });
}

}  // namespace refract::cli
