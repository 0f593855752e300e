#include "workspace/package_versions.h"

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "workspace/project.h"

using namespace refract;
using refract::test::TemporaryFolder;

namespace {

// The major version that a range means; 0: it names none; negative: one that is not supported.
int version_of(std::string_view range) {
  const workspace::VersionRange read = workspace::read_version_range(range);
  CHECK_FALSE((read.version && read.unsupported));
  if (read.version) return static_cast<int>(*read.version);
  return -read.unsupported.value_or(0);
}

constexpr std::string_view kDatasource =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n";

workspace::LoadedSchema loaded(const TemporaryFolder& folder, std::string_view file = "prisma/schema.prisma") {
  return *workspace::load_schema(*workspace::project_of_path(folder / file), std::nullopt);
}

}  // namespace

TEST_CASE("a range means the newest supported version that fits", "[workspace]") {
  CHECK(version_of("^6.2.1") == 6);
  CHECK(version_of("~5.22") == 5);
  CHECK(version_of("v6.1.0") == 6);
  CHECK(version_of("6.x") == 6);
  CHECK(version_of("=7.0.0-rc.1") == 7);
  CHECK(version_of("npm:prisma@6.1.0") == 6);
  CHECK(version_of("npm:@scope/prisma@^5.1.0") == 5);
  CHECK(version_of("npm:^5.1.0") == 5);
  CHECK(version_of("patch:prisma@npm%3A5.22.0#~/.yarn/patches/prisma-npm-5.22.0.patch") == 5);
  CHECK(version_of("patch:prisma@5.22.0#./prisma.patch") == 5);
  CHECK(version_of("workspace:^6.0.0") == 6);

  CHECK(version_of(">=5") == 7);
  CHECK(version_of(">=4") == 7);
  CHECK(version_of(">5") == 7);
  CHECK(version_of(">=5 <7") == 6);
  CHECK(version_of(">= 5.0.0 < 7.0.0") == 6);
  CHECK(version_of(">=5 <7.2") == 7);
  CHECK(version_of("<=6") == 6);
  CHECK(version_of("<6") == 5);
  CHECK(version_of("5 || 6") == 6);
  CHECK(version_of("^7 || ^6") == 7);
  CHECK(version_of("5.1.0 - 6.4") == 6);
  CHECK(version_of("^4 || ^5") == 5);
  CHECK(version_of("5 || >=8") == 5);
}

TEST_CASE("a range that no supported version fits is named as such", "[workspace]") {
  CHECK(version_of("4.16.2") == -4);
  CHECK(version_of("^4") == -4);
  CHECK(version_of("8.0.0-dev.3") == -8);
  CHECK(version_of(">=8") == -8);
  CHECK(version_of("<5") == -4);
  CHECK(version_of("3 || 4") == -4);
  CHECK(version_of(">7") == -8);
  CHECK(version_of(">7 <9") == -8);
  CHECK(version_of(">4.1 <5") == -4);
  CHECK(version_of("npm:8.0.0") == -8);
  CHECK(version_of("patch:prisma@npm%3A8.1.0#x") == -8);
}

TEST_CASE("what is no range names no version", "[workspace]") {
  for (const char* text : {"workspace:*", "workspace:^", "workspace:~", "workspace:fork@*", "workspace:../prisma",
                           "catalog:", "catalog:db", "file:../prisma", "link:../prisma", "portal:../prisma", ">=7 <6",
                           "github:prisma/prisma#7", "prisma/prisma", "git+ssh://h/prisma.git#v7.0.0", "0.0.0", "?"}) {
    INFO(text);
    CHECK(version_of(text) == 0);
  }
}

