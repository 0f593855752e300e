#include "workspace/version_search.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "workspace/prisma_config.h"

using namespace refract;
using refract::test::TemporaryFolder;

namespace {

// The version that a project in `folder` has, its source in brackets; "none", or "8, not supported".
std::string found(const TemporaryFolder& folder, std::string_view project = "") {
  const workspace::PrismaConfig config = workspace::read_config(folder / project);
  if (config.unsupported_version)
    return fmt::format("{}, not supported ({})", *config.unsupported_version, config.version_source);
  if (!config.version) return "none";
  return fmt::format("{} ({})", static_cast<int>(*config.version), config.version_source);
}

// The last folder upwards.
struct Repository : TemporaryFolder {
  Repository() { write(".git/HEAD", ""); }
};

}  // namespace

TEST_CASE("an open range means the newest version, unless what is installed or locked says otherwise", "[workspace]") {
  const Repository folder;
  folder.write("package.json", R"({"devDependencies": {"prisma": "*"}})");
  CHECK(found(folder) == "7 (prisma * in package.json)");
  folder.write("package.json", R"({"devDependencies": {"prisma": ""}})");
  CHECK(found(folder) == "7 (prisma * in package.json)");
  folder.write("package.json", R"({"devDependencies": {"prisma": "latest"}})");
  CHECK(found(folder) == "7 (prisma latest in package.json)");
  SECTION("installed") {
    folder.write("node_modules/prisma/package.json", R"({"version": "6.1.0"})");
    CHECK(found(folder) == "6 (prisma 6.1.0 in node_modules)");
  }
  SECTION("package-lock.json") {
    folder.write("package-lock.json", R"({"packages": {"node_modules/prisma": {"version": "6.2.0"}}})");
    CHECK(found(folder) == "6 (prisma 6.2.0 in package-lock.json)");
  }
  SECTION("package-lock.json of npm 6") {
    folder.write("package-lock.json", R"({"dependencies": {"prisma": {"version": "5.2.0"}}})");
    CHECK(found(folder) == "5 (prisma 5.2.0 in package-lock.json)");
  }
  SECTION("pnpm-lock.yaml") {
    folder.write("pnpm-lock.yaml",
                 "importers:\n\n  .:\n    devDependencies:\n      prisma:\n        specifier: latest\n"
                 "        version: 6.3.0(typescript@5.4.0)\n");
    CHECK(found(folder) == "6 (prisma 6.3.0 in pnpm-lock.yaml)");
  }
  SECTION("pnpm-lock.yaml without importers") {
    folder.write("pnpm-lock.yaml", "lockfileVersion: 5.4\ndevDependencies:\n  prisma: 5.3.0_abc\n");
    CHECK(found(folder) == "5 (prisma 5.3.0 in pnpm-lock.yaml)");
  }
  SECTION("yarn.lock") {
    folder.write("yarn.lock",
                 "\"@prisma/client@npm:latest\":\n  version: 5.0.0\n\n\"prisma@npm:5 || 6, prisma@npm:latest\":\n"
                 "  version: 6.4.0\n  resolution: \"prisma@npm:6.4.0\"\n");
    CHECK(found(folder) == "6 (prisma 6.4.0 in yarn.lock)");
  }
  SECTION("yarn.lock of Yarn 1") {
    folder.write("yarn.lock",
                 "# yarn lockfile v1\n\n\nprisma@^5.0.0:\n  version \"5.9.0\"\n\n\"prisma@>=6\", prisma@latest:\n"
                 "  version \"8.1.0\"\n");
    CHECK(found(folder) == "8, not supported (prisma 8.1.0 in yarn.lock)");
  }
  SECTION("bun.lock") {
    folder.write("bun.lock", "{\n  \"packages\": {\n    \"prisma\": [\"prisma@6.5.0\", \"\", {}, \"sha\"],\n  }\n}\n");
    CHECK(found(folder) == "6 (prisma 6.5.0 in bun.lock)");
  }
}

