#include "features/hover.h"

#include <set>
#include <string>
#include <utility>

#include "features/configuration_texts.h"
#include "features/fixture.h"
#include "migrate/history/history.h"
#include "validation/rules/preview_features.h"

using namespace refract;
using Catch::Matchers::Contains;
using test::fixture;

namespace {

constexpr std::string_view kSchema = R"(
datasource db {
  provider = "postgresql"
}
/// Who writes.
model User {
  id    Int    @id
  role  Role   @default(ADMIN)
  posts Post[]

  @@map("users")
}
enum Role {
  /// May do all.
  ADMIN
}
model Post {
  id       Int   @id
  authorId Int? @map("author_id")
  author   User? @relation(fields: [authorId], references: [id])
  title    String @db.VarChar(20) @default(uuid())

  @@index([id(sort: Desc)], map: "x")
}
)";

// What is shown on the first place where `word` is in `context`; empty: nothing.
std::string shown_at(std::string_view context, std::string_view word) {
  std::string text(kSchema);
  const std::size_t at = text.find(context);
  REQUIRE(at != std::string::npos);
  text.insert(text.find(word, at) + 1, "$0");
  const auto made = fixture(text);
  const auto shown = features::hover(*made.snapshot, made.cursor);
  if (!shown) return {};
  CHECK(made.files[0].second.substr(shown->range.begin, shown->range.size()) == word);
  return shown->markdown;
}

}  // namespace

TEST_CASE("hover: declarations with their table and their documentation", "[hover]") {
  for (const char* context : {"model User", "author   User"}) {
    CHECK_THAT(shown_at(context, "User"), Contains("model User") && Contains("`users`") && Contains("Who writes."));
  }
  CHECK_THAT(shown_at("Role   @default", "Role"), Contains("enum Role") && Contains("ADMIN"));
}

TEST_CASE("hover: fields with their column, relations with their two sides and actions", "[hover]") {
  CHECK_THAT(shown_at("fields: [authorId]", "authorId"),
             Contains("Int? @map") && Contains("`author_id`") && Contains("`Post`"));
  CHECK_THAT(shown_at("references: [id]", "id"), Contains("`id`") && Contains("`users`"));
  const std::string relation = shown_at("author   User", "author");
  CHECK_THAT(relation, Contains("One-to-many") && Contains("PostToUser") && Contains("`User.posts`"));
  CHECK_THAT(relation, Contains("On delete `SetNull` (by default), on update `Cascade` (by default)"));
  CHECK_THAT(shown_at("posts Post[]", "posts"), Contains("`Post.author`") && Contains("SetNull"));
  CHECK_THAT(shown_at("@default(ADMIN", "ADMIN"), Contains("Role.ADMIN") && Contains("May do all."));
}

TEST_CASE("hover: attributes, arguments, functions, native and scalar types", "[hover]") {
  CHECK_THAT(shown_at("@relation", "relation"), Contains("@relation") && Contains("onDelete"));
  CHECK_THAT(shown_at("@@index", "index"), Contains("@@index") && Contains("fields"));
  CHECK_THAT(shown_at("references: ", "references"), Contains("references:"));
  CHECK_THAT(shown_at("@db.VarChar", "db.VarChar"), Contains("VarChar") && Contains("`String`"));
  CHECK_THAT(shown_at("uuid()", "uuid"), Contains("uuid()"));
  CHECK_THAT(shown_at("String @db", "String"), Contains("String"));
}

TEST_CASE("hover: nothing where nothing is meant", "[hover]") {
  CHECK(shown_at("Who writes", "writes").empty());
  CHECK(shown_at("map: \"x\"", "\"x\"").empty());
  const auto made = fixture("model A {\n  id Int @id @x(\n  b\n");
  for (text::Offset at = 0; at < 40; ++at) {
    const auto shown = features::hover(*made.snapshot, {0, at});
    if (shown) CHECK(shown->range.touches(at));
  }
}

