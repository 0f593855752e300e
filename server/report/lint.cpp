#include "report/lint.h"

#include <fmt/format.h>

#include "report/encodings.h"
#include "report/migrations.h"

namespace refract::report {
namespace {

using operations::LintedMigration;
using operations::LintFinding;
using protocol::Json;

std::string place(const LintedMigration& migration, const LintFinding& finding) {
  return migration.path.empty() ? migration.name
                                : fmt::format("{}:{}", migration.path.string(), finding.range.line + 1);
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
  for (const LintedMigration& migration : report.migrations) {
    for (const LintFinding& finding : migration.findings) {
      const migrate::Hazard& hazard = finding.hazard;
      out += fmt::format("{}: {}: {} [{}]\n", place(migration, finding), level_name(hazard.level), hazard.message,
                         hazard.code);
      if (!hazard.safer_way.empty()) out += fmt::format("  = {}\n", hazard.safer_way);
    }
  }
  return out;
}

Json lint_json(const operations::LintReport& report) {
  Json migrations = Json::array();
  for (const LintedMigration& migration : report.migrations) {
    Json hazards = Json::array();
    for (const LintFinding& finding : migration.findings) {
      hazards.push_back({{"code", finding.hazard.code},
                         {"level", level_name(finding.hazard.level)},
                         {"message", finding.hazard.message},
                         {"saferWay", finding.hazard.safer_way},
                         {"line", finding.range.line},
                         {"start", finding.range.begin},
                         {"end", finding.range.end}});
    }
    migrations.push_back(
        {{"name", migration.name}, {"file", migration.path.string()}, {"hazards", std::move(hazards)}});
  }
  return {{"migrations", std::move(migrations)}};
}

std::string lint_github(const operations::LintReport& report) {
  std::string out;
  for (const LintedMigration& migration : report.migrations) {
    for (const LintFinding& finding : migration.findings) {
      const std::string file =
          migration.path.empty()
              ? std::string()
              : fmt::format("file={},line={},", github_property(migration.path.string()), finding.range.line + 1);
      const std::string message = finding.hazard.safer_way.empty()
                                      ? finding.hazard.message
                                      : fmt::format("{}\n{}", finding.hazard.message, finding.hazard.safer_way);
      out += fmt::format("::{} {}title={}::{}\n", severity(finding.hazard.level, "notice"), file,
                         github_property(finding.hazard.code), github_message(message));
    }
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
    for (const LintFinding& finding : migration.findings) {
      Json result{{"ruleId", finding.hazard.code},
                  {"level", severity(finding.hazard.level, "note")},
                  {"message", {{"text", finding.hazard.message}}}};
      if (!migration.path.empty()) {
        result["locations"] =
            Json::array({{{"physicalLocation",
                           {{"artifactLocation", {{"uri", uri_reference(migration.path.generic_string())}}},
                            {"region", {{"startLine", finding.range.line + 1}}}}}}});
      }
      results.push_back(std::move(result));
    }
  }
  return sarif_log(version, std::move(rules), {{"results", std::move(results)}});
}

}  // namespace refract::report
