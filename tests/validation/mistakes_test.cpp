// Text that the grammar rejects, and what was meant by it.

#include "validation/mistakes.h"

using namespace refract;
using namespace refract::tests;

TEST_CASE("mistakes: commas and semicolons at line ends", "[mistakes]") {
  check_field("line-end-separator", "  a Int,\n", "  a Int\n");
  check_field("line-end-separator", "  a Int? @unique ,  // c\n", "  a Int? @unique  // c\n");
  check_field("line-end-separator", "  a Int;\n", "  a Int\n");
  check_field("line-end-separator", "  a Int @default(1);,\n", "  a Int @default(1)\n");
  check_field("line-end-separator", "\n  @@unique([id]),\n", "\n  @@unique([id])\n");
  check_value("line-end-separator", "  A,\n", "  A\n");
  check_value("line-end-separator", "  A @map(\"a\"), // c\n", "  A @map(\"a\") // c\n");
  check_key("line-end-separator", "  provider = \"prisma-client\",\n", "  provider = \"prisma-client\"\n");
  check_mistake("line-end-separator", "enum E {\n  A\n};\n", "enum E {\n  A\n}\n");
  check_field("several-members-on-line", "  a Int, b String?\n", "  a Int\n  b String?\n");
  check_field("several-members-on-line", "  a Int; b Int;\n", "  a Int\n  b Int\n");
  check_field("several-members-on-line", "  a Int @unique b String // c\n", "  a Int @unique\n  b String // c\n");
  check_value("several-members-on-line", "  A, B, C\n", "  A\n  B\n  C\n");
}

TEST_CASE("mistakes: quotes of other languages and of text editors", "[mistakes]") {
  check_field("string-quotes", "  a String @default('x')\n", "  a String @default(\"x\")\n");
  check_field("string-quotes", "  a String @default(“x”)\n", "  a String @default(\"x\")\n");
  check_field("string-quotes", "  a String @default(„x“) @map(‘y’)\n", "  a String @default(\"x\") @map(\"y\")\n");
  check_field("string-quotes", "  a String @default(`say \"x\"`)\n", "  a String @default(\"say \\\"x\\\"\")\n");
  check_field("string-quotes", "  a String @default('it\\'s')\n", "  a String @default(\"it's\")\n");
  check_field("string-quotes", "  a String @default(\"x”)\n", "  a String @default(\"x\")\n");
  check_field("string-quotes", "  @@index([id], map: 'i')\n", "  @@index([id], map: \"i\")\n");
  check_key("string-quotes", "  provider = 'prisma-client'\n", "  provider = \"prisma-client\"\n");
  check_key("string-quotes", "  provider = 'prisma-client',\n", "  provider = \"prisma-client\"\n");
  check_field("quoted-name", "  \"a\" String\n", "  a String\n");
  check_value("quoted-name", "  \"A\"\n", "  A\n");
  check_value("quoted-name", "  \"on-hold\"\n", "  on_hold @map(\"on-hold\")\n");
  check_value("quoted-name", "  'in progress',\n", "  in_progress @map(\"in progress\")\n");
  check_key("quoted-name", "  \"provider\" = \"prisma-client\"\n", "  provider = \"prisma-client\"\n");
}

TEST_CASE("mistakes: strings and brackets without an end", "[mistakes]") {
  check_field("unterminated-string", "  a String @default(\"abc)\n", "  a String @default(\"abc\")\n");
  check_field("unterminated-string", "  a String @default(\"abc\n", "  a String @default(\"abc\")\n");
  check_field("unterminated-string", "  a String @default(abc\")\n", "  a String @default(\"abc\")\n");
  check_field("unterminated-string", "  a String @default(\"abc) // c\n", "  a String @default(\"abc\") // c\n");
  check_field("unterminated-string", "  a String @default(\"abc) @map(\"x\")\n",
              "  a String @default(\"abc\") @map(\"x\")\n");
  check_field("unterminated-string", "  a String[] @default([\"x\", \"y])\n",
              "  a String[] @default([\"x\", \"y\"])\n");
  check_key("unterminated-string", "  provider = \"prisma-client\n", "  provider = \"prisma-client\"\n");
  check_field("unclosed-bracket", "  a Int @default(1\n", "  a Int @default(1)\n");
  check_field("unclosed-bracket", "  @@index([id] // c\n", "  @@index([id]) // c\n");
}

