#include <fmt/format.h>

#include "support/catch.h"
#include "syntax/dump.h"

using namespace refract::syntax;
using refract::syntax::testing::dump;
using refract::text::Document;

namespace {

std::string dump_of(std::string_view text) {
  return dump(*File::parse(Document(std::string(text))));
}
std::string in_model(std::string_view lines) {
  return dump_of("model M {\n" + std::string(lines) + "\n}\n");
}
std::string as_read_by(int prisma, std::string_view text) {
  return dump(*File::read_by(prisma, File::parse(Document(std::string(text)))));
}

}  // namespace

TEST_CASE("lowering: a model's fields with arity, native types and comments", "[syntax]") {
  CHECK(dump_of(R"--(/// A book.
///   On the shelf.
// not documentation
model Book { // open
  id     Int      @id @default(autoincrement())
  /// As printed.
  title  String?  @db.VarChar(200) /// Never empty.
  tags   String[] // free
  area   Unsupported("box(\"a\")")?

  @@index([title, id(sort: Desc)], map: "by_title") // quick
}
)--") == R"--(model Book doc("A book.\nOn the shelf.")
  field id : Int @id @default(autoincrement())
  field title : String optional @db.VarChar(number 200) doc("As printed.\nNever empty.")
  field tags : String list
  field area : Unsupported("box(\"a\")") unsupported("box(\"a\")") optional
  @@index([title, id(sort: Desc)], map: "by_title")
)--");
}

TEST_CASE("lowering: the other kinds of block", "[syntax]") {
  CHECK(dump_of(R"--(datasource db {
  provider = "postgresql" // which
  url      = env("URL")
  schemas  = ["a", "b"]
  empty    =
}
generator client {
  output = "../x"
}
enum Color {
  RED  @map("red") /// warm
  BLUE
  @@map("colors")
}
type Size {
  width Float
}
view Wide {
  width Float
}
)--") == R"--(datasource db
  property provider = "postgresql"
  property url = env("URL")
  property schemas = ["a", "b"]
  property empty
generator client
  property output = "../x"
enum Color
  value RED @map("red") doc("warm")
  value BLUE
  @@map("colors")
type Size
  field width : Float
view Wide
  field width : Float
)--");
}

TEST_CASE("lowering: values of every kind", "[syntax]") {
  CHECK(in_model("a Int @x(1, -2.5, true, null, A.b, f(), g(h: [1, [2]], i()), [], \"\")") ==
        "model M\n  field a : Int @x(number 1, number -2.5, true, null, A.b, f(), g(h: [number 1, [number 2]], i()), "
        "[], \"\")\n");
  CHECK(in_model("a Int @x(name: , other: 1,)") == "model M\n  field a : Int @x(name:, other: number 1,)\n");
  CHECK(in_model("a Int @x(f(1,)) @y() @z") == "model M\n  field a : Int @x(f(number 1,)) @y() @z\n");
}

TEST_CASE("lowering: an object is a value since Prisma 7, and an error before", "[syntax]") {
  CHECK(in_model("@@index([a], where: { b: 1, c: { not: null } })") == R"--(model M
  @@index([a], where: {b: number 1, c: {not: null}})
)--");
  CHECK(as_read_by(6, "model M {\n@@index([a], where: { b: 1 })\n}\n") == R"--(model M
  invalid_member "@@index([a], where: { b: 1 })\n"
)--");
}

TEST_CASE("lowering: letters of any script since Prisma 6", "[syntax]") {
  CHECK(in_model("größe Int\nid Int") == "model M\n  field größe : Int\n  field id : Int\n");
  CHECK(as_read_by(5, "model M {\ngröße Int\nid Int\n}\nmodelé {\n  id Int\n}\n") == R"--(model M
  field id : Int
  broken größe : Int
  invalid_member "größe Int\n"
filler 
  invalid_line "modelé {\n"
  invalid_line "id Int\n"
  invalid_line "}\n"
)--");
}

TEST_CASE("lowering: a /* */ comment is one since Prisma 6", "[syntax]") {
  constexpr std::string_view kText = "/* top\n  more */\nenum E { // x\n  /* a */\n  A /* b\n c */\n}\n";
  CHECK(as_read_by(6, kText) == R"--(enum E doc("top\nmore")
  value A doc("a\nb\nc")
)--");
  CHECK(as_read_by(5, kText) == R"--(filler 
  invalid_line "/* top\n"
  invalid_line "more */\n"
enum E
  invalid_member "/* a */\n"
  invalid_member "A /* b\n"
  invalid_member "c */\n"
)--");
  // What Prisma 5 takes for the block's end is in a comment for the others.
  CHECK(as_read_by(5, "enum E {\n  A /*\n}\n*/\n") == R"--(enum E
  invalid_member "A /*\n"
filler 
  invalid_line "*/\n"
)--");
}

TEST_CASE("lowering: escapes in strings are JSON's", "[syntax]") {
  CHECK(in_model(R"--(a String @x("\"\\\/\b\f\n\r\t\u00e9\ud83c\udf89"))--") ==
        "model M\n  field a : String @x(" + fmt::format("{:?}", "\"\\/\b\f\n\r\té🎉") + ")\n");
}

