// Diagnostics that a client asks for (LSP 3.17 "Pull Diagnostics"), and what it is told by itself.

#include <filesystem>
#include <map>

#include "support/catch.h"
#include "support/marked_document.h"
#include "support/temporary_folder.h"
#include "support/wire_client.h"

using refract::test::Json;
using refract::test::Process;
using refract::test::TemporaryFolder;
using refract::test::WireClient;

namespace {

constexpr const char* kMain = "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n}\n";
// One diagnostic, after an emoji: the type is unknown.
const refract::test::MarkedDocument kMarkedPost(
    "model Post {\n  id Int @id\n  /* 😀 */ user <wrong>Usr</wrong>\n}\n<end/>");
const std::string& kPost = kMarkedPost.text();

Json pulling(bool utf8 = false, bool related = false, bool refresh = true) {
  Json capabilities{
      {"textDocument", {{"diagnostic", {{"relatedDocumentSupport", related}}}}},
      {"workspace",
       {{"diagnostics", {{"refreshSupport", refresh}}}, {"didChangeWatchedFiles", {{"dynamicRegistration", true}}}}}};
  if (utf8) capabilities["general"] = {{"positionEncodings", {"utf-8"}}};
  return capabilities;
}

// A server on a folder with a schema of two files, db/main.prisma and db/post.prisma; none is open.
struct Editor {
  explicit Editor(Json capabilities) : process({REFRACT_PROGRAM, "lsp"}), wire(process.input(), process.output()) {
    folder.write("package.json", R"({"prisma": {"schema": "db"}})");
    folder.write("db/main.prisma", kMain);
    folder.write("db/post.prisma", kPost);
    main = uri("db/main.prisma");
    post = uri("db/post.prisma");
    initialized = wire.initialize({{"processId", nullptr},
                                   {"rootUri", nullptr},
                                   {"workspaceFolders", Json::array({folder_of(".")})},
                                   {"capabilities", std::move(capabilities)}});
  }

  std::string uri(const std::string& name) const { return "file://" + (folder / name).string(); }
  Json folder_of(const std::string& name) const {
    return {{"uri", "file://" + (folder / name).lexically_normal().string()}, {"name", "root"}};
  }
  void open(const std::string& document, const std::string& text) {
    wire.notify("textDocument/didOpen",
                {{"textDocument", {{"uri", document}, {"languageId", "prisma"}, {"version", 1}, {"text", text}}}});
  }
  void type(const std::string& document, int version, const std::string& text) {
    wire.notify("textDocument/didChange", {{"textDocument", {{"uri", document}, {"version", version}}},
                                           {"contentChanges", Json::array({Json{{"text", text}}})}});
  }
  void changed_on_disk(const std::string& document, int type) {
    wire.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", document}, {"type", type}}}}});
  }
  Json pull(const std::string& document, const Json& previous = nullptr) {
    Json params{{"textDocument", {{"uri", document}}}, {"identifier", "refract"}};
    if (!previous.is_null()) params["previousResultId"] = previous;
    return wire.call("textDocument/diagnostic", params)["result"];
  }
  // The reports by URI. `held`: ids by URI.
  std::map<std::string, Json> pull_workspace(const std::map<std::string, std::string>& held = {}) {
    Json previous = Json::array();
    for (const auto& [of, id] : held) previous.push_back({{"uri", of}, {"value", id}});
    const Json answer = wire.call("workspace/diagnostic", {{"previousResultIds", previous}});
    std::map<std::string, Json> reports;
    for (const Json& report : answer["result"]["items"]) reports[report["uri"]] = report;
    return reports;
  }
  // The params of the next diagnostics that are pushed.
  Json pushed() {
    for (;;) {
      const Json message = wire.receive();
      REQUIRE_FALSE(message.is_null());
      if (message.value("method", "") == "textDocument/publishDiagnostics") return message["params"];
    }
  }
  // How many messages of a method came until the answer to a request that is sent now.
  int count(const std::string& method) {
    wire.call("workspace/symbol", {{"query", ""}});
    int found = 0;
    for (const Json& message : wire.take_skipped()) found += message.value("method", "") == method ? 1 : 0;
    return found;
  }

  TemporaryFolder folder;
  Process process;
  WireClient wire;
  std::string main;
  std::string post;
  Json initialized;
};

}  // namespace

TEST_CASE("pull: it is offered, and a client that asks is pushed nothing", "[lsp]") {
  Editor editor(pulling());
  const Json offered = editor.initialized["result"]["capabilities"]["diagnosticProvider"];
  CHECK(offered == Json{{"identifier", "refract"}, {"interFileDependencies", true}, {"workspaceDiagnostics", true}});
  editor.open(editor.main, kMain);
  editor.type(editor.main, 2, std::string(kMain) + "model Broken {\n}\n");
  const Json report = editor.pull(editor.main);
  CHECK(report["kind"] == "full");
  CHECK(report["items"].size() == 1);
  CHECK(report["items"][0]["source"] == "refract");
  CHECK(editor.count("textDocument/publishDiagnostics") == 0);
}

