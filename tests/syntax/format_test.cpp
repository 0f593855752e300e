#include "syntax/format.h"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

#include "support/catch.h"

namespace {

using refract::syntax::format;
using refract::syntax::FormatOptions;

// The characters of a text that are not white space, sorted: laying out may move words, never lose or make one.
std::string characters(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  std::ranges::sort(text);
  return text;
}

// Fixtures begin with a line break for looks.
std::string_view fixture(std::string_view text) {
  return text.starts_with('\n') ? text.substr(1) : text;
}

// For the few places where Prisma's formatter changes more than white space, or changes its own answer again.
void check_format_once(std::string_view input, std::string_view expected, const FormatOptions& options = {}) {
  CHECK(format(fixture(input), options) == fixture(expected));
}

void check_format(std::string_view input, std::string_view expected, const FormatOptions& options = {}) {
  check_format_once(input, expected, options);
  check_format_once(expected, expected, options);
  CHECK(characters(std::string(fixture(input))) == characters(std::string(fixture(expected))));
}

constexpr std::string_view kLaidOut = R"prisma(
// A shop

datasource db {
  provider = "postgresql" // the only one
  url      = env("SHOP_URL")
}

generator client {
  provider        = "prisma-client"
  previewFeatures = ["views", "relationJoins"]

  output = "../generated"
}

/// Somebody who buys
model Customer {
  id       Int     @id @default(autoincrement())
  email    String  @unique @db.VarChar(255) // lower case
  nickname String? @default("a  \"b\" // c")
  orders   Order[]

  place Unsupported("point( 4326 )")?

  // when
  joinedAt  DateTime @default(now()) @map("joined_at")
  updatedAt DateTime @updatedAt

  /// one row a mail address
  @@unique([email, nickname(sort: Desc)], map: "mail")
  @@index([joinedAt], type: BRIN, where: { nickname: { not: null } })
  @@map("customers")
}

model Order {
  id         String   @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  customerId Int
  customer   Customer @relation(fields: [customerId], references: [id], onDelete: Cascade)
  state      State    @default(OPEN)
}

enum State {
  OPEN @map("open") // at first
  PAID

  @@map("states")
}

view Total {
  customerId Int     @unique
  total      Decimal
}

type Address {
  street String
}
)prisma";

// Where white space is outside of strings and comments, puts other white space; and indents as it likes.
std::string scrambled(std::string_view text, std::mt19937& random) {
  const auto blanks = [&](std::size_t least) {
    std::string made;
    const std::size_t count = least + random() % 4;
    while (made.size() < count) made += random() % 3 == 0 ? '\t' : ' ';
    return made;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    at += line.size() + 1;
    out += blanks(0);
    bool quoted = false;
    bool spaced = true;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!quoted && line.substr(i).starts_with("//")) {
        out += line.substr(i);
        spaced = true;
        break;
      }
      if (line[i] == '"' && (i == 0 || line[i - 1] != '\\')) quoted = !quoted;
      if (line[i] != ' ' || quoted) {
        out += line[i];
        spaced = false;
      } else if (!spaced) {
        out += blanks(1);
        spaced = true;
      }
    }
    if (line.find("//") == std::string_view::npos) out += blanks(0);
    out += random() % 2 == 0 ? "\n" : "\r\n";
    if (line.empty()) out += std::string(random() % 3, '\n');
  }
  return out;
}

}  // namespace

TEST_CASE("format: columns are aligned between blank lines", "[format]") {
  check_format(R"(
model   User{
  id Int @id
      name    String?   @unique
 list String  []

  longerName Int


 x Int @map( "y" )
}
)",
               R"(
model User {
  id   Int      @id
  name String?  @unique
  list String[]

  longerName Int

  x Int @map("y")
}
)");
}

TEST_CASE("format: the white space of a text does not matter", "[format]") {
  const auto laid_out = fixture(kLaidOut);
  check_format(laid_out, laid_out);
  std::mt19937 random(20261123);
  for (int i = 0; i < 200; ++i) REQUIRE(format(scrambled(laid_out, random)) == laid_out);
}

TEST_CASE("format: widths count bytes, as Prisma does", "[format]") {
  check_format(R"(
enum Größe {
  Ä @map("ä") // x
  klein @map("日本")
}
)",
               R"(
enum Größe {
  Ä    @map("ä") // x
  klein @map("日本")
}
)");
}

TEST_CASE("format: names of letters beyond ASCII are none to Prisma 5", "[format]") {
  check_format(R"(
model Größe {
  id   Int
}
)",
               R"(
model Größe {
id   Int
}
)",
               {.prisma = 5});
}