TEST_CASE("what leaves the version open means the newest supported one", "[workspace]") {
  for (const char* text : {"", " ", "*", "x", "X", "x.x.x", "*.*", "latest", "next", "dev", "patch-dev", "npm:prisma",
                           "npm:prisma@latest", "npm:@scope/prisma", "npm:*", "5 || *", ">=4", "^6 || ^7"}) {
    INFO(text);
    CHECK(version_of(text) == 7);
    CHECK(workspace::read_version_range(text).is_open());
  }
  CHECK_FALSE(workspace::read_version_range("^7.1.0").is_open());
  CHECK_FALSE(workspace::read_version_range(">=6 <7").is_open());
}

TEST_CASE("a catalog is read from YAML", "[workspace]") {
  using workspace::range_in_catalog;
  CHECK(range_in_catalog("packages:\n  - apps/*\ncatalog:\n  prisma: ^7.0.0\n", "", "prisma") == "^7.0.0");
  CHECK(range_in_catalog("catalog:\n  # one\n  \"@prisma/client\": '6.1.0' # two\n", "", "@prisma/client") == "6.1.0");
  CHECK(range_in_catalog("catalogs:\n  old:\n    prisma: 5\n  new:\n    prisma: 7\n", "new", "prisma") == "7");
  CHECK(range_in_catalog("catalogs:\n  default:\n    prisma: 6\n", "", "prisma") == "6");
  CHECK(range_in_catalog("catalog: { react: 19, prisma: ^6.2.0 }\n", "", "prisma") == "^6.2.0");
  CHECK(range_in_catalog("overrides:\n  prisma: 5\ncatalog:\n  react: 19\n", "", "prisma") == std::nullopt);
  CHECK(range_in_catalog("catalogs:\n  old:\n    prisma: 5\n", "", "prisma") == std::nullopt);
  CHECK(range_in_catalog("catalog:\n  prisma: 5\r\n", "", "prisma") == "5");
  CHECK(range_in_catalog("catalogs:\n  # the new one\n  'db 7': # in quotes\n    \"prisma\": \"^7.0.0\" # now\n",
                         "db 7", "prisma") == "^7.0.0");
  CHECK(range_in_catalog("catalogs: { old: { prisma: 5 }, new: {prisma: '>=6 <7', x: y} }\n", "new", "prisma") ==
        ">=6 <7");
  CHECK(range_in_catalog("catalog: {\n  react: 19, # {\n  prisma: 6.0.0\n}\n", "", "prisma") == "6.0.0");
  SECTION("anchors") {
    constexpr std::string_view kYaml =
        "versions:\n  - &prisma ^6.4.0\ncatalog: &main\n  prisma: *prisma\n  '@prisma/client': &client 6.4.1\n"
        "catalogs:\n  same: *main\n  merged:\n    <<: *main\n    prisma: 7\n  one:\n    prisma: *client\n";
    CHECK(range_in_catalog(kYaml, "", "prisma") == "^6.4.0");
    CHECK(range_in_catalog(kYaml, "same", "prisma") == "^6.4.0");
    CHECK(range_in_catalog(kYaml, "merged", "prisma") == "7");
    CHECK(range_in_catalog(kYaml, "merged", "@prisma/client") == "6.4.1");
    CHECK(range_in_catalog(kYaml, "one", "prisma") == "6.4.1");
  }
}

