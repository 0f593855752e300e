#include "cli/program.h"
#include "support/catch.h"
#include "support/postgres.h"

// Which schema, migrations and database a command means.
namespace refract::test {
namespace {

const std::string kUser = "model User {\n  id Int @id\n}\n";
constexpr std::string_view kCreateUser =
    "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n";

std::string datasource(std::string_view lines) {
  return "datasource db {\n  provider = \"postgresql\"\n" + std::string(lines) + "}\n\n" + kUser;
}

std::string config(std::string_view keys, std::string_view imports = "") {
  return std::string(imports) + "import { defineConfig, env } from 'prisma/config'\nexport default defineConfig({\n  " +
         std::string(keys) + "\n})\n";
}

// A project whose URLs lead nowhere: which one was chosen shows in the context and the error.
class Elsewhere : public Project {
 public:
  Elsewhere() {
    write("prisma/schema.prisma", datasource("  url = env(\"DATABASE_URL\")\n"));
    write("prisma/migrations/1_user/migration.sql", kCreateUser);
  }
  // What `status` says of the database that it means.
  std::string meant(const std::vector<std::string>& environment = {}, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"migrate", "status"});
    const Ran ran = refract(more, {.environment = environment});
    const std::size_t line = ran.context.find("using database");
    return line == std::string::npos ? ran.err : ran.context.substr(line);
  }
};

std::string nowhere(std::string_view name) {
  return "postgresql://u:s3cret@127.0.0.1:1/" + std::string(name);
}

}  // namespace

TEST_CASE("target: --url, then the configuration, then the schema; directUrl before url", "[cli]") {
  Elsewhere project;
  const std::vector<std::string> environment{"DATABASE_URL=" + nowhere("pooled"), "DIRECT=" + nowhere("direct"),
                                             "OTHER=" + nowhere("other")};
  CHECK(project.meant(environment) ==
        "using database \"pooled\" at 127.0.0.1:1, schema \"public\" (from DATABASE_URL, url of the datasource)\n");
  project.write("prisma/schema.prisma", datasource("  url = env(\"DATABASE_URL\")\n  directUrl = env(\"DIRECT\")\n"));
  CHECK(project.meant(environment) ==
        "using database \"direct\" at 127.0.0.1:1, schema \"public\" (from DIRECT, directUrl of the datasource)\n");
  project.write("prisma.config.ts", config("schema: 'prisma/schema.prisma', datasource: { url: env('OTHER') }"));
  CHECK(
      project.meant(environment) ==
      "using database \"other\" at 127.0.0.1:1, schema \"public\" (from OTHER, datasource.url of prisma.config.ts)\n");
  project.write("prisma.config.ts", config("datasource: { url: env('OTHER'), directUrl: process.env.DIRECT! }"));
  CHECK(project.meant(environment).contains("\"direct\""));
  CHECK(project.meant(environment, {"--url", nowhere("given") + "?schema=x"}) ==
        "using database \"given\" at 127.0.0.1:1, schema \"x\" (from --url)\n");
}