TEST_CASE("format: attributes take Prisma's order", "[format]") {
  check_format(R"(
model A {
  id Int @db.Integer @map("x")@default(1)   @id
  @@zeta
  @@map("a")
  @@schema("s")
  @@index([b])
  b Int @relation @ignore @updatedAt @unique
  @@id([id,b])
}
)",
               R"(
model A {
  id Int @id @default(1) @map("x") @db.Integer
  b  Int @unique @updatedAt @relation @ignore

  @@id([id, b])
  @@index([b])
  @@map("a")
  @@zeta
  @@schema("s")
}
)");
}

TEST_CASE("format: a block attribute takes the comment above along", "[format]") {
  check_format(R"(
model A {
  id Int
  // why
  /// what
  @@map("a") // here

  // alone

  @@index([id])
  b Int
}
)",
               R"(
model A {
  id Int

  // alone
  b Int

  @@index([id])
  // why
  /// what
  @@map("a") // here
}
)");
}

TEST_CASE("format: block attributes alone still follow a blank line", "[format]") {
  check_format("model A {\n@@map(\"a\")\n}\n", "model A {\n\n  @@map(\"a\")\n}\n");
}

TEST_CASE("format: the attributes of an enum value are not spaced by Prisma", "[format]") {
  check_format(R"(
enum E {
  A @map("a") @foo // x
  LONG
}
)",
               R"(
enum E {
  A    @map("a")@foo // x
  LONG
}
)");
}

TEST_CASE("format: comments keep their text and stay at their line", "[format]") {
  check_format(R"(
//tight
/// doc
model A {
  // first
 id Int//  pk

  /// doc
  b String /// c
    // last


}
// between
model B {
}
)",
               R"(
//tight
/// doc
model A {
  // first
  id Int //  pk

  /// doc
  b String /// c
  // last
}

// between
model B {
}
)");
}

TEST_CASE("format: a comment after the opening brace is lost, as in Prisma", "[format]") {
  check_format_once("model A { // open\n  id Int\n}\n", "model A {\n  id Int\n}\n");
}

TEST_CASE("format: block comments become one line each", "[format]") {
  check_format_once(R"(
/* A
     thing */
model A {
  id Int /* one
  two */
  longer Int /* three */
  /** four
   * five */ b String
}
)",
                    R"(
/**
 * A
 * thing
 */
model A {
  id     Int /* one
  two */
  longer Int /* three */
  /**
   * four
   * five
   */
  b      String
}
)");
}

TEST_CASE("format: to Prisma 5 a block comment is a broken line", "[format]") {
  check_format(R"(
model A {
  id   Int /* one */
  b Int
}
)",
               R"(
model A {
  id   Int /* one */
  b Int
}
)",
               {.prisma = 5});
}

TEST_CASE("format: the inner of a block comment's line is left alone", "[format]") {
  check_format_once("/*\n\n  *  a  b \n*/\n", "/**\n * a  b\n */\n");
}

