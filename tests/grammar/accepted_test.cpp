#include <cstdlib>
#include <iostream>
#include <sstream>

#include "grammar/parse.h"
#include "support/catch.h"
#include "support/json.h"

// Every schema that Prisma accepts must parse without an error. The schemas are not part of this project: the
// folder comes from REFRACT_CONFORMANCE, or is beside the checkout.
namespace refract::grammar_tests {
namespace {

struct Sample {
  std::string id;
  std::string text;
};

std::filesystem::path conformance_folder() {
  if (const char* named = std::getenv("REFRACT_CONFORMANCE")) return named;
  return grammar_folder().parent_path().parent_path() / "shared" / "conformance";
}

std::vector<std::filesystem::path> files_with(const std::filesystem::path& folder, std::string_view extension) {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::is_directory(folder)) return found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() == extension) found.push_back(file.path());
  }
  return found;
}

// An expectation is [severity, start, end], or [file, severity, start, end] where a case has several files.
bool is_accepted(const json::Value& expect) {
  for (const json::Value& found : expect.items()) {
    const auto parts = found.items();
    if (parts[parts.size() - 3].string() == "error") return false;
  }
  return true;
}

// What a case says about schemas that Prisma accepts: both sides of a diff, the schema of a history case, and that
// of a lint case without errors.
void collect(const json::Value& test, std::vector<Sample>& samples) {
  const std::string id(test["id"].string());
  if (test["expect"].is_array() && !is_accepted(test["expect"])) return;
  for (const char* key : {"schema", "from", "to"}) {
    if (test[key].is_string()) samples.push_back({id + " " + key, std::string(test[key].string())});
  }
  for (const json::Value& file : test["files"].items()) {
    const auto name_and_text = file.items();
    samples.push_back({id + " " + std::string(name_and_text[0].string()), std::string(name_and_text[1].string())});
  }
}

std::vector<Sample> accepted_samples() {
  std::vector<Sample> samples;
  for (const char* kind : {"lint", "diff", "history"}) {
    for (const auto& file : files_with(conformance_folder() / kind, ".jsonl")) {
      std::istringstream lines(read_text(file));
      for (std::string line; std::getline(lines, line);) {
        const auto document = json::Document::parse(line);
        REQUIRE(document);
        collect(document->root(), samples);
      }
    }
  }
  for (const auto& file : files_with(conformance_folder() / "history", ".prisma")) {
    samples.push_back({file.string(), read_text(file)});
  }
  return samples;
}

}  // namespace

TEST_CASE("conformance: what Prisma accepts parses without an error", "[grammar][conformance]") {
  if (!std::filesystem::is_directory(conformance_folder())) {
    std::cout << "skipped: no conformance data in " << conformance_folder()
              << "; name its folder in REFRACT_CONFORMANCE\n";
    return;
  }
  const std::vector<Sample> samples = accepted_samples();
  REQUIRE_FALSE(samples.empty());
  std::size_t broken = 0;
  for (const Sample& sample : samples) {
    const Tree tree = parse(sample.text);
    if (!has_error(*tree)) continue;
    ++broken;
    const auto lines = error_lines(*tree);
    UNSCOPED_INFO(sample.id << (lines.empty() ? "" : ", line " + std::to_string(lines.front() + 1)));
  }
  CHECK(broken == 0);
  std::cout << samples.size() - broken << " of " << samples.size() << " accepted schemas parse without an error\n";
}

}  // namespace refract::grammar_tests
