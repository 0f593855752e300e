#include "cli/program.h"
#include "protocol/json.h"
#include "support/catch.h"

// `check` beyond its text: formats, versions, several schemas, and input that nobody should write.
namespace refract::test {
namespace {

using protocol::Json;

const std::string kGood = schema_text("model User {\n  id Int @id\n}\n");
const std::string kBad = schema_text("model User {\n  id   Int @id\n  name Strin\n}\n");

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("check: sarif and github", "[cli]") {
  Project project;
  project.write("schema.prisma", kBad);
  const Ran sarif = project.refract({"check", "schema.prisma", "--format", "sarif"});
  CHECK(sarif.exit_code == 1);
  CHECK(sarif.err.empty());
  const Json log = Json::parse(sarif.out);
  CHECK(log.at("runs").at(0).at("results").at(0).at("ruleId") == "unknown-type");
  const Ran github = project.refract({"check", "schema.prisma", "--format", "github"});
  CHECK(github.exit_code == 1);
  CHECK(github.out.starts_with("::error file=schema.prisma,line=8,col=8,endLine=8,endColumn=13,title=unknown-type::"));

  project.write("schema.prisma", kGood);
  CHECK(project.refract({"check", "--format", "github"}).out.empty());
  CHECK(Json::parse(project.refract({"check", "--format", "sarif"}).out).at("runs").at(0).at("results").empty());
}

TEST_CASE("check: each path is a schema of its own", "[cli]") {
  Project project;
  project.write("one/schema.prisma", kBad);
  project.write("one/package.json", R"({"dependencies": {"prisma": "^5.22.0"}})");
  project.write("two/schema.prisma",
                "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n}\n");
  project.write("two/package.json", R"({"dependencies": {"prisma": "7.1.0"}})");
  const Ran ran = project.refract({"check", "one/schema.prisma", "two", "--format", "json"});
  CHECK(ran.exit_code == 1);
  const Json json = Json::parse(ran.out);
  CHECK(json.at("files") == Json{"one/schema.prisma", "two/schema.prisma"});
  CHECK(json.at("diagnostics").size() == 1);
  REQUIRE(json.at("schemas").size() == 2);
  CHECK(json.at("schemas").at(0).at("prisma") == 5);
  CHECK(json.at("schemas").at(0).at("reason") == "from prisma ^5.22.0 in package.json");
  CHECK(json.at("schemas").at(1).at("prisma") == 7);
  CHECK_FALSE(json.contains("omitted"));
}

TEST_CASE("check: the version in force is reported, with its reason", "[cli]") {
  Project project;
  project.write("schema.prisma", kGood);
  CHECK(project.refract({"check"}).err == "no diagnostics in 1 file (Prisma 6, guessed: the datasource has a url)\n");
  CHECK(project.refract({"check", "--prisma", "5"}).err == "no diagnostics in 1 file (Prisma 5, as requested)\n");
  CHECK(project.refract({"check", "--prisma", "7"}).err == "1 error in 1 file (Prisma 7, as requested)\n");
  project.write("package.json", R"({"devDependencies": {"prisma": "~6.19"}})");
  CHECK(project.refract({"check"}).err == "no diagnostics in 1 file (Prisma 6, from prisma ~6.19 in package.json)\n");
  project.write("node_modules/prisma/package.json", R"({"version": "5.22.0"})");
  CHECK(project.refract({"check"}).err == "no diagnostics in 1 file (Prisma 5, from prisma 5.22.0 in node_modules)\n");
}

TEST_CASE("check: a file in another language is left alone, and that is said once", "[cli]") {
  for (const char* language : {"prisma-8", "prisma-next"}) {
    Project project;
    project.write("schema.prisma", "// use " + std::string(language) + "\nentity User { this is no Prisma schema }\n");
    const std::string before = project.read("schema.prisma");
    Ran ran = project.refract({"check"});
    CHECK(ran.exit_code == 0);
    CHECK(ran.out.empty());
    CHECK(is_one_sentence(ran.err));
    CHECK(ran.err.contains(language));
    ran = project.refract({"format"});
    CHECK(ran.exit_code == 0);
    CHECK(is_one_sentence(ran.err));
    CHECK(project.read("schema.prisma") == before);
    CHECK(project.refract({"format", "--check"}).exit_code == 0);
    ran = project.refract({"check", "--format", "json"});
    CHECK(Json::parse(ran.out).at("diagnostics").empty());
    // A migration of what was not read would drop every table.
    ran = project.refract({"migrate", "new", "x"});
    CHECK(ran.exit_code == 2);
    CHECK(is_one_sentence(ran.err));
    CHECK(project.refract({"migrate", "diff", "--from", "empty", "--to", "schema.prisma"}).exit_code == 2);
  }
}

TEST_CASE("bad input: deep nesting", "[cli]") {
  Project project;
  constexpr std::size_t kDeep = 100'000;
  for (const auto& [open, close] : {std::pair("[", "]"), std::pair("f(", ")"), std::pair("{a:", "}")}) {
    for (const bool closed : {false, true}) {
      std::string line = "  id Int @id @default(" + repeated(open, kDeep);
      if (closed) line += "1" + repeated(close, kDeep) + ")";
      project.write("schema.prisma", schema_text("model A {\n" + line + "\n}\n"));
      INFO(open << ' ' << closed);
      const Ran check = project.refract({"check", "schema.prisma"});
      CHECK(check.exit_code == 1);
      CHECK(check.out.contains("invalid-member"));
      CHECK(project.refract({"format", "schema.prisma"}).exit_code == 0);
      CHECK(project.refract({"describe", "A"}).exit_code <= 2);
    }
  }
  project.write("schema.prisma", repeated("model A {\n", 5000));
  CHECK(project.refract({"check"}).exit_code == 1);
  project.write("schema.prisma", kGood);
  project.write("refract.toml", "a" + repeated(".a", kDeep) + " = 1\n");
  CHECK(project.refract({"check"}).err.contains("Invalid TOML"));
}

TEST_CASE("bad input: a line of a megabyte", "[cli]") {
  Project project;
  const std::string lines[] = {
      "  name String // " + repeated("x", 1 << 20) + "\n",
      "  name String @default(\"" + repeated("x", 1 << 20) + "\")\n",
      "  @@index([" + repeated("id, ", 1 << 18) + "id])\n",
      "  " + repeated("name ", 1 << 18) + "\n",
      "  name String " + repeated("@unique ", 1 << 17) + "\n",
  };
  for (const std::string& line : lines) {
    project.write("schema.prisma", schema_text("model A {\n  id Int @id\n" + line + "}\n"));
    const Ran ran = project.refract({"check"});
    INFO(line.substr(0, 40) << ": " << ran.out.size() << " bytes");
    CHECK(ran.exit_code <= 1);
    CHECK(ran.out.size() < 2'000'000);
    CHECK(project.refract({"format", "--check"}).exit_code <= 1);
  }
}

TEST_CASE("bad input: ten thousand models", "[cli]") {
  Project project;
  std::string models;
  for (int i = 0; i < 10000; ++i) {
    const std::string number = std::to_string(i), next = std::to_string((i + 1) % 10000),
                      last = std::to_string((i + 9999) % 10000);
    models += "model M" + number + " {\n  id Int @id\n  n M" + next + " @relation(\"r" + number +
              "\", fields: [id], references: [id])\n  p M" + last + "? @relation(\"r" + last + "\")\n}\n\n";
  }
  project.write("schema.prisma", schema_text(models));
  const Ran ran = project.refract({"check"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.empty());
}

TEST_CASE("bad input: ten thousand errors are capped, and that is said", "[cli]") {
  Project project;
  std::string fields, models;
  for (int i = 0; i < 10000; ++i) {
    fields += "  f" + std::to_string(i) + " Strin\n";
    models += "model M" + std::to_string(i) + " {\n  id Int @id\n  other Modell" + std::to_string(i) + "x\n}\n";
  }
  // With the number of their errors; of a name given twice the first is none.
  const std::pair<std::string, const char*> texts[] = {
      {schema_text("model A {\n  id Int @id\n" + fields + "}\n"), "10000 errors in 1 file"},
      {schema_text(models), "10000 errors in 1 file"},
      {repeated("nonsense\n", 10000), "10000 errors in 1 file"},
      {repeated("model A {\n}\nx\n", 10000), "19999 errors in 1 file"},
      {schema_text("model A {\n  id Int @id\n" + repeated("  x x x\n", 10000) + "}\n"), "10000 errors in 1 file"}};
  for (const auto& [text, count] : texts) {
    project.write("schema.prisma", text);
    const Ran ran = project.refract({"check"});
    INFO(text.substr(0, 200));
    CHECK(ran.exit_code == 1);
    CHECK(ran.out.contains("more diagnostics are not shown. Correct the ones above first."));
    CHECK(ran.out.size() < 2'000'000);
    CHECK(ran.err.contains(count));
  }
  const Json json = Json::parse(project.refract({"check", "--format", "json"}).out);
  CHECK(json.at("diagnostics").size() == 1000);
  CHECK(json.at("omitted") == 9000);
}

TEST_CASE("bad input: NUL bytes are data", "[cli]") {
  Project project;
  const std::string nul(1, '\0');
  project.write("schema.prisma", schema_text("model A {\n  id Int @id\n  s" + nul + " String" + nul + "\n}\n" + nul));
  const Ran ran = project.refract({"check"});
  CHECK(ran.exit_code == 1);
  CHECK_FALSE(ran.out.contains(nul));
  CHECK(project.refract({"format", "--check"}).exit_code <= 1);
}

TEST_CASE("bad input: composite types in circles", "[cli]") {
  Project project;
  std::string types = "datasource db {\n  provider = \"mongodb\"\n}\n\n";
  for (int i = 0; i < 1000; ++i) {
    types += "type T" + std::to_string(i) + " {\n  a T" + std::to_string((i + 1) % 1000) + "\n  b T" +
             std::to_string((i + 7) % 1000) + "\n}\n\n";
  }
  project.write("schema.prisma", types + "model A {\n  id String @id @map(\"_id\")\n  t T0\n  @@index([t.a.b.a])\n}\n");
  const Ran ran = project.refract({"check", "--prisma", "7"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("[composite-type-cycle]"));
}

TEST_CASE("bad input: names that differ by case or by Unicode form only", "[cli]") {
  Project project;
  const std::string composed = "Caf\u00e9", decomposed = "Cafe\u0301";
  project.write("schema.prisma", schema_text("model User {\n  id Int @id\n  a Int\n  A Int\n}\n\nmodel user {\n  id "
                                             "Int @id\n}\n\nmodel Tag {\n  id Int @id\n  x Int @map(\"" +
                                             composed + "\")\n  y Int @map(\"" + decomposed + "\")\n}\n"));
  CHECK(project.refract({"check"}).exit_code == 0);
}

// What is quadratic here takes minutes, which CTest does not wait for.
TEST_CASE("bad input: ten thousand mistakes are reported", "[cli]") {
  const auto total = [](const std::string& text) {
    Project project;
    project.write("schema.prisma", text);
    return project.refract({"check"}).err;
  };
  const auto many = [](std::size_t count, auto one) {
    std::string text = "datasource db {\n  provider = \"postgresql\"\n}\n\n";
    for (std::size_t i = 0; i < count; ++i) text += one(std::to_string(i));
    return text;
  };
  const auto unknown_types = [](const std::string& i) {
    return "model M" + i + " {\n  id Int @id\n  other Modell" + i + "x\n}\n";
  };
  const auto one_table = [](const std::string& i) {
    return "model M" + i + " {\n  id Int @id\n  @@map(\"same\")\n}\n";
  };
  const auto one_name = [](const std::string&) { return std::string("model M {\n  id Int @id\n}\nx\n"); };
  CHECK(total(many(10000, unknown_types)).starts_with("10000 errors"));
  CHECK(total(many(10000, one_table)).starts_with("19999 errors"));
  CHECK(total(many(10000, one_name)).starts_with("19999 errors"));
}

TEST_CASE("check: what PostgreSQL rejects is a warning", "[cli]") {
  Project project;
  project.write("schema.prisma", schema_text("model User {\n  id Int @id\n  j Json @db.Json @unique\n}\n"));
  const Ran ran = project.refract({"check"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("warning: PostgreSQL rejects the unique key: "));
  CHECK(ran.out.contains("[rejected-by-database]"));
}

TEST_CASE("check: what the migrations do not make is missing", "[cli]") {
  Project project;
  project.write("schema.prisma", schema_text("model User {\n  id Int @id\n  c String @db.Citext\n}\n"));
  CHECK(project.refract({"check"}).out.empty());
  project.write("migrations/20260101000000_a/migration.sql", "SELECT 1;\n");
  CHECK(project.refract({"check"}).out.contains("type \"citext\" does not exist"));
  project.write("migrations/20260101000000_a/migration.sql", "CREATE EXTENSION citext;\n");
  CHECK(project.refract({"check"}).out.empty());
}

TEST_CASE("check: warnings that refract.toml ignores are left out and counted, errors are not", "[cli]") {
  Project project;
  project.write("schema.prisma", schema_text("model User {\n  id Int @id\n  j Json @db.Json @unique\n}\n"));
  project.write("refract.toml", "[diagnostics]\nshow = false\nignore = [\"rejected-by-database\", \"unknown-type\"]\n");
  const Ran ran = project.refract({"check"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.empty());
  CHECK(ran.err.contains("1 warning ignored by "));
  CHECK(Json::parse(project.refract({"check", "--format", "json"}).out)["ignored"] == 1);
  project.write("schema.prisma", kBad);
  const Ran bad = project.refract({"check"});
  CHECK(bad.exit_code == 1);
  CHECK(bad.out.contains("[unknown-type]"));
  CHECK_FALSE(bad.out.contains("\033["));
}

TEST_CASE("errors come in the format that was asked for, with the same exit code", "[cli]") {
  Project project;
  const Ran json = project.refract({"check", "nowhere.prisma", "--format", "json"});
  CHECK(json.exit_code == 2);
  CHECK(Json::parse(json.out)["error"]["code"] == "not-found");
  CHECK(json.err.contains("refract: The file or folder nowhere.prisma does not exist."));
  CHECK(project.refract({"check", "nowhere.prisma", "--format=github"}).out.starts_with("::error title=refract::"));
  const Json sarif = Json::parse(project.refract({"migrate", "lint", "--schema", "no", "--format", "sarif"}).out);
  CHECK(sarif["runs"][0]["invocations"][0]["executionSuccessful"] == false);
  const Ran option = project.refract({"describe", "--format", "json", "--nonsense"});
  CHECK(option.exit_code == 2);
  CHECK(Json::parse(option.out)["error"]["code"] == "usage");
  const Ran command = project.refract({"chekc", "--format", "json"});
  CHECK(command.exit_code == 2);
  CHECK(Json::parse(command.out)["error"]["message"].get<std::string>().contains("Did you mean refract check?"));
  CHECK(project.refract({"check", "nowhere.prisma"}).out.empty());
}

TEST_CASE("a migration that does not parse stops only what needs it", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", schema_text("model User {\n  id Int @id\n}\n"));
  project.write("prisma/migrations/1_init/migration.sql",
                "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n");
  project.write("prisma/migrations/2_broken/migration.sql", "CREATE TABEL x ();\n");
  project.write("other.prisma", schema_text("model User {\n  id Int @id\n  a Int\n}\n"));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"check"},
        {"format", "--check"},
        {"describe", "User"},
        {"migrate", "lint", "1_init"},
        {"migrate", "down", "1_init", "--print"},
        {"migrate", "diff", "--from", "prisma/schema.prisma", "--to", "other.prisma"}}) {
    INFO(words.back());
    CHECK(project.refract(words).exit_code == 0);
  }
  const Ran lint = project.refract({"migrate", "lint", "--all"});
  CHECK(lint.exit_code == 1);
  CHECK(lint.out.contains("2_broken/migration.sql:1: danger: "));
  CHECK(project.refract({"migrate", "new", "x"}).exit_code == 2);
  CHECK(project.refract({"migrate", "down", "2_broken", "--print"}).exit_code == 2);
}

TEST_CASE("migrate diff: prints how long it took only if asked", "[cli]") {
  Project project;
  project.write("schema.prisma", kGood);
  const std::vector<std::string> diff{"migrate", "diff", "--from", "empty", "--to", "schema.prisma"};
  CHECK_FALSE(project.refract(diff).err.contains(" ms"));
  std::vector<std::string> timed = diff;
  timed.emplace_back("--timing");
  CHECK(project.refract(timed).err.contains(" ms (from "));
}

}  // namespace refract::test
