// Which column of an implicit many-to-many relation's table is A goes by names: no row may change its meaning by them.
#include "catalog/parse/sql.h"
#include "migrate/diff/rename.h"
#include "migrate/fixture.h"
#include "migrate/history/down_sql.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

using refract::migrate::RenameRequest;

namespace refract::test {
namespace {

migrate::NextMigration next_of(const catalog::Catalog& before, std::string_view schema,
                               const std::vector<RenameRequest>& renames = {}) {
  migrate::History history;
  history.catalog = std::make_shared<const catalog::Catalog>(before);
  auto next = migrate::next_migration(history, *snapshot_of(schema), renames);
  if (!next) FAIL(next.error().message);
  return std::move(*next);
}

// The migration between the sides leads to the second and no further, and back; nothing is dropped but what is over
// the columns.
std::string check_exchanged(std::string_view fixture, const std::vector<RenameRequest>& renames = {}) {
  const Marked marked = split(fixture);
  const catalog::Catalog before = deployed(marked.before);
  const auto next = next_of(before, marked.after, renames);
  for (const migrate::Hazard& hazard : next.hazards) CHECK(hazard.code != "join-columns-exchanged");
  CHECK(!next.sql.contains("DROP TABLE"));
  CHECK(!next.sql.contains("_fkey\" FOREIGN KEY"));
  const catalog::Catalog after = run(next.sql, before);
  CHECK(next_of(after, marked.after).plan.empty());
  CHECK(migrate::plan(run(next.down.sql, after), before, {}).empty());
  return next.sql;
}

constexpr std::string_view kExchange =
    "ALTER TABLE \"_PostToTag\" RENAME COLUMN \"A\" TO \"A_old\";\n\n-- RenameColumn\n"
    "ALTER TABLE \"_PostToTag\" RENAME COLUMN \"B\" TO \"A\";\n\n-- RenameColumn\n"
    "ALTER TABLE \"_PostToTag\" RENAME COLUMN \"A_old\" TO \"B\";\n";

std::string lint(const catalog::Catalog& before, std::string_view sql) {
  std::string codes;
  for (const migrate::Hazard& hazard : migrate::hazards(catalog::parse_sql(sql).steps, before)) {
    if (hazard.level == migrate::HazardLevel::danger) codes += std::string(hazard.code) + " ";
  }
  return codes;
}

constexpr std::string_view kKept = R"(
model Post {
  id   Int   @id
-  tags Tag[]
+  tags Label[] @relation("PostToTag")
}
-model Tag {
+model Label {
  id    Int    @id
-  posts Post[]
+  posts Post[] @relation("PostToTag")
+  @@map("Tag")
})";

constexpr std::string_view kSelf = R"(
model User {
  id        Int    @id
-  followers User[] @relation("F")
+  zfollowers User[] @relation("F")
  following User[] @relation("F")
})";

}  // namespace

