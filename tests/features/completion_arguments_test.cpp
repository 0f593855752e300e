#include "features/completion_fixture.h"

using namespace refract;
using Catch::Matchers::Contains;
using test::offered;
using test::taken_line;

namespace {

std::string provider(std::string_view name, std::string_view body) {
  return "datasource db {\n  provider = \"" + std::string(name) + "\"\n}\n" + std::string(body);
}

// A line of the model Post, which has an author; User's key is uid.
std::string post(std::string_view line, std::string_view database = "postgresql") {
  return provider(database,
                  "enum Role {\n  ADMIN\n  GUEST\n}\nmodel User {\n  uid Int @id\n  posts Post[]\n  tags String[]\n}\n"
                  "model Post {\n  id Int @id\n  authorId Int\n  title String\n  views BigInt\n  tags String[]\n  " +
                      std::string(line) + "\n}\n");
}

}  // namespace

TEST_CASE("arguments: names not yet given, then nothing after a finished one", "[completion]") {
  CHECK(offered(post("author User @relation($0)")) == "name fields references onDelete onUpdate map \"\"");
  CHECK(offered(post("author User @relation(fields: [authorId], $0)")) == "name references onDelete onUpdate map \"\"");
  CHECK(offered(post("author User @relation(\"x\", $0, references: [uid])")) == "fields onDelete onUpdate map");
  CHECK(offered(post("author User @relation(fields: [authorId] $0)")).empty());
  CHECK(taken_line(post("author User @relation($0)"), "fields") == "author User @relation(fields: [${1}]$0)");
  CHECK(taken_line(post("author User @relation(fi$0)"), "fields", false) == "author User @relation(fields: )");
  CHECK(taken_line(post("author User @relation(fi$0: [authorId])"), "fields") ==
        "author User @relation(fields: [authorId])");
  CHECK(taken_line(post("author User @relation($0)"), "map") == "author User @relation(map: \"${1}\"$0)");
}

TEST_CASE("arguments: only those that the provider knows", "[completion]") {
  CHECK(offered(post("@@index($0)")) == "[] fields map type");
  CHECK(offered(post("@@index([id], $0)")) == "map type");
  CHECK(offered(post("@@index([id], $0)", "sqlserver")) == "map clustered");
  CHECK(offered(post("@@unique([id], $0)")) == "name map");
  CHECK(offered(post("x Int @unique($0)")) == "map sort");
  CHECK(offered(post("x String @unique($0)", "mysql")) == "map length sort");
  CHECK(offered(provider("postgresql", "model M {\n  x Int @id($0)\n}\n")) == "map");
  CHECK(offered(provider("sqlserver", "model M {\n  x Int @id($0)\n}\n")) == "map sort clustered");
  CHECK(offered(provider("sqlserver", "model M {\n  x Int @default(1, $0)\n}\n")) == "map");
  CHECK(offered(provider("postgresql", "model M {\n  x Int @default(1, $0)\n}\n")).empty());
  CHECK(offered("generator c {\n  previewFeatures = [\"partialIndexes\"]\n}\n" + post("@@index([id], $0)")) ==
        "map type where");
}

TEST_CASE("arguments: fields of the own model, and of the other in references", "[completion]") {
  CHECK(offered(post("author User @relation(fields: [$0])")) == "id authorId");
  CHECK(offered(post("author User @relation(fields: [id, $0])")) == "authorId title views");
  CHECK(offered(post("author User @relation(fields: [authorId], references: [$0])")) == "uid");
  CHECK(offered(post("@@index([$0])")) == "id authorId title views tags");
  CHECK(offered(post("@@index([id(sort: Desc), $0, title])")) == "authorId views tags");
  CHECK(offered(post("@@index(fields: [ti$0])")) == "id authorId title views tags");
  CHECK(taken_line(post("@@index([ti$0])"), "title") == "@@index([title])");
  CHECK(taken_line(post("@@index([id,$0])"), "title") == "@@index([id,title])");
  CHECK(taken_line(post("@@index([ti$0(sort: Desc)])"), "title") == "@@index([title(sort: Desc)])");
  CHECK(taken_line(post("author User @relation(fields: $0)"), "[]") == "author User @relation(fields: [${1}]$0)");
}

TEST_CASE("arguments: paths through composite types", "[completion]") {
  const auto shop = [](std::string_view line) {
    return provider("mongodb",
                    "type Address {\n  street String\n  geo Geo\n}\ntype Geo {\n  lat Float\n}\nmodel Shop {\n  id "
                    "String @id\n  address Address\n  " +
                        std::string(line) + "\n}\n");
  };
  CHECK(offered(shop("@@index([$0])")) == "id address");
  CHECK(offered(shop("@@index([address.$0])")) == "street geo");
  CHECK(offered(shop("@@index([address.geo.$0])")) == "lat");
  CHECK(offered(shop("@@index([address.street.$0])")).empty());
  CHECK(offered(shop("@@index([address.street, address.$0])")) == "geo");
  CHECK(taken_line(shop("@@index([address.ge$0])"), "geo") == "@@index([address.geo])");
}

