#include "features/completion_fixture.h"

using namespace refract;
using schema::PrismaVersion;
using test::offered;
using test::taken;
using test::taken_line;

namespace {

constexpr std::string_view kDatasource = "datasource db {\n  provider = \"postgresql\"\n}\n";

std::string with_datasource(std::string_view text) {
  return std::string(kDatasource) + std::string(text);
}

}  // namespace

TEST_CASE("completion: keywords where a block may begin", "[completion]") {
  CHECK(offered("$0") == "model enum generator datasource");
  CHECK(offered(with_datasource("mo$0")) == "model enum generator");
  CHECK(offered("datasource db {\n  provider = \"mongodb\"\n}\n$0") == "model enum type generator");
  CHECK(offered("generator c {\n  previewFeatures = [\"views\"]\n}\n$0") == "model enum view generator datasource");
  CHECK(taken("mo$0", "model") == "model ${1:Name} {\n  id ${2:Int} @id$0\n}");
  CHECK(taken("mo$0", "model", false) == "model");
  CHECK(taken("mo$0 User {\n}\n", "model") == "model User {\n}\n");
  CHECK(offered("// mo$0").empty());
}

TEST_CASE("completion: types are scalars, enums and models of every file", "[completion]") {
  const std::string text = R"(
//- /a.prisma
model Here {
  a $0
}
//- /b.prisma
enum Role {
  A
}
/// A person.
model User {
  id Int @id
}
)";
  CHECK(offered(text) == "String Int Boolean DateTime Float Json Decimal BigInt Bytes Here Role User Unsupported");
  const auto made = test::fixture(text);
  for (const auto& item : features::completion(*made.snapshot, made.cursor)) {
    if (item.label != "User") continue;
    CHECK(item.detail == "model in b.prisma");
    CHECK(item.documentation == "A person.");
    CHECK(item.kind == features::CompletionKind::model);
  }
}

TEST_CASE("completion: a type joins the arity and the name around it", "[completion]") {
  const auto line = [](std::string_view text) {
    return with_datasource("model M {\n  " + std::string(text) + "\n}\n");
  };
  CHECK(taken_line(line("a $0"), "String") == "a String");
  CHECK(taken_line(line("a Str$0"), "String") == "a String");
  CHECK(taken_line(line("a Str$0[] @unique"), "String") == "a String[] @unique");
  CHECK(taken_line(line("a Str$0?"), "String") == "a String?");
  CHECK(taken_line(line("a M$0"), "M[]") == "a M[]");
  CHECK(taken_line(line("a M$0"), "M?") == "a M?");
  CHECK(taken_line(line("a M$0?"), "M?") == "no such item");
  CHECK(taken_line(line("a Un$0"), "Unsupported") == "a Unsupported(\"${1:type}\")$0");
  CHECK(taken_line(line("größe Str$0"), "String") == "größe String");
}

TEST_CASE("completion: types that the provider has not are not offered", "[completion]") {
  CHECK(offered("datasource db {\n  provider = \"mongodb\"\n}\ntype T {\n  a $0\n}\nmodel M {\n  id String @id\n}\n") ==
        "String Int Boolean DateTime Float Json BigInt Bytes Unsupported");
}

TEST_CASE("completion: properties of a datasource", "[completion]") {
  CHECK(offered("datasource db {\n  $0\n}\n") == "provider relationMode schemas");
  CHECK(offered("datasource db {\n  $0\n}\n", PrismaVersion::v6) ==
        "provider url directUrl shadowDatabaseUrl relationMode schemas");
  CHECK(offered("datasource db {\n  provider = \"sqlite\"\n  $0\n}\n") == "relationMode");
  CHECK(offered("generator c {\n  previewFeatures = [\"postgresqlExtensions\"]\n}\n" +
                std::string("datasource db {\n  provider = \"postgresql\"\n  $0\n}\n")) ==
        "relationMode schemas extensions");
  CHECK(offered("datasource db {\n  provider $0\n}\n") == "=");
  CHECK(offered("datasource db {\n  provider $0 \"mysql\"\n}\n").empty());
  CHECK(taken_line("datasource db {\n  pro$0\n}\n", "provider") == "provider = \"${1}\"$0");
  CHECK(taken_line("datasource db {\n  pro$0\n}\n", "provider", false) == "provider = ");
  CHECK(taken_line("datasource db {\n  pro$0 = \"mysql\"\n}\n", "provider") == "provider = \"mysql\"");
}

