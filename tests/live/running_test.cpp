#include <fmt/format.h>

#include <functional>

#include "live/fixture.h"
#include "live/introspect.h"
#include "migrate/diff/describe.h"
#include "migrate/diff/diff_options.h"
#include "migrate/history/next.h"
#include "migrate/wanted/schema_catalog.h"
#include "support/catch.h"
#include "support/postgres.h"

// Migrations that PostgreSQL refuses as Prisma writes them: ours run, on tables with rows, there and back.
namespace refract::test {
namespace {

struct Running {
  std::string sql;   // the migration that was applied
  std::string rows;  // written to it since
  std::string schema;
  std::vector<std::string> casts = {};
  std::vector<migrate::RenameRequest> renames = {};
  bool comes_back = true;  // down.sql runs on these rows
};

void run(live::Session& session, const std::string& sql) {
  INFO(sql);
  const auto ran = session.execute(sql);
  if (!ran) FAIL_CHECK(ran.error().message);
}

std::string answer(live::Session& session, const std::string& sql) {
  const auto rows = session.query(sql);
  if (!rows) FAIL(rows.error().message);
  std::string text;
  for (const live::Row& row : *rows) {
    for (const auto& value : row) text += value.value_or("NULL") + " ";
  }
  return text.empty() ? text : text.substr(0, text.size() - 1);
}

// Runs the next migration of a database with rows; `then` looks at the result, before the way back.
migrate::NextMigration run_next(const Running& one, const std::function<void(live::Session&)>& then = {}) {
  Folder folder;
  folder.add("1_first", one.sql);
  const migrate::History history = folder.history();
  for (const auto& issue : history.issues) FAIL_CHECK(issue.message);
  const auto schema = schema_of(one.schema);
  auto next = migrate::next_migration(history, *schema, one.renames, one.casts);
  if (!next) FAIL(next.error().message);
  const migrate::DiffOptions options = migrate::diff_options(*schema);

  auto opened = live::Session::open(fresh_database());
  if (!opened) FAIL(opened.error().message);
  live::Session& session = *opened;
  run(session, one.sql);
  run(session, one.rows);
  const auto differences = [&](const catalog::Catalog& wanted) {
    const auto real = live::introspect(session);
    if (!real) FAIL(real.error().message);
    std::vector<std::string> found;
    for (const catalog::Step& step : migrate::plan(*real, wanted, options).steps())
      found.push_back(migrate::describe(step.change));
    return found;
  };
  if (next->parts.empty()) run(session, next->sql);
  for (const migrate::MigrationPart& part : next->parts) run(session, part.sql);
  CHECK(differences(migrate::catalog_of(*schema)) == std::vector<std::string>{});
  if (then) then(session);
  if (!one.comes_back) return std::move(*next);
  if (next->parts.empty()) run(session, next->down.sql);
  for (auto part = next->parts.rbegin(); part != next->parts.rend(); ++part) run(session, part->down_sql);
  CHECK(differences(*history.catalog) == std::vector<std::string>{});
  return std::move(*next);
}

}  // namespace

TEST_CASE("running: the sequence of a key that becomes BIGINT counts on", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::string next = "SELECT setval('my_model_id_seq', 2147483647, true)";
  const auto counts_on = [&](live::Session& session) {
    answer(session, next);
    run(session, "INSERT INTO my_model DEFAULT VALUES");
    CHECK(answer(session, "SELECT max(id) FROM my_model") == "2147483648");
  };
  run_next({.sql = R"(CREATE TABLE "my_model" ("id" SERIAL NOT NULL, CONSTRAINT "my_model_pkey" PRIMARY KEY ("id"));)",
            .rows = "INSERT INTO my_model DEFAULT VALUES",
            .schema = "model my_model {\n  id BigInt @id @default(autoincrement())\n}",
            .comes_back = false},
           counts_on);
  // Back, while all values fit.
  run_next(
      {.sql = R"(CREATE TABLE "my_model" ("id" SMALLSERIAL NOT NULL, "n" SERIAL NOT NULL,
                       CONSTRAINT "my_model_pkey" PRIMARY KEY ("id"));)",
       .rows = "INSERT INTO my_model DEFAULT VALUES",
       .schema = "model my_model {\n  id Int @id @default(autoincrement())\n  n BigInt @default(autoincrement())\n}"},
      [](live::Session& session) {
        CHECK(answer(session, "SELECT string_agg(data_type::text, ' ' ORDER BY sequencename) FROM pg_sequences") ==
              "integer bigint");
      });
}

