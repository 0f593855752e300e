#include "features/rejections.h"

#include <fmt/format.h>

#include "features/fixture.h"
#include "validation/codes/codes.h"

namespace refract {
namespace {

constexpr std::string_view kDatasource = "datasource db {\n  provider = \"postgresql\"\n}\n\n";

// "marked text: message" of each warning, a line each; the marked text is its first line.
std::string rejected(std::string_view datasource, std::string_view models, const migrate::History* history = nullptr) {
  const auto made = test::fixture(std::string(datasource) + std::string(models));
  const auto analysis = validation::Analysis::run(made.snapshot);
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    INFO(diagnostic.message);
    CHECK_FALSE(analysis->has_errors());
  }
  std::string out;
  const auto found = features::rejections(*made.snapshot, history);
  for (const validation::Diagnostic& one : features::rejection_diagnostics(*made.snapshot, found)) {
    CHECK(one.severity == validation::Severity::warning);
    CHECK(one.code.name() == "rejected-by-database");
    CHECK(one.message.ends_with('.'));
    CHECK(one.help.ends_with('.'));
    const std::string& text = made.files[one.at.file].second;
    const std::string marked = text.substr(one.at.range.begin, one.at.range.size());
    out += fmt::format("{}: {}\n", marked.substr(0, marked.find('\n')), one.message);
  }
  return out;
}

std::string rejected(std::string_view models) {
  return rejected(kDatasource, models);
}

// A model with an id and these fields.
std::string model(std::string_view fields) {
  return fmt::format("model T {{\n  id Int @id\n{}}}\n", fields);
}

}  // namespace

TEST_CASE("rejections: foreign keys of types that PostgreSQL cannot compare", "[features]") {
  const auto key = [](std::string_view id, std::string_view reference) {
    return rejected(
        fmt::format("model U {{\n  id {} @id {}\n  ps P[]\n}}\nmodel P {{\n  id Int @id\n  uId {} {}\n"
                    "  u U @relation(fields: [uId], references: [id])\n}}\n",
                    id.substr(0, id.find(' ')), id.contains(' ') ? id.substr(id.find(' ') + 1) : "",
                    reference.substr(0, reference.find(' ')),
                    reference.contains(' ') ? reference.substr(reference.find(' ') + 1) : ""));
  };
  CHECK(key("String @db.Uuid", "String")
            .starts_with("u U @relation(fields: [uId], references: [id]): PostgreSQL rejects the foreign key: "));
  CHECK(key("String", "String @db.Uuid").contains("have types that do not match."));
  CHECK_FALSE(key("String @db.Uuid", "String @db.VarChar(36)").empty());
  CHECK_FALSE(key("String @db.Inet", "String").empty());
  CHECK_FALSE(key("DateTime @db.Timetz", "DateTime @db.Date").empty());
  CHECK(key("String @db.VarChar(10)", "String").empty());
  CHECK(key("BigInt", "BigInt").empty());
  CHECK(key("Int", "Int @db.SmallInt").empty());
  CHECK_FALSE(key("Int", "Int @db.Oid").empty());
  CHECK(key("Int @db.Oid", "Int").empty());
  CHECK(key("Int @db.Oid", "Int @db.SmallInt").empty());
  CHECK(key("String @db.Bit(3)", "String @db.VarBit(3)").empty());
  CHECK(key("String @db.VarBit(3)", "String @db.Bit(3)").empty());
  CHECK(key("DateTime @db.Timetz", "DateTime @db.Time").empty());
  CHECK_FALSE(key("DateTime @db.Time", "DateTime @db.Timetz").empty());
  CHECK(key("String @db.Uuid", "String @db.Uuid").empty());
}

