#include "migrate/history/history.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "migrate/history/checksum.h"
#include "support/catch.h"

using namespace refract::migrate;
namespace fs = std::filesystem;

namespace {

// A migrations folder that lasts for one test.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "refract-history-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(root_); }

  fs::path path() const { return root_ / "migrations"; }
  void write(const std::string& name, std::string_view content) const {
    const fs::path file = path() / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::vector<std::string> entries() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(root_)) names.push_back(entry.path().filename().string());
    return names;
  }

 private:
  fs::path root_;
};

}  // namespace

TEST_CASE("checksum: SHA-256", "[migrate]") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("history: migrations in the order of their names, replayed", "[migrate]") {
  const Folder folder;
  folder.write("2_more/migration.sql", "ALTER TABLE \"T\" ADD COLUMN b TEXT;\r\n");
  folder.write("2_more/down.sql", "ALTER TABLE \"T\" DROP COLUMN b;");
  folder.write("1_init/migration.sql",
               "\xef\xbb\xbf"
               "CREATE TABLE \"T\" (a INT);");
  folder.write("migration_lock.toml", "# a comment\nprovider = \"postgresql\"\n");
  folder.write("notes.txt", "no migration");
  const auto history = load_history(folder.path());
  REQUIRE(history);
  REQUIRE(history->migrations.size() == 2);
  CHECK(history->migrations[0].name == "1_init");
  CHECK(history->migrations[0].checksum() == sha256_hex(folder.read("1_init/migration.sql")));
  CHECK_FALSE(*read_down_sql(history->migrations[0]));
  CHECK(*read_down_sql(history->migrations[1]) == "ALTER TABLE \"T\" DROP COLUMN b;");
  CHECK(history->provider == "postgresql");
  CHECK(history->issues.empty());
  CHECK(history->catalog->find_table({"public", "T"})->columns.size() == 2);
}

TEST_CASE("history: a link to a folder is a migration, one to nothing is none", "[migrate]") {
  const Folder folder;
  folder.write("elsewhere/first/migration.sql", "CREATE TABLE a (x INT);");
  folder.write("migrations/2_second/migration.sql", "CREATE TABLE b (x INT);");
  std::filesystem::create_directory_symlink("../elsewhere/first", folder.path() / "migrations/1_first");
  std::filesystem::create_directory_symlink("../gone", folder.path() / "migrations/3_gone");
  const auto history = load_history(folder.path() / "migrations");
  REQUIRE(history);
  REQUIRE(history->migrations.size() == 2);
  CHECK(history->migrations[0].name == "1_first");
  CHECK(history->catalog->tables.size() == 2);
}

TEST_CASE("history: no folder is an empty history", "[migrate]") {
  const Folder folder;
  const auto history = load_history(folder.path());
  REQUIRE(history);
  CHECK(history->migrations.empty());
  CHECK(*history->catalog == refract::catalog::Catalog::empty());
}

TEST_CASE("history: what is not known offline, and what PostgreSQL would refuse, with its place", "[migrate]") {
  const Folder folder;
  folder.write("1_a/migration.sql", "CREATE TABLE t (a INT);\nDROP TABLE nothing;\n");
  folder.write("2_b/migration.sql", "\n\nDO $$ BEGIN EXECUTE format('DROP TABLE %I', 't'); END $$;\n");
  const auto history = load_history(folder.path());
  REQUIRE(history);
  REQUIRE(history->issues.size() == 2);
  CHECK(history->issues[0].migration == "1_a");
  CHECK(history->issues[0].error);
  CHECK(history->issues[0].range.line == 1);
  CHECK(history->issues[1].path == folder.path() / "2_b" / "migration.sql");
  CHECK_FALSE(history->issues[1].error);
  CHECK(history->issues[1].range.line == 2);
}

