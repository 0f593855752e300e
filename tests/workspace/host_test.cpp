#include "workspace/host.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "support/catch.h"
#include "support/temporary_folder.h"

using namespace refract;
using refract::test::TemporaryFolder;

namespace {

constexpr std::string_view kMain =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
    "model User {\n  id    Int    @id\n  posts Post[]\n}\n";
constexpr std::string_view kPost =
    "model Post {\n  id     Int  @id\n  userId Int\n  user   User @relation(fields: [userId], references: [id])\n}\n";

struct SplitSchema {
  TemporaryFolder folder;
  workspace::Host host;
  std::string main = (folder / "prisma/main.prisma").string();
  std::string post = (folder / "prisma/post.prisma").string();

  SplitSchema() {
    folder.write("prisma/main.prisma", kMain);
    folder.write("prisma/post.prisma", kPost);
    host.open(main, 1, std::string(kMain));
  }
};

std::shared_ptr<const workspace::HistoryState> read(const workspace::StaleHistory& stale) {
  return std::make_shared<const workspace::HistoryState>(workspace::load_history(*stale.view));
}

std::size_t diagnostics(workspace::Host& host, const std::string& path) {
  return host.view(path)->analysis().diagnostics().size();
}

}  // namespace

TEST_CASE("a view holds open and closed files of one schema", "[workspace]") {
  SplitSchema split;
  const auto view = split.host.view(split.main);
  CHECK(view->snapshot().files().size() == 2);
  CHECK(view->analysis().diagnostics().empty());
  CHECK(view->document_version(split.main) == 1);
  CHECK_FALSE(view->document_version(split.post));
}

TEST_CASE("an edit makes a new view, and the old one stays as it was", "[workspace]") {
  SplitSchema split;
  const auto before = split.host.view(split.main);
  const auto at = static_cast<text::Offset>(kMain.find("Post[]"));
  split.host.change(split.main, 2, {{{at, at + 4}, "Pst"}});
  CHECK(diagnostics(split.host, split.main) > 0);
  CHECK(before->analysis().diagnostics().empty());
  CHECK(split.host.view(split.main)->document_version(split.main) == 2);

  SECTION("and what was not edited is shared") {
    const schema::Placed* post_before = before->snapshot().find("Post");
    // Its opposite side is gone, which is a diagnostic of User's: Post itself reads as before.
    CHECK(split.host.view(split.main)->snapshot().find("Post")->declaration->block == post_before->declaration->block);
  }
}

TEST_CASE("without a change the view is the same", "[workspace]") {
  SplitSchema split;
  CHECK(split.host.view(split.main) == split.host.view(split.main));
}

TEST_CASE("an open buffer hides the file on disk until it is closed", "[workspace]") {
  SplitSchema split;
  split.host.open(split.post, 1, "model Other {\n  id Int @id\n}\n");
  CHECK(diagnostics(split.host, split.main) > 0);
  split.host.close(split.post);
  CHECK(diagnostics(split.host, split.main) == 0);
}

TEST_CASE("a file that changed on disk is read again", "[workspace]") {
  SplitSchema split;
  REQUIRE(diagnostics(split.host, split.main) == 0);
  split.folder.write("prisma/post.prisma", "model Post {\n");
  split.host.file_changed(split.post);
  CHECK(diagnostics(split.host, split.main) > 0);
}

TEST_CASE("a migrations folder is asked for once, and again when a file in it changed", "[workspace]") {
  SplitSchema split;
  split.host.view(split.main);
  const auto stale = split.host.stale_histories();
  REQUIRE(stale.size() == 1);
  CHECK(split.host.view(split.main)->next_migration() == nullptr);

  CHECK(split.host.set_history(stale.front(), read(stale.front())));
  CHECK(split.host.stale_histories().empty());
  const auto* next = split.host.view(split.main)->next_migration();
  REQUIRE(next != nullptr);
  CHECK(next->sql.find("CREATE TABLE \"User\"") != std::string::npos);

  split.host.file_changed((stale.front().folder / "20260101000000_init/migration.sql").string());
  CHECK(split.host.stale_histories().size() == 1);
}

