// Lines that belong together, and blocks on one line.

#include "validation/mistakes.h"

using namespace refract;
using namespace refract::tests;

namespace {

std::string with_crlf(const std::string& text) {
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  return crlf;
}

std::string field(std::string_view lines) {
  return fmt::format("model M {{\n  id Int @id\n{}}}\n", lines);
}

// A model with a relation, whose line or lines are these.
std::string relation(std::string_view lines) {
  return fmt::format("model M {{\n  id Int @id\n{}  userId Int\n}}\n\nmodel User {{\n  id Int @id\n  ms M[]\n}}\n",
                     lines);
}
const char* const kRelation = "  user User @relation(fields: [userId], references: [id])\n";

// Checks that the one fix that is offered makes the other text.
void check_offered(std::string_view code, const std::string& wrong, const std::string& right) {
  const std::string head = datasource("postgresql", schema::PrismaVersion::v7);
  INFO(wrong);
  const auto texts = offered(head + wrong, code);
  REQUIRE(!texts.empty());
  CHECK(texts[0] == head + right);
  const auto crlf = offered(with_crlf(head + wrong), code);
  REQUIRE(!crlf.empty());
  CHECK(crlf[0] == with_crlf(head + right));
}

void check_no_fix(const std::string& text, std::string_view code) {
  const std::string all = datasource("postgresql", schema::PrismaVersion::v7) + text;
  INFO(all);
  std::size_t found = 0;
  const auto analysis = analyse_mode(all, schema::PrismaVersion::v7, validation::AnalysisMode::strict);
  for (const auto& one : analysis->diagnostics()) {
    if (one.code.name() != code) continue;
    ++found;
    CHECK(std::ranges::none_of(one.fixes, &validation::Fix::preferred));
  }
  CHECK(found > 0);
}

}  // namespace

TEST_CASE("mistakes: arguments over several lines without commas", "[mistakes]") {
  check_mistake("arguments-over-lines",
                relation("  user User @relation(\n    fields: [userId]\n    references: [id]\n  )\n"),
                relation(kRelation));
  check_mistake("arguments-over-lines", relation("  user User @relation(fields: [userId]\n    references: [id])\n"),
                relation(kRelation));
  check_mistake("arguments-over-lines",
                relation("  user User @relation(\n    fields: [userId] // a\n\n    references: [id]\n  ) // b\n"),
                relation("  user User @relation(fields: [userId], references: [id]) // a // b\n"));
  check_mistake("arguments-over-lines",
                relation("  user User @relation(\n    fields: [\n      userId\n    ]\n    references: [\n      id\n    "
                         "]\n  )\n"),
                relation(kRelation));
  check_field("arguments-over-lines", "  a Int\n\n  @@index([\n    id\n    a\n  ])\n",
              "  a Int\n\n  @@index([id, a])\n");
  check_key("arguments-over-lines",
            "  provider = \"prisma-client\"\n  previewFeatures = [\n    \"views\"\n    \"relationJoins\"\n  ]\n",
            "  provider = \"prisma-client\"\n  previewFeatures = [\"views\", \"relationJoins\"]\n");
}

TEST_CASE("mistakes: arguments over several lines without their bracket", "[mistakes]") {
  check_mistake("unclosed-bracket", relation("  user User @relation(\n    fields: [userId],\n    references: [id]\n"),
                relation(kRelation));
  check_mistake("unclosed-bracket", relation("  user User @relation(\n    fields: [userId]\n    references: [id]\n"),
                relation(kRelation));
  check_mistake("unclosed-bracket", relation("  user User @relation(fields: [userId],\n    references: [id]\n"),
                relation(kRelation));
  check_mistake("unclosed-bracket", relation("  user User @relation(fields: [userId], references: [id]\n"),
                relation(kRelation));
  check_field("unclosed-bracket", "  a Int\n\n  @@index([\n    id,\n    a\n", "  a Int\n\n  @@index([id, a])\n");
  check_mistake("unclosed-bracket",
                relation("  user User\n    @relation(\n      fields: [userId]\n      references: [id]\n"),
                relation(kRelation));
  SECTION("but nothing that is no argument is taken along") {
    check_offered("unclosed-bracket", field("  a Int @default(1\n  b: Int\n"),
                  field("  a Int @default(1)\n  b: Int\n"));
  }
}