TEST_CASE("target: the forms of a configured URL", "[cli]") {
  Elsewhere project;
  project.write("prisma/schema.prisma", datasource(""));
  const std::vector<std::string> environment{"A=" + nowhere("a"), "B=" + nowhere("b"),
                                             "EMPTY=", "DATABASE_URL=" + nowhere("no")};
  const auto meant = [&](const std::string& value, const std::string& before = "") {
    project.write("prisma.config.ts", config("datasource: { url: " + value + " }", before));
    const std::string said = project.meant(environment, {"--prisma", "7"});
    return said.starts_with("using database \"") ? said.substr(16, said.find('"', 16) - 16) : said;
  };
  CHECK(meant("env('A')") == "a");
  CHECK(meant("env(\"A\")") == "a");
  CHECK(meant("process.env.A") == "a");
  CHECK(meant("process.env['A']!") == "a");
  CHECK(meant("process.env.A as string") == "a");
  CHECK(meant("process.env.MISSING ?? process.env.B") == "b");
  CHECK(meant("process.env.MISSING || '" + nowhere("literal") + "'") == "literal");
  CHECK(meant("'" + nowhere("literal") + "'") == "literal");
  CHECK(meant("url", "const url = process.env.A;\n") == "a");
  CHECK(meant("(process.env.A)") == "a");
  CHECK(meant("env<Env>('A')") == "a");
  // An empty value is none for || alone, and env() takes no other value in the place of a missing one.
  CHECK(meant("process.env.EMPTY || process.env.B") == "b");
  CHECK(meant("process.env.EMPTY ?? process.env.B").contains("is taken from EMPTY, which is empty"));
  CHECK(meant("env('MISSING') ?? env('B')").contains("is taken from MISSING, which is not set"));
  // What only running the file would tell stops the command: DATABASE_URL is no substitute.
  for (const char* value : {"getUrl()", "`${process.env.A}`", "process.env[name]", "cond ? env('A') : env('B')",
                            "process.env.A.replace('a', 'b')", "{ not: 'a text' }", "await secret('A')"}) {
    INFO(value);
    const std::string said = meant(value);
    CHECK(said ==
          "refract: The value of datasource.url in prisma.config.ts cannot be read without running the file; write a "
          "plain string or env(\"NAME\"), or pass --url.\n");
  }
  for (const char* object : {"{ url: env('A'), ...base }", "{ ['url']: env('A') }", "{ get url() { return a } }"}) {
    INFO(object);
    project.write("prisma.config.ts", config("datasource: " + std::string(object)));
    CHECK(project.meant(environment, {"--prisma", "7"}).contains("cannot be read without running the file"));
  }
  project.write("prisma.config.ts", config("datasource: { url: 'b', url: env('A') }"));
  CHECK(project.meant(environment, {"--prisma", "7"}).starts_with("using database \"a\""));
  for (const char* change : {"made.url = 'b'", "Object.assign(made, { url: 'b' })", "made['url'] \?\?= 'b'",
                             "process.env.A = 'b'", "process.env['A'] ||= 'b'"}) {
    INFO(change);
    project.write("prisma.config.ts",
                  config("datasource: made", "const made = { url: env('A') };\n" + std::string(change) + ";\n"));
    CHECK(project.meant(environment, {"--prisma", "7"}).contains("cannot be read without running the file"));
  }
  project.write("prisma.config.ts", config("...base, schema: 'prisma/schema.prisma'"));
  CHECK(project.meant(environment).contains("cannot be read without running the file"));
  project.write("prisma.config.ts", "export default makeConfig()\n");
  CHECK(project.meant(environment)
            .contains("The value of schema in prisma.config.ts cannot be read without running the file"));
}

TEST_CASE("target: nothing else takes the place of a URL that is not there", "[cli]") {
  Elsewhere project;
  CHECK(project.meant() ==
        "refract: The url of the datasource is taken from DATABASE_URL, which is not set (.env is read "
        "too); set it, or pass --url.\n");
  CHECK(project.meant({"DATABASE_URL="}).contains("which is empty"));
  project.write("prisma/schema.prisma", datasource("  url = env(\"DATABASE_URL\")\n  directUrl = env(\"DIRECT\")\n"));
  CHECK(project.meant({"DATABASE_URL=" + nowhere("pooled")}).contains("is taken from DIRECT, which is not set"));
  project.write("prisma/schema.prisma", datasource(""));
  CHECK(project.meant({"DATABASE_URL=" + nowhere("a")}, {"--prisma", "7"}).contains("No database URL is configured"));
}

TEST_CASE("target: .env is read as dotenv and dotenv-expand read it", "[cli]") {
  Elsewhere project;
  const auto name_in = [&](const std::string& text, const std::vector<std::string>& environment = {}) {
    project.write(".env", text);
    const std::string said = project.meant(environment);
    return said.starts_with("using database \"") ? said.substr(16, said.find('"', 16) - 16) : said;
  };
  const std::string url = nowhere("");
  CHECK(name_in("DATABASE_URL=" + url + "plain\n") == "plain");
  CHECK(name_in("\xEF\xBB\xBF"
                "DATABASE_URL=" +
                url + "bom\n") == "bom");
  CHECK(name_in("export DATABASE_URL = '" + url + "single' # c\r\n") == "single");
  CHECK(name_in("DATABASE_URL=`" + url + "backtick`\n") == "backtick");
  CHECK(name_in("DATABASE_URL: " + url + "colon\n") == "colon");
  CHECK(name_in("DB=mydb\nDATABASE_URL=\"" + url + "${DB}\"\n") == "mydb");
  CHECK(name_in("DB=mydb\nDATABASE_URL=" + url + "$DB\n") == "mydb");
  CHECK(name_in("DATABASE_URL=\"" + url + "${DB}\"\nDB=later\n") == "later");
  CHECK(name_in("DB=file\nDATABASE_URL=\"" + url + "${DB}\"\n", {"DB=process"}) == "process");
  CHECK(name_in("A=${B}\nB=${C}\nC=deep\nDATABASE_URL=" + url + "${A}\n") == "deep");
  CHECK(name_in("DATABASE_URL=" + url + "\\${DB}\n") == "${DB}");
  CHECK(name_in("DATABASE_URL=postgresql://u:pa$word@127.0.0.1:1/dollar\n") == "dollar");
  CHECK(name_in("NOTE=\"several\nDATABASE_URL=no\nlines\"\nDATABASE_URL=" + url + "after\n") == "after");
  CHECK(name_in("DATABASE_URL=" + url + "one\nDATABASE_URL=" + url + "two\n") == "two");
  CHECK(name_in("DATABASE_URL=" + url + "x#comment\n") == "x");
  CHECK(name_in("DATABASE_URL=" + url + "file\n", {"DATABASE_URL=" + nowhere("process")}) == "process");
  // Two files that say different things are no reason to guess.
  project.write("prisma/.env", "DATABASE_URL=" + nowhere("schema_folder") + "\n");
  CHECK(name_in("DATABASE_URL=" + url + "root\n").contains("set DATABASE_URL to different values; keep one of them"));
  CHECK(name_in("# nothing\n") == "schema_folder");
}

