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
  return features::rename_intents(*made.snapshot, made.cursor, to, database_name, history);
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