TEST_CASE("completion: values of a datasource, quoted where the quotes are missing", "[completion]") {
  CHECK(offered("datasource db {\n  provider = $0\n}\n") == "postgresql mysql sqlite sqlserver mongodb cockroachdb");
  CHECK(taken_line("datasource db {\n  provider = $0\n}\n", "mysql") == "provider = \"mysql\"");
  CHECK(taken_line("datasource db {\n  provider = \"$0\"\n}\n", "mysql") == "provider = \"mysql\"");
  CHECK(taken_line("datasource db {\n  provider = \"my$0\n}\n", "mysql") == "provider = \"mysql\"");
  CHECK(offered("datasource db {\n  relationMode = \"$0\"\n}\n") == "foreignKeys prisma");
  CHECK(taken_line("datasource db {\n  url = $0\n}\n", "env(\"\")") == "url = env(\"${1:DATABASE_URL}\")$0");
  CHECK(taken_line("datasource db {\n  url = en$0(\"A\")\n}\n", "env") == "url = env(\"A\")");
  CHECK(taken_line("datasource db {\n  url = env($0)\n}\n", "DATABASE_URL") == "url = env(\"DATABASE_URL\")");
  CHECK(taken_line("datasource db {\n  url = env(\"$0\")\n}\n", "DATABASE_URL") == "url = env(\"DATABASE_URL\")");
  const auto made = test::fixture("datasource db {\n  url = env(\"$0\")\n}\n");
  const auto items = features::completion(*made.snapshot, made.cursor, {.environment = {"MAIN_URL", "OTHER_URL"}});
  REQUIRE(items.size() == 2);
  CHECK(items[1].insert == "OTHER_URL");
}

TEST_CASE("completion: what a new block, an extension and a type of the database in force are", "[completion]") {
  const std::string mongo = "datasource store {\n  provider = \"mongodb\"\n}\n";
  CHECK(test::taken(mongo + "$0", "model")
            .ends_with("  id String @id @default(auto()) @map(\"_id\") @store.ObjectId$0\n}"));
  CHECK(test::taken("generator client {\n}\n$0", "generator").contains("generator ${1:client2} {"));
  CHECK(test::taken("$0", "generator").contains("generator ${1:client} {"));
  CHECK(offered(mongo + "model M {\n  id $0\n}\n").ends_with("Unsupported"));
  const auto extensions = [](std::string_view value) {
    return "generator c {\n  previewFeatures = [\"postgresqlExtensions\"]\n}\ndatasource db {\n  provider = "
           "\"postgresql\"\n  " +
           std::string(value) + "\n}\n";
  };
  CHECK(taken_line(extensions("$0"), "extensions") == "extensions = [${1}]$0");
  CHECK(taken_line(extensions("extensions = [$0]"), "pg_trgm") == "extensions = [pg_trgm]");
  CHECK(taken_line(extensions("extensions = [citext, $0]"), "citext") == "no such item");
  CHECK(taken_line(extensions("schemas = [\"own\"]\n  extensions = [citext(schema: \"$0\")]"), "own") ==
        "extensions = [citext(schema: \"own\")]");
}

TEST_CASE("completion: properties and values of a generator", "[completion]") {
  CHECK(offered("generator c {\n  $0\n}\n") == "provider output previewFeatures");
  CHECK(offered("generator c {\n  provider = \"prisma-client\"\n  $0\n}\n") ==
        "output previewFeatures runtime moduleFormat generatedFileExtension importFileExtension compilerBuild");
  CHECK(offered("generator c {\n  provider = \"prisma-client-js\"\n  $0\n}\n", PrismaVersion::v6) ==
        "output previewFeatures binaryTargets engineType");
  CHECK(taken_line("generator c {\n  prev$0\n}\n", "previewFeatures") == "previewFeatures = [\"${1}\"]$0");
  CHECK(taken_line("generator c {\n  previewFeatures = $0\n}\n", "[]") == "previewFeatures = [\"${1}\"]$0");
  CHECK(taken_line("generator c {\n  previewFeatures = [$0]\n}\n", "views") == "previewFeatures = [\"views\"]");
  CHECK(taken_line("generator c {\n  previewFeatures = [\"$0\"]\n}\n", "views") == "previewFeatures = [\"views\"]");
  CHECK(taken_line("generator c {\n  previewFeatures = [\"views\", \"$0\"]\n}\n", "views") == "no such item");
  CHECK(offered("generator c {\n  moduleFormat = \"$0\"\n}\n") == "esm cjs");
}

