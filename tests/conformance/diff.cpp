#include <fmt/format.h>

#include "conformance/cases.h"
#include "migrate/diff/diff_options.h"
#include "migrate/diff/plan.h"
#include "migrate/wanted/schema_catalog.h"

namespace refract::conformance {
Report run_diff(const Options& options) {
  Report report;
  report.kind = "diff";
  for (const std::filesystem::path& file : case_files(options.folder / "diff")) {
    const std::string name = file.stem().string();
    if (name.ends_with("cockroachdb") || name.ends_with("sqlite")) continue;  // we write the SQL of PostgreSQL alone
    each_case(file, [&](const json::Value& one) {
      const std::string id(one["id"].string());
      if (id.find(options.only) == std::string::npos) return;
      const auto version = version_of(one);
      const auto to = snapshot_of(one["to"].string(), version);
      catalog::Catalog from;
      if (one["from"].is_string()) from = migrate::catalog_of(*snapshot_of(one["from"].string(), version));
      auto diff_options = migrate::diff_options(*to);
      diff_options.like_prisma = true;
      const std::string actual = migrate::render_sql(migrate::plan(from, migrate::catalog_of(*to), diff_options));
      const bool agrees = without_trailing_space(actual) == without_trailing_space(one["sql"].string());
      report.all.count(agrees);
      report.groups[fmt::format("file {}", name)].count(agrees);
      report.groups[fmt::format("prisma {}", one["prisma"].integer())].count(agrees);
      if (!agrees) {
        report.differing.push_back(id);
        if (options.show) show_difference(id, one["sql"].string(), actual);
      }
    });
  }
  report.floors = {{"percent", report.all.percent()}};
  return report;
}

}  // namespace refract::conformance
