#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schema/snapshot.h"
#include "support/json.h"

// What the conformance runner knows of one kind of cases: see ../shared/conformance/README.md.
namespace refract::conformance {

struct Tally {
  std::size_t agree = 0;
  std::size_t total = 0;

  void count(bool agrees) {
    ++total;
    if (agrees) ++agree;
  }
  double percent() const {
    return total == 0 ? 100.0 : 100.0 * static_cast<double>(agree) / static_cast<double>(total);
  }
};

// A kind's result. The groups (file, version, topic, …) are for people; `floors` are held against floor.json.
struct Report {
  std::string kind;
  Tally all;
  std::map<std::string, Tally> groups;
  std::map<std::string, double> floors;  // by name: a percentage; "false-diagnostics" counts and must not rise
  std::vector<std::string> differing;    // ids
};

struct Options {
  std::filesystem::path folder;  // of the conformance data
  std::string only;              // a part of the ids to run; empty: all
  bool show = false;             // print what was expected and what came, for each case that differs
};

// Calls `each` for every line of a JSONL file.
void each_case(const std::filesystem::path& file, const std::function<void(const json::Value&)>& each);

// The files with cases in a folder, sorted; none where there is no folder.
std::vector<std::filesystem::path> case_files(const std::filesystem::path& folder);

schema::PrismaVersion version_of(const json::Value& one);
// The case's "schema", or its "files" in their order.
std::vector<schema::SourceFile> sources_of(const json::Value& one);

std::shared_ptr<const schema::Snapshot> snapshot_of(std::string_view text, schema::PrismaVersion version);

Report run_lint(const Options& options);
Report run_format(const Options& options);
Report run_diff(const Options& options);
Report run_history(const Options& options);

// Trailing white space at the very end of a migration does not count.
std::string_view without_trailing_space(std::string_view text);

// Prints expected and actual one after the other, line by line where they differ.
void show_difference(std::string_view id, std::string_view expected, std::string_view actual);

}  // namespace refract::conformance
