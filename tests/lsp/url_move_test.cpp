// The fix for `url` in a schema of Prisma 7, which changes or creates prisma.config.ts.
#include "lsp/client.h"

using refract::test::Json;
using refract::test::TemporaryFolder;
using refract::test::lsp::Client;

namespace {

constexpr std::string_view kSchema =
    "datasource db {\n  provider = \"postgresql\"\n  <url/>url      = env(\"DATABASE_URL\")\n}\n";

Json capabilities(bool creates) {
  Json edit{{"documentChanges", true}};
  if (creates) edit["resourceOperations"] = {"create", "delete", "rename"};
  return {{"workspace", {{"workspaceEdit", edit}}},
          {"textDocument",
           {{"codeAction", {{"codeActionLiteralSupport", {{"codeActionKind", {{"valueSet", {"quickfix"}}}}}}}}}}};
}

void of_prisma_7(const TemporaryFolder& folder) {
  folder.write("package.json", R"({"devDependencies": {"prisma": "7.1.0"}})");
}

Json fixes(Client& client) {
  return client.result("textDocument/codeAction",
                       {{"textDocument", {{"uri", client.uri}}},
                        {"range", client.range("url")},
                        {"context", {{"diagnostics", Json::array()}, {"only", {"quickfix"}}}}});
}

}  // namespace

TEST_CASE("wire: the preferred fix moves the address into a new prisma.config.ts", "[lsp]") {
  Client client(kSchema, capabilities(true), nullptr, of_prisma_7);
  const Json found = fixes(client);
  REQUIRE(found.size() == 2);
  CHECK(found[0]["title"] == "Move the connection URLs to `prisma.config.ts`");
  CHECK(found[0]["isPreferred"] == true);
  CHECK(found[1]["title"] == "Remove `url`");
  CHECK_FALSE(found[1].contains("isPreferred"));
  const Json& changes = found[0]["edit"]["documentChanges"];
  REQUIRE(changes.size() == 3);
  CHECK(changes[0]["kind"] == "create");
  CHECK(changes[0]["uri"] == "file://" + (client.folder / "prisma.config.ts").string());
  CHECK(changes[1]["textDocument"]["uri"] == changes[0]["uri"]);
  CHECK(changes[1]["edits"][0]["newText"].get<std::string>().contains("url: env(\"DATABASE_URL\"),"));
  CHECK(changes[2]["textDocument"]["uri"] == client.uri);
}

TEST_CASE("wire: a client that cannot create files is not offered a new file", "[lsp]") {
  Client client(kSchema, capabilities(false), nullptr, of_prisma_7);
  const Json found = fixes(client);
  REQUIRE(found.size() == 1);
  CHECK(found[0]["title"] == "Remove `url`");
}

TEST_CASE("wire: a prisma.config.ts is completed, by any client", "[lsp]") {
  Client client(kSchema, capabilities(false), nullptr, [](const TemporaryFolder& folder) {
    of_prisma_7(folder);
    folder.write("prisma.config.ts",
                 "import { defineConfig } from \"prisma/config\";\n\nexport default defineConfig({\n});\n");
  });
  const Json found = fixes(client);
  REQUIRE(found.size() == 2);
  const Json& changes = found[0]["edit"]["documentChanges"];
  REQUIRE(changes.size() == 2);
  REQUIRE(changes[0]["edits"].size() == 2);
  CHECK(changes[0]["edits"][0]["newText"] == " env,");
  CHECK(changes[0]["edits"][0]["range"]["start"] == Json{{"line", 0}, {"character", 8}});
  CHECK(changes[0]["edits"][1]["newText"] == "\n  datasource: {\n    url: env(\"DATABASE_URL\"),\n  },");
  CHECK(changes[0]["edits"][1]["range"]["start"] == Json{{"line", 2}, {"character", 29}});
}