TEST_CASE("target: with a prisma.config, .env is read only if prisma.config loads it", "[cli]") {
  Elsewhere project;
  project.write(".env", "POSTGRES_URL=" + nowhere("fromfile") + "\n");
  project.write("config/.env.local", "POSTGRES_URL=" + nowhere("local") + "\n");
  project.write("prisma/schema.prisma", datasource(""));
  const std::string keys = "schema: 'prisma/schema.prisma', datasource: { url: env('POSTGRES_URL') }";
  const auto meant = [&](const std::string& imports) {
    project.write("prisma.config.ts", config(keys, imports));
    const std::string said = project.meant({}, {"--prisma", "7"});
    return said.starts_with("using database \"") ? said.substr(16, said.find('"', 16) - 16) : said;
  };
  CHECK(meant("").contains(".env is read only if prisma.config loads it"));
  CHECK(meant("import 'dotenv/config'\n") == "fromfile");
  CHECK(meant("import dotenv from 'dotenv'\ndotenv.config()\n") == "fromfile");
  CHECK(meant("require('dotenv').config()\n") == "fromfile");
  CHECK(meant("process.loadEnvFile()\n") == "fromfile");
  CHECK(meant("import dotenv from 'dotenv'\ndotenv.config({ path: 'config/.env.local' })\n") == "local");
  CHECK(meant("import { loadEnvConfig } from '@next/env'\n").contains("unknown without running it"));
}

TEST_CASE("target: paths and external tables that are known only by running stop the command", "[cli]") {
  Elsewhere project;
  const auto said = [&](const std::string& keys) {
    project.write("prisma.config.ts", config(keys));
    const Ran ran = project.refract({"migrate", "new", "x", "--dry-run"});
    CHECK(ran.exit_code == 2);
    CHECK(is_one_sentence(ran.err));
    CHECK(ran.out.empty());
    return ran.err;
  };
  CHECK(said("schema: findSchema()").contains("The value of schema in prisma.config.ts cannot be read"));
  CHECK(said("schema: 'prisma/schema.prisma', migrations: { path: process.env.M }")
            .contains("The value of migrations.path"));
  CHECK(said("schema: 'prisma/schema.prisma', tables: { external: list() }").contains("The value of tables.external"));
  CHECK(said("schema: 'prisma/schema.prisma', migrations: shared").contains("The value of migrations.path"));
  // refract.toml says it instead.
  project.write("refract.toml", "[prisma]\nschema = \"prisma/schema.prisma\"\n");
  project.write("prisma.config.ts", config("schema: findSchema()"));
  CHECK(project.refract({"migrate", "new", "x", "--dry-run"}).exit_code == 0);
}

TEST_CASE("target: a folder given is the schema, whatever its files are called", "[cli]") {
  Project project;
  project.write("db/schema.prisma", datasource("  url = env(\"DATABASE_URL\")\n"));
  project.write("db/post.prisma", "model Post {\n  id Int @id\n}\n");
  project.write("db/deep/tag.prisma", "model Tag {\n  id Int @id\n}\n");
  project.write("package.json", "{}");
  for (const char* path : {"db", "./db", "db/", "db/."}) {
    INFO(path);
    const Ran checked = project.refract({"check", path});
    CHECK(checked.exit_code == 0);
    const Ran ran = project.refract({"migrate", "new", "x", "--dry-run", "--schema", path});
    CHECK(ran.exit_code == 0);
    for (const char* table : {"\"User\"", "\"Post\"", "\"Tag\""}) {
      CHECK(ran.out.contains("CREATE TABLE " + std::string(table)));
    }
    const Ran diff = project.refract({"migrate", "diff", "--from", "empty", "--to", path});
    CHECK(diff.out.contains("CREATE TABLE \"Tag\""));
  }
  // The root of a project is not its schema.
  project.write("prisma/schema.prisma", datasource("  url = env(\"DATABASE_URL\")\n"));
  CHECK(!project.refract({"migrate", "diff", "--from", "empty", "--to", "."}).out.contains("\"Post\""));
}

