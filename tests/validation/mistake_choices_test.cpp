// Text that the grammar rejects and that may mean several things, and what is not to be guessed.

#include "validation/mistakes.h"

using namespace refract;
using namespace refract::tests;

namespace {

std::string field(std::string_view lines) {
  return fmt::format("model M {{\n  id Int @id\n{}}}\n", lines);
}

std::string head() {
  return datasource("postgresql", schema::PrismaVersion::v7);
}

// Checks that just these texts are offered for the first diagnostic with the code, and none is preferred.
void check_choices(std::string_view code, const std::string& wrong, std::vector<std::string> texts) {
  INFO(wrong);
  for (std::string& text : texts) text.insert(0, head());
  CHECK(offered(head() + wrong, code) == texts);
  CHECK(fixed(head() + wrong, code, schema::PrismaVersion::v7).starts_with("no fix"));
}

// Checks that no fix of any diagnostic writes the text.
void check_never_written(const std::string& wrong, std::string_view written) {
  INFO(wrong);
  const auto analysis = analyse_mode(head() + wrong, schema::PrismaVersion::v7, validation::AnalysisMode::tolerant);
  CHECK_FALSE(analysis->diagnostics().empty());
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    for (const validation::Fix& fix : diagnostic.fixes) {
      for (const validation::FileEdit& edit : fix.edits) CHECK_FALSE(edit.edit.text.contains(written));
    }
  }
}

std::string relation(std::string_view line) {
  return fmt::format(
      "model Post {{\n  id Int @id\n  {}\n  authorId Int\n}}\n\nmodel User {{\n  id Int @id\n  posts "
      "Post[]\n}}\n",
      line);
}

}  // namespace

TEST_CASE("mistakes: arguments after the parentheses of their attribute", "[mistakes]") {
  const std::string right = relation("author User @relation(fields: [authorId], references: [id], onDelete: Cascade)");
  const std::string code = "argument-after-parentheses";
  check_mistake(code, relation("author User @relation(fields: [authorId], references: [id]), onDelete: Cascade"),
                right);
  check_mistake(code, relation("author User @relation(fields: [authorId], references: [id]) onDelete: Cascade"), right);
  check_mistake(code, relation("author User @relation(fields: [authorId]), references: [id], onDelete: Cascade"),
                right);
  check_mistake(code, relation("author User @relation(fields: [authorId],), references: [id]"),
                relation("author User @relation(fields: [authorId], references: [id])"));
  check_field(code, "  a Int\n\n  @@index([a]), map: \"i\" // c\n", "  a Int\n\n  @@index([a], map: \"i\") // c\n");
  check_field(code, "  a Int @unique() map: \"i\"\n", "  a Int @unique(map: \"i\")\n");
}

TEST_CASE("mistakes: what reads like no field is none", "[mistakes]") {
  for (const char* line :
       {"author User @relation(fields: [authorId], references: [id]), onDlete: Cascade",
        "name String @db.VarChar length: 10", "name String nullable: true", "name String required: true",
        "name String? default: null", "price Decimal precision: 10, scale: 2", "name String @unique srt: Desc",
        "name String, other Nothing"}) {
    INFO(line);
    const std::string text = head() + relation(line);
    const auto analysis = analyse_mode(text, schema::PrismaVersion::v7, validation::AnalysisMode::tolerant);
    CHECK_FALSE(analysis->diagnostics().empty());
    for (const auto& one : analysis->diagnostics())
      CHECK(one.code.name() != std::string_view("several-members-on-line"));
  }
  check_never_written(relation("author User @relation fields: [authorId], references: [id]"), "fields authorId[]");
  check_field("other-type", "  a Int, b: varchar\n", "  a Int\n  b String @db.VarChar\n");
}