TEST_CASE("rejections: enum values with one name, and names that are too long", "[features]") {
  CHECK(rejected("enum E {\n  A @map(\"x\")\n  B @map(\"x\")\n}\n" + model("  e E\n")) ==
        "B @map(\"x\"): PostgreSQL rejects the enum value: another value of `E` is `x` in the database too.\n");
  CHECK(rejected("enum E {\n  x\n  B @map(\"x\")\n}\n").starts_with("B @map(\"x\"): "));
  CHECK(rejected("enum E {\n  A @map(\"x\")\n  B @map(\"X\")\n}\n").empty());
  const std::string longer(64, 'a');
  CHECK(rejected("enum E {\n  A @map(\"" + longer + "\")\n}\n").contains("longer than 63 bytes"));
}

TEST_CASE("rejections: an enum with the name of a type that PostgreSQL has", "[features]") {
  const auto declared = [](std::string_view head, std::string_view map = "") {
    return fmt::format("enum {} {{\n  day\n  week\n{}}}\n", head, map);
  };
  CHECK(rejected(declared("interval")) ==
        "interval: Columns of enum `interval` would have PostgreSQL's own type `interval`, which SQL finds first.\n");
  CHECK(rejected(declared("Money", "  @@map(\"money\")\n")).contains("own type `money`"));
  CHECK_FALSE(rejected(declared("E", "  @@map(\"int4\")\n")).empty());
  CHECK(rejected(declared("Interval")).empty());
  CHECK(rejected("datasource db {\n  provider = \"postgresql\"\n  schemas = [\"a\"]\n}\n",
                 declared("interval", "  @@schema(\"a\")\n"))
            .empty());
}

TEST_CASE("rejections: names that clash in the database", "[features]") {
  CHECK(rejected("enum E {\n  A\n  @@map(\"t\")\n}\nmodel T {\n  id Int @id\n  @@map(\"t\")\n}\n") ==
        "@@map(\"t\"): PostgreSQL rejects the table: type \"t\" already exists.\n");
  CHECK(rejected("model A {\n  id Int @id\n}\nmodel B {\n  id Int @id\n  a Int\n  @@index([a], map: \"A\")\n}\n") ==
        "@@index([a], map: \"A\"): PostgreSQL rejects the index: relation \"A\" already exists.\n");
  CHECK(rejected("model A {\n  id Int @id\n  bs B[]\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n"
                 "model C {\n  id Int @id\n  @@map(\"_AToB\")\n}\n")
            .starts_with("@@map(\"_AToB\"): PostgreSQL rejects the table: relation \"_AToB\" already exists"));
  CHECK(rejected("model A {\n  id Int @id\n  bs B[] @relation(\"x\")\n  cs C[] @relation(\"x\")\n}\n"
                 "model B {\n  id Int @id\n  as A[] @relation(\"x\")\n}\n"
                 "model C {\n  id Int @id\n  as A[] @relation(\"x\")\n}\n")
            .starts_with("cs C[] @relation(\"x\"): PostgreSQL rejects the table of the relation: "));
  CHECK(rejected("enum E {\n  A\n  @@map(\"T\")\n}\n" + model("")) ==
        "@@map(\"T\"): PostgreSQL rejects the enum: type \"T\" already exists.\n");
  CHECK(rejected(model("  @@map(\"\")\n")) == "@@map(\"\"): PostgreSQL rejects the table: its name is empty.\n");
  const std::string stem(63, 'a');
  CHECK(
      rejected(model("  a Int @map(\"" + stem + "1\")\n  b Int @map(\"" + stem + "2\")\n")).starts_with("b Int @map"));
  CHECK(rejected(model("  ctid Int\n")).contains("PostgreSQL gives every table"));
  CHECK(rejected("datasource db {\n  provider = \"postgresql\"\n  schemas = [\"pg_own\"]\n}\n\n",
                 "model T {\n  id Int @id\n  @@schema(\"pg_own\")\n}\n")
            .starts_with("T: PostgreSQL rejects the schema: "));
}