TEST_CASE("pull: who does not say that it asks is pushed to, and answered all the same", "[lsp]") {
  Editor editor(Json::object());
  editor.open(editor.main, kMain);
  CHECK(editor.pull(editor.post)["items"].size() == 1);
  CHECK(editor.count("textDocument/publishDiagnostics") == 2);
}

TEST_CASE("pull: a client that asks for open documents alone is pushed what is closed", "[lsp]") {
  Editor editor(pulling(false, false, false));
  editor.open(editor.main, kMain);
  const Json pushed = editor.pushed();
  CHECK(pushed["uri"] == editor.post);
  CHECK(pushed["diagnostics"].size() == 1);
  // Once it is open it is asked for, so that what was pushed goes.
  editor.open(editor.post, kPost);
  const Json cleared = editor.pushed();
  CHECK(cleared["uri"] == editor.post);
  CHECK(cleared["diagnostics"].empty());
  CHECK(editor.pull(editor.post)["items"].size() == 1);
}

TEST_CASE("pull: ranges count in the encoding agreed on, in open and in closed files", "[lsp]") {
  const bool utf8 = GENERATE(false, true);
  Editor editor(pulling(utf8));
  refract::test::MarkedDocument post = kMarkedPost;
  if (utf8) post.set_encoding(refract::text::Encoding::utf8);
  const Json expected = post.range("wrong");
  CHECK(editor.pull(editor.post)["items"][0]["range"] == expected);
  editor.open(editor.post, kPost);
  CHECK(editor.pull(editor.post)["items"][0]["range"] == expected);
  CHECK(editor.pull_workspace()[editor.post]["items"][0]["range"] == expected);
}

TEST_CASE("pull: what is unchanged is not sent again", "[lsp]") {
  Editor editor(pulling());
  editor.open(editor.main, kMain);
  const Json first = editor.pull(editor.main);
  CHECK(first["items"].empty());
  const Json second = editor.pull(editor.main, first["resultId"]);
  CHECK(second == Json{{"kind", "unchanged"}, {"resultId", first["resultId"]}});
  // Another text, and still nothing to say about it.
  editor.type(editor.main, 2, std::string(kMain) + "\n");
  CHECK(editor.pull(editor.main, first["resultId"])["kind"] == "unchanged");
  editor.type(editor.main, 3, std::string(kMain) + "model Broken {\n}\n");
  const Json third = editor.pull(editor.main, first["resultId"]);
  CHECK(third["items"].size() == 1);
  CHECK(editor.pull(editor.main, third["resultId"])["kind"] == "unchanged");
  // The same diagnostic in a new version of the text: the client may have moved what it shows.
  editor.type(editor.main, 4, std::string(kMain) + "model Broken {\n}\n");
  CHECK(editor.pull(editor.main, third["resultId"])["kind"] == "full");
}

TEST_CASE("pull: the other files of the schema come along when they changed", "[lsp]") {
  Editor editor(pulling(false, true));
  editor.open(editor.main, kMain);
  const Json first = editor.pull(editor.main);
  CHECK(first["items"].empty());
  CHECK(first["relatedDocuments"][editor.post]["items"].size() == 1);
  const Json second = editor.pull(editor.main, first["resultId"]);
  CHECK(second["kind"] == "unchanged");
  CHECK_FALSE(second.contains("relatedDocuments"));
  // The missing model: the diagnostic of the other file becomes another one.
  editor.type(editor.main, 2, std::string(kMain) + "model Usr {\n  id Int @id\n}\n");
  const Json third = editor.pull(editor.main, first["resultId"]);
  CHECK(third["kind"] == "unchanged");
  const Json related = third["relatedDocuments"][editor.post];
  REQUIRE(related["items"].size() == 1);
  CHECK(related["items"][0]["code"] != first["relatedDocuments"][editor.post]["items"][0]["code"]);
  // The id that came along serves for the file itself.
  CHECK(editor.pull(editor.post, related["resultId"])["kind"] == "unchanged");
}

TEST_CASE("pull: the workspace has closed files too, and what is deleted keeps nothing", "[lsp]") {
  Editor editor(pulling());
  auto reports = editor.pull_workspace();
  REQUIRE(reports.size() == 2);
  CHECK(reports[editor.main]["items"].empty());
  CHECK(reports[editor.main]["version"].is_null());
  CHECK(reports[editor.post]["items"].size() == 1);

  std::map<std::string, std::string> held;
  for (const auto& [uri, report] : reports) held[uri] = report["resultId"];
  reports = editor.pull_workspace(held);
  CHECK(reports[editor.main]["kind"] == "unchanged");
  CHECK(reports[editor.post]["kind"] == "unchanged");

  editor.open(editor.main, kMain);
  CHECK(editor.pull_workspace()[editor.main]["version"] == 1);

  std::filesystem::remove(editor.folder / "db/post.prisma");
  editor.changed_on_disk(editor.post, 3);
  reports = editor.pull_workspace(held);
  CHECK(reports[editor.post]["kind"] == "full");
  CHECK(reports[editor.post]["items"].empty());
  CHECK(editor.pull(editor.post)["items"].empty());
  CHECK(editor.pull_workspace().size() == 1);
}

