#include <chrono>

#include "cli/program.h"
#include "live/session.h"
#include "support/catch.h"
#include "support/postgres.h"

// What a reset drops and what it leaves, with dumps of everything that is not the project's before and after.
namespace refract::test {
namespace {

const std::string kUser = "model User {\n  id Int @id\n}\n";
constexpr std::string_view kCreateUser =
    "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n";

class Resettable : public Project {
 public:
  explicit Resettable(const std::string& schema = schema_text(kUser), std::string_view sql = kCreateUser)
      : database(fresh_database()), name(ask(database, "SELECT current_database()")) {
    write("prisma/schema.prisma", schema);
    write("prisma/migrations/1_user/migration.sql", sql);
  }
  Ran migrate(std::vector<std::string> words, const std::string& parameters = "",
              const std::string& role = "postgres") {
    words.insert(words.begin(), "migrate");
    words.insert(words.end(), {"--url", url_of(database, parameters, role)});
    return refract(words);
  }
  Ran reset(const std::string& parameters = "", const std::string& role = "postgres") {
    return migrate({"reset", "--force", "--database", name}, parameters, role);
  }

  live::ConnectionString database;
  std::string name;
};

// Another program beside the project: tables with data, a view, a function, grants, default privileges, comments.
constexpr const char* kOtherProgram = R"(
  CREATE SCHEMA other;
  CREATE TABLE other.precious (id int PRIMARY KEY, note text);
  INSERT INTO other.precious VALUES (1, 'keep'), (2, 'keep too');
  CREATE VIEW other.notes AS SELECT note FROM other.precious;
  CREATE FUNCTION other.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE TYPE other.mood AS ENUM ('good', 'bad');
)";

}  // namespace

TEST_CASE("reset: it waits for the migration lock as long as it is given", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project;
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  auto holder = live::Session::open(project.database);
  REQUIRE(holder);
  REQUIRE(holder->execute("SELECT pg_advisory_lock(72707369)"));
  const auto begin = std::chrono::steady_clock::now();
  const Ran ran = project.migrate({"reset", "--force", "--database", project.name, "--lock-wait", "0.2"});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code != 0);
  CHECK(ran.err.contains("--lock-wait SECONDS"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  CHECK(ask(project.database, "SELECT to_regclass('\"User\"')") == "\"User\"");
}

TEST_CASE("reset: the URL's schema alone is emptied", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project;
  run_sql(project.database, kOtherProgram);
  run_sql(project.database, "CREATE TABLE public.precious(id int); INSERT INTO public.precious VALUES (1)");
  REQUIRE(project.migrate({"deploy"}, "schema=tenant1").exit_code == 0);
  run_sql(project.database, "INSERT INTO tenant1.\"User\" VALUES (7)");
  const auto before = dump(project.database, {"-N", "tenant1"});
  const Ran ran = project.reset("schema=tenant1");
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ask(project.database, "SELECT count(*) FROM tenant1.\"User\"") == "0");
  CHECK(ask(project.database, "SELECT count(*) FROM public.precious") == "1");
  CHECK(dump(project.database, {"-N", "tenant1"}) == before);
}

TEST_CASE("reset: the datasource's schemas are emptied, whatever the migrations mention", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project(
      "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n  schemas = [\"a\", \"b\"]\n}\n\n"
      "model User {\n  id Int @id\n\n  @@schema(\"a\")\n}\n",
      "CREATE SCHEMA IF NOT EXISTS \"a\";\nCREATE SCHEMA IF NOT EXISTS \"b\";\nCREATE SCHEMA IF NOT EXISTS \"other\";\n"
      "CREATE TABLE \"a\".\"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n"
      "CREATE TABLE IF NOT EXISTS \"other\".\"made_by_hand\" (\"id\" INTEGER);\n");
  run_sql(project.database, kOtherProgram);
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  run_sql(project.database, "CREATE TABLE b.extra (id int); INSERT INTO other.made_by_hand VALUES (1)");
  const auto before = dump(project.database, {"-n", "other"});
  const Ran ran = project.reset();
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ask(project.database, "SELECT to_regclass('b.extra')").empty());
  CHECK(ask(project.database, "SELECT count(*) FROM other.made_by_hand") == "1");
  CHECK(dump(project.database, {"-n", "other"}) == before);
}

