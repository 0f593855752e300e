// The features that show a document and lead through it, through the wire: that each is offered, takes its params and
// answers in LSP's form. What it answers is tested below the wire.

#include <thread>

#include "lsp/client.h"

using refract::test::Json;
using refract::test::lsp::Client;
using refract::test::lsp::span;

namespace {

// Line numbers below count in this text.
constexpr std::string_view kSchema =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"   // 0-4
    "/// 😀\n/// Who writes.\n"                                                                  // 5-6
    "model User {\n  id    Int    @id\n  posts Post[] @relation(\"written\")\n}\n\n"            // 7-11
    "model Post {\n  id     Int  @id\n  by     User @relation(\"written\", fields: [userId], "  // 12-14
    "references: [id], onDelete: Cascade)\n  userId Int\n}\n";

struct Navigator : Client {
  explicit Navigator(Json capabilities = Json::object(), Json options = nullptr)
      : Client(kSchema, std::move(capabilities), std::move(options)) {}

  Json whole(const std::string& method) { return result(method, {{"textDocument", {{"uri", uri}}}}); }
  Json place(const std::string& method, int line, int character) { return result(method, at(line, character)); }
  // Asks until the migrations folder, which is read in the background, is known.
  Json lenses(const std::string& of) {
    Json lenses;
    for (int attempt = 0; attempt < 200 && lenses.empty(); ++attempt) {
      lenses = result("textDocument/codeLens", {{"textDocument", {{"uri", of}}}});
      if (lenses.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return lenses;
  }
};

}  // namespace

TEST_CASE("wire: places lead to other places", "[lsp]") {
  Navigator client;
  const Json offered = client.initialized["result"]["capabilities"];
  for (const char* provider :
       {"typeDefinitionProvider", "implementationProvider", "callHierarchyProvider", "workspaceSymbolProvider"}) {
    CHECK(offered[provider] == true);
  }
  CHECK(client.place("textDocument/typeDefinition", 14, 3)[0]["range"] == span(7, 6, 10));
  const Json ends = client.place("textDocument/implementation", 9, 3);
  REQUIRE(ends.size() == 2);
  CHECK(ends[0]["range"] == span(14, 2, 4));
  CHECK(ends[1]["range"] == span(9, 2, 7));
  const Json marks = client.place("textDocument/documentHighlight", 7, 7);
  REQUIRE(marks.size() == 2);
  CHECK(marks[0]["kind"] == 3);
  CHECK(marks[1]["kind"] == 2);
  const Json symbols = client.result("workspace/symbol", {{"query", "userid"}});
  REQUIRE(symbols.size() == 1);
  CHECK(symbols[0]["containerName"] == "Post");
}

TEST_CASE("wire: the relation graph as a call hierarchy", "[lsp]") {
  Navigator client;
  const Json items = client.place("textDocument/prepareCallHierarchy", 7, 7);
  REQUIRE(items.size() == 1);
  CHECK(items[0]["name"] == "User");
  const Json incoming = client.result("callHierarchy/incomingCalls", {{"item", items[0]}});
  REQUIRE(incoming.size() == 1);
  CHECK(incoming[0]["from"]["name"] == "Post");
  CHECK(incoming[0]["fromRanges"][0] == span(14, 2, 4));
  const Json outgoing = client.result("callHierarchy/outgoingCalls", {{"item", items[0]}});
  REQUIRE(outgoing.size() == 1);
  CHECK(outgoing[0]["to"]["name"] == "Post");
  CHECK(outgoing[0]["fromRanges"][0] == span(9, 2, 7));
}

TEST_CASE("wire: structure, selection, linked names, signatures", "[lsp]") {
  Navigator client;
  const Json folds = client.whole("textDocument/foldingRange");
  REQUIRE(folds.size() == 4);
  CHECK(folds[1] == Json{{"startLine", 5}, {"endLine", 6}, {"kind", "comment"}});
  const Json selections = client.result(
      "textDocument/selectionRange",
      {{"textDocument", {{"uri", client.uri}}}, {"positions", Json::array({Json{{"line", 7}, {"character", 7}}})}});
  REQUIRE(selections.size() == 1);
  CHECK(selections[0]["range"] == span(7, 6, 10));
  CHECK(selections[0]["parent"]["parent"].contains("range"));
  const Json linked = client.place("textDocument/linkedEditingRange", 9, 28);
  CHECK(linked["ranges"] == Json::array({span(9, 26, 33), span(14, 25, 32)}));
  CHECK(linked["wordPattern"].is_string());
  const Json help = client.place("textDocument/signatureHelp", 14, 45);
  CHECK(help["signatures"][0]["label"].get<std::string>().starts_with("@relation("));
  CHECK(help["activeParameter"] == 1);
}

TEST_CASE("wire: semantic tokens in full, as a difference, and of a range", "[lsp]") {
  const bool utf8 = GENERATE(false, true);
  Navigator client(utf8 ? Json{{"general", {{"positionEncodings", {"utf-8"}}}}} : Json::object());
  const Json legend = client.initialized["result"]["capabilities"]["semanticTokensProvider"]["legend"];
  CHECK(legend["tokenTypes"][0] == "keyword");
  const Json full = client.whole("textDocument/semanticTokens/full");
  CHECK(full["data"].size() % 5 == 0);
  CHECK(Json(std::vector<Json>(full["data"].begin(), full["data"].begin() + 5)) == Json({0, 0, 10, 0, 0}));

  // A difference leads from what the client had to what it would get in full.
  client.change(span(8, 2, 4), "😀\n  nr", 2);
  const Json delta = client.result("textDocument/semanticTokens/full/delta",
                                   {{"textDocument", {{"uri", client.uri}}}, {"previousResultId", full["resultId"]}});
  REQUIRE(delta["edits"].size() == 1);
  std::vector<Json> data = full["data"];
  const auto start = data.begin() + delta["edits"][0]["start"].get<int>();
  const auto after = data.erase(start, start + delta["edits"][0]["deleteCount"].get<int>());
  const Json inserted = delta["edits"][0]["data"];
  data.insert(after, inserted.begin(), inserted.end());
  const Json now = client.whole("textDocument/semanticTokens/full");
  CHECK(Json(data) == now["data"]);
  const Json unknown = client.result("textDocument/semanticTokens/full/delta",
                                     {{"textDocument", {{"uri", client.uri}}}, {"previousResultId", "none"}});
  CHECK(unknown["data"] == now["data"]);
  Json range{{"textDocument", {{"uri", client.uri}}}, {"range", span(0, 0, 5)}};
  CHECK(client.result("textDocument/semanticTokens/range", range)["data"].size() == 5);
}

TEST_CASE("wire: inlay hints, each kind by its setting", "[lsp]") {
  Navigator client(Json::object(), Json{{"inlayHints", {{"databaseType", false}, {"constraintName", true}}}});
  Json params{{"textDocument", {{"uri", client.uri}}}, {"range", span(12, 0, 0)}};
  params["range"]["end"] = {{"line", 17}, {"character", 0}};
  const auto labels = [&] {
    std::vector<std::string> labels;
    for (const Json& hint : client.result("textDocument/inlayHint", params))
      labels.push_back(hint["label"].get<std::string>());
    return labels;
  };
  CHECK(labels() == std::vector<std::string>{"Post_pkey", "onUpdate: Cascade", "Post_userId_fkey"});
  client.wire.notify("workspace/didChangeConfiguration",
                     {{"settings", {{"refract", {{"inlayHints", {{"referentialAction", false}}}}}}}});
  CHECK(labels() == std::vector<std::string>{": INTEGER", ": INTEGER"});
}

TEST_CASE("wire: links from env() to the line that sets it", "[lsp]") {
  Navigator client;
  client.folder.write("prisma/.env", "# secret\nDATABASE_URL=x\n");
  const Json links = client.whole("textDocument/documentLink");
  REQUIRE(links.size() == 1);
  CHECK(links[0]["range"] == span(2, 17, 31));
  CHECK(links[0]["target"].get<std::string>().ends_with("prisma/.env#L2"));
}

TEST_CASE("wire: lenses count references, unless they are switched off", "[lsp]") {
  const bool on = GENERATE(true, false);
  Navigator client(Json::object(),
                   Json{{"codeLens", {{"references", on}, {"pendingMigration", false}}}, {"clientCommands", true}});
  const Json lenses = client.whole("textDocument/codeLens");
  REQUIRE(lenses.size() == (on ? 2 : 0));
  if (!on) return;
  CHECK(lenses[0]["range"] == span(7, 6, 10));
  CHECK(lenses[0]["command"]["title"] == "1 reference");
  CHECK(lenses[0]["command"]["command"] == "refract.showReferences");
}

TEST_CASE("wire: a place outside of the document answers nothing", "[lsp]") {
  Navigator client;
  for (const char* method :
       {"textDocument/hover", "textDocument/definition", "textDocument/typeDefinition", "textDocument/implementation",
        "textDocument/prepareCallHierarchy", "textDocument/linkedEditingRange", "textDocument/signatureHelp"}) {
    INFO(method);
    CHECK(client.place(method, 1000, 0).is_null());
  }
  CHECK(client.place("textDocument/documentHighlight", 1000, 0).empty());
  CHECK(client.place("textDocument/completion", 1000, 0)["items"].empty());
}

TEST_CASE("wire: a migration tells what it does, and leads to the schema", "[lsp]") {
  Navigator client;
  const std::string sql =
      "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n"
      "DROP TABLE \"Old\";\n";
  client.folder.write("prisma/migrations/20260101000000_init/migration.sql", sql);
  const std::string uri = "file://" + (client.folder / "prisma/migrations/20260101000000_init/migration.sql").string();
  client.wire.notify("textDocument/didOpen",
                     {{"textDocument", {{"uri", uri}, {"languageId", "sql"}, {"version", 1}, {"text", sql}}}});
  client.wire.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", uri}, {"type", 1}}}}});
  const auto in_sql = [&](const char* method, int line, int character) {
    return client.result(method,
                         {{"textDocument", {{"uri", uri}}}, {"position", {{"line", line}, {"character", character}}}});
  };
  const Json table = in_sql("textDocument/definition", 0, 15);
  REQUIRE(table.size() == 1);
  CHECK(table[0]["uri"] == client.uri);
  CHECK(table[0]["range"] == span(7, 6, 10));
  CHECK(in_sql("textDocument/definition", 0, 23)[0]["range"] == span(8, 2, 4));
  const Json hover = in_sql("textDocument/hover", 0, 23);
  CHECK(hover["contents"]["value"].get<std::string>().find("INTEGER NOT NULL") != std::string::npos);
  CHECK(in_sql("textDocument/hover", 1, 2).is_null());
  CHECK(in_sql("textDocument/hover", 100, 2).is_null());

  const Json lenses = client.lenses(uri);
  REQUIRE(lenses.size() == 3);
  CHECK(lenses[0]["command"]["command"] == "refract.migration.verify");
  CHECK(lenses[1]["command"]["title"].get<std::string>().starts_with("Create table User"));
  CHECK(lenses[2]["range"]["start"]["line"] == 1);
  // What has nothing to say about SQL answers nothing, no error.
  CHECK(client.result("textDocument/foldingRange", {{"textDocument", {{"uri", uri}}}}).empty());
  CHECK(in_sql("textDocument/completion", 0, 0)["items"].empty());
  client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", uri}}}});
  CHECK(client.wire.call("textDocument/hover", {{"textDocument", {{"uri", uri}}},
                                                {"position", {{"line", 0}, {"character", 0}}}})["error"]["code"] ==
        -32602);
}

TEST_CASE("wire: hover tells which migration made a column", "[lsp]") {
  Navigator client;
  const Json written = client.run("refract.migration.generate", {{"uri", client.uri}, {"name", "first"}})["result"];
  std::string shown;
  for (int attempt = 0; attempt < 200 && shown.find("Created in") == std::string::npos; ++attempt) {
    shown = client.place("textDocument/hover", 15, 4)["contents"]["value"];
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(shown.find("_first`") != std::string::npos);
}
