// textDocument/documentSymbol after edits: what is kept of an earlier answer is what a new server answers.

#include "lsp/client.h"

using refract::test::Json;
using refract::test::lsp::Client;

namespace {

constexpr std::string_view kSchema =
    "datasource db {\n  provider = \"postgresql\"\n}\n\n<top/>model User {\n  id   Int @id\n<field/>  name "
    "<type>String</type>\n}\n"
    "<between/>enum Role {\n  A @map(\"{\\\"line\\\":3\")\n}\n\nmodel Post {\n  id Int @id<end/>\n}\n<last/>";

Json symbols(Client& client) {
  return client.result("textDocument/documentSymbol", {{"textDocument", {{"uri", client.uri}}}});
}

// The same text, opened by a server that knows nothing else.
void check_like_new(Client& client, const Json& capabilities) {
  Client other(client.document.text(), capabilities);
  const Json expected = symbols(other);
  Json found = symbols(client);
  // Of the flat form; the folders differ.
  for (Json& symbol : found) {
    if (symbol.contains("location")) symbol["location"]["uri"] = other.uri;
  }
  CHECK_FALSE(found.empty());
  CHECK(found == expected);
}

}  // namespace

TEST_CASE("symbols: after edits as of a new server, with and without a hierarchy", "[lsp]") {
  for (const bool hierarchical : {true, false}) {
    CAPTURE(hierarchical);
    const Json capabilities = {
        {"textDocument", {{"documentSymbol", {{"hierarchicalDocumentSymbolSupport", hierarchical}}}}}};
    Client client(kSchema, capabilities);
    const auto edit = [&](std::string_view mark, std::string_view text) {
      client.change(mark, text);
      check_like_new(client, capabilities);
    };
    check_like_new(client, capabilities);
    edit("type", "Int");
    edit("field", "  // one\n  more Role\n");
    edit("top", "\n\n/// about é\n");
    edit("between", "\nmodel A {\n  id Int @id\n}  ");  // what follows begins within a line
    edit("last", "\nmodel B {\n  id Int @id\n");        // and has no end yet
    edit("end", " @map(\"\xF0\x9F\x98\x80\") @unique");
  }
}

TEST_CASE("symbols: of a document that is closed and opened again", "[lsp]") {
  Client client(kSchema);
  const Json before = symbols(client);
  client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", client.uri}}}});
  client.wire.notify("textDocument/didOpen", {{"textDocument",
                                               {{"uri", client.uri},
                                                {"languageId", "prisma"},
                                                {"version", 1},
                                                {"text", "model Other {\n  id Int @id\n}\n"}}}});
  const Json after = symbols(client);
  CHECK(before != after);
  CHECK(after.at(0)["name"] == "Other");
}
