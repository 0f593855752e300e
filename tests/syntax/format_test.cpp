#include "syntax/format.h"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

#include "support/catch.h"
#include "syntax/format_lines.h"
#include "syntax/layout_cache.h"

namespace {

using refract::syntax::format;
using refract::syntax::FormatOptions;
using refract::syntax::with_line_feeds;

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

// Where Prisma's formatter changes more than white space, or changes its own answer again.
void check_prisma_alone(std::string_view input, std::string_view expected, FormatOptions options = {}) {
  options.like_prisma = true;
  CHECK(format(fixture(input), options) == fixture(expected));
}

// Where Refract's answer is not Prisma's: nothing is lost, and formatting again changes nothing.
void check_own(std::string_view input, std::string_view expected, const FormatOptions& options = {}) {
  CHECK(format(fixture(input), options) == fixture(expected));
  CHECK(format(fixture(expected), options) == fixture(expected));
  CHECK(characters(std::string(fixture(input))) == characters(std::string(fixture(expected))));
}

// Where both agree.
void check_format(std::string_view input, std::string_view expected, const FormatOptions& options = {}) {
  check_own(input, expected, options);
  check_prisma_alone(input, expected, options);
  check_prisma_alone(expected, expected, options);
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
  for (int i = 0; i < 200; ++i) {
    const std::string text = scrambled(laid_out, random);
    REQUIRE(format(text, {.like_prisma = true}) == laid_out);
    // Line ends are kept.
    REQUIRE(with_line_feeds(format(text)) == laid_out);
  }
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

TEST_CASE("format: no blank line is left where block attributes come first", "[format]") {
  const std::string_view text = "model A {\n  /// the table\n  @@map(\"t\") // c\n\n  // d\n\n  id Int @id\n}\n";
  const std::string once = refract::syntax::format(text);
  CHECK(once == "model A {\n  // d\n\n  id Int @id\n\n  /// the table\n  @@map(\"t\") // c\n}\n");
  CHECK(refract::syntax::format(once) == once);
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
  check_prisma_alone("model A { // open\n  id Int\n}\n", "model A {\n  id Int\n}\n");
}

TEST_CASE("format: what follows the opening brace gets a line of its own", "[format]") {
  check_own("model A { // open\n  id Int\n}\n", "model A {\n  // open\n  id Int\n}\n");
  check_own("model A {/* a } b\n c */id Int @x(\"}\")\n\n  b String\n}\n",
            "model A {\n  /* a } b\n c */\n  id Int @x(\"}\")\n\n  b String\n}\n");
  check_own("enum E { A // a\n  LONG @map(\"l\")\n}\n", "enum E {\n  A // a\n  LONG @map(\"l\")\n}\n");
  check_own("generator g { provider=\"x\"\n}\n", "generator g {\n  provider = \"x\"\n}\n");
  check_own("model A { @@map(\"a\")\n id Int\n}\n", "model A {\n  id Int\n\n  @@map(\"a\")\n}\n");
  check_own("model A {not a field\n id Int\n}\n", "model A { not a field\n  id Int\n}\n");
  check_own("model A {; \n id Int\n}\n", "model A { ;\n  id Int\n}\n");
  check_own("model A {name\n id Int\n}\n", "model A { name\n  id Int\n}\n");
  check_own("model A { /// of id\n\n\n id Int\n}\n", "model A {\n  /// of id\n\n  id Int\n}\n");
}

TEST_CASE("format: a block that ends on the line of its opening brace stays as it is", "[format]") {
  check_own("model A { id  Int }\nmodel B {\nid  Int\n}\n", "model A { id  Int }\nmodel B {\n  id Int\n}\n");
  check_own("model A {}\nenum E { A }\nmodel B {\n}\n", "model A {}\nenum E { A }\nmodel B {\n}\n");
}

TEST_CASE("format: block comments are rewritten by Prisma", "[format]") {
  check_prisma_alone(R"(
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

TEST_CASE("format: the text of a block comment stays as it is", "[format]") {
  check_own(R"(
/* A
     thing */
model A {
  id Int /* one
  two */
        /*  three

      - four
     */
  longer Int
    /** five */ b String
}
)",
            R"(
/* A
     thing */
model A {
  id     Int /* one
  two */
  /*  three

      - four
     */
  longer Int
  /** five */
  b      String
}
)");
}

TEST_CASE("format: the stars of a block comment are aligned", "[format]") {
  check_format("/**\n    * A\n* thing\n */\nmodel A {\n/**\n     * one\n   */\n  id Int\n}\n",
               "/**\n * A\n * thing\n */\nmodel A {\n  /**\n   * one\n   */\n  id Int\n}\n");
  check_own("/*\n *\n   *   - A\n*/\nmodel A {\n}\n", "/*\n *\n *   - A\n */\nmodel A {\n}\n");
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
  check_prisma_alone("/*\n\n  *  a  b \n*/\n", "/**\n * a  b\n */\n");
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

TEST_CASE("format: a field with marks of Prisma 1 keeps its words", "[format]") {
  check_own("model A {\n  a:  Int!\n  b [String] @x\n  long  Int\n}\n",
            "model A {\n  a:  Int!\n  b    String[] @x\n  long Int\n}\n");
}

TEST_CASE("format: marks of Prisma 1 go, as in Prisma", "[format]") {
  check_prisma_alone("model A {\n  a: Int!\n  b : [String] @x\n}\n", "model A {\n  a Int\n  b String[] @x\n}\n");
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
  check_prisma_alone("datasource db {\n  provider =\n}\n", "datasource db {\n  provider\n}\n");
}

TEST_CASE("format: a property without a value keeps its words", "[format]") {
  check_own("datasource db {\n  provider  =\n   url=\"\"\n}\n", "datasource db {\n  provider  =\n  url = \"\"\n}\n");
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

TEST_CASE("format: a comma before the closing parenthesis goes, as in Prisma, or stays", "[format]") {
  check_own("model A {\n  a Int @x(1 ,)\n  b Int @x(,)\n}\n", "model A {\n  a Int @x(1,)\n  b Int @x(,)\n}\n");
  check_prisma_alone("model A {\n  a Int @x(1, )\n}\n", "model A {\n  a Int @x(1)\n}\n");
}

TEST_CASE("format: objects are values since Prisma 7", "[format]") {
  check_format("model A {\n  @@index([a], where:{b:1})\n}\n", "model A {\n  @@index([a], where:{b:1})\n}\n",
               {.prisma = 6});
  check_format("model A {\n  @@index([a], where:{b:1})\n}\n", "model A {\n\n  @@index([a], where: { b: 1 })\n}\n");
}

TEST_CASE("format: line ends become line feeds, broken lines keep theirs, as in Prisma", "[format]") {
  check_prisma_alone("model A {\r\n  id   Int\r\n\r\n  a b c d\r\n}\r\n", "model A {\n  id Int\n\n  a b c d\r\n}\n");
}

TEST_CASE("format: line ends are kept", "[format]") {
  check_own("model A {\r\n  id   Int\r\n\r\n  a b c d\r\n}\r\n", "model A {\r\n  id Int\r\n\r\n  a b c d\r\n}\r\n");
  check_own("model A {\r  id   Int\r}", "model A {\r  id Int\r}\r");
  // Each line its own, and what is new as most are.
  check_own("model A { // a\r\n  id   Int\n  b   Int\r\n  c Int\n}\r\n",
            "model A {\r\n  // a\r\n  id Int\n  b  Int\r\n  c  Int\n}\r\n");
  CHECK(format("enum A {\r  B\n\n  C\r}\renum D {\r  E\r}\r") == "enum A {\r  B\n\n  C\r}\r\renum D {\r  E\r}\r");
  CHECK(format("model A {\r\n  /* a\r\n\r\n   b */\r\n id Int\r\n}\r\n") ==
        "model A {\r\n  /* a\r\n\r\n   b */\r\n  id Int\r\n}\r\n");
}

TEST_CASE("format: an empty text is one line end", "[format]") {
  CHECK(format("") == "\n");
  CHECK(format("\n  \n\n") == "\n");
}

TEST_CASE("format: a byte order mark begins no block, as in Prisma", "[format]") {
  check_prisma_alone("\xEF\xBB\xBFmodel A {\n  id Int\n}", "\xEF\xBB\xBFmodel A {\nid Int\n}\n");
}

TEST_CASE("format: a byte order mark is kept, and the text after it formatted", "[format]") {
  check_own("\xEF\xBB\xBFmodel A {\nid  Int\n}\n", "\xEF\xBB\xBFmodel A {\n  id Int\n}\n");
  check_own("\xEF\xBB\xBF\n\n\nmodel A {\nid  Int\n}\n", "\xEF\xBB\xBF\n\nmodel A {\n  id Int\n}\n");
  check_own("\xEF\xBB\xBF\r\nmodel A {\r\nid  Int\r\n}\r\n", "\xEF\xBB\xBF\r\nmodel A {\r\n  id Int\r\n}\r\n");
  check_own("\xEF\xBB\xBF// c\nmodel A {\nid  Int\n}\n", "\xEF\xBB\xBF// c\nmodel A {\n  id Int\n}\n");
}

TEST_CASE("format: formatting again changes nothing", "[format]") {
  const std::vector<std::string_view> pieces = {
      "model", "A",     "{", "}",    "\n",       "\n",           " id Int @id",   "/",   "/**/", "/* c\n d */",
      "// x",  "/// y", "=", "type", "enum E {", "@@map(\"a\")", "generator g {", "k =", "= 1",  " "};
  std::mt19937 random(18);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::size_t count = random() % 14; count > 0; --count) text += pieces[random() % pieces.size()];
    CAPTURE(text);
    const std::string once = format(text);
    REQUIRE(format(once) == once);
    REQUIRE(characters(once) == characters(text));
  }
}

TEST_CASE("format: layouts that are known change no answer", "[format]") {
  refract::syntax::LayoutCache layouts;
  const auto check = [&](const std::string& text, const FormatOptions& options = {}) {
    INFO(text);
    CHECK(format(text, options, &layouts) == format(text, options));
  };
  const std::string model = "model A {\n id Int @id\n  name String // a\n}";
  const std::string broken = "model A {\n id Int @id\n  one two three!\n}";
  const std::string brace = "model A {\n id Int @id /*\n}\n*/\n}";
  for (int round = 0; round < 2; ++round) {
    for (const std::string& block : {model, broken, brace}) {
      check(block);
      check(block + "\n");
      check(block + " // after\n" + block + block);
      check("  " + block + " enum E { A }\n" + block);
      check("\xEF\xBB\xBF" + block + "\r\n" + block);
      check("// " + block + "\n\n\n" + block);
      check("model B {\n" + block + "\n" + block);
      check(block, {.tab_size = 4});
      check(block, {.prisma = 5});
      check(block, {.like_prisma = true});
    }
  }
  CHECK(layouts.find(model) == nullptr);
  CHECK(layouts.find(brace) == nullptr);  // its first line that begins with a brace is not its end
  format(model + "\n", {}, &layouts);
  REQUIRE(layouts.find(model) != nullptr);
  CHECK(layouts.find(model)->text == format(model));
}

TEST_CASE("format: the indent is as asked", "[format]") {
  check_format("model A {\nid Int\n@@map(\"a\")\n}\n", "model A {\n    id Int\n\n    @@map(\"a\")\n}\n",
               {.tab_size = 4});
}

TEST_CASE("format: white space of other alphabets separates", "[format]") {
  check_prisma_alone("model A {\n\u00A0\u3000id\u2003Int\n}\n", "model A {\n  id Int\n}\n");
}

TEST_CASE("format: deep nesting and unclosed blocks end in time", "[format]") {
  std::string deep = "model A {\n  a Int @x(";
  for (int i = 0; i < 100'000; ++i) deep += "b([";
  const std::string kept = format(deep + "\n}\n");
  CHECK(kept == deep + "\n}\n");

  std::string unclosed;
  for (int i = 0; i < 50'000; ++i) unclosed += "model A { id Int }\n";
  unclosed += "/*\n}\n*/\n";
  CHECK(format(unclosed).size() >= unclosed.size());
}

TEST_CASE("format: the markers of a merge conflict stay at the margin, with what is between them", "[format]") {
  check_own("model A {\nid Int\n<<<<<<< HEAD\n  name String\n||||||| base\n=======\n title  Int\n>>>>>>> b\n}\n",
            "model A {\n  id    Int\n<<<<<<< HEAD\n  name  String\n||||||| base\n=======\n  title Int\n>>>>>>> b\n}\n");
  check_own(
      "model A {\n  id Int\n\n<<<<<<< HEAD\n@@map(\"a\") // a\n=======\n// b\n  @@map(\"b\")\n>>>>>>> b\n  b  Int\n}\n",
      "model A {\n  id Int\n\n<<<<<<< HEAD\n  @@map(\"a\") // a\n=======\n  // b\n  @@map(\"b\")\n>>>>>>> b\n  b "
      "Int\n}\n");
  check_own("enum E {\n  A\n  <<<<<<< HEAD\n  B\n  =======\n  >>>>>>> b\n  }\n",
            "enum E {\n  A\n<<<<<<< HEAD\n  B\n=======\n>>>>>>> b\n}\n");
  check_prisma_alone("model A {\n  id Int\n<<<<<<< HEAD\n}\n", "model A {\n  id Int\n  <<<<<<< HEAD\n}\n");
  check_format("model A {\n  id Int\n========\n}\n", "model A {\n  id Int\n  ========\n}\n");
}