TEST_CASE("rejections: schemas whose names PostgreSQL cuts to one name", "[features]") {
  const std::string stem(63, 's');
  const auto two = [&](std::string_view table) {
    return rejected(
        fmt::format("datasource db {{\n  provider = \"postgresql\"\n  schemas = [\"{0}1\", \"{0}2\"]\n}}\n", stem),
        fmt::format("model M {{\n  id Int @id\n  @@schema(\"{0}1\")\n}}\nmodel N {{\n  id Int @id(map: \"k\")\n"
                    "  @@map(\"{1}\")\n  @@schema(\"{0}2\")\n}}\n",
                    stem, table));
  };
  CHECK(two("M").starts_with("@@map(\"M\"): PostgreSQL rejects the table: relation \""));
  CHECK(two("N").empty());
}

TEST_CASE("rejections: unsupported types that are PostgreSQL's own", "[features]") {
  const auto column = [](std::string_view type) {
    return rejected(model(fmt::format("  a Unsupported(\"{}\")?\n", type)));
  };
  for (const std::string_view refused : {"varchar(0)", "numeric(1001)", ""}) {
    INFO(refused);
    CHECK_FALSE(column(refused).empty());
  }
  for (const std::string_view valid : {"varchar(1)", "interval(3)", "point", "int[]", "geometry(Point, 4326)"}) {
    INFO(valid);
    CHECK(column(valid).empty());
  }
}

TEST_CASE("rejections: conditions of indexes", "[features]") {
  const auto where = [](std::string_view condition) {
    return rejected(
        "generator client {\n  provider = \"prisma-client\"\n  previewFeatures = [\"partialIndexes\"]\n}\n"
        "datasource db {\n  provider = \"postgresql\"\n}\nenum E {\n  A @map(\"a\")\n}\n",
        model(fmt::format("  a Int\n  b Boolean\n  s String\n  d DateTime\n  e E\n  @@index([a], where: raw(\"{}\"))\n",
                          condition)));
  };
  CHECK(where("a > 0;") ==
        "@@index([a], where: raw(\"a > 0;\")): PostgreSQL rejects the index: `a > 0;` is no SQL condition.\n");
  for (const std::string_view refused : {"WHERE a > 0",
                                         "a > 0 AND",
                                         "a > 0 -- few",
                                         "a > 0); SELECT (1",
                                         "a",
                                         "a = 'x'",
                                         "b = 1",
                                         "s = 1",
                                         "s == 'x'",
                                         "a > (SELECT 1)",
                                         "now() > d",
                                         "d < CURRENT_TIMESTAMP",
                                         "random() > 0.5",
                                         "sum(a) > 1",
                                         "e = 'A'",
                                         "NOT a",
                                         "a AND b",
                                         "a IS TRUE",
                                         "s LIKE 1",
                                         "a IN (1, 'x')",
                                         "length(a) > 1",
                                         "coalesce(a, 'x') > 1",
                                         "x.a > 0"}) {
    INFO(refused);
    CHECK_FALSE(where(refused).empty());
  }
  for (const std::string_view valid :
       {"a > 0", "(a > 0) AND (b)", "b", "NOT b", "e = 'a'", "s ILIKE 'x%'", "s IS NULL", "a IN (1, 2)",
        "a = ANY('{1}')", "length(s) > 1", "own(a)", "\\\"T\\\".a > 0", "d > '2020-01-01'", "true OR now() > d",
        "a % 2 = 0", "CASE WHEN b THEN a > 1 ELSE b END", "a > 0 /* few */"}) {
    INFO(valid);
    CHECK(where(valid).empty());
  }
}

TEST_CASE("rejections: a sort order in an index whose method has none", "[features]") {
  const auto index = [](std::string_view type, std::string_view sort, std::string_view method) {
    return rejected(model(fmt::format("  a {}\n  @@index([a(sort: {})], type: {})\n", type, sort, method)));
  };
  CHECK(index("Int[]", "Desc", "Gin") ==
        "@@index([a(sort: Desc)], type: Gin): PostgreSQL rejects the index: "
        "indexes of the method gin have no sort order.\n");
  CHECK_FALSE(index("Int", "Asc", "Brin").empty());
  CHECK(index("Int", "Desc", "BTree").empty());
}

