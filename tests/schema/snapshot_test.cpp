#include <chrono>

#include "schema/snapshot.h"
#include "support/catch.h"

using namespace refract;
using schema::Snapshot;

namespace {

std::shared_ptr<const syntax::File> parse(std::string text) {
  return syntax::File::parse(text::Document(std::move(text)));
}

std::shared_ptr<const Snapshot> snapshot_of(std::string text) {
  return Snapshot::build({{"schema.prisma", parse(std::move(text))}}, {});
}

// The snapshot after replacing the first `old_text` of file `file`.
std::shared_ptr<const Snapshot> edited(const std::shared_ptr<const Snapshot>& before, std::string_view old_text,
                                       std::string new_text, schema::FileId file = 0) {
  std::vector<schema::SourceFile> files(before->files().begin(), before->files().end());
  const auto at = files[file].syntax->document().text().find(old_text);
  REQUIRE(at != std::string_view::npos);
  const auto begin = static_cast<text::Offset>(at);
  files[file].syntax = files[file].syntax->with_edits(
      {{{begin, begin + static_cast<text::Offset>(old_text.size())}, std::move(new_text)}});
  return Snapshot::build(std::move(files), before->options(), before);
}

const schema::Field& field_of(const Snapshot& snapshot, std::string_view model, std::string_view field) {
  const schema::Placed* placed = snapshot.find(model);
  REQUIRE(placed != nullptr);
  const schema::Field* found = (*placed)->find_field(field);
  REQUIRE(found != nullptr);
  return *found;
}

std::string describe(const schema::RelationEnd& end) {
  return std::string((*end.model)->name) + "." + (end.field ? std::string(end.field->name) : "?");
}

// "owner -> other", with the kind in front.
std::string relation(const Snapshot& snapshot, std::string_view model, std::string_view field) {
  const auto found = snapshot.relation_of(*snapshot.find(model), field_of(snapshot, model, field));
  if (!found) return "none";
  const char* kind = found->kind == schema::RelationKind::one_to_one    ? "1:1 "
                     : found->kind == schema::RelationKind::one_to_many ? "1:n "
                                                                        : "m:n ";
  return kind + found->name + " " + describe(found->owner) + " -> " + describe(found->other);
}

constexpr const char* kBlog = R"(datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  role  Role
  posts Post[]
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}

enum Role {
  ADMIN
}
)";

}  // namespace

TEST_CASE("snapshot: an edit keeps every other declaration", "[schema]") {
  const auto before = snapshot_of(kBlog);
  const auto after = edited(before, "authorId Int", "authorId BigInt");
  CHECK(after->find("User")->declaration == before->find("User")->declaration);
  CHECK(after->find("Role")->declaration == before->find("Role")->declaration);
  CHECK(after->find("Post")->declaration != before->find("Post")->declaration);
  CHECK(field_of(*after, "Post", "authorId").scalar == schema::ScalarType::big_int);
}

TEST_CASE("snapshot: what is after an edit moves with it", "[schema]") {
  const auto before = snapshot_of(kBlog);
  const auto after = edited(before, "role  Role", "role  Role // who may do what");
  const schema::Placed& role = *after->find("Role");
  CHECK(role.declaration == before->find("Role")->declaration);
  const auto at = role.in_file(role->block->name.range).range;
  CHECK(after->files()[0].syntax->document().text().substr(at.begin, at.size()) == "Role");
}

TEST_CASE("snapshot: a name that means something else rebuilds who uses it", "[schema]") {
  const auto before = snapshot_of(kBlog);
  CHECK(field_of(*before, "User", "role").kind == schema::TypeKind::enumeration);

  const auto renamed = edited(before, "enum Role", "enum Rolle");
  CHECK(field_of(*renamed, "User", "role").kind == schema::TypeKind::unknown);
  CHECK(renamed->find("Post")->declaration == before->find("Post")->declaration);

  const auto back = edited(renamed, "enum Rolle", "enum Role");
  CHECK(field_of(*back, "User", "role").kind == schema::TypeKind::enumeration);

  const auto model = edited(before, "enum Role {\n  ADMIN", "model Role {\n  id Int @id");
  CHECK(field_of(*model, "User", "role").is_relation());
}