TEST_CASE("running: a new enum value that is a default at once comes in a migration before", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::string sql = R"(
CREATE TYPE "Src" AS ENUM ('FILESTACK');
CREATE TABLE "File" ("id" TEXT NOT NULL, "s" "Src" NOT NULL DEFAULT 'FILESTACK', CONSTRAINT "File_pkey" PRIMARY KEY ("id"));)";
  const std::string rows = R"(INSERT INTO "File" VALUES ('a'))";
  const auto two = [&](const std::string& schema) {
    const auto next = run_next({sql, rows, schema});
    CHECK(next.parts.size() == 2);
    // The whole as one text, as `diff` prints it, runs too.
    live::Session session = std::move(*live::Session::open(fresh_database()));
    run(session, sql);
    run(session, next.sql);
  };
  two("model File {\n  id String @id\n  s Src @default(S3)\n}\nenum Src {\n  FILESTACK\n  S3\n}");
  // A new column, a new table, a list.
  two("model File {\n  id String @id\n  s Src @default(FILESTACK)\n  t Src @default(S3)\n}\nenum Src {\n  FILESTACK\n  "
      "S3\n}");
  two("model File {\n  id String @id\n  s Src @default(FILESTACK)\n}\nmodel Other {\n  id Int @id\n  s Src "
      "@default(S4)\n}\n"
      "enum Src {\n  FILESTACK\n  S3\n  S4\n}");
  two("model File {\n  id String @id\n  s Src @default(FILESTACK)\n  l Src[] @default([FILESTACK, S3])\n}\n"
      "enum Src {\n  FILESTACK\n  S3\n}");
  // One that nothing uses yet needs no migration of its own.
  CHECK(run_next({sql, rows,
                  "model File {\n  id String @id\n  s Src @default(FILESTACK)\n}\nenum Src {\n  FILESTACK\n  S3\n}"})
            .parts.empty());
}

TEST_CASE("running: a unique that becomes the id below a foreign key", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::string tables = R"(
CREATE UNIQUE INDEX "A_u_key" ON "A"("u");
CREATE TABLE "B" ("id" INTEGER NOT NULL, "au" TEXT NOT NULL, CONSTRAINT "B_pkey" PRIMARY KEY ("id"));
ALTER TABLE "B" ADD CONSTRAINT "B_au_fkey" FOREIGN KEY ("au") REFERENCES "A"("u") ON DELETE RESTRICT ON UPDATE CASCADE;)";
  const std::string rows = R"(INSERT INTO "A" VALUES (1, 'x'); INSERT INTO "B" VALUES (1, 'x');)";
  const std::string b = "model B {\n  id Int @id\n  au String\n  a A @relation(fields: [au], references: [u])\n}";
  const auto holds = [](live::Session& session) {
    CHECK_FALSE(session.execute(R"(INSERT INTO "B" VALUES (2, 'nobody'))"));
  };
  run_next({R"(CREATE TABLE "A" ("id" INTEGER NOT NULL, "u" TEXT NOT NULL, CONSTRAINT "A_pkey" PRIMARY KEY ("id"));)" +
                tables,
            rows, "model A {\n  id Int\n  u String @id\n  b B[]\n}\n" + b},
           holds);
  // Without an id before, where the new key is there before the index goes.
  run_next({R"(CREATE TABLE "A" ("id" INTEGER NOT NULL, "u" TEXT NOT NULL);)" + tables, rows,
            "model A {\n  id Int\n  u String @id\n  b B[]\n}\n" + b},
           holds);
  // The other way: the id becomes a unique.
  run_next({R"(CREATE TABLE "A" ("id" INTEGER NOT NULL, "u" TEXT NOT NULL, CONSTRAINT "A_pkey" PRIMARY KEY ("u"));
CREATE TABLE "B" ("id" INTEGER NOT NULL, "au" TEXT NOT NULL, CONSTRAINT "B_pkey" PRIMARY KEY ("id"));
ALTER TABLE "B" ADD CONSTRAINT "B_au_fkey" FOREIGN KEY ("au") REFERENCES "A"("u") ON DELETE RESTRICT ON UPDATE CASCADE;)",
            rows, "model A {\n  id Int @id\n  u String @unique\n  b B[]\n}\n" + b},
           holds);
  // A table that refers to itself.
  run_next(
      {R"(CREATE TABLE "N" ("id" INTEGER NOT NULL, "u" TEXT NOT NULL, "p" TEXT, CONSTRAINT "N_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "N_u_key" ON "N"("u");
ALTER TABLE "N" ADD CONSTRAINT "N_p_fkey" FOREIGN KEY ("p") REFERENCES "N"("u") ON DELETE SET NULL ON UPDATE CASCADE;)",
       R"(INSERT INTO "N" VALUES (1, 'x', NULL), (2, 'y', 'x'))",
       "model N {\n  id Int\n  u String @id\n  p String?\n  up N? @relation(\"t\", fields: [p], references: [u])\n"
       "  down N[] @relation(\"t\")\n}"});
  // Two columns.
  run_next(
      {R"(CREATE TABLE "A" ("id" INTEGER NOT NULL, "x" INTEGER NOT NULL, "y" INTEGER NOT NULL, CONSTRAINT "A_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "A_x_y_key" ON "A"("x", "y");
CREATE TABLE "B" ("id" INTEGER NOT NULL, "x" INTEGER NOT NULL, "y" INTEGER NOT NULL, CONSTRAINT "B_pkey" PRIMARY KEY ("id"));
ALTER TABLE "B" ADD CONSTRAINT "B_x_y_fkey" FOREIGN KEY ("x", "y") REFERENCES "A"("x", "y") ON DELETE RESTRICT ON UPDATE CASCADE;)",
       R"(INSERT INTO "A" VALUES (1, 2, 3); INSERT INTO "B" VALUES (1, 2, 3))",
       "model A {\n  id Int\n  x Int\n  y Int\n  b B[]\n  @@id([x, y])\n}\nmodel B {\n  id Int @id\n  x Int\n  y Int\n"
       "  a A @relation(fields: [x, y], references: [x, y])\n}"});
}

