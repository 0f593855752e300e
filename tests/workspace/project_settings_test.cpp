#include "workspace/project_settings.h"

#include <fstream>
#include <iterator>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "workspace/project.h"

using namespace refract;
using refract::test::TemporaryFolder;

namespace {

struct Told {
  std::size_t line;
  std::size_t column;
  std::string text;
};

// The one problem of a text.
Told problem(std::string text) {
  const auto settings = workspace::parse_settings("refract.toml", std::move(text));
  REQUIRE(settings.problems.size() == 1);
  const auto& first = settings.problems.front();
  return {first.line, first.column, first.message + " " + first.help};
}

}  // namespace

TEST_CASE("refract.toml: every setting is read", "[workspace]") {
  const auto settings = workspace::parse_settings(
      "refract.toml",
      "prisma.version = 7\nprisma.schema = \"db\"\n[migrations]\npath = \"sql\"\nnaming = \"date\"\n"
      "[rename]\ndatabaseName = \"follow\"\n[inlayHints]\nconstraintName = true\n[codeLens]\nreferences = false\n");
  CHECK(settings.problems.empty());
  CHECK(settings.value("prisma.version") == "7");
  CHECK(settings.value("prisma.schema") == "db");
  CHECK(settings.value("migrations.path") == "sql");
  CHECK(settings.value("migrations.naming") == "date");
  CHECK(settings.value("rename.databaseName") == "follow");
  CHECK(settings.value("inlayHints.constraintName") == "true");
  CHECK(settings.value("codeLens.references") == "false");
  CHECK(settings.value("codeLens.migrationFile").empty());
}

TEST_CASE("refract.toml: what is wrong is reported with its place and what to do", "[workspace]") {
  const Told name = problem("# é\n[inlayHints]\n  databseType = true\n");
  CHECK(name.line == 3);
  CHECK(name.column == 3);
  CHECK(name.text == "The setting `databseType` does not exist. Did you mean `databaseType`?");
  CHECK(problem("[prism]\nversion = 7\n").text == "The setting `prism` does not exist. Did you mean `prisma`?");
  CHECK(problem("[something]\n").text.find("`prisma`") != std::string::npos);
  const Told value = problem("[prisma]\nversion = \"4\"\n");
  CHECK(value.line == 2);
  CHECK(value.column == 11);
  CHECK(value.text == "`prisma.version` has an invalid value. Set it to \"auto\", \"5\", \"6\" or \"7\".");
  CHECK(problem("[codeLens]\nreferences = \"yes\"\n").text.ends_with("Set it to `true` or `false`."));
  CHECK(problem("prisma = 7\n").text.find("[prisma]") != std::string::npos);
  const Told broken = problem("[prisma]\nversion = \n");
  CHECK(broken.line == 2);
  CHECK(broken.text.starts_with("Invalid TOML"));
  for (const char* text :
       {"[`x]\n", "[ é]\n", "[[=]]\n", "[x.`]\n", "[\n", "[\"\n", "`x = 1\n", "x = `\n", "x.= 1\n"}) {
    CAPTURE(text);
    CHECK(problem(text).text.starts_with("Invalid TOML"));
  }
}

TEST_CASE("refract.toml: it says where the schema and its migrations are, before all others", "[workspace]") {
  TemporaryFolder folder;
  folder.write("package.json", R"({"prisma": {"schema": "old"}, "dependencies": {"prisma": "5.0.0"}})");
  folder.write("old/schema.prisma", "model Old {\n  id Int @id\n}\n");
  folder.write("db/schema.prisma", "model New {\n  id Int @id\n}\n");
  folder.write("refract.toml", "[prisma]\nschema = \"db/schema.prisma\"\nversion = 7\n[migrations]\npath = \"sql\"\n");
  const auto project = workspace::find_project(folder / ".");
  REQUIRE(project);
  CHECK(project->files.front().lexically_normal() == (folder / "db/schema.prisma").lexically_normal());
  CHECK(project->migrations.filename() == "sql");
  CHECK(project->version == schema::PrismaVersion::v7);
  CHECK(project->version_source == "prisma.version in refract.toml");
  CHECK(project->settings.problems.empty());
}

TEST_CASE("refract.toml: a schema that is not there is reported", "[workspace]") {
  TemporaryFolder folder;
  folder.write("schema.prisma", "model A {\n  id Int @id\n}\n");
  folder.write("refract.toml", "[prisma]\nschema = \"nowhere\"\n");
  const auto project = workspace::project_of_path(folder / "schema.prisma");
  REQUIRE(project);
  REQUIRE(project->settings.problems.size() == 1);
  CHECK(project->settings.problems[0].message.find("nowhere") != std::string::npos);
}

TEST_CASE("refract.toml: the documentation has a row for every setting", "[workspace]") {
  std::ifstream file(std::string(REFRACT_SOURCE_DIR) + "/docs/settings.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const auto& setting : workspace::settings_table()) {
    INFO(setting.name);
    CHECK(page.find("\n| `" + std::string(setting.name) + "` |") != std::string::npos);
  }
}

TEST_CASE("refract.toml: codes of diagnostics that are ignored", "[workspace]") {
  const auto settings = workspace::parse_settings(
      "refract.toml",
      "[diagnostics]\nshow = false\nignore = [\"unknown-type\", \"drop-table\", \"unknwon-type\", 3]\n");
  const workspace::HiddenDiagnostics hidden(settings.values);
  CHECK(hidden.all());
  CHECK(hidden.ignores("unknown-type"));
  CHECK_FALSE(hidden.ignores("drop-table"));
  CHECK_FALSE(hidden.ignores("unknwon-type"));
  REQUIRE(settings.problems.size() == 3);
  CHECK(settings.problems[0].message == "The code `drop-table` is that of a hazard, not of a diagnostic.");
  CHECK(settings.problems[0].help.contains("`[[hazards.ignore]]`"));
  CHECK(settings.problems[1].message == "The code `unknwon-type` does not exist.");
  CHECK(settings.problems[1].help == "Did you mean `unknown-type`?");
  CHECK(settings.problems[1].line == 3);
  const std::string misspelt = problem("[diagnostics]\nignore = [\"drop-tabel\"]\n").text;
  CHECK(misspelt.contains("Did you mean `drop-table`?"));
  CHECK(misspelt.contains("`[[hazards.ignore]]`"));
  CHECK(problem("[diagnostics]\nignore = \"unknown-type\"\n").text.contains("Set it to a list of codes"));
  CHECK(problem("[diagnostics]\nignore = [\"qqqqqqqqqqqq\"]\n").text.contains("Remove it"));
  CHECK_FALSE(workspace::HiddenDiagnostics({}).any());
}

TEST_CASE("refract.toml: the code of a diagnostic is no hazard that can be accepted", "[workspace]") {
  const auto settings = workspace::parse_settings(
      "refract.toml", "[[hazards.ignore]]\nmigration = \"1\"\ncode = \"unknown-type\"\nreason = \"x\"\n");
  CHECK(settings.accepted_hazards.empty());
  REQUIRE(settings.problems.size() == 1);
  CHECK(settings.problems[0].message == "The code `unknown-type` is that of a diagnostic, not of a hazard.");
  CHECK(settings.problems[0].help == "List it in `ignore` below `[diagnostics]`.");
}
