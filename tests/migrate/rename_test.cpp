#include "migrate/diff/rename.h"

#include "migrate/fixture.h"
#include "support/catch.h"

using refract::migrate::RenameRequest;
using refract::migrate::Reversal;

namespace refract::test {
namespace {

std::vector<RenameRequest> requests(const std::vector<std::string>& texts) {
  std::vector<RenameRequest> made;
  for (const std::string& text : texts) made.push_back(*migrate::parse_rename_request(text));
  return made;
}

migrate::History history_of(std::string_view schema) {
  migrate::History history;
  history.catalog = std::make_shared<const catalog::Catalog>(deployed(schema));
  return history;
}

// The SQL with the renames chosen. And: it leads to the schema and no further, its text says what its steps say, and
// the way back leads to the database from before.
void check_renamed(std::string_view fixture, const std::vector<std::string>& renames, std::string_view sql) {
  const Marked marked = split(fixture);
  const migrate::History history = history_of(marked.before);
  const auto target = snapshot_of(marked.after);
  const auto next = migrate::next_migration(history, *target, requests(renames));
  REQUIRE(next);
  CHECK(next->sql == sql);
  CHECK(next->rename_candidates.empty());
  const catalog::Catalog after = run(next->sql, *history.catalog);
  CHECK(migrate::plan(after, migrate::catalog_of(*target), {}).empty());
  CHECK(run(next->down.sql, after) == *history.catalog);
}

std::vector<std::string> candidates(std::string_view fixture) {
  const Marked marked = split(fixture);
  const auto next = migrate::next_migration(history_of(marked.before), *snapshot_of(marked.after));
  std::vector<std::string> found;
  for (const migrate::RenameCandidate& candidate : next->rename_candidates) {
    const RenameRequest request = migrate::request_of(candidate.rename);
    found.push_back(request.from + "=" + request.to);
    CHECK(candidate.score >= 50);
    CHECK(candidate.score <= 100);
    CHECK(!candidate.reasons.empty());
  }
  return found;
}

}  // namespace

TEST_CASE("rename: a column keeps its values, its index and its foreign key", "[migrate]") {
  check_renamed(R"(
model User {
  id    Int    @id
  posts Post[]
}
model Post {
  id       Int   @id
-  author   User  @relation(fields: [authorId], references: [id])
-  authorId Int
-  @@index([authorId])
+  writer   User  @relation(fields: [writerId], references: [id])
+  writerId Int
+  @@index([writerId])
})",
                {"Post.authorId=writerId"}, R"(-- RenameColumn
ALTER TABLE "Post" RENAME COLUMN "authorId" TO "writerId";

-- RenameIndex
ALTER INDEX "Post_authorId_idx" RENAME TO "Post_writerId_idx";

-- RenameForeignKey
ALTER TABLE "Post" RENAME CONSTRAINT "Post_authorId_fkey" TO "Post_writerId_fkey";
)");
}

TEST_CASE("rename: a table takes its key, its sequence and its indexes along", "[migrate]") {
  check_renamed(R"(
-model User {
+model Account {
  id    Int     @id @default(autoincrement())
  email String  @unique
  posts Post[]
}
model Post {
  id       Int  @id
-  author   User @relation(fields: [authorId], references: [id])
+  author   Account @relation(fields: [authorId], references: [id])
  authorId Int
})",
                {"User=Account"}, R"(-- RenameTable
ALTER TABLE "User" RENAME TO "Account";

-- RenameSequence
ALTER SEQUENCE "User_id_seq" RENAME TO "Account_id_seq";

-- RenamePrimaryKey
ALTER TABLE "Account" RENAME CONSTRAINT "User_pkey" TO "Account_pkey";

-- RenameIndex
ALTER INDEX "User_email_key" RENAME TO "Account_email_key";
)");
}

TEST_CASE("rename: a table and its column at once, by either name of the table", "[migrate]") {
  for (const char* column : {"User.name=fullName", "Account.name=fullName"}) {
    check_renamed(R"(
-model User {
-  id   Int @id
-  name String
+model Account {
+  id       Int @id
+  fullName String
})",
                  {column, "User=Account"}, R"(-- RenameTable
ALTER TABLE "User" RENAME TO "Account";

-- RenameColumn
ALTER TABLE "Account" RENAME COLUMN "name" TO "fullName";

-- RenamePrimaryKey
ALTER TABLE "Account" RENAME CONSTRAINT "User_pkey" TO "Account_pkey";
)");
  }
}

TEST_CASE("rename: what else changes is planned after the rename", "[migrate]") {
  check_renamed(R"(
model User {
  id   Int @id
-  name String?
+  fullName String @default("?")
+  age Int?
})",
                {"User.name=fullName"}, R"(-- RenameColumn
ALTER TABLE "User" RENAME COLUMN "name" TO "fullName";

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "age" INTEGER,
ALTER COLUMN "fullName" SET NOT NULL,
ALTER COLUMN "fullName" SET DEFAULT '?';
)");
}

TEST_CASE("rename: enums and their values, defaults included", "[migrate]") {
  check_renamed(R"(
model User {
  id   Int  @id
-  role Role @default(ADMIN)
+  role Rank @default(OWNER)
}
-enum Role {
-  ADMIN
+enum Rank {
+  OWNER
  GUEST
})",
                {"Role=Rank", "Role.ADMIN=OWNER"}, R"(-- RenameEnum
ALTER TYPE "Role" RENAME TO "Rank";

-- RenameEnumValue
ALTER TYPE "Rank" RENAME VALUE 'ADMIN' TO 'OWNER';
)");
}