TEST_CASE("snapshot: files are resolved together, and a file that goes takes its names along", "[schema]") {
  const auto both = Snapshot::build(
      {{"a.prisma", parse("model A {\n  id Int @id\n  b B\n}\n")}, {"b.prisma", parse("enum B {\n  X\n}\n")}}, {});
  CHECK(field_of(*both, "A", "b").kind == schema::TypeKind::enumeration);
  CHECK(both->find("B")->file == 1);
  const auto alone = Snapshot::build({both->files()[0]}, {}, both);
  CHECK(field_of(*alone, "A", "b").kind == schema::TypeKind::unknown);
  CHECK(alone->find("B") == nullptr);
}

TEST_CASE("snapshot: positions lead to declarations", "[schema]") {
  const auto snapshot = snapshot_of(kBlog);
  const auto at = [&](std::string_view text) {
    const schema::Placed* placed =
        snapshot->declaration_at({0, static_cast<text::Offset>(std::string_view(kBlog).find(text))});
    return placed ? (*placed)->name : std::string_view{};
  };
  CHECK(at("authorId Int") == "Post");
  CHECK(at("ADMIN") == "Role");
  CHECK(at("provider") == "");
}

TEST_CASE("relations: each kind, with and without names", "[schema]") {
  const auto snapshot = snapshot_of(R"(
model User {
  id        Int       @id
  posts     Post[]    @relation("written")
  likes     Post[]    @relation("liked")
  profile   Profile?
  tags      Tag[]
  manager   User?     @relation("manages", fields: [managerId], references: [id])
  managerId Int?
  managed   User[]    @relation("manages")
  friends   User[]    @relation("friends")
  friendOf  User[]    @relation("friends")
}
model Post {
  id       Int    @id
  writerId Int
  writer   User   @relation("written", fields: [writerId], references: [id])
  likers   User[] @relation("liked")
  lonely   Tag
}
model Profile {
  userId Int  @id
  user   User @relation(fields: [userId], references: [id])
}
model Tag {
  id    Int    @id
  users User[]
}
)");
  CHECK(relation(*snapshot, "User", "posts") == "1:n written Post.writer -> User.posts");
  CHECK(relation(*snapshot, "Post", "writer") == "1:n written Post.writer -> User.posts");
  CHECK(relation(*snapshot, "User", "likes") == "m:n liked Post.likers -> User.likes");
  CHECK(relation(*snapshot, "User", "profile") == "1:1 ProfileToUser Profile.user -> User.profile");
  CHECK(relation(*snapshot, "User", "tags") == "m:n TagToUser Tag.users -> User.tags");
  CHECK(relation(*snapshot, "User", "managed") == "1:n manages User.manager -> User.managed");
  CHECK(relation(*snapshot, "User", "friends") == "m:n friends User.friendOf -> User.friends");
  CHECK(relation(*snapshot, "Post", "lonely") == "1:n PostToTag Post.lonely -> Tag.?");
  CHECK(relation(*snapshot, "User", "id") == "none");
}

TEST_CASE("declarations: keys, maps, native types and defaults", "[schema]") {
  const auto snapshot = snapshot_of(R"schema(
model Order {
  id    String @id(map: "order_pk") @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  total Decimal @map("total_amount") @db.Decimal(10, 2)
  note  String?
  @@unique([total, note(sort: Desc)], name: "totals", map: "order_totals")
  @@index([note(ops: raw("gin_trgm_ops"))], type: Gin)
  @@map("orders")
  @@schema("shop")
}
)schema");
  const schema::Declaration& order = **snapshot->find("Order");
  CHECK(order.database_name == "orders");
  CHECK(order.database_schema == "shop");
  REQUIRE(order.indexes.size() == 3);
  CHECK(order.primary_key()->map == "order_pk");
  CHECK(order.indexes[1].name == "totals");
  CHECK(order.indexes[1].fields[1].sort == schema::SortOrder::descending);
  CHECK(order.indexes[2].algorithm == "Gin");
  CHECK(order.indexes[2].fields[0].operator_class == "gin_trgm_ops");
  CHECK(order.indexes[2].fields[0].raw_operator_class);
  const schema::Field& total = *order.find_field("total");
  CHECK(total.database_name == "total_amount");
  CHECK(total.native_type->name == "Decimal");
  CHECK(total.native_type->arguments == std::vector<std::string>{"10", "2"});
  CHECK(order.find_field("id")->default_value->expression->value == "dbgenerated");
}

