// The real program over real pipes: what a client sees. What each feature answers is tested below the wire.

#include <filesystem>
#include <fstream>
#include <thread>

#include "lsp/client.h"

using refract::test::Json;
using refract::test::lsp::span;

namespace {

constexpr std::string_view kSchema =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
    "/// 😀 comes before the names\n"
    "model User {\n  id    Int    @id\n  email String @unique // 😀 \n}\n";

struct Client : refract::test::lsp::Client {
  explicit Client(Json capabilities = Json::object(), Json options = nullptr)
      : refract::test::lsp::Client(kSchema, std::move(capabilities), std::move(options)) {}
};

Json literal_actions() {
  return {{"textDocument",
           {{"codeAction", {{"codeActionLiteralSupport", {{"codeActionKind", {{"valueSet", Json::array()}}}}}}}}}};
}

}  // namespace

TEST_CASE("wire: the client that knows UTF-8 gets UTF-8, any other UTF-16", "[lsp]") {
  CHECK(Client().initialized["result"]["capabilities"]["positionEncoding"] == "utf-16");
  Client utf8(Json{{"general", {{"positionEncodings", {"utf-16", "utf-8"}}}}});
  CHECK(utf8.initialized["result"]["capabilities"]["positionEncoding"] == "utf-8");
}

TEST_CASE("wire: columns count in the encoding agreed on", "[lsp]") {
  // After the comment's emoji: five UTF-16 units or seven bytes into "// 😀 ".
  const bool utf8 = GENERATE(false, true);
  Client client(utf8 ? Json{{"general", {{"positionEncodings", {"utf-8"}}}}} : Json::object());
  const int column = 23 + (utf8 ? 8 : 6);
  client.change(span(8, column, column), "\n  role Rle", 2);
  const Json published = client.diagnostics();
  REQUIRE(published["diagnostics"].size() == 1);
  CHECK(published["version"] == 2);
  CHECK(published["diagnostics"][0]["range"] == span(9, 7, 10));
}

TEST_CASE("wire: a diagnostic carries code, source and facts, and its fix resolves it", "[lsp]") {
  Client client(literal_actions());
  client.change(span(8, 8, 14), "Strng", 2);
  const Json found = client.diagnostics()["diagnostics"];
  REQUIRE(found.size() == 1);
  CHECK(found[0]["code"] == "unknown-type");
  CHECK(found[0]["severity"] == 1);
  CHECK(found[0]["data"]["fixes"].is_array());

  const Json actions =
      client.result("textDocument/codeAction", {{"textDocument", {{"uri", client.uri}}},
                                                {"range", found[0]["range"]},
                                                {"context", {{"diagnostics", found}, {"only", {"quickfix"}}}}});
  REQUIRE_FALSE(actions.empty());
  const Json edits = actions[0]["edit"]["changes"][client.uri];
  REQUIRE(edits.size() == 1);
  client.change(edits[0]["range"], edits[0]["newText"], 3);
  CHECK(client.diagnostics()["diagnostics"].empty());
}

TEST_CASE("wire: language requests answer", "[lsp]") {
  Client client;
  CHECK_FALSE(client.result("textDocument/completion", client.at(8, 8))["items"].empty());
  CHECK(client.result("textDocument/hover", client.at(6, 7))["contents"]["value"].get<std::string>().find("User") !=
        std::string::npos);
  CHECK(client.result("textDocument/hover", client.at(5, 2)).is_null());
  CHECK(client.result("textDocument/definition", client.at(6, 7)).size() == 1);
  Json references = client.at(6, 7);
  references["context"] = {{"includeDeclaration", true}};
  CHECK(client.result("textDocument/references", references).size() == 1);
  CHECK(client.result("textDocument/documentSymbol", {{"textDocument", {{"uri", client.uri}}}}).size() >= 2);
  Json rename = client.at(6, 7);
  rename["newName"] = "Person";
  CHECK(client.result("textDocument/rename", rename)["changes"][client.uri].size() == 2);
  CHECK(client
            .result("textDocument/formatting",
                    {{"textDocument", {{"uri", client.uri}}}, {"options", {{"tabSize", 2}, {"insertSpaces", true}}}})
            .is_array());
}

