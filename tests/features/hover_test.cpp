#include "features/hover.h"

#include "features/fixture.h"

using namespace refract;
using Catch::Matchers::Contains;
using test::fixture;

namespace {

constexpr std::string_view kSchema = R"(
datasource db {
  provider = "postgresql"
}
/// Who writes.
model User {
  id    Int    @id
  role  Role   @default(ADMIN)
  posts Post[]

  @@map("users")
}
enum Role {
  /// May do all.
  ADMIN
}
model Post {
  id       Int   @id
  authorId Int? @map("author_id")
  author   User? @relation(fields: [authorId], references: [id])
  title    String @db.VarChar(20) @default(uuid())

  @@index([id(sort: Desc)], map: "x")
}
)";

// What is shown on the first place where `word` stands in `context`; empty: nothing.
std::string shown_at(std::string_view context, std::string_view word) {
  std::string text(kSchema);
  const std::size_t at = text.find(context);
  REQUIRE(at != std::string::npos);
  text.insert(text.find(word, at) + 1, "$0");
  const auto made = fixture(text);
  const auto shown = features::hover(*made.snapshot, made.cursor);
  if (!shown) return {};
  CHECK(made.files[0].second.substr(shown->range.begin, shown->range.size()) == word);
  return shown->markdown;
}

}  // namespace

TEST_CASE("hover: declarations with their table and their documentation", "[hover]") {
  for (const char* context : {"model User", "author   User"}) {
    CHECK_THAT(shown_at(context, "User"), Contains("model User") && Contains("`users`") && Contains("Who writes."));
  }
  CHECK_THAT(shown_at("Role   @default", "Role"), Contains("enum Role") && Contains("ADMIN"));
}

TEST_CASE("hover: fields with their column, relations with their two sides and actions", "[hover]") {
  CHECK_THAT(shown_at("fields: [authorId]", "authorId"),
             Contains("Int? @map") && Contains("`author_id`") && Contains("`Post`"));
  CHECK_THAT(shown_at("references: [id]", "id"), Contains("`id`") && Contains("`users`"));
  const std::string relation = shown_at("author   User", "author");
  CHECK_THAT(relation, Contains("One-to-many") && Contains("PostToUser") && Contains("`User.posts`"));
  CHECK_THAT(relation, Contains("On delete `SetNull` (by default), on update `Cascade` (by default)"));
  CHECK_THAT(shown_at("posts Post[]", "posts"), Contains("`Post.author`") && Contains("SetNull"));
  CHECK_THAT(shown_at("@default(ADMIN", "ADMIN"), Contains("Role.ADMIN") && Contains("May do all."));
}

TEST_CASE("hover: attributes, arguments, functions, native and scalar types", "[hover]") {
  CHECK_THAT(shown_at("@relation", "relation"), Contains("@relation") && Contains("onDelete"));
  CHECK_THAT(shown_at("@@index", "index"), Contains("@@index") && Contains("fields"));
  CHECK_THAT(shown_at("references: ", "references"), Contains("references:"));
  CHECK_THAT(shown_at("@db.VarChar", "db.VarChar"), Contains("VarChar") && Contains("`String`"));
  CHECK_THAT(shown_at("uuid()", "uuid"), Contains("uuid()"));
  CHECK_THAT(shown_at("String @db", "String"), Contains("String"));
}

TEST_CASE("hover: nothing where nothing is meant", "[hover]") {
  CHECK(shown_at("Who writes", "writes").empty());
  CHECK(shown_at("map: \"x\"", "\"x\"").empty());
  const auto made = fixture("model A {\n  id Int @id @x(\n  b\n");
  for (text::Offset at = 0; at < 40; ++at) {
    const auto shown = features::hover(*made.snapshot, {0, at});
    if (shown) CHECK(shown->range.touches(at));
  }
}
