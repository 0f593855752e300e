#include "cli/program.h"
#include "support/catch.h"
#include "support/postgres.h"

// A project in the schema that the URL's ?schema= names, beside another program's tables in "public".
namespace refract::test {
namespace {

constexpr std::string_view kInit =
    "CREATE TYPE \"Mood\" AS ENUM ('GOOD', 'BAD', 'GONE');\n"
    "CREATE TABLE \"Diary\" (\"id\" SERIAL NOT NULL, \"mood\" \"Mood\" NOT NULL DEFAULT 'GOOD', "
    "CONSTRAINT \"Diary_pkey\" PRIMARY KEY (\"id\"));\n";

// What Prisma writes where the URL says ?schema=tenant: two statements name the schema.
constexpr std::string_view kSwapOfPrisma = R"(-- AlterEnum
BEGIN;
CREATE TYPE "Mood_new" AS ENUM ('GOOD', 'BAD');
ALTER TABLE "tenant"."Diary" ALTER COLUMN "mood" DROP DEFAULT;
ALTER TABLE "Diary" ALTER COLUMN "mood" TYPE "Mood_new" USING ("mood"::text::"Mood_new");
ALTER TYPE "Mood" RENAME TO "Mood_old";
ALTER TYPE "Mood_new" RENAME TO "Mood";
DROP TYPE "tenant"."Mood_old";
ALTER TABLE "Diary" ALTER COLUMN "mood" SET DEFAULT 'GOOD';
COMMIT;
)";

std::string schema(std::string_view values) {
  return "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\nenum Mood {\n" +
         std::string(values) +
         "}\n\nmodel Diary {\n  id   Int  @id @default(autoincrement())\n  mood Mood @default(GOOD)\n}\n";
}

class TenantProject : public Project {
 public:
  TenantProject() {
    write("prisma/schema.prisma", schema("  GOOD\n  BAD\n"));
    write("prisma/migrations/1_init/migration.sql", kInit);
  }
  Ran migrate(std::vector<std::string> words, const std::string& url) const {
    words.insert(words.begin(), "migrate");
    return refract(words, {.environment = {"DATABASE_URL=" + url}});
  }
};

constexpr std::string_view kNothing = "The migrations match the schema; there is nothing to migrate.\n";
const std::string kNowhere = "postgresql://u@127.0.0.1:1/app?schema=";

}  // namespace

TEST_CASE("own schema: the next migration names none but the project's", "[cli]") {
  TenantProject project;
  const auto next = [&](const std::string& url) { return project.migrate({"new", "x", "--dry-run"}, url).out; };
  // Prisma's text where the schema is "public"…
  CHECK(next(kNowhere + "public").contains("ALTER TABLE \"public\".\"Diary\" ALTER COLUMN \"mood\" DROP DEFAULT"));
  CHECK(next("postgresql://u@127.0.0.1:1/app").contains("DROP TYPE \"public\".\"Mood_old\""));
  // …and one that runs under every URL where it is not.
  for (const char* name : {"tenant", "my%20app", "Public"}) {
    const std::string sql = next(kNowhere + name);
    CHECK(sql.contains("ALTER TABLE \"Diary\" ALTER COLUMN \"mood\" DROP DEFAULT;"));
    CHECK(sql.contains("DROP TYPE \"Mood_old\";"));
    CHECK_FALSE(sql.contains("\"public\""));
  }
  const Ran like_prisma = project.migrate(
      {"diff", "--from", "prisma/migrations", "--to", "prisma/schema.prisma", "--like-prisma"}, kNowhere + "tenant");
  CHECK(like_prisma.out == kSwapOfPrisma);
  // Of several schemas each has its own name, whatever the URL says.
  std::string several = schema("  GOOD\n  BAD\n\n  @@schema(\"public\")\n");
  several.replace(several.find("}\n"), 2, "  schemas = [\"public\", \"tenant\"]\n}\n");
  several.insert(several.rfind("}"), "\n  @@schema(\"public\")\n");
  project.write("prisma/schema.prisma", several);
  const Ran ran = project.migrate({"new", "x", "--dry-run"}, kNowhere + "tenant");
  INFO(ran.out << ran.err);
  CHECK(ran.out.contains("DROP TYPE \"public\".\"Mood_old\";"));
}

