#include "operations/project.h"

#include "support/catch.h"
#include "support/temporary_folder.h"

using namespace refract;
using refract::test::TemporaryFolder;

namespace {

constexpr std::string_view kSchema =
    "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n}\n";

// A project with one migration in a folder of its own.
struct Project {
  TemporaryFolder folder;
  std::vector<std::string> seen;  // what `opening` was called for

  Project() {
    folder.write("schema.prisma", kSchema);
    folder.write("migrations/1_users/migration.sql", "CREATE TABLE \"User\" (\"id\" INTEGER PRIMARY KEY);\n");
  }

  operations::ProjectChoice choice() const { return {.path = (folder / "schema.prisma").string()}; }
  operations::Opening opening() {
    return {.found = [this](const auto&) { seen.emplace_back("found"); },
            .loaded = [this](const auto&) { seen.emplace_back("loaded"); },
            .replayed = [this](const auto&) { seen.emplace_back("replayed"); }};
  }
  Result<operations::MigrateProject> open(operations::Unparsed unparsed = operations::Unparsed::refused) {
    seen.clear();
    return operations::open_project(choice(), unparsed, opening());
  }
};

using Seen = std::vector<std::string>;

}  // namespace

TEST_CASE("open_project: the schema and its migrations, each shown as soon as it is known", "[operations]") {
  Project project;
  const auto opened = project.open();
  REQUIRE(opened);
  CHECK(opened->snapshot().find("User") != nullptr);
  REQUIRE(opened->history.migrations.size() == 1);
  CHECK(opened->history.migrations.front().name == "1_users");
  CHECK(opened->history.catalog->tables.size() == 1);
  CHECK(project.seen == Seen{"found", "loaded", "replayed"});
}

TEST_CASE("open_project: what was found is shown though a later step fails", "[operations]") {
  Project project;
  SECTION("a schema with errors") {
    project.folder.write("schema.prisma", std::string(kSchema) + "model Post {\n}\n");
    const auto opened = project.open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::invalid_schema);
    CHECK(opened.error().message.ends_with("schema.prisma has errors; see them with refract check."));
    CHECK(project.seen == Seen{"found"});
  }
  SECTION("SQL that does not parse") {
    project.folder.write("migrations/2_half/migration.sql", "CREATE TABLE (;\n");
    const auto opened = project.open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::unreadable);
    REQUIRE(opened.error().at);
    CHECK(opened.error().at->file.contains("2_half"));
    CHECK(project.seen == Seen{"found", "loaded"});
    // It may be applied already.
    const auto allowed = project.open(operations::Unparsed::allowed);
    REQUIRE(allowed);
    CHECK(allowed->history.migrations.size() == 2);
    CHECK(project.seen == Seen{"found", "loaded", "replayed"});
  }
}

TEST_CASE("open_project: nothing there, and another language", "[operations]") {
  Project project;
  const auto nothing = operations::open_project({.path = (project.folder / "nowhere").string()},
                                                operations::Unparsed::refused, project.opening());
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().code == ErrorCode::not_found);
  CHECK(project.seen.empty());
  project.folder.write("schema.prisma", "// use prisma-8\nentity User { }\n");
  const auto other = project.open();
  REQUIRE_FALSE(other);
  CHECK(other.error().code == ErrorCode::usage);
}

TEST_CASE("open_schema: the version asked for overrides what the project says", "[operations]") {
  Project project;
  operations::ProjectChoice choice = project.choice();
  CHECK(operations::open_schema(choice)->snapshot->options().version == schema::PrismaVersion::v7);
  choice.version = schema::PrismaVersion::v5;
  // Prisma 5 wants the url in the datasource.
  CHECK_FALSE(operations::open_schema(choice));
  project.folder.write("schema.prisma",
                       "datasource db {\n  provider = \"postgresql\"\n  url = env(\"REFRACT_UNSET\")\n}\n");
  CHECK(operations::open_schema(choice)->snapshot->options().version == schema::PrismaVersion::v5);
}

TEST_CASE("open_database: the URL given, and a pooler refused where the migration lock is needed", "[operations]") {
  Project project;
  const auto open = [&](const std::string& url, operations::Access access) {
    return operations::open_database(project.choice(), url, access);
  };
  const auto opened = open("postgresql://u:secret@localhost/app?schema=tenant", operations::Access::migrate);
  REQUIRE(opened);
  CHECK(opened->target.source == "--url");
  CHECK(opened->target.database.schema() == "tenant");
  CHECK(opened->project.history.base.own_schema == "tenant");
  const std::string pooled = "postgresql://u:secret@localhost/app?pgbouncer=true";
  CHECK(open(pooled, operations::Access::read));
  const auto refused = open(pooled, operations::Access::migrate);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::usage);
  CHECK_FALSE(refused.error().message.contains("secret"));
  const auto none = operations::open_database(project.choice(), std::nullopt, operations::Access::read);
  REQUIRE_FALSE(none);
  CHECK(none.error().message.starts_with("No database URL is configured"));
}
