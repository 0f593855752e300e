#include "features/migration/migration_casts.h"

#include "features/fixture.h"
#include "migrate/wanted/schema_catalog.h"

using namespace refract;
using test::fixture;

namespace {

constexpr std::string_view kHeader = "datasource db {\n  provider = \"postgresql\"\n}\n";

std::vector<std::vector<std::string>> choices(std::string_view before, std::string_view after) {
  const auto old_catalog = migrate::catalog_of(*fixture(std::string(kHeader) + std::string(before)).snapshot);
  const auto made = fixture(std::string(kHeader) + std::string(after));
  const auto next = migrate::next_migration(old_catalog, *made.snapshot, {});
  std::vector<std::vector<std::string>> found;
  for (const schema::FileRange& range : made.ranges) {
    std::vector<std::string>& titles = found.emplace_back();
    for (const auto& choice : features::cast_choices(*made.snapshot, next, range)) titles.push_back(choice.title);
  }
  return found;
}

}  // namespace

TEST_CASE("cast choices: at the field whose type changes alone", "[migration]") {
  CHECK(choices("model User {\n  id Int @id\n  rank String\n  at DateTime\n}",
                "model User {\n  <ref>id</ref> Int @id\n  <ref>rank</ref> Int\n  <ref>at</ref> Int\n}") ==
        std::vector<std::vector<std::string>>{
            {}, {"Cast the values of User.rank to integer instead of drop and recreate"}, {}});
}