TEST_CASE("completion: at every offset of odd texts it answers and its edits stay in the line", "[completion]") {
  const std::string texts[] = {
      "\xEF\xBB\xBFmodel M {\r\n  größe Str\r\n  b M @relation(fields: [größe, ], references: [ö\r\n  "
      "@@index([größe(sort: \r\n}\r\n",
      "model M {\n  a Int @default(\n  @@id([a\n\nenum E {\n  A @map(\"\n",
      "datasource db {\n  provider = \"\n  url = env(\n}\ngenerator x { y\n",
      "@@@ { ( [ \" ) ] }\n\xff\xfe model @ . .. @db. @@x.y(\n", ""};
  for (const std::string& text : texts) {
    const auto made = test::fixture(text);
    for (text::Offset at = 0; at <= text.size() + 2; ++at) {
      for (const auto& item : features::completion(*made.snapshot, {0, at})) {
        const text::Range replaced = item.replace;
        REQUIRE(replaced.touches(std::min<text::Offset>(at, static_cast<text::Offset>(text.size()))));
        REQUIRE(text.substr(replaced.begin, replaced.size()).find_first_of("\r\n") == std::string::npos);
      }
    }
  }
}

TEST_CASE("completion: the same with CRLF, in another file of the schema, and before text that is broken",
          "[completion]") {
  constexpr std::string_view kHead =
      "datasource db {\n  provider = \"postgresql\"\n}\nenum Größe {\n  S\n  L\n}\nmodel Team {\n  id Int @id\n  users "
      "User[]\n}\n";
  for (const std::string_view line :
       {"  $0", "  role $0", "  role Grö$0", "  role Größe @$0", "  role Größe @default($0)", "  name String @db.$0",
        "  team Team @relation(fields: [$0])", "  team Team @relation(fields: [teamId], references: [$0])",
        "  team Team @relation(fields: [teamId], references: [id], onDelete: $0)", "  @@index([teamId], type: $0)",
        "  @@index([teamId(sort: $0)])"}) {
    INFO(line);
    const std::string model = "model User {\n  id Int @id\n  teamId Int\n" + std::string(line) + "\n}\n";
    const std::string whole = std::string(kHead) + model;
    const std::string expected = offered(whole);
    CHECK_FALSE(expected.empty());
    std::string crlf;
    for (const char c : whole) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(offered(crlf) == expected);
    CHECK(offered(whole + "model Half {\n  id Int @id @\n  b (\n") == expected);
    // Types of another file say so in their details; the labels are the same.
    CHECK(offered("//- /b.prisma\n" + std::string(kHead) + "//- /a.prisma\n" + model) == expected);
    CHECK(offered("//- /a.prisma\n" + model + "//- /b.prisma\n" + std::string(kHead)).size() == expected.size());
  }
}

// What an editor sends that writes no closing quote by itself.
TEST_CASE("completion: in a string without its end, what follows on the line stays", "[completion]") {
  const auto line = [](std::string_view marked, std::string_view label) {
    return test::taken_line(
        "datasource db {\n  provider = \"postgresql\"\n  schemas = [\"auth\", \"base\"]\n}\nmodel A {\n  id "
        "Int @id\n  bs B[] @relation(\"pair\")\n}\nmodel B {\n  id Int @id\n  aId Int\n" +
            std::string(marked) + "\n}\n",
        label);
  };
  CHECK(line("  @@schema(\"$0)", "auth") == "@@schema(\"auth\")");
  CHECK(line("  @@schema(\"au$0) // where it is", "auth") == "@@schema(\"auth\") // where it is");
  CHECK(line("  @@schema(\"$0", "base") == "@@schema(\"base\"");
  CHECK(line("  a A @relation(\"$0, fields: [aId], references: [id])", "pair") ==
        "a A @relation(\"pair\", fields: [aId], references: [id])");
  CHECK(line("  a A @relation(\"p$0air\", fields: [aId], references: [id])", "pair") ==
        "a A @relation(\"pair\", fields: [aId], references: [id])");
}