TEST_CASE("a version is found in the catalogs of pnpm, yarn and Bun", "[workspace]") {
  const TemporaryFolder folder;
  folder.write(".git/HEAD", "");
  folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": "catalog:"}})");
  folder.write("apps/a/prisma/schema.prisma", kDatasource);
  const auto found = [&] { return loaded(folder, "apps/a/prisma/schema.prisma"); };
  CHECK(found().version_reason == "guessed: the datasource has a url");
  SECTION("pnpm") {
    folder.write("pnpm-workspace.yaml", "catalog:\n  prisma: ^7.0.0\n");
    CHECK(found().snapshot->options().version == schema::PrismaVersion::v7);
    CHECK(found().version_reason == "from prisma ^7.0.0 in the catalog of pnpm-workspace.yaml");
  }
  SECTION("pnpm, by name") {
    folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": "catalog:db"}})");
    folder.write("pnpm-workspace.yaml", "catalogs:\n  db:\n    prisma: ~5.1.0\n");
    CHECK(found().snapshot->options().version == schema::PrismaVersion::v5);
  }
  SECTION("yarn") {
    folder.write(".yarnrc.yml", "nodeLinker: node-modules\ncatalog:\n  prisma: \"7.1.0\"\n");
    CHECK(found().snapshot->options().version == schema::PrismaVersion::v7);
  }
  SECTION("Bun") {
    folder.write("package.json", R"({"workspaces": {"packages": ["apps/*"], "catalog": {"prisma": "5.22.0"}}})");
    CHECK(found().snapshot->options().version == schema::PrismaVersion::v5);
  }
  SECTION("a catalog with a byte order mark") {
    folder.write("pnpm-workspace.yaml",
                 "\xEF\xBB\xBF"
                 "catalog:\n  prisma: ^5.0.0\n");
    CHECK(found().snapshot->options().version == schema::PrismaVersion::v5);
  }
  SECTION("a catalog with a version that is not supported") {
    folder.write("pnpm-workspace.yaml", "catalog:\n  prisma: 8.0.0\n");
    CHECK(found().project.unsupported_version == 8);
  }
}

TEST_CASE("a version that is not supported is named, and the nearest one's rules apply", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("prisma/schema.prisma", kDatasource);
  folder.write("package.json", R"({"devDependencies": {"prisma": "8.0.0-dev.3"}})");
  CHECK(loaded(folder).snapshot->options().version == schema::PrismaVersion::v7);
  CHECK(loaded(folder).version_reason == "as prisma 8.0.0-dev.3 in package.json is not supported");
  CHECK(workspace::unsupported_version_notice(loaded(folder).project) ==
        "Prisma 8 (prisma 8.0.0-dev.3 in package.json) is not supported; the schema is read as by Prisma 7. Refract "
        "supports Prisma 5 to 7.");

  folder.write("package.json", R"({"devDependencies": {"prisma": "4.16.2"}})");
  CHECK(loaded(folder).snapshot->options().version == schema::PrismaVersion::v5);
  CHECK(loaded(folder).project.unsupported_version == 4);

  // What is installed counts before the range, refract.toml before both.
  folder.write("node_modules/prisma/package.json", "\xEF\xBB\xBF{\"version\": \"8.1.0\"}");
  CHECK(loaded(folder).project.unsupported_version == 8);
  folder.write("refract.toml", "[prisma]\nversion = \"6\"\n");
  CHECK(loaded(folder).snapshot->options().version == schema::PrismaVersion::v6);
  CHECK_FALSE(workspace::unsupported_version_notice(loaded(folder).project));
}

TEST_CASE("a configuration of Prisma 8 names a schema of version 7", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("package.json", R"({"devDependencies": {"prisma": "8.0.0"}})");
  folder.write("db/contract.prisma", kDatasource);
  folder.write(
      "prisma.config.ts",
      "import { defineConfig } from \"@prisma/cli-engine\";\n"
      "import { defineConfig as postgres, prisma7Schema } from \"@prisma/orm-postgres/config\";\n"
      "export default defineConfig({ orm: postgres({ contract: prisma7Schema(\"./db/contract.prisma\") }) });\n");
  const auto project = workspace::find_project(folder.path());
  REQUIRE(project);
  CHECK(project->files == std::vector<std::filesystem::path>{folder / "db/contract.prisma"});
  CHECK(project->version == schema::PrismaVersion::v7);
  CHECK(project->version_source == "prisma7Schema in prisma.config.ts");
  CHECK_FALSE(workspace::unsupported_version_notice(*project));

  folder.write("prisma.config.ts", "export default { schema: prisma6Schema('db/contract.prisma') };\n");
  CHECK(workspace::find_project(folder.path())->version == schema::PrismaVersion::v6);
}