TEST_CASE("a package of a monorepo finds what its root installs, locks and declares", "[workspace]") {
  const Repository folder;
  folder.write("apps/a/package.json", R"({"dependencies": {"react": "19"}})");
  SECTION("declared by the root alone") {
    folder.write("package.json", R"({"devDependencies": {"prisma": "^6.0.0"}})");
    CHECK(found(folder, "apps/a") == "6 (prisma ^6.0.0 in package.json)");
  }
  SECTION("a client in the package, the command in the root") {
    folder.write("package.json", R"({"devDependencies": {"prisma": "^6.0.0"}})");
    folder.write("apps/a/package.json", R"({"dependencies": {"@prisma/client": ">=5"}})");
    CHECK(found(folder, "apps/a") == "6 (prisma ^6.0.0 in package.json)");
    // A package that names a version has its own.
    folder.write("apps/a/package.json", R"({"dependencies": {"@prisma/client": "^5.0.0"}})");
    CHECK(found(folder, "apps/a") == "5 (@prisma/client ^5.0.0 in package.json)");
    folder.write("apps/a/package.json", R"({"dependencies": {"@prisma/client": "^5.0.0", "prisma": "^7.0.0"}})");
    CHECK(found(folder, "apps/a") == "7 (prisma ^7.0.0 in package.json)");
  }
  SECTION("installed in the root: it counts where the range allows it") {
    folder.write("node_modules/prisma/package.json", R"({"version": "6.1.0"})");
    CHECK(found(folder, "apps/a") == "6 (prisma 6.1.0 in node_modules)");
    folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": ">=5"}})");
    CHECK(found(folder, "apps/a") == "6 (prisma 6.1.0 in node_modules)");
    folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": "^5.0.0"}})");
    CHECK(found(folder, "apps/a") == "5 (prisma ^5.0.0 in package.json)");
  }
  SECTION("locked in the root") {
    folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": "5 || 6"}})");
    CHECK(found(folder, "apps/a") == "6 (prisma 5 || 6 in package.json)");
    folder.write("package-lock.json",
                 R"({"packages": {"node_modules/prisma": {"version": "6.0.0"},
                                  "apps/a/node_modules/prisma": {"version": "5.0.1"}}})");
    CHECK(found(folder, "apps/a") == "5 (prisma 5.0.1 in package-lock.json)");
  }
  SECTION("an open range gives way to the root's") {
    folder.write("apps/a/package.json", R"({"peerDependencies": {"prisma": ">=5"}})");
    CHECK(found(folder, "apps/a") == "7 (prisma >=5 in package.json)");
    folder.write("package.json", R"({"devDependencies": {"prisma": "^6.0.0"}})");
    CHECK(found(folder, "apps/a") == "6 (prisma ^6.0.0 in package.json)");
    folder.write("package.json", R"({"devDependencies": {"prisma": "^4.0.0"}})");
    CHECK(found(folder, "apps/a") == "7 (prisma >=5 in package.json)");
  }
}

TEST_CASE("prisma counts before @prisma/client, and the groups of dependencies in their order", "[workspace]") {
  const Repository folder;
  folder.write("package.json", R"({"dependencies": {"@prisma/client": "5"}, "devDependencies": {"prisma": "6"}})");
  CHECK(found(folder) == "6 (prisma 6 in package.json)");
  folder.write("package.json", R"({"optionalDependencies": {"prisma": "5"}, "peerDependencies": {"prisma": "6"}})");
  CHECK(found(folder) == "5 (prisma 5 in package.json)");
  folder.write("package.json", R"({"peerDependencies": {"prisma": "6"}, "devDependencies": {"prisma": "7"}})");
  CHECK(found(folder) == "7 (prisma 7 in package.json)");
  folder.write("package.json", R"({"dependencies": {"prisma": 6, "@prisma/client": "5"}})");
  CHECK(found(folder) == "5 (@prisma/client 5 in package.json)");
  folder.write("node_modules/@prisma/client/package.json", R"({"version": "6.0.0"})");
  CHECK(found(folder) == "6 (@prisma/client 6.0.0 in node_modules)");
}

