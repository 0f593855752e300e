// What an editor is told while someone types: AnalysisMode::tolerant.

#include <fstream>
#include <iterator>
#include <map>

#include "support/shop_schema.h"
#include "validation/check.h"

using namespace refract;
using namespace refract::tests;
using validation::AnalysisMode;

namespace {

std::shared_ptr<const validation::Analysis> analyse_typed(std::string text,
                                                          std::shared_ptr<const validation::Analysis> previous = {}) {
  std::vector<schema::SourceFile> files{{"schema.prisma", syntax::File::parse(text::Document(std::move(text)))}};
  return validation::Analysis::run(schema::Snapshot::build(std::move(files), {schema::PrismaVersion::v7}),
                                   std::move(previous), AnalysisMode::tolerant);
}

// Checks what an editor is told of a PostgreSQL schema, and that this does not depend on what was there before.
void check_typed(std::string_view fixture) {
  const MarkedSchema schema = parse_marks(std::string(kPostgresql) + std::string(fixture));
  const auto list = [&](const std::vector<Mark>& marks) {
    std::string text;
    for (const Mark& mark : marks) {
      text += mark.name + " [" + schema.text.substr(mark.range.begin, mark.range.size()) + "]\n";
    }
    return text;
  };
  CHECK(list(marks_of(*analyse_typed(schema.text))) == list(schema.marks));
}

std::string described(const validation::Analysis& analysis, std::string_view text) {
  std::string out;
  for (const Mark& mark : marks_of(analysis)) {
    out += mark.name + " [" + std::string(text.substr(mark.range.begin, mark.range.size())) + "]\n";
  }
  return out;
}

// Where the block begins that is open at the end of a prefix; the text's end where none is. Only for schemas whose
// blocks close with a brace at a line's beginning.
std::size_t open_block(std::string_view prefix) {
  std::size_t open = prefix.size();
  for (std::size_t at = 0; at < prefix.size();) {
    const std::size_t end = std::min(prefix.find('\n', at), prefix.size());
    const std::string_view line = prefix.substr(at, end - at);
    if (line.starts_with('}')) {
      open = prefix.size();
    } else if (open == prefix.size() && line.find('{') != std::string_view::npos && !line.starts_with("//")) {
      open = at;
    }
    at = end + 1;
  }
  return open;
}

// For every prefix by line that ends inside of a block: diagnostics are in that block, and are few.
void check_prefixes(const std::string& text) {
  std::shared_ptr<const validation::Analysis> analysis;
  // What is found in the whole text may be found in its parts.
  const std::vector<Mark> lasting = marks_of(*analyse_typed(text));
  std::size_t inside = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', end + 1)) {
    const std::string prefix = text.substr(0, end + 1);
    analysis = analyse_typed(prefix, analysis);
    const std::size_t open = open_block(prefix);
    if (open == prefix.size()) continue;
    ++inside;
    for (const Mark& mark : marks_of(*analysis)) {
      if (std::ranges::find(lasting, mark) != lasting.end()) continue;
      INFO(mark.name << " at " << mark.range.begin << " before the open block at " << open << ":\n"
                     << prefix.substr(mark.range.begin, 60));
      REQUIRE(mark.range.begin >= open);
    }
    INFO(described(*analysis, prefix));
    REQUIRE(analysis->diagnostics().size() <= lasting.size() + 3);
  }
  CHECK(inside > 20);
}

std::optional<std::string> langfuse_schema() {
  const char* folder = std::getenv("REFRACT_CONFORMANCE");
  if (folder == nullptr) return std::nullopt;
  std::ifstream file(std::string(folder) + "/history/langfuse/schema.prisma", std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The tokens of a text, by a rough lexer: words, strings and single characters.
std::vector<text::Range> tokens_of(std::string_view text) {
  std::vector<text::Range> tokens;
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (std::isspace(static_cast<unsigned char>(text[at])) != 0) {
      at = end;
      continue;
    }
    if (is_word(text[at])) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (text[at] == '"') {
      end = std::min(text.find('"', end), text.size() - 1) + 1;
    }
    tokens.push_back({static_cast<text::Offset>(at), static_cast<text::Offset>(end)});
    at = end;
  }
  return tokens;
}

}  // namespace

TEST_CASE("editor: an error in one block leaves the diagnostics of the others", "[validation]") {
  check_typed(R"(model A {
  id Int @id
  <invalid-member>half typed line here
</invalid-member>}
<no-unique-criterion>model B {
  a Int
}</no-unique-criterion>
)");
  check_typed(R"(model A {
  id Int @id
  x <unknown-type>Strng</unknown-type>
}
<no-unique-criterion>model B {
  a Int
}</no-unique-criterion>
)");
}

TEST_CASE("editor: nothing is concluded from a block that cannot be read", "[validation]") {
  // The key's field is being typed.
  check_typed(R"(model Post {
  id Int @id
  <field-without-type>userId
</field-without-type>  user User @relation(fields: [userId], references: [id])
  @@index([userId])
}
model User {
  id Int @id
  posts Post[]
}
)");
  // The other side of a relation is.
  check_typed(R"(model Post {
  id Int @id
  userId Int
  user User @relation(fields: [userId], references: [id])
}
model User {
  id Int @id
  <field-without-type>posts
</field-without-type>}
)");
  check_typed(R"(enum Role {
  <several-members-on-line>US ER
</several-members-on-line>}
model User {
  id Int @id
  role Role @default(USER)
}
)");
}

