#include "features/migration/migration_renames.h"

#include "features/fixture.h"
#include "migrate/wanted/schema_catalog.h"

using namespace refract;
using migrate::RenameRequest;
using test::fixture;

namespace {

constexpr std::string_view kHeader = "datasource db {\n  provider = \"postgresql\"\n}\n";

// The choices at each marked range, on a database of `before`.
std::vector<std::vector<std::string>> choices(std::string_view before, std::string_view after) {
  const auto old_catalog = migrate::catalog_of(*fixture(std::string(kHeader) + std::string(before)).snapshot);
  const auto made = fixture(std::string(kHeader) + std::string(after));
  const auto next = migrate::next_migration(old_catalog, *made.snapshot, {});
  std::vector<std::vector<std::string>> found;
  for (const schema::FileRange& range : made.ranges) {
    std::vector<std::string>& titles = found.emplace_back();
    for (const auto& choice : features::rename_choices(*made.snapshot, next, range)) titles.push_back(choice.title);
  }
  return found;
}

using Requests = std::vector<RenameRequest>;

Requests intents(std::string_view schema, const std::string& to,
                 features::DatabaseName database_name = features::DatabaseName::follow,
                 const migrate::History* history = nullptr) {
  const auto made = fixture((schema.contains("datasource") ? "" : std::string(kHeader)) + std::string(schema));
  auto found = features::rename_intents(*made.snapshot, made.cursor, to, database_name, history);
  REQUIRE(found);
  return std::move(*found);
}

// Why the rename is refused on a database of `before` with the notes; empty: it is not.
std::string refused(std::string_view before, Requests notes, std::string_view schema, const std::string& to) {
  migrate::History history;
  history.catalog = std::make_shared<const catalog::Catalog>(
      migrate::catalog_of(*fixture(std::string(kHeader) + std::string(before)).snapshot));
  history.rename_notes = std::move(notes);
  const auto made = fixture(std::string(kHeader) + std::string(schema));
  const auto found =
      features::rename_intents(*made.snapshot, made.cursor, to, features::DatabaseName::follow, &history);
  return found ? std::string() : found.error().message;
}

std::optional<RenameRequest> intent(std::string_view schema, const std::string& to) {
  const Requests found = intents(schema, to);
  CHECK(found.size() < 2);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

}  // namespace

TEST_CASE("rename choices: at the added field alone", "[migration]") {
  CHECK(choices("model User {\n  id Int @id\n  name String\n}",
                "model User {\n  <ref>id Int</ref> @id\n  <ref>full</ref>Name String\n}") ==
        std::vector<std::vector<std::string>>{{}, {"Rename column User.name to fullName instead of drop and add"}});
}

TEST_CASE("rename choices: at a new model's head and a new value", "[migration]") {
  CHECK(choices("model User {\n  id Int @id\n  email String\n  role Role\n}\nenum Role {\n  ADMIN\n  GUEST\n}",
                "<ref>model Account {</ref>\n  id Int @id\n  email String\n  role Role\n}\nenum Role {\n  "
                "<ref>ADMINS</ref>\n  GUEST\n}") ==
        std::vector<std::vector<std::string>>{{"Rename table User to Account instead of drop and add"},
                                              {"Rename value Role.ADMIN to ADMINS instead of drop and add"}});
}

TEST_CASE("rename intent: what an editor's rename means for the database", "[migration]") {
  CHECK(intent("model Us$0er {\n  id Int @id\n}", "Account") == RenameRequest{"User", "Account"});
  CHECK(intent("model User {\n  id Int @id\n  na$0me String\n}", "full") == RenameRequest{"User.name", "full"});
  CHECK(intent("model User {\n  id Int @id\n  na$0me String\n  @@map(\"users\")\n}", "full") ==
        RenameRequest{"users.name", "full"});
  CHECK(intent("model User {\n  id Int @id\n  role Role\n}\nenum Role {\n  AD$0MIN\n}", "OWNER") ==
        RenameRequest{"Role.ADMIN", "OWNER"});
  CHECK(!intent("model User {\n  id Int @id\n  na$0me String @map(\"n\")\n}", "full"));
  CHECK(!intent("model Us$0er {\n  id Int @id\n  @@map(\"users\")\n}", "Account"));
  CHECK(
      !intent("model User {\n  id Int @id\n  b$0s B[]\n}\nmodel B {\n  id Int @id\n  a User? @relation(fields: [c], "
              "references: [id])\n  c Int?\n}",
              "others"));
}

TEST_CASE("rename intent: the tables of relations, and which way round their columns are", "[migration]") {
  // The planner sees by the foreign keys what follows a renamed table.
  CHECK(intents("model Post {\n  id Int @id\n  tags Tag[]\n}\nmodel T$0ag {\n  id Int @id\n  posts Post[]\n}",
                "Label") == Requests{{"Tag", "Label"}});
  // A mapped model keeps its table, but not the relation's.
  CHECK(intents("model Post {\n  id Int @id\n  tags Tag[]\n}\nmodel T$0ag {\n  id Int @id\n  posts Post[]\n  "
                "@@map(\"tags\")\n}",
                "Label") == Requests{{"_PostToTag", "_LabelToPost"}});
  constexpr std::string_view kSelf =
      "model User {\n  id Int @id\n  foll$0owers User[] @relation(\"F\")\n  following User[] @relation(\"F\")\n}";
  CHECK(intents(kSelf, "zfollowers") == Requests{{"_F.A", "B"}});
  CHECK(intents(kSelf, "afollowers").empty());
  CHECK(intents(kSelf, "zfollowers", features::DatabaseName::keep).empty());
  // After an exchange B is the first of the columns.
  migrate::History history;
  catalog::Catalog turned = migrate::catalog_of(*fixture(kSelf).snapshot);
  std::swap(turned.tables.at({"public", "_F"}).columns[0], turned.tables.at({"public", "_F"}).columns[1]);
  history.catalog = std::make_shared<const catalog::Catalog>(turned);
  CHECK(intents(kSelf, "zfollowers", features::DatabaseName::follow, &history) == Requests{{"_F.B", "A"}});
  CHECK(intents("model A {\n  id Int @id\n  b B[] @relation(\"Q$0Z\")\n}\nmodel B {\n  id Int @id\n  a A[] "
                "@relation(\"QZ\")\n}",
                "New") == Requests{{"_QZ", "_New"}});
  CHECK(intents("datasource db {\n  provider = \"postgresql\"\n  relationMode = \"prisma\"\n}\n"
                "model Post {\n  id Int @id\n  tags Tag[]\n}\nmodel T$0ag {\n  id Int @id\n  posts Post[]\n}",
                "Label") == Requests{{"Tag", "Label"}, {"_PostToTag", "_LabelToPost"}, {"_PostToTag.A", "B"}});
}

TEST_CASE("rename intent: a name of the database itself, whatever the setting", "[migration]") {
  constexpr auto kKeep = features::DatabaseName::keep;
  CHECK(intents("model User {\n  id Int @id @map(\"user$0_id\")\n  @@map(\"users\")\n}", "uid", kKeep) ==
        Requests{{"users.user_id", "uid"}});
  CHECK(intents("model User {\n  id Int @id\n  @@map(\"us$0ers\")\n}", "people", kKeep) ==
        Requests{{"users", "people"}});
  CHECK(intents("enum E {\n  A @map(\"$0a\")\n}", "b", kKeep) == Requests{{"E.a", "b"}});
  CHECK(intents("datasource db {\n  provider = \"postgresql\"\n  schemas = [\"a$0\"]\n}\n", "b", kKeep) ==
        Requests{{"a", "b"}});
  CHECK(intents("model User {\n  id Int @id(map: \"p$0k\")\n}", "key", kKeep).empty());
}

TEST_CASE("rename intent: a name that the database has for something else until the next migration", "[migration]") {
  const std::string tags = "model Tag {\n  id Int @id\n}\nmodel Post {\n  id Int @id\n}\n";
  // Tag is Tmp by now: Post cannot be Tag, and Tmp can be Tag again.
  const std::string waiting = "model Tmp {\n  id Int @id\n}\nmodel Po$0st {\n  id Int @id\n}\n";
  CHECK(refused(tags, {{"Tag", "Tmp"}}, waiting, "Tag").contains("Tag is the name of something else"));
  CHECK(refused(tags, {{"Tag", "Tmp"}}, waiting, "Other").empty());
  CHECK(refused(tags, {{"Tag", "Tmp"}}, "model T$0mp {\n  id Int @id\n}\nmodel Post {\n  id Int @id\n}\n", "Tag")
            .empty());
  // What was carried out says nothing about a later thing of the same name.
  CHECK(refused(tags, {{"Tag", "Post"}}, waiting, "Tag").contains("something else"));
  // Removed from the schema alone.
  CHECK(refused(tags, {}, "model Po$0st {\n  id Int @id\n}\n", "Tag").contains("something else"));

  const std::string user = "model User {\n  id Int @id\n  a Int\n  b Int\n}\nenum E {\n  X\n  Y\n}\n";
  CHECK(
      refused(user, {{"User.a", "c"}}, "model User {\n  id Int @id\n  c Int\n  b$0 Int\n}\n", "a").contains("User.a"));
  CHECK(refused(user, {{"User.a", "c"}}, "model User {\n  id Int @id\n  c$0 Int\n  b Int\n}\n", "a").empty());
  CHECK(refused(user, {{"E.X", "Z"}}, "enum E {\n  Z\n  Y$0\n}\n", "X").contains("E.X"));
  // By the name that the owner has in the database.
  CHECK(refused(user, {{"User", "Account"}, {"Account.a", "c"}},
                "model Account {\n  id Int @id\n  c Int\n  b$0 Int\n}\n", "a")
            .contains("User.a"));
  CHECK(refused(user, {{"User", "Account"}, {"Account.a", "c"}},
                "model Account {\n  id Int @id\n  c$0 Int\n  b Int\n}\n", "a")
            .empty());
}