TEST_CASE("mistakes: two at signs after a member are an attribute of the block", "[mistakes]") {
  check_field("several-members-on-line", "  name String @@map(\"users\")\n", "  name String\n  @@map(\"users\")\n");
  check_field("several-members-on-line", "  c Int @@ignore // c\n", "  c Int\n  @@ignore // c\n");
  check_field("several-members-on-line", "  b Int @@unique([id, b])\n", "  b Int\n  @@unique([id, b])\n");
  check_field("several-members-on-line", "  b Int @unique @@index([b]) @@map(\"x\")\n",
              "  b Int @unique\n  @@index([b])\n  @@map(\"x\")\n");
  check_field("several-members-on-line", "  b Int @@index([b]) @@map(\"x\") @unique @map(\"y\")\n",
              "  b Int @unique @map(\"y\")\n  @@index([b])\n  @@map(\"x\")\n");
  check_value("several-members-on-line", "  A @@map(\"e\")\n", "  A\n  @@map(\"e\")\n");
  check_field("attribute-level", "  b Int @@default(1)\n", "  b Int @default(1)\n");
  check_field("attribute-level", "  b Int @@unique(map: \"u\")\n", "  b Int @unique(map: \"u\")\n");
}

TEST_CASE("mistakes: an attribute alone on its line that may be of either level", "[mistakes]") {
  check_choices("attribute-level", field("  a Int\n  @map(\"m\")\n"),
                {field("  a Int\n  @@map(\"m\")\n"), field("  a Int @map(\"m\")\n")});
  check_choices("attribute-level", field("  a Int\n\n  @map(\"m\")\n"),
                {field("  a Int\n\n  @@map(\"m\")\n"), field("  a Int @map(\"m\")\n\n")});
  check_choices("attribute-level", field("  a Int\n  @map(\"m\") // c\n  b Int\n"),
                {field("  a Int\n  @@map(\"m\") // c\n  b Int\n"), field("  a Int @map(\"m\")\n  // c\n  b Int\n")});
  check_choices("attribute-level", field("  a Int\n  @ignore\n"),
                {field("  a Int\n  @@ignore\n"), field("  a Int @ignore\n")});
  check_choices("attribute-level", "enum E {\n  A\n  @map(\"e\")\n}\n",
                {"enum E {\n  A\n  @@map(\"e\")\n}\n", "enum E {\n  A @map(\"e\")\n}\n"});
  SECTION("each such line is one to choose for") {
    const std::string text = head() + "model M {\n  a Int @id\n  @map(\"users\")\n  @ignore\n}\n";
    const auto analysis = analyse_mode(text, schema::PrismaVersion::v7, validation::AnalysisMode::tolerant);
    REQUIRE(analysis->diagnostics().size() == 2);
    for (const auto& one : analysis->diagnostics()) {
      CHECK(one.code.name() == std::string_view("attribute-level"));
      CHECK(one.message.contains("neither"));
      CHECK(one.fixes.size() == 2);
      CHECK(std::ranges::none_of(one.fixes, &validation::Fix::preferred));
    }
  }
  SECTION("with names in place of a list, or after block attributes, it is not preferred") {
    for (const char* lines : {"  a Int\n  @unique(id, a)\n", "  a Int\n    @unique(id, a)\n",
                              "  a Int\n\n  @@index([a])\n  @map(\"m\")\n", "  a: Int\n\n  @map(\"m\")\n"}) {
      INFO(lines);
      CHECK(fixed(head() + field(lines), "attribute-level", schema::PrismaVersion::v7).starts_with("no fix"));
    }
  }
  SECTION("nor where the only member above is not understood") {
    CHECK(fixed(head() + "model M {\n  id: Int @id\n\n  @map(\"m\")\n}\n", "attribute-level", schema::PrismaVersion::v7)
              .starts_with("no fix"));
  }
  SECTION("but where only one level is possible, or the indentation shows it, it is certain") {
    check_field("attribute-level", "  a Int\n  @unique([id, a])\n", "  a Int\n  @@unique([id, a])\n");
    check_field("attribute-on-next-line", "  a Int\n  @default(1)\n", "  a Int @default(1)\n");
    check_field("attribute-on-next-line", "  a Int\n    @map(\"m\")\n", "  a Int @map(\"m\")\n");
  }
}

