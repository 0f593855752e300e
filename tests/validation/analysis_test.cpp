#include <set>

#include "support/analysis_story.h"
#include "validation/check.h"
#include "validation/codes/codes.h"

using namespace refract;
using namespace refract::tests;

namespace {

// One fault each, with at least one fix.
constexpr std::string_view kFixable[] = {
    "model A {\n  id Int @id\n  a string\n}\n",
    "model A {\n  id Int @id\n  role Role @default(ADMIN)\n}\n",
    "model A {\n  id Int @id\n  others Other[]\n}\n",
    "model A {\n  id Int @id\n  a Int @uniqe\n}\n",
    "model A {\n  id Int @id\n  a Int @unique @unique\n}\n",
    "model A {\n  id Int @id\n  a Int @unique(mapp: \"x\")\n}\n",
    "model A {\n  id Int @id\n  name String\n  @@index([nam])\n}\n",
    "model A {\n  name String\n}\n",
    "model A {\n  id Int\n}\n",
    "model A {\n  id Int? @id\n}\n",
    "model A {\n  id Int @id\n  a String!\n}\n",
    "model A {\n  id Int @id\n  a [String]\n}\n",
    "model A {\n  id Int @id\n  a String[]?\n}\n",
    "model A {\n  id Int @id\n  a: String\n}\n",
    "model A {\n  id Int @id\n  a Int[] @default(1)\n}\n",
    "model A {\n  id Int @id\n  a String @default(1)\n}\n",
    "model A {\n  id Int @id\n  a Int @default(1,)\n}\n",
    "enum E {\n  USER\n}\nmodel A {\n  id Int @id\n  e E @default(USR)\n}\n",
    "enum E {\n  USER\n  USER\n}\n",
    "model A {\n  id Int @id\n  a String @db.Txt\n}\n",
    "model A {\n  id Int @id\n  a String @pg.Text\n}\n",
    "model A {\n  id Int @id\n  bId Int\n  b B @relation(fields: [bId], references: [id])\n}\nmodel B {\n  id Int "
    "@id\n}\n",
    "model A {\n  id Int @id\n  bs B[]\n}\nmodel B {\n  id Int @id\n}\n",
    "model A {\n  id Int @id\n  bId Int\n  b B @relation(fields: [bId], references: [id])\n}\nmodel B {\n  id Int "
    "@id\n  a A?\n}\n",
    "model A {\n  id Int @id\n  bId String\n  b B @relation(fields: [bId], references: [id])\n}\nmodel B {\n  id Int "
    "@id\n  as A[]\n}\n",
    "model A {\n  id Int @id\n  a Int @ignore\n  @@ignore\n}\n",
    "model A {\n  id Int @id\n  @@schema(\"x\")\n}\n",
};

std::string with_fix(const validation::Analysis&, std::string_view text, const validation::Fix& fix) {
  std::vector<text::Edit> edits;
  for (const validation::FileEdit& edit : fix.edits) edits.push_back(edit.edit);
  return text::apply_edits(text, edits);
}

// After each edit, of the first place where the one text is, the diagnostics are those of a fresh analysis.
void check_edits(const std::string& start, validation::AnalysisMode reader,
                 const std::vector<std::pair<std::string_view, std::string_view>>& edits) {
  constexpr schema::Options kOptions{.version = schema::PrismaVersion::v7};
  auto file = syntax::File::parse(text::Document(start));
  auto snapshot = schema::Snapshot::build({{"s", file}}, kOptions);
  auto analysis = validation::Analysis::run(snapshot, nullptr, reader);
  for (const auto& [from, to] : edits) {
    const auto at = file->document().text().find(from);
    INFO(from << " -> " << to);
    REQUIRE(at != std::string_view::npos);
    const auto begin = static_cast<text::Offset>(at);
    file = file->with_edits({{{begin, begin + static_cast<text::Offset>(from.size())}, std::string(to)}});
    snapshot = schema::Snapshot::build({{"s", file}}, kOptions, snapshot);
    analysis = validation::Analysis::run(snapshot, analysis, reader);
    const auto again = syntax::File::parse(text::Document(std::string(file->document().text())));
    const auto fresh = validation::Analysis::run(schema::Snapshot::build({{"s", again}}, kOptions), nullptr, reader);
    CHECK(story_of(*analysis) == story_of(*fresh));
  }
}

}  // namespace

