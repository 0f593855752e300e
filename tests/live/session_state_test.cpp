#include "live/deploy.h"

#include "live/baseline.h"
#include "live/fixture.h"
#include "live/resolve.h"
#include "support/catch.h"
#include "support/postgres.h"

// What a migration sets, and what a role may not do, beside the record.
namespace refract::test {
namespace {

using live::ConnectionString;
using live::MigrationState;

const std::string kUsers = "CREATE TABLE users (id INT PRIMARY KEY);";

}  // namespace

TEST_CASE("session: what a migration sets cannot keep its success from being recorded", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::string settings[] = {
      "SET ROLE limited;\nCREATE TABLE q (id INT);",
      "SET SESSION AUTHORIZATION limited;\nCREATE TABLE q (id INT);",
      "CREATE TABLE q (id INT);\nSET default_transaction_read_only = on;",
      "SET search_path = '';",
      "SELECT pg_catalog.set_config('search_path', '', false);",
      "SET statement_timeout = '50ms';",
      "SET lock_timeout = '1ms';",
      "SET standard_conforming_strings = off;",
      "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nCREATE TABLE q (id INT);",
      "SET TRANSACTION READ ONLY;\nSELECT 1;",
      "SET LOCAL search_path = '';\nCREATE TABLE public.q (id INT);",
      "BEGIN;\nSET ROLE limited;\nCREATE TABLE q (id INT);\nCOMMIT;",
      "BEGIN;\nSET SESSION AUTHORIZATION limited;\nCREATE TABLE q (id INT);\nCOMMIT;",
      "SET default_transaction_read_only = on;\nCOMMIT;\nSELECT 1;",
      "SET ROLE limited;\nCREATE TABLE q (id INT);\nCREATE INDEX CONCURRENTLY by_q ON q (id);",
      "SET DateStyle = 'German';\nSET TimeZone = 'Asia/Kolkata';\nVACUUM users;",
      "SET client_encoding = 'LATIN1';",
  };
  for (const std::string& sql : settings) {
    INFO(sql);
    const ConnectionString database = fresh_database();
    run_sql(database, "DO $$ BEGIN CREATE ROLE limited; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    Folder folder;
    folder.add("1_users", kUsers + "GRANT CREATE, USAGE ON SCHEMA public TO limited;").add("2_sets", sql);
    CHECK(deployed(folder, database) == "1_users 2_sets ");
    CHECK(records_of(database) == "1_users finished 1; 2_sets finished 1");
    CHECK(status_of(folder, database, "2_sets").state == MigrationState::applied);
  }
}

TEST_CASE("session: what a migration sets holds for the next, as in Prisma's one session", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  run_sql(database, "DO $$ BEGIN CREATE ROLE limited; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  Folder folder;
  folder.add("1_role", "GRANT CREATE, USAGE ON SCHEMA public TO limited; SET ROLE limited; SET work_mem = '7MB';")
      .add("2_as_role",
           "CREATE TABLE made (owner TEXT DEFAULT current_setting('work_mem')); INSERT INTO made DEFAULT VALUES;");
  REQUIRE(deployed(folder, database) == "1_role 2_as_role ");
  CHECK(ask(database, "SELECT tableowner FROM pg_tables WHERE tablename = 'made'") == "limited");
  CHECK(ask(database, "SELECT owner FROM made") == "7MB");
  // A run of its own is a session of its own.
  folder.add("3_later", "CREATE TABLE later ();");
  REQUIRE(deployed(folder, database) == "3_later ");
  CHECK(ask(database, "SELECT tableowner FROM pg_tables WHERE tablename = 'later'") == "postgres");
}

TEST_CASE("session: a search_path set by a migration is the next one's", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_dump", "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.a (id INT);")
      .add("2_users", kUsers);
  CHECK(deployed(folder, database, {.force = true}).contains("no schema has been selected to create in"));
  CHECK(deployed(folder, database) == "2_users ");
}

TEST_CASE("session: a migration that drops its own record fails whole", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_drops", "DROP TABLE _prisma_migrations;");
  CHECK(deployed(folder, database).starts_with("1_users FAILED 2_drops: relation"));
  CHECK(records_of(database).starts_with("1_users finished 1; 2_drops unfinished undone"));
}

TEST_CASE("rights: needed only where they are used", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  run_sql(database,
          "DO $$ BEGIN CREATE ROLE writer LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
          "DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
          "DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  Folder folder;
  folder.add("1_users", kUsers);
  REQUIRE(deployed(folder, database) == "1_users ");
  run_sql(database,
          "GRANT USAGE ON SCHEMA public TO writer, reader; GRANT ALL ON ALL TABLES IN SCHEMA public TO writer; "
          "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader; REVOKE ALL ON SCHEMA public FROM PUBLIC");
  // With nothing pending, reading is enough.
  CHECK(deployed(folder, as_role(database, "reader")).empty());
  folder.add("2_rows", "INSERT INTO users VALUES (1);");
  CHECK(deployed(folder, as_role(database, "reader")).contains("has no INSERT privilege on _prisma_migrations"));
  CHECK(deployed(folder, as_role(database, "writer")) == "2_rows ");

  const auto blind = live::status(folder.history(), as_role(database, "stranger"));
  REQUIRE(!blind);
  CHECK(blind.error().code == ErrorCode::database_rights);
  CHECK(
      blind.error().message ==
      "The user \"stranger\" has no USAGE privilege on schema \"public\"; grant it, or connect as the schema's owner.");
  CHECK(deployed(folder, as_role(database, "stranger")).contains("has no USAGE privilege"));
}

TEST_CASE("rights: a role whose transactions only read", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers);
  run_sql(database, "ALTER DATABASE " + ask(database, "SELECT quote_ident(current_database())") +
                        " SET default_transaction_read_only = on");
  CHECK(deployed(folder, database).contains("accepts no writes from this user"));
  const auto resolved = live::resolve(folder.history(), database, "1_users", live::Resolution::applied);
  REQUIRE(!resolved);
  CHECK(resolved.error().message.contains("accepts no writes from this user"));
  const auto based = live::baseline(migrate::History{}, database, {});
  REQUIRE(!based);
  CHECK(based.error().message.contains("accepts no writes from this user"));
  CHECK(live::status(folder.history(), database).has_value());
}

TEST_CASE("session: a role whose idle connections are broken at once", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  for (const std::string name :
       {"idle_in_transaction_session_timeout", "idle_session_timeout", "transaction_timeout"}) {
    INFO(name);
    const ConnectionString database = fresh_database();
    if (ask(database, "SELECT count(*) FROM pg_settings WHERE name = '" + name + "'") == "0") continue;
    run_sql(database,
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET " + name + " = 1', current_database()); END $$");
    Folder folder;
    folder.add("1_users", kUsers, "DROP TABLE users;")
        .add("2_parts", "CREATE TABLE a (); CREATE INDEX CONCURRENTLY by_id ON users (id); CREATE TABLE b ();")
        .add("3_resets", "RESET ALL;")
        .add("4_own", "BEGIN; CREATE TABLE c (); COMMIT; DISCARD PLANS;")
        .add("5_sets", "SET " + name + " = '5s'; CREATE TABLE d (x TEXT DEFAULT current_setting('" + name +
                           "')); INSERT INTO d DEFAULT VALUES;");
    CHECK(deployed(folder, database) == "1_users 2_parts 3_resets 4_own 5_sets ");
    CHECK(status_of(folder, database, "5_sets").state == MigrationState::applied);
    auto session = live::Session::open(database);
    REQUIRE(session);
    const auto set = session->query("SELECT x, current_setting('" + name + "') FROM d");
    REQUIRE(set);
    CHECK(set->at(0).at(0) == "5s");
    CHECK(set->at(0).at(1) == "0");
  }
}

TEST_CASE("session: a migration that has its own connection broken cannot keep its record from being written",
          "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  for (const std::string sql :
       {"SET LOCAL idle_in_transaction_session_timeout = 1; CREATE TABLE q ();",
        "SET idle_session_timeout = 1; CREATE TABLE q ();", "SET idle_in_transaction_session_timeout = 1;"}) {
    INFO(sql);
    const ConnectionString database = fresh_database();
    Folder folder;
    folder.add("1_users", kUsers).add("2_sets", sql);
    CHECK(deployed(folder, database) == "1_users 2_sets ");
    CHECK(records_of(database) == "1_users finished 1; 2_sets finished 1");
  }
}

}  // namespace refract::test
