#include "cli/program.h"
#include "support/catch.h"
#include "support/postgres.h"

// `migrate pull` through the real program. What it makes of all kinds of databases is in tests/operations.
namespace refract::test {
namespace {

constexpr std::string_view kHeader = "datasource db {\n  provider = \"postgresql\"\n}\n";

class PullProject : public Project {
 public:
  explicit PullProject(const std::string& models = "", const std::string& header = std::string(kHeader))
      : database_(fresh_database()) {
    write("schema.prisma", header + models);
  }
  void sql(const std::string& text) const { run_sql(database_, text); }
  Ran pull(std::vector<std::string> more = {}, const std::string& parameters = "",
           const std::string& role = "postgres") {
    more.insert(more.begin(),
                {"migrate", "pull", "--schema", "schema.prisma", "--url", url_of(database_, parameters, role)});
    return refract(more);
  }
  Ran diff(const std::string& parameters = "") {
    return refract(
        {"migrate", "diff", "--from", url_of(database_, parameters), "--to", "schema.prisma", "--exit-code"});
  }
  std::string schema() const { return read("schema.prisma"); }

 private:
  live::ConnectionString database_;
};

}  // namespace

TEST_CASE("pull: an empty schema gets what the database has, and a second pull nothing", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  PullProject project;
  project.sql(
      "CREATE TYPE role AS ENUM ('ADMIN', 'guest-user'); CREATE TABLE account (id serial PRIMARY KEY, email "
      "varchar(80) "
      "NOT NULL UNIQUE, role role NOT NULL DEFAULT 'ADMIN'); CREATE TABLE post (id serial PRIMARY KEY, author int NOT "
      "NULL REFERENCES account ON UPDATE CASCADE)");
  const Ran printed = project.pull({"--print"});
  CHECK(printed.exit_code == 0);
  CHECK(project.schema() == kHeader);
  const Ran pulled = project.pull();
  CHECK(pulled.exit_code == 0);
  CHECK(pulled.out == "schema.prisma\n");
  CHECK(pulled.err == "- Add model account\n- Add model post\n- Add enum role\n");
  CHECK(printed.out == project.schema());
  CHECK(project.schema().contains("  guest_user @map(\"guest-user\")\n"));
  CHECK(project.refract({"check", "schema.prisma"}).exit_code == 0);
  CHECK(project.diff().exit_code == 0);
  const std::string before = project.schema();
  const Ran again = project.pull();
  CHECK(again.exit_code == 0);
  CHECK(again.out.empty());
  CHECK(again.err.starts_with("The schema matches the "));
  CHECK(project.schema() == before);
}

TEST_CASE("pull: names that a schema cannot have, and those that clash", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  PullProject project;
  project.sql(
      "CREATE TABLE \"order lines\" (id int PRIMARY KEY, \"1st\" text, \"2nd\" text); CREATE TABLE order_lines (id int "
      "PRIMARY KEY); CREATE TABLE \"Int\" (id int PRIMARY KEY); CREATE TABLE \"日本\" (id int PRIMARY KEY)");
  const Ran pulled = project.pull();
  CHECK(pulled.exit_code == 0);
  const std::string schema = project.schema();
  INFO(schema << pulled.err);
  CHECK(schema.contains("model order_lines {\n"));
  CHECK(schema.contains("model public_order_lines {\n"));
  CHECK(schema.contains("@@map(\"order lines\")"));
  CHECK(schema.contains("@@map(\"Int\")"));
  CHECK(pulled.err.contains("- The model is renamed, because Prisma reserves the table's name: RenamedInt.\n"));
  CHECK(project.refract({"check", "schema.prisma"}).exit_code == 0);
  CHECK(project.diff().exit_code == 0);
}

TEST_CASE("pull: what a schema cannot express has one sentence for each kind", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  PullProject project;
  project.sql(
      "CREATE TABLE parent (id int PRIMARY KEY); CREATE UNLOGGED TABLE child (extra int) INHERITS (parent); "
      "CREATE TABLE t (id int PRIMARY KEY DEFERRABLE, tags text[] NOT NULL, name text COLLATE \"C\", p int REFERENCES "
      "parent MATCH FULL); COMMENT ON COLUMN t.name IS 'x'; CREATE TYPE pair AS (a int); CREATE VIEW v AS SELECT 1 AS "
      "a;"
      "CREATE STATISTICS s ON id, name FROM t; CREATE SCHEMA other; CREATE UNLOGGED TABLE other.outside (id int);"
      "DO $$ BEGIN FOR i IN 1..200 LOOP EXECUTE format('CREATE TABLE many_%s (id int PRIMARY KEY CHECK (id > %s))', i, "
      "i); END LOOP; END $$");
  const Ran pulled = project.pull();
  CHECK(pulled.exit_code == 0);
  INFO(pulled.err);
  for (const char* line :
       {"- A schema cannot express table inheritance: child from parent.\n",
        "- A schema cannot express unlogged tables: child.\n",
        "- A schema cannot express deferrable primary keys: t_pkey of t.\n",
        "- A schema cannot express NOT NULL on array columns: tags of t.\n",
        "- A schema cannot express collations of columns: name of t (C).\n",
        "- A schema cannot express MATCH FULL: t_p_fkey of t.\n", "- A schema cannot express comments: t.name.\n",
        "- A schema cannot express composite types: pair.\n",
        "- A schema cannot express extended statistics: s of t.\n",
        "- Views are not pulled (Prisma: preview feature views): v.\n"}) {
    INFO(line);
    CHECK(pulled.err.contains(line));
  }
  CHECK(pulled.err.contains("- A schema cannot express CHECK constraints: many_1_id_check of many_1, "));
  CHECK(pulled.err.contains(" and 195 more.\n"));
  CHECK(!pulled.err.contains("outside"));
  CHECK(project.diff().exit_code == 0);
}

TEST_CASE("pull: a schema with models keeps its comments, order and names", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::string models =
      "\n// People who can log in.\nmodel Person {\n  /// The number on the card\n  id   Int    @id @map(\"person_id\")"
      "\n  mail String // lower case\n\n  @@map(\"person\")\n}\n\n// the end\n";
  PullProject project(models);
  project.sql("CREATE TABLE person (person_id int PRIMARY KEY, mail text NOT NULL)");
  const Ran none = project.pull();
  CHECK(none.exit_code == 0);
  CHECK(none.err.starts_with("The schema matches the "));
  CHECK(project.schema() == std::string(kHeader) + models);
  project.sql("ALTER TABLE person ADD COLUMN age int; CREATE TABLE card (id int PRIMARY KEY)");
  const Ran pulled = project.pull();
  CHECK(pulled.exit_code == 0);
  const std::string schema = project.schema();
  INFO(schema << pulled.err);
  for (const char* kept : {"// People who can log in.\nmodel Person {\n", "  /// The number on the card\n",
                           "String // lower case\n", "@map(\"person_id\")", "// the end\n", "  age  Int?\n"})
    CHECK(schema.contains(kept));
  CHECK(schema.find("model Person") < schema.find("model card"));
  CHECK(project.diff().exit_code == 0);
}

TEST_CASE("pull: refused, it leaves the schema as it is and says why in one sentence", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const auto check_refused = [](PullProject& project, const Ran& ran, int exit_code, std::string_view why) {
    INFO(ran.err);
    CHECK(ran.exit_code == exit_code);
    CHECK(ran.out.empty());
    CHECK(is_one_sentence(ran.err));
    CHECK(ran.err.contains(why));
    CHECK(!ran.err.contains("secret"));
    CHECK(!std::filesystem::exists(project / "schema.prisma.tmp"));
  };
  {
    PullProject project("\nmodel A {\n  id Strng @id\n}\n");
    const std::string before = project.schema();
    check_refused(project, project.pull(), 1, "has errors");
    CHECK(project.schema() == before);
  }
  {
    PullProject project("", "datasource db {\n  provider = \"sqlite\"\n}\n");
    check_refused(project, project.pull(), 1, "only PostgreSQL can be pulled");
  }
  {
    PullProject project;
    const Ran ran = project.refract(
        {"migrate", "pull", "--schema", "schema.prisma", "--url", "postgresql://u:secret@127.0.0.1:1/nowhere"});
    check_refused(project, ran, 2, "127.0.0.1:1");
    CHECK(project.schema() == kHeader);
  }
  {
    PullProject project;
    const Ran ran = project.refract({"migrate", "pull", "--schema", "schema.prisma"});
    check_refused(project, ran, 2, "DATABASE_URL");
  }
}

TEST_CASE("pull: the schema of the URL, and no other", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  PullProject project;
  project.sql(
      "CREATE SCHEMA tenant; CREATE UNLOGGED TABLE tenant.mine (id int PRIMARY KEY); CREATE UNLOGGED TABLE "
      "public.theirs (id int PRIMARY KEY)");
  const Ran pulled = project.pull({}, "schema=tenant");
  INFO(pulled.err);
  CHECK(pulled.exit_code == 0);
  CHECK(project.schema().contains("model mine {"));
  CHECK(!project.schema().contains("theirs"));
  CHECK(pulled.err.contains("unlogged tables: mine.\n"));
  CHECK(project.diff("schema=tenant").exit_code == 0);
}

}  // namespace refract::test
