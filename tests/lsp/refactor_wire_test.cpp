// Refactorings as code actions over the wire.

#include <fmt/format.h>

#include <algorithm>

#include "lsp/client.h"

using refract::test::Json;

namespace {

constexpr std::string_view kSchema = "model User {\n  id   Int    @id\n  r<role/>ole String @default(\"x\")\n}\n";

Json literal_actions() {
  return {{"textDocument",
           {{"codeAction", {{"codeActionLiteralSupport", {{"codeActionKind", {{"valueSet", Json::array()}}}}}}}}}};
}

// The titles offered on the String field.
std::vector<std::string> titles(refract::test::lsp::Client& client, Json context) {
  context["diagnostics"] = Json::array();
  const Json actions = client.result(
      "textDocument/codeAction",
      {{"textDocument", {{"uri", client.uri}}}, {"range", client.range("role")}, {"context", std::move(context)}});
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

TEST_CASE("wire: what is safe to fix, for a client that asks for it", "[lsp]") {
  refract::test::lsp::Client client("<top/>model User {\n<wrong/>  id: Int @id\n  name Strng\n}\n", literal_actions());
  const auto asked = [&](Json only) {
    Json context{{"diagnostics", Json::array()}, {"triggerKind", 2}};
    if (!only.is_null()) context["only"] = std::move(only);
    return client.result(
        "textDocument/codeAction",
        {{"textDocument", {{"uri", client.uri}}}, {"range", client.range("top")}, {"context", std::move(context)}});
  };
  for (const Json& only : {Json{"source.fixAll"}, Json{"source.fixAll.refract"}}) {
    const Json actions = asked(only);
    REQUIRE(actions.size() == 1);
    CHECK(actions[0]["kind"] == "source.fixAll.refract");
    const Json edits = actions[0]["edit"]["changes"][client.uri];
    REQUIRE(edits.size() == 1);
    CHECK(edits[0]["range"]["start"]["line"] == client.document.position("wrong")["line"]);
    CHECK(edits[0]["newText"].get<std::string>().find(':') == std::string::npos);
  }
  CHECK(asked(Json{"source.organizeImports"}).empty());
  CHECK(asked(nullptr).empty());
}

TEST_CASE("wire: files made and deleted only where the client can", "[lsp]") {
  constexpr std::string_view two = "model <name/>User {\n  id Int @id\n}\n\nmodel Post {\n  id Int @id\n}\n";
  const auto edit_of = [&](Json operations) {
    Json capabilities = literal_actions();
    capabilities["workspace"]["workspaceEdit"] = {{"documentChanges", true}, {"resourceOperations", operations}};
    refract::test::lsp::Client client(two, std::move(capabilities));
    const Json actions = client.result("textDocument/codeAction",
                                       {{"textDocument", {{"uri", client.uri}}},
                                        {"range", client.range("name")},
                                        {"context", {{"diagnostics", Json::array()}, {"only", {"refactor.move"}}}}});
    return actions.empty() ? Json() : actions.at(0)["edit"]["documentChanges"];
  };
  CHECK(edit_of(Json::array()).is_null());
  CHECK(edit_of({"delete"}).is_null());
  const Json changes = edit_of({"create", "delete"});
  REQUIRE(changes.size() == 5);
  CHECK(changes[0]["kind"] == "create");
  CHECK(changes[0]["uri"].get<std::string>().ends_with("/user.prisma"));
  CHECK(changes[1]["textDocument"] == Json{{"uri", changes[0]["uri"]}, {"version", nullptr}});
  CHECK(changes[1]["edits"][0]["newText"] == "model User {\n  id Int @id\n}\n");
  CHECK(changes[2]["uri"].get<std::string>().ends_with("/post.prisma"));
  // Nothing is left of the file.
  CHECK(changes[4]["kind"] == "delete");
}

TEST_CASE("wire: long edits are reported when they are chosen, to clients that ask then", "[lsp]") {
  std::string schema = "<top/><name/>";
  for (int i = 300; i > 0; --i) schema += fmt::format("model M{0:03} {{\n  id{0} Int @id\n}}\n\n", i);
  Json capabilities = literal_actions();
  const auto ask = [](refract::test::lsp::Client& client) {
    return client.result("textDocument/codeAction",
                         {{"textDocument", {{"uri", client.uri}}},
                          {"range", client.range("name")},
                          {"context", {{"diagnostics", Json::array()}, {"only", {"refactor.rewrite"}}}}});
  };
  const auto sort_in = [](const Json& actions) {
    for (const Json& action : actions)
      if (action["title"] == "Sort the blocks of this file by kind and name") return action;
    return Json();
  };
  refract::test::lsp::Client plain(schema, capabilities);
  const Json whole = sort_in(ask(plain));
  REQUIRE(whole.contains("edit"));

  capabilities["textDocument"]["codeAction"]["dataSupport"] = true;
  capabilities["textDocument"]["codeAction"]["resolveSupport"] = {{"properties", {"edit"}}};
  refract::test::lsp::Client client(schema, capabilities);
  const Json actions = ask(client);
  const Json deferred = sort_in(actions);
  REQUIRE(deferred.contains("data"));
  CHECK_FALSE(deferred.contains("edit"));
  const Json resolved = client.result("codeAction/resolve", deferred);
  const auto edits = [](const Json& action) { return action["edit"]["changes"].begin().value(); };
  CHECK(edits(resolved) == edits(whole));

  // Short ones are told at once.
  const auto others = std::ranges::count_if(actions, [](const Json& action) { return action.contains("edit"); });
  CHECK(others > 0);

  client.change("top", "// above\n");
  CHECK(client.wire.call("codeAction/resolve", deferred)["error"]["code"] == -32801);
  CHECK(client.wire.call("codeAction/resolve", {{"title", "x"}, {"data", 7}})["error"]["code"] == -32602);
}

TEST_CASE("wire: a client without code action literals gets no refactoring", "[lsp]") {
  refract::test::lsp::Client client(kSchema, Json::object());
  CHECK(titles(client, {{"only", {"refactor"}}}).empty());
}