TEST_CASE("own schema: migrations may call it by its name", "[cli]") {
  TenantProject project;
  project.write("prisma/migrations/2_swap/migration.sql", kSwapOfPrisma);
  project.write("prisma/migrations/3_more/migration.sql",
                "CREATE SCHEMA IF NOT EXISTS tenant;\nSET search_path TO tenant;\n"
                "CREATE INDEX \"Diary_mood_idx\" ON tenant.\"Diary\"(\"mood\");\n"
                "ALTER TABLE \"tenant\".\"Diary\" ADD COLUMN \"note\" TEXT, ADD COLUMN \"other\" tenant.\"Mood\";\n"
                "DROP INDEX \"tenant\".\"Diary_mood_idx\";\nALTER TABLE \"Diary\" DROP COLUMN \"note\", DROP COLUMN "
                "\"other\";\n");
  Ran ran = project.migrate({"new", "x", "--dry-run"}, kNowhere + "tenant");
  INFO(ran.out << ran.err);
  CHECK(ran.out.empty());
  CHECK(ran.err == kNothing);
  const std::string lint = project.migrate({"lint", "--all"}, kNowhere + "tenant").out;
  CHECK(lint.contains("[enum-value-removed]"));
  CHECK_FALSE(lint.contains("does not exist"));
  // Under another URL they would not run, and that is said.
  ran = project.migrate({"new", "x", "--dry-run"}, kNowhere + "other");
  CHECK(ran.err.contains("migration.sql:4:1: error: table \"tenant\".\"Diary\" does not exist"));
}

TEST_CASE("own schema: a migration that names public is a hazard where the URL selects another schema", "[cli]") {
  TenantProject project;
  const auto lint = [&](const std::string& sql, const std::string& name) {
    project.write("prisma/migrations/2_hand/migration.sql", sql);
    return project.migrate({"lint", "2_hand"}, kNowhere + name).out;
  };
  for (const char* sql : {"ALTER TABLE \"public\".\"Diary\" ALTER COLUMN \"mood\" DROP DEFAULT;",
                          "ALTER TYPE public.\"Mood\" ADD VALUE 'SOSO';", "DELETE FROM public.\"Diary\" WHERE id = 1;",
                          "CREATE INDEX i ON Public . \"Diary\"(mood);",
                          "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT id FROM public.\"Diary\"';"}) {
    INFO(sql);
    CHECK(lint(sql, "tenant").contains("[other-schema]"));
    CHECK_FALSE(lint(sql, "public").contains("[other-schema]"));
  }
  for (const char* sql :
       {"ALTER TABLE \"Diary\" ALTER COLUMN \"mood\" DROP DEFAULT;", "CREATE EXTENSION citext SCHEMA public;",
        "ALTER TABLE \"Diary\" ADD COLUMN u UUID DEFAULT public.uuid_generate_v4();",
        "COMMENT ON TABLE \"Diary\" IS 'public.\"Diary\"';"}) {
    INFO(sql);
    CHECK_FALSE(lint(sql, "tenant").contains("[other-schema]"));
  }
}

