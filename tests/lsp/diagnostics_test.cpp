// What a client is told of a schema it opens: diagnostics with all that belongs to them, a version, another language.

#include <chrono>

#include "support/catch.h"
#include "support/marked_document.h"
#include "support/temporary_folder.h"
#include "support/wire_client.h"

using refract::test::Json;
using refract::test::MarkedDocument;
using refract::test::Process;
using refract::test::TemporaryFolder;
using refract::test::WireClient;

namespace {

constexpr const char* kPublish = "textDocument/publishDiagnostics";

// A server with one document open.
struct Editor {
  explicit Editor(const std::string& text, const std::string& name = "schema.prisma")
      : process({REFRACT_PROGRAM, "lsp"}), wire(process.input(), process.output()) {
    uri = "file://" + (folder / name).string();
    const Json capabilities{{"textDocument",
                             {{"publishDiagnostics", {{"relatedInformation", true}}},
                              {"documentSymbol", {{"hierarchicalDocumentSymbolSupport", true}}}}}};
    wire.initialize({{"processId", nullptr}, {"rootUri", nullptr}, {"capabilities", capabilities}});
    open(text);
  }

  void open(const std::string& text) {
    wire.notify("textDocument/didOpen",
                {{"textDocument", {{"uri", uri}, {"languageId", "prisma"}, {"version", 1}, {"text", text}}}});
  }
  void type(const std::string& text) {
    wire.notify("textDocument/didChange", {{"textDocument", {{"uri", uri}, {"version", ++version}}},
                                           {"contentChanges", Json::array({Json{{"text", text}}})}});
  }
  // The params of the next message with this method.
  Json next(const std::string& method) {
    for (;;) {
      const Json message = wire.receive();
      REQUIRE_FALSE(message.is_null());
      if (message.value("method", "") == "window/showMessage") messages.push_back(message["params"]["message"]);
      if (message.value("method", "") == method) return message["params"];
    }
  }
  Json diagnostics() { return next(kPublish)["diagnostics"]; }

  TemporaryFolder folder;
  Process process;
  WireClient wire;
  std::string uri;
  int version = 1;
  std::vector<std::string> messages;
};

constexpr const char* kDatasource = "datasource db {\n  provider = \"postgresql\"\n}\n\n";

}  // namespace

TEST_CASE("diagnostics: each leads to its page, to related places, and carries facts and fixes", "[lsp]") {
  const MarkedDocument text(std::string(kDatasource) +
                            "model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], "
                            "references: [id])\n}\n\n<user/>model User {\n  id Int @id\n}\n");
  Editor editor(text.text());
  const Json found = editor.diagnostics();
  REQUIRE(found.size() == 1);
  CHECK(found[0]["code"] == "relation-without-opposite");
  const std::string page = found[0]["codeDescription"]["href"];
  CHECK(page.starts_with("file:///"));
  CHECK(page.ends_with("/relation-without-opposite.md"));
  CHECK(std::filesystem::exists(page.substr(std::string("file://").size())));
  REQUIRE(found[0]["relatedInformation"].size() == 1);
  CHECK(found[0]["relatedInformation"][0]["location"]["uri"] == editor.uri);
  CHECK(found[0]["relatedInformation"][0]["location"]["range"]["start"]["line"] == text.position("user")["line"]);
  CHECK(found[0]["data"]["code"] == "relation-without-opposite");
  CHECK(found[0]["data"]["model"] == "Post");
  CHECK(found[0]["data"]["fixes"][0]["edit"]["changes"][editor.uri].size() == 1);
}

TEST_CASE("diagnostics: a syntax error in one block leaves those of the others", "[lsp]") {
  const std::string valid_block = "model B {\n  a Int\n}\n";
  Editor editor(std::string(kDatasource) + "model A {\n  id Int @id\n}\n" + valid_block);
  REQUIRE(editor.diagnostics().size() == 1);
  editor.type(std::string(kDatasource) + "model A {\n  id Int @id\n  half typed line\n}\n" + valid_block);
  const Json found = editor.diagnostics();
  REQUIRE(found.size() == 2);
  CHECK(found[1]["code"] == "no-unique-criterion");
}

TEST_CASE("diagnostics: of ten thousand the first are shown, and that is said", "[lsp]") {
  std::string text = std::string(kDatasource) + "model A {\n  id Int @id\n";
  for (int i = 0; i < 10000; ++i) text += "  f" + std::to_string(i) + " Strin\n";
  Editor editor(text + "}\n");
  const Json found = editor.diagnostics();
  REQUIRE(found.size() == 1001);
  CHECK(found.back()["severity"] == 3);
  CHECK(found.back()["message"] == "9000 more diagnostics are not shown. Correct the ones above first.");
}

TEST_CASE("diagnostics: an edit is answered each time, for its document alone", "[lsp]") {
  Editor editor("model A {\n}\n");
  CHECK(editor.diagnostics().size() == 1);
  // Another schema, with diagnostics that stay as they are.
  const std::string other = "file://" + (editor.folder / "other/schema.prisma").string();
  editor.wire.notify(
      "textDocument/didOpen",
      {{"textDocument", {{"uri", other}, {"languageId", "prisma"}, {"version", 1}, {"text", "model B {\n}\n"}}}});
  const auto next = [&] {
    const Json params = editor.next(kPublish);
    return std::pair(params["uri"].get<std::string>(), params["diagnostics"].size());
  };
  CHECK(next() == std::pair(other, std::size_t{1}));
  for (const std::string text : {"model A {\n}\n", "model A {\n id Int @id\n}\n", "model A {\n  id Int @id\n}\n"}) {
    editor.type(text);
    CHECK(next() == std::pair(editor.uri, std::size_t{text.contains("id") ? 0U : 1U}));
  }
  // One that is gone keeps none, and the rest is not sent again.
  editor.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", other}}}});
  CHECK(next() == std::pair(other, std::size_t{0}));
  editor.type("model A {\n}\n");
  CHECK(next() == std::pair(editor.uri, std::size_t{1}));
}

