// Refactorings as code actions over the wire.

#include "lsp/client.h"

using refract::test::Json;
using refract::test::lsp::span;

namespace {

constexpr std::string_view kSchema = "model User {\n  id   Int    @id\n  role String @default(\"x\")\n}\n";

Json literal_actions() {
  return {{"textDocument",
           {{"codeAction", {{"codeActionLiteralSupport", {{"codeActionKind", {{"valueSet", Json::array()}}}}}}}}}};
}

// The titles offered on the String field.
std::vector<std::string> titles(refract::test::lsp::Client& client, Json context) {
  context["diagnostics"] = Json::array();
  const Json actions = client.result(
      "textDocument/codeAction",
      {{"textDocument", {{"uri", client.uri}}}, {"range", span(2, 3, 3)}, {"context", std::move(context)}});
  std::vector<std::string> found;
  for (const Json& action : actions)
    if (action.contains("edit")) found.push_back(action["title"]);
  return found;
}

}  // namespace

TEST_CASE("wire: refactorings by the kinds that a client asks for", "[lsp]") {
  refract::test::lsp::Client client(kSchema, literal_actions());
  const std::vector<std::string> extract{"Turn role into the enum Role"};
  const std::vector<std::string> rewrite{"Make role optional"};
  CHECK(titles(client, {{"only", {"refactor.extract"}}}) == extract);
  CHECK(titles(client, {{"only", {"refactor.rewrite"}}}) == rewrite);
  CHECK(titles(client, {{"only", {"refactor"}}}) == std::vector<std::string>{extract[0], rewrite[0]});
  CHECK(titles(client, {{"only", {"quickfix"}}}).empty());
  CHECK(titles(client, {{"triggerKind", 2}}).empty());
}

TEST_CASE("wire: a client without code action literals gets no refactoring", "[lsp]") {
  refract::test::lsp::Client client(kSchema, Json::object());
  CHECK(titles(client, {{"only", {"refactor"}}}).empty());
}