TEST_CASE("wire: a range and a typed character are formatted, a broken block is left alone", "[lsp]") {
  for (const bool utf8 : {false, true}) {
    Client client(utf8 ? Json{{"general", {{"positionEncodings", {"utf-8"}}}}} : Json::object());
    const Json on_type = client.initialized["result"]["capabilities"]["documentOnTypeFormattingProvider"];
    CHECK(on_type["firstTriggerCharacter"] == "}");
    CHECK(on_type["moreTriggerCharacter"] == Json::array({"\n"}));
    const Json options = {{"tabSize", 2}, {"insertSpaces", true}};
    // The columns of the first field are torn, and a line is typed after one with a wide character in it.
    client.change(span(7, 4, 8), " ", 2);
    client.change(span(9, 0, 0), "   \n", 3);
    Json typed = client.at(9, 3);
    typed["ch"] = "\n";
    typed["options"] = options;
    const Json edits = client.result("textDocument/onTypeFormatting", typed);
    REQUIRE(edits.size() == 1);
    CHECK(edits[0]["range"] ==
          Json{{"start", {{"line", 7}, {"character", 0}}}, {"end", {{"line", 8}, {"character", 0}}}});
    CHECK(edits[0]["newText"] == "  id    Int    @id\n");
    const Json range = {{"textDocument", {{"uri", client.uri}}}, {"range", span(9, 0, 1)}, {"options", options}};
    CHECK(client.result("textDocument/rangeFormatting", range).size() == 1);
    client.change(span(9, 0, 3), "  half @", 4);
    CHECK(client.result("textDocument/rangeFormatting", range).empty());
    CHECK(client.result("textDocument/onTypeFormatting", typed).empty());
    CHECK(client.result("textDocument/formatting", {{"textDocument", {{"uri", client.uri}}}, {"options", options}})
              .empty());
  }
}

TEST_CASE("wire: what completion replaces is said once where the client takes that", "[lsp]") {
  Client plain;
  const Json each = plain.result("textDocument/completion", plain.at(8, 8));
  CHECK_FALSE(each.contains("itemDefaults"));
  Client modern(Json{
      {"textDocument",
       {{"completion",
         {{"completionItem", {{"snippetSupport", true}}}, {"completionList", {{"itemDefaults", {"editRange"}}}}}}}}});
  const Json shared = modern.result("textDocument/completion", modern.at(8, 8));
  REQUIRE(shared["itemDefaults"]["editRange"].is_object());
  REQUIRE(shared["items"].size() == each["items"].size());
  for (std::size_t i = 0; i < each["items"].size(); ++i) {
    const Json& item = shared["items"][i];
    CHECK(item["label"] == each["items"][i]["label"]);
    CHECK_FALSE(item.contains("textEdit"));
    CHECK(shared["itemDefaults"]["editRange"] == each["items"][i]["textEdit"]["range"]);
    // Only a snippet inserts something else than its label here.
    CHECK(item.contains("textEditText") == (item["label"] == "Unsupported"));
    CHECK(item.contains("insertTextFormat") == (item["label"] == "Unsupported"));
  }
}