TEST_CASE("target: a transaction pooler is refused where the lock has to hold", "[cli]") {
  Elsewhere project;
  const std::vector<std::string> pooled{"DATABASE_URL=" + nowhere("x") + "?pgbouncer=true"};
  for (const char* command : {"deploy", "rollback", "baseline"}) {
    const Ran ran = project.refract({"migrate", command}, {.environment = pooled});
    CHECK(ran.exit_code == 2);
    CHECK(ran.err.contains("connects through a transaction pooler (pgbouncer=true)"));
    CHECK(is_one_sentence(ran.err));
  }
  CHECK(project.meant(pooled).starts_with("using database"));
}

TEST_CASE("target: every command works in the schema that the URL names", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Elsewhere project;
  project.write("prisma/schema.prisma", datasource("  url = env(\"DATABASE_URL\")\n") +
                                            "enum Role {\n  A\n}\n\nmodel Post {\n  id Int @id "
                                            "@default(autoincrement())\n  role Role @default(A)\n}\n");
  project.write(
      "prisma/migrations/2_post/migration.sql",
      "CREATE TYPE \"Role\" AS ENUM ('A');\nCREATE TABLE \"Post\" (\"id\" SERIAL NOT NULL, \"role\" \"Role\" NOT "
      "NULL DEFAULT 'A', CONSTRAINT \"Post_pkey\" PRIMARY KEY (\"id\"));\n");
  const live::ConnectionString database = fresh_database();
  run_sql(database,
          "CREATE TABLE public.precious (id int); INSERT INTO public.precious VALUES (1); CREATE TABLE "
          "public.\"User\" (other text)");
  const auto before = dump(database, {"-n", "public"});
  const std::string url = url_of(database, "schema=tenant1");
  const auto migrate = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "migrate");
    words.insert(words.end(), {"--url", url});
    return project.refract(words);
  };
  Ran ran = migrate({"deploy"});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ran.context.contains("schema \"tenant1\" (from --url)"));
  CHECK(migrate({"status"}).exit_code == 0);
  for (const char* side : {"prisma/schema.prisma", "prisma/migrations"}) {
    CHECK(project.refract({"migrate", "diff", "--from", url, "--to", side}).err.starts_with("no changes\n"));
    CHECK(project.refract({"migrate", "diff", "--from", side, "--to", url}).err.starts_with("no changes\n"));
  }
  const std::string schema = project.read("prisma/schema.prisma");
  ran = migrate({"pull"});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(project.read("prisma/schema.prisma") == schema);
  run_sql(database, "DROP TABLE tenant1._prisma_migrations");
  ran = migrate({"baseline"});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(dump(database, {"-n", "public"}) == before);
}

TEST_CASE("target: what prisma.config calls external is neither dropped nor made", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Elsewhere project;
  const live::ConnectionString database = fresh_database();
  REQUIRE(project.refract({"migrate", "deploy", "--url", url_of(database)}).exit_code == 0);
  run_sql(database,
          "CREATE TYPE mood AS ENUM ('x'); CREATE TABLE users (id int PRIMARY KEY, m mood); INSERT INTO users "
          "VALUES (1, 'x')");
  const auto diff = [&](std::string_view from, std::string_view to) {
    return project.refract({"migrate", "diff", "--from", std::string(from), "--to", std::string(to)}).out;
  };
  const std::string url = url_of(database);
  CHECK(diff(url, "prisma/schema.prisma").contains("DROP TABLE \"users\""));
  project.write("prisma.config.ts",
                config("schema: 'prisma/schema.prisma', experimental: { externalTables: true },\n  tables: { external: "
                       "['public.users'] }, enums: { external: ['mood'] }"));
  const std::string empty = "-- This is an empty migration.\n";
  CHECK(diff(url, "prisma/schema.prisma") == empty);
  CHECK(diff(url, "prisma/migrations") == empty);
  CHECK(diff("prisma/migrations", url) == empty);
  // A model of an external table is not created either.
  project.write("prisma/schema.prisma", datasource("  url = env(\"DATABASE_URL\")\n") +
                                            "model Account {\n  id Int @id\n\n  @@map(\"users\")\n}\n");
  CHECK(project.refract({"migrate", "new", "x", "--dry-run"}).out.empty());
  CHECK(diff("empty", "prisma/schema.prisma").find("\"users\"") == std::string::npos);
}

