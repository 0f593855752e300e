#include "bench/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "bench/samples.h"
#include "support/json.h"
#include "support/temporary_folder.h"
#include "validation/core/diagnostic.h"

namespace refract::bench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFiles[] = {"versions", "designed", "designed-single", "text-forms", "multi-file", "mutations"};

std::string shell_word(const fs::path& path) {
  return "'" + path.string() + "'";
}

// Seconds that a shell command takes; its exit code is of no interest, since most of the cases have errors.
double seconds_of(const std::string& command) {
  const auto begin = Clock::now();
  if (std::system(command.c_str()) < 0) fmt::print("cannot run: {}\n", command);
  return milliseconds_since(begin) / 1000;
}

std::string rate(std::size_t cases, double seconds) {
  return fmt::format("{} cases in {:.2f} s, {:.0f} a second", cases, seconds, static_cast<double>(cases) / seconds);
}

// Writes the cases of one version as files and folders, one schema each.
std::vector<std::string> write_cases(const fs::path& lint, std::int64_t version, const test::TemporaryFolder& folder) {
  std::vector<std::string> paths;
  for (const char* name : kFiles) {
    std::ifstream stream(lint / (std::string(name) + ".jsonl"), std::ios::binary);
    for (std::string line; std::getline(stream, line);) {
      const auto parsed = json::Document::parse(line);
      if (!parsed || parsed->root()["prisma"].integer() != version) continue;
      const json::Value one = parsed->root();
      const std::string place = std::to_string(paths.size());
      if (one["schema"].exists()) {
        folder.write(place + ".prisma", one["schema"].string());
        paths.push_back((folder / (place + ".prisma")).string());
        continue;
      }
      for (const json::Value& file : one["files"].items()) {
        const auto parts = file.items();
        folder.write(place + "/" + std::string(parts.at(0).string()), parts.at(1).string());
      }
      paths.push_back((folder / place).string());
    }
  }
  return paths;
}

}  // namespace

void measure_lint(const std::string& program, const fs::path& conformance, const fs::path& oracle) {
  std::size_t cases = 0;
  double ours = 0;
  for (const std::int64_t version : {5, 6, 7}) {
    const test::TemporaryFolder folder;
    const auto paths = write_cases(conformance / "lint", version, folder);
    std::string list;
    for (const std::string& path : paths) list += shell_word(path) + '\n';
    folder.write("list", list);
    ours += seconds_of(fmt::format("xargs {} check --format json --prisma {} < {} > /dev/null 2>&1",
                                   shell_word(program), version, shell_word(folder / "list")));
    cases += paths.size();
  }
  fmt::print("\nrefract check, the lint cases as files, one run a version: {}\n", rate(cases, ours));
  if (oracle.empty()) return;
  const test::TemporaryFolder folder;
  std::string jobs;
  for (const char* name : kFiles) {
    std::ifstream stream(conformance / "lint" / (std::string(name) + ".jsonl"), std::ios::binary);
    for (std::string line; std::getline(stream, line);) jobs += "{\"cmd\":\"lint\"," + line.substr(1) + '\n';
  }
  folder.write("jobs.jsonl", jobs);
  const double theirs = seconds_of(fmt::format("node {} batch {} > /dev/null", shell_word(oracle / "oracle.mjs"),
                                               shell_word(folder / "jobs.jsonl")));
  fmt::print("Prisma's engines in one process (the oracle's batch): {}\n", rate(cases, theirs));
}

void measure_prefixes(const std::string& text, std::string_view name) {
  // Each prefix costs some of its length: the prefixes of ten times the schema cost a hundred times as much.
  constexpr std::ptrdiff_t kMaxLines = 10'000;
  if (std::ranges::count(text, '\n') > kMaxLines) {
    fmt::print("\n{}, typed line by line: skipped, it has more than {} lines\n", name, kMaxLines);
    return;
  }
  Samples samples;
  std::shared_ptr<const syntax::File> file = syntax::File::parse(text::Document());
  std::shared_ptr<const schema::Snapshot> snapshot;
  std::shared_ptr<const validation::Analysis> analysis;
  std::size_t most = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const auto start = Clock::now();
    const auto at = static_cast<text::Offset>(begin);
    file = file->with_edits({{{at, at}, text.substr(begin, end - begin)}});
    snapshot = schema::Snapshot::build({{"schema.prisma", file}}, {schema::PrismaVersion::v7}, snapshot);
    analysis = validation::Analysis::run(snapshot, analysis, validation::AnalysisMode::tolerant);
    samples.add(milliseconds_since(start));
    most = std::max(most, analysis->diagnostics().size());
    begin = end;
  }
  fmt::print("\n{}, typed line by line: {:.3f} ms a prefix (median), {:.3f} ms p99; at most {} diagnostics\n", name,
             samples.percentile(50), samples.percentile(99), most);
}

}  // namespace refract::bench
