#include "features/migration/migration.h"

#include "features/fixture.h"
#include "migrate/wanted/schema_catalog.h"

using namespace refract;
using test::fixture;

namespace {

constexpr std::string_view kHeader = "datasource db {\n  provider = \"postgresql\"\n}\n";

std::string with_header(std::string_view text) {
  return std::string(kHeader) + std::string(text);
}

// The migration from one schema to another; both without a datasource block.
migrate::NextMigration next(std::string_view before, std::string_view after) {
  const auto old_catalog = migrate::catalog_of(*fixture(with_header(before)).snapshot);
  return migrate::next_migration(old_catalog, *fixture(with_header(after)).snapshot, {});
}

constexpr std::string_view kUser = "model User {\n  id Int @id\n}\n";

}  // namespace

TEST_CASE("migration: the lens counts what waits, over the datasource", "[migration]") {
  const auto made = fixture("<ref>datasource db {</ref>\n  provider = \"postgresql\"\n}\n" + std::string(kUser));
  const auto none = features::migration_lens(*made.snapshot, next(kUser, kUser));
  REQUIRE(none);
  CHECK(none->at == made.ranges[0]);
  CHECK(none->changes == 0);
  CHECK(none->title == "The migrations are up to date");
  const auto one = features::migration_lens(*made.snapshot, next("", kUser));
  REQUIRE(one);
  CHECK(one->title == "1 schema change without a migration");
  const auto danger =
      features::migration_lens(*made.snapshot, next("model User {\n  id Int @id\n  a Int?\n  b Int?\n}\n", kUser));
  REQUIRE(danger);
  CHECK(danger->title == "2 schema changes without a migration, 2 dangerous");
  CHECK_FALSE(features::migration_lens(*fixture(kUser).snapshot, next("", kUser)));
}

TEST_CASE("migration: the summary has a line a step and the hazards with their safer ways", "[migration]") {
  CHECK(features::migration_summary(next(kUser, kUser)) ==
        "The migrations match the schema; there is nothing to migrate.");
  const auto change = next("model User {\n  id Int @id\n  bio String?\n}\n", kUser);
  const std::string summary = features::migration_summary(change);
  REQUIRE(change.summary.size() == 1);
  CHECK(summary.starts_with("- " + change.summary[0] + "\n"));
  REQUIRE(!change.hazards.empty());
  CHECK(summary.find("**Danger:** " + change.hazards[0].message) != std::string::npos);
}

TEST_CASE("migration: a name made of the first steps", "[migration]") {
  CHECK(features::suggested_name(next(kUser, kUser)) == "migration");
  CHECK(features::suggested_name(next("", kUser)) == "create_user");
  CHECK(features::suggested_name(next(kUser, "model User {\n  id Int @id\n  bio String?\n}\n")) == "add_bio_to_user");
  CHECK(features::suggested_name(next("model User {\n  id Int @id\n  bio String?\n}\n", kUser)) ==
        "drop_bio_from_user");
}
