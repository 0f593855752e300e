#include "features/code_actions.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

struct Fixes {
  test::Fixture made;
  std::shared_ptr<const validation::Analysis> analysis;
  std::vector<features::QuickFix> found;
};

Fixes fixes(std::string_view marked) {
  Fixes answer{fixture(marked), {}, {}};
  answer.analysis = validation::Analysis::run(answer.made.snapshot);
  const text::Offset at = answer.made.cursor.offset;
  answer.found = features::quick_fixes(answer.analysis, {answer.made.cursor.file, {at, at}});
  return answer;
}

}  // namespace

TEST_CASE("code actions: the fixes of the diagnostic under the cursor, preferred ones first", "[actions]") {
  const auto answer =
      fixes("datasource db {\n  provider = \"postgresql\"\n}\nmodel A {\n  id Int @id\n  role Rol$0e\n}\n");
  REQUIRE(!answer.found.empty());
  for (const auto& fix : answer.found) CHECK(fix.diagnostic->code == validation::Code("unknown-type"));
  CHECK(std::ranges::is_sorted(answer.found, std::greater<>(), [](const auto& fix) { return fix.fix->preferred; }));
  bool fixed = false;
  for (const auto& fix : answer.found) {
    const auto after = fixture(test::applied(answer.made, fix.fix->edits));
    fixed |= !validation::Analysis::run(after.snapshot)->has_errors();
  }
  CHECK(fixed);
}

TEST_CASE("code actions: none away from diagnostics and in other files", "[actions]") {
  CHECK(fixes("model A {\n  i$0d Int @id\n  role Role\n}\n").found.empty());
  CHECK(fixes("//- /a.prisma\nmodel A {\n  id Int @id\n  role Role\n}\n//- /b.prisma\nmodel B {\n  id Int @id\n  num$0 "
              "Int\n}\n")
            .found.empty());
}

TEST_CASE("code actions: a type of an extension that the migrations lack may be used once more", "[actions]") {
  const auto answer = fixes(
      "datasource db {\n  provider = \"postgresql\"\n}\nmodel A {\n  id Int @id\n  b B @relation(fields: [bMa$0il], "
      "references: [mail])\n}\nmodel B {\n  id Int @id\n  mail String @unique @db.Citext\n  as A[]\n}\n");
  migrate::History history;
  history.migrations.emplace_back();
  const text::Offset at = answer.made.cursor.offset;
  const auto found = features::quick_fixes(answer.analysis, {answer.made.cursor.file, {at, at}}, &history);
  CHECK(found.size() == answer.found.size());
  CHECK(!found.empty());
}