TEST_CASE("running: an enum loses a value below partial indexes and checks", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::string head = R"(
CREATE TYPE "S" AS ENUM ('A','B','C');
CREATE TABLE "U" ("id" TEXT NOT NULL, "s" "S" NOT NULL DEFAULT 'A', CONSTRAINT "U_pkey" PRIMARY KEY ("id"));
)";
  const std::string rows = R"(INSERT INTO "U" VALUES ('1', 'A'), ('2', 'B'))";
  const std::string schema = "model U {\n  id String @id\n  s S @default(A)\n}\nenum S {\n  A\n  B\n}";
  const auto run_with = [&](const std::string& more, const std::string& name) {
    INFO(more);
    run_next({head + more, rows, schema}, [&](live::Session& session) {
      if (name.empty()) return;
      CHECK(answer(session,
                   "SELECT count(*) FROM (SELECT relname FROM pg_class UNION ALL SELECT conname FROM "
                   "pg_constraint WHERE contype = 'c') AS x(n) WHERE n = '" +
                       name + "'") == "1");
    });
  };
  run_with("CREATE INDEX u_part ON \"U\"(id) WHERE s = 'A';", "u_part");
  run_with("CREATE UNIQUE INDEX u_part ON \"U\"(id) WHERE s IN ('A', 'B');", "u_part");
  run_with("CREATE INDEX u_expr ON \"U\"((s = 'B'));", "u_expr");
  run_with("ALTER TABLE \"U\" ADD CONSTRAINT chk CHECK (s <> 'B' OR id <> '');", "chk");
  run_with("ALTER TABLE \"U\" ADD CONSTRAINT chk CHECK (s <> 'B' OR id <> '') NOT VALID;", "chk");
  run_with("CREATE INDEX u_null ON \"U\"(id) WHERE s IS NOT NULL;", "u_null");
  run_with("CREATE VIEW v AS SELECT s FROM \"U\" WHERE s = 'A';", "v");
}