TEST_CASE("lowering: white space is Prisma's", "[syntax]") {
  CHECK(in_model("\u00a0a\u3000Int\u2003@id") == "model M\n  field a : Int @id\n");
  CHECK(in_model("a Int@id@ map (\"x\")") == "model M\n  field a : Int @id @map(\"x\")\n");
  CHECK(in_model("a Unsupported( \"x\" ) []") == "model M\n  field a : Unsupported( \"x\" ) unsupported(\"x\") list\n");
}

TEST_CASE("lowering: line ends are LF, CRLF and a lone CR", "[syntax]") {
  const std::string expected = "model A doc(\"d\")\n  field b : C @id\nenum E\n  value F\n";
  for (const std::string_view end : {"\n", "\r\n", "\r"}) {
    std::string text;
    for (const std::string_view line : {"/// d", "model A {", "  b C @id", "}", "enum E {", "  F", "}"}) {
      text.append(line).append(end);
    }
    CHECK(dump_of(text) == expected);
  }
}

TEST_CASE("lowering: documentation is the last comments before a field, whatever lies between", "[syntax]") {
  CHECK(in_model("/// far\n\n@@x\n\na Int\n/// lost\n\n// none\nb Int\n/// one\n\n///two\nc Int /// three") ==
        R"--(model M
  field a : Int doc("far")
  field b : Int
  field c : Int doc("two\nthree")
  @@x
)--");
}

TEST_CASE("lowering: values nested past all reason are kept as text", "[syntax]") {
  const std::string deep = std::string(20'000, '[') + std::string(20'000, ']');
  const auto file = File::parse(Document("model M {\n  a Int @x(" + deep + ")\n}\n"));
  REQUIRE(file->blocks().size() == 1);
  CHECK(file->blocks()[0].block->name.text == "M");
}

TEST_CASE("lowering: Prisma's span of an attribute takes in the white space or comment after it", "[syntax]") {
  const auto file = File::parse(Document("model M {\n  a Int @x  @y(1)  // c\n  @@z(2)  // d\n  @@w  \n}\n"));
  const Block& block = *file->blocks().at(0).block;
  const auto spanned = [&](const Attribute& attribute) {
    return std::string_view(block.text).substr(attribute.span.begin, attribute.span.size());
  };
  const auto ranged = [&](const Attribute& attribute) {
    return std::string_view(block.text).substr(attribute.range.begin, attribute.range.size());
  };
  REQUIRE(block.fields.size() == 1);
  CHECK(spanned(block.fields[0].attributes.at(0)) == "@x  ");
  CHECK(ranged(block.fields[0].attributes.at(0)) == "@x");
  CHECK(spanned(block.fields[0].attributes.at(1)) == "@y(1)");
  CHECK(spanned(block.attributes.at(0)) == "@@z(2)  // d");
  CHECK(ranged(block.attributes.at(0)) == "@@z(2)");
  CHECK(spanned(block.attributes.at(1)) == "@@w  ");
}

TEST_CASE("ast: diagnostic by name", "[syntax]") {
  const auto file = File::parse(Document("model M {\n  a Int @x(1, b: 2)\n  c: Int\n  @@y\n}\nenum E {\n  V @z\n}\n"));
  const Block& model = *file->blocks().at(0).block;
  REQUIRE(model.find_field("a") != nullptr);
  CHECK(model.find_field("c") == nullptr);  // its line has an error of its own
  const Attribute* x = model.find_field("a")->find_attribute("x");
  REQUIRE(x != nullptr);
  CHECK(x->find_argument("b")->value->text == "2");
  CHECK(x->find_argument("d") == nullptr);
  CHECK(x->find_argument("d", true)->value->text == "1");
  CHECK(model.find_attribute("y") != nullptr);
  CHECK(file->blocks().at(1).block->find_value("V")->find_attribute("z") != nullptr);
  CHECK(file->blocks().at(1).block->find_value("W") == nullptr);
}
