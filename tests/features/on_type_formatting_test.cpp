#include "features/on_type_formatting.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

// The text after the character before `$0` was typed.
std::string typed(std::string_view marked, char character, unsigned tab_size = 2,
                  schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const auto made = fixture(marked, version);
  const auto& file = *made.snapshot->files()[made.cursor.file].syntax;
  const auto edits = features::on_type_formatting(file, version, made.cursor.offset, character, {.tab_size = tab_size});
  return text::apply_edits(made.files[made.cursor.file].second, edits);
}

}  // namespace

TEST_CASE("on type: a closing brace lays out its block alone", "[format]") {
  CHECK(typed("model A {\nid Int @id\nemail   String\n  }$0\nmodel B {\nid Int\n}\n", '}') ==
        "model A {\n  id    Int    @id\n  email String\n}\nmodel B {\nid Int\n}\n");
  CHECK(typed("enum   E { \nA\n  B @map( \"b\" )\n}$0", '}') == "enum E {\n  A\n  B @map(\"b\")\n}");
}

TEST_CASE("on type: a brace that closes no block changes nothing", "[format]") {
  for (const char* text : {"model A {\nid String @default(\"}$0\")\n}\n", "model A {\nid Int // }$0\n}\n", "}$0\n",
                           "// }$0\nmodel A {\nid Int\n}\n", "$0"}) {
    CHECK(typed(text, '}') == fixture(text).files[0].second);
  }
}

TEST_CASE("on type: a new line lays out the block and keeps itself", "[format]") {
  CHECK(typed("model A {\nid Int @id\nemail String @unique\n  $0\n}\n", '\n') ==
        "model A {\n  id    Int    @id\n  email String @unique\n  \n}\n");
  CHECK(typed("generator g {\nprovider=\"x\"\n$0\noutput = \"y\"\n}\n", '\n') ==
        "generator g {\n  provider = \"x\"\n\n  output   = \"y\"\n}\n");
}

TEST_CASE("on type: a new line in the middle does not tear the columns apart", "[format]") {
  CHECK(typed("model A {\n  id        Int    @id\n  $0\n  longer    String\n  firstName String\n}\n", '\n') ==
        "model A {\n  id        Int    @id\n  \n  longer    String\n  firstName String\n}\n");
  // An empty line above is a border again.
  CHECK(typed("model A {\n  id        Int    @id\n\n  $0\n  longer    String\n  firstName String\n}\n", '\n') ==
        "model A {\n  id Int @id\n\n  \n  longer    String\n  firstName String\n}\n");
}

TEST_CASE("on type: nothing outside of blocks, in broken ones and in the middle of a line", "[format]") {
  for (const char* text : {
           "$0\nmodel A {\nid Int\n}\n",
           "model A {\nid Int\n}\n$0\n",
           "model A {\nid Int\n  $0\nbroken @\n}\n",
           "model A {\nid Int\n  $0\n",
           "model A {\nid Int\nname $0String\n}\n",
       }) {
    CHECK(typed(text, '\n') == fixture(text).files[0].second);
  }
  CHECK(typed("model A {\nid Int\n  $0\n}\n", ';') == "model A {\nid Int\n  \n}\n");
}

TEST_CASE("on type: CRLF, tab size, and a syntax that the version does not know", "[format]") {
  CHECK(typed("model A {\r\nid Int @id\r\n  $0\r\n}\r\n", '\n') == "model A {\r\n  id Int @id\r\n  \r\n}\r\n");
  CHECK(typed("model A {\nid Int\n}$0\n", '}', 4) == "model A {\n    id Int\n}\n");
  CHECK(typed("model A {\ngröße Int\n}$0\n", '}') == "model A {\n  größe Int\n}\n");
  CHECK(typed("model A {\ngröße Int\n}$0\n", '}', 2, schema::PrismaVersion::v5) == "model A {\ngröße Int\n}\n");
}

TEST_CASE("on type: fields that Prisma would add are not", "[format]") {
  CHECK(typed("model A {\nid Int @id\nb B\n}$0\nmodel B {\n  id Int @id\n}\n", '}') ==
        "model A {\n  id Int @id\n  b  B\n}\nmodel B {\n  id Int @id\n}\n");
}