TEST_CASE("mistakes: what is in brackets is no field", "[mistakes]") {
  for (const char* lines : {"  user User @relation(\n    fields: [userId]\n    references: [%]\n  )\n",
                            "  user User @relation(\n    fields: [userId]\n    references: [%]\n",
                            "  user User @nothing(\n    fields: [userId]\n    references: [%]\n  )\n"}) {
    const std::string text = datasource("postgresql", schema::PrismaVersion::v7) + relation(lines);
    INFO(text);
    const auto analysis = analyse_mode(text, schema::PrismaVersion::v7, validation::AnalysisMode::strict);
    for (const auto& one : analysis->diagnostics())
      for (const validation::Fix& fix : one.fixes) CHECK(fix.title != "Remove the colon");
  }
}

TEST_CASE("mistakes: attributes on the lines below", "[mistakes]") {
  check_mistake("attribute-on-next-line", "model M {\n  id Int\n    @id\n    @map(\"a_id\")\n}\n",
                "model M {\n  id Int @id @map(\"a_id\")\n}\n");
  check_mistake("attribute-on-next-line", "model M {\n  id Int\n  @id\n  @map(\"a_id\")\n  b Int\n}\n",
                "model M {\n  id Int @id @map(\"a_id\")\n  b Int\n}\n");
  check_mistake("attribute-on-next-line",
                "model M {\n  id Int // c\n    @id\n    // d\n    @default(autoincrement()) // e\n}\n",
                "model M {\n  id Int @id @default(autoincrement()) // c\n    // d\n    // e\n}\n");
  check_field("attribute-on-next-line", "  a Int\n    @map(\"b\")\n    @unique\n", "  a Int @map(\"b\") @unique\n");
  check_field("attribute-on-next-line", "  a String\n    @db.VarChar(20)\n    @unique,\n",
              "  a String @db.VarChar(20) @unique\n");
  check_value("attribute-on-next-line", "  A\n    @map(\"a\")\n", "  A @map(\"a\")\n");
  check_mistake("attribute-on-next-line",
                relation("  user User\n    @relation(\n      fields: [userId]\n      references: [id]\n    )\n"),
                relation(kRelation));
  check_mistake("attribute-on-next-line",
                relation("  user User\n    @relation(fields: [userId],\n      references: [id])\n"),
                relation(kRelation));
  SECTION("and those of the block") {
    check_field("attribute-level", "  a Int\n  @unique([id, a])\n", "  a Int\n  @@unique([id, a])\n");
  }
  SECTION("what belongs to nothing is not given to the block") {
    check_no_fix(field("  a Int\n\n  @unique\n"), "invalid-member");
    check_no_fix(field("  a Int ((\n    @map(\"x\")\n"), "attribute-on-next-line");
    check_no_fix("model M {\n  id: Int\n    @id\n    @map(\"x\")\n}\n", "attribute-on-next-line");
    check_no_fix("enum E {\n  A ((\n    @map(\"x\")\n}\n", "attribute-on-next-line");
    const std::string type = "type T {\n  a Int\n\n  @unique([a])\n}\n";
    CHECK(fixed(datasource("mongodb", schema::PrismaVersion::v6) + type, "attribute-level", schema::PrismaVersion::v6)
              .starts_with("no fix"));
  }
}

TEST_CASE("mistakes: Json text over several lines", "[mistakes]") {
  check_offered("json-default", field("  a Json @default({\n    \"b\": 1\n  })\n  c Int\n"),
                field("  a Json @default(\"{\\\"b\\\": 1}\")\n  c Int\n"));
  check_offered("json-default", field("  a Json @default({\n    b: {\n      c: 'd'\n    }\n  }) @map(\"x\")\n"),
                field("  a Json @default(\"{\\\"b\\\": {\\\"c\\\": \\\"d\\\"}}\") @map(\"x\")\n"));
  check_offered("json-default", field("  a Json @default({\n    \"b\": 1\n    \"c\": [2]\n  }) // d\n"),
                field("  a Json @default(\"{\\\"b\\\": 1, \\\"c\\\": [2]}\") // d\n"));
  check_offered("json-default", field("  a Json @default([\n    1,\n    2\n  ])\n"),
                field("  a Json @default(\"[1, 2]\")\n"));
  check_offered("json-default", field("  a Json @default([\n    \"b\"\n  ])\n"),
                field("  a Json @default(\"[\\\"b\\\"]\")\n"));
}