TEST_CASE("join columns: they are exchanged by RENAME where the order of the models changes", "[migrate]") {
  const std::string sql = check_exchanged(kKept);
  CHECK(sql.contains(kExchange));
  CHECK(sql.contains("RENAME CONSTRAINT \"_PostToTag_A_fkey\" TO \"exchanged_fkey\""));
  CHECK(sql.contains("CREATE INDEX \"_PostToTag_B_index\" ON \"_PostToTag\"(\"B\")"));
  // The model that sorted last is renamed in the database too; keys of two types.
  check_exchanged(R"(
model Post {
  id   Int   @id
-  tags Tag[] @relation("PostToTag")
+  tags Label[] @relation("PostToTag")
}
-model Tag {
+model Label {
  id    String @id
  posts Post[] @relation("PostToTag")
})",
                  {{"Tag", "Label"}});
  // The model that sorted first; two relations between the two models.
  check_exchanged(R"(
-model Post {
+model Zine {
  id   Int   @id
  tags Tag[] @relation("PostToTag")
  more Tag[] @relation("More")
+  @@map("Post")
}
model Tag {
  id    Int    @id
-  posts Post[] @relation("PostToTag")
-  other Post[] @relation("More")
+  posts Zine[] @relation("PostToTag")
+  other Zine[] @relation("More")
})");
}

TEST_CASE("join columns: a relation table whose name changes is renamed on request", "[migrate]") {
  constexpr std::string_view kRenamed = R"(
model Post {
  id   Int   @id
-  tags Tag[]
+  tags Label[]
}
-model Tag {
+model Label {
  id    Int    @id
  posts Post[]
+  @@map("Tag")
})";
  const std::string sql = check_exchanged(kRenamed, {{"_PostToTag", "_LabelToPost"}});
  CHECK(sql.contains("ALTER TABLE \"_PostToTag\" RENAME TO \"_LabelToPost\""));
  CHECK(sql.contains("RENAME CONSTRAINT \"_PostToTag_A_fkey\" TO \"_LabelToPost_B_fkey\""));
  const Marked marked = split(kRenamed);
  CHECK(lint(deployed(marked.before), sql).empty());
  const auto next = next_of(deployed(marked.before), marked.after);
  REQUIRE(next.rename_candidates.size() == 1);
  CHECK(migrate::request_of(next.rename_candidates.front().rename) == RenameRequest{"_PostToTag", "_LabelToPost"});
}

TEST_CASE("join columns: the direction of a self-relation is exchanged on request, and once", "[migrate]") {
  const Marked marked = split(kSelf);
  CHECK(next_of(deployed(marked.before), marked.after).plan.empty());
  migrate::History history;
  history.catalog = std::make_shared<const catalog::Catalog>(deployed(marked.before));
  history.rename_notes = {{"_F.A", "B"}};
  const auto target = snapshot_of(marked.after);
  const auto next = migrate::next_migration(history, *target);
  REQUIRE(next);
  CHECK(next->sql.contains("ALTER TABLE \"_F\" RENAME COLUMN \"A_old\" TO \"B\""));
  const catalog::Catalog after = run(next->sql, *history.catalog);
  const catalog::Catalog back = run(next->down.sql, after);
  CHECK(back == *history.catalog);
  history.catalog = std::make_shared<const catalog::Catalog>(after);
  CHECK(migrate::next_migration(history, *target)->plan.empty());
  // Renamed once more, the other way round.
  history.rename_notes = {{"_F.B", "A"}};
  CHECK(!migrate::next_migration(history, *target)->plan.empty());
}

TEST_CASE("join columns: without foreign keys a request is needed too", "[migrate]") {
  std::string datasource =
      "datasource db {\n  provider = \"postgresql\"\n  url = env(\"URL\")\n  relationMode = \"prisma\"\n}\n";
  const Marked marked = split(kKept);
  const catalog::Catalog before = deployed(datasource + marked.before);
  CHECK(next_of(before, datasource + marked.after).plan.empty());
  const auto next = next_of(before, datasource + marked.after, {{"_PostToTag.A", "B"}});
  CHECK(next.sql.contains(kExchange));
}

TEST_CASE("join columns: foreign keys exchanged over the rows are a danger", "[migrate]") {
  const Marked marked = split(kKept);
  const catalog::Catalog before = deployed(marked.before);
  const auto target = snapshot_of(marked.after);
  migrate::DiffOptions options;
  options.like_prisma = true;
  const migrate::Plan plan = migrate::plan(before, migrate::catalog_of(*target), options);
  CHECK(lint(before, migrate::render_sql(plan)).contains("join-columns-exchanged"));

  constexpr std::string_view kDrop =
      "ALTER TABLE \"_PostToTag\" DROP CONSTRAINT \"_PostToTag_A_fkey\", DROP CONSTRAINT \"_PostToTag_B_fkey\";";
  constexpr std::string_view kExchanged =
      "ALTER TABLE \"_PostToTag\" ADD FOREIGN KEY (\"A\") REFERENCES \"Tag\"(\"id\") NOT VALID,"
      "ADD FOREIGN KEY (\"B\") REFERENCES \"Post\"(\"id\");";
  constexpr std::string_view kSame =
      "ALTER TABLE \"_PostToTag\" ADD FOREIGN KEY (\"A\") REFERENCES \"Post\"(\"id\") NOT VALID;";
  const auto codes = [&](std::string_view between, std::string_view added) {
    return lint(before, std::string(kDrop) + std::string(between) + std::string(added));
  };
  CHECK(codes("", kExchanged) == "join-columns-exchanged new-foreign-key ");
  CHECK(!codes("", kSame).contains("join-columns-exchanged"));
  CHECK(!codes(kExchange, kExchanged).contains("join-columns-exchanged"));
  CHECK(!codes("UPDATE \"_PostToTag\" SET \"A\" = \"B\", \"B\" = \"A\";", kExchanged).contains("join-columns"));
  CHECK(codes("ALTER TABLE \"Tag\" RENAME TO \"Label\";",
              "ALTER TABLE \"_PostToTag\" ADD FOREIGN KEY (\"A\") REFERENCES \"Label\"(\"id\");")
            .contains("join-columns-exchanged"));
}

TEST_CASE("join columns: down.sql of a migration by hand exchanges what that did", "[migrate]") {
  const Marked marked = split(kKept);
  const catalog::Catalog before = deployed(marked.before);
  const auto down = [&](std::string_view sql) {
    TemporaryFolder folder;
    folder.write("1_first/migration.sql", next_of({}, marked.before).sql);
    folder.write("2_second/migration.sql", sql);
    const auto history = migrate::load_history(folder.path());
    REQUIRE(history);
    std::string made = migrate::reverse_migration(*history, 1, {}).sql;
    CHECK(migrate::plan(run(made, *history->catalog), before, {}).empty());
    return made;
  };
  CHECK(down(kExchange).contains("TO \"A_old\""));
  CHECK(!down("ALTER TABLE \"_PostToTag\" DROP CONSTRAINT \"_PostToTag_A_fkey\", DROP CONSTRAINT \"_PostToTag_B_fkey\";"
              "ALTER TABLE \"_PostToTag\" ADD CONSTRAINT \"_PostToTag_A_fkey\" FOREIGN KEY (\"A\") REFERENCES "
              "\"Tag\"(\"id\") ON DELETE CASCADE ON UPDATE CASCADE;"
              "ALTER TABLE \"_PostToTag\" ADD CONSTRAINT \"_PostToTag_B_fkey\" FOREIGN KEY (\"B\") REFERENCES "
              "\"Post\"(\"id\") ON DELETE CASCADE ON UPDATE CASCADE;")
             .contains("RENAME"));
}

}  // namespace refract::test
