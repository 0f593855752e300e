#include <fmt/format.h>

#include "conformance/cases.h"
#include "features/formatting.h"

namespace refract::conformance {

Report run_format(const Options& options) {
  Report report;
  report.kind = "format";
  std::size_t unstable = 0;
  each_case(options.folder / "format" / "format.jsonl", [&](const json::Value& one) {
    const std::string id(one["id"].string());
    if (id.find(options.only) == std::string::npos) return;
    const auto formatted = [&](std::string_view text) {
      const auto snapshot = snapshot_of(text, version_of(one));
      return text::apply_edits(snapshot->files()[0].syntax->document().text(), features::formatting(*snapshot, 0, {}));
    };
    const std::string actual = formatted(one["schema"].string());
    const bool agrees = actual == one["expect"].string();
    report.all.count(agrees);
    report.groups[fmt::format("prisma {}", one["prisma"].integer())].count(agrees);
    if (formatted(actual) != actual) ++unstable;
    if (!agrees) {
      report.differing.push_back(id);
      if (options.show) show_difference(id, one["expect"].string(), actual);
    }
  });
  report.floors = {{"percent", report.all.percent()}, {"not-idempotent", static_cast<double>(unstable)}};
  return report;
}

}  // namespace refract::conformance