TEST_CASE("fixes: each leaves fewer diagnostics", "[validation]") {
  for (std::string_view fixture : kFixable) {
    const std::string text = std::string(kPostgresql) + std::string(fixture);
    const auto before = analyse(text);
    INFO(fixture);
    CHECK_FALSE(before->diagnostics().empty());
    std::size_t fixes = 0;
    for (const validation::Diagnostic& diagnostic : before->diagnostics()) {
      for (const validation::Fix& fix : diagnostic.fixes) {
        ++fixes;
        const std::string after = with_fix(*before, text, fix);
        INFO(fix.title << "\n" << after);
        CHECK(analyse(after)->diagnostics().size() < before->diagnostics().size());
      }
    }
    if (fixture.find("@@schema") == std::string_view::npos) CHECK(fixes > 0);
  }
}

TEST_CASE("diagnostics: each code is explained, and says what to do", "[validation]") {
  std::set<validation::Code> seen;
  for (const validation::CodeInfo& info : validation::codes()) {
    INFO(info.code.name());
    CHECK(seen.insert(info.code).second);
    CHECK_FALSE(info.title.empty());
    CHECK(info.explanation.ends_with('.'));
  }
  for (std::string_view fixture : kFixable) {
    const auto analysis = analyse(std::string(kPostgresql) + std::string(fixture));
    for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
      INFO(diagnostic.code.name());
      CHECK(diagnostic.message.ends_with('.'));
    }
  }
}

TEST_CASE("diagnostics: facts for programs", "[validation]") {
  const auto analysis = analyse(std::string(kPostgresql) + "model A {\n  id Int @id\n  a string\n}\n");
  REQUIRE(analysis->diagnostics().size() == 1);
  const validation::Diagnostic& diagnostic = analysis->diagnostics().front();
  const auto fact = [&](std::string_view key) {
    for (const auto& [name, value] : diagnostic.data) {
      if (name == key) return std::get<std::string>(value);
    }
    return std::string();
  };
  CHECK(fact("declaration") == "A");
  CHECK(fact("field") == "a");
  CHECK(fact("type") == "string");
  CHECK(diagnostic.help == "Did you mean `String`?");
  REQUIRE_FALSE(diagnostic.fixes.empty());
  CHECK(diagnostic.fixes.front().preferred);
}

TEST_CASE("analysis: spans and fixes belong to their files", "[validation]") {
  const std::string user = "model User {\n  id Int @id\n}\n";
  const std::string post =
      "model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n";
  const auto analysis =
      analyse({{"base.prisma", std::string(kPostgresql)}, {"user.prisma", user}, {"post.prisma", post}});
  REQUIRE(analysis->diagnostics().size() == 1);
  const validation::Diagnostic& diagnostic = analysis->diagnostics().front();
  CHECK(diagnostic.code == validation::Code("relation-without-opposite"));
  CHECK(diagnostic.at.file == 2);
  REQUIRE(diagnostic.related.size() == 1);
  CHECK(diagnostic.related.front().at.file == 1);
  REQUIRE(diagnostic.fixes.size() == 1);
  REQUIRE(diagnostic.fixes.front().edits.size() == 1);
  CHECK(diagnostic.fixes.front().edits.front().file == 1);
  CHECK(text::apply_edits(user, std::vector{diagnostic.fixes.front().edits.front().edit}) ==
        "model User {\n  id Int @id\n  posts Post[]\n}\n");
}

TEST_CASE("analysis: diagnostics after edits are those of a fresh one", "[validation]") {
  check_edits(std::string(kPostgresql) +
                  "model A {\n  id Int @id\n  b B[]\n  e E @default(X)\n}\n\nmodel B {\n  id Int @id\n  aId Int\n  a A "
                  "@relation(fields: [aId], references: [id])\n}\n\nenum E {\n  X\n}\n",
              validation::AnalysisMode::strict,
              {{"enum E", "enum F"},
               {"enum F", "enum E"},
               {"  X\n", "  Y\n"},
               {"  Y\n", "  X\n"},
               {"b B[]", ""},
               {"  id Int @id\n  \n", "  id Int @id\n  b B[]\n"},
               {"references: [id]", "references: [idd]"},
               {"[idd]", "[id]"},
               {"model B", "model C"},
               {"model C", "model B"},
               {"postgresql", "sqlite"},
               {"sqlite", "mysql"}});
}

