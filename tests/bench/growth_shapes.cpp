#include "bench/growth_shapes.h"

#include <fmt/format.h>

#include <utility>

namespace refract::bench {
namespace {

using namespace std::string_literals;

constexpr std::string_view kDatasource = "datasource db {\n  provider = \"postgresql\"\n}\n\n";
constexpr std::string_view kModel = "model A {\n  id Int @id\n  s String?\n";

std::string repeated(std::string_view piece, int count) {
  std::string text;
  text.reserve(piece.size() * static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) text += piece;
  return text;
}

// `#` in the piece is the number of the repetition, from 0; `^` the one before it and `~` the one after it, in a ring.
std::string numbered(std::string_view piece, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i), before = std::to_string(i == 0 ? count - 1 : i - 1);
    const std::string after = std::to_string(i + 1 == count ? 0 : i + 1);
    for (const char c : piece) {
      if (c == '#')
        text += number;
      else if (c == '^')
        text += before;
      else if (c == '~')
        text += after;
      else
        text += c;
    }
  }
  return text;
}

std::string in_model(const std::string& lines) {
  return fmt::format("{}{}{}\n}}\n", kDatasource, kModel, lines);
}

struct Piece {
  const char* name;
  std::string_view text;
};

// Each is repeated on one line of a model, as a line of one, and outside of blocks.
constexpr Piece kTokens[] = {
    {"[", "["},           {"(", "("},           {"f(", "f("},
    {"{a:", "{a:"},       {"]", "]"},           {"}", "}"},
    {"quote", "\""},      {"\\", "\\"},         {"\"\\", "\"\\"},
    {"@", "@"},           {"@@", "@@"},         {"@a", "@a"},
    {"@a(", "@a("},       {",", ","},           {":", ":"},
    {"=", "="},           {"?", "?"},           {".", "."},
    {"a.", "a."},         {"-", "-"},           {"_", "_"},
    {"1", "1"},           {"a", "a"},           {"a ", "a "},
    {"space", " "},       {"tab", "\t"},        {"//", "//"},
    {"/*", "/*"},         {"*/", "*/"},         {"/* */", "/* */"},
    {"NUL", {"\0", 1}},   {"0xff", "\xff"},     {"é", "é"},
    {"\\r", "\r"},        {"'", "'"},           {"#", "#"},
    {"\"a\" ", "\"a\" "}, {"model ", "model "}, {"model A {", "model A {"},
};

// Repeated in a model.
constexpr Piece kMembers[] = {
    {"fields", "  f# Int\n"},
    {"@unique fields", "  f# Int @unique\n"},
    {"mapped fields", "  f# String? @map(\"f_#\") @db.VarChar(20) // f\n"},
    {"equal fields", "  f Int\n"},
    {"fields mapped to one column", "  f# Int @map(\"f\")\n"},
    {"fields of no type", "  f# Nothing#\n"},
    {"fields without a type", "  f#\n"},
    {"unfinished attributes", "  f# Int @default(\n"},
    {"unknown attributes", "  f# Int @nothing\n"},
    {"documented fields", "  /// about f#\n  // and\n  f# Int\n"},
    {"commented fields", "  /* about\n f# */\n  f# Int /* and\n on */\n"},
    {"self-relations",
     "  f# Int\n  r# A @relation(\"r#\", fields: [f#], references: [id])\n  b# A[] @relation(\"r#\")\n"},
    {"half relations", "  f# Int\n  r# A @relation(\"r#\", fields: [f#], references: [id])\n"},
    {"relations without names", "  r# A\n"},
    {"lists of relations", "  r# A[]\n"},
    {"enum-typed fields", "  f# E @default(X)\n"},
    {"@@index", "  @@index([s, id], map: \"i#\")\n"},
    {"equal @@index", "  @@index([s])\n"},
    {"@@unique", "  @@unique([s, id], map: \"u#\")\n"},
    {"unknown @@attributes", "  @@nothing([s])\n"},
    {"blank lines", "\n"},
};