TEST_CASE("rename: an implicit many-to-many table follows its model, columns swapped where the order is", "[migrate]") {
  const Marked marked = split(R"(
-model User {
+model Account {
  id    Int    @id
  posts Post[]
}
model Post {
  id    Int    @id
-  users User[]
+  users Account[]
})");
  const migrate::History history = history_of(marked.before);
  const auto target = snapshot_of(marked.after);
  const auto next = migrate::next_migration(history, *target, requests({"User=Account"}));
  REQUIRE(next);
  CHECK(next->sql.contains("ALTER TABLE \"_PostToUser\" RENAME TO \"_AccountToPost\""));
  CHECK(next->sql.contains("ALTER TABLE \"_AccountToPost\" RENAME COLUMN \"A_old\" TO \"B\""));
  CHECK(!next->sql.contains("DROP TABLE"));
  CHECK(!next->sql.contains("DROP COLUMN"));
  const catalog::Catalog after = run(next->sql, *history.catalog);
  CHECK(migrate::plan(after, migrate::catalog_of(*target), {}).empty());
  CHECK(migrate::plan(run(next->down.sql, after), *history.catalog, {}).empty());
}

TEST_CASE("rename: a schema of the database keeps its tables", "[migrate]") {
  check_renamed(R"(
datasource db {
  provider = "postgresql"
  url      = env("URL")
-  schemas  = ["auth", "base"]
+  schemas  = ["base", "iam"]
}
model User {
  id   Int  @id
  role Role
-  @@schema("auth")
+  @@schema("iam")
}
enum Role {
  ADMIN
-  @@schema("auth")
+  @@schema("iam")
}
model Own {
  id Int @id
  @@schema("base")
})",
                {"auth=iam"}, R"(-- RenameSchema
ALTER SCHEMA "auth" RENAME TO "iam";
)");
}

TEST_CASE("rename: the schema's names are understood, and mapped ones", "[migrate]") {
  check_renamed(R"(
model User {
  id   Int    @id
-  name String @map("user_name")
+  title String @map("user_title")
  @@map("users")
})",
                {"User.user_name=title"}, R"(-- RenameColumn
ALTER TABLE "users" RENAME COLUMN "user_name" TO "user_title";
)");
}

TEST_CASE("rename: a request that names nothing is refused, such a note is not", "[migrate]") {
  const auto target = snapshot_of("model User {\n  id Int @id\n  fullName String\n}");
  migrate::History history = history_of("model User {\n  id Int @id\n  name String\n}");
  for (const char* wrong : {"User.nome=fullName", "User.name=full", "Users.name=fullName", "User.id=fullName"}) {
    const auto next = migrate::next_migration(history, *target, requests({wrong}));
    REQUIRE(!next);
    CHECK(next.error().code == ErrorCode::usage);
    CHECK(next.error().message.contains(wrong));
  }
  CHECK(!migrate::parse_rename_request("User.name"));
  CHECK(!migrate::parse_rename_request("=a"));

  history.rename_notes = requests({"User.nome=full", "User.name=fullName", "Gone=Away"});
  auto next = migrate::next_migration(history, *target);
  REQUIRE(next);
  CHECK(next->sql.contains("RENAME COLUMN \"name\" TO \"fullName\""));
  // Done, it stays without effect.
  history.catalog = std::make_shared<const catalog::Catalog>(run(next->sql, *history.catalog));
  next = migrate::next_migration(history, *target);
  REQUIRE(next);
  CHECK(next->plan.empty());
}

TEST_CASE("rename candidates: of like kind, reported without changing the answer", "[migrate]") {
  const char* fixture = R"(
model User {
  id   Int @id
-  name String @unique
+  fullName String @unique
})";
  CHECK(candidates(fixture) == std::vector<std::string>{"User.name=fullName"});
  const Marked marked = split(fixture);
  const auto next = migrate::next_migration(history_of(marked.before), *snapshot_of(marked.after));
  CHECK(next->sql.contains("DROP COLUMN \"name\""));
  const auto& reasons = next->rename_candidates.front().reasons;
  for (const char* reason : {"the same type", "a similar name", "the same position", "its indexes move with it"}) {
    CHECK(std::ranges::find(reasons, reason) != reasons.end());
  }
}

TEST_CASE("rename candidates: another type is none, each thing is in one", "[migrate]") {
  CHECK(candidates("model User {\n  id Int @id\n-  name String\n+  fullName Int\n}").empty());
  CHECK(candidates("model User {\n  id Int @id\n-  name String\n+  names String[]\n}").empty());
  CHECK(candidates(R"(
model User {
  id Int @id
-  first_name String?
-  last_name  String?
+  firstName  String?
+  lastName   String?
})") == std::vector<std::string>{"User.first_name=firstName", "User.last_name=lastName"});
}

TEST_CASE("rename candidates: tables, enums and values", "[migrate]") {
  CHECK(candidates(R"(
-model User {
+model Account {
  id    Int    @id
  email String
  name  String
})") == std::vector<std::string>{"User=Account"});
  CHECK(candidates(R"(
model User {
  id   Int @id
  role Role
}
enum Role {
-  ADMIN
+  ADMINISTRATOR
  GUEST
})") == std::vector<std::string>{"Role.ADMIN=ADMINISTRATOR"});
  CHECK(candidates(R"(
-model User {
-  id    Int    @id
-  email String
-}
+model Invoice {
+  number  Int @id
+  amount  Int
+  payer   String
+}
)")
            .empty());
}

}  // namespace refract::test