TEST_CASE("history: bad folders get one sentence that names the file", "[migrate]") {
  const Folder folder;
  folder.write("1_init/migration.sql", "CREATE TABLE t (a INT);");
  const std::string second = (folder.path() / "2_bad").string();
  SECTION("without migration.sql") {
    folder.write("2_bad/readme.md", "");
    const auto history = load_history(folder.path());
    REQUIRE_FALSE(history);
    CHECK(history.error().code == refract::ErrorCode::unreadable);
    CHECK(history.error().message ==
          second + " has no migration.sql; restore the file, or remove the folder if it was never applied.");
  }
  SECTION("another database's migrations") {
    folder.write("migration_lock.toml", "provider = \"mysql\"");
    const auto history = load_history(folder.path());
    REQUIRE_FALSE(history);
    CHECK(history.error().code == refract::ErrorCode::conflict);
    CHECK(history.error().message.contains("migration_lock.toml is mysql; Refract replays"));
  }
  SECTION("not UTF-8") {
    folder.write("2_bad/migration.sql",
                 "-- gr\xfc\xdf"
                 "e\nSELECT 1;");
    const auto history = load_history(folder.path());
    REQUIRE_FALSE(history);
    CHECK(history.error().code == refract::ErrorCode::unreadable);
    CHECK(history.error().message == second + "/migration.sql is not UTF-8; save it in that encoding.");
  }
  SECTION("a folder in place of the file") {
    fs::create_directories(folder.path() / "2_bad" / "migration.sql");
    const auto history = load_history(folder.path());
    REQUIRE_FALSE(history);
    CHECK(history.error().code == refract::ErrorCode::unreadable);
  }
  SECTION("a file in place of the folder") {
    const auto history = load_history(folder.path() / "1_init" / "migration.sql");
    REQUIRE_FALSE(history);
    CHECK(history.error().code == refract::ErrorCode::unreadable);
  }
}

TEST_CASE("history: SQL that does not parse is reported by its place, and the rest counts", "[migrate]") {
  const Folder folder;
  const auto issue_of = [&](std::string_view sql) {
    folder.write("1_init/migration.sql", sql);
    folder.write("2_next/migration.sql", "CREATE TABLE next (a INT);");
    const auto history = load_history(folder.path());
    REQUIRE(history);
    CHECK(history->catalog->tables.contains({"public", "t"}));
    CHECK(history->catalog->tables.contains({"public", "next"}));
    REQUIRE(history->issues.size() == 1);
    return history->issues.front();
  };
  const auto mistake = issue_of("CREATE TABLE t (a INT);\n/* \u00e4 */ CREATE TABEL x ();\n");
  CHECK(mistake.error);
  CHECK(mistake.migration == "1_init");
  CHECK(mistake.range.line == 1);
  CHECK(mistake.column == 15);
  CHECK(mistake.message.starts_with("the SQL does not parse: "));
  CHECK(issue_of("CREATE TABLE t (a INT);\nCREATE TABLE `u` (a INT) ENGINE=InnoDB;")
            .message.contains("it looks like MySQL"));
  CHECK(issue_of("\\set x 1\nCREATE TABLE t (a INT);").message.contains("psql"));
  const auto newer = issue_of("CREATE TABLE t (a INT);\nALTER TABLE t ADD b INT GENERATED ALWAYS AS (a + 1) VIRTUAL;");
  CHECK_FALSE(newer.error);
  CHECK(newer.message.contains("PostgreSQL 18"));
}

TEST_CASE("history: a byte order mark and Windows line ends change nothing", "[migrate]") {
  const Folder folder;
  folder.write("1_init/migration.sql", "\xef\xbb\xbf-- x\r\nCREATE TABLE t (\r\n  a INT\r\n);\r\nDROP TABLE nope;\r\n");
  const auto history = load_history(folder.path());
  REQUIRE(history);
  REQUIRE(history->issues.size() == 1);
  CHECK(history->issues[0].range.line == 4);
  CHECK(history->issues[0].column == 0);
  CHECK(history->catalog->tables.size() == 1);
}

TEST_CASE("history: names that differ only in case are reported", "[migrate]") {
  const Folder folder;
  folder.write("1_Init/migration.sql", "CREATE TABLE a (x INT);");
  folder.write("1_init/migration.sql", "CREATE TABLE b (x INT);");
  const auto history = load_history(folder.path());
  REQUIRE(history);
  if (history->migrations.size() < 2) return;  // on such a file system
  REQUIRE(history->notices.size() == 1);
  CHECK(history->notices[0].starts_with("The migrations 1_Init and 1_init differ only in case"));
}

