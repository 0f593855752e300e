#include "live/catalog_difference.h"
#include "live/fixture.h"
#include "live/introspect.h"
#include "live/session.h"
#include "live/verify.h"
#include "migrate/diff/diff_options.h"
#include "migrate/history/next.h"
#include "support/catch.h"
#include "support/postgres.h"

// What a schema cannot express is kept, and what PostgreSQL stores is what was asked for, on a real database.

namespace refract::test {
namespace {

catalog::Catalog live(const live::ConnectionString& database) {
  auto session = live::Session::open(database);
  REQUIRE(session);
  auto found = live::introspect(*session);
  REQUIRE(found);
  return std::move(*found);
}

// What leads from a database made by `sql` to the schema.
migrate::NextMigration next_of(std::string_view sql, std::string_view schema, migrate::ManagedScope managed = {}) {
  const live::ConnectionString database = fresh_database();
  run_sql(database, std::string(sql));
  const auto snapshot = schema_of(schema);
  migrate::DiffOptions options = migrate::diff_options(*snapshot);
  options.managed = std::move(managed);
  return migrate::next_migration(live(database), *snapshot, options);
}

std::vector<std::string> kept_of(const migrate::NextMigration& next) {
  std::vector<std::string> drops;
  for (const migrate::KeptObject& object : next.plan.kept) drops.push_back(object.drop);
  return drops;
}

// A schema's migration, deployed, leaves nothing to do: to the folder, and to the database.
void check_no_changes(std::string_view schema) {
  INFO(schema);
  const auto snapshot = schema_of(schema);
  const migrate::DiffOptions options = migrate::diff_options(*snapshot);
  catalog::Catalog folder = catalog::Catalog::empty();
  const std::string sql = migrate::next_migration(folder, *snapshot, options).sql;
  INFO(sql);
  CHECK(catalog::replay(catalog::parse_sql(sql).steps, folder).empty());
  CHECK(migrate::next_migration(folder, *snapshot, options).sql == "-- This is an empty migration.\n");
  const live::ConnectionString database = fresh_database();
  run_sql(database, sql);
  const catalog::Catalog stored = live(database);
  CHECK(migrate::next_migration(stored, *snapshot, options).sql == "-- This is an empty migration.\n");
  CHECK(differences(folder, stored) == std::vector<std::string>{});
}

}  // namespace

TEST_CASE("kept: indexes made by hand, and the schema's own refined by hand", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const migrate::NextMigration next = next_of(R"(
CREATE TABLE "P" (id INTEGER NOT NULL, name TEXT NOT NULL, n INTEGER, at TSRANGE, tags JSONB, CONSTRAINT "P_pkey" PRIMARY KEY (id));
CREATE INDEX a ON "P" USING brin (n) WITH (pages_per_range = 32);
CREATE INDEX b ON "P" (name text_pattern_ops);
CREATE INDEX c ON "P" (name COLLATE "C" DESC NULLS LAST);
CREATE INDEX d ON "P" USING gin (tags) WITH (fastupdate = off);
CREATE INDEX e ON "P" ((tags ->> 'a')) INCLUDE (n) WHERE n > 0;
ALTER TABLE "P" ADD CONSTRAINT f UNIQUE (n) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "P_name_idx" ON "P" (lower(name)) WITH (fillfactor = 70);
CREATE INDEX "P_n_idx" ON "P" (n) INCLUDE (name);)",
                                              R"(model P {
  id   Int     @id
  name String
  n    Int?
  at   Unsupported("tsrange")?
  tags Json?
  @@index([name])
  @@index([n])
})");
  CHECK(next.sql == "-- This is an empty migration.\n");
  CHECK(kept_of(next) == std::vector<std::string>{"DROP INDEX \"a\";", "DROP INDEX \"b\";", "DROP INDEX \"c\";",
                                                  "DROP INDEX \"d\";", "DROP INDEX \"e\";",
                                                  "ALTER TABLE \"P\" DROP CONSTRAINT \"f\";"});
}

TEST_CASE("kept: foreign keys to other schemas, external tables and generated columns", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const migrate::NextMigration next =
      next_of(R"(
CREATE SCHEMA auth;
CREATE TABLE auth.users (id uuid PRIMARY KEY);
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE legacy (id INTEGER PRIMARY KEY, m mood);
CREATE TABLE "P" (id UUID NOT NULL, name TEXT, old INTEGER, loud TEXT GENERATED ALWAYS AS (upper(name)) STORED NOT NULL,
  CONSTRAINT "P_pkey" PRIMARY KEY (id));
ALTER TABLE "P" ADD CONSTRAINT "P_id_fkey" FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE "P" ADD CONSTRAINT "P_old_fkey" FOREIGN KEY (old) REFERENCES legacy(id);)",
              R"(model P {
  id   String  @id @db.Uuid
  name String?
  old  Int?
})",
              {.external_tables = {{"public", "legacy"}}, .external_enums = {{"public", "mood"}}});
  CHECK(next.sql == "-- This is an empty migration.\n");
  CHECK(kept_of(next) == std::vector<std::string>{"ALTER TABLE \"P\" DROP CONSTRAINT \"P_id_fkey\";",
                                                  "ALTER TABLE \"P\" DROP CONSTRAINT \"P_old_fkey\";",
                                                  "ALTER TABLE \"P\" DROP COLUMN \"loud\";"});
}