TEST_CASE("what is there before the first migration follows .env and prisma.config", "[workspace]") {
  SplitSchema split;
  const auto base = [&] {
    split.host.view(split.main);
    const auto stale = split.host.stale_histories();
    REQUIRE(stale.size() == 1);
    const auto state = read(stale.front());
    REQUIRE(*state);
    CHECK(split.host.set_history(stale.front(), state));
    return (*state)->base;
  };
  const auto write = [&](const char* name, std::string_view text) {
    split.folder.write(name, text);
    split.host.file_changed((split.folder / name).string());
  };
  CHECK(base().own_schema.empty());
  write("prisma/.env", "DATABASE_URL=postgresql://u@h/app?schema=tenant\n");
  CHECK(base().own_schema == "tenant");
  write("prisma/.env", "DATABASE_URL=postgresql://u@h/app\n");
  CHECK(base().own_schema.empty());
  write(
      "prisma/prisma.config.ts",
      "import { defineConfig } from 'prisma/config'\nexport default defineConfig({ migrations: { initShadowDb: 'CREATE "
      "SCHEMA auth' }, datasource: { url: 'postgresql://u@h/app?schema=mine' } })\n");
  CHECK(base() == migrate::HistoryBase{"mine", "CREATE SCHEMA auth"});
}

TEST_CASE("the names of .env files are read with the project and after a change of one, not when asked for",
          "[workspace]") {
  SplitSchema split;
  using Names = std::vector<std::string>;
  const auto names = [&] { return *split.host.view(split.main)->environment(); };
  split.folder.write("prisma/.env", "FIRST=1\n");
  CHECK(names() == Names{"FIRST"});
  const auto before = split.host.view(split.main);
  split.folder.write("prisma/.env", "FIRST=2\nOTHER=3\n");
  CHECK(split.host.view(split.main) == before);
  split.host.file_changed((split.folder / "prisma/.env").string());
  CHECK(names() == Names{"FIRST", "OTHER"});
  CHECK(*before->environment() == Names{"FIRST"});
  split.folder.write("prisma/.env", "OTHER=3\n");
  split.host.look_again();
  CHECK(names() == Names{"OTHER"});
}

TEST_CASE("a migrations folder that changes while it is read is read again", "[workspace]") {
  SplitSchema split;
  split.host.view(split.main);
  const auto first = split.host.stale_histories().front();
  const auto old_state = read(first);
  std::string changed;
  SECTION("a migration is added") {
    changed = "migrations/2_next/migration.sql";
  }
  SECTION("a way back is written") {
    changed = "migrations/1_init/down.sql";
  }
  SECTION("the folder itself is moved away") {
    changed = "migrations";
  }
  SECTION("what holds the folder is replaced") {
    changed = "";
  }
  SECTION("a rename is noted") {
    changed = "migrations/renames.toml";
  }
  split.host.file_changed((split.folder / "prisma" / changed).lexically_normal().string());
  CHECK_FALSE(split.host.set_history(first, old_state));
  CHECK(split.host.view(split.main)->history() == nullptr);
  const auto second = split.host.stale_histories();
  REQUIRE(second.size() == 1);
  CHECK(second.front().generation > first.generation);

  // The newer answer comes first: the older one does not replace it.
  const auto new_state = read(second.front());
  CHECK(split.host.set_history(second.front(), new_state));
  CHECK_FALSE(split.host.set_history(first, old_state));
  CHECK(split.host.view(split.main)->history() == new_state);
  CHECK(split.host.stale_histories().empty());
}

TEST_CASE("a change elsewhere leaves a migrations folder as it was read", "[workspace]") {
  SplitSchema split;
  split.host.view(split.main);
  const auto stale = split.host.stale_histories().front();
  for (const char* other :
       {"prisma/migrations_old/1_a/migration.sql", "migrations/1_a/migration.sql", "prisma/seed.sql"})
    split.host.file_changed((split.folder / other).string());
  CHECK(split.host.set_history(stale, read(stale)));
}

