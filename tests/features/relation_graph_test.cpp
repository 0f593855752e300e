#include "features/relation_graph.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

constexpr std::string_view kSchema = R"(
//- /a.prisma
model User {
  id    Int    @id
  posts Post[]
  boss  User?  @relation("boss", fields: [bossId], references: [id])
  staff User[] @relation("boss")
  bossId Int?
}
//- /b.prisma
model Post {
  id       Int    @id
  author   User   @relation(fields: [authorId], references: [id], onDelete: Cascade)
  authorId Int
  tags     Tag[]
  likes    Like[]
}
model Tag {
  id    Int    @id
  posts Post[]
}
model Like {
  id     Int  @id
  post   Post @relation(fields: [postId], references: [id], onDelete: Cascade)
  postId Int
}
)";

std::string shown(const test::Fixture& made, const std::vector<features::GraphEdge>& edges) {
  std::string out;
  for (const auto& edge : edges) {
    if (!out.empty()) out += " | ";
    out += std::string((*edge.model)->name) + " (" + edge.detail + ")";
    for (const auto& at : edge.fields) out += " " + made.files[at.file].second.substr(at.range.begin, at.range.size());
  }
  return out;
}

}  // namespace

TEST_CASE("relation graph: who refers to a model, in every file", "[graph]") {
  const auto made = fixture(kSchema);
  const auto referring = [&](const char* name) {
    return shown(made, features::referring_models(*made.snapshot, *made.snapshot->find(name)));
  };
  CHECK(referring("User") == "User (boss: on delete SetNull) boss | Post (author: on delete Cascade) author");
  CHECK(referring("Post") == "Tag (posts: many-to-many) posts | Like (post: on delete Cascade) post");
  CHECK(referring("Like").empty());
}

TEST_CASE("relation graph: what is deleted along", "[graph]") {
  const auto made = fixture(kSchema);
  const auto cascading = [&](const char* name) {
    return shown(made, features::cascading_models(*made.snapshot, *made.snapshot->find(name)));
  };
  CHECK(cascading("User") == "Post (deleted in cascade, through author) posts");
  CHECK(cascading("Post") == "Like (deleted in cascade, through post) likes");
  CHECK(cascading("Tag").empty());
}

TEST_CASE("relation graph: the model that a place is about", "[graph]") {
  const auto node = [](std::string_view marked) -> std::string {
    const auto made = fixture(marked);
    const schema::Placed* found = features::graph_node(*made.snapshot, made.cursor);
    return found == nullptr ? std::string() : std::string((*found)->name);
  };
  CHECK(node("model A$0 {\n  b B\n}\nmodel B {\n}\n") == "A");
  CHECK(node("model A {\n  b B$0\n}\nmodel B {\n}\n") == "B");
  CHECK(node("model A {\r\n  b$0 B\r\n}\r\nmodel B {\r\n}\r\n") == "A");
  CHECK(node("enum E$0 {\n  X\n}\n").empty());
  CHECK(node("// A$0\nmodel A {\n}\n").empty());
  CHECK(node("model A {\n  b B @$0\n}\n") == "A");
}