TEST_CASE("mistakes: a string that ends with another mark than it begins with", "[mistakes]") {
  check_field("unterminated-string", "  a String @map(\"x') @unique\n", "  a String @map(\"x\") @unique\n");
  check_field("unterminated-string", "  a String @default(\"x') // c\n", "  a String @default(\"x\") // c\n");
}

TEST_CASE("mistakes: defaults of SQL and of other languages", "[mistakes]") {
  check_field("sql-constraint", "  a Boolean DEFAULT TRUE\n", "  a Boolean @default(true)\n");
  check_field("sql-constraint", "  a Boolean DEFAULT 1\n", "  a Boolean @default(true)\n");
  check_field("sql-constraint", "  a DateTime DEFAULT NOW()\n", "  a DateTime @default(now())\n");
  check_field("sql-constraint", "  a String NULL\n", "  a String?\n");
  check_field("default-assignment", "  a Int = null\n", "  a Int?\n");
}

TEST_CASE("mistakes: one at sign or two", "[mistakes]") {
  check_field("attribute-level", "  a Int\n\n  @unique([id, a])\n", "  a Int\n\n  @@unique([id, a])\n");
  check_field("attribute-level", "  a Int\n\n  @index([a]),\n", "  a Int\n\n  @@index([a])\n");
  check_mistake("attribute-level", "model M {\n  @map(\"m\")\n  id Int @id\n}\n",
                "model M {\n  @@map(\"m\")\n  id Int @id\n}\n");
  check_mistake("attribute-level", "model M {\n  a Int\n  b Int\n  @id([a, b])\n}\n",
                "model M {\n  a Int\n  b Int\n  @@id([a, b])\n}\n");
  check_field("attribute-level", "  a Int @@unique\n", "  a Int @unique\n");
  check_mistake("several-members-on-line", "model M {\n  a Int @@id @@map(\"x\")\n}\n",
                "model M {\n  a Int @id\n  @@map(\"x\")\n}\n");
  check_field("attribute-on-next-line", "  a Int\n    @unique\n", "  a Int @unique\n");
  check_field("attribute-on-next-line", "  a Int // c\n    @default(1)\n  b Int\n",
              "  a Int @default(1) // c\n  b Int\n");
  check_field("attribute-on-next-line", "  a DateTime\n    @updatedAt // c\n", "  a DateTime @updatedAt\n    // c\n");
}

TEST_CASE("mistakes: enum values with values", "[mistakes]") {
  check_value("enum-value-assignment", "  EUR = \"eur\"\n", "  EUR @map(\"eur\")\n");
  check_value("enum-value-assignment", "  EUR = 'eur',\n", "  EUR @map(\"eur\")\n");
  check_value("enum-value-assignment", "  ONE = 1\n", "  ONE @map(\"1\")\n");
  check_value("enum-value-assignment", "  EUR: \"eur\", // c\n", "  EUR @map(\"eur\") // c\n");
  check_value("enum-value-assignment", "  EUR(\"eur\")\n", "  EUR @map(\"eur\")\n");
  check_value("enum-value-assignment", "  EUR = \"EUR\"\n", "  EUR\n");
}