TEST_CASE("wire: names of .env and of the migrations are offered, after wide characters in either encoding", "[lsp]") {
  for (const bool utf8 : {false, true}) {
    Client client(utf8 ? Json{{"general", {{"positionEncodings", {"utf-8"}}}}} : Json::object());
    client.folder.write("prisma/.env", "FIRST_URL=1\nSECOND_URL=2\n");
    const auto labels = [&](Json at) {
      std::string joined;
      const Json list = client.result("textDocument/completion", std::move(at));
      for (const Json& item : list["items"]) joined += item["label"].get<std::string>() + " ";
      return joined;
    };
    CHECK(labels(client.at(2, 18)) == "FIRST_URL SECOND_URL ");
    client.folder.write("prisma/migrations/20260101000000_init/migration.sql",
                        "CREATE TABLE \"people\" (\"id\" INTEGER NOT NULL, \"e_mail\" TEXT NOT NULL);\n");
    client.wire.notify(
        "workspace/didChangeWatchedFiles",
        {{"changes",
          Json::array({Json{
              {"uri", "file://" + (client.folder / "prisma/migrations/20260101000000_init/migration.sql").string()},
              {"type", 1}}})}});
    client.change(span(8, 0, 0), "  /* 😀 */ @@map(\"\")\n", 2);
    // The migrations folder is read in the background.
    const int column = utf8 ? 20 : 18;
    std::string found;
    for (int attempt = 0; attempt < 200 && found.empty(); ++attempt) {
      found = labels(client.at(8, column));
      if (found.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    CHECK(found == "people ");
  }
}

TEST_CASE("wire: a rename that cannot be says why", "[lsp]") {
  Client client;
  Json rename = client.at(6, 7);
  rename["newName"] = "not a name";
  const Json answer = client.wire.call("textDocument/rename", rename);
  CHECK(answer["error"]["code"] == -32803);
  CHECK(answer["error"]["message"].get<std::string>().find("not a name") != std::string::npos);
}

TEST_CASE("wire: a document that is not open is an error, and the server lives on", "[lsp]") {
  Client client;
  const Json answer = client.wire.call("textDocument/hover", {{"textDocument", {{"uri", "file:///nowhere.prisma"}}},
                                                              {"position", {{"line", 0}, {"character", 0}}}});
  CHECK(answer["error"]["code"] == -32602);
  CHECK(client.result("textDocument/hover", client.at(6, 7)).is_object());
}

TEST_CASE("wire: the next migration is previewed, then written with its way back", "[lsp]") {
  Client client;
  const Json preview = client.run("refract.migration.preview", {{"uri", client.uri}})["result"];
  CHECK(preview["sql"].get<std::string>().find("CREATE TABLE \"User\"") != std::string::npos);
  CHECK(preview["steps"] == 2);

  const Json written =
      client.run("refract.migration.generate", {{"uri", client.uri}, {"name", "Add Users!"}})["result"];
  const std::filesystem::path folder = written["folder"].get<std::string>();
  CHECK(folder.filename().string().ends_with("_add_users"));
  CHECK(std::filesystem::exists(folder / "migration.sql"));
  CHECK(std::filesystem::exists(folder / "down.sql"));
  CHECK(std::filesystem::exists(folder.parent_path() / "migration_lock.toml"));

  const Json again = client.run("refract.migration.generate", {{"uri", client.uri}, {"name", "again"}});
  CHECK(again["error"]["message"].get<std::string>().find("nothing to migrate") != std::string::npos);
}

TEST_CASE("wire: the line over the datasource counts what waits", "[lsp]") {
  Client client(Json::object(), Json{{"clientCommands", true}});
  Json lenses;
  // The migrations folder is read in the background.
  for (int attempt = 0; attempt < 200 && lenses.size() < 2; ++attempt) {
    lenses = client.result("textDocument/codeLens", {{"textDocument", {{"uri", client.uri}}}});
    if (lenses.size() < 2) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  REQUIRE(lenses.size() == 3);
  CHECK(lenses[0]["range"]["start"]["line"] == 0);
  CHECK(lenses[0]["command"]["title"].get<std::string>().starts_with("2 schema changes without a migration"));
  CHECK(lenses[0]["command"]["command"] == "refract.previewMigration");
  CHECK(lenses[1]["command"]["command"] == "refract.generateMigration");
  CHECK(lenses[2]["command"]["title"] == "Prisma 6, guessed: the datasource has a url");
}

TEST_CASE("wire: a schema with errors gets no migration", "[lsp]") {
  Client client;
  client.change(span(8, 8, 14), "Strng", 2);
  client.diagnostics();
  const Json answer = client.run("refract.migration.preview", {{"uri", client.uri}});
  CHECK(answer["error"]["message"].get<std::string>().find("errors") != std::string::npos);
}

TEST_CASE("wire: an unknown command is refused, status answers", "[lsp]") {
  Client client;
  CHECK(client.run("refract.nonsense", nullptr)["error"]["code"] == -32602);
  const Json status = client.run("refract.status", nullptr)["result"];
  REQUIRE(status["schemas"].size() == 1);
  CHECK(status["schemas"][0]["prisma"] == 6);
}

TEST_CASE("wire: settings change the version in force, and the diagnostics with it", "[lsp]") {
  Client client;
  client.wire.notify("workspace/didChangeConfiguration",
                     {{"settings", {{"refract", {{"prisma", {{"version", "7"}}}}}}}});
  CHECK(client.diagnostics()["diagnostics"].size() == 1);
}

TEST_CASE("wire: closing a document takes its diagnostics away, and the server ends in order", "[lsp]") {
  Client client;
  client.change(span(8, 8, 14), "Strng", 2);
  REQUIRE(client.diagnostics()["diagnostics"].size() == 1);
  client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", client.uri}}}});
  CHECK(client.diagnostics()["diagnostics"].empty());
  client.wire.call("shutdown");
  client.wire.notify("exit");
  CHECK(client.process.wait() == 0);
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
TEST_CASE("wire: the server's heap is asked for in large pages", "[lsp]") {
  if (!std::filesystem::exists("/sys/kernel/mm/transparent_hugepage")) return;
  refract::test::lsp::Client client("model A {\n  id Int @id\n}\n");
  std::ifstream maps("/proc/" + std::to_string(client.process.pid()) + "/smaps");
  bool in_heap = false;
  bool advised = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find('-') < line.find(' ')) in_heap = line.ends_with("[heap]");
    if (in_heap && line.starts_with("VmFlags:")) advised = advised || line.contains(" hg");
  }
  CHECK(advised);
}
#endif
