// The relative links of the documentation lead to files that exist, and to headings that exist in them.

#include <cctype>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "support/catch.h"

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = REFRACT_SOURCE_DIR;

struct Page {
  std::set<std::string> anchors;
  std::vector<std::string> links;
};

// As GitHub does: lower case, without punctuation, spaces as hyphens.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '_' || byte >= 0x80) anchor += static_cast<char>(std::tolower(byte));
    if (c == ' ') anchor += '-';
  }
  return anchor;
}

// Code blocks contain neither links nor headings.
Page read_page(const fs::path& path) {
  Page page;
  std::ifstream file(path);
  bool code = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) code = !code;
    if (code) continue;
    static const std::regex kHeading("#+ (.*)");
    std::smatch heading;
    if (std::regex_match(line, heading, kHeading)) page.anchors.insert(anchor_of(heading[1]));
    static const std::regex kLink(R"(\]\(([^)\s]+)\))");
    for (auto it = std::sregex_iterator(line.begin(), line.end(), kLink); it != std::sregex_iterator(); ++it) {
      page.links.push_back((*it)[1]);
    }
  }
  return page;
}

std::vector<fs::path> pages() {
  std::vector<fs::path> found{kRoot / "README.md", kRoot / "CHANGELOG.md", kRoot / "editors/README.md",
                              kRoot / "editors/vscode/README.md", kRoot / "grammar/README.md"};
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "docs")) {
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  }
  return found;
}

}  // namespace

TEST_CASE("anchors are those of GitHub", "[architecture]") {
  CHECK(anchor_of("refract migrate diff") == "refract-migrate-diff");
  CHECK(anchor_of("In `migration.sql`") == "in-migrationsql");
}

TEST_CASE("links of the documentation lead somewhere", "[architecture]") {
  std::size_t checked = 0;
  for (const fs::path& path : pages()) {
    for (const std::string& link : read_page(path).links) {
      if (link.starts_with("http")) continue;
      const std::size_t hash = link.find('#');
      const std::string file = link.substr(0, hash);
      const fs::path target = file.empty() ? path : path.parent_path() / file;
      INFO(fs::relative(path, kRoot).string() + " links to " + link);
      CHECK(fs::exists(target));
      if (hash != std::string::npos) CHECK(read_page(target).anchors.contains(link.substr(hash + 1)));
      ++checked;
    }
  }
  CHECK(checked > 200);
}

TEST_CASE("files that the pages for contributors name exist", "[architecture]") {
  std::size_t checked = 0;
  for (const char* page : {"docs/architecture.md", "docs/contributing.md", "docs/features.md"}) {
    std::ifstream file(kRoot / page);
    for (std::string line; std::getline(file, line);) {
      // `migrate/sql/render_table.cpp`, below server/ or the root; a star is any rest of the name
      static const std::regex kFile(R"(`((?:[a-z_]+/)+)([a-z_]+)(\*?)(\.(?:cpp|h))`)");
      for (auto it = std::sregex_iterator(line.begin(), line.end(), kFile); it != std::sregex_iterator(); ++it) {
        const std::string folder = (*it)[1], name = (*it)[2], extension = (*it)[4];
        const bool star = (*it)[3].length() > 0;
        bool found = false;
        for (const fs::path& base : {kRoot / "server" / folder, kRoot / folder}) {
          if (!fs::is_directory(base)) continue;
          for (const auto& entry : fs::directory_iterator(base)) {
            const std::string stem = entry.path().stem().string();
            found = found || (entry.path().extension() == extension && (star ? stem.starts_with(name) : stem == name));
          }
        }
        INFO(page << " names " << (*it)[0]);
        CHECK(found);
        ++checked;
      }
    }
  }
  CHECK(checked > 40);
}
