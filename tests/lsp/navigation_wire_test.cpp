// The features that show a document and lead through it, through the wire: that each is offered, takes its params and
// answers in LSP's form. What it answers is tested below the wire.

#include <thread>

#include "lsp/client.h"

using refract::test::Json;
using refract::test::lsp::Client;

namespace {

constexpr std::string_view kSchema =
    "<keyword>datasource</keyword> db {\n  provider = \"postgresql\"\n"
    "  url      = env(<variable>\"DATABASE_URL\"</variable>)\n}\n\n"
    "<comment>/// 😀\n/// Who writes.</comment>\n"
    "model <user>User</user> {\n  <id>id</id>    Int    @id\n"
    "  <posts>posts</posts> Post[] @relation(\"<written>written</written>\")\n}\n\n"
    "<post>model Post {\n  id     Int  @id\n"
    "  <by>by</by>     User @relation(\"<written-too>written</written-too>\", fields: [<in-fields/>userId], "
    "references: [id], onDelete: Cascade)\n  <user-id>userId</user-id> Int\n}\n</post>";

struct Navigator : Client {
  explicit Navigator(Json capabilities = Json::object(), Json options = nullptr)
      : Client(kSchema, std::move(capabilities), std::move(options)) {}

  Json whole(const std::string& method) { return result(method, Client::whole()); }
  Json place(const std::string& method, std::string_view mark) { return result(method, at(mark)); }
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
  CHECK(client.place("textDocument/typeDefinition", "by")[0]["range"] == client.range("user"));
  const Json ends = client.place("textDocument/implementation", "posts");
  REQUIRE(ends.size() == 2);
  CHECK(ends[0]["range"] == client.range("by"));
  CHECK(ends[1]["range"] == client.range("posts"));
  const Json marks = client.place("textDocument/documentHighlight", "user");
  REQUIRE(marks.size() == 2);
  CHECK(marks[0]["kind"] == 3);
  CHECK(marks[1]["kind"] == 2);
  const Json symbols = client.result("workspace/symbol", {{"query", "userid"}});
  REQUIRE(symbols.size() == 1);
  CHECK(symbols[0]["containerName"] == "Post");
}

TEST_CASE("wire: the relation graph as a call hierarchy", "[lsp]") {
  Navigator client;
  const Json items = client.place("textDocument/prepareCallHierarchy", "user");
  REQUIRE(items.size() == 1);
  CHECK(items[0]["name"] == "User");
  const Json incoming = client.result("callHierarchy/incomingCalls", {{"item", items[0]}});
  REQUIRE(incoming.size() == 1);
  CHECK(incoming[0]["from"]["name"] == "Post");
  CHECK(incoming[0]["fromRanges"][0] == client.range("by"));
  const Json outgoing = client.result("callHierarchy/outgoingCalls", {{"item", items[0]}});
  REQUIRE(outgoing.size() == 1);
  CHECK(outgoing[0]["to"]["name"] == "Post");
  CHECK(outgoing[0]["fromRanges"][0] == client.range("posts"));
}

TEST_CASE("wire: structure, selection, linked names, signatures", "[lsp]") {
  Navigator client;
  const Json folds = client.whole("textDocument/foldingRange");
  REQUIRE(folds.size() == 4);
  const Json comment = client.range("comment");
  CHECK(folds[1] ==
        Json{{"startLine", comment["start"]["line"]}, {"endLine", comment["end"]["line"]}, {"kind", "comment"}});
  const Json selections = client.result(
      "textDocument/selectionRange",
      {{"textDocument", {{"uri", client.uri}}}, {"positions", Json::array({client.document.position("user")})}});
  REQUIRE(selections.size() == 1);
  CHECK(selections[0]["range"] == client.range("user"));
  CHECK(selections[0]["parent"]["parent"].contains("range"));
  const Json linked = client.place("textDocument/linkedEditingRange", "written");
  CHECK(linked["ranges"] == Json::array({client.range("written"), client.range("written-too")}));
  CHECK(linked["wordPattern"].is_string());
  const Json help = client.place("textDocument/signatureHelp", "in-fields");
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
  client.change("id", "😀\n  nr");
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
  Json range{{"textDocument", {{"uri", client.uri}}}, {"range", client.range("keyword")}};
  CHECK(client.result("textDocument/semanticTokens/range", range)["data"].size() == 5);
}

TEST_CASE("wire: inlay hints, each kind by its setting", "[lsp]") {
  Navigator client(Json::object(), Json{{"inlayHints", {{"databaseType", false}, {"constraintName", true}}}});
  const Json params{{"textDocument", {{"uri", client.uri}}}, {"range", client.range("post")}};
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
  CHECK(links[0]["range"] == client.range("variable"));
  CHECK(links[0]["target"].get<std::string>().ends_with("prisma/.env#L2"));
}

TEST_CASE("wire: lenses count references, unless they are switched off", "[lsp]") {
  const bool on = GENERATE(true, false);
  Navigator client(Json::object(),
                   Json{{"codeLens", {{"references", on}, {"pendingMigration", false}}}, {"clientCommands", true}});
  const Json lenses = client.whole("textDocument/codeLens");
  REQUIRE(lenses.size() == (on ? 2 : 0));
  if (!on) return;
  CHECK(lenses[0]["range"] == client.range("user"));
  CHECK(lenses[0]["command"]["title"] == "1 reference");
  CHECK(lenses[0]["command"]["command"] == "refract.showReferences");
}

TEST_CASE("wire: a place outside of the document answers nothing", "[lsp]") {
  Navigator client;
  for (const char* method :
       {"textDocument/hover", "textDocument/definition", "textDocument/typeDefinition", "textDocument/implementation",
        "textDocument/prepareCallHierarchy", "textDocument/linkedEditingRange", "textDocument/signatureHelp"}) {
    INFO(method);
    CHECK(client.result(method, client.at_outside()).is_null());
  }
  CHECK(client.result("textDocument/documentHighlight", client.at_outside()).empty());
  CHECK(client.result("textDocument/completion", client.at_outside())["items"].empty());
}

TEST_CASE("wire: a migration tells what it does, and leads to the schema", "[lsp]") {
  Navigator client;
  const refract::test::MarkedDocument sql(
      "<create/>CREATE TABLE \"<table>User</table>\" (\"<column>id</column>\" INTEGER NOT NULL, CONSTRAINT "
      "\"User_pkey\" PRIMARY KEY (\"id\"));\n<drop>DROP</drop> TABLE \"Old\";\n");
  client.folder.write("prisma/migrations/20260101000000_init/migration.sql", sql.text());
  const std::string uri = "file://" + (client.folder / "prisma/migrations/20260101000000_init/migration.sql").string();
  client.wire.notify("textDocument/didOpen",
                     {{"textDocument", {{"uri", uri}, {"languageId", "sql"}, {"version", 1}, {"text", sql.text()}}}});
  client.changed_on_disk("prisma/migrations/20260101000000_init/migration.sql", 1);
  const auto at = [&](std::string_view mark) -> Json {
    return {{"textDocument", {{"uri", uri}}}, {"position", sql.position(mark)}};
  };
  const auto in_sql = [&](const char* method, std::string_view mark) { return client.result(method, at(mark)); };
  const Json table = in_sql("textDocument/definition", "table");
  REQUIRE(table.size() == 1);
  CHECK(table[0]["uri"] == client.uri);
  CHECK(table[0]["range"] == client.range("user"));
  CHECK(in_sql("textDocument/definition", "column")[0]["range"] == client.range("id"));
  const Json hover = in_sql("textDocument/hover", "column");
  CHECK(hover["contents"]["value"].get<std::string>().find("INTEGER NOT NULL") != std::string::npos);
  CHECK(in_sql("textDocument/hover", "drop").is_null());
  Json outside = client.at_outside();
  outside["textDocument"]["uri"] = uri;
  CHECK(client.result("textDocument/hover", outside).is_null());

  const Json lenses = client.lenses(uri);
  REQUIRE(lenses.size() == 3);
  CHECK(lenses[0]["command"]["command"] == "refract.migration.verify");
  CHECK(lenses[1]["command"]["title"].get<std::string>().starts_with("Create table User"));
  CHECK(lenses[2]["range"]["start"] == sql.position("drop"));
  // What has nothing to say about SQL answers nothing, no error.
  CHECK(client.result("textDocument/foldingRange", {{"textDocument", {{"uri", uri}}}}).empty());
  CHECK(in_sql("textDocument/completion", "create")["items"].empty());
  client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", uri}}}});
  CHECK(client.wire.call("textDocument/hover", at("create"))["error"]["code"] == -32602);
}

TEST_CASE("wire: hover tells which migration made a column", "[lsp]") {
  Navigator client;
  const Json written = client.run("refract.migration.generate", {{"uri", client.uri}, {"name", "first"}})["result"];
  std::string shown;
  for (int attempt = 0; attempt < 200 && shown.find("Created in") == std::string::npos; ++attempt) {
    shown = client.place("textDocument/hover", "user-id")["contents"]["value"];
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(shown.find("_first`") != std::string::npos);
}
