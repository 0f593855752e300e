// Settings, of the client and of the project's refract.toml; and what the server tells of itself.

#include "lsp/client.h"

using refract::test::Json;
using refract::test::lsp::Client;

namespace {

std::string settings_uri(const Client& client) {
  return "file://" + (client.folder / "refract.toml").string();
}

// Writes refract.toml and tells the server of it.
void write_settings(Client& client, std::string_view text) {
  client.folder.write("refract.toml", text);
  client.changed_on_disk("refract.toml");
}

void configure(Client& client, const Json& settings) {
  client.wire.notify("workspace/didChangeConfiguration", {{"settings", {{"refract", settings}}}});
}

Json status(Client& client) {
  return client.result("refract/status", nullptr);
}

std::size_t hints(Client& client) {
  return client
      .result("textDocument/inlayHint",
              {{"textDocument", {{"uri", client.uri}}}, {"range", client.document.range("user", "end")}})
      .size();
}

}  // namespace

TEST_CASE("settings: refract.toml is read, beats the client, and counts at once when it changes", "[lsp]") {
  Client client(refract::test::lsp::kUserSchema);
  configure(client, {{"prisma", {{"version", "5"}}}, {"inlayHints", {{"databaseType", true}}}});
  CHECK(status(client)["schemas"][0]["prisma"] == 5);
  CHECK(hints(client) == 1);
  write_settings(client, "[prisma]\nversion = 7\n\n[inlayHints]\ndatabaseType = false\n");
  const Json seven = status(client)["schemas"][0];
  CHECK(seven["prisma"] == 7);
  CHECK(seven["prismaSource"].get<std::string>().find("refract.toml") != std::string::npos);
  CHECK(hints(client) == 0);
  write_settings(client, "[prisma]\nversion = \"6\"\n");
  CHECK(status(client)["schemas"][0]["prisma"] == 6);
  CHECK(hints(client) == 1);
  std::filesystem::remove(client.folder / "refract.toml");
  write_settings(client, "");
  CHECK(status(client)["schemas"][0]["prisma"] == 5);
}

TEST_CASE("settings: what is wrong in refract.toml is reported at its place, and goes when it is corrected", "[lsp]") {
  Client client(refract::test::lsp::kUserSchema);
  const refract::test::MarkedDocument wrong("# 😀\n[prisma]\n<wrong>vresion</wrong> = 7\n");
  write_settings(client, wrong.text());
  Json status_report;
  do {
    status_report = client.diagnostics();
  } while (status_report["uri"] != settings_uri(client));
  REQUIRE(status_report["diagnostics"].size() == 1);
  CHECK(status_report["diagnostics"][0]["range"] == wrong.range("wrong"));
  CHECK(status_report["diagnostics"][0]["message"] == "The setting `vresion` does not exist.\nDid you mean `version`?");
  write_settings(client, "[prisma]\nversion = 7\n");
  do {
    status_report = client.diagnostics();
  } while (status_report["uri"] != settings_uri(client));
  CHECK(status_report["diagnostics"].empty());
}

TEST_CASE("settings: null and wrong ones of the client are passed over, and refused once", "[lsp]") {
  Client client(refract::test::lsp::kUserSchema);
  const auto refusals = [&] {
    status(client);
    int count = 0;
    for (const Json& message : client.wire.take_skipped()) {
      count += message.value("method", "") == "window/showMessage" ? 1 : 0;
    }
    return count;
  };
  configure(client, nullptr);
  configure(client, {{"prisma", nullptr}, {"inlayHints", {{"databaseType", nullptr}}}});
  CHECK(refusals() == 0);
  const Json wrong{{"prisma", {{"version", "4"}}}, {"inlayHints", {{"databaseType", "yes"}}}, {"codeLens", 3}};
  configure(client, wrong);
  CHECK(refusals() == 2);
  configure(client, wrong);
  CHECK(refusals() == 0);
  configure(client, "all");
  configure(client, Json::array({1, 2}));
  CHECK(refusals() == 1);
  CHECK(hints(client) == 1);
}