TEST_CASE("format: a broken line keeps its words and its neighbours are aligned", "[format]") {
  check_format(R"(
model A {
  id Int @id
     this is  not a field
  @@index([id]
  e String @default("x)
  name   String @default( "x" )
}
what   is this

model   B {
  id Int
}
)",
               R"(
model A {
  id   Int    @id
  this is  not a field
  @@index([id]
  e String @default("x)
  name String @default("x")
}

what   is this

model B {
  id Int
}
)");
}

TEST_CASE("format: arguments over several lines are broken lines", "[format]") {
  check_format(R"(
model A {
  id Int
  @@index([
     id
  ])
}
)",
               R"(
model A {
  id Int
  @@index([
  id
  ])
}
)");
}

TEST_CASE("format: a block that is not closed keeps its lines", "[format]") {
  check_format("model A {\n  id   Int\n\n\n  b  Int\n", "model A {\nid   Int\n\nb  Int\n");
}

TEST_CASE("format: an unknown block keeps its lines, one with a keyword before it loses the indent", "[format]") {
  check_format("thing {\n    a   b\n  }\n", "thing {\n    a   b\n  }\n");
  check_format("modle A {\n    a   b\n  }\n", "modle A {\na   b\n}\n");
}

TEST_CASE("format: a member that spans the block's braces keeps the block on its line", "[format]") {
  check_format("model A { id   Int }\n", "model A { id   Int }\n");
}

TEST_CASE("format: marks of Prisma 1 go", "[format]") {
  check_format_once("model A {\n  a: Int!\n  b : [String] @x\n}\n", "model A {\n  a Int\n  b String[] @x\n}\n");
}

TEST_CASE("format: a type alias and a line at top level are left as they are", "[format]") {
  check_format("  type X =  Int  @id\nmodel A {\n}\n", "type X =  Int  @id\nmodel A {\n}\n");
}

TEST_CASE("format: properties align their equal signs", "[format]") {
  check_format(R"(
generator g {
 provider="x"
  previewFeatures   =[ "a" ,"b" ] // c

 a = env( "B" )
}
)",
               R"(
generator g {
  provider        = "x"
  previewFeatures = ["a", "b"] // c

  a = env("B")
}
)");
}

TEST_CASE("format: a property without a value loses its equal sign, as in Prisma", "[format]") {
  check_format_once("datasource db {\n  provider =\n}\n", "datasource db {\n  provider\n}\n");
}

TEST_CASE("format: arguments get one spacing", "[format]") {
  check_format(R"(
model A {
  a Int @x( )
  b Int @x(name:[ a,b( sort :Desc ) ] ,  c : - )
  c Int @x(name:[ a,b( sort :Desc ) ] ,  c : -1.5 ,d:e.f ( "x" ))
  d Int @x(a: ,b: "q\"  r")
  e Int @x({a:1 , b:[ ]})
}
)",
               R"(
model A {
  a Int @x()
  b Int @x(name:[ a,b( sort :Desc ) ] ,  c : - )
  c Int @x(name: [a, b(sort: Desc)], c: -1.5, d: e.f("x"))
  d Int @x(a: , b: "q\"  r")
  e Int @x({ a: 1, b: [] })
}
)");
}

TEST_CASE("format: a comma before the closing parenthesis goes", "[format]") {
  check_format_once("model A {\n  a Int @x(1, )\n}\n", "model A {\n  a Int @x(1)\n}\n");
}

TEST_CASE("format: objects are values since Prisma 7", "[format]") {
  check_format("model A {\n  @@index([a], where:{b:1})\n}\n", "model A {\n  @@index([a], where:{b:1})\n}\n",
               {.prisma = 6});
  check_format("model A {\n  @@index([a], where:{b:1})\n}\n", "model A {\n\n  @@index([a], where: { b: 1 })\n}\n");
}

TEST_CASE("format: line ends become line feeds, broken lines keep theirs", "[format]") {
  check_format("model A {\r\n  id   Int\r\n\r\n  a b c d\r\n}\r\n", "model A {\n  id Int\n\n  a b c d\r\n}\n");
}

TEST_CASE("format: an empty text is one line end", "[format]") {
  CHECK(format("") == "\n");
  CHECK(format("\n  \n\n") == "\n");
}

TEST_CASE("format: a byte order mark begins no block, as in Prisma", "[format]") {
  check_format("\xEF\xBB\xBFmodel A {\n  id Int\n}", "\xEF\xBB\xBFmodel A {\nid Int\n}\n");
}

TEST_CASE("format: a stable result is one that formatting again leaves alone", "[format]") {
  const std::vector<std::string_view> pieces = {
      "model", "A",     "{", "}",    "\n",       "\n",           " id Int @id",   "/",   "/**/", "/* c\n d */",
      "// x",  "/// y", "=", "type", "enum E {", "@@map(\"a\")", "generator g {", "k =", "= 1",  " "};
  std::mt19937 random(18);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::size_t count = random() % 14; count > 0; --count) text += pieces[random() % pieces.size()];
    CAPTURE(text);
    const std::string once = format(text, {.stable = true});
    REQUIRE(format(once, {.stable = true}) == once);
  }
}

TEST_CASE("format: the indent is as asked", "[format]") {
  check_format("model A {\nid Int\n@@map(\"a\")\n}\n", "model A {\n    id Int\n\n    @@map(\"a\")\n}\n",
               {.tab_size = 4});
}

TEST_CASE("format: white space of other alphabets separates", "[format]") {
  check_format_once("model A {\n\u00A0\u3000id\u2003Int\n}\n", "model A {\n  id Int\n}\n");
}

TEST_CASE("format: deep nesting and unclosed blocks end in time", "[format]") {
  std::string deep = "model A {\n  a Int @x(";
  for (int i = 0; i < 100'000; ++i) deep += "b([";
  const std::string kept = format(deep + "\n}\n");
  CHECK(kept == deep + "\n}\n");

  std::string unclosed;
  for (int i = 0; i < 50'000; ++i) unclosed += "model A { id Int }\n";
  unclosed += "/*\n}\n*/\n";
  CHECK(format(unclosed).size() > unclosed.size());
}
