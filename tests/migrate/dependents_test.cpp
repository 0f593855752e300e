#include <algorithm>

#include "catalog/parse/sql.h"
#include "migrate/fixture.h"
#include "migrate/hazards/hazards.h"
#include "support/catch.h"

// What depends on a table, a column or a type, for schemas and for SQL written by hand.
namespace refract::test {
namespace {

constexpr std::string_view kUser =
    "CREATE TABLE \"User\" (id SERIAL PRIMARY KEY, email TEXT NOT NULL, name TEXT, size INTEGER);\n";

// "code: message" of what hand-written SQL does to dependents, after the SQL before it.
std::vector<std::string> dependents_of(const std::string& before, std::string_view sql) {
  const catalog::Catalog catalog = run(before, catalog::Catalog::empty());
  const catalog::ParsedSql parsed = catalog::parse_sql(sql);
  REQUIRE(parsed.errors.empty());
  std::vector<std::string> found;
  for (const migrate::Hazard& hazard : migrate::hazards(parsed.steps, catalog, {}, sql)) {
    if (hazard.code.starts_with("dependents-") || hazard.code == "will-fail")
      found.push_back(std::string(hazard.code) + ": " + hazard.message);
  }
  return found;
}

using Lines = std::vector<std::string>;

Lines broken(const std::string& names) {
  return {"dependents-broken: These use " + names};
}

}  // namespace

TEST_CASE("dependents: a trigger's function names a column of its row", "[migrate]") {
  const std::string trigger =
      std::string(kUser) +
      "CREATE FUNCTION uf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := lower(NEW.email); RETURN NEW; END "
      "$$;\n"
      "CREATE TRIGGER ut BEFORE INSERT ON \"User\" FOR EACH ROW EXECUTE FUNCTION uf();\n"
      "CREATE FUNCTION cnt() RETURNS bigint LANGUAGE sql AS 'select count(name) from \"User\"';\n";
  CHECK(dependents_of(trigger, "ALTER TABLE \"User\" DROP COLUMN name;") ==
        broken("User.name and will fail when they are called: function uf, function cnt."));
  CHECK(dependents_of(trigger, "ALTER TABLE \"User\" RENAME COLUMN name TO \"fullName\";") ==
        broken("the old name of User.name and will fail when they are called: function uf, function cnt."));
  CHECK(dependents_of(trigger, "ALTER TABLE \"User\" ALTER COLUMN email TYPE integer USING 1;") ==
        broken("User.email and may fail with its new type when they are called: function uf."));
  CHECK(dependents_of(trigger, "ALTER TABLE \"User\" DROP COLUMN size;").empty());
  // The same through what the schema asks for, with a rename and without.
  const auto of_schema = [&](std::vector<migrate::RenameRequest> requests) {
    const auto schema = snapshot_of(
        "model User {\n  id Int @id @default(autoincrement())\n  email String\n  fullName String?\n  size Int?\n}");
    migrate::History history;
    history.catalog = std::make_shared<const catalog::Catalog>(run(trigger, catalog::Catalog::empty()));
    const auto next = migrate::next_migration(history, *schema, requests);
    REQUIRE(next);
    return std::ranges::count(next->hazards, "dependents-broken", &migrate::Hazard::code);
  };
  CHECK(of_schema({{"User.name", "fullName"}}) == 1);
  CHECK(of_schema({}) == 1);
}

TEST_CASE("dependents: the ways in which a trigger and its function name a column", "[migrate]") {
  const auto with = [](const std::string& body, const std::string& trigger = "BEFORE INSERT ON \"User\" FOR EACH ROW") {
    return std::string(kUser) + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $f$ " + body +
           " $f$;\nCREATE TRIGGER t " + trigger + " EXECUTE FUNCTION f();\n";
  };
  const std::string drop = "ALTER TABLE \"User\" DROP COLUMN name;";
  const Lines by_function = broken("User.name and will fail when they are called: function f.");
  CHECK(dependents_of(with("BEGIN IF OLD.NAME = 'x' THEN RETURN NULL; END IF; RETURN NEW; END"), drop) == by_function);
  CHECK(dependents_of(with("BEGIN NEW . \"name\" = 1; RETURN NEW; END"), drop) == by_function);
  CHECK(dependents_of(with("BEGIN EXECUTE 'SELECT name FROM \"User\"'; RETURN NEW; END"), drop) == by_function);
  CHECK(dependents_of(with("BEGIN PERFORM count(name) FROM added; RETURN NULL; END",
                           "AFTER INSERT ON \"User\" REFERENCING NEW TABLE AS added FOR EACH STATEMENT"),
                      drop) == by_function);
  // Another table's column, a comment, another column.
  CHECK(dependents_of(with("BEGIN INSERT INTO log(name) VALUES (NEW.email); RETURN NEW; END"), drop).empty());
  CHECK(dependents_of(with("BEGIN -- NEW.name\n /* NEW.name */ RETURN NEW; END"), drop).empty());
  CHECK(dependents_of(with("BEGIN NEW.\"Name\" = 1; RETURN NEW; END"), drop).empty());
  // What PostgreSQL follows itself stands in the way of a drop and of a type, and goes along with a rename.
  const std::string condition =
      with("BEGIN RETURN NEW; END", "BEFORE UPDATE OF name ON \"User\" FOR EACH ROW WHEN (NEW.size > 1)");
  const Lines blocks = {
      "dependents-block: PostgreSQL rejects the statement while these objects use User.name: trigger t."};
  CHECK(dependents_of(condition, drop) == blocks);
  CHECK(dependents_of(condition, "ALTER TABLE \"User\" ALTER COLUMN name TYPE varchar(9);") == blocks);
  CHECK(dependents_of(condition, "ALTER TABLE \"User\" RENAME COLUMN name TO n;").empty());
  // Arguments are text.
  const std::string arguments = with("BEGIN RETURN NEW; END", "BEFORE INSERT ON \"User\" FOR EACH ROW");
  const std::string passed = std::string(kUser) +
                             "CREATE TRIGGER v BEFORE INSERT ON \"User\" FOR EACH ROW EXECUTE FUNCTION "
                             "tsvector_update_trigger(email, 'pg_catalog.english', 'name');\n";
  CHECK(dependents_of(passed, "ALTER TABLE \"User\" RENAME COLUMN name TO n;") ==
        broken("the old name of User.name and will fail when they are called: trigger v."));
}

TEST_CASE("dependents: functions by signature, by text and by a body that PostgreSQL follows", "[migrate]") {
  const std::string functions =
      std::string(kUser) +
      "CREATE TYPE s AS ENUM ('a', 'b');\n"
      "CREATE FUNCTION by_row(u \"User\") RETURNS int LANGUAGE sql AS 'select 1';\n"
      "CREATE FUNCTION rows() RETURNS SETOF \"User\" LANGUAGE sql AS 'select * from \"User\"';\n"
      "CREATE FUNCTION by_type(x s) RETURNS int LANGUAGE sql AS 'select 1';\n"
      "CREATE FUNCTION text_only() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x s; BEGIN "
      "RETURN 1; END $$;\n"
      "CREATE FUNCTION followed() RETURNS bigint LANGUAGE sql RETURN (SELECT count(email) FROM "
      "\"User\");\n";
  CHECK(dependents_of(functions, "DROP TABLE \"User\";") ==
        Lines{"dependents-block: PostgreSQL rejects the statement while these objects use User: function by_row, "
              "function rows, function "
              "followed."});
  CHECK(dependents_of(functions, "DROP TABLE \"User\" CASCADE;") ==
        Lines{"dependents-dropped: Dropped together with User, although no schema describes it: function by_row, "
              "function rows, function "
              "followed."});
  CHECK(dependents_of(functions, "DROP TYPE s;") ==
        Lines{"dependents-block: PostgreSQL rejects the statement while these objects use s: function by_type.",
              "dependents-broken: These use s and will fail when they are called: function text_only."});
  CHECK(dependents_of(functions, "ALTER TYPE s RENAME TO t;") ==
        broken("the old name of s and will fail when they are called: function text_only."));
  CHECK(dependents_of(functions, "ALTER TABLE \"User\" RENAME TO \"Person\";") ==
        broken("the old name of User and will fail when they are called: function rows."));
  CHECK(
      dependents_of(functions, "ALTER TABLE \"User\" DROP COLUMN email;") ==
      Lines{
          "dependents-block: PostgreSQL rejects the statement while these objects use User.email: function followed."});
  // The type is followed through its renames: the swap of an enum.
  CHECK(dependents_of(functions, "ALTER TYPE s RENAME TO s_old; CREATE TYPE s AS ENUM ('a'); DROP TYPE s_old;") ==
        Lines{"dependents-block: PostgreSQL rejects the statement while these objects use s_old: function by_type."});
  // A value in the text of a function.
  const std::string value =
      std::string(kUser) +
      "CREATE TYPE s AS ENUM ('a', 'b'); ALTER TABLE \"User\" ADD COLUMN st s;\n"
      "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'select count(*) from \"User\" where st = "
      "''a''';\nCREATE FUNCTION g() RETURNS text LANGUAGE sql AS 'select ''a''::text';\n";
  CHECK(dependents_of(value, "ALTER TYPE s RENAME VALUE 'a' TO 'c';") ==
        broken("the old name of value a of s and will fail when they are called: function f."));
}

TEST_CASE("dependents: a name is found however the text spells it", "[migrate]") {
  const auto of_column = [](const std::string& column, const std::string& body) {
    return dependents_of(
        "CREATE TABLE u (id INT, " + column +
            " TEXT);\nCREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body +
            " RETURN NEW; END $$;\nCREATE TRIGGER g BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION f();\n",
        "ALTER TABLE u DROP COLUMN " + column + ";");
  };
  const auto found = [](const std::string& column) {
    return broken("u." + column + " and will fail when they are called: function f.");
  };
  CHECK(of_column("seats", "FOR i IN 1..NEW.seats LOOP NULL; END LOOP;") == found("seats"));
  CHECK(of_column("\"a\"\"b\"", "NEW.\"a\"\"b\" := 1;") == found("a\"b"));
  CHECK(of_column("data", "NEW.U&\"d\\0061ta\" := 1;") == found("data"));
  CHECK(of_column("email", "EXECUTE E'SELECT email\\nFROM u';") == found("email"));
}

TEST_CASE("dependents: generated columns, policies, rules, publications, statistics", "[migrate]") {
  const std::string all = std::string(kUser) +
                          "ALTER TABLE \"User\" ADD COLUMN low TEXT GENERATED ALWAYS AS (lower(name)) STORED;\n"
                          "CREATE TABLE log (id INT);\n"
                          "CREATE POLICY own ON \"User\" USING (name = current_user);\n"
                          "CREATE POLICY other ON log USING (EXISTS (SELECT FROM \"User\" WHERE name = 'x'));\n"
                          "CREATE RULE r AS ON INSERT TO log DO ALSO UPDATE \"User\" SET name = 'y';\n"
                          "CREATE STATISTICS st ON name, email FROM \"User\";\n"
                          "CREATE INDEX i ON \"User\" (id) INCLUDE (name);\n"
                          "CREATE INDEX e ON \"User\" (lower(name));\n";
  CHECK(dependents_of(all, "ALTER TABLE \"User\" DROP COLUMN name;") ==
        Lines{"dependents-dropped: Dropped together with User.name, although no schema describes it: index e, index i, "
              "statistics st.",
              "dependents-block: PostgreSQL rejects the statement while these objects use User.name: generated column "
              "low, policy own, "
              "policy other of log, rule r of log."});
  CHECK(dependents_of(all, "ALTER TABLE \"User\" ALTER COLUMN name TYPE varchar(5);") ==
        Lines{"dependents-block: PostgreSQL rejects the statement while these objects use User.name: generated column "
              "low, policy own, "
              "policy other of log, rule r of log."});
  CHECK(dependents_of(all, "ALTER TABLE \"User\" RENAME COLUMN name TO n;").empty());
}

TEST_CASE("dependents: expressions that compare a column with constants of its old type", "[migrate]") {
  const std::string base =
      "CREATE TYPE s AS ENUM ('a', 'b'); CREATE TYPE t AS ENUM ('a', 'b');\n"
      "CREATE TABLE u (id INT, st s, n INT);\n";
  const std::string to_enum = "ALTER TABLE u ALTER COLUMN st TYPE t USING st::text::t;";
  const auto blocked = [](const std::string& what, const std::string& column) {
    return Lines{"dependents-block: PostgreSQL rejects the statement while these objects use u." + column + ": " +
                 what + "."};
  };
  CHECK(dependents_of(base + "CREATE INDEX p ON u (id) WHERE st = 'a';", to_enum) == blocked("index p", "st"));
  CHECK(dependents_of(base + "ALTER TABLE u ADD CONSTRAINT c CHECK (st <> 'b');", to_enum) == blocked("check c", "st"));
  CHECK(dependents_of(base + "CREATE INDEX p ON u ((st = 'a'));", to_enum) == blocked("index p", "st"));
  CHECK(dependents_of(base + "CREATE INDEX p ON u (id) WHERE st IS NOT NULL;", to_enum).empty());
  CHECK(dependents_of(base + "CREATE INDEX p ON u (st);", to_enum).empty());
  CHECK(dependents_of(base + "CREATE INDEX p ON u (id) WHERE n > 5;", "ALTER TABLE u ALTER COLUMN n TYPE text;") ==
        blocked("index p", "n"));
  CHECK(dependents_of(base + "CREATE INDEX p ON u (id) WHERE n > 5;", "ALTER TABLE u ALTER COLUMN n TYPE bigint;")
            .empty());
  // Replay refuses what PostgreSQL refuses.
  catalog::Catalog catalog = run(base + "CREATE INDEX p ON u (id) WHERE st = 'a';", catalog::Catalog::empty());
  const auto issues = catalog::replay(catalog::parse_sql(to_enum).steps, catalog);
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().message ==
        "the type of column \"st\" of table \"u\" cannot change: index p compares it with values of \"s\"");
}

