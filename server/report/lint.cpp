#include "report/lint.h"

#include <fmt/format.h>

#include "report/encodings.h"
#include "report/migrations.h"

namespace refract::report {
namespace {

using operations::LintDiagnostic;
using operations::LintedMigration;
using protocol::Json;

std::string place(const LintedMigration& migration, const LintDiagnostic& diagnostic) {
  return migration.path.empty() ? migration.name
                                : fmt::format("{}:{}", migration.path.string(), diagnostic.range.line + 1);
}

std::string_view severity(migrate::HazardLevel level, std::string_view notice) {
  switch (level) {
    case migrate::HazardLevel::danger:
      return "error";
    case migrate::HazardLevel::warning:
      return "warning";
    case migrate::HazardLevel::notice:
      break;
  }
  return notice;
}

}  // namespace

std::string lint_text(const operations::LintReport& report) {
  std::string out;
  std::size_t suppressed = 0;
  bool written = false;  // whether a hazard of a migration in the folder was printed
  for (const LintedMigration& migration : report.migrations) {
    for (const LintDiagnostic& diagnostic : migration.diagnostics) {
      const migrate::Hazard& hazard = diagnostic.hazard;
      out += fmt::format("{}: {}: {} [{}]\n", place(migration, diagnostic), level_name(hazard.level), hazard.message,
                         hazard.code);
      if (!hazard.safer_way.empty()) out += fmt::format("  = {}\n", hazard.safer_way);
    }
    for (const migrate::SuppressionProblem& problem : migration.problems) {
      out += fmt::format("{}:{}: warning: {}\n  = {}\n", migration.path.string(), problem.range.line + 1,
                         problem.message, problem.help);
    }
    suppressed += migration.suppressed.size();
    written = written || (!migration.path.empty() && !migration.diagnostics.empty());
  }
  for (const operations::EntryProblem& problem : report.problems) {
    out += fmt::format("{}:{}: warning: {}\n  = {}\n", report.settings.string(), problem.line, problem.message,
                       problem.help);
  }
  if (suppressed > 0) out += fmt::format("{} hazard{} suppressed\n", suppressed, suppressed == 1 ? "" : "s");
  if (written) {
    out +=
        "Edit only migrations that are not applied to any database yet; for an applied one, accept the hazard with an "
        "[[hazards.ignore]] entry in refract.toml.\n";
  }
  return out;
}

std::string lint_total(const operations::LintReport& report) {
  const auto counted = [](std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
  };
  std::size_t hazards = 0;
  for (const LintedMigration& migration : report.migrations) hazards += migration.diagnostics.size();
  return fmt::format("{} in {}", hazards == 0 ? "no hazards" : counted(hazards, "hazard"),
                     counted(report.migrations.size(), "migration"));
}

Json lint_json(const operations::LintReport& report) {
  Json migrations = Json::array();
  for (const LintedMigration& migration : report.migrations) {
    Json hazards = Json::array();
    for (const LintDiagnostic& diagnostic : migration.diagnostics) {
      hazards.push_back({{"code", diagnostic.hazard.code},
                         {"level", level_name(diagnostic.hazard.level)},
                         {"message", diagnostic.hazard.message},
                         {"saferWay", diagnostic.hazard.safer_way},
                         {"line", diagnostic.range.line},
                         {"start", diagnostic.range.begin},
                         {"end", diagnostic.range.end}});
    }
    Json suppressed = Json::array();
    for (const migrate::SuppressedHazard& one : migration.suppressed) {
      suppressed.push_back({{"code", one.hazard.code}, {"message", one.hazard.message}, {"reason", one.reason}});
    }
    Json problems = Json::array();
    for (const migrate::SuppressionProblem& problem : migration.problems) {
      problems.push_back({{"message", problem.message}, {"help", problem.help}, {"line", problem.range.line}});
    }
    migrations.push_back({{"name", migration.name},
                          {"file", migration.path.string()},
                          {"hazards", std::move(hazards)},
                          {"suppressed", std::move(suppressed)},
                          {"problems", std::move(problems)}});
  }
  Json entries = Json::array();
  for (const operations::EntryProblem& problem : report.problems) {
    entries.push_back({{"file", report.settings.string()},
                       {"line", problem.line - 1},
                       {"message", problem.message},
                       {"help", problem.help}});
  }
  return {{"migrations", std::move(migrations)}, {"problems", std::move(entries)}};
}

std::string lint_github(const operations::LintReport& report) {
  std::string out;
  for (const LintedMigration& migration : report.migrations) {
    for (const LintDiagnostic& diagnostic : migration.diagnostics) {
      const std::string file =
          migration.path.empty()
              ? std::string()
              : fmt::format("file={},line={},", github_property(migration.path.string()), diagnostic.range.line + 1);
      const std::string message = diagnostic.hazard.safer_way.empty()
                                      ? diagnostic.hazard.message
                                      : fmt::format("{}\n{}", diagnostic.hazard.message, diagnostic.hazard.safer_way);
      out += fmt::format("::{} {}title={}::{}\n", severity(diagnostic.hazard.level, "notice"), file,
                         github_property(diagnostic.hazard.code), github_message(message));
    }
    for (const migrate::SuppressionProblem& problem : migration.problems) {
      out += fmt::format("::warning file={},line={}::{}\n", github_property(migration.path.string()),
                         problem.range.line + 1, github_message(fmt::format("{}\n{}", problem.message, problem.help)));
    }
  }
  for (const operations::EntryProblem& problem : report.problems) {
    out += fmt::format("::warning file={},line={}::{}\n", github_property(report.settings.string()), problem.line,
                       github_message(fmt::format("{}\n{}", problem.message, problem.help)));
  }
  return out;
}

Json lint_sarif(const operations::LintReport& report, std::string_view version) {
  Json rules = Json::array();
  for (const migrate::HazardSpec& spec : migrate::hazard_specs()) {
    rules.push_back({{"id", spec.code}, {"shortDescription", {{"text", spec.title}}}});
  }
  Json results = Json::array();
  for (const LintedMigration& migration : report.migrations) {
    for (const LintDiagnostic& diagnostic : migration.diagnostics) {
      Json result{{"ruleId", diagnostic.hazard.code},
                  {"level", severity(diagnostic.hazard.level, "note")},
                  {"message", {{"text", diagnostic.hazard.message}}}};
      if (!migration.path.empty()) {
        result["locations"] =
            Json::array({{{"physicalLocation",
                           {{"artifactLocation", {{"uri", uri_reference(migration.path.generic_string())}}},
                            {"region", {{"startLine", diagnostic.range.line + 1}}}}}}});
      }
      results.push_back(std::move(result));
    }
  }
  return sarif_log(version, std::move(rules), {{"results", std::move(results)}});
}

}  // namespace refract::report
