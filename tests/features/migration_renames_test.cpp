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

std::optional<RenameRequest> intent(std::string_view schema, const std::string& to) {
  const auto made = fixture(std::string(kHeader) + std::string(schema));
  return features::rename_intent(*made.snapshot, made.cursor, to);
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