TEST_CASE("running: views on changed columns come back as they were", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::string table = R"(
CREATE TABLE "A" ("id" INTEGER NOT NULL, "n" INTEGER, CONSTRAINT "A_pkey" PRIMARY KEY ("id"));
)";
  const std::string rows = R"(INSERT INTO "A" VALUES (1, 2))";
  const std::string schema = "model A {\n  id Int @id\n  n BigInt?\n}";
  run_next({table + "CREATE VIEW av AS SELECT id, n FROM \"A\";", rows, schema},
           [](live::Session& session) { CHECK(answer(session, "SELECT n, pg_typeof(n) FROM av") == "2 bigint"); });
  // One on top of another, with all that belongs to them.
  run_next(
      {table + R"(
CREATE ROLE view_reader;
CREATE ROLE view_owner;
CREATE VIEW av WITH (security_barrier) AS SELECT id, n FROM "A";
CREATE VIEW top AS SELECT count(*) AS c FROM av;
GRANT SELECT ON "A" TO view_owner;
ALTER VIEW av OWNER TO view_owner;
ALTER VIEW av ALTER COLUMN n SET DEFAULT 3;
GRANT SELECT ON av TO view_reader;
COMMENT ON VIEW av IS 'about a';
COMMENT ON COLUMN av.n IS 'the number';
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER t INSTEAD OF DELETE ON av FOR EACH ROW EXECUTE FUNCTION keep();)",
       rows, schema},
      [](live::Session& session) {
        CHECK(answer(session, "SELECT c FROM top") == "1");
        CHECK(answer(session,
                     "SELECT pg_get_userbyid(relowner), reloptions::text, obj_description(oid), "
                     "col_description(oid, 2), has_table_privilege('view_reader', oid, 'select') FROM "
                     "pg_class WHERE relname = 'av'") == "view_owner {security_barrier=true} about a the number t");
        CHECK(answer(session, "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'av'::regclass") == "1");
        CHECK(answer(session, "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'av'::regclass") ==
              "3");
        run(session, "DROP OWNED BY view_reader; REASSIGN OWNED BY view_owner TO CURRENT_USER");
      });
  run_next({R"(CREATE TABLE "A" ("id" INTEGER NOT NULL, "n" TEXT, CONSTRAINT "A_pkey" PRIMARY KEY ("id"));
CREATE VIEW star AS SELECT * FROM "A";)",
            R"(INSERT INTO "A" VALUES (1, '2'))",
            "model A {\n  id Int @id\n  n Int?\n}",
            {"A.n"}},
           [](live::Session& session) { CHECK(answer(session, "SELECT n + 1 FROM star") == "3"); });
}

TEST_CASE("running: an extension's schema is created where it is missing", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const auto schema = [](const char* name) {
    return fmt::format(
        "datasource db {{\n  provider = \"postgresql\"\n  url = env(\"URL\")\n  extensions = "
        "[citext(schema: \"{}\")]\n}}\ngenerator client {{\n  provider = \"prisma-client-js\"\n  "
        "previewFeatures = [\"postgresqlExtensions\"]\n}}\nmodel U {{\n  id Int @id\n}}\n",
        name);
  };
  if (ask(fresh_database(), "SELECT count(*) FROM pg_available_extensions WHERE name = 'citext'") == "0") return;
  run_next({"SELECT 1;", "", schema("extensions")});
  run_next({"SELECT 1;", "", schema("My Ext''s")});
  run_next({"CREATE SCHEMA extensions;", "", schema("extensions")});
}

TEST_CASE("running: a cast keeps the values that Prisma drops", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  run_next({R"(CREATE TABLE "Blob" ("id" TEXT NOT NULL, "type" TEXT NOT NULL DEFAULT 'A', "n" TEXT, "j" JSONB[],
             CONSTRAINT "Blob_pkey" PRIMARY KEY ("id"));
CREATE INDEX "Blob_n_idx" ON "Blob"("n");)",
            R"(INSERT INTO "Blob" VALUES ('1', 'B', NULL, ARRAY['{"a":1}'::jsonb]), ('2', 'A', 'A', NULL))",
            "model Blob {\n  id String @id\n  type BlobType @default(A)\n  n BlobType?\n  j Json?\n  @@index([n])\n}\n"
            "enum BlobType {\n  A\n  B\n}",
            {"Blob.type", "Blob.n", "Blob.j"},
            {},
            false},
           [](live::Session& session) {
             CHECK(answer(session, R"(SELECT type, n, j FROM "Blob" ORDER BY id)") == "B NULL [{\"a\": 1}] A A NULL");
           });
  struct Pair {
    const char* from;
    const char* value;
    const char* field;
    const char* kept;
  };
  const Pair kPairs[] = {
      {"TEXT", "'12'", "Int", "12"},
      {"TEXT", "'true'", "Boolean", "t"},
      {"TEXT", "'{\"a\":1}'", "Json", "{\"a\": 1}"},
      {"TEXT", "'2020-01-02'", "DateTime @db.Date", "2020-01-02"},
      {"TEXT", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "String @db.Uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"},
      {"TEXT", "'1.50'", "Decimal @db.Decimal(5, 2)", "1.50"},
      {"TEXT", "'ä'", "Bytes", "\\xc3a4"},
      {"TEXT", "'x'", "String[]", "{x}"},
      {"INTEGER", "2", "Boolean", "t"},
      {"BIGINT", "0", "Boolean", "f"},
      {"BOOLEAN", "true", "BigInt", "1"},
      {"INTEGER", "3", "Json", "3"},
      {"INTEGER", "3", "Int[]", "{3}"},
      {"JSONB", "'7'", "Int", "7"},
      {"JSONB", "'\"B\"'", "E", "B"},
      {"INTEGER[]", "'{1,2}'", "Json", "[1, 2]"},
      {"TEXT[]", "'{1,2}'", "Int[]", "{1,2}"},
      {"\"E\"", "'B'", "String", "B"},
      {"\"E\"", "'B'", "F", "B"},
      {"TIMESTAMP(3)", "'2020-01-02 03:04:05'", "Json", "\"2020-01-02T03:04:05\""},
  };
  for (const Pair& pair : kPairs) {
    INFO(pair.from << " to " << pair.field);
    run_next({fmt::format("CREATE TYPE \"E\" AS ENUM ('A', 'B'); CREATE TYPE \"F\" AS ENUM ('B');\n"
                          "CREATE TABLE \"T\" (\"id\" INTEGER NOT NULL, \"c\" {}, CONSTRAINT \"T_pkey\" PRIMARY KEY "
                          "(\"id\"));",
                          pair.from),
              fmt::format("INSERT INTO \"T\" VALUES (1, {}), (2, NULL)", pair.value),
              fmt::format("enum E {{\n  A\n  B\n}}\nenum F {{\n  B\n}}\nmodel T {{\n  id Int @id\n  c {}\n}}",
                          std::string_view(pair.field).contains("[]") ? std::string(pair.field)
                          : std::string_view(pair.field).contains(' ')
                              ? std::string(pair.field).insert(std::string_view(pair.field).find(' '), "?")
                              : std::string(pair.field) + "?"),
              {"T.c"},
              {},
              false},
             [&](live::Session& session) {
               CHECK(answer(session, "SELECT c FROM \"T\" WHERE id = 1") == pair.kept);
               CHECK(answer(session, "SELECT count(*) FROM \"T\" WHERE c IS NULL") == "1");
             });
  }
}