TEST_CASE("rejections: indexes and keys over types without an operator class", "[features]") {
  CHECK(rejected(model("  j Json @db.Json @unique\n"))
            .starts_with("@unique: PostgreSQL rejects the unique key: column \"j\" of type JSON has no default"));
  CHECK(rejected(model("  j Json @db.Json\n  @@index([j])\n")).starts_with("@@index([j]): "));
  CHECK(rejected(model("  j Json @db.Json\n  a Int\n  @@unique([a, j])\n")).starts_with("@@unique([a, j]): "));
  CHECK(rejected(model("  p Unsupported(\"point\")\n  @@index([p])\n")).starts_with("@@index([p]): "));
  CHECK(rejected(model("  b String @db.Bit(3)\n  @@index([b], type: Hash)\n")).starts_with("@@index([b], type: Hash)"));
  CHECK(rejected(model("  j Json @unique\n")).empty());
  CHECK(rejected(model("  j Json\n  @@index([j], type: Gin)\n")).empty());
  CHECK(rejected(model("  p Unsupported(\"point\")\n  @@index([p], type: Gist)\n")).empty());
}

TEST_CASE("rejections: defaults that PostgreSQL refuses", "[features]") {
  const auto with_default = [](std::string_view type, std::string_view value) {
    return rejected(model(fmt::format("  a {} @default({})\n", type, value)));
  };
  const auto generated = [&](std::string_view type, std::string_view sql) {
    return with_default(type, fmt::format("dbgenerated(\"{}\")", sql));
  };
  CHECK(generated("Int", "1 +") ==
        "@default(dbgenerated(\"1 +\")): PostgreSQL rejects the default: `1 +` is no SQL expression.\n");
  CHECK_FALSE(generated("Int", "1, b int").empty());
  CHECK(generated("Int", "(id + 1)").empty());  // a generated column
  CHECK(generated("Int", "nope").contains("names column \"nope\""));
  CHECK(generated("Int", "a").contains("names the column itself"));
  CHECK(generated("Int", "(t.id + 1)").contains("names column \"t.id\", which does not exist"));
  CHECK(generated("Int", "(\\\"T\\\".id + 1)").empty());
  CHECK(generated("Int", "(id + (random() * 10)::int)").contains("calls random, which is not IMMUTABLE"));
  CHECK(generated("Int", "DEFAULT").contains("the word DEFAULT"));
  CHECK(generated("Int", "1 -- one").contains("is no SQL expression"));
  CHECK(generated("Int", "1 /* one */").empty());
  CHECK(generated("Int", "(select 1)").contains("has a subquery"));
  CHECK(generated("Int", "count(*)").contains("aggregate"));
  CHECK(generated("Int", "gen_random_uuid()").contains("has type uuid"));
  CHECK_FALSE(generated("Boolean", "now()").empty());
  CHECK_FALSE(generated("Int", "'abc'").empty());
  CHECK(with_default("String @db.Uuid", "\"abc\"").contains("is no value of type uuid"));
  CHECK(generated("String @db.Uuid", "gen_random_uuid()").empty());
  CHECK(generated("String", "gen_random_uuid()").empty());
  CHECK(generated("String", "concat('a', now())").empty());
  CHECK(generated("Int", "own_function(1)").empty());
  CHECK(generated("Int", "nextval('own_sequence'::regclass)").empty());
  CHECK(generated("DateTime", "timezone('utc'::text, now())").empty());
  CHECK(with_default("String @db.Uuid", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"").empty());
}

TEST_CASE("rejections: a default that the database has by itself is not written", "[features]") {
  CHECK(rejected(model("  a Int @default(dbgenerated())\n")).empty());
}

