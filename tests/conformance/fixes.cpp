// Applies every fix that is offered over the lint cases of ../shared/conformance: after each its diagnostic is gone,
// and none of the same stage has come up. Counts those that are withheld because they would not.
//   refract_fixes FOLDER [--show]

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "conformance/cases.h"
#include "support/fixes.h"

// What CTest takes for "skipped".
constexpr int kNotRun = 77;

int main(int argc, char** argv) {
  using namespace refract;
  CLI::App app("Every fix helps");
  std::filesystem::path folder;
  bool show = false;
  app.add_option("folder", folder, "The conformance data")->required();
  app.add_flag("--show", show, "Print the text that each fix in trouble makes");
  CLI11_PARSE(app, argc, argv);
  if (!std::filesystem::is_directory(folder)) {
    fmt::print("not run: {} does not exist, so only the fixes of our own fixtures are tried\n", folder.string());
    return kNotRun;
  }
  tests::FixTally all;
  std::map<std::string, std::size_t> by_code;
  std::size_t cases = 0;
  for (const std::filesystem::path& file : conformance::case_files(folder / "lint")) {
    conformance::each_case(file, [&](const json::Value& one) {
      ++cases;
      const tests::FixTally tally = tests::try_fixes(conformance::sources_of(one), conformance::version_of(one));
      for (const tests::FixProblem& trouble : tally.problems) {
        ++by_code[trouble.code];
        fmt::print("{}: {}: \"{}\": {}\n", one["id"].string(), trouble.code, trouble.title, trouble.why);
        if (show) fmt::print("{}\n", trouble.after);
      }
      all.add(tally);
    });
  }
  if (cases == 0) {
    fmt::print("not run: no lint cases in {}\n", folder.string());
    return kNotRun;
  }
  const std::size_t withheld = all.known - all.fixes;
  fmt::print("{} diagnostics, {} with a fix; {} fixes offered, {} do not help; {} more withheld\n", all.diagnostics,
             all.with_fix, all.fixes, all.problems.size(), withheld);
  for (const auto& [code, count] : by_code) fmt::print("  {:<40} {}\n", code, count);
  // A mistake may hide another one after it, in the same line or in a later rule of its stage, so that in schemas of
  // several random mistakes a right fix brings up another diagnostic and is withheld. The share only falls.
  constexpr double kMaxWithheld = 0.05;
  return all.problems.empty() && static_cast<double>(withheld) <= kMaxWithheld * static_cast<double>(all.known) ? 0 : 1;
}
