#include "workspace/project.h"

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "workspace/config_module.h"
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
  SECTION("nothing joins the file that is configured") {
    for (const std::string package : {R"({"prisma": {"schema": "db/main.prisma"}})", R"({})"}) {
      CAPTURE(package);
      const bool configured = package != "{}";
      folder.write("package.json", package);
      const char* main = configured ? "db/main.prisma" : "prisma/schema.prisma";
      const char* draft = configured ? "db/draft.prisma" : "prisma/draft.prisma";
      folder.write(main, std::string(kDatasource) + "model A {\n  id Int @id\n  missing Missing\n}\n");
      folder.write(draft, "model Z {\n  id Int @id\n  a A @relation(fields: [aid], references: [id])\n  aid Int\n}\n");
      CHECK(names(workspace::project_of_file(folder / main, read), folder) == std::vector<std::string>{main});
      CHECK(names(workspace::project_of_file(folder / draft, read), folder) == std::vector<std::string>{draft});
      const auto named = workspace::projects_of_paths({folder / main, folder / draft});
      REQUIRE(named);
      CHECK(named->size() == 2);
    }
  }
  SECTION("a file outside of the folder that is configured is of no schema in it") {
    folder.write("package.json", R"({"prisma": {"schema": "prisma/schema"}})");
    folder.write("prisma/schema/main.prisma", kDatasource);
    folder.write("prisma/draft.prisma", "model Z {\n  id Int @id\n}\n");
    CHECK(names(workspace::project_of_file(folder / "prisma/draft.prisma", read), folder) ==
          std::vector<std::string>{"prisma/draft.prisma"});
  }
  SECTION("the file where Prisma looks is part of a schema that needs the other files") {
    folder.write("package.json", "{}");
    const std::vector<std::string> all{"prisma/models/user.prisma", "prisma/schema.prisma"};
    folder.write(all[0], "model User {\n  id Int @id\n  posts Post[]\n}\n");
    const std::string post =
        "model Post {\n  id Int @id\n  user User @relation(fields: [userId], references: [id])\n  userId Int\n}\n";
    for (const std::string& declared : {std::string(), post}) {
      CAPTURE(declared);
      folder.write(all[1], std::string(kDatasource) + declared);
      for (const std::string& name : all) CHECK(names(workspace::project_of_file(folder / name, read), folder) == all);
      const auto named = workspace::projects_of_paths({folder / all[0], folder / all[1]});
      REQUIRE(named);
      CHECK(named->size() == 1);
    }
  }
  SECTION("a file that is not on disk is a schema of its own") {
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
  const auto version_of = [&](std::optional<schema::PrismaVersion> asked, std::string_view datasource) {
    const auto snapshot =
        schema::Snapshot::build({{"schema.prisma", syntax::File::parse(text::Document(std::string(datasource)))}}, {});
    return workspace::version_in_force(asked, project, *snapshot).version;
  };
  const std::string_view with_url = "datasource db {\n  provider = \"postgresql\"\n  url = \"x\"\n}\n";
  const std::string_view without_url = "datasource db {\n  provider = \"postgresql\"\n}\n";
  CHECK(version_of(std::nullopt, with_url) == schema::PrismaVersion::v6);
  CHECK(version_of(std::nullopt, without_url) == schema::PrismaVersion::v7);
  CHECK(version_of(schema::PrismaVersion::v5, without_url) == schema::PrismaVersion::v5);
}

TEST_CASE("a configuration is read without running it", "[workspace]") {
  using workspace::ConfigModule;
  const auto schema_in = [](std::string_view source) { return ConfigModule(source).path_of({"schema"}).value_or("-"); };
  CHECK(schema_in("export default defineConfig({ schema: 'a/b' })") == "a/b");
  CHECK(schema_in("export default { \"schema\": \"a\" } satisfies PrismaConfig") == "a");
  CHECK(schema_in("module.exports = { schema: `a` };") == "a");
  CHECK(schema_in("export default defineConfig({ schema: path.join(__dirname, 'a', \"b.prisma\") })") == "a/b.prisma");
  CHECK(schema_in("export default defineConfig({ schema: resolve(import.meta.dirname, 'a') })") == "a");
  CHECK(schema_in("export default defineConfig({ schema: path.resolve(process.cwd(), 'a', ) })") == "a");
  CHECK(schema_in("const schema = 'x'\nexport default defineConfig({ schema, migrations: {} })") == "x");
  CHECK(schema_in("const root = 'db'\nexport default defineConfig({ schema: join(root, 'a') })") == "db/a");
  CHECK(schema_in("const config: PrismaConfig = { schema: 'a' };\nexport default config;") == "a");
  CHECK(schema_in("export default defineConfig({ // schema: 'old'\n /* schema: 'older' */ schema: 'a' })") == "a");
  CHECK(schema_in("export default defineConfig({ studio: { schema: 'no' }, schema: 'a' + '.prisma' })") == "a.prisma");
  CHECK(schema_in("export default defineConfig({ url: 'x', note: \"schema: 'no'\" })") == "-");
  CHECK(schema_in("export default defineConfig({ schema: process.env.SCHEMA })") == "-");
  CHECK(schema_in("export default defineConfig({ schema: `${root}/a` })") == "-");
  CHECK(schema_in("const a = b, b = a; export default { schema: a }") == "-");
  CHECK(schema_in("const a = a; export default { schema: a }") == "-");
  CHECK(schema_in("") == "-");
  CHECK(schema_in(std::string(1 << 20, '(')) == "-");
  CHECK(schema_in("export default { schema: '" + std::string(1 << 20, 'x')) != "");
  CHECK(ConfigModule("export default { migrations: { seed: 'x', path: 'm' } }").path_of({"migrations", "path"}) == "m");
}