TEST_CASE("rejections: defaults of another type than the column's", "[features]") {
  const auto generated = [](std::string_view type, std::string_view sql) {
    return rejected("enum E {\n  A\n}\n" + model(fmt::format("  a {} @default(dbgenerated(\"{}\"))\n", type, sql)));
  };
  CHECK(generated("Boolean", "1").contains("has type int4, which is not converted to bool"));
  CHECK_FALSE(generated("DateTime", "1").empty());
  CHECK_FALSE(generated("Json", "1").empty());
  CHECK_FALSE(generated("Int", "true").empty());
  CHECK(generated("Int", "lower('A')").contains("has type text"));
  CHECK_FALSE(generated("Int", "'a' || 'b'").empty());
  CHECK_FALSE(generated("Int[]", "1").empty());
  CHECK_FALSE(generated("E", "1").empty());
  CHECK(generated("E", "'A'::E").contains("names type e, which does not exist; in quotes it is \"E\""));
  CHECK(generated("E", "'A'::\\\"E\\\"").empty());
  CHECK(generated("E", "'A'::text").contains("has type text"));
  CHECK(generated("Boolean", "b'1'").contains("has type bit"));
  CHECK(generated("Int", "$1").contains("has a parameter"));
  CHECK(generated("Int", "1;").contains("is no SQL expression"));
  CHECK(generated("DateTime", "'x'").contains("is no value of type timestamp: 'x'"));
  CHECK_FALSE(generated("Json", "'x'").empty());
  CHECK_FALSE(generated("Boolean", "'maybe'").empty());
  CHECK_FALSE(generated("Decimal", "''").empty());
  CHECK_FALSE(generated("Int[]", "'x'").empty());
  CHECK(generated("Boolean", "'yes'").empty());
  CHECK(generated("Int", "1.5").empty());
  CHECK(generated("String", "1").empty());
  CHECK(generated("DateTime", "now() + interval '1 day'").empty());
  CHECK(generated("DateTime", "'Jan 1 2020'").empty());
  CHECK(generated("Json", "'[1, 2.5e3, {}]'").empty());
  CHECK(generated("Int[]", "'{{1,2},{3,4}}'").empty());
  CHECK(generated("Int[]", "ARRAY[1] || 2").empty());
  CHECK(generated("E", "'A'::\\\"E\\\"").empty());
  CHECK(generated("Int", "own(1) || 'a'").empty());
  CHECK(rejected(model("  a String @default(\"10.0.0.300\") @db.Inet\n")).contains("is no value of type inet"));
  CHECK(rejected(model("  a Json @default(\"\\\"\\\\u0000\\\"\")\n")).contains("is no value of type jsonb"));
}

TEST_CASE("rejections: empty names, and the character that no text has", "[features]") {
  CHECK(rejected("model T {\n  id Int @id\n  @@map(\"\")\n}\n") ==
        "@@map(\"\"): PostgreSQL rejects the table: its name is empty.\n");
  CHECK(rejected(model("  a Int @map(\"\")\n")) ==
        "a Int @map(\"\"): PostgreSQL rejects the column: its name is empty.\n");
  CHECK(rejected("enum E {\n  A\n  @@map(\"\")\n}\n") ==
        "@@map(\"\"): PostgreSQL rejects the enum: its name is empty.\n");
  CHECK(rejected("enum E {\n  A @map(\"\")\n}\n").empty());
  CHECK(rejected(model("  a String @default(\"a\\u0000b\")\n")).contains("it has the character \\u0000"));
  CHECK(rejected(model("  a Int @map(\"a\\u0000\")\n")).contains("its name has the character \\u0000"));
}