// Repeated on one line of a model, between a beginning and an end.
struct Line {
  const char* name;
  std::string_view begin, piece, end;
};
constexpr Line kLines[] = {
    {"unclosed string of backslashes", "  x String @default(\"", "\\", ""},
    {"unclosed string of escapes", "  x String @default(\"", "\\q", ""},
    {"string of escapes", "  x String @default(\"", "\\n", "\")"},
    {"string of bad escapes", "  x String @default(\"", "\\q", "\")"},
    {"long string", "  x String @default(\"", "word ", "\")"},
    {"JSON of brackets", "  x Json @default(\"", "[", "\")"},
    {"JSON list", "  x Json @default(\"[1", ", 1", "]\")"},
    {"list default", "  x String[] @default([\"a\"", ", \"a\"", "])"},
    {"open list default", "  x String[] @default([\"a\"", ", \"a\"", ""},
    {"nested list default", "  x String[] @default(", "[", "])"},
    {"index of equal fields", "  @@index([s", ", s", "])"},
    {"index of unknown fields", "  @@index([s", ", x", "])"},
    {"arguments", "  x Int @default(1", ", a: 1", ")"},
    {"attributes on a field", "  x Int", " @unique", ""},
    {"@map on a field", "  x Int", " @map(\"y\")", ""},
    {"@db. on a field", "  x Int", " @db.Text", ""},
    {"comment", "  x Int // ", "word ", ""},
};

// Repeated outside of blocks.
constexpr Piece kBlocks[] = {
    {"models", "model M# {\n  id Int @id\n}\n\n"},
    {"equal models", "model M {\n  id Int @id\n}\n\n"},
    {"models on one table", "model M# {\n  id Int @id\n\n  @@map(\"m\")\n}\n\n"},
    {"models in a ring",
     "model M# {\n  id Int @id\n  n  M^ @relation(\"r#\", fields: [id], references: [id])\n"
     "  p  M^[] @relation(\"q#\")\n}\n\n"},
    {"models around one", "model M# {\n  id Int @id\n  a Int\n  hub A @relation(fields: [a], references: [id])\n}\n\n"},
    {"models without an id", "model M# {\n  a Int\n}\n\n"},
    {"enums", "enum E# {\n  X\n  Y\n}\n\n"},
    {"types", "type T# {\n  a Int\n}\n\n"},
    {"views", "view V# {\n  a Int @unique\n}\n\n"},
    {"type aliases", "type T# = Int @a(b)\n"},
    {"generators", "generator g# {\n  provider = \"prisma-client-js\"\n}\n\n"},
    {"datasources", "datasource d# {\n  provider = \"postgresql\"\n}\n\n"},
    {"unclosed models", "model M# {\n  a Int\n"},
    {"unknown blocks", "modle M# {\n  a Int\n}\n\n"},
    {"misspelt names", "model M# {\n  id Int @id\n  a Strin#\n}\n\n"},
    {"comment lines", "// comment #\n"},
    {"implicit relations", "model L# {\n  id Int @id\n  r R#[]\n}\n\nmodel R# {\n  id Int @id\n  l L#[]\n}\n\n"},
    {"@@map of models", "model M# {\n  id Int @id @map(\"i\")\n  a String\n\n  @@index([a])\n  @@map(\"m_#\")\n}\n\n"},
};

