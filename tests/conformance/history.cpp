#include <fmt/format.h>

#include <algorithm>

#include "conformance/cases.h"
#include "migrate/diff/diff_options.h"
#include "migrate/diff/plan.h"
#include "migrate/history/history.h"
#include "migrate/wanted/schema_catalog.h"

namespace refract::conformance {
namespace {

// The catalog after the migrations that a case names, or after all of them.
catalog::Catalog replayed(const migrate::History& full, const json::Value& names) {
  if (!names.is_array()) return *full.catalog;
  migrate::History history;
  for (const json::Value& name : names.items()) {
    const auto found = std::ranges::find(full.migrations, name.string(), &migrate::Migration::name);
    if (found != full.migrations.end()) history.migrations.push_back(*found);
  }
  migrate::replay_history(history);
  return *history.catalog;
}

std::vector<std::filesystem::path> subfolders(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::is_directory(folder)) return found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_directory()) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

Report run_history(const Options& options) {
  Report report;
  report.kind = "history";
  std::size_t refused = 0;
  for (const std::filesystem::path& folder : subfolders(options.folder / "history")) {
    const std::string project = folder.filename().string();
    const auto full = migrate::load_history(folder / "migrations");
    if (!full) {
      fmt::print("{}\n", full.error().message);
      report.all.count(false);
      continue;
    }
    for (const migrate::HistoryIssue& issue : full->issues) {
      if (!issue.error) continue;
      ++refused;
      if (options.show) fmt::print("{}: {}: {}\n", project, issue.migration, issue.message);
    }
    each_case(folder / "cases.jsonl", [&](const json::Value& one) {
      const std::string id(one["id"].string());
      if (id.find(options.only) == std::string::npos) return;
      const auto schema = snapshot_of(one["schema"].string(), version_of(one));
      auto diff_options = migrate::diff_options(*schema);
      diff_options.like_prisma = true;
      const auto catalog = replayed(*full, one["migrations"]);
      const std::string actual =
          migrate::render_sql(migrate::plan(catalog, migrate::catalog_of(*schema), diff_options));
      const bool agrees = without_trailing_space(actual) == without_trailing_space(one["sql"].string());
      report.all.count(agrees);
      report.groups[fmt::format("project {}", project)].count(agrees);
      report.groups[fmt::format("kind {}", one["kind"].string())].count(agrees);
      if (!agrees) {
        report.differing.push_back(id);
        if (options.show) show_difference(id, one["sql"].string(), actual);
      }
    });
  }
  // These migrations ran on PostgreSQL: where replay refuses a statement of theirs, replay is wrong.
  report.floors = {{"percent", report.all.percent()},
                   {"heads", report.groups["kind head"].percent()},
                   {"refused-statements", static_cast<double>(refused)}};
  return report;
}

}  // namespace refract::conformance
