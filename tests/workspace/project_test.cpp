#include "workspace/project.h"

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "workspace/prisma_config.h"

using namespace refract;
using refract::test::TemporaryFolder;

namespace {

constexpr std::string_view kDatasource =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n";

std::vector<std::string> names(const workspace::Project& project, const TemporaryFolder& folder) {
  std::vector<std::string> found;
  for (const auto& file : project.files) found.push_back(file.lexically_relative(folder.path()).string());
  return found;
}

}  // namespace

TEST_CASE("the major version is read from a package.json range", "[workspace]") {
  using workspace::major_of_range;
  CHECK(major_of_range("^6.2.1") == schema::PrismaVersion::v6);
  CHECK(major_of_range("~5.22") == schema::PrismaVersion::v5);
  CHECK(major_of_range(">=7") == schema::PrismaVersion::v7);
  CHECK(major_of_range("npm:prisma@6.1.0") == schema::PrismaVersion::v6);
  CHECK_FALSE(major_of_range("latest"));
  CHECK_FALSE(major_of_range("workspace:*"));
  CHECK_FALSE(major_of_range("4.16.0"));
}

TEST_CASE("a project is found as Prisma finds it", "[workspace]") {
  const TemporaryFolder folder;
  SECTION("prisma/schema.prisma, its migrations beside it, the version from package.json") {
    folder.write("package.json", R"({"devDependencies": {"prisma": "^5.22.0"}})");
    folder.write("prisma/schema.prisma", kDatasource);
    const auto project = workspace::find_project(folder.path());
    REQUIRE(project);
    CHECK(names(*project, folder) == std::vector<std::string>{"prisma/schema.prisma"});
    CHECK(project->migrations == folder / "prisma/migrations");
    CHECK(project->version == schema::PrismaVersion::v5);
    CHECK(project->version_source == "prisma ^5.22.0 in package.json");
  }
  SECTION("what is installed beats what a range allows") {
    folder.write("package.json", R"({"devDependencies": {"prisma": ">=5"}})");
    folder.write("node_modules/prisma/package.json", R"({"version": "7.1.0"})");
    folder.write("schema.prisma", kDatasource);
    CHECK(workspace::find_project(folder.path())->version == schema::PrismaVersion::v7);
  }
  SECTION("a folder named in package.json, copies under node_modules left out") {
    folder.write("package.json", R"({"prisma": {"schema": "db"}})");
    folder.write("db/main.prisma", kDatasource);
    folder.write("db/models/user.prisma", "model User {\n  id Int @id\n}\n");
    folder.write("db/node_modules/.prisma/client/schema.prisma", kDatasource);
    const auto project = workspace::find_project(folder.path());
    REQUIRE(project);
    CHECK(names(*project, folder) == std::vector<std::string>{"db/main.prisma", "db/models/user.prisma"});
  }
  SECTION("prisma.config.ts names schema and migrations") {
    folder.write("prisma.config.ts", R"(export default defineConfig({
      schema: path.join("database", "schema.prisma"),
      migrations: { path: "database/changes" },
    }))");
    folder.write("database/schema.prisma", "datasource db {\n  provider = \"postgresql\"\n}\n");
    const auto project = workspace::find_project(folder.path());
    REQUIRE(project);
    CHECK(names(*project, folder) == std::vector<std::string>{"database/schema.prisma"});
    CHECK(project->migrations == folder / "database/changes");
  }
  SECTION("an empty folder says where it looked") {
    const auto project = workspace::find_project(folder.path());
    REQUIRE_FALSE(project);
    CHECK(project.error().code == ErrorCode::not_found);
    CHECK(project.error().message.find("prisma/schema.prisma") != std::string::npos);
  }
}

TEST_CASE("a file in an editor finds the rest of its schema", "[workspace]") {
  const TemporaryFolder folder;
  const auto read = workspace::read_text_file;
  SECTION("two schemas side by side are never mixed") {
    folder.write("one.prisma", kDatasource);
    folder.write("two.prisma", kDatasource);
    CHECK(names(workspace::project_of_file(folder / "one.prisma", read), folder) ==
          std::vector<std::string>{"one.prisma"});
  }
  SECTION("a file without a datasource belongs to the folder that has one") {
    folder.write("prisma/main.prisma", kDatasource);
    folder.write("prisma/models/user.prisma", "model User {\n  id Int @id\n}\n");
    CHECK(names(workspace::project_of_file(folder / "prisma/models/user.prisma", read), folder) ==
          std::vector<std::string>{"prisma/main.prisma", "prisma/models/user.prisma"});
  }
  SECTION("a file that is not on disk stands alone") {
    const auto project = workspace::project_of_file("/no/such/folder/new.prisma", read);
    CHECK(project.files == std::vector<std::filesystem::path>{"/no/such/folder/new.prisma"});
  }
}

TEST_CASE("a text that is not UTF-8 is refused with the byte that is wrong", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("latin.prisma", "// caf\xE9\n");
  const auto text = workspace::read_text_file(folder / "latin.prisma");
  REQUIRE_FALSE(text);
  CHECK(text.error().code == ErrorCode::unreadable);
  CHECK(text.error().message.find("byte 6") != std::string::npos);
}

TEST_CASE("without a word about the version, a url in the datasource tells it", "[workspace]") {
  const workspace::Project project;
  CHECK(workspace::version_in_force(std::nullopt, project, true) == schema::PrismaVersion::v6);
  CHECK(workspace::version_in_force(std::nullopt, project, false) == schema::PrismaVersion::v7);
  CHECK(workspace::version_in_force(schema::PrismaVersion::v5, project, false) == schema::PrismaVersion::v5);
}
