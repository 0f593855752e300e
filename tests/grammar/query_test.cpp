#include <algorithm>
#include <set>

#include "grammar/parse.h"
#include "support/catch.h"

namespace refract::grammar_tests {
namespace {

constexpr std::string_view kSample = R"(// A blog.
datasource db {
  provider = "postgresql"
  url      = env("URL\n")
}

/// Writes posts.
model User {
  id    Int     @id @default(autoincrement())
  on    Boolean @default(true) /* yes */
  role  Role    @default(ADMIN)
  posts Post[]
  place Unsupported("point")?

  @@index([id(sort: Desc)], where: { on: true })
}

enum Role {
  ADMIN @map("admin")
}
)";

struct QueryDeleter {
  void operator()(TSQuery* query) const { ts_query_delete(query); }
};
struct CursorDeleter {
  void operator()(TSQueryCursor* cursor) const { ts_query_cursor_delete(cursor); }
};

// "capture text" for each capture of the query in the text, in the order of the text.
std::vector<std::string> captures(std::string_view query_name, std::string_view text) {
  const std::string source = read_text(grammar_folder() / "queries" / query_name);
  std::uint32_t error_offset = 0;
  TSQueryError error = TSQueryErrorNone;
  const std::unique_ptr<TSQuery, QueryDeleter> query(ts_query_new(
      tree_sitter_prisma(), source.data(), static_cast<std::uint32_t>(source.size()), &error_offset, &error));
  INFO(query_name << ", error " << error << " at byte " << error_offset);
  REQUIRE(query);

  const Tree tree = parse(text);
  const std::unique_ptr<TSQueryCursor, CursorDeleter> cursor(ts_query_cursor_new());
  ts_query_cursor_exec(cursor.get(), query.get(), ts_tree_root_node(tree.get()));
  std::vector<std::string> found;
  TSQueryMatch match;
  std::uint32_t index = 0;
  while (ts_query_cursor_next_capture(cursor.get(), &match, &index)) {
    const TSQueryCapture& capture = match.captures[index];
    std::uint32_t length = 0;
    const char* name = ts_query_capture_name_for_id(query.get(), capture.index, &length);
    const std::uint32_t begin = ts_node_start_byte(capture.node);
    const std::uint32_t end = ts_node_end_byte(capture.node);
    found.push_back(std::string(name, length) + " " + std::string(text.substr(begin, end - begin)));
  }
  return found;
}

bool holds(const std::vector<std::string>& found, const std::string& capture) {
  return std::ranges::find(found, capture) != found.end();
}

}  // namespace

TEST_CASE("queries: there is one for each purpose", "[grammar]") {
  std::set<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(grammar_folder() / "queries")) {
    names.insert(file.path().filename().string());
  }
  CHECK(names == std::set<std::string>{"folds.scm", "highlights.scm", "indents.scm", "locals.scm"});
}

TEST_CASE("queries: highlights name what each word is", "[grammar]") {
  const auto found = captures("highlights.scm", kSample);
  for (const char* expected : {"comment // A blog.",
                               "comment.documentation /// Writes posts.",
                               "comment /* yes */",
                               "keyword datasource",
                               "keyword model",
                               "keyword enum",
                               "type User",
                               "type Role",
                               "type.builtin Int",
                               "property provider",
                               "variable.member posts",
                               "string \"postgresql\"",
                               "string.escape \\n",
                               "function env",
                               "function autoincrement",
                               "attribute id",
                               "attribute default",
                               "boolean true",
                               "constant ADMIN",
                               "constant Desc",
                               "variable.parameter sort",
                               "operator ?",
                               "punctuation.bracket {"}) {
    INFO(expected);
    CHECK(holds(found, expected));
  }
}

TEST_CASE("queries: a block folds, a member does not", "[grammar]") {
  const auto found = captures("folds.scm", "model A {\n  id Int @id\n}\n/* a\n b */\n");
  CHECK(found == std::vector<std::string>{"fold model A {\n  id Int @id\n}", "fold /* a\n b */"});
}

TEST_CASE("queries: declarations are definitions, types and constants references", "[grammar]") {
  const auto found = captures("locals.scm", kSample);
  for (const char* expected : {"local.definition.type User", "local.definition.type Role",
                               "local.definition.field posts", "local.reference Post", "local.reference ADMIN"}) {
    INFO(expected);
    CHECK(holds(found, expected));
  }
}

TEST_CASE("queries: what is within braces is indented", "[grammar]") {
  const auto found = captures("indents.scm", "enum E {\n  A\n}\n");
  CHECK(found == std::vector<std::string>{"indent.begin enum E {\n  A\n}", "indent.branch }", "indent.end }"});
}

}  // namespace refract::grammar_tests