// Repeated outside of blocks, with a model before it, for a database that has rules of its own.
struct Elsewhere {
  const char* provider;
  const char* name;
  std::string_view model, piece;
};
constexpr Elsewhere kElsewhere[] = {
    {"sqlserver", "models in a ring", "id Int @id",
     "model M# {\n  id Int @id\n  n M^ @relation(\"r#\", fields: [id], references: [id])\n  p M~[] "
     "@relation(\"r~\")\n}\n\n"},
    {"sqlserver", "models in a chain", "id Int @id",
     "model M# {\n  id Int @id\n  n M^ @relation(fields: [id], references: [id])\n}\n\n"},
    {"sqlserver", "two ways to one model", "id Int @id",
     "model M# {\n  id Int @id\n  a Int\n  x A @relation(\"x#\", fields: [a], references: [id])\n  y A "
     "@relation(\"y#\", fields: [a], references: [id])\n}\n\n"},
    {"mongodb", "models in a ring", "id Int @id @map(\"_id\")",
     "model M# {\n  id Int @id @map(\"_id\")\n  n M^ @relation(\"r#\", fields: [id], references: [id])\n  p M~[] "
     "@relation(\"r~\")\n}\n\n"},
    {"mongodb", "types in a ring", "id Int @id @map(\"_id\")", "type T# {\n  a T^\n}\n\n"},
    {"mongodb", "types in types", "id Int @id @map(\"_id\")", "type T# {\n  a T^?\n  b T^[]\n}\n\n"},
    {"mysql", "models without an id", "id Int @id", "model M# {\n  a String\n\n  @@index([a])\n}\n\n"},
    {"sqlite", "lists", "id Int @id", "model M# {\n  id Int @id\n  a String[]\n}\n\n"},
    {"cockroachdb", "sequences", "id Int @id",
     "model M# {\n  id Int @id @default(sequence(start: #, increment: 2))\n}\n\n"},
    {"postgresql", "models of another type", "id Int @id",
     "enum E# {\n  X\n  Y\n}\n\nmodel M# {\n  id Int @id\n  e E# @default(Y)\n  f E^[]\n}\n\n"},
};

