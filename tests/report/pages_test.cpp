#include "report/pages.h"

#include "report/explain.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

using namespace refract;
using refract::test::TemporaryFolder;

TEST_CASE("pages: those beside the program come first, of any level above it", "[report]") {
  const TemporaryFolder folder;
  folder.write("docs/codes/unknown-type.md", "of the documentation");
  const report::Pages pages(folder / "build/dev/server/cli/refract", folder / "cache");
  CHECK(pages.path("unknown-type") == (folder / "docs/codes/unknown-type.md").string());
  // The documentation has no page of this one.
  CHECK(pages.path("no-unique-criterion") == (folder / "cache/no-unique-criterion.md").string());
  CHECK(pages.path("no-such-code") == std::nullopt);
}

TEST_CASE("pages: copies are written once, and again where they differ", "[report]") {
  const TemporaryFolder folder;
  const report::Pages pages(folder / "bin/refract", folder / "cache");
  const auto copy = pages.path("unknown-type");
  CHECK(copy == (folder / "cache/unknown-type.md").string());
  CHECK_FALSE(std::filesystem::exists(*copy));
  pages.write_copies();
  CHECK(folder.read("cache/unknown-type.md") == report::explanation_markdown("unknown-type"));
  const auto written = std::filesystem::last_write_time(*copy);
  folder.write("cache/no-unique-criterion.md", "of another version");
  pages.write_copies();
  CHECK(std::filesystem::last_write_time(*copy) == written);
  CHECK(folder.read("cache/no-unique-criterion.md") == report::explanation_markdown("no-unique-criterion"));
}

TEST_CASE("pages: without documentation and a folder for copies there are none", "[report]") {
  const TemporaryFolder folder;
  folder.write("file", "");
  CHECK(report::Pages(folder / "bin/refract", std::nullopt).path("unknown-type") == std::nullopt);
  CHECK(report::Pages(folder / "bin/refract", folder / "file/cache").path("unknown-type") == std::nullopt);
}