TEST_CASE("mistakes: names that begin with no letter", "[mistakes]") {
  check_field("name-starts-with-underscore", "  _f Int\n", "  f Int @map(\"_f\")\n");
  check_field("name-starts-with-underscore", "  _id Int @unique\n", "  id2 Int @unique @map(\"_id\")\n");
  check_field("name-starts-with-underscore", "  _f Int @map(\"x\")\n", "  f Int @map(\"x\")\n");
  check_field("name-starts-with-underscore", "  _f Int,\n", "  f Int @map(\"_f\")\n");
  check_field("name-character", "  a$b Int\n", "  a_b Int @map(\"a$b\")\n");
  check_value("name-starts-with-underscore", "  _x\n", "  x @map(\"_x\")\n");
  check_value("name-starts-with-digit", "  2nd\n", "  v2nd @map(\"2nd\")\n");
  check_value("name-starts-with-digit", "  2nd,\n", "  v2nd @map(\"2nd\")\n");
  check_value("name-character", "  A.B\n", "  A_B @map(\"A.B\")\n");
  check_field("name-starts-with-digit", "  2fa Boolean\n", "  f2fa Boolean @map(\"2fa\")\n");
  check_mistake("name-starts-with-underscore", "model _User {\n  id Int @id\n}\n",
                "model User {\n  id Int @id\n  @@map(\"_User\")\n}\n");
  check_mistake("name-starts-with-digit", "model M {\n  id Int @id\n  e 2E\n}\n\nenum 2E {\n  A\n}\n",
                "model M {\n  id Int @id\n  e E2E\n}\n\nenum E2E {\n  A\n  @@map(\"2E\")\n}\n");
  SECTION("and where they are mentioned") {
    const std::string head = datasource("postgresql", schema::PrismaVersion::v7);
    const std::string wrong = head + "model M {\n  id Int @id\n  _f Int\n\n  @@index([_f, id])\n}\n";
    const std::string right = head + "model M {\n  id Int @id\n  f Int @map(\"_f\")\n\n  @@index([f, id])\n}\n";
    const auto analysis = analyse(wrong);
    REQUIRE(analysis->diagnostics().size() == 2);
    CHECK(fixed(wrong, "name-starts-with-underscore", schema::PrismaVersion::v7) == right);
    CHECK(diagnostics_of(right, schema::PrismaVersion::v7) == "");
    CHECK(fixed(head + "model M {\n  id Int @id\n  2f Int\n\n  @@index([2f])\n}\n", "name-starts-with-digit",
                schema::PrismaVersion::v7) ==
          head + "model M {\n  id Int @id\n  f2f Int @map(\"2f\")\n\n  @@index([f2f])\n}\n");
  }
}

TEST_CASE("mistakes: types in other notations", "[mistakes]") {
  check_field("type-notation", "  a [String!]!\n", "  a String[]\n");
  check_field("type-notation", "  a [String!]\n", "  a String[]\n");
  check_field("type-notation", "  a Array<String>\n", "  a String[]\n");
  check_field("type-notation", "  a List<Int>? // c\n", "  a Int[] // c\n");
  check_field("type-notation", "  a Optional<Int>\n", "  a Int?\n");
  check_field("type-notation", "  a String | null\n", "  a String?\n");
  check_field("type-notation", "  a ?String\n", "  a String?\n");
  check_field("type-notation", "  a String?[]\n", "  a String[]\n");
  check_field("legacy-colon", "  a?: String;\n", "  a String?\n");
  check_field("legacy-colon", "  a: Int,\n", "  a Int\n");
  check_field("type-before-name", "  String a\n", "  a String\n");
  check_field("type-before-name", "  String[] a\n", "  a String[]\n");
  check_field("type-before-name", "  DateTime a @default(now())\n", "  a DateTime @default(now())\n");
}

