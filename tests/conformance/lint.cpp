#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "conformance/cases.h"
#include "text/encoding.h"
#include "validation/core/diagnostic.h"

namespace refract::conformance {
namespace {

// File, severity and span: what has to agree. The wording is ours.
// What Prisma has no word for, so that it has no place in the comparison of schemas that Prisma rejects. In one that it
// accepts, it is counted as a false diagnostic like any other.
constexpr std::string_view kOwnCode = "text-after-brace";

struct Reported {
  std::string file;
  std::string severity;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  auto operator<=>(const Reported&) const = default;
};

std::string text_of(const Reported& diagnostic) {
  return fmt::format("{} {} {}-{}", diagnostic.file, diagnostic.severity, diagnostic.start, diagnostic.end);
}

std::vector<Reported> expected_of(const json::Value& one) {
  std::vector<Reported> diagnostics;
  for (const json::Value& expected : one["expect"].items()) {
    const auto parts = expected.items();
    Reported diagnostic;
    std::size_t at = 0;
    if (parts.size() == 4) diagnostic.file = parts[at++].string();
    diagnostic.severity = parts[at].string();
    diagnostic.start = static_cast<std::uint32_t>(parts[at + 1].integer());
    diagnostic.end = static_cast<std::uint32_t>(parts[at + 2].integer());
    diagnostics.push_back(diagnostic);
  }
  std::ranges::sort(diagnostics);
  return diagnostics;
}

std::vector<Reported> diagnostics_of(std::vector<schema::SourceFile> sources, schema::PrismaVersion version,
                                     bool with_own) {
  const auto snapshot = schema::Snapshot::build(std::move(sources), {.version = version});
  const auto analysis = validation::Analysis::run(snapshot);
  std::vector<Reported> diagnostics;
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    if (!with_own && diagnostic.code.name() == kOwnCode) continue;
    const schema::SourceFile& file = snapshot->files()[diagnostic.at.file];
    // The data's README says bytes, but its offsets count UTF-16 units, as the engine's WebAssembly build does.
    const auto units = [&](text::Offset offset) {
      return text::length_in(file.syntax->document().text().substr(0, offset), text::Encoding::utf16);
    };
    diagnostics.push_back({file.path, diagnostic.severity == validation::Severity::error ? "error" : "warning",
                           units(diagnostic.at.range.begin), units(diagnostic.at.range.end)});
  }
  std::ranges::sort(diagnostics);
  return diagnostics;
}

bool accepted(const std::vector<Reported>& expected) {
  return std::ranges::none_of(expected, [](const Reported& diagnostic) { return diagnostic.severity == "error"; });
}

std::string joined(const std::vector<Reported>& diagnostics) {
  std::string text;
  for (const Reported& diagnostic : diagnostics) text += text_of(diagnostic) + '\n';
  return text;
}

}  // namespace

Report run_lint(const Options& options) {
  Report report;
  report.kind = "lint";
  std::size_t false_diagnostics = 0;
  for (const std::filesystem::path& path : case_files(options.folder / "lint")) {
    const std::string name = path.stem().string();
    each_case(path, [&](const json::Value& one) {
      const std::string id(one["id"].string());
      if (id.find(options.only) == std::string::npos) return;
      const auto expected = expected_of(one);
      const auto actual = diagnostics_of(sources_of(one), version_of(one), accepted(expected));
      const bool agrees = expected == actual;
      report.all.count(agrees);
      report.groups[fmt::format("file {}", name)].count(agrees);
      report.groups[fmt::format("prisma {}", one["prisma"].integer())].count(agrees);
      std::set<std::string> topics;
      for (const json::Value& topic : one["topics"].items()) topics.emplace(topic.string());
      for (const std::string& topic : topics) report.groups["topic " + topic].count(agrees);
      if (accepted(expected)) {
        // Warnings that Prisma gives are expected; anything more on a schema that it accepts is a false alarm.
        for (const Reported& diagnostic : actual) {
          if (std::ranges::find(expected, diagnostic) == expected.end()) ++false_diagnostics;
        }
      }
      if (!agrees) {
        report.differing.push_back(id);
        if (options.show) show_difference(id, joined(expected), joined(actual));
      }
    });
  }
  report.floors = {{"percent", report.all.percent()}, {"false-diagnostics", static_cast<double>(false_diagnostics)}};
  for (const char* version : {"5", "6", "7"}) {
    report.floors[fmt::format("prisma {}", version)] = report.groups[fmt::format("prisma {}", version)].percent();
  }
  return report;
}

}  // namespace refract::conformance
