#include "catalog/catalog.h"
#include "features/refactoring_fixture.h"
#include "migrate/history/next.h"
#include "migrate/wanted/schema_catalog.h"

using namespace refract;
using schema::PrismaVersion;
using test::fixture;
using test::offers;
using test::on;
using test::refactored;

namespace {

// What the next migration would do on a database of the schema as it was before.
std::string migration_after(const std::string& marked, PrismaVersion version) {
  const auto before = fixture(marked, version);
  const auto after = fixture(refactored(marked, "Make the many-to-many", version), version);
  const auto next = migrate::next_migration(migrate::catalog_of(*before.snapshot), *after.snapshot, {});
  return next.plan.empty() ? "" : "not empty";
}

constexpr std::string_view kPlain =
    "model Post {\n  id   Int   @id\n  ta$0gs Tag[]\n}\n\nmodel Tag {\n  id    String @id @db.Uuid\n  posts "
    "Post[]\n}\n";

}  // namespace

TEST_CASE("refactoring: an implicit many-to-many relation made explicit", "[refactoring]") {
  CHECK(refactored(on("postgresql", kPlain), "Make the many-to-many relation explicit as the model PostToTag") ==
        on("postgresql", R"(model Post {
  id   Int         @id
  tags PostToTag[]
}

model PostToTag {
  postId Int    @map("A")
  post   Post   @relation(fields: [postId], references: [id], onDelete: Cascade, onUpdate: Cascade, map: "_PostToTag_A_fkey")
  tagId  String @map("B") @db.Uuid
  tag    Tag    @relation(fields: [tagId], references: [id], onDelete: Cascade, onUpdate: Cascade, map: "_PostToTag_B_fkey")

  @@id([postId, tagId], map: "_PostToTag_AB_pkey")
  @@index([tagId], map: "_PostToTag_B_index")
  @@map("_PostToTag")
}

model Tag {
  id    String      @id @db.Uuid
  posts PostToTag[]
}
)"));
}

TEST_CASE("refactoring: no migration follows an explicit many-to-many relation", "[refactoring]") {
  for (const PrismaVersion version : {PrismaVersion::v5, PrismaVersion::v6, PrismaVersion::v7}) {
    CHECK(migration_after(on("postgresql", kPlain), version).empty());
    CHECK(migration_after(on("postgresql",
                             "model Person {\n  id Int @id\n  fol$0lows Person[] @relation(\"Follow\")\n  followers "
                             "Person[] @relation(\"Follow\")\n}\n"),
                          version)
              .empty());
    CHECK(migration_after(on("postgresql",
                             "model B {\n  code String @id @map(\"c\")\n  as A[] @relation(\"x y\")\n  more A[]\n  "
                             "@@map(\"bs\")\n}\nmodel A {\n  id Int @id @default(autoincrement())\n  bs B$0[] "
                             "@relation(\"x y\")\n  more B[]\n}\n"),
                          version)
              .empty());
  }
}

TEST_CASE("refactoring: where a many-to-many relation has no table of Prisma's", "[refactoring]") {
  CHECK(offers(on("sqlite", "model A {\n  id Int @id\n  b$0s B[]\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n"),
               "Make the many-to-many"));
  CHECK(!offers(on("postgresql", "model A {\n  id Int @id\n  b$0s B[]\n}\nmodel B {\n  id Int @id\n}\n"),
                "Make the many-to-many"));
  CHECK(!offers(on("mongodb",
                   "model A {\n  id String @id @map(\"_id\")\n  x String[]\n  b$0s B[] @relation(fields: "
                   "[x], references: [id])\n}\nmodel B {\n  id String @id @map(\"_id\")\n  y String[]\n  as "
                   "A[] @relation(fields: [y], references: [id])\n}\n"),
                "Make the many-to-many"));
}

TEST_CASE("refactoring: the explicit relation is legal on each database", "[refactoring]") {
  for (const std::string_view provider : {"mysql", "sqlite", "sqlserver", "cockroachdb"}) {
    CHECK(refactored(on(provider, "model A {\n  id Int @id\n  b$0s B[]\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n"),
                     "Make the many-to-many") != "not offered");
  }
}
