#include "catalog/catalog.h"
#include "features/completion_fixture.h"

using namespace refract;
using test::fixture;

namespace {

// What the migrations of these tests have made.
catalog::Catalog database() {
  catalog::Catalog made = catalog::Catalog::empty();
  const auto table = [&](std::string schema, std::string name, std::initializer_list<const char*> columns) -> auto& {
    catalog::Table& added = made.tables[{schema, name}];
    added.name = {schema, name};
    for (const char* column : columns) added.columns.push_back({.name = column, .type = {.name = "text"}});
    return added;
  };
  catalog::Table& users = table("public", "app_users", {"id", "first_name", "last_name"});
  users.primary_key = catalog::PrimaryKey{"app_users_pk", {"id"}};
  users.indexes.push_back({.name = "by_name"});
  users.indexes.push_back({.name = "one_name", .unique = true});
  users.foreign_keys.push_back({.name = "of_team"});
  table("public", "posts", {"id"});
  table("audit", "entries", {"id"});
  made.enums[{"public", "user_role"}] = {{"public", "user_role"}, {"admin", "guest"}, {}};
  made.views[{"public", "totals"}] = {.name = {"public", "totals"}};
  return made;
}

std::string offered_with_database(std::string_view marked) {
  const catalog::Catalog made = database();
  return test::offered(marked, schema::PrismaVersion::v7, {.database = &made});
}

constexpr std::string_view kPosts = "model Post {\n  id Int @id\n\n  @@map(\"posts\")\n}\n";

}  // namespace

TEST_CASE("completion of database names: tables that no other model represents, the likeliest first", "[completion]") {
  CHECK(offered_with_database("model Entry {\n  id Int @id\n  @@map(\"$0\")\n}\n") == "app_users entries posts");
  CHECK(offered_with_database(std::string(kPosts) + "model AppUser {\n  id Int @id\n  @@map(\"$0\")\n}\n") ==
        "app_users entries");
  CHECK(offered_with_database("model Post {\n  id Int @id\n  @@map(\"p$0\n}\n") == "posts app_users entries");
}

TEST_CASE("completion of database names: those of the model's own schema", "[completion]") {
  CHECK(offered_with_database("datasource db {\n  provider = \"postgresql\"\n  schemas = [\"audit\", "
                              "\"public\"]\n}\nmodel A {\n  id Int @id\n"
                              "  @@map(\"$0\")\n  @@schema(\"audit\")\n}\n") == "entries");
}

TEST_CASE("completion of database names: views and enum types", "[completion]") {
  CHECK(offered_with_database("view Sum {\n  id Int @unique\n  @@map(\"$0\")\n}\n") == "totals");
  CHECK(offered_with_database("enum Role {\n  A\n  @@map(\"$0\")\n}\n") == "user_role");
  CHECK(offered_with_database("enum Role {\n  A @map(\"$0\")\n  B @map(\"guest\")\n  @@map(\"user_role\")\n}\n") ==
        "admin");
}

TEST_CASE("completion of database names: columns of the model's table that no other field represents", "[completion]") {
  CHECK(offered_with_database(
            "model User {\n  id Int @id\n  lastName String @map(\"$0\")\n  @@map(\"app_users\")\n}\n") ==
        "last_name first_name");
  CHECK(offered_with_database("model User {\n  id Int @id\n  lastName String @map(\"$0\")\n}\n").empty());
}

TEST_CASE("completion of database names: keys, indexes and foreign keys by their attribute", "[completion]") {
  const auto at = [](std::string_view line) {
    return offered_with_database(
        "model Team {\n  id Int @id\n  users User[]\n}\nmodel User {\n  id Int\n  teamId Int\n" + std::string(line) +
        "\n  @@map(\"app_users\")\n}\n");
  };
  CHECK(at("  @@id([id], map: \"$0\")") == "app_users_pk");
  CHECK(at("  @@index([id], map: \"$0\")") == "by_name");
  CHECK(at("  @@unique([id], map: \"$0\")") == "one_name");
  CHECK(at("  team Team @relation(fields: [teamId], references: [id], map: \"$0\")") == "of_team");
}

TEST_CASE("completion of database names: in quotes where none stand, and nothing before the history is read",
          "[completion]") {
  const catalog::Catalog made = database();
  const auto text = fixture("model Post {\n  id Int @id\n  @@map($0)\n}\n");
  const auto items = features::completion(*text.snapshot, text.cursor, {.database = &made});
  const auto posts = std::ranges::find(items, "posts", &features::CompletionItem::label);
  REQUIRE(posts != items.end());
  CHECK(posts->insert == "\"posts\"");
  CHECK(test::offered("model Post {\n  id Int @id\n  @@map(\"$0\")\n}\n").empty());
}

TEST_CASE("completion: env offers the names that are known, else the usual one", "[completion]") {
  constexpr std::string_view kText = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"$0\")\n}\n";
  CHECK(test::offered(kText, schema::PrismaVersion::v6) == "DATABASE_URL");
  CHECK(test::offered(kText, schema::PrismaVersion::v6, {.environment = {"A_URL", "B_URL"}}) == "A_URL B_URL");
}
