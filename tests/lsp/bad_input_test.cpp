// Clients that are late, careless or silent: the server answers and lives on.

#include <filesystem>

#include "lsp/client.h"

using refract::test::Json;
using refract::test::lsp::Client;

namespace {

constexpr std::string_view kSchema =
    "datasource db {\n  pr<above/>ovider = \"postgresql\"\n}\n\n"
    "model <user>User</user> {\n  id   Int @id\n  name<below/> <type>String</type>\n}\n";

// The text that the server has, as its formatter sees it: nothing is to be done where it is formatted.
Json formatted(Client& client) {
  return client.result("textDocument/formatting", {{"textDocument", {{"uri", client.uri}}},
                                                   {"options", {{"tabSize", 2}, {"insertSpaces", true}}}});
}

Json symbols(Client& client) {
  return client.result("textDocument/documentSymbol", {{"textDocument", {{"uri", client.uri}}}});
}

bool has_symbol(Client& client, const std::string& name) {
  for (const Json& symbol : symbols(client)) {
    if (symbol["name"] == name) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("bad input: a file that is deleted while it is open stays as the editor has it", "[lsp]") {
  Client client(kSchema);
  std::filesystem::remove(client.folder / "prisma/schema.prisma");
  client.changed_on_disk("prisma/schema.prisma", 3);
  CHECK(has_symbol(client, "User"));
  client.change("type", "Strng");
  CHECK(client.diagnostics()["diagnostics"].size() == 1);
  client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", client.uri}}}});
  CHECK(client.diagnostics()["diagnostics"].empty());
}

TEST_CASE("bad input: a file that is replaced while it is open counts when it is closed", "[lsp]") {
  Client client(kSchema);
  client.folder.write("prisma/schema.prisma", "model Other {\n  id Int @id\n}\n");
  client.changed_on_disk("prisma/schema.prisma");
  CHECK(has_symbol(client, "User"));
  client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", client.uri}}}});
  const Json closed = client.wire.call("textDocument/diagnostic", {{"textDocument", {{"uri", client.uri}}}});
  CHECK(closed["result"]["kind"] == "full");
  client.wire.notify("textDocument/didOpen", {{"textDocument",
                                               {{"uri", client.uri},
                                                {"languageId", "prisma"},
                                                {"version", 1},
                                                {"text", client.folder.read("prisma/schema.prisma")}}}});
  CHECK(has_symbol(client, "Other"));
  CHECK_FALSE(has_symbol(client, "User"));
}

TEST_CASE("bad input: edits outside of the document are clamped to it", "[lsp]") {
  Client client(kSchema);
  const auto send = [&](Json begin, Json end, const char* text, int version) {
    const Json range{{"start", std::move(begin)}, {"end", std::move(end)}};
    client.send_changes(Json::array({Json{{"range", range}, {"text", text}}}), version);
  };
  send({{"line", 5000}, {"character", 9}}, {{"line", 9000}, {"character", 9}}, "\nmodel Last {\n  id Int @id\n}\n", 2);
  CHECK(has_symbol(client, "Last"));
  const Json name = client.document.position("user");
  send(name, {{"line", name["line"]}, {"character", 100000}}, "Person {", 3);
  CHECK(has_symbol(client, "Person"));
  // An end before its start is an empty range.
  send(client.document.position("below"), client.document.position("above"), "d", 4);
  CHECK(has_symbol(client, "Person"));
  CHECK(client.result("textDocument/hover", client.at_outside()).is_null());
}

TEST_CASE("bad input: edits of one message may overlap, each counts in the text of the one before", "[lsp]") {
  Client client(kSchema);
  const Json first = client.document.replace("user", "<p>P</p>e<rs>rs</rs>");
  const Json second = client.document.replace("rs", "rson");
  const Json third = client.document.replace("p", "P");
  client.send_changes(Json::array({first, second, third}), 2);
  CHECK(has_symbol(client, "Person"));
  // The whole text, and then an edit in it.
  refract::test::MarkedDocument whole("model <a>A</a> {\n  id Int @id\n}\n");
  const Json all{{"text", whole.text()}};
  client.send_changes(Json::array({all, whole.replace("a", "B")}), 3);
  CHECK(has_symbol(client, "B"));
  CHECK(symbols(client).size() == 2);  // the model and its field
  CHECK(formatted(client).empty());
}

TEST_CASE("bad input: edits count in the order they come, whatever their versions say", "[lsp]") {
  Client client(kSchema);
  client.send_changes(Json::array({client.document.replace("user", "Second")}), 9);
  CHECK(client.diagnostics()["version"] == 9);
  client.send_changes(Json::array({client.document.replace("user", "Third")}), 3);
  CHECK(client.diagnostics()["version"] == 3);
  CHECK(has_symbol(client, "Third"));
  // Of a document that was never opened.
  client.wire.notify("textDocument/didChange", {{"textDocument", {{"uri", "file:///never.prisma"}, {"version", 1}}},
                                                {"contentChanges", Json::array({Json{{"text", "model"}}})}});
  // Opened twice: the later text counts.
  client.wire.notify("textDocument/didOpen", {{"textDocument",
                                               {{"uri", client.uri},
                                                {"languageId", "prisma"},
                                                {"version", 1},
                                                {"text", "model Again {\n  id Int @id\n}\n"}}}});
  CHECK(has_symbol(client, "Again"));
}

TEST_CASE("bad input: a client that answers nothing the server asks is served and let go", "[lsp]") {
  Client client(kSchema, {{"workspace",
                           {{"configuration", true},
                            {"didChangeWatchedFiles", {{"dynamicRegistration", true}}},
                            {"codeLens", {{"refreshSupport", true}}},
                            {"inlayHint", {{"refreshSupport", true}}},
                            {"diagnostics", {{"refreshSupport", true}}}}},
                          {"window", {{"workDoneProgress", true}, {"showDocument", {{"support", true}}}}}});
  CHECK(has_symbol(client, "User"));
  client.wire.notify("workspace/didChangeConfiguration", {{"settings", nullptr}});
  CHECK(client.run("refract.migration.generate", {{"uri", client.uri}, {"name", "init"}}).contains("result"));
  for (int edit = 0; edit < 28; ++edit) client.change("user", edit % 2 == 0 ? "Abcd" : "User");
  CHECK(has_symbol(client, "User"));
  CHECK(client.wire.call("shutdown").contains("result"));
  client.wire.notify("exit");
  CHECK(client.process.wait() == 0);
}

TEST_CASE("bad input: text nested to any depth, schemas, migrations and messages", "[lsp]") {
  constexpr std::size_t kDeep = 100'000;
  const auto repeated = [](std::string_view piece) {
    std::string text;
    for (std::size_t i = 0; i < kDeep; ++i) text += piece;
    return text;
  };
  Client client(kSchema);
  const auto write_here = [&](const std::string& text) {
    client.change("below", "\n  x Int @default(" + text);
    CHECK_FALSE(client.diagnostics()["diagnostics"].empty());
    CHECK(formatted(client).is_array());
    CHECK(has_symbol(client, "User"));
  };
  write_here(repeated("["));
  write_here(repeated("f("));
  write_here(repeated("[") + repeated("]") + ")");

  const std::string sql = "file://" + (client.folder / "prisma/migrations/1_a/migration.sql").string();
  int version = 0;
  for (const std::string& text :
       {"SELECT " + repeated("("), "SELECT 1" + repeated("+1") + ";", "SELECT 1" + repeated(" UNION SELECT 1") + ";",
        "DO $$ BEGIN " + repeated("IF true THEN ") + "END $$;"}) {
    client.wire.notify(
        "textDocument/didOpen",
        {{"textDocument", {{"uri", sql}, {"languageId", "sql"}, {"version", ++version}, {"text", text}}}});
    CHECK(client.result("textDocument/foldingRange", {{"textDocument", {{"uri", sql}}}}).is_array());
    client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", sql}}}});
  }

  const std::string deep = R"({"jsonrpc":"2.0","method":"x","params":)" + repeated("[") + repeated("]") + "}";
  client.wire.send_raw("Content-Length: " + std::to_string(deep.size()) + "\r\n\r\n" + deep);
  CHECK(client.wire.receive()["error"]["code"] == -32700);
  CHECK(has_symbol(client, "User"));
}