TEST_CASE("mistakes: types of other languages", "[mistakes]") {
  check_field("other-type", "  a number\n", "  a Int\n");
  check_field("other-type", "  a bool @default(true)\n", "  a Boolean @default(true)\n");
  check_field("other-type", "  a Date\n", "  a DateTime\n");
  check_field("other-type", "  a date?\n", "  a DateTime? @db.Date\n");
  check_field("other-type", "  a text\n", "  a String\n");
  check_field("other-type", "  a text\n", "  a String @db.Text\n", {.provider = "mysql"});
  check_field("other-type", "  a UUID @unique\n", "  a String @db.Uuid @unique\n");
  check_field("other-type", "  a UUID[]\n", "  a String[] @db.Uuid\n");
  check_field("other-type", "  a uuid\n", "  a String\n", {.provider = "sqlite"});
  check_field("other-type", "  a Guid\n", "  a String @db.UniqueIdentifier\n", {.provider = "sqlserver"});
  check_field("other-type", "  a Timestamp\n", "  a DateTime\n");
  check_field("other-type", "  a timestamptz\n", "  a DateTime @db.Timestamptz\n");
  check_field("other-type", "  a Long\n", "  a BigInt\n");
  check_field("other-type", "  a any\n", "  a Json\n");
  check_field("other-type", "  a varchar(20)\n", "  a String @db.VarChar(20)\n");
  check_field("other-type", "  a VARCHAR(20),\n", "  a String @db.VarChar(20)\n");
  check_field("other-type", "  a numeric(10,2)?\n", "  a Decimal? @db.Decimal(10, 2)\n");
  check_field("other-type", "  a timestamp(3) with time zone\n", "  a DateTime @db.Timestamptz(3)\n");
  check_field("other-type", "  a double precision\n", "  a Float\n");
  check_field("other-type", "  a string[],\n", "  a String[]\n");
  check_field("other-type", "  a Record<string, any>\n", "  a Json\n");
  check_field("other-type", "  a number | null;\n", "  a Int?\n");
  check_field("other-type", "  a integer NOT NULL UNIQUE,\n", "  a Int @unique\n");
  check_field("sql-constraint", "  a Int DEFAULT 1\n", "  a Int @default(1)\n");
  check_field("sql-constraint", "  a DateTime DEFAULT CURRENT_TIMESTAMP,\n", "  a DateTime @default(now())\n");
  check_field("default-assignment", "  a Boolean = true\n", "  a Boolean @default(true)\n");
}

TEST_CASE("mistakes: defaults of Json fields", "[mistakes]") {
  for (const auto version : {schema::PrismaVersion::v5, schema::PrismaVersion::v6, schema::PrismaVersion::v7}) {
    const MistakeOptions options{.version = version};
    check_field("json-default", "  a Json @default({})\n", "  a Json @default(\"{}\")\n", options);
    check_field("json-default", "  a Json @default([])\n", "  a Json @default(\"[]\")\n", options);
    check_field("json-default", "  a Json @default({ \"b\": 1 })\n", "  a Json @default(\"{ \\\"b\\\": 1 }\")\n",
                options);
    check_field("json-default", "  a Json @default({b: 'c'}),\n", "  a Json @default(\"{\\\"b\\\": \\\"c\\\"}\")\n",
                options);
    check_field("json-default", "  a Json? @default([1, 2])\n", "  a Json? @default(\"[1, 2]\")\n", options);
    check_field("json-default", "  a Json @default(3)\n", "  a Json @default(\"3\")\n", options);
  }
}

TEST_CASE("mistakes: properties", "[mistakes]") {
  check_key("property-assignment", "  provider: \"prisma-client\"\n", "  provider = \"prisma-client\"\n");
  check_key("property-assignment", "  provider \"prisma-client\"\n", "  provider = \"prisma-client\"\n");
  check_key("missing-property", "  provder = \"prisma-client\"\n", "  provider = \"prisma-client\"\n");
  check_key("unknown-generator-key", "  provider = \"prisma-client\"\n  previewFeature = [\"views\"]\n",
            "  provider = \"prisma-client\"\n  previewFeatures = [\"views\"]\n");
  check_key("unknown-engine-type", "  provider = \"prisma-client-js\"\n  engineType = \"libary\"\n",
            "  provider = \"prisma-client-js\"\n  engineType = \"library\"\n");
  check_key("arguments-over-lines", "  provider = \"prisma-client\"\n  previewFeatures = [\n    \"views\",\n  ]\n",
            "  provider = \"prisma-client\"\n  previewFeatures = [\"views\"]\n");
  SECTION("other generators may have any key") {
    CHECK(diagnostics_of("generator g {\n  provider = \"my-own\"\n  previewFeature = \"x\"\n  engineType = \"y\"\n}\n",
                         schema::PrismaVersion::v7) == "");
  }
  SECTION("of a datasource") {
    CHECK(fixed("datasource db {\n  provder = \"sqlite\"\n}\n", "missing-property", schema::PrismaVersion::v7) ==
          "datasource db {\n  provider = \"sqlite\"\n}\n");
    CHECK(fixed("datasource db {\n  provider = \"sqlite\"\n  ulr = env(\"A\")\n}\n", "missing-property",
                schema::PrismaVersion::v6) == "datasource db {\n  provider = \"sqlite\"\n  url = env(\"A\")\n}\n");
    CHECK(fixed("datasource db {\n  provider = \"postgresql\"\n  schema = [\"a\"]\n}\n", "unknown-property",
                schema::PrismaVersion::v7) == "datasource db {\n  provider = \"postgresql\"\n  schemas = [\"a\"]\n}\n");
  }
}