TEST_CASE("a change after a link to the migrations folder counts", "[workspace]") {
  SplitSchema split;
  std::filesystem::create_directories(split.folder / "elsewhere/sql");
  std::filesystem::create_directory_symlink(split.folder / "elsewhere/sql", split.folder / "prisma/migrations");
  split.host.view(split.main);
  const auto stale = split.host.stale_histories().front();
  split.host.file_changed((split.folder / "elsewhere/sql/1_a/migration.sql").string());
  CHECK_FALSE(split.host.set_history(stale, read(stale)));
}

TEST_CASE("the next edit does not wait for a replay or a plan", "[workspace]") {
  SplitSchema split;
  split.host.view(split.main);
  std::string sql;
  for (int at = 0; at < 6000; ++at) sql += "CREATE TABLE t" + std::to_string(at) + " (a INT PRIMARY KEY, b TEXT);\n";
  split.folder.write("prisma/migrations/1_init/migration.sql", sql);
  split.folder.write("prisma/migrations/2_next/migration.sql", "");
  const auto stale = split.host.stale_histories().front();
  REQUIRE(split.host.set_history(stale, read(stale)));
  const auto view = split.host.view(split.main);
  view->analysis();
  std::atomic<bool> begun = false;
  std::atomic<bool> done = false;
  std::jthread replaying;
  const auto start = [&](auto compute) {
    replaying = std::jthread([&, compute] {
      begun = true;
      compute();
      done = true;
    });
  };
  SECTION("a replay") {
    start([&] { view->catalog_before("2_next"); });
  }
  SECTION("a plan, which drops all that the schema does not have") {
    start([&] { view->next_migration(); });
  }
  while (!begun) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  split.host.change(split.main, 2, {{{0, 0}, "// an edit\n"}});
  CHECK(split.host.view(split.main)->analysis().diagnostics().empty());
  CHECK_FALSE(done);
}

TEST_CASE("settings force a version", "[workspace]") {
  SplitSchema split;
  CHECK(split.host.view(split.main)->snapshot().options().version == schema::PrismaVersion::v6);
  split.host.configure({.version = schema::PrismaVersion::v7});
  const auto view = split.host.view(split.main);
  CHECK(view->snapshot().options().version == schema::PrismaVersion::v7);
  // Prisma 7 wants the url elsewhere.
  CHECK_FALSE(view->analysis().diagnostics().empty());
}

TEST_CASE("two schemas in one workspace are never mixed", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("one/schema.prisma", kMain);
  folder.write("one/post.prisma", kPost);
  folder.write("two/schema.prisma", kMain);
  workspace::Host host;
  const std::string one = (folder / "one/schema.prisma").string(), two = (folder / "two/schema.prisma").string();
  host.open(one, 1, std::string(kMain));
  host.open(two, 1, std::string(kMain));
  CHECK(host.view(one)->snapshot().files().size() == 2);
  CHECK(host.view(two)->snapshot().files().size() == 1);
  CHECK(diagnostics(host, one) == 0);
  CHECK(diagnostics(host, two) > 0);
}

TEST_CASE("a file in another language is left alone", "[workspace]") {
  SplitSchema split;
  split.host.change(split.main, 2, {{{0, 0}, "// use prisma-8\n"}});
  const auto view = split.host.view(split.main);
  CHECK(workspace::file_in_other_language(view->snapshot()));
  CHECK(workspace::other_language_notice(view->snapshot())->find("prisma-8") != std::string::npos);
  const auto stale = split.host.stale_histories().front();
  CHECK(split.host.set_history(stale, read(stale)));
  CHECK(split.host.view(split.main)->next_migration() == nullptr);
  // And back.
  split.host.change(split.main, 3, {{{0, 16}, ""}});
  CHECK_FALSE(workspace::file_in_other_language(split.host.view(split.main)->snapshot()));
  CHECK(diagnostics(split.host, split.main) == 0);
}

