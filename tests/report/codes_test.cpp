// The pages under docs/codes are what the program says. UPDATE_EXPECT=1 writes them again.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "migrate/hazards/hazard_texts.h"
#include "migrate/hazards/hazards.h"
#include "report/explain.h"
#include "support/catch.h"
#include "validation/codes/codes.h"

using namespace refract;

namespace {

namespace fs = std::filesystem;

const fs::path kFolder = REFRACT_CODES_DIR;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void check_page(const std::string& name, const std::string& wanted) {
  if (std::getenv("UPDATE_EXPECT") != nullptr) {
    fs::create_directories(kFolder);
    std::ofstream(kFolder / name, std::ios::binary) << wanted;
  }
  INFO(name << " is stale: run ./dev codes");
  CHECK(read(kFolder / name) == wanted);
}

}  // namespace

TEST_CASE("codes: the pages are up to date, and there are no others", "[report]") {
  std::set<std::string> wanted{"README.md"};
  check_page("README.md", report::code_list_markdown());
  for (std::string_view code : report::all_codes()) {
    const std::string name = std::string(code) + ".md";
    CHECK(wanted.insert(name).second);
    check_page(name, report::explanation_markdown(code).value());
  }
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const std::string name = entry.path().filename().string();
    if (wanted.contains(name)) continue;
    if (std::getenv("UPDATE_EXPECT") != nullptr) fs::remove(entry.path());
    INFO(name << " is no code's page");
    CHECK_FALSE(fs::exists(entry.path()));
  }
}

TEST_CASE("codes: each is explained with an example", "[report]") {
  for (std::string_view code : report::all_codes()) {
    INFO(code);
    const std::string text = report::explanation_text(code).value();
    CHECK(text.starts_with(std::string(code) + ": "));
    CHECK((text.find("\nWrong") != std::string::npos || text.find("\nReported for:") != std::string::npos));
    CHECK(std::ranges::count(text, '\n') >= 6);
  }
  CHECK_FALSE(report::explanation_text("no-such-code"));
}

TEST_CASE("codes: each hazard has its text", "[report]") {
  for (const migrate::HazardSpec& spec : migrate::hazard_specs()) {
    INFO(spec.code);
    const migrate::HazardText& text = migrate::hazard_text(spec.kind);
    CHECK(text.explanation.ends_with('.'));
    CHECK(text.risky.ends_with(";\n"));
  }
}