TEST_CASE("write: a migration, its way back and a lock for a new folder", "[migrate]") {
  const Folder folder;
  const auto written = write_migration(folder.path(), "1_init", "SELECT 1;", "SELECT 2;");
  REQUIRE(written);
  CHECK(*written == folder.path() / "1_init");
  CHECK(folder.read("1_init/migration.sql") == "SELECT 1;");
  CHECK(folder.read("1_init/down.sql") == "SELECT 2;");
  CHECK(folder.entries() == std::vector<std::string>{"migrations"});
  const auto history = load_history(folder.path());
  REQUIRE(history);
  CHECK(history->provider == "postgresql");
  CHECK(history->migrations.size() == 1);
}

TEST_CASE("write: an existing lock is kept, an existing name is a conflict", "[migrate]") {
  const Folder folder;
  folder.write("migration_lock.toml", "provider = \"postgresql\" # ours\n");
  REQUIRE(write_migration(folder.path(), "1_init", "SELECT 1;", ""));
  CHECK_FALSE(fs::exists(folder.path() / "1_init" / "down.sql"));
  CHECK(folder.read("migration_lock.toml") == "provider = \"postgresql\" # ours\n");
  const auto again = write_migration(folder.path(), "1_init", "SELECT 3;", "");
  REQUIRE_FALSE(again);
  CHECK(again.error().code == refract::ErrorCode::conflict);
  CHECK(folder.read("1_init/migration.sql") == "SELECT 1;");
}

TEST_CASE("write: all or nothing", "[migrate]") {
  const Folder folder;
  SECTION("the folder's place is taken by a file") {
    folder.write("1_init", "a file");
    const auto written = write_migration(folder.path() / "1_init" / "deeper", "2_x", "SELECT 1;", "");
    REQUIRE_FALSE(written);
    CHECK(written.error().code == refract::ErrorCode::unwritable);
  }
  SECTION("the last step fails") {
    // A name with a slash has no folder to be renamed into.
    const auto written = write_migration(folder.path(), "missing/2_x", "SELECT 1;", "");
    REQUIRE_FALSE(written);
    CHECK(written.error().code == refract::ErrorCode::unwritable);
    CHECK(folder.entries().empty());
  }
}

TEST_CASE("write: a migrations folder after a link, also on another file system", "[migrate]") {
  const Folder folder;
  std::error_code error;
  std::string pattern = "/dev/shm/refract-write-XXXXXX";
  const bool shared_memory = fs::is_directory("/dev/shm", error) && ::mkdtemp(pattern.data()) != nullptr;
  const fs::path elsewhere = shared_memory ? fs::path(pattern) : folder.path().parent_path() / "elsewhere";
  fs::create_directories(elsewhere / "real");
  fs::create_directory_symlink(elsewhere / "real", folder.path());
  const auto written = write_migration(folder.path(), "1_init", "SELECT 1;", "SELECT 2;");
  REQUIRE(written);
  CHECK(*written == folder.path() / "1_init");
  CHECK(folder.read("1_init/migration.sql") == "SELECT 1;");
  CHECK(fs::is_symlink(folder.path()));
  const auto entries = std::distance(fs::directory_iterator(elsewhere), fs::directory_iterator());
  CHECK(entries == 1);
  CHECK(load_history(folder.path())->migrations.size() == 1);
  fs::remove_all(elsewhere);
}

TEST_CASE("write: what an interrupted write left behind is no migration, and is cleared away", "[migrate]") {
  const Folder folder;
  folder.write("1_init/migration.sql", "SELECT 1;");
  folder.write(".refract-2_next/down.sql", "half");
  const auto history = load_history(folder.path());
  REQUIRE(history);
  CHECK(history->migrations.size() == 1);
  fs::create_directories(folder.path().parent_path() / ".refract-2_next" / "deeper");
  REQUIRE(write_migration(folder.path(), "2_next", "SELECT 2;", ""));
  CHECK(folder.entries() == std::vector<std::string>{"migrations"});
  CHECK_FALSE(fs::exists(folder.path() / "2_next" / "down.sql"));
}
