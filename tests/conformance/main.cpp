// Agreement with Prisma's engine over the cases of ../shared/conformance, held against a floor that only rises.
//   refract_conformance FOLDER [--floor FILE] [--raise] [--kind KIND] [--only PART-OF-ID] [--show] [--topics]

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <optional>

#include <CLI/CLI.hpp>

#include "conformance/cases.h"
#include "protocol/json.h"

namespace refract::conformance {

namespace {

// These count defects: they must not rise. All else are percentages that must not fall.
bool lower_is_better(const std::string& name) {
  return name == "false-diagnostics" || name == "refused-statements" || name.starts_with("not-idempotent") ||
         name == "other-than-prisma";
}

// What CTest takes for "skipped".
constexpr int kNotRun = 77;

protocol::Json read_floor(const std::string& path) {
  std::ifstream stream(path);
  if (!stream) return protocol::Json::object();
  return protocol::Json::parse(stream, nullptr, false);
}

void print(const Report& report, bool topics, double milliseconds) {
  fmt::print("{:<8} {:>5} of {:>5} agree ({:.1f} %), {:.0f} ms, {:.0f} cases a second\n", report.kind, report.all.agree,
             report.all.total, report.all.percent(), milliseconds,
             1000.0 * static_cast<double>(report.all.total) / std::max(milliseconds, 1.0));
  for (const auto& [name, tally] : report.groups) {
    if (name.starts_with("topic ") && (!topics || tally.agree == tally.total)) continue;
    fmt::print("  {:<48} {:>5} of {:>5} ({:.1f} %)\n", name, tally.agree, tally.total, tally.percent());
  }
  for (const auto& [name, value] : report.floors) {
    if (lower_is_better(name)) fmt::print("  {:<48} {:>5.0f}\n", name, value);
  }
}

// Prints what fell below the floor; with `raise`, lifts the floor where we are better.
bool holds(const Report& report, protocol::Json& floor, bool raise) {
  bool good = true;
  for (const auto& [name, value] : report.floors) {
    // Rounded down to a tenth, so that the file reads well and equal runs stay equal.
    const double present = lower_is_better(name) ? value : std::floor(value * 10) / 10;
    protocol::Json& least = floor[report.kind][name];
    if (least.is_number()) {
      const double wanted = least.get<double>();
      const bool worse = lower_is_better(name) ? present > wanted : present < wanted;
      if (worse) {
        fmt::print("BELOW THE FLOOR: {} {} is {}, the floor is {}\n", report.kind, name, present, wanted);
        good = false;
        continue;
      }
      if (!raise) continue;
    }
    least = present;
  }
  for (const auto& [name, value] : floor[report.kind].items()) {
    if (report.floors.contains(name)) continue;
    fmt::print("The floor has {} {}, which nothing measures. Rename or remove it.\n", report.kind, name);
    good = false;
  }
  return good;
}

}  // namespace
}  // namespace refract::conformance

int main(int argc, char** argv) {
  using namespace refract::conformance;
  CLI::App app("Agreement with Prisma's engine");
  Options options;
  std::string floor_path;
  std::string kind;
  bool raise = false;
  bool topics = false;
  app.add_option("folder", options.folder, "The conformance data")->required();
  app.add_option("--floor", floor_path, "The floor's file");
  app.add_flag("--raise", raise, "Lift the floor to the present figures");
  app.add_option("--kind", kind, "lint, format, diff or history");
  app.add_option("--only", options.only, "Part of the ids to run");
  app.add_flag("--show", options.show, "Print expected and actual of the cases that differ");
  app.add_flag("--topics", topics, "Print the lint topics that do not agree everywhere");
  CLI11_PARSE(app, argc, argv);
  if (!std::filesystem::is_directory(options.folder)) {
    fmt::print("not run: {} does not exist, so agreement with Prisma's engine is not measured\n",
               options.folder.string());
    return kNotRun;
  }

  refract::protocol::Json floor = read_floor(floor_path);
  bool good = true;
  std::size_t cases = 0;
  std::string without_cases;
  const auto run = [&](const char* name, Report (*measure)(const Options&)) {
    if (!kind.empty() && kind != name) return;
    const auto begin = std::chrono::steady_clock::now();
    const Report report = measure(options);
    cases += report.all.total;
    if (report.all.total == 0) {
      fmt::print("{}: not run, no cases in {}\n", name, options.folder.string());
      without_cases += fmt::format(" {}", name);
      return;
    }
    const double milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    print(report, topics, milliseconds);
    if (!floor_path.empty() && options.only.empty()) good = holds(report, floor, raise) && good;
  };
  run("lint", run_lint);
  run("format", run_format);
  run("diff", run_diff);
  run("history", run_history);
  if (cases == 0) return kNotRun;
  // A set that lacks a kind passes only if its floor expects nothing of that kind.
  for (const auto& [name, floors] : floor.items()) {
    if (options.only.empty() && (without_cases + " ").find(" " + name + " ") != std::string::npos) good = false;
  }
  if (raise && good) std::ofstream(floor_path) << floor.dump(2) << '\n';
  return good ? 0 : 1;
}
