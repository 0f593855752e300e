#include "migrate/wanted/names.h"

#include "migrate/history/history.h"
#include "support/catch.h"

using namespace refract::migrate;

namespace {

const std::string kLong(70, 'x');

History history_of(std::vector<std::string> names) {
  History history;
  for (std::string& name : names) history.migrations.push_back({.name = std::move(name)});
  return history;
}

constexpr std::int64_t kNow = 1767605400;  // 2026-01-05 09:30:00 UTC

}  // namespace

TEST_CASE("names: constraints are cut at 63 bytes, never inside a character", "[migrate]") {
  CHECK(primary_key_name("User") == "User_pkey");
  CHECK(unique_name("User", {"a", "b"}) == "User_a_b_key");
  CHECK(index_name("User", {"a"}) == "User_a_idx");
  CHECK(foreign_key_name("User", {"a"}) == "User_a_fkey");
  CHECK(primary_key_name(kLong) == std::string(58, 'x') + "_pkey");
  CHECK(index_name(kLong, {"a"}) == std::string(59, 'x') + "_idx");
  CHECK(primary_key_name(std::string(57, 'x') + "ö") == std::string(57, 'x') + "_pkey");
}

TEST_CASE("names: implicit many-to-many tables", "[migrate]") {
  const JoinNames names = join_names("AToB");
  CHECK(names.table == "_AToB");
  CHECK(names.primary_key == "_AToB_AB_pkey");
  CHECK(names.unique == "_AToB_AB_unique");
  CHECK(names.index == "_AToB_B_index");
  CHECK(names.foreign_key_a == "_AToB_A_fkey");
  const JoinNames cut = join_names(kLong);
  CHECK(cut.table.size() == 63);
  CHECK(cut.primary_key.size() == 63);
  CHECK(cut.foreign_key_b == "_" + std::string(55, 'x') + "_B_fkey");
}

TEST_CASE("names: the sequence of a SERIAL column", "[migrate]") {
  CHECK(serial_sequence_name("User", "id") == "User_id_seq");
  CHECK(serial_sequence_name(kLong, "id") == std::string(56, 'x') + "_id_seq");
  CHECK(serial_sequence_name(kLong, kLong) == std::string(29, 'x') + "_" + std::string(29, 'x') + "_seq");
}

TEST_CASE("migration names: words become a name", "[migrate]") {
  CHECK(normalise_name("Add User's  bio-and role!") == "add_users_bio_and_role");
  CHECK(normalise_name("  Größe ") == "gre");
  CHECK(normalise_name("___") == "");
  CHECK(normalise_name(std::string(300, 'a')).size() == 200);
}

TEST_CASE("migration names: a new one sorts after the last", "[migrate]") {
  CHECK(next_migration_name({}, "Init", Naming::timestamp, kNow) == "20260105093000_init");
  CHECK(next_migration_name({}, "", Naming::timestamp, kNow) == "20260105093000_migration");
  CHECK(next_migration_name({}, "Init", Naming::date, kNow) == "20260105_init");
  CHECK(next_migration_name(history_of({"20260105093000_zoo"}), "add", Naming::timestamp, kNow) ==
        "20260105093001_add");
  CHECK(next_migration_name(history_of({"20271231235959_zoo", "20200101000000_a"}), "add", Naming::timestamp, kNow) ==
        "20280101000000_add");
  CHECK(next_migration_name(history_of({"20260105_init"}), "add", Naming::date, kNow) == "20260105a_add");
  CHECK(next_migration_name(history_of({"20260105z_init"}), "add", Naming::date, kNow) == "20260105za_add");
  CHECK(next_migration_name(history_of({"0_init"}), "add", Naming::timestamp, kNow) == "20260105093000_add");
  const std::string last = "init";
  CHECK(next_migration_name(history_of({last}), "add", Naming::timestamp, kNow) > last);
}
