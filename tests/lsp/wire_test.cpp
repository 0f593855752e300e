// The real program over real pipes: what a client sees. What each feature answers is tested below the wire.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "lsp/client.h"

using refract::test::Json;

namespace {

constexpr std::string_view kSchema =
    "<top/>datasource db {\n  provider = \"postgresql\"\n  url      = env(\"<variable/>DATABASE_URL\")\n}\n\n"
    "/// 😀 <comment/>comes before the names\n"
    "model <user>User</user> {\n<line>  id<gap>    </gap>Int    @id\n</line><email/>  email <type>String</type> "
    "@unique "
    "// 😀 <end/>\n<close/>}\n";

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

TEST_CASE("wire: each documentation is in the format that the client declares for it", "[lsp]") {
  const auto kinds = [](Json document) {
    refract::test::lsp::Client client(
        "datasource db {\n  provider = \"postgresql\"\n}\nmodel <user>User</user> {\n  id Int @id\n  at DateTime "
        "@<attribute/>default(dbgenerated(<argument/>))\n}\n",
        {{"textDocument", std::move(document)}});
    std::vector<std::string> found{client.result("textDocument/hover", client.at("user"))["contents"]["kind"]};
    const Json list = client.result("textDocument/completion", client.at("attribute"));
    for (const Json& item : list["items"]) {
      if (found.size() == 1 && item.contains("documentation")) found.push_back(item["documentation"]["kind"]);
    }
    const Json help = client.result("textDocument/signatureHelp", client.at("argument"));
    found.push_back(help["signatures"][0]["documentation"]["kind"]);
    return found;
  };
  const Json markdown = Json::array({"markdown", "plaintext"}), plain = Json::array({"plaintext"});
  const auto declared = [](const Json& hover, const Json& item, const Json& signature) {
    return Json{{"hover", {{"contentFormat", hover}}},
                {"completion", {{"completionItem", {{"documentationFormat", item}}}}},
                {"signatureHelp", {{"signatureInformation", {{"documentationFormat", signature}}}}}};
  };
  using Kinds = std::vector<std::string>;
  CHECK(kinds(declared(markdown, plain, plain)) == Kinds{"markdown", "plaintext", "plaintext"});
  CHECK(kinds(declared(plain, markdown, plain)) == Kinds{"plaintext", "markdown", "plaintext"});
  CHECK(kinds(declared(plain, plain, markdown)) == Kinds{"plaintext", "plaintext", "markdown"});
  CHECK(kinds(Json{{"hover", {{"contentFormat", markdown}}}}) == Kinds{"markdown", "markdown", "markdown"});
  CHECK(kinds(Json::object()) == Kinds{"plaintext", "plaintext", "plaintext"});
}

TEST_CASE("wire: a completion reads no file: the names of .env are those of the last change reported", "[lsp]") {
  refract::test::lsp::Client client(
      "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"<variable/>\")\n}\n",
      {{"workspace", {{"didChangeWatchedFiles", {{"dynamicRegistration", true}}}}}}, nullptr,
      [](const refract::test::TemporaryFolder& folder) { folder.write("prisma/.env", "FIRST_URL=1\n"); });
  const auto names = [&] {
    const Json list = client.result("textDocument/completion", client.at("variable"));
    std::vector<std::string> labels;
    for (const Json& item : list["items"]) labels.push_back(item["label"]);
    return labels;
  };
  const auto offers = [&](const std::string& name) {
    const auto all = names();
    return std::ranges::find(all, name) != all.end();
  };
  CHECK(offers("FIRST_URL"));
  client.folder.write("prisma/.env", "OTHER_URL=1\n");
  CHECK(offers("FIRST_URL"));
  client.changed_on_disk("prisma/.env");
  CHECK(offers("OTHER_URL"));
  CHECK_FALSE(offers("FIRST_URL"));
}

TEST_CASE("wire: columns count in the encoding agreed on", "[lsp]") {
  const bool utf8 = GENERATE(false, true);
  Client client(utf8 ? Json{{"general", {{"positionEncodings", {"utf-8"}}}}} : Json::object());
  client.change("end", "\n  role <wrong>Rle</wrong>");
  const Json published = client.diagnostics();
  REQUIRE(published["diagnostics"].size() == 1);
  CHECK(published["version"] == 2);
  CHECK(published["diagnostics"][0]["range"] == client.range("wrong"));
}

TEST_CASE("wire: a diagnostic carries code, source and facts, and its fix resolves it", "[lsp]") {
  Client client(literal_actions());
  client.change("type", "Strng");
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
  CHECK(edits[0]["range"] == client.range("type"));
  client.change("type", edits[0]["newText"].get<std::string>());
  CHECK(client.diagnostics()["diagnostics"].empty());
}

TEST_CASE("wire: language requests answer", "[lsp]") {
  Client client;
  CHECK_FALSE(client.result("textDocument/completion", client.at("type"))["items"].empty());
  CHECK(client.result("textDocument/hover", client.at("user"))["contents"]["value"].get<std::string>().find("User") !=
        std::string::npos);
  CHECK(client.result("textDocument/hover", client.at("comment")).is_null());
  CHECK(client.result("textDocument/definition", client.at("user")).size() == 1);
  Json references = client.at("user");
  references["context"] = {{"includeDeclaration", true}};
  CHECK(client.result("textDocument/references", references).size() == 1);
  CHECK(client.result("textDocument/documentSymbol", {{"textDocument", {{"uri", client.uri}}}}).size() >= 2);
  Json rename = client.at("user");
  rename["newName"] = "Person";
  CHECK(client.result("textDocument/rename", rename)["changes"][client.uri].size() == 2);
  CHECK(client
            .result("textDocument/formatting",
                    {{"textDocument", {{"uri", client.uri}}}, {"options", {{"tabSize", 2}, {"insertSpaces", true}}}})
            .is_array());
}

TEST_CASE("wire: a range and a typed character are formatted, the latter not in a broken block", "[lsp]") {
  for (const bool utf8 : {false, true}) {
    Client client(utf8 ? Json{{"general", {{"positionEncodings", {"utf-8"}}}}} : Json::object());
    const Json on_type = client.initialized["result"]["capabilities"]["documentOnTypeFormattingProvider"];
    CHECK(on_type["firstTriggerCharacter"] == "}");
    CHECK(on_type["moreTriggerCharacter"] == Json::array({"\n"}));
    const Json options = {{"tabSize", 2}, {"insertSpaces", true}};
    // The columns of the first field are torn, and a line is typed after one with a wide character in it.
    client.change("gap", " ");
    client.change("close", "<torn>   <typed/></torn>\n");
    Json typed = client.at("typed");
    typed["ch"] = "\n";
    typed["options"] = options;
    const Json edits = client.result("textDocument/onTypeFormatting", typed);
    REQUIRE(edits.size() == 1);
    CHECK(edits[0]["range"] == client.range("line"));
    CHECK(edits[0]["newText"] == "  id    Int    @id\n");
    const Json range = {{"textDocument", {{"uri", client.uri}}}, {"range", client.range("torn")}, {"options", options}};
    CHECK(client.result("textDocument/rangeFormatting", range).size() == 1);
    client.change("torn", "  half @");
    CHECK(client.result("textDocument/onTypeFormatting", typed).empty());
  }
}

TEST_CASE("wire: what completion replaces is said once where the client takes that", "[lsp]") {
  Client plain;
  const Json each = plain.result("textDocument/completion", plain.at("type"));
  CHECK_FALSE(each.contains("itemDefaults"));
  Client modern(Json{
      {"textDocument",
       {{"completion",
         {{"completionItem", {{"snippetSupport", true}}}, {"completionList", {{"itemDefaults", {"editRange"}}}}}}}}});
  const Json shared = modern.result("textDocument/completion", modern.at("type"));
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
    client.changed_on_disk("prisma/.env");
    const auto labels = [&](Json at) {
      std::string joined;
      const Json list = client.result("textDocument/completion", std::move(at));
      for (const Json& item : list["items"]) joined += item["label"].get<std::string>() + " ";
      return joined;
    };
    CHECK(labels(client.at("variable")) == "FIRST_URL SECOND_URL ");
    client.folder.write("prisma/migrations/20260101000000_init/migration.sql",
                        "CREATE TABLE \"people\" (\"id\" INTEGER NOT NULL, \"e_mail\" TEXT NOT NULL);\n");
    client.changed_on_disk("prisma/migrations/20260101000000_init/migration.sql", 1);
    client.change("email", "  /* 😀 */ @@map(\"<mapped/>\")\n");
    // The migrations folder is read in the background.
    std::string found;
    for (int attempt = 0; attempt < 200 && found.empty(); ++attempt) {
      found = labels(client.at("mapped"));
      if (found.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    CHECK(found == "people ");
  }
}

TEST_CASE("wire: a rename that cannot be says why", "[lsp]") {
  Client client;
  Json rename = client.at("user");
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
  CHECK(client.result("textDocument/hover", client.at("user")).is_object());
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
  CHECK(lenses[0]["range"]["start"] == client.document.position("top"));
  CHECK(lenses[0]["command"]["title"].get<std::string>().starts_with("2 schema changes without a migration"));
  CHECK(lenses[0]["command"]["command"] == "refract.previewMigration");
  CHECK(lenses[1]["command"]["command"] == "refract.generateMigration");
  CHECK(lenses[2]["command"]["title"] == "Prisma 6, guessed: the datasource has a url");
}

TEST_CASE("wire: a schema with errors gets no migration", "[lsp]") {
  Client client;
  client.change("type", "Strng");
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
  client.change("type", "Strng");
  REQUIRE(client.diagnostics()["diagnostics"].size() == 1);
  client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", client.uri}}}});
  const Json closed = client.diagnostics();
  INFO(closed.dump());
  CHECK(closed["diagnostics"].empty());
  client.wire.call("shutdown");
  client.wire.notify("exit");
  CHECK(client.process.wait() == 0);
}
