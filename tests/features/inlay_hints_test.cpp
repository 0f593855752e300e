#include "features/inlay_hints.h"

#include "features/fixture.h"

using namespace refract;
using features::HintOptions;
using test::fixture;

namespace {

constexpr HintOptions kNone{false, false, false, false, false};

HintOptions only(bool HintOptions::*kind) {
  HintOptions options = kNone;
  options.*kind = true;
  return options;
}

// The text with each hint in it, between guillemets.
std::string hinted(std::string_view text, const HintOptions& options, std::optional<text::Range> within = {}) {
  const auto made = fixture(text);
  const std::string& whole = made.files[made.cursor.file].second;
  const text::Range range = within.value_or(text::Range{0, static_cast<text::Offset>(whole.size())});
  std::string out;
  text::Offset done = 0;
  for (const auto& hint : features::inlay_hints(*made.snapshot, made.cursor.file, range, options)) {
    REQUIRE(done <= hint.at);
    CHECK(range.touches(hint.at));
    CHECK_FALSE(hint.tooltip.empty());
    out += whole.substr(done, hint.at - done) + "«" + hint.label + "»";
    done = hint.at;
  }
  return out + whole.substr(done);
}

constexpr std::string_view kPostgres = "datasource db {\n  provider = \"postgresql\"\n}\n";

std::string hinted_model(const std::string& model, const HintOptions& options) {
  const std::string out = hinted(std::string(kPostgres) + model, options);
  CHECK(out.starts_with(kPostgres));
  return out.substr(kPostgres.size());
}

}  // namespace

TEST_CASE("inlay hints: the column's type where none is given", "[hints]") {
  CHECK(hinted_model("model A {\n  id Int @id\n  s String? @db.VarChar(3)\n  t String[]\n  r Role\n  a A[]\n  u "
                     "Unsupported(\"x\")\n}\nenum Role {\n  X\n}\n",
                     only(&HintOptions::database_type)) ==
        "model A {\n  id Int«: INTEGER» @id\n  s String? @db.VarChar(3)\n  t String[]«: TEXT[]»\n  r Role«: "
        "\"Role\"»\n  a A[]\n  u Unsupported(\"x\")\n}\nenum Role {\n  X\n}\n");
  CHECK(hinted("datasource db {\n  provider = \"mysql\"\n}\nmodel A {\n  id Int @id\n}\n", {}).find("«") ==
        std::string::npos);
}

TEST_CASE("inlay hints: the actions that a relation leaves unsaid", "[hints]") {
  const std::string rest = "  bId Int?\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n";
  const auto options = only(&HintOptions::referential_action);
  CHECK(hinted_model("model A {\n  id Int @id\n  b B? @relation(fields: [bId], references: [id]) // x\n" + rest,
                     options) ==
        "model A {\n  id Int @id\n  b B? @relation(fields: [bId], references: [id])«onDelete: SetNull, onUpdate: "
        "Cascade» // x\n" +
            rest);
  CHECK(hinted_model(
            "model A {\n  id Int @id\n  b B? @relation(fields: [bId], references: [id], onDelete: Cascade)\n" + rest,
            options) ==
        "model A {\n  id Int @id\n  b B? @relation(fields: [bId], references: [id], onDelete: Cascade)«onUpdate: "
        "Cascade»\n" +
            rest);
}

TEST_CASE("inlay hints: the table of an implicit many-to-many relation, on both sides", "[hints]") {
  CHECK(hinted_model("model A {\n  id Int @id\n  bs B[]\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n",
                     only(&HintOptions::relation_table)) ==
        "model A {\n  id Int @id\n  bs B[]«→ _AToB»\n}\nmodel B {\n  id Int @id\n  as A[]«→ _AToB»\n}\n");
}

TEST_CASE("inlay hints: the name that stands at the block's end", "[hints]") {
  CHECK(hinted_model("model User {\r\n  id Int @id\r\n  @@map(\"users\")\r\n}\r\n", only(&HintOptions::mapped_name)) ==
        "model User«→ users» {\r\n  id Int @id\r\n  @@map(\"users\")\r\n}\r\n");
}

TEST_CASE("inlay hints: names of constraints that were not given", "[hints]") {
  CHECK(hinted_model("model A {\n  id Int @id\n  x Int @unique\n  y Int @unique(map: \"k\")\n  b B @relation(fields: "
                     "[x], references: [id])\n  @@index([x, y])\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n",
                     only(&HintOptions::constraint_name)) ==
        "model A {\n  id Int @id«A_pkey»\n  x Int @unique«A_x_key»\n  y Int @unique(map: \"k\")\n  b B "
        "@relation(fields: [x], references: [id])«A_x_fkey»\n  @@index([x, y])«A_x_y_idx»\n}\nmodel B {\n  id Int "
        "@id«B_pkey»\n  as A[]\n}\n");
}

TEST_CASE("inlay hints: only within the range, only of the file, on broken text too", "[hints]") {
  const std::string text = "model A {\n  id Int @id\n}\nmodel B {\n  id Int @id\n}\n";
  const auto second = static_cast<text::Offset>(text.find("model B"));
  CHECK(hinted(text, only(&HintOptions::database_type), text::Range{second, static_cast<text::Offset>(text.size())}) ==
        "model A {\n  id Int @id\n}\nmodel B {\n  id Int«: INTEGER» @id\n}\n");
  CHECK(hinted("//- /a.prisma\nmodel A {\n  id Int @id\n}\n//- /b.prisma\n$0model B {\n}\n", {}) == "model B {\n}\n");
  HintOptions all{true, true, true, true, true};
  CHECK_FALSE(
      hinted("model A {\n  id Int @id @\n  b\n  c B @relation(fields: [\n}\nmodel B {\n @@index([x])\n @@id([])\n", all)
          .empty());
}
