// What `deploy` would run into, shown in an open migration.sql.

#include <thread>

#include "lsp/client.h"

using refract::test::Json;
using refract::test::lsp::Client;

namespace {

struct Script {
  refract::test::MarkedDocument sql;  // `at`: where the diagnostic begins
  std::string message;                // part of it; empty: nothing is wrong
};

const std::vector<Script>& scripts() {
  using Sql = refract::test::MarkedDocument;
  static const std::vector<Script> kScripts = {
      {Sql("CREATE TABLE a (id INT);\n"), ""},
      {Sql("CREATE TABLE a (id INT);\nCREATE INDEX CONCURRENTLY i ON a (id);\n"), ""},
      {Sql("SELECT 1;\n  <at/>\\echo done\n"), "psql"},
      {Sql("SELECT 1;\n<at/>BEGIN;\nSELECT 2;\n"), "transaction"},
      {Sql("BEGIN;\nCREATE TABLE a (id INT);\n<at/>VACUUM a;\nCOMMIT;\n"), "VACUUM"},
      {Sql("<at/>COPY a FROM STDIN;\n"), "COPY"},
      {Sql("SELECT '\xC3\xA4'; CREATE <at/>TABEL b (id INT);\n"), "TABEL"},
  };
  return kScripts;
}

void check(const Json& items, const Script& script) {
  INFO(script.sql.text() << items.dump(1));
  if (script.message.empty()) {
    CHECK(items.empty());
    return;
  }
  REQUIRE(items.size() == 1);
  CHECK(items[0]["message"].get<std::string>().find(script.message) != std::string::npos);
  CHECK(items[0]["range"]["start"] == script.sql.position("at"));
  CHECK(items[0]["severity"] == 1);
}

std::string open(Client& client, const std::string& name, const std::string& sql) {
  const std::string uri = "file://" + (client.folder / "prisma/migrations" / name / "migration.sql").string();
  client.wire.notify("textDocument/didOpen",
                     {{"textDocument", {{"uri", uri}, {"languageId", "sql"}, {"version", 1}, {"text", sql}}}});
  return uri;
}

}  // namespace

TEST_CASE("wire: an open migration.sql reports what deploy would run into", "[lsp]") {
  Client client(refract::test::lsp::kUserSchema);
  const auto pushed = [&](const std::string& uri) {
    for (;;) {
      const Json found = client.diagnostics();
      if (found["uri"] == uri) return found["diagnostics"];
    }
  };
  int number = 0;
  for (const Script& script : scripts()) {
    if (script.message.empty()) continue;
    const std::string uri = open(client, std::to_string(++number) + "_a", script.sql.text());
    check(pushed(uri), script);
    // Corrected, it says so; wrong again and closed, nothing is left.
    const auto write = [&](const std::string& text) {
      client.wire.notify("textDocument/didChange", {{"textDocument", {{"uri", uri}, {"version", 2}}},
                                                    {"contentChanges", Json::array({{{"text", text}}})}});
    };
    write("SELECT 1;");
    CHECK(pushed(uri).empty());
    write(script.sql.text());
    check(pushed(uri), script);
    client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", uri}}}});
    CHECK(pushed(uri).empty());
  }
}

TEST_CASE("wire: a client that asks gets the same for a migration.sql", "[lsp]") {
  Client client(refract::test::lsp::kUserSchema, {{"textDocument", {{"diagnostic", Json::object()}}}}, nullptr, {},
                false);
  int number = 0;
  for (const Script& script : scripts()) {
    const std::string uri = open(client, std::to_string(++number) + "_a", script.sql.text());
    const Json report = client.result("textDocument/diagnostic", {{"textDocument", {{"uri", uri}}}});
    check(report["items"], script);
    const Json again = client.result("textDocument/diagnostic",
                                     {{"textDocument", {{"uri", uri}}}, {"previousResultId", report["resultId"]}});
    CHECK(again["kind"] == "unchanged");
  }
  // SQL that is no migration of a schema is left alone.
  const std::string other = "file://" + (client.folder / "queries/migration.sql").string();
  client.wire.notify("textDocument/didOpen",
                     {{"textDocument", {{"uri", other}, {"languageId", "sql"}, {"version", 1}, {"text", "\\x"}}}});
  CHECK(client.result("textDocument/diagnostic", {{"textDocument", {{"uri", other}}}})["items"].empty());
}
