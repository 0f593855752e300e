// Open migration.sql files: which schema they belong to, and the database they are applied to.
#include "support/catch.h"
#include "support/temporary_folder.h"
#include "workspace/host.h"

using namespace refract;
using workspace::Host;

namespace {

constexpr const char* kSchema = "datasource db {\n  provider = \"postgresql\"\n}\nmodel A {\n  id Int @id\n}\n";

struct Project {
  Project() {
    folder.write("prisma/schema.prisma", kSchema);
    folder.write("prisma/migrations/1_a/migration.sql", "CREATE TABLE \"A\" (\"id\" INTEGER NOT NULL);\n");
    folder.write("prisma/migrations/2_b/migration.sql", "CREATE TABLE \"B\" (\"id\" INTEGER NOT NULL);\n");
  }
  std::string path(const char* relative) const { return (folder / relative).string(); }

  test::TemporaryFolder folder;
  Host host;
};

}  // namespace

TEST_CASE("migration files: the schema beside the folder, open or not", "[workspace]") {
  Project project;
  const std::string sql = project.path("prisma/migrations/2_b/migration.sql");
  project.host.open_sql(sql, 1, "SELECT 1;");
  CHECK(project.host.is_sql(sql));
  CHECK_FALSE(project.host.is_open(sql));
  CHECK(project.host.open_documents().empty());
  const auto closed = project.host.migration(sql);
  REQUIRE(closed);
  CHECK(closed->name == "2_b");
  CHECK(closed->text.text() == "SELECT 1;");
  REQUIRE(closed->view);
  CHECK(closed->view->snapshot().find("A") != nullptr);

  project.host.open(project.path("prisma/schema.prisma"), 1, "model B {\n  id Int @id\n}\n");
  const auto open = project.host.migration(sql);
  REQUIRE((open && open->view));
  CHECK(open->view->snapshot().find("B") != nullptr);
}

TEST_CASE("migration files: edits, closing, and SQL that is no migration", "[workspace]") {
  Project project;
  const std::string sql = project.path("prisma/migrations/2_b/migration.sql");
  project.host.open_sql(sql, 1, "SELECT 1;");
  project.host.change(sql, 2, {{{7, 8}, "22"}, {{0, 6}, "select"}});
  CHECK(project.host.document(sql)->text() == "select 22;");
  project.host.close(sql);
  CHECK_FALSE(project.host.is_sql(sql));
  CHECK_FALSE(project.host.migration(sql));

  for (const char* other : {"query.sql", "prisma/migrations/2_b/notes.sql", "else/where/migration.sql"}) {
    project.host.open_sql(project.path(other), 1, "SELECT 1;");
    const auto file = project.host.migration(project.path(other));
    REQUIRE(file);
    CHECK(file->view == nullptr);
  }
}

TEST_CASE("migration files: the database before each", "[workspace]") {
  Project project;
  const std::string sql = project.path("prisma/migrations/2_b/migration.sql");
  project.host.open_sql(sql, 1, "SELECT 1;");
  CHECK(project.host.migration(sql)->view->catalog_before("2_b") == nullptr);
  const auto folder = project.folder / "prisma/migrations";
  project.host.set_history({folder}, std::make_shared<const workspace::HistoryState>(migrate::load_history(folder)));
  const auto view = project.host.migration(sql)->view;
  const auto tables = [&](const char* name) { return view->catalog_before(name)->tables.size(); };
  CHECK(tables("1_a") == 0);
  CHECK(tables("2_b") == 1);
  CHECK(tables("2_b") == 1);
  CHECK(tables("3_to_come") == 2);
}