// Repeated as the text of a migration.
constexpr Piece kSql[] = {
    {"(", "("},
    {"[", "["},
    {"SQL quote", "'"},
    {"\"", "\""},
    {"$a$", "$a$"},
    {";", ";"},
    {"/*", "/*"},
    {"--", "--"},
    {"SQL NUL", {"\0", 1}},
    {"SQL 0xff", "\xff"},
    {"SQL é", "é"},
    {"\\", "\\"},
    {"SQL blank lines", "\n"},
    {"words", "word "},
    {"comment lines", "-- comment\n"},
    {"psql commands", "\\echo a\n"},
    {"tables", "CREATE TABLE \"t#\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"t#_pkey\" PRIMARY KEY (\"id\"));\n"},
    {"tables dropped", "CREATE TABLE \"t#\" (\"id\" INTEGER);\nDROP TABLE \"t#\";\n"},
    {"tables renamed", "CREATE TABLE \"t#\" (\"id\" INTEGER);\nALTER TABLE \"t#\" RENAME TO \"u#\";\n"},
    {"tables of one foreign key",
     "CREATE TABLE \"t#\" (\"id\" INTEGER PRIMARY KEY, \"a\" INTEGER REFERENCES \"A\");\n"},
    {"enums", "CREATE TYPE \"e#\" AS ENUM ('A', 'B');\n"},
    {"enum values", "ALTER TYPE \"E\" ADD VALUE 'v#';\n"},
    {"columns", "ALTER TABLE \"A\" ADD COLUMN \"c#\" TEXT;\n"},
    {"columns dropped", "ALTER TABLE \"A\" ADD COLUMN \"c#\" TEXT;\nALTER TABLE \"A\" DROP COLUMN \"c#\";\n"},
    {"columns renamed",
     "ALTER TABLE \"A\" ADD COLUMN \"c#\" TEXT;\nALTER TABLE \"A\" RENAME COLUMN \"c#\" TO \"d#\";\n"},
    {"defaults", "ALTER TABLE \"A\" ALTER COLUMN \"s\" SET DEFAULT 'x#';\n"},
    {"indexes", "CREATE INDEX \"i#\" ON \"A\"(\"s\");\n"},
    {"foreign keys", "ALTER TABLE \"A\" ADD CONSTRAINT \"f#\" FOREIGN KEY (\"id\") REFERENCES \"A\"(\"id\");\n"},
    {"indexes dropped", "CREATE INDEX \"i#\" ON \"A\"(\"s\");\nDROP INDEX \"i#\";\n"},
    {"indexes without names", "CREATE INDEX ON \"A\"(\"s\");\n"},
    {"checks without names", "ALTER TABLE \"A\" ADD CHECK (\"id\" > #);\n"},
    {"domains", "CREATE DOMAIN \"d#\" AS text;\n"},
    {"checks", "ALTER TABLE \"A\" ADD CONSTRAINT \"c#\" CHECK (\"id\" > #);\n"},
    {"views", "CREATE VIEW \"v#\" AS SELECT \"id\" FROM \"A\";\n"},
    {"functions", "CREATE FUNCTION \"f#\"() RETURNS int LANGUAGE sql AS $$ SELECT # $$;\n"},
    {"triggers", "CREATE TRIGGER \"g#\" BEFORE INSERT ON \"A\" EXECUTE FUNCTION \"f\"();\n"},
    {"grants", "GRANT SELECT ON \"A\" TO \"r#\";\n"},
    {"policies", "CREATE POLICY \"p#\" ON \"A\" USING (true);\n"},
    {"comments", "COMMENT ON TABLE \"A\" IS 'c#';\n"},
    {"sequences", "CREATE SEQUENCE \"s#\";\n"},
    {"schemas", "CREATE SCHEMA \"s#\";\n"},
    {"inserts", "INSERT INTO \"A\" VALUES (#, 'x');\n"},
    {"updates", "UPDATE \"A\" SET \"s\" = 'x#' WHERE \"id\" = #;\n"},
    {"search_path", "SET search_path = public;\n"},
    {"transactions", "BEGIN;\nSELECT #;\nCOMMIT;\n"},
    {"DO blocks", "DO $$ BEGIN IF true THEN NULL; END IF; END $$;\n"},
    {"extensions", "CREATE EXTENSION IF NOT EXISTS \"e#\";\n"},
    {"errors", "CREATE TABLE \"A\" (\"id\" INTEGER);\n"},
    {"tables that inherit", "CREATE TABLE \"t#\" (\"a#\" INTEGER) INHERITS (\"A\");\n"},
    {"tables like one", "CREATE TABLE \"t#\" (LIKE \"A\" INCLUDING ALL);\n"},
    {"partitions",
     "CREATE TABLE \"p#\" (\"a\" INTEGER) PARTITION BY LIST (\"a\");\nCREATE TABLE \"q#\" PARTITION OF \"p#\" FOR "
     "VALUES IN "
     "(#);\n"},
    {"enums renamed", "CREATE TYPE \"e#\" AS ENUM ('A');\nALTER TYPE \"e#\" RENAME TO \"f#\";\n"},
    {"enums replaced",
     "CREATE TYPE \"n#\" AS ENUM ('X', 'Y#');\nALTER TYPE \"E\" RENAME TO \"o#\";\nALTER TYPE \"n#\" RENAME TO "
     "\"E\";\nDROP TYPE \"o#\";\n"},
    {"enums dropped", "CREATE TYPE \"e#\" AS ENUM ('A');\nDROP TYPE \"e#\";\n"},
    {"enum values renamed", "ALTER TYPE \"E\" ADD VALUE 'v#';\nALTER TYPE \"E\" RENAME VALUE 'v#' TO 'w#';\n"},
    {"enum values used", "ALTER TYPE \"E\" ADD VALUE 'v#';\nINSERT INTO \"A\" VALUES (#, 'v#');\n"},
    {"composite types", "CREATE TYPE \"c#\" AS (\"a\" INTEGER);\n"},
    {"types of columns", "ALTER TABLE \"A\" ALTER COLUMN \"s\" TYPE VARCHAR(#);\n"},
    {"NOT NULL",
     "ALTER TABLE \"A\" ALTER COLUMN \"s\" SET NOT NULL;\nALTER TABLE \"A\" ALTER COLUMN \"s\" DROP NOT "
     "NULL;\n"},
    {"unique constraints", "ALTER TABLE \"A\" ADD CONSTRAINT \"u#\" UNIQUE (\"s\");\n"},
    {"constraints dropped",
     "ALTER TABLE \"A\" ADD CONSTRAINT \"c#\" CHECK (\"id\" > #);\nALTER TABLE \"A\" DROP CONSTRAINT \"c#\";\n"},
    {"constraints validated",
     "ALTER TABLE \"A\" ADD CONSTRAINT \"c#\" CHECK (\"id\" > #) NOT VALID;\nALTER TABLE \"A\" VALIDATE CONSTRAINT "
     "\"c#\";\n"},
    {"tables in schemas", "CREATE SCHEMA \"s#\";\nCREATE TABLE \"s#\".\"t\" (\"id\" INTEGER);\n"},
    {"schemas dropped", "CREATE SCHEMA \"s#\";\nDROP SCHEMA \"s#\";\n"},
    {"views on views",
     "CREATE VIEW \"v#\" AS SELECT \"id\" FROM \"A\";\nCREATE VIEW \"w#\" AS SELECT \"id\" FROM \"v#\";\n"},
    {"views dropped", "CREATE VIEW \"v#\" AS SELECT \"id\" FROM \"A\";\nDROP VIEW \"v#\";\n"},
    {"functions replaced", "CREATE OR REPLACE FUNCTION \"f\"() RETURNS int LANGUAGE sql AS $$ SELECT # $$;\n"},
    {"deletes", "DELETE FROM \"A\" WHERE \"id\" = #;\n"},
    {"comments on columns", "COMMENT ON COLUMN \"A\".\"s\" IS 'c#';\n"},
    {"row security", "ALTER TABLE \"A\" ENABLE ROW LEVEL SECURITY;\n"},
    {"indexes concurrently", "CREATE INDEX CONCURRENTLY \"i#\" ON \"A\"(\"s\");\n"},
    {"indexes with a condition", "CREATE INDEX \"i#\" ON \"A\"(\"s\") WHERE \"id\" > #;\n"},
    {"tables with a relation",
     "CREATE TABLE \"t#\" (\"id\" INTEGER PRIMARY KEY);\nCREATE TABLE \"u#\" (\"t\" INTEGER);\nALTER TABLE \"u#\" ADD "
     "FOREIGN KEY (\"t\") REFERENCES \"t#\"(\"id\");\n"},
};

// Repeated within one statement.
constexpr Line kStatements[] = {
    {"columns of a table", "CREATE TABLE t (a int", ", c# int", ");"},
    {"columns added at once", "ALTER TABLE \"A\" ADD COLUMN a int", ", ADD COLUMN c# int", ";"},
    {"columns dropped at once", "ALTER TABLE \"A\" DROP COLUMN s", ", DROP COLUMN IF EXISTS c#", ";"},
    {"tables dropped at once", "DROP TABLE IF EXISTS t", ", t#", ";"},
    {"tables of a schema", "CREATE SCHEMA s", " CREATE TABLE t# (a int)", ";"},
    {"enum values at once", "CREATE TYPE t AS ENUM ('a'", ", 'v#'", ");"},
    {"rows", "INSERT INTO \"A\" VALUES (1, 'a')", ", (#, 'x')", ";"},
    {"+1", "SELECT 1", "+1", ";"},
    {"AND", "SELECT true", " AND true", ";"},
    {"||", "SELECT 'a'", "||'a'", ";"},
    {"::int", "SELECT 1", "::int", ";"},
    {"UNION", "SELECT 1", " UNION SELECT 1", ";"},
    {"JOIN", "SELECT 1 FROM \"A\"", " JOIN \"A\" a# ON true", ";"},
    {"IN", "DELETE FROM \"A\" WHERE id IN (1", ", #", ");"},
    {"closed parentheses", "SELECT (1)", ", (1)", ";"},
    {"nested comments", "SELECT 1 ", "/*", ""},
    {"IF in a DO block", "DO $$ BEGIN ", "IF true THEN NULL; END IF; ", "END $$;"},
    {"nested IF", "DO $$ BEGIN ", "IF true THEN ", "END $$;"},
    {"EXECUTE in a DO block", "DO $$ BEGIN ", "EXECUTE 'SELECT 1'; ", "END $$;"},
    {"unclosed dollar quote", "DO $$ ", "a $ b ", ""},
    {"unclosed string", "SELECT '", "\\'' ", ""},
};

}  // namespace

