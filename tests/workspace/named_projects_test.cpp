#include "support/catch.h"
#include "support/temporary_folder.h"
#include "workspace/project.h"

using namespace refract;
using refract::test::TemporaryFolder;

namespace {

constexpr std::string_view kDatasource =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n";
constexpr std::string_view kModel = "model A {\n  id Int @id\n}\n";

using Files = std::vector<std::string>;

// The files of each schema that the paths name, relative to the folder.
std::vector<Files> schemas_of(const TemporaryFolder& folder, const std::vector<std::string>& names) {
  std::vector<std::filesystem::path> paths;
  for (const std::string& name : names) paths.push_back(folder / name);
  const auto projects = workspace::projects_of_paths(paths);
  REQUIRE(projects);
  std::vector<Files> all;
  for (const auto& named : *projects) {
    Files& files = all.emplace_back();
    for (const auto& file : named.project.files) files.push_back(file.lexically_relative(folder.path()).string());
  }
  return all;
}

}  // namespace

TEST_CASE("a folder given as PATH is the schema, whatever its files are called", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("prisma/schema/schema.prisma", kDatasource);
  folder.write("prisma/schema/user.prisma", kModel);
  const std::vector<Files> whole{{"prisma/schema/schema.prisma", "prisma/schema/user.prisma"}};
  for (const char* configuration : {"{}", R"({"prisma": {"schema": "prisma/schema"}})", R"({"name": "x"})"}) {
    folder.write("package.json", configuration);
    CHECK(schemas_of(folder, {"prisma/schema"}) == whole);
    CHECK(schemas_of(folder, {"prisma/schema/"}) == whole);
  }
}

TEST_CASE("a file of a schema given as PATH means the schema", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("package.json", "{}");
  folder.write("prisma/schema/main.prisma", kDatasource);
  folder.write("prisma/schema/user.prisma", kModel);
  folder.write("prisma/schema/more/tag.prisma", kModel);
  const std::vector<Files> whole{
      {"prisma/schema/main.prisma", "prisma/schema/more/tag.prisma", "prisma/schema/user.prisma"}};
  CHECK(schemas_of(folder, {"prisma/schema/user.prisma"}) == whole);
  CHECK(schemas_of(folder, {"prisma/schema/main.prisma"}) == whole);
  CHECK(schemas_of(folder, {"prisma/schema/more/tag.prisma", "prisma/schema/user.prisma"}) == whole);
  CHECK(schemas_of(folder, {"prisma/schema/user.prisma", "prisma/schema"}) == whole);
  const auto named =
      workspace::projects_of_paths({folder / "prisma/schema/user.prisma", folder / "prisma/schema/main.prisma",
                                    folder / "prisma/schema/user.prisma"});
  REQUIRE(named->size() == 1);
  CHECK(named->front().files.size() == 2);
}

TEST_CASE("a file in Prisma's place, or one that is configured, is a schema alone", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("package.json", "{}");
  folder.write("prisma/schema.prisma", std::string(kDatasource) + "enum Own {\n  A\n}\n");
  folder.write("prisma/draft.prisma", kModel);
  CHECK(schemas_of(folder, {"prisma/schema.prisma"}) == std::vector<Files>{{"prisma/schema.prisma"}});
  folder.write("package.json", R"({"prisma": {"schema": "db/main.prisma"}})");
  folder.write("db/main.prisma", kDatasource);
  folder.write("db/draft.prisma", kModel);
  CHECK(schemas_of(folder, {"db/main.prisma"}) == std::vector<Files>{{"db/main.prisma"}});
  folder.write("two/a.prisma", kDatasource);
  folder.write("two/b.prisma", kDatasource);
  CHECK(schemas_of(folder, {"two/a.prisma", "two/b.prisma"}) == std::vector<Files>{{"two/a.prisma"}, {"two/b.prisma"}});
}

TEST_CASE("several schemas below one folder are each a schema of their own", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("packages/a/prisma/schema.prisma", kDatasource);
  folder.write("packages/b/prisma/schema/main.prisma", kDatasource);
  folder.write("packages/b/prisma/schema/user.prisma", kModel);
  CHECK(schemas_of(folder, {"packages"}) ==
        std::vector<Files>{{"packages/a/prisma/schema.prisma"},
                           {"packages/b/prisma/schema/main.prisma", "packages/b/prisma/schema/user.prisma"}});
  CHECK(schemas_of(folder, {"packages/b"}).size() == 1);

  const auto none = workspace::find_project(folder.path());
  REQUIRE_FALSE(none);
  CHECK(none.error().code == ErrorCode::not_found);
  const std::string root = folder.path().string();
  CHECK(none.error().message.ends_with("name one of the 2 schemas below it:\n  " + root +
                                       "/packages/a/prisma/schema.prisma\n  " + root + "/packages/b/prisma/schema"));
  const auto one = workspace::project_of_path(folder / "packages");
  REQUIRE_FALSE(one);
  CHECK(one.error().code == ErrorCode::usage);
  CHECK(one.error().message.contains("packages is not one schema; name one of the 2 schemas below it:"));
}

TEST_CASE("two schemas in the folder prisma are not one", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("prisma/postgres/schema.prisma", kDatasource);
  folder.write("prisma/mysql/schema.prisma", kDatasource);
  const auto none = workspace::find_project(folder.path());
  REQUIRE_FALSE(none);
  CHECK(none.error().message.contains("prisma/mysql/schema.prisma"));
  CHECK(schemas_of(folder, {"prisma"}).size() == 2);
}
