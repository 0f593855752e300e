#include "features/document_links.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

const std::vector<features::EnvironmentPlace> kEnvironment = {{"URL", "/x/.env", 3}, {"URL", "/.env", 0}};

// The linked words are the marked ones; gives where they lead.
std::string links(std::string_view marked, bool migrated = true) {
  INFO(marked);
  const auto made = fixture(marked);
  std::optional<features::MigrationPlace> newest;
  if (migrated) newest = features::MigrationPlace{"2026_init", "/m/2026_init/migration.sql"};
  std::vector<schema::FileRange> found;
  std::string out;
  for (const auto& link : features::document_links(*made.snapshot, made.cursor.file, kEnvironment, newest)) {
    found.push_back({made.cursor.file, link.range});
    if (!out.empty()) out += ' ';
    out += link.path;
    if (link.line) out += ":" + std::to_string(*link.line);
    CHECK_FALSE(link.tooltip.empty());
  }
  CHECK(test::shown(made, found) == test::shown(made, made.ranges));
  return out;
}

}  // namespace

TEST_CASE("document links: env() to the line that sets it, the first file that has it", "[links]") {
  CHECK(links("datasource db {\r\n  provider = \"postgresql\"\r\n  url = env(<ref>\"URL\"</ref>)\r\n  directUrl = "
              "env(\"UNSET\")\r\n}\r\n",
              false) == "/x/.env:3");
  CHECK(links("generator g {\n  provider = env(<ref>\"URL\"</ref>)\n  binaryTargets = [env(<ref>\"URL\"</ref>), "
              "\"x\"]\n}\n") == "/x/.env:3 /x/.env:3");
}

TEST_CASE("document links: the datasource to the newest migration", "[links]") {
  CHECK(links("datasource <ref>db</ref> {\n  provider = \"postgresql\"\n}\n") == "/m/2026_init/migration.sql");
  CHECK(links("//- /a.prisma\ndatasource db {\n  provider = \"x\"\n}\n//- /b.prisma\n$0model A {\n}\n").empty());
}

TEST_CASE("document links: none in broken text or outside of values", "[links]") {
  CHECK(links("datasource {\n  url = env(\"URL\n}\n", false).empty());
  CHECK(links("// env(\"URL\")\n").empty());
  CHECK(links("datasource db {\n  url = env()\n  x = env(URL)\n  y = \"URL\"\n}\n", false).empty());
}