TEST_CASE("hover: what a column becomes, with its keys and who points at it", "[hover]") {
  CHECK_THAT(
      shown_at("fields: [authorId]", "authorId"),
      Contains("```sql\n\"author_id\" INTEGER\n```") && Contains("- Foreign key to `User.id`, on delete `SetNull`\n"));
  CHECK_THAT(shown_at("references: [id]", "id"), Contains("\"id\" INTEGER NOT NULL") &&
                                                     Contains("- Primary key `users_pkey`\n") &&
                                                     Contains("- Referenced by `Post.author`\n"));
  CHECK_THAT(shown_at("role  Role", "role"), Contains("\"role\" \"Role\" NOT NULL DEFAULT 'ADMIN'"));
  CHECK_THAT(
      shown_at("author   User", "author"),
      Contains("ALTER TABLE \"Post\" ADD CONSTRAINT \"Post_author_id_fkey\" FOREIGN KEY (\"author_id\") REFERENCES "
               "\"users\"(\"id\") ON DELETE SET NULL ON UPDATE CASCADE"));
  CHECK_THAT(shown_at("@@index", "index"), Contains("CREATE INDEX \"x\" ON \"Post\"(\"id\" DESC)"));
  CHECK_THAT(shown_at("@id\n  role", "id"), Contains("CONSTRAINT \"users_pkey\" PRIMARY KEY (\"id\")"));
  CHECK_THAT(shown_at("model User", "User"), Contains("- Referenced by `Post.author`"));
}

TEST_CASE("hover: the migrations that made and changed it", "[hover]") {
  migrate::History history;
  for (const char* sql :
       {R"(CREATE TABLE "A" ("id" INTEGER NOT NULL);)", R"(ALTER TABLE "A" ADD COLUMN "b" TEXT;)",
        R"(ALTER TABLE "A" ALTER COLUMN "b" SET NOT NULL;)", R"(ALTER TABLE "A" ALTER COLUMN "b" SET DEFAULT '';)"}) {
    auto& migration = history.migrations.emplace_back();
    migration.name = "m" + std::to_string(history.migrations.size());
    migration.sql = sql;
  }
  migrate::replay_history(history);
  const auto shown = [&](std::string_view marked) {
    const auto made = fixture(marked);
    return features::hover(*made.snapshot, made.cursor, &history)->markdown;
  };
  CHECK_THAT(shown("model A {\n  i$0d Int @id\n  b String\n}\n"), Contains("- Created in `m1`\n"));
  CHECK_THAT(shown("model A {\n  id Int @id\n  b$0 String\n}\n"),
             Contains("- Created in `m2`, changed 2 times, last in `m4`\n"));
  CHECK_THAT(shown("model A$0 {\n  id Int @id\n}\n"), Contains("- Created in `m1`, changed 3 times, last in `m4`\n"));
  CHECK_THAT(shown("model A {\n  id Int @id\n  c$0 String\n}\n"), !Contains("Created"));
  CHECK_THAT(shown("model B$0 {\n  id Int @id\n}\n"), !Contains("Created"));
}

TEST_CASE("hover: many that point here are counted; databases without SQL of ours get none", "[hover]") {
  std::string text = "datasource db {\n  provider = \"mysql\"\n}\nmodel A {\n  i$0d Int @id\n}\n";
  for (const char* name : {"B", "C", "D", "E", "F", "G"})
    text += std::string("model ") + name + " {\n  id Int @id\n  a A @relation(fields: [id], references: [id])\n}\n";
  const auto made = fixture(text);
  const std::string shown = features::hover(*made.snapshot, made.cursor)->markdown;
  CHECK_THAT(shown,
             Contains("`B.a`, `C.a`, `D.a`, `E.a` and 2 more") && Contains("- Primary key\n") && !Contains("```sql"));
}

namespace {

// What is shown at the cursor of a schema; empty: nothing.
std::string shown(std::string_view marked, schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const auto made = fixture(marked, version);
  const auto found = features::hover(*made.snapshot, made.cursor);
  return found ? found->markdown : std::string();
}

std::string with_provider(std::string_view provider, std::string_view body) {
  return "datasource db {\n  provider = \"" + std::string(provider) + "\"\n}\n" + std::string(body);
}

}  // namespace