TEST_CASE("each package of a monorepo has its own version, and its own schema", "[workspace]") {
  const TemporaryFolder folder;
  folder.write(".git/HEAD", "");
  folder.write("package.json", R"({"devDependencies": {"prisma": "^5.0.0"}})");
  folder.write("apps/old/package.json", R"({"name": "old"})");
  folder.write("apps/old/prisma/schema.prisma", kDatasource);
  folder.write("apps/new/package.json", R"({"dependencies": {"@prisma/client": "7.0.1"}})");
  folder.write("apps/new/prisma/schema.prisma", "datasource db {\n  provider = \"mysql\"\n}\n");
  folder.write("apps/installed/package.json", R"({"dependencies": {"prisma": "catalog:"}})");
  folder.write("apps/installed/node_modules/prisma/package.json", R"({"version": "6.4.0"})");
  folder.write("apps/installed/prisma/schema.prisma", kDatasource);
  const auto version_of = [&](const char* app) {
    const auto project = workspace::project_of_file(folder / ("apps/" + std::string(app) + "/prisma/schema.prisma"),
                                                    workspace::read_text_file);
    CHECK(project.files.size() == 1);
    return project.version;
  };
  CHECK(version_of("old") == schema::PrismaVersion::v5);
  CHECK(version_of("new") == schema::PrismaVersion::v7);
  CHECK(version_of("installed") == schema::PrismaVersion::v6);
}

TEST_CASE("generated copies are no members of a schema", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("package.json", R"({"prisma": {"schema": "prisma"}})");
  folder.write("prisma/main.prisma", kDatasource);
  folder.write("prisma/user.prisma", "model User {\n  id Int @id\n}\n");
  folder.write("prisma/generated/client/schema.prisma", kDatasource);
  folder.write("prisma/generated/client/index.d.ts", "");
  folder.write("prisma/node_modules/.prisma/client/schema.prisma", kDatasource);
  const std::vector<std::string> wanted{"prisma/main.prisma", "prisma/user.prisma"};
  CHECK(names(*workspace::find_project(folder.path()), folder) == wanted);
  CHECK(names(*workspace::project_of_path(folder / "prisma"), folder) == wanted);
  CHECK(names(workspace::project_of_file(folder / "prisma/user.prisma", workspace::read_text_file), folder) == wanted);
  // One that is opened is alone.
  CHECK(names(workspace::project_of_file(folder / "prisma/node_modules/.prisma/client/schema.prisma",
                                         workspace::read_text_file),
              folder) == std::vector<std::string>{"prisma/node_modules/.prisma/client/schema.prisma"});
}

TEST_CASE("a version is in force for a reason", "[workspace]") {
  const TemporaryFolder folder;
  const auto loaded = [&](std::string_view text, std::optional<schema::PrismaVersion> asked) {
    return workspace::load_text(std::string(text), folder.path(), asked)->version_reason;
  };
  CHECK(loaded(kDatasource, schema::PrismaVersion::v5) == "as requested");
  CHECK(loaded(kDatasource, std::nullopt) == "guessed: the datasource has a url");
  CHECK(loaded("model A {\n  id Int @id\n}\n", std::nullopt) == "guessed: the datasource has no url");
}

TEST_CASE("a text that is in no file has the configuration around a folder", "[workspace]") {
  const TemporaryFolder folder;
  folder.write(".git/HEAD", "");
  folder.write("package.json", R"({"devDependencies": {"prisma": "^5.0.0"}})");
  folder.write("refract.toml", "[format]\naddRelations = false\n");
  folder.write("prisma.config.ts", "export default { tables: { external: [\"A\"] } };\n");
  folder.write("db/x", "");
  for (const char* in : {"", "db"}) {
    const auto loaded = workspace::load_text(std::string(kDatasource), folder / in, std::nullopt);
    REQUIRE(loaded);
    CHECK(loaded->version_reason == "from prisma ^5.0.0 in package.json");
    CHECK(loaded->project.settings.value("format.addRelations") == "false");
    CHECK(loaded->snapshot->options().external_tables == std::vector<std::string>{"A"});
    CHECK(loaded->project.migrations.empty());
  }
}
