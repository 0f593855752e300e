#include <algorithm>
#include <cstring>
#include <filesystem>
#include <random>

#include "migrate/history/history_cache.h"
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

// Two texts that the hash of the standard library (MurmurHash64A) takes for the same, with sixteen printable characters
// of their own between `before`, whose length is a multiple of eight, and `after`. A word goes in as word * m, xor its
// own upper bits, * m, which can be undone: whatever the first words are, there is one second word that makes up for
// it.
std::pair<std::string, std::string> twins(const std::string& before, const std::string& after, std::uint64_t seed) {
  constexpr std::uint64_t kFactor = 0xC6A4A7935BD1E995U;
  constexpr std::uint64_t kStart = 0xC70F6907U;
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::uint64_t inverse = 1;
  for (int round = 0; round < 6; ++round) inverse *= 2 - kFactor * inverse;
  const auto mixed = [](const char* letters) {
    std::uint64_t word = 0;
    std::memcpy(&word, letters, sizeof(word));
    word *= kFactor;
    return (word ^ (word >> 47U)) * kFactor;
  };
  const auto unmixed = [&](std::uint64_t word) {
    word *= inverse;
    word = (word ^ (word >> 47U)) * inverse;
    std::string letters(kWord, ' ');
    std::memcpy(letters.data(), &word, sizeof(word));
    return letters;
  };
  std::uint64_t hash = kStart ^ ((before.size() + 2 * kWord + after.size()) * kFactor);
  for (std::size_t at = 0; at < before.size(); at += kWord) hash = (hash ^ mixed(&before[at])) * kFactor;
  std::mt19937_64 random(seed);
  const auto letters = [&] {
    std::string word;
    for (std::size_t at = 0; at < kWord; ++at) word += static_cast<char>('a' + random() % 26);
    return word;
  };
  const auto plain = [](char letter) { return letter > ' ' && letter < 127 && letter != '"'; };
  for (;;) {
    const std::string first = letters();
    const std::string second = letters();
    const std::string other_first = letters();
    const std::uint64_t difference =
        ((hash ^ mixed(first.data())) * kFactor) ^ ((hash ^ mixed(other_first.data())) * kFactor);
    const std::string other_second = unmixed(mixed(second.data()) ^ difference);
    if (std::ranges::all_of(other_second, plain)) return {first + second, other_first + other_second};
  }
}

}  // namespace

TEST_CASE("history cache: a text with the same hash is another text", "[migrate]") {
  Cached project;
  const std::string before = "CREATE  TABLE  \"";
  const std::string after = "\" (a INT);";
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    const auto [name, twin] = twins(before, after, seed);
    const std::string one = before + name + after;
    const std::string other = before + twin + after;
    if (std::hash<std::string_view>()(one) != std::hash<std::string_view>()(other)) {
      WARN("The hash of this standard library is another one.");
      return;
    }
    REQUIRE(one != other);
    const auto has = [&](const std::string& table) {
      const auto history = load_history(project.folder / "migrations", &project.cache);
      return history->catalog->tables.contains({"public", table});
    };
    project.write("1_a", one);
    project.write("2_b", "CREATE TABLE b" + std::to_string(seed) + " (a INT);");
    project.check();
    CHECK(has(name));
    project.write("1_a", other);
    project.check();
    CHECK(has(twin));
    CHECK_FALSE(has(name));
    project.write("1_a", one);
    project.check();
    CHECK(has(name));
  }
}

TEST_CASE("history cache: a text of the same size and an old time of change is read again", "[migrate]") {
  Cached project;
  const fs::path file = project.folder / "migrations/1_a/migration.sql";
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  project.write("1_a", "CREATE TABLE one (a INT);");
  fs::last_write_time(file, long_ago);
  project.check();
  project.write("1_a", "CREATE TABLE two (a INT);");
  fs::last_write_time(file, long_ago);
  project.check();
}

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
  SECTION("one is broken and fixed") {
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