TEST_CASE("arguments: values of a default", "[completion]") {
  CHECK(offered(post("x Int @default($0)")) == "autoincrement() dbgenerated(\"\")");
  CHECK(offered(post("x String @default($0)")) == "uuid() cuid() ulid() nanoid() dbgenerated(\"\")");
  CHECK(offered(post("x DateTime @default($0)")) == "now() dbgenerated(\"\")");
  CHECK(offered(post("x Boolean @default($0)")) == "true false dbgenerated(\"\")");
  CHECK(offered(post("x Role @default($0)")) == "ADMIN GUEST dbgenerated(\"\")");
  CHECK(offered(post("x Role[] @default($0)")) == "[] dbgenerated(\"\")");
  CHECK(offered(post("x Role[] @default([$0])")) == "ADMIN GUEST");
  CHECK(offered(provider("mongodb", "model M {\n  x String @id @default($0)\n}\n")) ==
        "uuid() cuid() ulid() nanoid() auto()");
  CHECK(offered(provider("postgresql", "model M {\n  x String @default($0)\n}\n"), schema::PrismaVersion::v5) ==
        "uuid() cuid() nanoid() dbgenerated(\"\")");
  CHECK(offered(post("x String @default(\"$0\")")).empty());
  CHECK(taken_line(post("x DateTime @default(n$0)"), "now()") == "x DateTime @default(now())");
  CHECK(taken_line(post("x DateTime @default(n$0())"), "now()") == "x DateTime @default(now())");
  CHECK(taken_line(post("x Int @default($0)"), "dbgenerated(\"\")") == "x Int @default(dbgenerated(\"${1}\")$0)");
  CHECK(taken_line(post("x Role @default(AD$0)"), "ADMIN") == "x Role @default(ADMIN)");
  CHECK(taken_line(post("x Role[] @default($0)"), "[]") == "x Role[] @default([${1}]$0)");
}

TEST_CASE("arguments: referential actions by provider and relation mode", "[completion]") {
  CHECK(offered(post("author User @relation(onDelete: $0)")) == "Cascade Restrict NoAction SetNull SetDefault");
  CHECK(offered(post("author User @relation(onDelete: $0)", "sqlserver")) == "Cascade NoAction SetNull SetDefault");
  CHECK(offered("datasource db {\n  provider = \"postgresql\"\n  relationMode = \"prisma\"\n}\nmodel A {\n  b B "
                "@relation(onDelete: $0)\n}\n") == "Cascade Restrict SetNull");
  CHECK(taken_line(post("author User @relation(onDelete: Ca$0, onUpdate: Cascade)"), "Cascade") ==
        "author User @relation(onDelete: Cascade, onUpdate: Cascade)");
}

TEST_CASE("arguments: on the side of a relation that has no key only the name", "[completion]") {
  const auto side = [](std::string_view line, std::string_view database, std::string_view other) {
    return provider(database, "model A {\n  id Int @id\n  b " + std::string(line) +
                                  "\n}\nmodel B {\n  id Int @id\n  aId Int\n  " + std::string(other) + "\n}\n");
  };
  const std::string_view key = "a A @relation(fields: [aId], references: [id])";
  CHECK(offered(side("B[] @relation($0)", "postgresql", key)) == "name \"\"");
  CHECK(offered(side("B[] @relation($0)", "mysql", "a A[]")) == "name \"\"");
  CHECK(offered(side("B[] @relation(\"x\", $0)", "sqlite", "a A[]")).empty());
  CHECK(offered(side("B[] @relation(onDelete: $0)", "postgresql", key)).empty());
  CHECK(offered(side("B? @relation($0)", "postgresql", key)) == "name \"\"");
  CHECK(offered(side("B[] @relation($0)", "mongodb", "a A[]")) == "name fields references \"\"");
  CHECK(offered(side("B[] @relation($0)", "mongodb", key)) == "name \"\"");
  CHECK(offered(side("B @relation($0)", "sqlserver", "a A?")) == "name fields references onDelete onUpdate map \"\"");
}