TEST_CASE("kept: a default that is stored in another spelling is not set again", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  check_no_changes(R"schema(model A {
  id Int      @id
  a  DateTime @default(dbgenerated("now() + interval '1 hour'")) @db.Timestamptz(3)
  b  DateTime @default(dbgenerated("now() + interval '24 hours'")) @db.Timestamptz(3)
  c  DateTime @default(dbgenerated("now() + '15 minutes'::interval")) @db.Timestamptz(3)
  d  DateTime @default(dbgenerated("CURRENT_TIMESTAMP + '30 min'")) @db.Timestamptz(3)
  e  DateTime @default(dbgenerated("now() + interval '2 weeks'")) @db.Timestamptz(3)
  f  DateTime @default(dbgenerated("(now() + interval 'P1M')")) @db.Timestamptz(3)
  g  DateTime @default(dbgenerated("date_trunc('day', now() AT TIME ZONE 'UTC')"))
  h  DateTime @default(dbgenerated("now() - make_interval(days => 3)")) @db.Timestamptz(3)
})schema");
  check_no_changes(R"schema(model A {
  id Int    @id
  a  String @default(dbgenerated("$$doll$$"))
  b  String @default(dbgenerated("U&'\\0041'"))
  c  String @default(dbgenerated("'a' COLLATE \"C\""))
  d  Json   @default(dbgenerated("'{\"a\":1}'::json::jsonb"))
  e  String @default(dbgenerated("E'a\\tb'")) @db.VarChar(10)
  f  String @default(dbgenerated("'192.168.0.0/32'")) @db.Inet
  g  Decimal @default(dbgenerated("'$1,000.00'::money")) @db.Money
  h  Bytes  @default(dbgenerated("'\\141b'::bytea"))
  i  String @default(dbgenerated("upper(pg_catalog.lower('A')) || 1"))
  j  Int    @default(dbgenerated("-(7)"))
  k  Int[]  @default(dbgenerated("'{ 1 , NULL }'"))
  l  Float  @default(dbgenerated("(- 100)::real"))
  m  String @default(dbgenerated("current_setting('TimeZone')"))
  n  Unsupported("interval")? @default(dbgenerated("'90 min'"))
  o  Unsupported("interval")? @default(dbgenerated("interval '1-2' year to month"))
  p  Unsupported("int4range")? @default(dbgenerated("'[1,9]'"))
  q  DateTime @default(dbgenerated("'1999-Jan-08'")) @db.Date
  r  DateTime @default(dbgenerated("'04:05 PM'")) @db.Time(3)
  s  Boolean @default(dbgenerated("'yes'"))
  t  String @default(dbgenerated("(/* why */ gen_random_uuid())::text"))
  u  String @default(dbgenerated("CASE WHEN 1 > 0.5 THEN 'a' ELSE 'b' END"))
})schema");
}

TEST_CASE("kept: down.sql has expressions as they were written", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("20240101000000_m0", R"(
CREATE TABLE "T" ("id" INTEGER NOT NULL, "a" INTEGER, "s" TEXT, CONSTRAINT "T_pkey" PRIMARY KEY ("id"),
  CONSTRAINT c CHECK (a::bigint > 0 AND s SIMILAR TO '%x'));
CREATE INDEX i1 ON "T"(lower(a::text));
CREATE INDEX i4 ON "T"((s::varchar(3)));
CREATE INDEX i5 ON "T"((a::bigint)) WITH (fillfactor = 80);
CREATE INDEX i6 ON "T"((extract(year from timestamp '2020-01-01' + a * interval '1 day')));
ALTER TABLE "T" ADD COLUMN g TEXT GENERATED ALWAYS AS (a::text) STORED;
CREATE SEQUENCE q AS integer OWNED BY "T".a;
ALTER TABLE "T" ALTER a SET DEFAULT nextval('q');)");
  const auto schema = schema_of("model Z {\n  id Int @id\n}");
  const migrate::History history = folder.history();
  const auto next = migrate::next_migration(*history.catalog, *schema, migrate::diff_options(*schema));
  INFO(next.down.sql);
  for (const char* part : {"(lower((a)::text))", "((s)::character varying(3))", "((a)::bigint)) WITH (fillfactor=80)",
                           "GENERATED ALWAYS AS ((a)::text) STORED", "ALTER COLUMN \"a\" DROP NOT NULL"}) {
    CHECK(next.down.sql.contains(part));
  }
  const auto report = live::verify(history, live::Candidate{"next", next.sql, next.down.sql}, *schema,
                                   migrate::diff_options(*schema), {}, {});
  REQUIRE(report);
  for (const live::Check& check : report->checks) {
    for (const std::string& detail : check.details) UNSCOPED_INFO(detail);
  }
  CHECK(report->ok());
}

}  // namespace refract::test