TEST_CASE("mistakes: a block on one line, whatever is in it", "[mistakes]") {
  const std::string post =
      "model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n";
  check_offered("block-on-one-line", "model User { id Int @id  posts Post[] }\n\n" + post,
                "model User {\n  id Int @id\n  posts Post[]\n}\n\n" + post);
  check_offered("block-on-one-line",
                "model User { id Int @id  posts Post[] }\n\nmodel Post { id Int @id  userId Int  user User "
                "@relation(fields: [userId], references: [id]) }\n",
                "model User {\n  id Int @id\n  posts Post[]\n}\n\nmodel Post { id Int @id  userId Int  user User "
                "@relation(fields: [userId], references: [id]) }\n");
  check_offered("other-type", "model A { id Int @id b B[] t [String] at timestamp with time zone }\n",
                "model A {\n  id Int @id\n  b B[]\n  t String[]\n  at DateTime @db.Timestamptz\n}\n");
  check_offered("block-on-one-line", "model A { id Int @id key String unique Boolean @unique default Int }\n",
                "model A {\n  id Int @id\n  key String\n  unique Boolean @unique\n  default Int\n}\n");
  check_offered("sql-constraint", "model A { id Int PRIMARY KEY name String NOT NULL UNIQUE n Int DEFAULT 1 m Int }\n",
                "model A {\n  id Int @id\n  name String @unique\n  n Int @default(1)\n  m Int\n}\n");
  check_offered("block-on-one-line", "model A { id Int @id /* k */ }\n", "model A {\n  id Int @id /* k */\n}\n");
  check_offered("block-on-one-line", "enum E { /* a */ A B /* c */ C }\n",
                "enum E {\n  /* a */\n  A\n  B /* c */\n  C\n}\n");
  check_offered("block-on-one-line", "enum R { A | B }\n", "enum R {\n  A\n  B\n}\n");
  check_offered("block-on-one-line", "model A { id Int @id name }\n", "model A {\n  id Int @id\n  name\n}\n");
  check_offered("block-on-one-line", "model A { id Int @id x Foo ((y }\n", "model A {\n  id Int @id\n  x Foo ((y\n}\n");
  check_offered("block-on-one-line", "model A { id Int @id }\n\nenum E { X }\n\nmodel B {\n  id Int @id\n  x Foo\n}\n",
                "model A {\n  id Int @id\n}\n\nenum E { X }\n\nmodel B {\n  id Int @id\n  x Foo\n}\n");
  check_offered("block-on-one-line", "enum A { X } enum B { Y }\n", "enum A {\n  X\n}\nenum B {\n  Y\n}\n");
  check_offered("block-on-one-line", "enum A { X };\n", "enum A {\n  X\n}\n");
  check_offered("block-on-one-line", "generator g { provider = \"prisma-client\" ouput = \"x\" }\n",
                "generator g {\n  provider = \"prisma-client\"\n  ouput = \"x\"\n}\n");
  SECTION("where Prisma reads no block comments they end with the line") {
    const std::string head = datasource("postgresql", schema::PrismaVersion::v5);
    CHECK(offered(head + "model A { id Int @id /* k */ n Int }\n", "block-on-one-line", schema::PrismaVersion::v5) ==
          std::vector{head + "model A {\n  id Int @id // k\n  n Int\n}\n"});
  }
  SECTION("a member on the line of the opening brace goes along with the closing one") {
    check_offered("closing-brace-on-line", "model A { id Int @id\n  name String }\n",
                  "model A {\n  id Int @id\n  name String\n}\n");
    check_offered("closing-brace-on-line", "model A { id Int @id\n  name String }\n\nenum E {\n  A\n}\n",
                  "model A {\n  id Int @id\n  name String\n}\n\nenum E {\n  A\n}\n");
  }
  SECTION("no cycle of types is seen in what is swallowed") {
    const std::string text = datasource("mongodb", schema::PrismaVersion::v6) +
                             "type T { a Int b String }\n\nmodel M {\n  id Int @id @map(\"_id\")\n  t T\n}\n";
    const auto analysis = analyse_mode(text, schema::PrismaVersion::v6, validation::AnalysisMode::tolerant);
    for (const auto& one : analysis->diagnostics()) CHECK(one.code.name() == "block-on-one-line");
  }
}