TEST_CASE("running: a relation table keeps what its rows mean when A and B are exchanged", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::string tables = R"(
CREATE TABLE "Post" ("id" INTEGER NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Tag" ("id" INTEGER NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));)";
  const auto joined = [](const std::string& table, const std::string& a, const std::string& b) {
    return fmt::format(R"(
CREATE TABLE "{0}" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL, CONSTRAINT "{0}_AB_pkey" PRIMARY KEY ("A","B"));
CREATE INDEX "{0}_B_index" ON "{0}"("B");
ALTER TABLE "{0}" ADD CONSTRAINT "{0}_A_fkey" FOREIGN KEY ("A") REFERENCES "{1}"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "{0}" ADD CONSTRAINT "{0}_B_fkey" FOREIGN KEY ("B") REFERENCES "{2}"("id") ON DELETE CASCADE ON UPDATE CASCADE;)",
                       table, a, b);
  };
  // Numbers that both tables have: nothing would fail.
  const std::string rows = R"(INSERT INTO "Post" VALUES (1), (2), (3); INSERT INTO "Tag" VALUES (1), (2), (3);
INSERT INTO "_PostToTag" VALUES (1, 2), (1, 3))";
  const auto check = [](const std::string& table) {
    return [table](live::Session& session) {
      CHECK(answer(session, fmt::format(R"(SELECT string_agg("B" || '-' || "A", ' ' ORDER BY "A") FROM "{}")",
                                        table)) == "1-2 1-3");
    };
  };
  const std::string sql = tables + joined("_PostToTag", "Post", "Tag");
  const std::string post = "model Post {\n  id Int @id\n  tags Label[] @relation(\"PostToTag\")\n}\n";
  const std::string label = "model Label {\n  id Int @id\n  posts Post[] @relation(\"PostToTag\")\n";
  run_next({sql, rows, post + label + "  @@map(\"Tag\")\n}"}, check("_PostToTag"));
  run_next({sql, rows, post + label + "}", {}, {{"Tag", "Label"}}}, check("_PostToTag"));
  const std::string follows =
      "model Post {\n  id Int @id\n  tags Label[]\n}\nmodel Label {\n  id Int @id\n  posts Post[]\n}";
  run_next({sql, rows, follows, {}, {{"Tag", "Label"}}}, check("_LabelToPost"));
  // Of a self-relation the foreign keys do not show the direction.
  const std::string self =
      "model Post {\n  id Int @id\n  to Post[] @relation(\"F\")\n  by Post[] @relation(\"F\")\n}\n"
      "model Tag {\n  id Int @id\n}";
  run_next({tables + joined("_F", "Post", "Post"),
            R"(INSERT INTO "Post" VALUES (1), (2), (3); INSERT INTO "_F" VALUES (1, 2), (1, 3))",
            self,
            {},
            {{"_F.A", "B"}}},
           check("_F"));
}

}  // namespace refract::test
