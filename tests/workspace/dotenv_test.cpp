#include "workspace/dotenv.h"

#include "support/catch.h"
#include "support/temporary_folder.h"

using namespace refract;

namespace {

std::string parsed(std::string_view text) {
  std::string out;
  for (const auto& variable : workspace::parse_dotenv(text))
    out += std::to_string(variable.line) + ":" + variable.name + "=" + variable.value + "|";
  return out;
}

}  // namespace

TEST_CASE("dotenv: names, values and lines", "[workspace]") {
  CHECK(parsed("# no\nA=1\n\nexport B = \"x y\" # c\r\nC='#' \nD=a # b\nA=2") == "1:A=1|3:B=x y|4:C=#|5:D=a|6:A=2|");
  CHECK(parsed("\r\nA=\r\nnothing\r\n#B=1\r\n") == "1:A=|");
  CHECK(parsed("A=\"open\n") == "0:A=open|");
  CHECK(parsed("").empty());
}

TEST_CASE("dotenv: a file that is not there, or is a folder, sets nothing", "[workspace]") {
  const test::TemporaryFolder folder;
  CHECK(workspace::read_dotenv(folder / ".env").empty());
  CHECK(workspace::read_dotenv(folder / "").empty());
  folder.write(".env", "URL=x\n");
  REQUIRE(workspace::read_dotenv(folder / ".env").size() == 1);
}

TEST_CASE("dotenv: the names of a project, those of its root and of its schema's folder", "[workspace]") {
  const refract::test::TemporaryFolder folder;
  folder.write(".env", "B=1\nA=secret\n=none\n");
  folder.write("prisma/.env", "C=3\nA=4\n");
  CHECK(workspace::environment_names({.root = folder.path(), .files = {folder / "prisma/schema.prisma"}}) ==
        std::vector<std::string>{"A", "B", "C"});
  CHECK(workspace::environment_names({.root = folder / "none", .files = {folder / "none/schema.prisma"}}).empty());
}