TEST_CASE("rejections: lengths that no type has, and what is no type", "[features]") {
  CHECK(rejected(model("  a String @db.VarChar(20000000)\n"))
            .contains("the length of type VARCHAR(20000000) is not between 1 and 10485760"));
  CHECK_FALSE(rejected(model("  a String @db.Char(0)\n")).empty());
  CHECK_FALSE(rejected(model("  a String @db.VarBit(100000000)\n")).empty());
  CHECK(rejected(model("  a String @db.VarChar(10485760)\n  b String @db.VarBit(83886080)\n")).empty());
  CHECK(rejected(model("  a Unsupported(\"no such type\")?\n")).contains("`no such type` is no type of SQL"));
  CHECK(rejected(model("  a Unsupported(\"own_type\")?\n  b Unsupported(\"double precision\")?\n")).empty());
}

TEST_CASE("rejections: operator classes of another type", "[features]") {
  CHECK(rejected(model("  a Int\n  @@index([a(ops: raw(\"text_pattern_ops\"))])\n"))
            .contains("operator class \"text_pattern_ops\" does not take column \"a\" of type INTEGER"));
  CHECK_FALSE(rejected(model("  a String\n  @@index([a(ops: raw(\"jsonb_path_ops\"))], type: Gin)\n")).empty());
  CHECK(rejected(model("  a String @db.VarChar(9)\n  @@index([a(ops: raw(\"text_pattern_ops\"))])\n")).empty());
  CHECK(rejected(model("  a String\n  @@index([a(ops: raw(\"gin_trgm_ops\"))], type: Gin)\n")).empty());
  CHECK(rejected(model("  a String\n  @@index([a(ops: raw(\"own_ops\"))])\n")).empty());
}

TEST_CASE("rejections: what is rejected with something else is not reported again", "[features]") {
  // The table T does not come to be, nor what refers to it.
  CHECK(rejected("enum E {\n  A\n  @@map(\"t\")\n}\nmodel T {\n  id Int @id\n  e E\n  ps P[]\n  @@map(\"t\")\n}\n"
                 "model P {\n  id Int @id\n  tId Int\n  t T @relation(fields: [tId], references: [id])\n}\n") ==
        "@@map(\"t\"): PostgreSQL rejects the table: type \"t\" already exists.\n");
}

TEST_CASE("rejections: a comment in a type takes what Prisma writes after it", "[features]") {
  CHECK(rejected(model("  a Unsupported(\"int -- x\")\n")) ==
        "a Unsupported(\"int -- x\"): PostgreSQL rejects the column: `int -- x` is no type of SQL.\n");
  CHECK(rejected(model("  a Unsupported(\"int /* x */\")\n")).empty());
}

TEST_CASE("rejections: what an extension brings is missing only where the migrations are known", "[features]") {
  const std::string models = model("  g Unsupported(\"geometry\")\n  c String @db.Citext\n  @@index([g])\n");
  CHECK(rejected(models).empty());
  migrate::History history;
  history.migrations.emplace_back();
  CHECK(rejected(kDatasource, models, &history).contains("type \"geometry\" does not exist"));
  auto catalog = catalog::Catalog::empty();
  for (const char* name : {"postgis", "citext"}) catalog.extensions[name] = {name, "public", "", {}};
  history.catalog = std::make_shared<const catalog::Catalog>(std::move(catalog));
  CHECK(rejected(kDatasource, models, &history).empty());
}