TEST_CASE("mistakes: comments of other languages", "[mistakes]") {
  check_field("comment-marker", "  # about a\n  a Int\n", "  // about a\n  a Int\n");
  check_field("comment-marker", "  a Int # about a\n", "  a Int // about a\n");
  check_field("comment-marker", "  a Int -- about a\n", "  a Int // about a\n");
  check_mistake("comment-marker", "# about\nenum E {\n  A\n}\n", "// about\nenum E {\n  A\n}\n");
  check_key("comment-marker", "  provider = \"prisma-client\" # c\n", "  provider = \"prisma-client\" // c\n");
}

TEST_CASE("mistakes: blocks on one line", "[mistakes]") {
  const std::string model = "model M {\n  id Int @id\n}\n";
  check_mistake("block-on-one-line", "model M { id Int @id }\n", model);
  check_mistake("block-on-one-line", "model M { id Int @id } // c\n", "model M {\n  id Int @id\n} // c\n");
  check_mistake("block-on-one-line", "model M { id Int @id, name String? @unique; tags String[] @@map(\"m\") }\n",
                "model M {\n  id Int @id\n  name String? @unique\n  tags String[]\n  @@map(\"m\")\n}\n");
  check_mistake("block-on-one-line", "enum Role { USER ADMIN }\n\n" + model,
                "enum Role {\n  USER\n  ADMIN\n}\n\n" + model);
  check_mistake("block-on-one-line", model + "\nenum Role {USER, ADMIN @map('a')}\n",
                model + "\nenum Role {\n  USER\n  ADMIN @map(\"a\")\n}\n");
  check_mistake("block-on-one-line", "generator g { provider = \"prisma-client\" output = \"x\" }\n\n" + model,
                "generator g {\n  provider = \"prisma-client\"\n  output = \"x\"\n}\n\n" + model);
  check_mistake("closing-brace-on-line", "model A {\n  id Int @id }\n\n" + model,
                "model A {\n  id Int @id\n}\n\n" + model);
  check_mistake("closing-brace-on-line", "enum E {\n  A\n  B, }\n", "enum E {\n  A\n  B\n}\n");
  SECTION("each of several") {
    const std::string text = "model A { id Int @id }\n\nenum Role { USER ADMIN }\n\nmodel B {}\n";
    const auto analysis = analyse(std::string(kPostgresql) + text);
    REQUIRE(analysis->diagnostics().size() == 3);
    for (const auto& one : analysis->diagnostics()) CHECK(one.code.name() == "block-on-one-line");
  }
}