TEST_CASE("mistakes: escapes that strings do not have", "[mistakes]") {
  check_mistake("invalid-escape", field("  a String @default(\"say \\'hi\")\n"),
                field("  a String @default(\"say 'hi\")\n"));
  check_choices("invalid-escape", field("  a String @default(\"C:\\temp\\dir\")\n"),
                {field("  a String @default(\"C:\\\\temp\\\\dir\")\n")});
  check_choices("invalid-escape", field("  a String @map(\"\\n\") @default(\"\\\\a \\\"b\\\" \\d\")\n"),
                {field("  a String @map(\"\\n\") @default(\"\\\\a \\\"b\\\" \\\\d\")\n")});
}

TEST_CASE("mistakes: markers of a merge conflict", "[mistakes]") {
  const auto conflict = [](std::string_view current, std::string_view base, std::string_view incoming) {
    return fmt::format("<<<<<<< HEAD\n{}{}=======\n{}>>>>>>> feature/x\n", current, base, incoming);
  };
  check_choices("merge-conflict", field(conflict("  name String\n", "", "  title String\n")),
                {field("  name String\n"), field("  title String\n"), field("  name String\n  title String\n")});
  check_choices("merge-conflict", field(conflict("  a Int\n", "||||||| base\n  a Int?\n", "  b Int\n")),
                {field("  a Int\n"), field("  b Int\n"), field("  a Int\n  b Int\n")});
  check_choices("merge-conflict", field("\n" + conflict("  @@map(\"a\")\n", "", "")),
                {field("\n  @@map(\"a\")\n"), field("\n"), field("\n  @@map(\"a\")\n")});
  const std::string b = "model B {\n  id Int @id\n}\n";
  const std::string c = "model C {\n  id Int @id\n}\n";
  check_choices("merge-conflict", conflict(b, "", c), {b, c, b + c});
  const std::string open_b = "model B {\n  id Int @id\n";
  const std::string open_c = "model C {\n  id Int @id\n";
  check_choices("merge-conflict", conflict(open_b, "", open_c) + "}\n", {b, c, open_b + c});
  SECTION("an editor reports each conflict once") {
    for (const std::string& text :
         {field(conflict("  a Int\n", "||||||| base\n  b Int,\n", "  b Int\n")), conflict(b, "", c),
          conflict("model B {\n  id Int @id\n", "", "model C {\n  a Int @id\n") + "}\n",
          "enum E {\n  A\n" + conflict("  B\n", "", "}\n\nenum F {\n  C\n") + "}\n"}) {
      INFO(text);
      const auto analysis = analyse_mode(head() + text, schema::PrismaVersion::v7, validation::AnalysisMode::tolerant);
      CHECK(std::ranges::count(analysis->diagnostics(), validation::Code("merge-conflict"),
                               &validation::Diagnostic::code) == 1);
    }
  }
  SECTION("a marker without the others has no fix") {
    for (const char* marker : {"<<<<<<< HEAD\n", "=======\n", "||||||| base\n", ">>>>>>> x\n"}) {
      INFO(marker);
      CHECK(offered(head() + field(marker), "merge-conflict").empty());
      CHECK(offered(head() + marker + b, "merge-conflict").empty());
    }
    CHECK(diagnostics_of(head() + field("========\n"), schema::PrismaVersion::v7).starts_with("invalid-member"));
  }
}