TEST_CASE("analysis: a declaration whose namesake goes is the one that is meant", "[validation]") {
  const std::string model = "model A {\n  id Int @id\n  @@index([b])\n}\n";
  for (const auto mode : {validation::AnalysisMode::strict, validation::AnalysisMode::tolerant})
    check_edits(std::string(kPostgresql) + model + model + "\n", mode,
                {{model + "\n", ""}, {"model", model + "model"}});
}

TEST_CASE("analysis: a changed field is seen by the relations that name it", "[validation]") {
  const std::string titled =
      std::string(kPostgresql) +
      "model A {\n  id Int @id\n  title String\n  bs B[]\n  e E @default(X)\n}\n\nmodel B {\n  id Int @id\n  aTitle "
      "String\n  a A @relation(fields: [aTitle], references: [title])\n}\n\nenum E {\n  X\n}\n\nmodel C {\n  id Int "
      "@id\n  lost Lost\n}\n";
  // The error in C keeps Prisma from the schema checks, which would report B already.
  check_edits(titled, validation::AnalysisMode::strict,
              {{"  title String\n", ""}, {"  bs B[]\n", "  title Int\n  bs B[]\n"}});
  // A is uncertain because of E, without having changed itself.
  check_edits(titled, validation::AnalysisMode::tolerant, {{"  X\n}", "  Y\n}"}, {"  Y\n}", "  X\n}"}});

  const std::string embedded =
      "datasource db {\n  provider = \"mongodb\"\n}\nmodel A {\n  id String @id @map(\"_id\") @db.ObjectId\n  bIds "
      "String[] @db.ObjectId\n  bs B[] @relation(fields: [bIds], references: [id])\n}\n\nmodel B {\n  id String @id "
      "@map(\"_id\") @db.ObjectId\n  aIds String[] @db.ObjectId\n  as A[] @relation(fields: [aIds], references: "
      "[id])\n}\n";
  for (const validation::AnalysisMode reader : {validation::AnalysisMode::strict, validation::AnalysisMode::tolerant}) {
    check_edits(embedded, reader,
                {{"bIds String[]", "bIds Int[]"},
                 {"bIds Int[]", "bIds String[]"},
                 {"aIds String[]", "aIds Int[]"},
                 {"aIds Int[]", "aIds String[]"}});
  }
}

TEST_CASE("analysis: a fix that edits all who use a type follows them", "[validation]") {
  const std::string used = std::string(kPostgresql) +
                           "type T {\n  a Int\n}\n\nmodel A {\n  id Int @id\n  t T\n}\n\nmodel B {\n  id Int @id\n}\n";
  for (const validation::AnalysisMode mode : {validation::AnalysisMode::strict, validation::AnalysisMode::tolerant})
    check_edits(used, mode,
                {{"model A {\n  id Int @id", "model A {\n  id Int @id\n  x Int"},
                 {"model B {\n  id Int @id", "model B {\n  id Int @id\n  u T?"},
                 {"  t T\n", ""},
                 {"  u T?\n", ""},
                 {"  x Int\n", "  x T\n"}});
}

TEST_CASE("analysis: nothing that is kept points into what has gone", "[validation]") {
  // The key that A would have for B's list belongs to A, which is uncertain all the time.
  check_edits(
      std::string(kPostgresql) +
          "model A {\n  id Int @id\n  lost Lost\n  title String\n}\n\nmodel B {\n  id Int @id\n  as A[]\n}\n\nmodel "
          "C {\n  id Int @id\n  a Int @unique(map: \"A__fkey\")\n}\n",
      validation::AnalysisMode::tolerant,
      {{"title String", "title Int"}, {"title Int", "title Boolean"}, {"a Int @", "a String @"}});
}