TEST_CASE("reset: what depends on it from elsewhere is listed and stops it", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  struct Dependent {
    const char* sql;
    const char* listed;
  };
  for (const Dependent& dependent : {
           Dependent{"CREATE TABLE other.t (u int REFERENCES \"User\")",
                     "blocked: The table constraint t_u_fkey on other.t"},
           {"CREATE VIEW other.v AS SELECT id FROM \"User\"", "blocked: The rule \"_RETURN\" on other.v"},
           {"CREATE MATERIALIZED VIEW other.m AS SELECT id FROM \"User\"", "blocked: The rule \"_RETURN\" on other.m"},
           {"CREATE TYPE \"E\" AS ENUM ('x'); CREATE TABLE other.t (e \"E\", l \"E\"[])",
            "blocked: The table column other.t.e"},
           {"CREATE FUNCTION other.g(\"User\") RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "blocked: The function other.g"},
           {"CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE other.t (a int DEFAULT "
            "public.g())",
            "blocked: The default value for other.t.a"},
           {"CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER hook "
            "BEFORE "
            "INSERT ON other.precious FOR EACH ROW EXECUTE FUNCTION public.h()",
            "blocked: The trigger hook on other.precious"},
           {"CREATE TABLE other.child () INHERITS (\"User\")", "blocked: The table other.child"},
           {"CREATE TABLE other.parts (id int) PARTITION BY RANGE (id); CREATE TABLE first PARTITION OF other.parts "
            "FOR "
            "VALUES FROM (0) TO (10); INSERT INTO other.parts VALUES (1)",
            "blocked: The table other.parts depends on the partition public.first."},
           {"CREATE TABLE other.base (id int); CREATE TABLE more () INHERITS (other.base)",
            "blocked: The table other.base depends on the child table public.more."},
           {"CREATE SEQUENCE s; CREATE TABLE other.t (a int DEFAULT nextval('public.s'))",
            "blocked: The default value for other.t.a"},
           {"CREATE FUNCTION k() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER guard ON "
            "ddl_command_start EXECUTE FUNCTION k()",
            "blocked: The event trigger guard depends on the function public.k()."},
           {"CREATE FUNCTION k() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER guard ON "
            "sql_drop EXECUTE FUNCTION k(); ALTER EVENT TRIGGER guard DISABLE",
            "blocked: The event trigger guard depends on the function public.k()."},
           {"CREATE FUNCTION as_int(other.mood) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE CAST (other.mood AS "
            "int) "
            "WITH FUNCTION public.as_int(other.mood)",
            "blocked: The cast (other.mood AS integer) depends on the function public.as_int(other.mood)."},
       }) {
    INFO(dependent.sql);
    Resettable project;
    run_sql(project.database, kOtherProgram);
    REQUIRE(project.migrate({"deploy"}).exit_code == 0);
    run_sql(project.database, dependent.sql);
    const auto before = dump(project.database);
    const Ran ran = project.reset();
    INFO(ran.err);
    CHECK(ran.exit_code == 1);
    CHECK(ran.err.contains(dependent.listed));
    CHECK(ran.err.contains("nothing was dropped"));
    CHECK(dump(project.database) == before);
  }
}

TEST_CASE("reset: the migrations' own event triggers and casts go with it", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project(schema_text(kUser),
                     std::string(kCreateUser) +
                         "CREATE TYPE e AS ENUM ('x'); CREATE CAST (e AS int) WITH INOUT;\n"
                         "CREATE FUNCTION k() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';\n"
                         "CREATE EVENT TRIGGER guard ON ddl_command_start EXECUTE FUNCTION k();\n");
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  const Ran ran = project.reset();
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK((ran.out + ran.err).contains("also affected: event trigger guard"));
  CHECK(ask(project.database, "SELECT count(*) FROM pg_event_trigger") == "1");  // by the migrations, which ran again
}

TEST_CASE("reset: owner, grants, default privileges and comment of the schema stay", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project;
  run_sql(project.database,
          "DO $$ BEGIN CREATE ROLE reset_reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
          "CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO reset_reader; COMMENT ON SCHEMA app IS 'the app';"
          "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reset_reader;");
  const auto facts = [&] {
    return ask(project.database,
               "SELECT n.oid || ' ' || n.nspowner || ' ' || n.nspacl::text || ' ' || obj_description(n.oid, "
               "'pg_namespace') || ' ' || (SELECT defaclacl::text FROM pg_default_acl WHERE defaclnamespace = n.oid) "
               "FROM pg_namespace n WHERE nspname = 'app'");
  };
  const std::string before = facts();
  REQUIRE(project.migrate({"deploy"}, "schema=app").exit_code == 0);
  CHECK(project.reset("schema=app").exit_code == 0);
  CHECK(facts() == before);
  CHECK(ask(project.database, "SELECT has_table_privilege('reset_reader', 'app.\"User\"', 'SELECT')") == "t");
}

TEST_CASE("reset: every kind of object goes, extensions only where they are the project's", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project(schema_text(kUser),
                     std::string("CREATE EXTENSION IF NOT EXISTS \"citext\";\n") + std::string(kCreateUser));
  run_sql(project.database, "CREATE EXTENSION pg_trgm");
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  run_sql(project.database, R"(
    CREATE TABLE parts (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
    CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE TABLE mail (id serial PRIMARY KEY, a citext, t text);
    CREATE INDEX ON mail USING gin (t gin_trgm_ops);
    CREATE VIEW v AS SELECT * FROM mail;
    CREATE MATERIALIZED VIEW m AS SELECT * FROM v;
    CREATE SEQUENCE "odd name";
    CREATE DOMAIN d AS text CHECK (value <> '');
    CREATE TYPE e AS ENUM ('a'); CREATE TYPE pair AS (a int, b e); CREATE TYPE span AS RANGE (subtype = int);
    CREATE FUNCTION f(pair) RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
    CREATE AGGREGATE agg(int) (sfunc = int4pl, stype = int);
    CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq);
    CREATE COLLATION c (locale = 'C');
    CREATE TEXT SEARCH CONFIGURATION ts (COPY = simple);
    CREATE STATISTICS st ON id, a FROM mail;
    CREATE TABLE loop_a (id int PRIMARY KEY, b int); CREATE TABLE loop_b (id int PRIMARY KEY REFERENCES loop_a);
    ALTER TABLE loop_a ADD FOREIGN KEY (b) REFERENCES loop_b;
  )");
  const Ran ran = project.reset();
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ran.err.contains("  extension citext\n"));
  CHECK(!ran.err.contains("extension pg_trgm"));
  CHECK(ask(project.database,
            "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class c WHERE relnamespace = "
            "'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')") == "User _prisma_migrations");
  CHECK(ask(project.database, "SELECT count(*) FROM pg_extension WHERE extname IN ('citext', 'pg_trgm')") == "2");
  CHECK(ask(project.database, "SELECT count(*) FROM pg_proc WHERE proname IN ('f', 'p', 'agg')") == "0");
  CHECK(ask(project.database, "SELECT count(*) FROM pg_type WHERE typname IN ('d', 'e', 'pair', 'span')") == "0");
}

