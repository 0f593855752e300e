#include "workspace/dotenv.h"

#include <fmt/format.h>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "workspace/database_url.h"

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
  CHECK(parsed("A=\"open\n") == "0:A=\"open|");
  CHECK(parsed("").empty());
}

TEST_CASE("dotenv: quotes, several lines, colons and a byte order mark, as dotenv reads them", "[workspace]") {
  CHECK(parsed("\xEF\xBB\xBF"
               "A=1") == "0:A=1|");
  CHECK(parsed("A=`x 'y' \"z\"` # c\nB='a\\n'\nC=\"a\\nb\"") == "0:A=x 'y' \"z\"|1:B=a\\n|2:C=a\nb|");
  CHECK(parsed("A=\"one\ntwo\"\nB=3") == "0:A=one\ntwo|2:B=3|");
  CHECK(parsed("A: 1\nB:2\nC : 3\nD=a#b") == "0:A=1|3:D=a|");
  CHECK(parsed("a.b-c=1\n export  X=2\nexportY=3") == "0:a.b-c=1|1:X=2|2:exportY=3|");
  CHECK(parsed("A='x' y\nB=\"x\" # ok") == "0:A='x' y|1:B=x|");
}

TEST_CASE("dotenv: variables in values", "[workspace]") {
  const auto file = workspace::parse_dotenv("A=1\nB=${A}2\nC=$B\nLOOP=${LOOP}\nE=");
  const auto expanded = [&](std::string_view value) {
    return workspace::expand(value, file, [](const std::string& name) {
      return name == "P" ? std::optional<std::string>("process") : std::nullopt;
    });
  };
  CHECK(expanded("${A}-$B-${C}") == "1-12-12");
  CHECK(expanded("$P ${P}") == "process process");
  CHECK(expanded("${NONE}|${NONE:-x}|${NONE-y}|${E:-z}") == "|x|y|z");
  CHECK(expanded("$NONE $ 5$") == "$NONE $ 5$");
  CHECK(expanded("\\$A \\${A}") == "$A ${A}");
  CHECK(expanded("${A") == "${A");
  CHECK(expanded("${LOOP}").size() < 100);
}

TEST_CASE("dotenv: references that multiply are limited, in length and in time", "[workspace]") {
  for (const std::string_view last : {"x", ""}) {
    std::string text;
    for (char name = 'A'; name < 'P'; ++name) {
      const std::string next = fmt::format("${{{}}}", static_cast<char>(name + 1));
      text += fmt::format("{}=", name);
      for (int i = 0; i < 40; ++i) text += next;
      text += '\n';
    }
    const auto file = workspace::parse_dotenv(text + fmt::format("P={}\n", last));
    const std::string all =
        workspace::expand("${A}", file, [](const std::string&) -> std::optional<std::string> { return std::nullopt; });
    CHECK(all.size() < 1024 * 1024);
  }
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

TEST_CASE("dotenv: the .env of the repository's root counts where no nearer one sets the name", "[workspace]") {
  const refract::test::TemporaryFolder folder;
  folder.write(".git/HEAD", "");
  folder.write(".env", "DATABASE_URL=outer\nOUTER=1\n");
  folder.write("packages/db/package.json", "{}");
  folder.write("packages/db/prisma/schema.prisma", "");
  const auto project = [&] {
    return refract::workspace::project_of_file(folder / "packages/db/prisma/schema.prisma",
                                               refract::workspace::read_text_file);
  };
  CHECK(refract::workspace::environment_names(project()) == std::vector<std::string>{"DATABASE_URL", "OUTER"});
  const auto snapshot = refract::schema::Snapshot::build(
      {{"schema.prisma", refract::syntax::File::parse(refract::text::Document(
                             "datasource db {\n  provider = \"sqlite\"\n  url = env(\"REFRACT_NEAR\")\n}\n"))}},
      {});
  const auto url = [&] { return refract::workspace::configured_database(project(), *snapshot).value().value().value; };
  folder.write(".env", "REFRACT_NEAR=outer\n");
  CHECK(url() == "outer");
  folder.write("packages/db/.env", "REFRACT_NEAR=near\n");
  CHECK(url() == "near");

  // Above the repository nothing is read, nor where there is none.
  std::filesystem::remove_all(folder / ".git");
  std::filesystem::remove(folder / "packages/db/.env");
  CHECK(refract::workspace::outer_environment_files(project()).empty());
  // A configuration loads what it loads.
  folder.write(".git/HEAD", "");
  folder.write("packages/db/prisma.config.ts", "export default {};\n");
  CHECK(refract::workspace::environment_names(project()).empty());
}
