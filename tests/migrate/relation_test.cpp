#include "migrate/fixture.h"
#include "support/catch.h"

using refract::schema::PrismaVersion;
using refract::test::check_plan;

namespace {

constexpr std::string_view kPostsAndTags = R"(
model Post {
  id   BigInt @id
+  tags Tag[]
}
model Tag {
  name  String @id @db.VarChar(30)
+  posts Post[]
})";

}  // namespace

TEST_CASE("many-to-many: a table with a primary key since Prisma 6", "[migrate]") {
  check_plan(kPostsAndTags, R"(
-- CreateTable
CREATE TABLE "_PostToTag" (
    "A" BIGINT NOT NULL,
    "B" VARCHAR(30) NOT NULL,

    CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");

-- AddForeignKey
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_B_fkey" FOREIGN KEY ("B") REFERENCES "Tag"("name") ON DELETE CASCADE ON UPDATE CASCADE;
)");
}

TEST_CASE("many-to-many: a unique index up to Prisma 5", "[migrate]") {
  check_plan(kPostsAndTags, R"(
-- CreateTable
CREATE TABLE "_PostToTag" (
    "A" BIGINT NOT NULL,
    "B" VARCHAR(30) NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");

-- CreateIndex
CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");

-- AddForeignKey
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_B_fkey" FOREIGN KEY ("B") REFERENCES "Tag"("name") ON DELETE CASCADE ON UPDATE CASCADE;
)",
             PrismaVersion::v5);
}

TEST_CASE("many-to-many: the step from Prisma 5 to 6", "[migrate]") {
  const std::string schema = refract::test::split(kPostsAndTags).after;
  const auto plan = refract::migrate::plan(refract::test::deployed(schema, PrismaVersion::v5),
                                           refract::migrate::catalog_of(*refract::test::snapshot_of(schema)), {});
  CHECK(refract::migrate::render_sql(plan) == R"(-- AlterTable
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A", "B");

-- DropIndex
DROP INDEX "_PostToTag_AB_unique";
)");
}

TEST_CASE("relations: a self relation, and referential actions by arity", "[migrate]") {
  check_plan(R"(
model Node {
  id       Int  @id
  parentId Int?
  rootId   Int
+  parent   Node? @relation("tree", fields: [parentId], references: [id])
+  children Node[] @relation("tree")
+  root     Node @relation("root", fields: [rootId], references: [id], onUpdate: NoAction)
+  all      Node[] @relation("root")
})",
             R"(
-- AddForeignKey
ALTER TABLE "Node" ADD CONSTRAINT "Node_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Node"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Node" ADD CONSTRAINT "Node_rootId_fkey" FOREIGN KEY ("rootId") REFERENCES "Node"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;
)");
}

TEST_CASE("relations: relationMode = \"prisma\" makes no foreign keys", "[migrate]") {
  check_plan(R"(
datasource db {
  provider     = "postgresql"
  url          = env("URL")
  relationMode = "prisma"
}
model User {
  id Int @id
  as Account[]
}
model Account {
  id Int @id
+  by Int
-  by Int?
-  user User? @relation(fields: [by], references: [id])
+  user User @relation(fields: [by], references: [id])
})",
             R"(
-- AlterTable
ALTER TABLE "Account" ALTER COLUMN "by" SET NOT NULL;
)");
}

TEST_CASE("relations: @@map, @map and @@schema name everything", "[migrate]") {
  refract::test::check_sql(R"(
datasource db {
  provider = "postgresql"
  url      = env("URL")
  schemas  = ["auth", "blog"]
}
model User {
  id Int @id @map("user_id")
+  posts Post[]
  @@map("users")
  @@schema("auth")
}
+model Post {
+  id Int @id
+  by Int @map("user_id")
+  user User @relation(fields: [by], references: [id])
+  @@index([by])
+  @@map("posts")
+  @@schema("blog")
+})",
                           R"(
-- CreateTable
CREATE TABLE "blog"."posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,

    CONSTRAINT "posts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "posts_user_id_idx" ON "blog"."posts"("user_id");

-- AddForeignKey
ALTER TABLE "blog"."posts" ADD CONSTRAINT "posts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth"."users"("user_id") ON DELETE RESTRICT ON UPDATE CASCADE;
)");
}

namespace {

// "SQL" and the messages of the will-fail hazards, a line each, on a database of the first side.
std::string failures(std::string_view fixture) {
  const refract::test::Marked marked = refract::test::split(fixture);
  const auto next = refract::migrate::next_migration(refract::test::deployed(marked.before),
                                                     *refract::test::snapshot_of(marked.after), {});
  std::string found;
  for (const auto& hazard : next.hazards) {
    if (hazard.code == "will-fail") found += hazard.message + "\n";
  }
  return found;
}

}  // namespace

TEST_CASE("many-to-many: no table is left out because another has its name", "[migrate]") {
  CHECK(failures(R"(
+model A {
+  id Int @id
+  b  B[]
+}
+model B {
+  id Int @id
+  a  A[]
+}
+model N {
+  id Int @id
+  @@map("_AToB")
+})") == "PostgreSQL rejects the statement: relation \"_AToB\" already exists.\n");
  // Only the relation is new.
  CHECK(failures(R"(
model A {
  id Int @id
+  b  B[]
}
model B {
  id Int @id
+  a  A[]
}
model N {
  id Int @id
  @@map("_AToB")
})") == "PostgreSQL rejects the statement: relation \"_AToB\" already exists.\n");
  // Between two schemas that ask for the same nothing changes.
  const auto same = refract::migrate::catalog_of(
      *refract::test::snapshot_of("model A {\n  id Int @id\n  b B[]\n}\nmodel B {\n  id Int @id\n  a A[]\n}\n"
                                  "model N {\n  id Int @id\n  @@map(\"_AToB\")\n}\n"));
  CHECK(refract::migrate::plan(same, same, {}).groups.empty());
  // Two relations whose names are one within 63 bytes.
  const std::string stem(62, 'r');
  CHECK(failures("\n+model A {\n+  id Int @id\n+  b B[] @relation(\"" + stem + "a\")\n+  c B[] @relation(\"" + stem +
                 "b\")\n+}\n+model B {\n+  id Int @id\n+  a A[] @relation(\"" + stem + "a\")\n+  d A[] @relation(\"" +
                 stem + "b\")\n+}") != "");
}

TEST_CASE("many-to-many: a model may read the relation's table", "[migrate]") {
  constexpr std::string_view kModels = R"(
model A {
  id Int @id
  b  B[]
}
model B {
  id Int @id
  a  A[]
}
model AToB {
  A Int
  B Int
  @@id([A, B])
  @@map("_AToB")
})";
  CHECK(failures(kModels).empty());
  CHECK(refract::migrate::catalog_of(*refract::test::snapshot_of(kModels)).clashing.value.empty());
}
