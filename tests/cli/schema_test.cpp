#include <unistd.h>

#include "cli/program.h"
#include "protocol/json.h"
#include "support/catch.h"

namespace refract::test {
namespace {

using protocol::Json;

const std::string kGood = schema_text("model User {\n  id    Int    @id\n  email String @unique\n}\n");
const std::string kBad = schema_text("model User {\n  id   Int @id\n  name Strin // é\n}\n");

}  // namespace

TEST_CASE("check: a clean schema", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kGood);
  const Ran ran = project.refract({"check"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.empty());
  CHECK(ran.err.starts_with("no diagnostics in 1 file"));
}

TEST_CASE("check: a diagnostic shows its line, underlined", "[cli]") {
  Project project;
  project.write("schema.prisma", kBad);
  const Ran ran = project.refract({"check", "schema.prisma"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out ==
        "schema.prisma:8:8: error: The type `Strin` of the field `name` is not declared. [unknown-type]\n"
        "8 |   name Strin // é\n"
        "  |        ^^^^^\n"
        "  = Did you mean `String`?\n");
  CHECK(ran.err.starts_with("1 error in 1 file"));
}

TEST_CASE("check: json is what the contract says", "[cli]") {
  Project project;
  project.write("schema.prisma", kBad);
  const Ran ran = project.refract({"check", "schema.prisma", "--format", "json"});
  CHECK(ran.exit_code == 1);
  const Json json = Json::parse(ran.out);
  CHECK(json.at("files") == Json{"schema.prisma"});
  REQUIRE(json.at("diagnostics").size() == 1);
  const Json& found = json.at("diagnostics")[0];
  CHECK(found.at("file") == "schema.prisma");
  CHECK(found.at("code") == "unknown-type");
  CHECK(found.at("severity") == "error");
  CHECK(kBad.substr(found.at("start"), found.at("end").get<std::size_t>() - found.at("start").get<std::size_t>()) ==
        "Strin");
  CHECK(found.at("range") == Json::parse(R"({"start":{"line":7,"character":7},"end":{"line":7,"character":12}})"));
  CHECK(found.at("message").is_string());
  CHECK(found.at("help").is_string());
  CHECK(found.at("related").is_array());
  CHECK(found.at("data").is_object());
  CHECK(found.at("fixes")[0].at("title") == "Change to `String`");
  CHECK(found.at("fixes")[0].at("edits")[0].at("newText") == "String");
}

TEST_CASE("check: standard input", "[cli]") {
  Project project;
  const Ran good = project.refract({"check", "-"}, {.input = kGood});
  CHECK(good.exit_code == 0);
  const Ran bad = project.refract({"check", "-"}, {.input = kBad});
  CHECK(bad.exit_code == 1);
  CHECK(bad.out.starts_with("-:8:8: error: "));
}

TEST_CASE("check: a folder's files are one schema", "[cli]") {
  Project project;
  project.write("prisma/schema/main.prisma", schema_text(""));
  project.write("prisma/schema/user.prisma", "model User {\n  id Int @id\n  posts Post[]\n}\n");
  project.write(
      "prisma/schema/post.prisma",
      "model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n");
  const Ran ran = project.refract({"check"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.err.starts_with("no diagnostics in 3 files"));
}

TEST_CASE("format: --check tells, --write and nothing write, - answers", "[cli]") {
  const std::string loose = "model   A {\n id Int @id\n}\n";
  const std::string neat = "model A {\n  id Int @id\n}\n";
  Project project;
  project.write("a.prisma", loose);
  Ran ran = project.refract({"format", "a.prisma", "--check"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("a.prisma"));
  CHECK(project.read("a.prisma") == loose);

  ran = project.refract({"format", "a.prisma", "--write"});
  CHECK(ran.exit_code == 0);
  CHECK(project.read("a.prisma") == neat);
  CHECK(std::distance(std::filesystem::directory_iterator(project.path()), {}) == 1);
  CHECK(project.refract({"format", "a.prisma", "--check"}).exit_code == 0);

  project.write("a.prisma", loose);
  CHECK(project.refract({"format", "a.prisma"}).exit_code == 0);
  CHECK(project.read("a.prisma") == neat);

  ran = project.refract({"format", "-"}, {.input = loose});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out == neat);
  ran = project.refract({"format", "-", "--check"}, {.input = loose});
  CHECK(ran.exit_code == 1);
  CHECK(project.refract({"format", "-", "--check"}, {.input = neat}).exit_code == 0);
  CHECK(project.refract({"format", "a.prisma", "--check", "--write"}).exit_code == 2);
}

TEST_CASE("format, check: standard input has the settings of the current folder", "[cli]") {
  Project project;
  const std::string text = schema_text("model A {\n  id Int @id\n  bs B[]\n}\n\nmodel B {\n  id Int @id\n}\n");
  CHECK(project.refract({"format", "-"}, {.input = text}).out.contains("@relation"));
  project.write("refract.toml", "[format]\naddRelations = false\n[diagnostics]\nshwo = true\n");
  const Ran formatted = project.refract({"format", "-"}, {.input = text});
  CHECK_FALSE(formatted.out.contains("@relation"));
  CHECK(formatted.err.contains("The setting `shwo` does not exist."));
  project.write("package.json", R"({"devDependencies": {"prisma": "^7.0.0"}})");
  const Ran checked = project.refract({"check", "-"}, {.input = text});
  CHECK(checked.out.contains("[url-removed]"));
  CHECK(checked.err.contains("from prisma ^7.0.0 in package.json"));
}

TEST_CASE("describe: the schema and one declaration", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kGood + "\nenum Role {\n  A\n}\n");
  Ran ran = project.refract({"describe"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.starts_with("Prisma 6 schema for postgresql, 1 file\n\nmodel User\n"));
  ran = project.refract({"describe", "User"});
  CHECK(ran.out == "model User\n  id     Int @id\n  email  String @unique\n");
  ran = project.refract({"describe", "--format", "json"});
  const Json all = Json::parse(ran.out);
  CHECK(all.at("provider") == "postgresql");
  CHECK(all.at("models")[0].at("fields")[1].at("name") == "email");
  CHECK(all.at("enums")[0].at("values")[0].at("name") == "A");
  ran = project.refract({"describe", "User", "--format", "json"});
  CHECK(Json::parse(ran.out).at("indexes")[1].at("kind") == "unique");
  ran = project.refract({"describe", "Nobody"});
  CHECK(ran.exit_code == 2);
  CHECK(ran.err == "refract: The schema has no declaration named Nobody.\n");
}

TEST_CASE("explain: diagnostics' and hazards' codes", "[cli]") {
  Project project;
  Ran ran = project.refract({"explain", "unknown-type"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.starts_with("unknown-type: "));
  ran = project.refract({"explain", "drop-column"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.starts_with("drop-column: "));
  ran = project.refract({"explain", "no-such-code"});
  CHECK(ran.exit_code == 2);
  CHECK(is_one_sentence(ran.err));
}

TEST_CASE("bad input: schemas", "[cli]") {
  Project project;
  std::filesystem::create_directories(project / "empty");
  project.write("latin.prisma", "model A {\n  id Int @id // caf\xE9\n}\n");
  std::filesystem::create_directories(project / "folder.prisma/inner");
  project.write("schema.prisma", kGood);

  struct Case {
    std::vector<std::string> arguments;
    std::string names;  // what the sentence has to name
  };
  const std::vector<Case> cases = {
      {{"check", "latin.prisma"}, "latin.prisma is not UTF-8"},
      {{"format", "latin.prisma"}, "latin.prisma is not UTF-8"},
      {{"check", "empty"}, "folder empty has no .prisma file"},
      {{"migrate", "new", "x", "--schema", "empty"}, "empty"},
      {{"check", "absent.prisma"}, "absent.prisma"},
      {{"check", "folder.prisma"}, "folder.prisma"},
      {{"check", "--format", "yaml"}, "--format"},
      {{"check", "--prisma", "9", "schema.prisma"}, "--prisma takes 5, 6, 7 or auto"},
      {{"check", "--nonsense"}, "--nonsense"},
      {{"nonsense"}, "refract"},
  };
  for (const Case& one : cases) {
    const Ran ran = project.refract(one.arguments);
    INFO(ran.err);
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK(is_one_sentence(ran.err));
    CHECK(ran.err.contains(one.names));
  }
  const Ran piped = project.refract({"check", "-"}, {.input = "model A {\n  id Int @id // caf\xE9\n}\n"});
  CHECK(piped.exit_code == 2);
  CHECK(is_one_sentence(piped.err));
  CHECK(project.refract({"format", "-"}, {.input = "\xFF"}).exit_code == 2);
}

TEST_CASE("bad input: a folder without any schema says where it looked", "[cli]") {
  Project project;
  for (const char* command : {"check", "format", "describe"}) {
    const Ran ran = project.refract({command});
    CHECK(ran.exit_code == 2);
    CHECK(is_one_sentence(ran.err));
    CHECK(ran.err.contains("prisma/schema.prisma"));
  }
}

TEST_CASE("bad input: a file without permission", "[cli]") {
  Project project;
  project.write("schema.prisma", kGood);
  std::filesystem::permissions(project / "schema.prisma", std::filesystem::perms(0000));
  // Root may read everything, so under root the program runs as a user who may not.
  const Ran ran = ::geteuid() == 0 ? project.refract({"check", "schema.prisma"}, {.as_nobody = true})
                                   : project.refract({"check", "schema.prisma"});
  CHECK(ran.exit_code == 2);
  CHECK(ran.err == "refract: schema.prisma cannot be read; check its permissions.\n");
}

}  // namespace refract::test