std::vector<Shape> growth_shapes() {
  std::vector<Shape> shapes;
  const auto add = [&](bool sql, std::string name, std::function<std::string(int)> text) {
    shapes.push_back({std::move(name), sql, std::move(text)});
  };
  for (const auto& [name, piece] : kTokens) {
    add(false, name + " in a line"s, [piece](int count) { return in_model("  " + repeated(piece, count)); });
    add(false, name + " as lines"s,
        [piece](int count) { return in_model(repeated("  " + std::string(piece) + "\n", count)); });
    add(false, name + " at top level"s,
        [piece](int count) { return in_model("") + repeated(std::string(piece) + "\n", count); });
  }
  for (const auto& [name, piece] : kMembers) {
    add(false, name, [piece](int count) { return in_model(numbered(piece, count)) + "\nenum E {\n  X\n}\n"; });
  }
  for (const Line& line : kLines) {
    add(false, line.name, [line](int count) {
      return in_model(std::string(line.begin) + repeated(line.piece, count) + std::string(line.end));
    });
  }
  for (const auto& [name, piece] : kBlocks)
    add(false, name, [piece](int count) { return in_model("") + "\n" + numbered(piece, count); });
  for (const Elsewhere& one : kElsewhere) {
    add(false, fmt::format("{}: {}", one.provider, one.name), [one](int count) {
      return fmt::format("datasource db {{\n  provider = \"{}\"\n}}\n\nmodel A {{\n  {}\n}}\n\n{}", one.provider,
                         one.model, numbered(one.piece, count));
    });
  }
  add(false, "relations to one model",
      [](int count) { return in_model(numbered("  r# B\n", count)) + "\nmodel B {\n  id Int @id\n}\n"; });
  add(false, "relations both ways", [](int count) {
    return in_model(numbered("  r# B[]\n", count)) + "\nmodel B {\n  id Int @id\n" +
           numbered("  a# A @relation(fields: [id], references: [id])\n", count) + "}\n";
  });
  add(false, "long name", [](int count) { return in_model("  " + repeated("n", count) + " Int @map(\"n\")"); });
  add(false, "long type", [](int count) { return in_model("  n " + repeated("Int", count)); });
  add(false, "enum values", [](int count) {
    return fmt::format("{}enum E {{\n{}}}\n", kDatasource, numbered("  V# @map(\"v_#\")\n", count));
  });
  add(false, "equal enum values",
      [](int count) { return fmt::format("{}enum E {{\n{}}}\n", kDatasource, repeated("  V\n", count)); });
  add(false, "datasource keys",
      [](int count) { return fmt::format("datasource db {{\n{}}}\n", numbered("  key# = \"x\"\n", count)); });
  constexpr std::string_view kBefore =
      "CREATE TYPE \"E\" AS ENUM ('X');\nCREATE TABLE \"A\" (\"id\" INTEGER NOT NULL, \"s\" TEXT, CONSTRAINT "
      "\"A_pkey\" "
      "PRIMARY KEY (\"id\"));\n";
  for (const auto& [name, piece] : kSql) {
    add(true, name, [piece, kBefore](int count) { return std::string(kBefore) + numbered(piece, count); });
  }
  for (const Line& line : kStatements) {
    add(true, line.name, [line, kBefore](int count) {
      return std::string(kBefore).append(line.begin) + numbered(line.piece, count) + std::string(line.end) + "\n";
    });
  }
  return shapes;
}

}  // namespace refract::bench