TEST_CASE("own schema: what is generated runs beside another program's tables of the same names", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  TenantProject project;
  const live::ConnectionString database = fresh_database();
  run_sql(database,
          "CREATE TYPE public.\"Mood\" AS ENUM ('GOOD'); CREATE TYPE public.\"Mood_old\" AS ENUM ('OLD'); CREATE TABLE "
          "public.\"Diary\" (id int, mood public.\"Mood\" NOT NULL DEFAULT 'GOOD'); INSERT INTO public.\"Diary\" "
          "VALUES (1)");
  const auto before = dump(database, {"-n", "public"});
  const std::string url = url_of(database, "schema=tenant");
  REQUIRE(project.migrate({"deploy"}, url).exit_code == 0);
  REQUIRE(project.migrate({"new", "fewer moods"}, url).exit_code == 0);
  Ran ran = project.migrate({"verify"}, url);
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  ran = project.migrate({"deploy"}, url);
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(project.migrate({"status"}, url).exit_code == 0);
  CHECK(ask(database,
            "SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = "
            "'tenant.\"Mood\"'::regtype") == "GOOD BAD");
  CHECK(dump(database, {"-n", "public"}) == before);
  // The same folder on a second tenant.
  CHECK(project.migrate({"deploy"}, url_of(database, "schema=second")).exit_code == 0);
  CHECK(project.migrate({"rollback", "--accept-data-loss"}, url).exit_code == 0);
  CHECK(dump(database, {"-n", "public"}) == before);
}

TEST_CASE("own schema: Prisma's migrations that name it are verified, deployed and compared", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  TenantProject project;
  project.write("prisma/migrations/2_swap/migration.sql", kSwapOfPrisma);
  const live::ConnectionString database = fresh_database();
  const std::string url = url_of(database, "schema=tenant");
  Ran ran = project.migrate({"verify"}, url);
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(project.migrate({"deploy"}, url).exit_code == 0);
  CHECK(project.migrate({"status"}, url).exit_code == 0);
  for (const char* side : {"prisma/schema.prisma", "prisma/migrations"}) {
    ran = project.migrate({"diff", "--from", url, "--to", side}, url);
    INFO(ran.out << ran.err);
    CHECK(ran.err.starts_with("no changes\n"));
  }
  ran = project.migrate({"diff", "--from", "prisma/migrations", "--to", "prisma/schema.prisma"}, url);
  INFO(ran.out << ran.err);
  CHECK(ran.err.starts_with("no changes\n"));
}

TEST_CASE("own schema: what initShadowDb makes is there before the migrations and is not the project's", "[cli]") {
  TenantProject project;
  project.write("prisma/schema.prisma", schema("  GOOD\n  BAD\n  GONE\n"));
  project.write("prisma/migrations/2_owner/migration.sql",
                "ALTER TABLE \"Diary\" ADD COLUMN \"owner\" UUID;\nALTER TABLE \"Diary\" ADD CONSTRAINT "
                "\"Diary_owner_fkey\" FOREIGN KEY (\"owner\") REFERENCES auth.users(id);\nALTER TABLE \"Diary\" DROP "
                "COLUMN \"owner\";\nCREATE INDEX ON shared(name);\n");
  const auto config = [&](std::string_view preparation) {
    project.write("prisma.config.ts",
                  "import { defineConfig } from 'prisma/config'\nexport default defineConfig({\n  schema: "
                  "'prisma/schema.prisma',\n  migrations: { path: 'prisma/migrations', initShadowDb: `" +
                      std::string(preparation) + "` },\n})\n");
  };
  config("SELECT 1;");
  CHECK(project.migrate({"new", "x", "--dry-run"}, kNowhere + "public")
            .err.contains("\"auth\".\"users\" does not exist"));
  config(
      "CREATE SCHEMA auth; CREATE TABLE auth.users (id uuid PRIMARY KEY); CREATE TABLE shared (name text); CREATE TYPE "
      "kind AS ENUM ('x');");
  for (const char* name : {"public", "tenant"}) {
    const Ran ran = project.migrate({"new", "x", "--dry-run"}, kNowhere + name);
    INFO(ran.out << ran.err);
    CHECK(ran.out.empty());
    CHECK(ran.err == kNothing);
    CHECK(project.migrate({"lint", "--all"}, kNowhere + name).out.find("does not exist") == std::string::npos);
    for (const char* to : {"prisma/schema.prisma", "empty"}) {
      const Ran diff = project.migrate({"diff", "--from", "prisma/migrations", "--to", to}, kNowhere + name);
      INFO(diff.out << diff.err);
      CHECK_FALSE(diff.out.contains("shared"));
      CHECK_FALSE(diff.out.contains("kind"));
    }
  }
}

}  // namespace refract::test