TEST_CASE("a sibling that is not UTF-8 counts as empty", "[workspace]") {
  SplitSchema split;
  split.folder.write("prisma/post.prisma", "model Post { \xFF }");
  split.host.file_changed(split.post);
  CHECK(diagnostics(split.host, split.main) > 0);
}

TEST_CASE("a folder that is deleted, moved or linked takes its files along", "[workspace]") {
  TemporaryFolder folder;
  folder.write("package.json", R"({"prisma": {"schema": "s"}})");
  folder.write("s/main.prisma", "datasource db {\n  provider = \"sqlite\"\n}\n");
  folder.write("s/u/user.prisma", "model User {\n  id Int @id\n  posts Post[]\n}\n");
  folder.write("s/p/post.prisma", kPost);
  workspace::Host host;
  const std::string user = (folder / "s/u/user.prisma").string();
  host.open(user, 1, folder.read("s/u/user.prisma"));
  CHECK(host.view(user)->snapshot().find("Post") != nullptr);

  std::filesystem::rename(folder / "s/p", folder / "s/moved");
  host.file_changed((folder / "s/p").string());
  host.file_changed((folder / "s/moved").string());
  CHECK(host.view(user)->snapshot().find("Post") != nullptr);

  std::filesystem::remove_all(folder / "s/moved");
  host.file_changed((folder / "s/moved").string());
  CHECK(host.view(user)->snapshot().find("Post") == nullptr);

  folder.write("elsewhere/post.prisma", kPost);
  std::filesystem::create_directory_symlink(folder / "elsewhere", folder / "s/link");
  host.file_changed((folder / "s/link").string());
  CHECK(host.view(user)->snapshot().find("Post") != nullptr);
  // A client may report the file that a link leads to.
  folder.write("elsewhere/post.prisma", "model Reply {\n  id Int @id\n}\n");
  host.file_changed((folder / "elsewhere/post.prisma").string());
  CHECK(host.view(user)->snapshot().find("Reply") != nullptr);
  // And the folder, once it is gone.
  std::filesystem::remove_all(folder / "elsewhere");
  host.file_changed((folder / "elsewhere").string());
  CHECK(host.view(user)->snapshot().find("Reply") == nullptr);
}

TEST_CASE("a file that is open under the name that a link leads to is that document", "[workspace]") {
  TemporaryFolder folder;
  folder.write("p/schema/user.prisma",
               "datasource db {\n  provider = \"postgresql\"\n}\nmodel User {\n  id Int @id\n}\n");
  folder.write("shared/post.prisma", "model Post {\n  id Int @id\n}\n");
  std::filesystem::create_directory_symlink("../../shared", folder / "p/schema/link");
  const std::string user = (folder / "p/schema/user.prisma").string();
  const std::string shared = (folder / "shared/post.prisma").string();
  const std::string link = (folder / "p/schema/link/post.prisma").string();
  workspace::Host host;
  host.set_roots({folder / "p"});
  CHECK(host.view(user)->snapshot().find_file(link));
  host.open(shared, 1, "// above\nmodel Reply {\n  id Int @id\n}\n");
  CHECK(host.view(user)->snapshot().find_file(shared));
  CHECK_FALSE(host.view(user)->snapshot().find_file(link));
  CHECK(host.view(user)->snapshot().find("Reply") != nullptr);
  host.close(shared);
  CHECK(host.view(user)->snapshot().find_file(link));
}

