#include "migrate/diff/cast_choice.h"

#include "migrate/diff/cast_expression.h"
#include "migrate/fixture.h"
#include "migrate/history/rename_notes.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace refract::test {
namespace {

constexpr std::string_view kBefore =
    "CREATE TABLE \"blobs\" (\"id\" TEXT NOT NULL PRIMARY KEY, \"kind\" TEXT NOT NULL DEFAULT 'A', \"at\" "
    "TIMESTAMP(3), "
    "\"list\" INTEGER[]);";
constexpr std::string_view kAfter =
    "model Blob {\n  id String @id\n  type Kind @default(A) @map(\"kind\")\n  at Int?\n  list Int?\n\n  "
    "@@map(\"blobs\")\n}\n"
    "enum Kind {\n  A\n  B\n}";

migrate::History history() {
  migrate::History history;
  history.catalog = std::make_shared<const catalog::Catalog>(run(kBefore, catalog::Catalog::empty()));
  return history;
}

}  // namespace

TEST_CASE("casts: offered where a column would be dropped though its values could be kept", "[migrate]") {
  const auto next = migrate::next_migration(history(), *snapshot_of(kAfter));
  REQUIRE(next);
  // A date is no number, and of a list one value alone would be kept.
  REQUIRE(next->cast_candidates.size() == 1);
  CHECK(migrate::request_of(next->cast_candidates[0].cast) == "blobs.kind");
  CHECK(next->cast_candidates[0].expression == "\"kind\"::text::\"Kind\"");
  // The answer is Prisma's unless one is chosen.
  CHECK(next->sql.contains("DROP COLUMN \"kind\""));
}

TEST_CASE("casts: chosen by the names of the database or the schema", "[migrate]") {
  for (const char* name : {"blobs.kind", "Blob.type", "public.blobs.kind", "Blob.kind"}) {
    INFO(name);
    const std::vector<std::string> casts{name};
    const auto next = migrate::next_migration(history(), *snapshot_of(kAfter), {}, casts);
    REQUIRE(next);
    CHECK(
        next->sql.contains("ALTER COLUMN \"kind\" DROP DEFAULT,\n"
                           "ALTER COLUMN \"kind\" TYPE \"Kind\" USING (\"kind\"::text::\"Kind\"),\n"
                           "ALTER COLUMN \"kind\" SET DEFAULT 'A'"));
    CHECK(next->cast_candidates.empty());
  }
  for (const char* name : {"blobs.at", "blobs.list", "blobs.id", "blobs", "nobody.kind"}) {
    const std::vector<std::string> casts{name};
    const auto next = migrate::next_migration(history(), *snapshot_of(kAfter), {}, casts);
    REQUIRE_FALSE(next);
    CHECK(next.error().code == ErrorCode::usage);
  }
}

TEST_CASE("casts: after a rename, by the new name", "[migrate]") {
  const auto schema = snapshot_of(
      "model blobs {\n  id String @id\n  type Kind @default(A)\n  at DateTime?\n  list Int[]\n}\n"
      "enum Kind {\n  A\n  B\n}");
  const std::vector<migrate::RenameRequest> renames{{"blobs.kind", "type"}};
  const std::vector<std::string> casts{"blobs.type"};
  const auto next = migrate::next_migration(history(), *schema, renames, casts);
  REQUIRE(next);
  CHECK(next->sql.contains("RENAME COLUMN \"kind\" TO \"type\""));
  CHECK(next->sql.contains("TYPE \"Kind\" USING (\"type\"::text::\"Kind\")"));
  CHECK_FALSE(next->sql.contains("DROP COLUMN"));
}

TEST_CASE("casts: noted beside the migrations", "[migrate]") {
  TemporaryFolder folder;
  folder.write("migrations/renames.toml", "[renames]\n\"User.name\" = \"fullName\"\n");
  const auto path = folder / "migrations";
  REQUIRE(migrate::note_cast(path, "blobs.kind"));
  REQUIRE(migrate::note_cast(path, "blobs.other"));
  REQUIRE(migrate::note_cast(path, "blobs.kind"));
  REQUIRE(migrate::note_rename(path, {"A", "B"}));
  const auto history = migrate::load_history(path);
  REQUIRE(history);
  CHECK(history->cast_notes == std::vector<std::string>{"blobs.other", "blobs.kind"});
  CHECK(history->rename_notes.size() == 2);
  // A note that means nothing (any more) is passed by; what is no note is an error.
  migrate::History with = *history;
  with.catalog = std::make_shared<const catalog::Catalog>(run(kBefore, catalog::Catalog::empty()));
  const auto next = migrate::next_migration(with, *snapshot_of(kAfter));
  REQUIRE(next);
  CHECK(next->sql.contains("USING (\"kind\"::text::\"Kind\")"));
  folder.write("migrations/renames.toml", "[casts]\n\"User.name\" = \"integer\"\n");
  CHECK_FALSE(migrate::load_history(path));
}

}  // namespace refract::test