TEST_CASE("mistakes: values of an enum on one line", "[mistakes]") {
  check_value("several-members-on-line", "  A | B\n", "  A\n  B\n");
  check_no_fix("enum E {\n  A B\n}\n", "several-members-on-line");
  check_offered("several-members-on-line", "enum E {\n  A B @map(\"b\")\n}\n", "enum E {\n  A\n  B @map(\"b\")\n}\n");
}

TEST_CASE("mistakes: names that are mentioned in other blocks", "[mistakes]") {
  const std::string wrong =
      "model A {\n  id Int @id\n  bId Int\n  b B @relation(fields: [bId], references: [_id])\n  e E @default(_x)\n}\n\n"
      "model B {\n  _id Int @id\n  as A[]\n}\n\nenum E {\n  _x\n}\n";
  const std::string id =
      "model A {\n  id Int @id\n  bId Int\n  b B @relation(fields: [bId], references: [id])\n  e E @default(_x)\n}\n\n"
      "model B {\n  id Int @id @map(\"_id\")\n  as A[]\n}\n\nenum E {\n  _x\n}\n";
  check_offered("name-starts-with-underscore", wrong, id);
  check_offered("name-starts-with-underscore", "model A {\n  id Int @id\n  e E @default(_x)\n}\n\nenum E {\n  _x\n}\n",
                "model A {\n  id Int @id\n  e E @default(x)\n}\n\nenum E {\n  x @map(\"_x\")\n}\n");
  check_offered("name-starts-with-underscore",
                "model _F {\n  id Int @id\n  as A[]\n}\n\nmodel A {\n  id Int @id\n  fId Int\n  f _F @relation(fields: "
                "[fId], references: [id])\n}\n",
                "model F {\n  id Int @id\n  as A[]\n  @@map(\"_F\")\n}\n\nmodel A {\n  id Int @id\n  fId Int\n  f F "
                "@relation(fields: [fId], references: [id])\n}\n");
}

TEST_CASE("fixes: a value whose name is not valid is renamed where it is a default", "[mistakes]") {
  const auto schema = [](std::string_view mention, std::string_view value) {
    return fmt::format("model A {{\n  id Int @id\n  e E @default({})\n}}\n\nenum E {{\n  {}\n}}\n", mention, value);
  };
  check_offered("name-with-hyphen", schema("a-x", "a-x"), schema("a_x", "a_x @map(\"a-x\")"));
  check_offered("name-starts-with-digit", schema("2nd", "2nd"), schema("v2nd", "v2nd @map(\"2nd\")"));
}

TEST_CASE("mistakes: types that a database has not", "[mistakes]") {
  const auto mongodb = MistakeOptions{.provider = "mongodb", .version = schema::PrismaVersion::v6};
  const auto model = [](std::string_view type) {
    return fmt::format("model M {{\n  id Int @id @map(\"_id\")\n  a {}\n}}\n", type);
  };
  check_mistake("other-type", model("decimal(10,2)"), model("Float"), mongodb);
  check_field("other-type", "  a numeric(10,2)\n", "  a Decimal @db.Decimal(10, 2)\n");
  for (const char* type : {"any", "jsonb"}) {
    INFO(type);
    CHECK(offered(datasource("sqlserver", schema::PrismaVersion::v7) + field(fmt::format("  a {}\n", type)),
                  "other-type") ==
          std::vector{datasource("sqlserver", schema::PrismaVersion::v7) + field("  a String @db.NVarChar(Max)\n")});
  }
}