TEST_CASE("rejections: functions and operator classes of extensions, views and domains of the migrations",
          "[features]") {
  const std::string models = model(
      "  a String @default(dbgenerated(\"uuid_generate_v4()\")) @db.Uuid\n"
      "  b String\n  @@index([b(ops: raw(\"gin_trgm_ops\"))], type: Gin)\n");
  CHECK(rejected(models).empty());
  migrate::History history;
  history.migrations.emplace_back();
  history.catalog = std::make_shared<const catalog::Catalog>(catalog::Catalog::empty());
  const std::string found = rejected(kDatasource, models, &history);
  CHECK(found.contains("does not exist without the extension uuid-ossp"));
  CHECK(found.contains("does not exist without the extension pg_trgm"));
  const std::string foreign = model("  a DateTime @default(dbgenerated(\"getdate()\"))\n");
  CHECK(rejected(foreign).empty());
  CHECK(rejected(kDatasource, foreign, &history).contains("function `getdate` does not exist."));
  auto catalog = catalog::Catalog::empty();
  for (const char* name : {"uuid-ossp", "pg_trgm"}) catalog.extensions[name] = {name, "public", "", {}};
  catalog.views[{"public", "V"}].name = {"public", "V"};
  catalog.unmanaged.push_back({.kind = catalog::UnmanagedKind::domain,
                               .name = {"public", "D"},
                               .on_table = {},
                               .definition = {},
                               .uses = {},
                               .domain = catalog::Domain{.base = {.name = "int4", .schema = {}, .modifiers = {}}}});
  history.catalog = std::make_shared<const catalog::Catalog>(std::move(catalog));
  CHECK(rejected(kDatasource, models, &history).empty());
  CHECK(rejected(kDatasource, "model V {\n  id Int @id\n}\n", &history) ==
        "V: PostgreSQL rejects the table: relation \"V\" already exists.\n");
  CHECK(rejected(kDatasource, "model D {\n  id Int @id\n}\n", &history) ==
        "D: PostgreSQL rejects the table: type \"D\" already exists.\n");
}

TEST_CASE("rejections: two lists in one index of MongoDB", "[features]") {
  constexpr std::string_view kMongo = "datasource db {\n  provider = \"mongodb\"\n}\n\n";
  const auto indexed = [&](std::string_view attribute) {
    return rejected(kMongo,
                    fmt::format("model T {{\n  id Int @id @map(\"_id\")\n  c C\n  cs C[]\n  l Int[]\n  n Int\n\n"
                                "  {}\n}}\n\ntype C {{\n  a Int[]\n  b Int[]\n  n Int\n  m Int\n}}\n",
                                attribute));
  };
  CHECK(indexed("@@unique([c.a, c.b])") ==
        "@@unique([c.a, c.b]): MongoDB rejects documents with elements in both `c.a` and `c.b`: one index cannot have "
        "two lists.\n");
  CHECK_FALSE(indexed("@@index([l, c.a])").empty());
  CHECK_FALSE(indexed("@@index([cs.n, l])").empty());
  CHECK_FALSE(indexed("@@index([cs.a, cs.b])").empty());
  CHECK(indexed("@@index([n, l])").empty());
  CHECK(indexed("@@index([cs.n, cs.m])").empty());
  CHECK(indexed("@@index([cs.n, cs.a])").empty());
}

TEST_CASE("rejections: other databases, and the example of the code", "[features]") {
  CHECK(rejected("datasource db {\n  provider = \"mysql\"\n}\n\n", model("  j Json\n")).empty());
  const validation::CodeInfo* info = validation::find_code("rejected-by-database");
  REQUIRE(info != nullptr);
  CHECK_FALSE(rejected(info->example.wrong.starts_with("datasource") ? "" : kDatasource, info->example.wrong).empty());
  CHECK(rejected(info->example.right.starts_with("datasource") ? "" : kDatasource, info->example.right).empty());
}

TEST_CASE("rejections: those of a declaration that was edited meanwhile are left out", "[features]") {
  const std::string text = std::string(kDatasource) + model("  j Json @db.Json @unique\n");
  const auto before = test::fixture(text);
  const auto found = features::rejections(*before.snapshot, nullptr);
  REQUIRE(found.size() == 1);
  const auto moved = [&](const std::string& edited) {
    const auto snapshot = schema::Snapshot::build(
        {{"/schema.prisma",
          before.snapshot->files()[0].syntax->with_edits({{{0, static_cast<text::Offset>(text.size())}, edited}})}},
        {.version = schema::PrismaVersion::v7}, before.snapshot);
    return features::rejection_diagnostics(*snapshot, found);
  };
  CHECK(moved(std::string(kDatasource) + model("  j Json @db.Json\n")).empty());
}

}  // namespace refract
