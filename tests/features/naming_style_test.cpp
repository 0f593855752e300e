#include "schema/naming_style.h"

#include "features/refactoring_fixture.h"

using namespace refract;
using schema::joined_words;
using schema::NamingStyle;
using test::fixture;
using test::refactored;

TEST_CASE("naming style: words of a name", "[refactoring]") {
  CHECK(joined_words("userProfile", '_') == "user_profile");
  CHECK(joined_words("HTTPServer", '-') == "http-server");
  CHECK(joined_words("user_profile", '-') == "user-profile");
  CHECK(joined_words("Log2", '_') == "log2");
  CHECK(joined_words("OAuth2Token", '_') == "o_auth2_token");
  CHECK(joined_words("ID", '_') == "id");
}

TEST_CASE("naming style: tables and enums as most of their kind are mapped", "[refactoring]") {
  const auto made = fixture(R"(
model User {
  id Int @id

  @@map("users")
}

model OrderStatus {
  id Int @id

  @@map("order_statuses")
}

model Plain {
  id Int @id
}

enum UserRole {
  A

  @@map("user_role")
}
)");
  const NamingStyle style(*made.snapshot);
  CHECK(style.table_attribute(syntax::BlockKind::model, "UserDetails") == "@@map(\"user_details\")");
  CHECK(style.table_attribute(syntax::BlockKind::model, "BlogPost") == "@@map(\"blog_posts\")");
  CHECK(style.table_attribute(syntax::BlockKind::enumeration, "BlogKind") == "@@map(\"blog_kind\")");
  CHECK(style.table_attribute(syntax::BlockKind::view, "BlogPost").empty());
  const auto half = fixture("model User {\n  id Int @id\n\n  @@map(\"users\")\n}\n\nmodel Post {\n  id Int @id\n}\n");
  CHECK(NamingStyle(*half.snapshot).table_attribute(syntax::BlockKind::model, "Tag").empty());
}

TEST_CASE("naming style: names in the database in capitals", "[refactoring]") {
  const auto made = fixture(R"(
model User {
  id        Int    @id @map("ID")
  name      String @map("NAME")
  firstName String @map("FIRST_NAME")

  @@map("USERS")
}

model OrderItem {
  id Int @id @map("ID")

  @@map("ORDER_ITEMS")
}

enum UserRole {
  A

  @@map("USER_ROLE")
}
)");
  const NamingStyle style(*made.snapshot);
  const schema::Declaration& user = **made.snapshot->find("User");
  CHECK(style.column_attribute(user, "authorId") == " @map(\"AUTHOR_ID\")");
  CHECK(style.column_attribute(user, "title") == " @map(\"TITLE\")");
  CHECK(style.column_attribute(schema::Declaration(), "authorId") == " @map(\"AUTHOR_ID\")");
  CHECK(style.table_attribute(syntax::BlockKind::model, "BlogPost") == "@@map(\"BLOG_POSTS\")");
  CHECK(style.table_attribute(syntax::BlockKind::enumeration, "BlogKind") == "@@map(\"BLOG_KIND\")");
  CHECK(style.id().attributes == "@id @map(\"ID\")");
}

TEST_CASE("naming style: a model without a word to tell by follows the schema", "[refactoring]") {
  CHECK(refactored(R"(
model $0Tag {
  id Int @id
}

model User {
  id        Int    @id
  firstName String @map("first_name")
  lastName  String @map("last_name")
}
)",
                   "Add a relation to User") == R"(model Tag {
  id     Int   @id
  user   User? @relation(fields: [userId], references: [id])
  userId Int?  @map("user_id")
}

model User {
  id        Int    @id
  firstName String @map("first_name")
  lastName  String @map("last_name")
  tags      Tag[]
}
)");
  CHECK(refactored("model $0Tag {\n  id Int @id\n}\n\nmodel User {\n  id Int @id\n  first_name String\n}\n",
                   "Add a relation to User") ==
        "model Tag {\n  id      Int   @id\n  user    User? @relation(fields: [user_id], references: [id])\n"
        "  user_id Int?\n}\n\nmodel User {\n  id         Int    @id\n  first_name String\n  tags       Tag[]\n}\n");
}

TEST_CASE("naming style: what is moved out of a model is mapped as the model is", "[refactoring]") {
  CHECK(refactored(R"(
model User {
  id        Int    @id
  <ref>firstName String @map("first_name")</ref>
  lastName  String @map("last_name")

  @@map("users")
}
)",
                   "Move firstName to a new model") == R"(model User {
  id       Int          @id
  lastName String       @map("last_name")
  details  UserDetails?

  @@map("users")
}

model UserDetails {
  userId    Int    @id @map("user_id")
  firstName String @map("first_name")
  user      User   @relation(fields: [userId], references: [id], onDelete: Cascade)

  @@map("user_details")
}
)");
}