TEST_CASE("mistakes: an opening brace on the next line", "[mistakes]") {
  check_mistake("brace-on-next-line", "model M\n{\n  id Int @id\n}\n", "model M {\n  id Int @id\n}\n");
  check_mistake("brace-on-next-line", "enum E\n\n  {\n  A\n  B\n}\n", "enum E {\n  A\n  B\n}\n");
  check_mistake("brace-on-next-line", "model M // c\n{\n  id Int @id\n\n  a Int\n}\n",
                "model M { // c\n  id Int @id\n\n  a Int\n}\n");
  check_mistake("brace-on-next-line", "generator g\n{\n  provider = \"prisma-client\"\n}\n",
                "generator g {\n  provider = \"prisma-client\"\n}\n");
  check_mistake("block-on-one-line", "enum E\n{ A B }\n", "enum E {\n  A\n  B\n}\n");
}

TEST_CASE("mistakes: arguments over several lines", "[mistakes]") {
  const std::string user = "\nmodel User {\n  id Int @id\n  ms M[]\n}\n";
  const auto model = [&](std::string_view lines) {
    return fmt::format("model M {{\n  id Int @id\n  userId Int\n{}}}\n{}", lines, user);
  };
  const std::string relation = "  user User @relation(fields: [userId], references: [id])\n";
  check_mistake("arguments-over-lines",
                model("  user User @relation(\n    fields: [userId],\n    references: [id]\n  )\n"), model(relation));
  check_mistake("arguments-over-lines",
                model("  user User @relation(\n    fields: [userId],\n    references: [id],\n  )\n"), model(relation));
  check_mistake("arguments-over-lines", model("  user User @relation(fields: [userId],\n    references: [id])\n"),
                model(relation));
  check_mistake("arguments-over-lines",
                model("  user User @relation(\n    fields: [userId], // a\n    references: [id] // b\n  )\n"),
                model("  user User @relation(fields: [userId], references: [id]) // a // b\n"));
  check_field("arguments-over-lines", "  a Int\n\n  @@index([\n    id,\n    a\n  ])\n",
              "  a Int\n\n  @@index([id, a])\n");
}

TEST_CASE("mistakes: keywords", "[mistakes]") {
  const std::string model = "model User {\n  id Int @id\n\n  name String\n}\n";
  for (const char* keyword : {"modle", "Model", "MODEL", "class", "table", "entity", "models"}) {
    check_mistake("unknown-keyword", keyword + model.substr(5), model);
  }
  check_mistake("unknown-keyword", "Enum E {\n  A\n\n  B\n}\n", "enum E {\n  A\n\n  B\n}\n");
  check_mistake("unknown-keyword", "genrator g {\n  provider = \"prisma-client\"\n}\n",
                "generator g {\n  provider = \"prisma-client\"\n}\n");
  check_mistake("unknown-keyword", "class User\n{\n  id Int @id\n}\n", "model User {\n  id Int @id\n}\n");
}

TEST_CASE("mistakes: what Prisma marks is marked", "[mistakes]") {
  check_diagnostics(R"(<unknown-keyword>modle A {
</unknown-keyword>  <unknown-keyword>id Int @id
</unknown-keyword><unknown-keyword>}
</unknown-keyword>)");
  check_diagnostics(R"(model A { id Int @id }

<block-on-one-line>model B {
</block-on-one-line>  id Int @id
}
)");
  check_diagnostics(R"(model A {
  id Int @id
  bId Int
  <arguments-over-lines>b B @relation(
</arguments-over-lines>    <arguments-over-lines>fields: [bId],
</arguments-over-lines>    references<arguments-over-lines>:</arguments-over-lines> [id]
  <arguments-over-lines>)
</arguments-over-lines>}
model B {
  id Int @id
}
)");
}

TEST_CASE("mistakes: what nobody can understand keeps its general message", "[mistakes]") {
  for (const char* line : {"half typed line here", "a Int @", "= 3", "a Int @x(", "a B C D", "%%"}) {
    INFO(line);
    const auto analysis = analyse(fmt::format("{}model M {{\n  id Int @id\n  {}\n}}\n", kPostgresql, line));
    REQUIRE(analysis->diagnostics().size() == 1);
    const validation::Diagnostic& found = analysis->diagnostics()[0];
    if (found.code.name() != "unclosed-bracket") CHECK(found.code.name() == "invalid-member");
  }
}