TEST_CASE("status: the version in force and why, files, migrations, memory, timings", "[lsp]") {
  Client client(refract::test::lsp::kUserSchema);
  const Json status_report = status(client);
  CHECK(status_report["server"] == "refract");
  CHECK(status_report["openDocuments"] == 1);
  CHECK(status_report["memory"]["residentBytes"].get<std::size_t>() > 1000000);
  CHECK(status_report["memory"]["peakBytes"].get<std::size_t>() >=
        status_report["memory"]["residentBytes"].get<std::size_t>() / 2);
  CHECK(status_report["timings"]["lastAnalysisMilliseconds"].is_number());
  REQUIRE(status_report["schemas"].size() == 1);
  const Json schema = status_report["schemas"][0];
  CHECK(schema["files"].size() == 1);
  CHECK(schema["prisma"] == 6);
  CHECK(schema["prismaSource"] == "guessed: the datasource has a url");
  CHECK(schema.contains("migrationsFolder"));
  CHECK(client.run("refract.status", nullptr)["result"]["schemas"][0]["prisma"] == 6);
}

TEST_CASE("diagnostics: external tables and enums are hinted as such, on a whole block", "[lsp]") {
  const std::string schema =
      "datasource db {\n  provider = \"postgresql\"\n}\n\n<user/>model User {\n  id Int @id\n  r  Role\n\n  "
      "@@map(\"users\")\n}<end/>\n\nenum Role {\n  A\n}\n\nmodel Own {\n  id Int @id\n}\n";
  Client client(
      schema, Json::object(), nullptr,
      [](const refract::test::TemporaryFolder& folder) {
        folder.write("prisma.config.ts",
                     "import { defineConfig } from 'prisma/config'\nexport default defineConfig({ schema: "
                     "'prisma/schema.prisma', tables: { external: ['public.users'] }, enums: { external: "
                     "['public.Role'] } })\n");
      },
      false);
  const Json found = client.diagnostics()["diagnostics"];
  REQUIRE(found.size() == 2);
  for (const Json& hint : found) {
    CHECK(hint["severity"] == 4);
    CHECK(hint["tags"] == Json::array({1}));
  }
  CHECK(found[0]["range"] == client.document.range("user", "end"));
  CHECK(found[1]["message"].get<std::string>().find("enum `Role` is external") != std::string::npos);
}

TEST_CASE("settings: diagnostics are hidden as a whole or by code, and fixes stay", "[lsp]") {
  Client client(
      "model User {\n  id Int @id\n  name <type>Strng</type>\n}\n",
      {{"textDocument",
        {{"codeAction", {{"codeActionLiteralSupport", {{"codeActionKind", {{"valueSet", {"quickfix"}}}}}}}}}}});
  const auto counted = [&](const Json& settings) {
    configure(client, settings);
    for (;;) {
      const Json shown = client.diagnostics();
      if (shown["uri"] == client.uri) return shown["diagnostics"].size();
    }
  };
  CHECK(counted({{"diagnostics", {{"show", false}}}}) == 0);
  const Json actions = client.result("textDocument/codeAction", {{"textDocument", {{"uri", client.uri}}},
                                                                 {"range", client.document.range("type")},
                                                                 {"context", {{"diagnostics", Json::array()}}}});
  CHECK_FALSE(actions.empty());
  CHECK(counted({{"diagnostics", {{"show", true}}}}) == 1);
  CHECK(counted({{"diagnostics", {{"ignore", {"unknown-type"}}}}}) == 0);
  write_settings(client, "[diagnostics]\nignore = [\"unknwon-type\"]\n");
  Json found;
  do {
    found = client.diagnostics();
  } while (found["uri"] != settings_uri(client));
  REQUIRE(found["diagnostics"].size() == 1);
  CHECK(found["diagnostics"][0]["message"] == "The code `unknwon-type` does not exist.\nDid you mean `unknown-type`?");
}
