#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "cli/usage.h"
#include "features/rejections.h"
#include "report/annotations.h"
#include "report/diagnostics.h"
#include "report/explain.h"
#include "report/sarif.h"
#include "support/version.h"
#include "validation/core/text_tools.h"
#include "validation/fixes/helpful_fixes.h"
#include "workspace/database_url.h"

namespace refract::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string prisma = "auto";
  std::string format = "text";
};

// As in an editor: the migrations tell what the database has. Without those, or where they cannot be read, that is
// not known.
std::vector<features::Rejection> rejections_of(const workspace::LoadedSchema& loaded) {
  const schema::Snapshot& snapshot = *loaded.snapshot;
  if (loaded.project.migrations.empty() || snapshot.provider() != schema::Provider::postgresql) {
    return features::rejections(snapshot, nullptr);
  }
  const auto history =
      migrate::load_history(loaded.project.migrations, nullptr, workspace::history_base(loaded.project, snapshot));
  return features::rejections(snapshot, history ? &*history : nullptr);
}

// Prints all diagnostics in the requested format.
class Answer {
 public:
  explicit Answer(std::string format) : format_(std::move(format)) {}

  void add(const workspace::LoadedSchema& loaded, const std::shared_ptr<const validation::Analysis>& analysis) {
    const schema::Snapshot& snapshot = *loaded.snapshot;
    const bool with_fixes = format_ == "json" || format_ == "sarif";
    auto found = with_fixes ? validation::with_helpful_fixes(analysis) : analysis->diagnostics();
    if (!analysis->has_errors()) {
      found =
          features::with_rejections(std::move(found), features::rejection_diagnostics(snapshot, rejections_of(loaded)));
    }
    // Errors count, whatever the settings hide.
    const workspace::HiddenDiagnostics hidden(loaded.project.settings.values);
    const std::size_t ignored = std::erase_if(found, [&](const validation::Diagnostic& one) {
      return one.severity == validation::Severity::warning && hidden.ignores(one.code);
    });
    if (ignored > 0) {
      print_notice(fmt::format("{} warning{} ignored by {}.\n", ignored, ignored == 1 ? "" : "s",
                               loaded.project.settings.file.string()));
    }
    if (format_ == "json") {
      report::add_schema_json(json_, snapshot, loaded.version_reason, found);
      if (ignored > 0) json_["ignored"] = json_.value("ignored", std::size_t{0}) + ignored;
    } else if (format_ == "sarif") {
      sarif_.add(snapshot, found);
    } else if (format_ == "github") {
      fmt::print("{}", report::github_annotations(snapshot, found));
    } else {
      fmt::print("{}", report::diagnostics_text(snapshot, found, stdout_has_colours()));
      print_notice(fmt::format("{} ({})\n", report::diagnostics_total(snapshot, found),
                               report::version_text(snapshot.options().version, loaded.version_reason)));
    }
  }

  void finish() const {
    if (format_ == "json") print(json_);
    if (format_ == "sarif") print(sarif_.json());
  }

 private:
  static void print(const protocol::Json& json) {
    fmt::print("{}\n", json.dump(2, ' ', false, protocol::Json::error_handler_t::replace));
  }

  std::string format_;
  protocol::Json json_ = report::empty_schemas_json();
  report::SarifLog sarif_{kVersion};
};

// A schema that several paths name is checked once; the diagnostics of all are one output.
int run_check(const CheckOptions& options) {
  const auto version = parse_version(options.prisma);
  if (!version) return report_error(version.error());
  const auto schemas = schemas_of(options.paths, *version);
  if (!schemas) return report_error(schemas.error());

  bool errors = false;
  Answer answer(options.format);
  for (const NamedSchema& named : *schemas) {
    const workspace::LoadedSchema& loaded = named.schema;
    if (const auto notice = workspace::other_language_notice(*loaded.snapshot)) {
      print_notice(fmt::format("refract: {}\n", *notice));
      if (loaded.snapshot->files().size() == 1) continue;
    }
    const auto analysis = validation::Analysis::run(loaded.snapshot);
    errors = errors || analysis->has_errors();
    answer.add(loaded, analysis);
  }
  answer.finish();
  return errors ? kProblemsFound : kDone;
}

int run_explain(const std::string& code) {
  const auto explanation = report::explanation_text(code, stdout_has_colours());
  if (!explanation) {
    const std::string_view meant = validation::nearest(code, report::all_codes());
    return report_error(
        {ErrorCode::usage, fmt::format("The code {} does not exist. {}", code,
                                       meant.empty() ? "refract check prints the code of each diagnostic."
                                                     : fmt::format("Did you mean {}?", meant))});
  }
  fmt::print("{}", *explanation);
  return kDone;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand("check", "Check a schema and report its diagnostics");
  command->add_option(
      "path", options->paths,
      "A .prisma file, a folder of .prisma files, or - for standard input; default: the schema that Prisma would use");
  command->add_option("--prisma", options->prisma, "Prisma version: 5, 6, 7 or auto");
  command->add_option("--format", options->format, "Output format: text, json, sarif or github")
      ->check(one_of({"text", "json", "sarif", "github"}));
  command->callback([options, &exit_code] { exit_code = run_check(*options); });
}

void add_explain(CLI::App& app, int& exit_code) {
  auto code = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("explain", "Explain a code of a diagnostic or hazard");
  command->add_option("code", *code, "The code, as printed in brackets after a message")->required();
  command->callback([code, &exit_code] { exit_code = run_explain(*code); });
}

}  // namespace refract::cli
