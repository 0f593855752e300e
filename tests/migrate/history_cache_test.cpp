#include <filesystem>

#include "migrate/history_cache.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

using namespace refract::migrate;

namespace {

namespace fs = std::filesystem;

struct Cached {
  refract::test::TemporaryFolder folder;
  HistoryCache cache;

  void write(const std::string& name, std::string_view sql) {
    folder.write("migrations/" + name + "/migration.sql", sql);
  }
  // With the cache as without.
  void check() {
    const auto fresh = load_history(folder / "migrations");
    const auto cached = load_history(folder / "migrations", &cache);
    REQUIRE(fresh);
    REQUIRE(cached);
    CHECK(*fresh->catalog == *cached->catalog);
    REQUIRE(fresh->migrations.size() == cached->migrations.size());
    for (std::size_t at = 0; at < fresh->migrations.size(); ++at) {
      CHECK(fresh->migrations[at].name == cached->migrations[at].name);
      CHECK(fresh->migrations[at].sql == cached->migrations[at].sql);
      CHECK(fresh->migrations[at].hash == cached->migrations[at].hash);
    }
    REQUIRE(fresh->issues.size() == cached->issues.size());
    for (std::size_t at = 0; at < fresh->issues.size(); ++at) {
      CHECK(fresh->issues[at].migration == cached->issues[at].migration);
      CHECK(fresh->issues[at].message == cached->issues[at].message);
      CHECK(fresh->issues[at].range.line == cached->issues[at].range.line);
    }
  }
};

}  // namespace

TEST_CASE("history cache: answers as without, whatever changes", "[migrate]") {
  Cached project;
  for (int at = 10; at < 20; ++at) {
    const std::string number = std::to_string(at);
    project.write(number + "_a", "CREATE TABLE t" + number + " (a INT);\nDROP TABLE nope;");
  }
  project.check();
  project.check();
  SECTION("one is added") {
    project.write("20_b", "ALTER TABLE t19 ADD b INT;");
    project.check();
    project.write("21_c", "ALTER TABLE t19 ADD c INT;");
    project.check();
  }
  SECTION("the last is edited, to the same length") {
    project.write("19_a", "CREATE TABLE u19 (a INT);\nDROP TABLE nope;");
    project.check();
    project.write("19_a", "CREATE TABLE v19 (a INT);\nDROP TABLE nope;");
    project.check();
  }
  SECTION("one in the middle is edited, again and again") {
    for (const char* type : {"TEXT", "UUID", "DATE"}) {
      project.write("14_a", std::string("CREATE TABLE t14 (a ") + type + ");");
      project.check();
    }
  }
  SECTION("one in the middle is added") {
    project.write("145_b", "ALTER TABLE t14 ADD b INT;");
    project.check();
  }
  SECTION("one is removed") {
    fs::remove_all(project.folder / "migrations/12_a");
    project.check();
    fs::remove_all(project.folder / "migrations/19_a");
    project.check();
  }
  SECTION("two change places") {
    fs::rename(project.folder / "migrations/13_a", project.folder / "migrations/99_a");
    fs::rename(project.folder / "migrations/15_a", project.folder / "migrations/13_a");
    project.check();
  }
  SECTION("one is broken and mended") {
    project.write("15_a", "CREATE TABEL;");
    project.check();
    project.write("15_a", "CREATE TABLE t15 (a INT);");
    project.check();
  }
  SECTION("a session's settings are kept") {
    project.write("20_b", "CREATE SCHEMA s; SET search_path = s; CREATE TEMP TABLE x (a INT);");
    project.check();
    project.write("21_c", "CREATE TABLE here (a INT); DROP TABLE x;");
    project.check();
    project.write("22_d", "BEGIN; CREATE TABLE open (a INT);");
    project.check();
    project.write("23_e", "ROLLBACK; CREATE TABLE after (a INT);");
    project.check();
  }
  SECTION("a temporary table lasts as long as the folder") {
    for (const char* type : {"TEXT", "UUID", "DATE"}) {
      project.write("19_a", std::string("CREATE TEMP TABLE x (a ") + type + ");");
      project.check();
      project.check();
    }
    project.write("20_b", "DROP TABLE x;");
    project.check();
    fs::remove_all(project.folder / "migrations/20_b");
    project.check();
    project.write("20_b", "ALTER TABLE x ADD b INT;");
    project.write("21_c", "DROP TABLE x;");
    project.check();
  }
}