TEST_CASE("arguments: names of relations that the other side gives", "[completion]") {
  const std::string q =
      "model Q {\n  id Int @id\n  zs Z[] @relation(\"QZ\")\n  more Z[] @relation(name: \"More\")\n}\n";
  const auto z = [&](std::string_view lines) {
    return q + "model Z {\n  id Int @id\n  qId Int\n  " + std::string(lines) + "\n}\n";
  };
  CHECK(offered(z("q Q @relation(\"$0\", fields: [qId], references: [id])")) == "QZ More");
  CHECK(taken_line(z("q Q @relation(\"$0\", fields: [qId], references: [id])"), "QZ") ==
        "q Q @relation(\"QZ\", fields: [qId], references: [id])");
  CHECK(taken_line(z("q Q @relation(name: $0)"), "QZ") == "q Q @relation(name: \"QZ\")");
  CHECK(taken_line(z("q Q @relation($0)"), "More") == "q Q @relation(\"More\")");
  CHECK(offered(z("o Q @relation(\"QZ\")\n  q Q @relation(\"$0\")")) == "More");
  CHECK(offered("model U {\n  id Int @id\n  up U? @relation(\"tree\", fields: [id], references: [id])\n  down U[] "
                "@relation(\"$0\")\n}\n") == "tree");
  CHECK(offered(
            "datasource db {\n  provider = \"postgresql\"\n  schemas = [\"a\", \"$0\"]\n}\nmodel M {\n  id Int @id\n  "
            "@@schema(\"b\")\n}\nenum E {\n  A\n  @@schema(\"a\")\n}\n") == "b");
}

TEST_CASE("arguments: functions and actions that fit the database and the fields", "[completion]") {
  CHECK(!offered(provider("cockroachdb", "model M {\n  x Int @id @default($0)\n}\n")).contains("autoincrement"));
  CHECK(offered(provider("cockroachdb", "model M {\n  x BigInt @id @default($0)\n}\n")).contains("autoincrement"));
  CHECK(taken_line(provider("cockroachdb", "model M {\n  x Int @default(sequence($0))\n}\n"), "virtual") ==
        "x Int @default(sequence(virtual: true))");
  CHECK(offered(post("author User @relation(fields: [authorId], references: [uid], onDelete: $0)")) ==
        "Cascade Restrict NoAction SetDefault");
}

TEST_CASE("arguments: index types, operator classes and order", "[completion]") {
  CHECK(offered(post("@@index([id], type: $0)")) == "BTree Hash Brin");
  CHECK(offered(post("@@index([title], type: $0)")) == "BTree Hash Gist SpGist Brin");
  CHECK(offered(post("@@index([tags], type: $0)")) == "BTree Hash Gist Gin SpGist Brin");
  CHECK(offered(post("@@index([id(ops: raw(\"x\"))], type: $0)")) == "BTree Hash Gist Gin SpGist Brin");
  CHECK(offered(post("@@index([id], type: $0)", "cockroachdb")) == "BTree");
  CHECK(offered(post("@@index([id($0)])")) == "sort ops");
  CHECK(offered(post("@@index([title($0)])", "mysql")) == "sort length");
  CHECK(offered(post("@@unique([id($0)])")) == "sort");
  CHECK(offered(post("@@index([id(sort: $0)])")) == "Asc Desc");
  CHECK(offered(post("@@index([id(sort: Desc, $0)])")) == "ops");
  CHECK(offered(post("@@index([id(ops: $0)], type: Brin)")) ==
        "Int4BloomOps Int4MinMaxOps Int4MinMaxMultiOps raw(\"\")");
  CHECK(offered(post("@@index([tags(ops: $0)], type: Gin)")) == "ArrayOps raw(\"\")");
  CHECK(offered(post("@@index([id(ops: $0)])")) == "raw(\"\")");
  CHECK(taken_line(post("@@index([id(so$0)])"), "sort") == "@@index([id(sort: ${1}$0)])");
  CHECK(taken_line(post("@@index([id(ops: $0)])"), "raw(\"\")") == "@@index([id(ops: raw(\"${1}\")$0)])");
  CHECK(offered(provider("cockroachdb", "model M {\n  x Int @default(sequence(start: 1, $0))\n}\n")) ==
        "virtual minValue maxValue cache increment");
}

TEST_CASE("arguments: schemas of the datasource, quoted where the quotes are missing", "[completion]") {
  const auto model = [](std::string_view line) {
    return "datasource db {\n  provider = \"postgresql\"\n  schemas = [\"base\", \"other\"]\n}\nmodel M {\n  id Int "
           "@id\n  " +
           std::string(line) + "\n}\n";
  };
  CHECK(offered(model("@@schema($0)")) == "base other");
  CHECK(taken_line(model("@@schema($0)"), "other") == "@@schema(\"other\")");
  CHECK(taken_line(model("@@schema(\"ot$0\")"), "other") == "@@schema(\"other\")");
  CHECK(offered(model("@@map(\"$0\")")).empty());
}