TEST_CASE("snapshot: the cost of an edit does not follow the schema", "[schema]") {
  std::string text = "datasource db {\n  provider = \"postgresql\"\n}\n";
  for (int i = 0; i < 5000; ++i) {
    const std::string number = std::to_string(i);
    text += "\nmodel M" + number + " {\n  id Int @id\n  nextId Int?\n  next M" + std::to_string((i + 1) % 5000) +
            "? @relation(fields: [nextId], references: [id])\n";
    for (int j = 0; j < 14; ++j) text += "  f" + std::to_string(j) + " String @db.VarChar(100)\n";
    text += "}\n";
  }
  const auto before = snapshot_of(std::move(text));
  REQUIRE(before->declarations().size() == 5000);
  std::vector<schema::SourceFile> files(before->files().begin(), before->files().end());
  const auto at = static_cast<text::Offset>(files[0].syntax->document().text().find("f7 String", 400'000));
  files[0].syntax = files[0].syntax->with_edits({{{at + 3, at + 9}, "Int"}});
  const auto begin = std::chrono::steady_clock::now();
  const auto after = Snapshot::build(std::move(files), before->options(), before);
  const auto took = std::chrono::steady_clock::now() - begin;
  std::size_t shared = 0;
  for (std::size_t i = 0; i < 5000; ++i) {
    shared += after->declarations()[i].declaration == before->declarations()[i].declaration;
  }
  CHECK(shared == 4999);
  // Under 1 ms by itself; the bound leaves room for a busy machine and unoptimised builds.
  CHECK(took < std::chrono::milliseconds(20));
  WARN("rebuilt 5,000 declarations in " << std::chrono::duration_cast<std::chrono::microseconds>(took).count()
                                        << " us");
}

TEST_CASE("snapshot: fields are found by name and by relation, few or many", "[schema]") {
  for (const int others : {0, 100}) {
    CAPTURE(others);
    std::string lines =
        "  id Int @id\n  z B\n  a B @relation(\"y\")\n  c B @relation(\"x\")\n  b B @relation(\"y\")\n  d A\n";
    for (int i = 0; i < others; ++i) lines += "  f" + std::to_string(i) + " Int\n";
    const auto snapshot = snapshot_of("model A {\n" + lines + "  id String\n}\nmodel B {\n  id Int @id\n}\n");
    const schema::Declaration& model = **snapshot->find("A");
    REQUIRE(model.find_field("id") != nullptr);
    CHECK(model.find_field("id")->type_name == "Int");  // the first of the name
    CHECK(model.find_field("d")->type_name == "A");
    CHECK(model.find_field("") == nullptr);
    CHECK(model.find_field("g") == nullptr);
    REQUIRE(model.last_field("id") != nullptr);
    CHECK(model.last_field("id")->type_name == "String");
    CHECK(model.last_field("d") == model.find_field("d"));
    CHECK(model.last_field("") == nullptr);
    CHECK(model.last_field("g") == nullptr);
    CHECK(model.last_field("zz") == nullptr);
    const auto related = [&](std::string_view type, const char* name) {
      const std::string relation_name = name ? name : "";
      std::string names;
      for (const std::uint32_t place : model.relation_fields(type, name ? &relation_name : nullptr))
        names += model.fields[place].name;
      return names;
    };
    CHECK(related("B", "y") == "ab");
    CHECK(related("B", "x") == "c");
    CHECK(related("B", nullptr) == "z");
    CHECK(related("A", nullptr) == "d");
    CHECK(related("A", "y").empty());
    CHECK(related("C", nullptr).empty());
  }
}