TEST_CASE("documents that are not on disk are of one schema with the files of their folder", "[workspace]") {
  const TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder / name).string(); };
  const std::string datasource = "datasource db {\n  provider = \"postgresql\"\n}\n";
  const auto files = [&](workspace::Host& host, const char* name) {
    std::vector<std::string> found;
    for (const auto& file : host.view(at(name))->project().files)
      found.push_back(file.lexically_relative(folder.path()).string());
    return found;
  };
  using Names = std::vector<std::string>;
  const Names all{"prisma/schema/main.prisma", "prisma/schema/new/one.prisma", "prisma/schema/two.prisma"};
  SECTION("new ones see each other, from whichever of them one looks") {
    folder.write("prisma/schema/main.prisma", datasource);
    workspace::Host host;
    host.open(at("prisma/schema/new/one.prisma"), 1, "model One {\n  id Int @id\n}\n");
    CHECK(files(host, "prisma/schema/new/one.prisma").size() == 2);
    host.open(at("prisma/schema/two.prisma"), 1, "enum Two {\n  A\n}\n");
    for (const std::string& name : all) CHECK(files(host, name.c_str()) == all);
    host.close(at("prisma/schema/two.prisma"));
    CHECK(files(host, "prisma/schema/main.prisma").size() == 2);
  }
  SECTION("one that is deleted below the editor stays in its schema") {
    for (const std::string& name : all) folder.write(name, name == all.front() ? datasource : "");
    workspace::Host host;
    host.open(at("prisma/schema/two.prisma"), 1, "enum Two {\n  A\n}\n");
    CHECK(files(host, "prisma/schema/main.prisma") == all);
    std::filesystem::remove(at("prisma/schema/two.prisma"));
    host.file_changed(at("prisma/schema/two.prisma"));
    for (const std::string& name : all) CHECK(files(host, name.c_str()) == all);
  }
  SECTION("a schema that is nowhere on disk yet, in the folder that is configured") {
    folder.write("package.json", R"({"prisma": {"schema": "db/schema"}})");
    workspace::Host host;
    host.open(at("db/schema/main.prisma"), 1, datasource);
    host.open(at("db/schema/user.prisma"), 1, "model User {\n  id Int @id\n}\n");
    CHECK(files(host, "db/schema/user.prisma") == Names{"db/schema/main.prisma", "db/schema/user.prisma"});
    CHECK(files(host, "db/schema/main.prisma").size() == 2);
  }
  SECTION("what would be left out on disk is a schema of its own") {
    folder.write("prisma/main.prisma", datasource);
    workspace::Host host;
    host.open(at("prisma/node_modules/x/one.prisma"), 1, "enum One {\n  A\n}\n");
    CHECK(files(host, "prisma/main.prisma") == Names{"prisma/main.prisma"});
  }
}

TEST_CASE("a look at the disk finds new, changed and deleted files, and keeps the rest", "[workspace]") {
  SplitSchema split;
  const auto before = split.host.view(split.main);
  split.host.look_at_disk();
  CHECK(split.host.view(split.main) == before);

  split.folder.write("prisma/tag.prisma", "model Tag {\n  id Int @id\n}\n");
  split.host.look_at_disk();
  CHECK(split.host.view(split.main)->snapshot().find("Tag") != nullptr);

  split.folder.write("prisma/tag.prisma", "model Label {\n  id Int @id\n}\n");
  split.host.look_at_disk();
  CHECK(split.host.view(split.main)->snapshot().find("Label") != nullptr);

  std::filesystem::remove(split.folder / "prisma/tag.prisma");
  split.host.look_at_disk();
  CHECK(split.host.view(split.main)->snapshot().find("Label") == nullptr);

  split.folder.write("package.json", R"({"dependencies": {"prisma": "5.1.0"}})");
  split.host.look_at_disk();
  CHECK(split.host.view(split.main)->snapshot().options().version == schema::PrismaVersion::v5);
}

TEST_CASE("each schema of a monorepo is known at its root", "[workspace]") {
  TemporaryFolder folder;
  folder.write("packages/a/prisma/schema.prisma", kMain);
  folder.write("packages/b/prisma/schema/main.prisma", kMain);
  folder.write("packages/b/prisma/schema/post.prisma", kPost);
  workspace::Host host;
  host.set_roots({folder.path()});
  const auto views = host.views(workspace::Host::Known::all);
  REQUIRE(views.size() == 2);
  CHECK(views[0]->snapshot().files().size() == 1);
  CHECK(views[1]->snapshot().files().size() == 2);
}