TEST_CASE("dependents: a column is known by the name it had when the text was written", "[migrate]") {
  const std::string before = std::string(kUser) +
                             "CREATE VIEW v AS SELECT name FROM \"User\";\n"
                             "CREATE POLICY own ON \"User\" USING (name = 'x');\n"
                             "ALTER TABLE \"User\" RENAME COLUMN name TO full_name;\n"
                             "ALTER TABLE \"User\" RENAME TO person;\n";
  CHECK(dependents_of(before, "ALTER TABLE person ALTER COLUMN full_name TYPE varchar(5);") ==
        Lines{"dependents-block: PostgreSQL rejects the statement while these objects use person.full_name: view v, "
              "policy own."});
}

TEST_CASE("dependents: the sequence of a column that becomes BIGINT", "[migrate]") {
  const auto codes = [](const std::string& before, std::string_view sql) {
    const auto parsed = catalog::parse_sql(sql);
    const auto catalog = run(before, catalog::Catalog::empty());
    std::vector<std::string> found;
    for (const migrate::Hazard& hazard : migrate::hazards(parsed.steps, catalog)) found.emplace_back(hazard.code);
    return std::ranges::count(found, "sequence-too-small");
  };
  const std::string widen = "ALTER TABLE t ALTER COLUMN id TYPE bigint;";
  CHECK(codes("CREATE TABLE t (id SERIAL);", widen) == 1);
  CHECK(codes("CREATE TABLE t (id SERIAL);", widen + "ALTER SEQUENCE t_id_seq AS bigint;") == 0);
  CHECK(codes("CREATE TABLE t (id SERIAL);", "ALTER SEQUENCE t_id_seq AS bigint;" + widen) == 0);
  CHECK(codes("CREATE SEQUENCE q; CREATE TABLE t (id INT DEFAULT nextval('q'));", widen) == 0);
  CHECK(codes("CREATE SEQUENCE q AS integer; CREATE TABLE t (id INT DEFAULT nextval('q'));", widen) == 1);
  CHECK(codes("CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY);", widen) == 0);
  CHECK(codes("CREATE TABLE t (id SMALLSERIAL);", "ALTER TABLE t ALTER COLUMN id TYPE int;") == 1);
}

}  // namespace refract::test