TEST_CASE("pull: the client is asked to request again when another file's diagnostics changed", "[lsp]") {
  constexpr const char* kRefresh = "workspace/diagnostic/refresh";
  Editor editor(pulling());
  editor.open(editor.main, kMain);
  editor.count(kRefresh);
  editor.type(editor.main, 2, std::string(kMain) + "\nmodel Broken {\n}\n");
  CHECK(editor.count(kRefresh) == 0);
  editor.type(editor.main, 3, std::string(kMain) + "model Usr {\n  id Int @id\n}\n");
  CHECK(editor.count(kRefresh) == 1);
  editor.folder.write("db/post.prisma", "model Post {\n  id Int @id\n}\n");
  editor.changed_on_disk(editor.post, 2);
  CHECK(editor.count(kRefresh) == 1);
  CHECK(editor.pull(editor.post)["items"].empty());
}

TEST_CASE("pull: folders come and go", "[lsp]") {
  Editor editor(pulling());
  editor.folder.write("second/schema.prisma", "model Alone {\n}\n");
  const std::string second = editor.uri("second/schema.prisma");
  editor.folder.write("second/package.json", R"({"dependencies": {"prisma": "7.0.0"}})");
  const auto change = [&](Json added, Json removed) {
    editor.wire.notify("workspace/didChangeWorkspaceFolders",
                       {{"event", {{"added", std::move(added)}, {"removed", std::move(removed)}}}});
  };
  CHECK(editor.pull_workspace().size() == 2);
  change(Json::array({editor.folder_of("second")}), Json::array());
  auto reports = editor.pull_workspace();
  REQUIRE(reports.size() == 3);
  CHECK_FALSE(reports[second]["items"].empty());
  change(Json::array(), Json::array({editor.folder_of(".")}));
  reports = editor.pull_workspace({{editor.post, "1"}});
  REQUIRE(reports.size() == 2);
  CHECK(reports[editor.post]["items"].empty());
}

TEST_CASE("pull: an edit overtakes a request, which is to be sent again", "[lsp]") {
  Editor editor(pulling());
  std::string large = kMain;
  for (int i = 0; i < 3000; ++i) large += "model M" + std::to_string(i) + " {\n  id Int @id\n  other Missing\n}\n";
  editor.open(editor.main, large);
  const auto id = editor.wire.request("textDocument/diagnostic", {{"textDocument", {{"uri", editor.main}}}});
  const auto of_workspace = editor.wire.request("workspace/diagnostic", {{"previousResultIds", Json::array()}});
  editor.type(editor.main, 2, kMain);
  // The first may have been answered before the edit was read; what is answered is of one text or the other.
  for (int answered = 0; answered < 2;) {
    const Json answer = editor.wire.receive();
    REQUIRE_FALSE(answer.is_null());
    if (answer.contains("method") || !answer.contains("id") || (answer["id"] != id && answer["id"] != of_workspace))
      continue;
    ++answered;
    if (answer.contains("error")) {
      CHECK(answer["error"]["code"] == -32802);
      CHECK(answer["error"]["data"] == Json{{"retriggerRequest", true}});
    } else {
      CHECK(answer["result"].contains("items"));
    }
  }
  CHECK(editor.pull(editor.main)["items"].empty());
  const auto cancelled = editor.wire.request("textDocument/diagnostic", {{"textDocument", {{"uri", editor.main}}}});
  editor.wire.notify("$/cancelRequest", {{"id", cancelled}});
  const Json answer = editor.wire.answer(cancelled);
  CHECK((answer.contains("result") || answer["error"]["code"] == -32800));
}

TEST_CASE("pull: a document that no diagnostic is about has none", "[lsp]") {
  Editor editor(pulling());
  for (const std::string name : {"db/nowhere.prisma", "db/migrations/1/migration.sql", "package.json"}) {
    const Json report = editor.pull(editor.uri(name));
    CHECK(report["kind"] == "full");
    CHECK(report["items"].empty());
  }
  CHECK(editor.pull_workspace().size() == 2);
}

TEST_CASE("bad input: quick fixes asked for right after the opening, before anything was analysed", "[lsp]") {
  Editor editor(
      Json{{"textDocument",
            {{"codeAction", {{"codeActionLiteralSupport", {{"codeActionKind", {{"valueSet", Json::array()}}}}}}},
             {"diagnostic", Json::object()}}}});
  editor.open(editor.post, kPost);
  const Json actions = editor.wire.call("textDocument/codeAction", {{"textDocument", {{"uri", editor.post}}},
                                                                    {"range", kMarkedPost.range("wrong", "end")},
                                                                    {"context", {{"diagnostics", Json::array()}}}});
  REQUIRE(actions.contains("result"));
  CHECK_FALSE(actions["result"].empty());
}