TEST_CASE("hover: the configuration's keys and values", "[hover]") {
  CHECK_THAT(shown("datasource db {\n  pro$0vider = \"mysql\"\n}\n"), Contains("Which database"));
  CHECK_THAT(shown("datasource db {\n  provider = \"my$0sql\"\n}\n"), Contains("MySQL"));
  CHECK_THAT(shown("datasource db {\n  rel$0ationMode = \"prisma\"\n}\n"), Contains("enforces relations"));
  CHECK_THAT(shown("datasource db {\n  relationMode = \"pri$0sma\"\n}\n"), Contains("no foreign keys"));
  CHECK_THAT(shown("generator g {\n  preview$0Features = [\"views\"]\n}\n"), Contains("preview features"));
  CHECK_THAT(shown("generator g {\n  previewFeatures = [\"vi$0ews\"]\n}\n"), Contains("`view` blocks"));
  CHECK_THAT(shown("generator g {\n  previewFeatures = [\"x\", \"omit$0Api\"]\n}\n"), Contains("can be removed"));
  CHECK_THAT(shown("generator g {\n  previewFeatures = [\"partial$0Indexes\"]\n}\n", schema::PrismaVersion::v5),
             Contains("does not have"));
  CHECK(shown("generator g {\n  previewFeatures = [\"no$0ne\"]\n}\n").empty());
  for (const std::string_view feature :
       validation::active_features(schema::PrismaVersion::v7, schema::Provider::postgresql)) {
    INFO(feature);
    CHECK_FALSE(features::feature_doc(feature).empty());
  }
}

TEST_CASE("hover: actions, enum values and scalars with what the database makes of them", "[hover]") {
  CHECK_THAT(shown("model A {\n  b B @relation(fields: [x], references: [id], onDelete: Cas$0cade)\n}\n"),
             Contains("deleted too"));
  CHECK_THAT(shown("model A {\n  b B? @relation(onUpdate: Set$0Null)\n}\n"), Contains("set to null"));
  CHECK_THAT(shown("enum R {\n  AD$0MIN @map(\"adm\")\n}\n"), Contains("R.ADMIN") && Contains("`adm` in the database"));
  CHECK_THAT(shown("enum R {\n  AD$0MIN\n}\n"), !Contains("in the database"));
  CHECK_THAT(shown(with_provider("postgresql", "model A {\n  p Dec$0imal\n}\n")),
             Contains("`DECIMAL(65,30)` in PostgreSQL"));
  CHECK_THAT(shown(with_provider("mysql", "model A {\n  p Str$0ing\n}\n")), Contains("`VARCHAR(191)` in MySQL"));
  CHECK_THAT(shown(with_provider("postgresql", "model A {\n  p Str$0ing[] @db.VarChar(20)\n}\n")),
             Contains("`VarChar(20)[]`"));
  CHECK_THAT(shown("model A {\n  p Dec$0imal\n}\n"), Contains("exact decimal") && !Contains("Stored"));
}

TEST_CASE("hover: speaks of the database in force", "[hover]") {
  const std::string_view both = "model A$0 {\n  id Int @id\n}\n";
  CHECK_THAT(shown(with_provider("mongodb", both)), Contains("Collection `A`") && !Contains("Table"));
  CHECK_THAT(shown(with_provider("sqlite", both)), Contains("Table `A`"));
  const std::string_view role = "enum R$0 {\n  A @map(\"a\")\n  B\n}\n";
  CHECK_THAT(shown(with_provider("sqlite", role)), Contains("no type") && !Contains("Enum `R`"));
  CHECK_THAT(shown(with_provider("mysql", role)), Contains("ENUM('a', 'B')"));
  CHECK_THAT(shown(with_provider("cockroachdb", role)), Contains("Enum `R` in the database"));
  CHECK_THAT(shown(with_provider("mongodb", "model A {\n  i$0d Int @id\n}\n")),
             Contains("Field `id`") && !Contains("Column"));
}