TEST_CASE("target: verify on a prepared database, and on a server of one's own", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Elsewhere project;
  project.write("prisma/migrations/1_user/migration.sql",
                std::string(kCreateUser) + "GRANT SELECT ON \"User\" TO verify_reader;\n");
  Ran ran = project.refract({"migrate", "verify"});
  CHECK(ran.exit_code == 1);
  CHECK(
      ran.out.contains("role \"verify_reader\" does not exist; create what the migrations rely on in "
                       "migrations.initShadowDb of prisma.config"));

  const std::string prepared =
      "schema: 'prisma/schema.prisma', migrations: { initShadowDb: `CREATE ROLE verify_reader; CREATE SCHEMA auth;\n"
      "CREATE TABLE auth.users (id int PRIMARY KEY);` }";
  project.write("prisma.config.ts", config(prepared));
  ran = project.refract({"migrate", "verify"});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("ok  the SQL of initShadowDb runs"));
  project.write("prisma.config.ts", config("schema: 'prisma/schema.prisma', migrations: { initShadowDb: 'nonsense' }"));
  ran = project.refract({"migrate", "verify"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("FAIL  the SQL of initShadowDb fails"));
  project.write("prisma.config.ts", config("schema: 'prisma/schema.prisma'"));

  const live::ConnectionString database = fresh_database();
  run_sql(database, "CREATE ROLE verify_reader; CREATE TABLE precious (id int); INSERT INTO precious VALUES (1)");
  const auto before = dump(database);
  ran = project.refract({"migrate", "verify", "--server", url_of(database)});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(dump(database) == before);
  CHECK(ask(database, "SELECT count(*) FROM pg_database WHERE datname LIKE 'refract_verify%'") == "0");

  // A role that may not create databases gets the one it names, if that is empty and not the project's.
  run_sql(database, "CREATE ROLE verify_plain LOGIN");
  const std::vector<std::string> plain{"migrate", "verify", "--server", url_of(database, "", "verify_plain")};
  ran = project.refract(plain);
  CHECK(ran.exit_code == 1);
  CHECK(ran.err.contains("its role may not create a database, and it is not empty"));
  const live::ConnectionString empty = fresh_database();
  run_sql(empty, "ALTER SCHEMA public OWNER TO verify_plain; GRANT CREATE ON DATABASE " +
                     ask(empty, "SELECT current_database()") + " TO verify_plain");
  const std::string url = url_of(empty, "", "verify_plain");
  CHECK(project.refract({"migrate", "verify", "--server", url}, {.environment = {"DATABASE_URL=" + url}})
            .err.contains("it is the project's own"));
  ran = project.refract({"migrate", "verify", "--server", url});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ask(empty, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == "0");
  run_sql(empty,
          "ALTER SCHEMA public OWNER TO postgres; DROP OWNED BY verify_plain; DROP ROLE verify_plain, verify_reader");
}

TEST_CASE("target: PG* variables reach no temporary server", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Elsewhere project;
  const Ran ran = project.refract(
      {"migrate", "verify"},
      {.environment = {"PGHOST=127.0.0.1", "PGHOSTADDR=127.0.0.1", "PGPORT=1", "PGUSER=nobody", "PGDATABASE=none",
                       "PGOPTIONS=-c search_path=nowhere", "PGSERVICE=none", "PGSSLMODE=verify-full", "PGDATA=/nowhere",
                       "PGPASSWORD=x", "PGTARGETSESSIONATTRS=standby"}});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
}

TEST_CASE("target: a program without its module reports which file is missing, and loads none by name", "[cli]") {
  Elsewhere project;
  const std::filesystem::path copy = project / "refract";
  std::filesystem::copy_file(REFRACT_PROGRAM, copy);
  project.write("refract_postgres.so", "not a library");  // the folder that the program runs in
  std::filesystem::create_directory(project / "bin");
  std::filesystem::rename(copy, project / "bin/refract");
  const auto status = [&] {
    return project.refract({"migrate", "status", "--url", nowhere("x")}, {.program = project / "bin/refract"}).err;
  };
  CHECK(status() ==
        "refract: The module refract_postgres.so, which is needed to connect to a database, is missing; put it beside "
        "the program (" +
            (project / "bin/refract").string() + ").\n");
  std::filesystem::rename(project / "refract_postgres.so", project / "bin/refract_postgres.so");
  CHECK(status().starts_with("refract: PostgreSQL's client library cannot be loaded; install libpq5 and libpqxx. ("));
}

}  // namespace refract::test