TEST_CASE("mistakes: a block that begins inside of one that is not closed", "[mistakes]") {
  const std::string enumeration = "enum E {\n  X\n  Y\n}\n";
  const std::string model = "model C {\n  id Int @id\n}\n";
  check_mistake("block-inside-block", "model A {\n  id Int @id\n\n" + enumeration + "\n" + model,
                "model A {\n  id Int @id\n}\n\n" + enumeration + "\n" + model);
  check_mistake("block-inside-block", "model A {\n  id Int @id\n" + enumeration,
                "model A {\n  id Int @id\n}\n\n" + enumeration);
  check_mistake("block-inside-block", "enum A {\n  X\n\n" + model, "enum A {\n  X\n}\n\n" + model);
  check_mistake("block-inside-block", "generator g {\n  provider = \"prisma-client\"\n\n" + model,
                "generator g {\n  provider = \"prisma-client\"\n}\n\n" + model);
  check_mistake("block-inside-block", "model A {\n  id Int @id\n\n  enum E {\n  X\n}\n",
                "model A {\n  id Int @id\n}\n\n  enum E {\n  X\n}\n");
  SECTION("the comments above it are its own") {
    check_mistake("block-inside-block", "model A {\n  id Int @id\n\n/// About E\n// and more\n" + enumeration,
                  "model A {\n  id Int @id\n}\n\n/// About E\n// and more\n" + enumeration);
    check_mistake("block-inside-block", "model A {\n  id Int @id\n/// About E\n" + enumeration,
                  "model A {\n  id Int @id\n}\n\n/// About E\n" + enumeration);
    check_mistake("block-inside-block", "model A {\n  id Int @id\n  // of A\n\n" + enumeration,
                  "model A {\n  id Int @id\n  // of A\n}\n\n" + enumeration);
  }
}

TEST_CASE("fixes: an attribute that is given twice", "[mistakes]") {
  const auto after = [](std::string_view line) {
    return fixed(head() + field(line), "duplicate-attribute", schema::PrismaVersion::v7);
  };
  CHECK(after("  c Int @unique @unique(map: \"z\")\n") == head() + field("  c Int @unique(map: \"z\")\n"));
  CHECK(after("  c Int @unique(map: \"z\") @unique\n") == head() + field("  c Int @unique(map: \"z\")\n"));
  CHECK(after("  c Int @unique @unique\n") == head() + field("  c Int @unique\n"));
  CHECK(after("  c Int @map(\"x\") @map(\"y\")\n").starts_with("no fix"));
  CHECK(after("  c Int @default(1) @default(2)\n").starts_with("no fix"));
  CHECK(after("  c String @db.VarChar(1) @db.Text\n").starts_with("no fix"));
  CHECK(after("  c String @db.Text @db.Text\n") == head() + field("  c String @db.Text\n"));
}

TEST_CASE("mistakes: the title says what goes", "[mistakes]") {
  const auto analysis =
      analyse_mode(head() + field("  a Int unsigned\n"), schema::PrismaVersion::v7, validation::AnalysisMode::tolerant);
  REQUIRE(analysis->diagnostics().size() == 1);
  REQUIRE(analysis->diagnostics()[0].fixes.size() == 1);
  CHECK(analysis->diagnostics()[0].fixes[0].title == "Remove `unsigned`");
}

TEST_CASE("mistakes: a type of another language before the name", "[mistakes]") {
  check_field("type-before-name", "  string name\n", "  name String\n");
  check_field("type-before-name", "  varchar name? @unique\n", "  name String? @db.VarChar @unique\n");
  check_field("other-type", "  text varchar\n", "  text String @db.VarChar\n");
}

TEST_CASE("fixes: values on the line of an enum's brace", "[mistakes]") {
  CHECK(diagnostics_of(head() + "enum E { A, B = \"b\", C // c\n}\n", schema::PrismaVersion::v7)
            .contains("text-after-brace: Prisma ignores `A, B = \"b\", C // c`"));
  CHECK(fixed(head() + "enum E { A, B = \"b\", C // c\n}\n", "text-after-brace", schema::PrismaVersion::v7) ==
        head() + "enum E {\n  A\n  B @map(\"b\")\n  C // c\n}\n");
}