namespace {

constexpr std::string_view kEverything = R"(
generator g {
  provider        = "prisma-client"
  previewFeatures = ["fullTextIndex", "postgresqlExtensions", "shardKeys", "partialIndexes"]
}
model A {
  id  Int      @id(map: "k", length: 1, sort: Asc, clustered: true) @default(autoincrement(), map: "d")
  s   Int      @unique(map: "u", length: 1, sort: Asc, clustered: false, where: raw("x"))
  n   Int      @default(sequence(virtual: true, minValue: 1, maxValue: 2, cache: 3, increment: 4, start: 5))
  t   DateTime @default(now()) @updatedAt @map("t") @ignore @shardKey
  g   String   @default(dbgenerated("x"))
  o   String   @default(auto())
  u   String   @default(uuid())
  d   Decimal
  j   Json
  b   Bytes
  f   Float
  i   BigInt
  l   Boolean
  e   E
  bId Int
  r   B        @relation(name: "r", fields: [bId], references: [id], onDelete: NoAction, onUpdate: SetNull, map: "fk")
  c   B?       @relation("c", fields: [bId], references: [id], onDelete: Cascade, onUpdate: Restrict)
  @@id(fields: [id, s], name: "x", map: "y", clustered: true)
  @@unique([s(sort: Desc, length: 1, ops: raw("x"))], name: "n", map: "m", clustered: true, where: raw("x"))
  @@index([s(sort: Asc, ops: raw("x"))], type: Hash, map: "i", clustered: false, where: raw("x"))
  @@fulltext([g], map: "f")
  @@map("as")
  @@schema("x")
  @@ignore
  @@shardKey([id])
}
model B {
  id Int @id
  a  A[] @relation("r")
  as A[] @relation("c")
}
view V {
  id Int @unique
  @@map("v")
  @@schema("x")
}
enum E {
  X @map("x")
  @@map("e")
  @@schema("x")
}
)";

// All that is shown on the words of a text, each once.
std::string shown_in(const std::string& text) {
  const auto made = fixture(text + "$0");
  std::set<std::string> all;
  for (text::Offset at = 0; at < text.size(); ++at) {
    if (const auto found = features::hover(*made.snapshot, {0, at})) all.insert(found->markdown);
  }
  std::string joined;
  for (const std::string& one : all) joined += one + "\n----\n";
  return joined;
}

}  // namespace

TEST_CASE("hover: no text names another database, or what it alone has", "[hover]") {
  const std::pair<std::string_view, std::string_view> databases[] = {{"postgresql", "PostgreSQL"},
                                                                     {"mysql", "MySQL"},
                                                                     {"sqlite", "SQLite"},
                                                                     {"sqlserver", "SQL Server"},
                                                                     {"cockroachdb", "CockroachDB"},
                                                                     {"mongodb", "MongoDB"},
                                                                     {"", ""}};
  for (const auto& [provider, own] : databases) {
    const std::string text = shown_in(
        provider.empty() ? std::string(kEverything)
                         : "datasource db {\n  provider = \"" + std::string(provider) +
                               "\"\n  relationMode = \"prisma\"\n  schemas = [\"x\"]\n  extensions = [x]\n}\n" +
                               std::string(kEverything));
    INFO(provider);
    INFO(text);
    for (const auto& [other, name] : databases) {
      if (!name.empty() && name != own) CHECK_FALSE(text.contains(name));
    }
    CHECK_FALSE(text.contains("PlanetScale"));
    CHECK_FALSE(text.contains("{row"));
    CHECK_FALSE(text.contains("{declaration"));
    if (provider == "mongodb") {
      for (const char* word : {"table", "Table", "olumn", " row"}) {
        INFO(word);
        CHECK_FALSE(text.contains(word));
      }
    }
    if (provider.empty()) CHECK_FALSE(text.contains("```sql"));
  }
}

