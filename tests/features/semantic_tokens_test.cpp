#include "features/semantic_tokens.h"

#include "features/fixture.h"

using namespace refract;
using features::SemanticTokens;
using features::Token;
using test::fixture;

namespace {

// The text with its tokens printed back over it: <class.declaration>User</>.
std::string printed(std::string_view text, const std::vector<Token>& tokens) {
  std::string out;
  std::size_t done = 0;
  for (const Token& token : tokens) {
    REQUIRE(done <= token.range.begin);
    REQUIRE(token.range.begin < token.range.end);
    out += text.substr(done, token.range.begin - done);
    out += "<" + std::string(features::kTokenTypeNames[static_cast<std::size_t>(token.type)]);
    for (std::size_t bit = 0; bit < features::kTokenModifierNames.size(); ++bit) {
      if (token.modifiers >> bit & 1) out += "." + std::string(features::kTokenModifierNames[bit]);
    }
    out += ">" + std::string(text.substr(token.range.begin, token.range.size())) + "</>";
    done = token.range.end;
  }
  return out + std::string(text.substr(done));
}

std::string without_marks(std::string_view printed) {
  std::string out;
  while (!printed.empty()) {
    const std::size_t open = printed.find('<');
    out += printed.substr(0, open);
    if (open == std::string_view::npos) break;
    printed.remove_prefix(printed.find('>', open) + 1);
  }
  return out;
}

// The fixture is the text as printed.
void check_tokens(std::string_view expected) {
  if (expected.starts_with('\n')) expected.remove_prefix(1);
  const std::string text = without_marks(expected);
  const auto made = fixture(text);
  const auto tokens = SemanticTokens::build(*made.snapshot, 0);
  CHECK(printed(text, tokens->within({0, static_cast<text::Offset>(text.size())})) == expected);
}

std::vector<Token> all(const SemanticTokens& tokens) {
  return tokens.within({0, 1'000'000});
}

}  // namespace

TEST_CASE("semantic tokens: printed over the text they give the fixture", "[tokens]") {
  check_tokens(R"(
<keyword>datasource</> <namespace.declaration>db</> {
  <property>provider</> = <string>"postgresql"</>
  <property>url</>      = <function.defaultLibrary>env</>(<string>"URL"</>)
}
/// A user
<keyword>model</> <class.declaration>User</> {
  <property.declaration>id</>    <type.defaultLibrary>Int</>    <decorator>@id</> <decorator>@default</>(<function.defaultLibrary>autoincrement</>())
  <property.declaration>role</>  <enum>Role</>   <decorator>@default</>(<enumMember>ADMIN</>) // who
  <property.declaration>on</>    <type.defaultLibrary>Boolean</> <decorator>@default</>(<keyword>true</>)
  <property.declaration>n</>     <type.defaultLibrary>Decimal</> <decorator>@db.Decimal</>(<number>10</>, <number>2</>)
  <property.declaration>boss</>  <class>User</>? <decorator>@relation</>(<string>"b"</>, <parameter>fields</>: [<property>n</>], <parameter>references</>: [<property>id</>], <parameter>onDelete</>: <enumMember>Cascade</>)
  <property.declaration>staff</> <class>User</>[] <decorator>@relation</>(<string>"b"</>)
  <property.declaration>what</>  <type>Missing</>
  <property.declaration.deprecated>old</>   <type.defaultLibrary>Int</> <decorator>@ignore</>

  <decorator>@@index</>([<property>id</>(<parameter>sort</>: <enumMember>Desc</>), <property>role</>], <parameter>map</>: <string>"x"</>)
}
<keyword>enum</> <enum.declaration>Role</> {
  <enumMember.declaration>ADMIN</> <decorator>@map</>(<string>"a"</>)
}
<keyword>type</> <struct.declaration>Geo</> {
  <property.declaration>lat</> <type.defaultLibrary>Float</>
}
<keyword>model</> <class.declaration.deprecated>Place</> {
  <property.declaration>geo</> <struct>Geo</>
  <decorator>@@ignore</>
}
)");
}

TEST_CASE("semantic tokens: on CRLF, beyond ASCII, and on broken text", "[tokens]") {
  check_tokens(
      "// ü\r\n<keyword>model</> <class.declaration>Größe</> {\r\n  <property.declaration>länge</> "
      "<class>Größe</>? // x\r\n}\r\n");
  check_tokens(
      "<keyword>model</> <class.declaration>A</> {\n  <property.declaration>id</> <type.defaultLibrary>Int</> "
      "<decorator>@id</>\n  <property.declaration>b</>\n}\n");
  check_tokens("");
  check_tokens("nonsense {\n");
}

TEST_CASE("semantic tokens: only what touches a range", "[tokens]") {
  const auto made = fixture("model A {\n  <ref>id Int</ref> @id\n}\nmodel B {\n}\n");
  const auto tokens = SemanticTokens::build(*made.snapshot, 0);
  CHECK(printed(made.files[0].second, tokens->within(made.ranges[0].range)) ==
        "model A {\n  <property.declaration>id</> <type.defaultLibrary>Int</> @id\n}\nmodel B {\n}\n");
  CHECK(tokens->within({1000, 2000}).empty());
  CHECK(features::semantic_tokens(*made.snapshot, made.ranges[0]) == tokens->within(made.ranges[0].range));
  CHECK(features::semantic_tokens(*made.snapshot, {0, {0, 1000}}) == all(*tokens));
  CHECK(features::semantic_tokens(*made.snapshot, {0, {1000, 2000}}).empty());
}

TEST_CASE("semantic tokens: what did not change is shared, and the same as computed again", "[tokens]") {
  const std::string text = "model A {\n  r R\n}\n\nmodel B {\n  id Int @id\n}\n\nenum R {\n  X\n}\n";
  const auto file = syntax::File::parse(text::Document(text));
  const auto first = schema::Snapshot::build({{"/a", file}}, {});
  const auto before = SemanticTokens::build(*first, 0);
  // B grows; then the enum goes, so that A's type means nothing any more though its text is the same.
  const auto at = static_cast<text::Offset>(text.find("id Int"));
  const auto grown = schema::Snapshot::build({{"/a", file->with_edits({{{at, at}, "x Int\n  "}})}}, {}, first);
  const auto after = SemanticTokens::build(*grown, 0, before);
  CHECK(all(*after) == all(*SemanticTokens::build(*grown, 0)));
  REQUIRE(after->blocks().size() == 3);
  CHECK(after->blocks()[0].tokens == before->blocks()[0].tokens);
  CHECK(after->blocks()[1].tokens != before->blocks()[1].tokens);
  CHECK(after->blocks()[2].tokens == before->blocks()[2].tokens);

  const auto gone = static_cast<text::Offset>(text.find("enum"));
  const auto shrunk = schema::Snapshot::build(
      {{"/a", file->with_edits({{{gone, static_cast<text::Offset>(text.size())}, ""}})}}, {}, first);
  CHECK(all(*SemanticTokens::build(*shrunk, 0, before)) == all(*SemanticTokens::build(*shrunk, 0)));
  CHECK(SemanticTokens::build(*shrunk, 0, before)->blocks()[0].tokens != before->blocks()[0].tokens);
}