TEST_CASE("fixes: what a mistake hid is no reason to withhold its fix", "[mistakes]") {
  check_offered("line-end-separator", field("  x Foo,\n"), field("  x Foo\n"));
  check_offered("legacy-colon", "model A {\n  id: ID! @id\n}\n", "model A {\n  id ID @id\n}\n");
  check_offered("string-quotes", field("  x Mood @default('X')\n") + "\nenum Mood {\n  X\n}\n",
                field("  x Mood @default(\"X\")\n") + "\nenum Mood {\n  X\n}\n");
  check_offered("arguments-over-lines", field("  x Foo @relation(\n    fields: [id],\n    references: [id]\n  )\n"),
                field("  x Foo @relation(fields: [id], references: [id])\n"));
  check_offered("unknown-keyword", "modle A {\n  id Int @id,\n}\n", "model A {\n  id Int @id,\n}\n");
  check_offered("unknown-keyword", "interface A {\n  id: number;\n}\n", "model A {\n  id: number;\n}\n");
  check_offered("unknown-keyword", "class A {\n  id Int @id\n  name string\n}\n",
                "model A {\n  id Int @id\n  name string\n}\n");
  check_offered("unknown-keyword", "genrator g {\n  povider = \"prisma-client\"\n}\n",
                "generator g {\n  povider = \"prisma-client\"\n}\n");
  check_offered("closing-brace-on-line", "enum E {\n  A, }\n\nmodel M {\n  x Foo,\n}\n",
                "enum E {\n  A\n}\n\nmodel M {\n  x Foo,\n}\n");
  SECTION("a second misspelt key") {
    const auto keys = [](std::string_view first, std::string_view second) {
      return fmt::format("datasource db {{\n  {} = \"postgresql\"\n  {} = env(\"X\")\n}}\n", first, second);
    };
    const auto texts = offered(keys("povider", "ulr"), "missing-property", schema::PrismaVersion::v6);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0] == keys("provider", "ulr"));
    const auto generator = [](std::string_view first, std::string_view second) {
      return fmt::format("generator g {{\n  {} = \"prisma-client\"\n  {} = \"x\"\n}}\n", first, second);
    };
    const auto fixed = offered(generator("Provider", "ouput"), "missing-property");
    REQUIRE(fixed.size() == 1);
    CHECK(fixed[0] == generator("provider", "ouput"));
  }
  SECTION("but what a fix does is") {
    const std::string head = datasource("postgresql", schema::PrismaVersion::v7);
    for (const auto& text : offered(head + field("  a nvarchar(max)\n"), "other-type"))
      CHECK(diagnostics_of(text, schema::PrismaVersion::v7).empty());
  }
}

TEST_CASE("fixes: null is what an optional field has without a default", "[mistakes]") {
  check_offered("default-unknown-enum-value", field("  e E? @default(null)\n") + "\nenum E {\n  A\n}\n",
                field("  e E?\n") + "\nenum E {\n  A\n}\n");
  for (const char* type : {"Int", "DateTime", "Float"}) {
    check_offered("default-type", field(fmt::format("  a {}? @default(null) @map(\"b\")\n", type)),
                  field(fmt::format("  a {}? @map(\"b\")\n", type)));
  }
  check_offered("default-boolean", field("  a Boolean? @default(null)\n"), field("  a Boolean?\n"));
  check_offered("default-type", field("  a Int @default(null)\n"), field("  a Int?\n"));
  check_offered("default-boolean", field("  a Boolean @default(null)\n"), field("  a Boolean?\n"));
}

TEST_CASE("mistakes: brackets alone on a line have no name", "[mistakes]") {
  for (const char* lines : {"  [\n  ]\n", "  (\n  1)\n", "  @\n", "  \"a\" (\n  )\n"}) {
    INFO(lines);
    CHECK_FALSE(diagnostics_of(field(lines), schema::PrismaVersion::v7).empty());
  }
}