TEST_CASE("arguments: in a block that is not closed the lines above have to do", "[completion]") {
  CHECK(offered("model A {\n  id Int\n  b  String @unique\n  a  A\n  @@index([$0") == "id b");
}

TEST_CASE("arguments: inside a misspelt argument, and directly after a closed one", "[completion]") {
  CHECK(offered(post("author User @relation(feilds: [$0])")) == "id authorId");
  CHECK(offered(post("author User @relation(fields: [authorId], refrences: [$0])")) == "uid");
  CHECK(offered(post("author User @relation(onDelet: $0)")) == "Cascade Restrict NoAction SetNull SetDefault");
  CHECK(offered(post("@@index([id], typ: $0)")) == "BTree Hash Brin");
  CHECK(offered(post("author User @relation(xyzzy: [$0])")).empty());
  CHECK(offered(post("@@index([title(srot: $0)])")) == "Asc Desc");
  CHECK(offered(post("@@index([title(srot: D$0)])")) == "Asc Desc");
  CHECK(offered(post("@@index(fields: [title(osp: $0)], type: Brin)")) ==
        offered(post("@@index(fields: [title(ops: $0)], type: Brin)")));
  CHECK(offered(post("@@index([title(xyzzy: $0)])")).empty());
  const auto counted = [](std::string_view argument) {
    return provider("cockroachdb", "model M {\n  id Int @id @default(sequence(" + std::string(argument) + "))\n}\n");
  };
  CHECK(offered(counted("virtual: $0")) == "true false");
  CHECK(offered(counted("start: 1, virtaul: $0")) == "true false");
  CHECK(offered(counted("start: $0")).empty());
  CHECK(offered(counted("virtual: true, $0")) == "minValue maxValue cache increment start");
  CHECK(offered(post("x Int @default(1)$0")) == "@unique @map @ignore @db");
  CHECK(taken_line(post("x Int @default(1)$0"), "@unique") == "x Int @default(1) @unique");
  CHECK(taken_line(post("x Int @default(1) $0"), "@unique") == "x Int @default(1) @unique");
}

TEST_CASE("completion: values and arguments that check accepts", "[completion]") {
  const std::string mongo = "datasource db {\n  provider = \"mongodb\"\n}\n\nmodel M {\n  ";
  CHECK(offered(mongo + "id String @id @map(\"_id\")\n  n Int @default($0)\n}\n").empty());
  CHECK_THAT(offered(mongo + "id String @id @map(\"_id\")\n  n String @default($0)\n}\n"), !Contains("auto()"));
  CHECK_THAT(offered(mongo + "id String @id @db.Array @default($0)\n}\n"), !Contains("auto()"));
  CHECK(test::taken_line(mongo + "id String @id @default($0) @map(\"_id\")\n}\n", "auto()") ==
        "id String @id @default(auto()) @db.ObjectId @map(\"_id\")");
  CHECK(test::taken_line(mongo + "id String @id @default($0) @db.ObjectId\n}\n", "auto()") ==
        "id String @id @default(auto()) @db.ObjectId");
  CHECK(offered(mongo + "id String @id @map(\"_id\")\n  n Int\n  @@unique([$0])\n}\n") == "n");
  CHECK(offered(mongo + "id String @id @map(\"_id\")\n  n Int\n  @@unique([n, $0])\n}\n") == "id");
  const std::string mysql = "datasource db {\n  provider = \"mysql\"\n}\n\nmodel M {\n  id Int @id\n  ";
  CHECK_THAT(offered(mysql + "n Int @unique($0)\n}\n"), !Contains("length"));
  CHECK_THAT(offered(mysql + "n String @unique($0)\n}\n"), Contains("length"));
  CHECK_THAT(offered(mysql + "n Int\n  @@index([n($0)])\n}\n"), !Contains("length"));
  const std::string sqlserver = "datasource db {\n  provider = \"sqlserver\"\n}\n\nmodel M {\n  id Int @id\n  ";
  CHECK_THAT(offered(sqlserver + "n Int @default($0)\n}\n"), !Contains("map"));
  CHECK_THAT(offered(sqlserver + "n Int @default(1, $0)\n}\n"), Contains("map"));
  CHECK(offered("datasource db {\n  provider = \"mongodb\"\n  relationMode = $0\n}\n") == "prisma");
  CHECK_THAT(offered("datasource db {\n  provider = \"postgresql\"\n  $0\n}\n", schema::PrismaVersion::v5),
             !Contains("schemas"));
  CHECK_THAT(offered("datasource db {\n  provider = \"postgresql\"\n  $0\n}\n", schema::PrismaVersion::v6),
             Contains("schemas"));
}