TEST_CASE("another language: nothing is said about it, and that once", "[lsp]") {
  const MarkedDocument text("// use prisma-8\nen<name/>tity User { }\n");
  Editor editor(text.text());
  CHECK(editor.diagnostics().empty());
  REQUIRE(editor.messages.size() == 1);
  CHECK(editor.messages[0].find("prisma-8") != std::string::npos);
  editor.type("// use prisma-8\nentity User { name: text }\n");
  CHECK(editor.diagnostics().empty());
  const Json document{{"textDocument", {{"uri", editor.uri}}}};
  Json at = document;
  at["position"] = text.position("name");
  CHECK(editor.wire.call("textDocument/codeLens", document)["result"].empty());
  CHECK(editor.wire.call("textDocument/hover", at)["result"].is_null());
  CHECK(editor.wire.call("textDocument/completion", at)["result"]["items"].empty());
  Json formatting = document;
  formatting["options"] = {{"tabSize", 2}, {"insertSpaces", true}};
  CHECK(editor.wire.call("textDocument/formatting", formatting)["result"].empty());
  CHECK(editor.wire
            .call("workspace/executeCommand",
                  {{"command", "refract.migration.preview"}, {"arguments", {{{"uri", editor.uri}}}}})
            .contains("error"));
  CHECK(editor.messages.size() == 1);
  editor.type("model A {\n}\n");
  CHECK_FALSE(editor.diagnostics().empty());
}

TEST_CASE("bad input: the server lives through NUL bytes, deep nesting and text that is not UTF-8", "[lsp]") {
  Editor editor(std::string(kDatasource) + "model A {\n  id Int @id\n  s" + std::string(1, '\0') + " String\n}\n");
  CHECK_FALSE(editor.diagnostics().empty());
  editor.type(std::string(kDatasource) + "model A {\n  id Int @id @default(" + std::string(20000, '[') +
              std::string(20000, ']') + ")\n}\n");
  CHECK_FALSE(editor.diagnostics().empty());
  editor.type(std::string(20000, '{'));
  CHECK_FALSE(editor.diagnostics().empty());

  const std::string broken = R"({"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":")" +
                             editor.uri + R"(","version":9},"contentChanges":[{"text":"model )" + "\xFF\xC3" +
                             R"( {\n}"}]}})";
  editor.wire.send_raw("Content-Length: " + std::to_string(broken.size()) + "\r\n\r\n" + broken);
  // A file beside it that is none.
  editor.folder.write("other.prisma", "model B {\n  id Int @id // \xFF\n}\n");
  editor.wire.notify("workspace/didChangeWatchedFiles",
                     {{"changes", {{{"uri", "file://" + (editor.folder / "other.prisma").string()}, {"type", 1}}}}});
  editor.type(std::string(kDatasource) + "model A {\n  id Int @id\n}\n");
  Json found;
  do {
    found = editor.diagnostics();
  } while (!found.empty());
  CHECK(editor.wire.call("textDocument/documentSymbol", {{"textDocument", {{"uri", editor.uri}}}})["result"].size() ==
        2);
}

TEST_CASE("bad input: ten thousand models are analysed, and a key stroke in them stays quick", "[lsp]") {
  std::string fixture = std::string(kDatasource) + "model First {\n  id I<type/>nt @id\n}\n\n";
  for (int i = 0; i < 10000; ++i) fixture += "model M" + std::to_string(i) + " {\n  id Int @id\n}\n\n";
  MarkedDocument text(fixture);
  Editor editor(text.text());
  CHECK(editor.diagnostics().empty());
  const auto begin = std::chrono::steady_clock::now();
  editor.wire.notify("textDocument/didChange", {{"textDocument", {{"uri", editor.uri}, {"version", 2}}},
                                                {"contentChanges", Json::array({text.replace("type", "x")})}});
  CHECK(editor.diagnostics().size() == 1);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("what PostgreSQL rejects is a warning on the line that causes it, which comes and goes with an edit",
          "[lsp]") {
  const std::string head = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\n";
  const auto text = [&](const std::string& native) {
    return head + "model U {\n  id String @id @db.Uuid\n  ps P[]\n}\n\nmodel P {\n  id  Int @id\n  uId String" +
           native + "\n  u   U @relation(fields: [uId], references: [id])\n}\n";
  };
  Editor editor(text(" @db.Uuid"));
  CHECK(editor.diagnostics().empty());
  const auto until = [&](std::size_t count) {
    Json found = editor.diagnostics();
    while (found.size() != count) found = editor.diagnostics();
    return found;
  };
  editor.type(text(""));
  const Json found = until(1);
  CHECK(found[0]["severity"] == 2);
  CHECK(found[0]["code"] == "rejected-by-database");
  CHECK(found[0]["range"]["start"]["line"] == 13);
  editor.type(text(" @db.Uuid"));
  CHECK(until(0).empty());
}