TEST_CASE("editor: a missing closing brace is one diagnostic", "[validation]") {
  check_typed(R"(model User {
  id Int @id
  posts Post[]

<block-inside-block>model Post {
</block-inside-block>  id Int @id
  userId Int
  user User @relation(fields: [userId], references: [id])
}
model Tag {
  id Int @id
  postId Int
  post Post @relation(fields: [postId], references: [id])
}
)");
  check_typed(R"(model Tag {
  id Int @id
  posts Post[]
}
<unterminated-block>model Post {
</unterminated-block>  id Int @id
  tags Tag[]
  user User
)");
}

TEST_CASE("editor: a missing opening brace is one diagnostic", "[validation]") {
  check_typed(R"(model Post {
  id Int @id
  userId Int
  user User @relation(fields: [userId], references: [id])
}
<invalid-line>model User
</invalid-line>  id Int @id

  posts Post[]
}
enum Role {
  A
}
)");
}

TEST_CASE("editor: an ambiguous relation silences its own model alone", "[validation]") {
  check_typed(R"(model A {
  id Int @id
  x Int
  y Int
  <ambiguous-relation>b1 B @relation(fields: [x], references: [id])
</ambiguous-relation>  b2 B @relation(fields: [y], references: [id])
}
model B {
  id Int @id
  as A[]
}
<no-unique-criterion>model C {
  noId Int
}</no-unique-criterion>
)");
}

TEST_CASE("editor: a datasource that is being typed accuses no model", "[validation]") {
  const auto analysis = analyse_typed(
      "datasource db {\n  provider\n}\n\nmodel A {\n  id Int @id\n  tags String[] @db.Text\n  j Json\n}\n");
  for (const validation::Diagnostic& found : analysis->diagnostics()) CHECK(found.at.range.begin < 30);
}

TEST_CASE("editor: every prefix of a schema", "[validation]") {
  const std::string text = shop_schema();
  REQUIRE(analyse(text)->diagnostics().empty());
  check_prefixes(text);
}

TEST_CASE("editor: every prefix of a project's schema", "[validation]") {
  const auto text = langfuse_schema();
  if (!text) {
    WARN("skipped: $REFRACT_CONFORMANCE has no langfuse schema");
    return;
  }
  check_prefixes(*text);
}

TEST_CASE("editor: every deletion of one token makes few diagnostics", "[validation]") {
  std::string text = shop_schema();
  text = text.substr(0, text.find("model Invoice {"));
  text = text.substr(0, text.rfind("///"));
  // Without the fields whose models were cut off.
  for (std::size_t at = text.find("  invoices "); at < text.find("\n\n  @@index([createdAt])");) {
    const std::size_t end = text.find('\n', at) + 1;
    if (text.substr(at, end - at).starts_with("\n")) break;
    text.erase(at, end - at);
  }
  REQUIRE(analyse(text)->diagnostics().empty());
  std::map<std::size_t, std::size_t> by_count;
  auto previous = analyse_typed(text);
  for (const text::Range token : tokens_of(text)) {
    std::string without = text;
    without.erase(token.begin, token.size());
    const auto analysis = analyse_typed(without, previous);
    ++by_count[analysis->diagnostics().size()];
    INFO("without `" << text.substr(token.begin, token.size()) << "` at " << token.begin << ":\n"
                     << described(*analysis, without));
    CHECK(analysis->diagnostics().size() <= 4);
    // The same as without a past.
    CHECK(marks_of(*analysis) == marks_of(*analyse_typed(without)));
  }
  CHECK(by_count.size() > 1);
}

TEST_CASE("editor: diagnostics after edits are those of a fresh analysis", "[validation]") {
  const std::string text = shop_schema();
  const std::pair<std::string_view, std::string_view> edits[] = {{"model OrderItem {", "model OrderItem "},
                                                                 {"model OrderItem ", "model OrderItem {"},
                                                                 {"  ownerId Int\n", "  ownerId\n"},
                                                                 {"  ownerId\n", "  ownerId Int\n"},
                                                                 {"enum State {", "enum {"},
                                                                 {"enum {", "enum State {"},
                                                                 {"  userId  String", "  userId  Strng"},
                                                                 {"  userId  Strng", "  userId  String"},
                                                                 {"model User {", "model Usr {"},
                                                                 {"model Usr {", "model User {"}};
  auto file = syntax::File::parse(text::Document(text));
  auto snapshot = schema::Snapshot::build({{"schema.prisma", file}}, {schema::PrismaVersion::v7});
  auto analysis = validation::Analysis::run(snapshot, nullptr, AnalysisMode::tolerant);
  for (const auto& [from, to] : edits) {
    const auto at = static_cast<text::Offset>(file->document().text().find(from));
    INFO(from << " -> " << to);
    file = file->with_edits({{{at, at + static_cast<text::Offset>(from.size())}, std::string(to)}});
    snapshot = schema::Snapshot::build({{"schema.prisma", file}}, {schema::PrismaVersion::v7}, snapshot);
    analysis = validation::Analysis::run(snapshot, analysis, AnalysisMode::tolerant);
    CHECK(marks_of(*analysis) == marks_of(*analyse_typed(std::string(file->document().text()))));
  }
  CHECK(analysis->diagnostics().empty());
}