TEST_CASE("overrides replace the version that is declared", "[workspace]") {
  const Repository folder;
  const auto with = [&](std::string_view overrides) {
    folder.write("package.json", fmt::format(R"({{"devDependencies": {{"prisma": "^5.0.0"}}, {}}})", overrides));
    return found(folder);
  };
  CHECK(with(R"("overrides": {"prisma": "6.1.0"})") == "6 (prisma 6.1.0 in overrides of package.json)");
  CHECK(with(R"("overrides": {"prisma": {".": "6.1.0", "x": "1"}})") ==
        "6 (prisma 6.1.0 in overrides of package.json)");
  CHECK(with(R"("overrides": {"prisma": "$prisma"})") == "5 (prisma ^5.0.0 in package.json)");
  CHECK(with(R"("resolutions": {"prisma": "npm:6.1.0"})") == "6 (prisma npm:6.1.0 in resolutions of package.json)");
  CHECK(with(R"("resolutions": {"**/prisma": "7.0.0"})") == "7 (prisma 7.0.0 in resolutions of package.json)");
  CHECK(with(R"("pnpm": {"overrides": {"prisma": "7.0.0"}})") == "7 (prisma 7.0.0 in pnpm.overrides of package.json)");
  CHECK(with(R"("pnpm": {"overrides": {"prisma@<6": "6.0.0"}})") ==
        "6 (prisma 6.0.0 in pnpm.overrides of package.json)");
  CHECK(with(R"("pnpm": {"overrides": {"prisma@^6": "7", "other>prisma": "7", "prisma>x": "7"}})") ==
        "5 (prisma ^5.0.0 in package.json)");
  CHECK(with(R"("overrides": {"other": {"prisma": "7"}, "prisma-x": "7"})") == "5 (prisma ^5.0.0 in package.json)");
  CHECK(with(R"("resolutions": {"other/prisma": "7"})") == "5 (prisma ^5.0.0 in package.json)");
  // The root's, for a package of it; and those of pnpm-workspace.yaml.
  folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": "^5.0.0"}})");
  with(R"("resolutions": {"prisma": "6.2.0"})");
  CHECK(found(folder, "apps/a") == "6 (prisma 6.2.0 in resolutions of package.json)");
  folder.write("package.json", "{}");
  folder.write("pnpm-workspace.yaml", "overrides:\n  prisma: 'catalog:'\ncatalog:\n  prisma: 6.3.0\n");
  CHECK(found(folder, "apps/a") == "6 (prisma 6.3.0 in the catalog of pnpm-workspace.yaml)");
  folder.write("node_modules/prisma/package.json", R"({"version": "6.9.0"})");
  CHECK(found(folder, "apps/a") == "6 (prisma 6.9.0 in node_modules)");
}

TEST_CASE("a package of the workspace, or at a path, has its own version", "[workspace]") {
  const Repository folder;
  folder.write("forks/tools/prisma/package.json", R"({"name": "prisma", "version": "6.7.0"})");
  folder.write("forks/other/package.json", R"({"name": "fork", "version": "5.7.0"})");
  folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": "workspace:*"}})");
  CHECK(found(folder, "apps/a") == "none");
  SECTION("pnpm") {
    folder.write("pnpm-workspace.yaml", "packages:\n  - apps/*\n  - 'forks/**'\n  - '!forks/x'\n");
    CHECK(found(folder, "apps/a") == "6 (prisma 6.7.0 in forks/tools/prisma)");
    folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": "workspace:fork@^"}})");
    CHECK(found(folder, "apps/a") == "5 (prisma 5.7.0 in forks/other)");
  }
  SECTION("Yarn and npm") {
    folder.write("package.json", R"({"workspaces": ["apps/*", "./forks/*/pri*"]})");
    CHECK(found(folder, "apps/a") == "6 (prisma 6.7.0 in forks/tools/prisma)");
    folder.write("package.json", R"({"workspaces": {"packages": ["forks/tools/prisma"]}})");
    CHECK(found(folder, "apps/a") == "6 (prisma 6.7.0 in forks/tools/prisma)");
  }
  SECTION("a path") {
    for (const char* protocol : {"file:", "link:", "portal:", "workspace:"}) {
      folder.write("apps/a/package.json",
                   fmt::format(R"({{"devDependencies": {{"prisma": "{}../../forks/other"}}}})", protocol));
      CHECK(found(folder, "apps/a") == "5 (prisma 5.7.0 in ../../forks/other)");
    }
  }
  SECTION("with a range") {
    folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": "workspace:^7.0.0"}})");
    CHECK(found(folder, "apps/a") == "7 (prisma workspace:^7.0.0 in package.json)");
  }
}

TEST_CASE("a package that pnpm links has the version of what it links", "[workspace]") {
  const Repository folder;
  folder.write("package.json", R"({"devDependencies": {"prisma": "latest"}})");
  folder.write("node_modules/.pnpm/prisma@6.1.0_typescript@5.4.0/node_modules/prisma/package.json",
               R"({"name": "prisma", "version": "6.1.0"})");
  std::filesystem::create_directory_symlink(".pnpm/prisma@6.1.0_typescript@5.4.0/node_modules/prisma",
                                            folder / "node_modules/prisma");
  CHECK(found(folder) == "6 (prisma 6.1.0 in node_modules)");
}

TEST_CASE("the nearest refract.toml counts above the package that uses Prisma, its schema does not", "[workspace]") {
  const Repository folder;
  folder.write("refract.toml",
               "[prisma]\nversion = \"5\"\nschema = \"other.prisma\"\n[format]\naddRelations = false\n");
  folder.write("other.prisma", "");
  folder.write("apps/a/package.json", R"({"devDependencies": {"prisma": "^6.0.0"}})");
  const workspace::PrismaConfig config = workspace::read_config(folder / "apps/a");
  CHECK(config.version == schema::PrismaVersion::v5);
  CHECK(config.settings.value("format.addRelations") == "false");
  CHECK_FALSE(config.schema);
}