TEST_CASE("reset: an extension that another schema uses stays", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project(schema_text(kUser),
                     std::string("CREATE EXTENSION IF NOT EXISTS \"citext\";\n") + std::string(kCreateUser));
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  run_sql(project.database, "CREATE SCHEMA other; CREATE TABLE other.t (a citext); INSERT INTO other.t VALUES ('x')");
  const auto before = dump(project.database, {"-n", "other"});
  const Ran ran = project.reset();
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(!ran.err.contains("extension citext"));
  CHECK(dump(project.database, {"-n", "other"}) == before);
}

TEST_CASE("reset: a role that does not own the schema drops its own objects one by one", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project;
  run_sql(project.database,
          "DO $$ BEGIN CREATE ROLE reset_own LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
          "GRANT ALL ON SCHEMA public TO reset_own");
  REQUIRE(project.migrate({"deploy"}, "", "reset_own").exit_code == 0);
  run_sql(project.database, "INSERT INTO \"User\" VALUES (1)");
  Ran ran = project.reset("", "reset_own");
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ask(project.database, "SELECT count(*) FROM \"User\"") == "0");

  // What another role owns there is named, and nothing goes.
  run_sql(project.database, "CREATE TABLE foreign_owned (id int); INSERT INTO \"User\" VALUES (1)");
  ran = project.reset("", "reset_own");
  CHECK(ran.exit_code == 1);
  CHECK(ran.err.contains("blocked: The role owns neither the table public.foreign_owned nor its schema.\n"));
  CHECK(ask(project.database, "SELECT count(*) FROM \"User\"") == "1");
}

TEST_CASE("reset: external tables and enums stay", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project;
  project.write("prisma.config.ts",
                "export default defineConfig({ schema: 'prisma/schema.prisma',\n"
                "  tables: { external: ['public.users'] }, enums: { external: ['public.role'] } })\n");
  run_sql(project.database,
          "CREATE TYPE role AS ENUM ('a'); CREATE TABLE users (id serial PRIMARY KEY, r role); INSERT "
          "INTO users(r) VALUES ('a')");
  const auto before = dump(project.database, {"-t", "users", "-t", "users_id_seq"});
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  const Ran ran = project.reset();
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(!ran.err.contains("  table public.users"));
  CHECK(dump(project.database, {"-t", "users", "-t", "users_id_seq"}) == before);
  CHECK(ask(project.database, "SELECT count(*) FROM users") == "1");
}

TEST_CASE("reset: names that would break out of their quotes", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Resettable project;
  REQUIRE(project.migrate({"deploy"}, "schema=odd%20%22one%22").exit_code == 0);
  run_sql(project.database,
          "CREATE TABLE \"odd \"\"one\"\"\".\"t'; DROP TABLE x; --\" (id int); CREATE TABLE x (id int); "
          "CREATE FUNCTION \"odd \"\"one\"\"\".\"f,\\\"(\"a b\" int) RETURNS int LANGUAGE sql AS 'SELECT 1'");
  const Ran ran = project.reset("schema=odd%20%22one%22");
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ask(project.database, "SELECT to_regclass('public.x')") == "x");
}

}  // namespace refract::test