TEST_CASE("hover: attributes and arguments in the terms of the database", "[hover]") {
  const auto in = [](std::string_view provider, std::string_view line) {
    return shown(with_provider(provider, "model A {\n  id Int @id\n  " + std::string(line) + "\n}\n"));
  };
  CHECK_THAT(in("postgresql", "@@m$0ap(\"x\")"), Contains("The name of the table in the database."));
  CHECK_THAT(in("mongodb", "@@m$0ap(\"x\")"), Contains("The name of the collection in the database."));
  CHECK_THAT(shown("model A {\n  @@m$0ap(\"x\")\n}\n"),
             Contains("The name of the table or collection in the database."));
  CHECK_THAT(shown(with_provider("postgresql", "view A {\n  @@m$0ap(\"x\")\n}\n")), Contains("name of the view in"));
  CHECK_THAT(shown(with_provider("postgresql", "enum A {\n  @@m$0ap(\"x\")\n}\n")), Contains("of the enum type in"));
  CHECK_THAT(shown(with_provider("mysql", "enum A {\n  @@m$0ap(\"x\")\n}\n")),
             Contains("of the enum in the database, though MySQL has no named enums."));
  CHECK_THAT(shown(with_provider("mysql", "enum A {\n  X @m$0ap(\"x\")\n}\n")),
             Contains("The name of the enum value in the database."));
  CHECK_THAT(in("mongodb", "x Int @m$0ap(\"y\")"), Contains("The name of the field in the database."));
  CHECK_THAT(in("sqlserver", "x Int @uni$0que"), Contains("unique constraint"));
  CHECK_THAT(in("postgresql", "x Int @uni$0que(map: \"y\")"),
             Contains("unique index") && Contains("- `map`") && !Contains("clustered"));
  CHECK_THAT(in("postgresql", "x Int @unique(clus$0tered: true)"), Contains("PostgreSQL does not support it."));
  CHECK_THAT(in("sqlserver", "x Int @unique(clus$0tered: true)"), Contains("rows") && !Contains("support"));
  CHECK_THAT(in("mongodb", "@@i$0d([id])"), Contains("MongoDB does not support it."));
  CHECK_THAT(in("postgresql", "@@index([id(o$0ps: raw(\"x\"))])"),
             Contains("compares the values") && !Contains("support"));
  CHECK_THAT(in("mysql", "@@index([id(o$0ps: raw(\"x\"))])"), Contains("MySQL does not support it."));
  CHECK_THAT(in("mysql", "@@index([id(len$0gth: 3)])"), Contains("leading bytes") && !Contains("support"));
  CHECK_THAT(in("sqlite", "@@index([id(so$0rt: Desc)])"), Contains("`Asc` or `Desc`."));
  CHECK_THAT(in("cockroachdb", "x Int @default(sequence(vir$0tual: true))"),
             Contains("with gaps") && !Contains("support"));
  CHECK_THAT(in("sqlserver", "x String @default(dbgen$0erated(\"x\"))"), Contains("newid()"));
  CHECK_THAT(in("mongodb", "x Dec$0imal"), Contains("MongoDB does not support it."));
  CHECK_THAT(in("mongodb", "x String @default(au$0to())"), Contains("for the new document.") && !Contains("support"));
}

TEST_CASE("hover: names in strings, and block comments without their stars", "[hover]") {
  CHECK_THAT(shown("model A {\n  id Int @id\n  b B[] @relation(\"o$0ne\")\n}\nmodel B {\n  id Int @id\n  a A[] "
                   "@relation(\"one\")\n}\n"),
             Contains("Many-to-many relation `one`"));
  CHECK_THAT(shown("datasource db {\n  schemas = [\"a$0\"]\n}\nmodel M {\n  id Int @id\n  @@schema(\"a\")\n}\n"),
             Contains("Schema `a`") && Contains("1 declaration"));
  CHECK_THAT(shown("/**\n * Who writes.\n *\n * **Bold** too\n */\nmodel A$0 {\n  id Int @id\n}\n"),
             Contains("Who writes.\n\n**Bold** too\n") && !Contains(" * "));
  CHECK_THAT(shown("model A {\n  /* one\n   * two */\n  i$0d Int @id\n}\n"), Contains("one\ntwo"));
}

TEST_CASE("hover: what is nested in a comment keeps its indentation, the margin none", "[hover]") {
  const std::string block = "model A$0 {\n  id Int @id\n}\n";
  CHECK_THAT(shown("/*\n * - one\n *   - nested\n * ```\n *   code\n * ```\n */\n" + block),
             Contains("\n- one\n  - nested\n```\n  code\n```\n"));
  CHECK_THAT(shown("model A {\n  /*\n    Plain text\n      - nested\n  */\n  na$0me String\n}\n"),
             Contains("\nPlain text\n  - nested\n"));
  CHECK_THAT(shown("/**\r\n * First\r\n * second\r\n */\r\n" + block), Contains("\nFirst\nsecond\n"));
  CHECK_THAT(shown("/* First\n   second */\n" + block), Contains("\nFirst\nsecond\n"));
}
