// Which files are part of a schema as they come and go, and how their URIs are written.
#include <filesystem>

#include "lsp/client.h"

using refract::test::Json;
using refract::test::TemporaryFolder;
using refract::test::lsp::Client;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kUser =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
    "model User {\n  id    Int    @id\n  posts <post/>Post[]\n}\n";
constexpr std::string_view kPost =
    "model Post {\n  id     Int  @id\n  userId Int\n  user   User @relation(fields: [userId], references: [id])\n}\n";

Json watching(bool watches) {
  return {{"workspace", {{"didChangeWatchedFiles", {{"dynamicRegistration", watches}}}}}};
}

void with_post(const TemporaryFolder& folder) {
  folder.write("package.json", R"({"prisma": {"schema": "prisma"}})");
  folder.write("prisma/posts/post.prisma", kPost);
}

// Where Post is declared; null: nowhere.
Json declaration(Client& client) {
  const Json found = client.result("textDocument/definition", client.at("post"));
  if (found.is_array()) return found.empty() ? Json() : found[0];
  return found;
}

void save(Client& client) {
  client.wire.notify("textDocument/didSave", {{"textDocument", {{"uri", client.uri}}}});
}

}  // namespace

TEST_CASE("wire: a folder that is deleted takes its files along", "[lsp]") {
  Client client(kUser, watching(true), nullptr, with_post);
  CHECK_FALSE(declaration(client).is_null());
  fs::remove_all(client.folder / "prisma/posts");
  client.changed_on_disk("prisma/posts", 3);
  CHECK(declaration(client).is_null());
}

TEST_CASE("wire: where the client watches nothing, the disk is looked at on save", "[lsp]") {
  Client client(kUser, watching(false), nullptr, with_post);
  CHECK_FALSE(declaration(client).is_null());
  fs::remove_all(client.folder / "prisma/posts");
  save(client);
  CHECK(declaration(client).is_null());
  client.folder.write("prisma/other/post.prisma", kPost);
  save(client);
  CHECK(declaration(client)["uri"] == "file://" + (client.folder / "prisma/other/post.prisma").string());
}

TEST_CASE("wire: the folders of a schema and its configuration are watched", "[lsp]") {
  Client client(kUser, watching(true), nullptr, with_post, false);
  std::string globs;
  // The folders are known when the schema is.
  client.wire.call("refract/status", Json::object());
  client.wire.call("refract/status", Json::object());
  for (const Json& message : client.wire.take_skipped()) {
    if (message.value("method", "") != "client/registerCapability") continue;
    for (const Json& one : message["params"]["registrations"]) {
      for (const Json& watcher : one["registerOptions"]["watchers"])
        globs += watcher["globPattern"].get<std::string>() + '\n';
    }
  }
  INFO(globs);
  CHECK(globs.contains("**/.config/prisma.*\n"));
  CHECK(globs.contains("**/pnpm-workspace.yaml\n"));
  CHECK(globs.contains("**/yarn.lock\n"));
  CHECK(globs.contains((client.folder / "prisma").string() + "/**\n"));
  CHECK(globs.contains((client.folder / "prisma").string() + '\n'));
}

TEST_CASE("wire: a version that is not supported is said once", "[lsp]") {
  Client client(
      kUser, Json::object(), nullptr,
      [](const TemporaryFolder& folder) {
        folder.write("package.json", R"({"devDependencies": {"prisma": "4.16.2"}})");
      },
      false);
  std::size_t shown = 0;
  for (int round = 0; round < 2; ++round) {
    save(client);
    client.wire.call("refract/status", Json::object());
    for (const Json& message : client.wire.take_skipped()) {
      if (message.value("method", "") != "window/showMessage") continue;
      ++shown;
      CHECK(message["params"]["type"] == 2);
      CHECK(message["params"]["message"].get<std::string>().starts_with("Prisma 4 (prisma 4.16.2 in package.json)"));
    }
  }
  CHECK(shown == 1);
}

TEST_CASE("wire: the client's URIs come back letter by letter", "[lsp]") {
  Client client(kUser, Json::object(), nullptr, with_post);
  const std::string path = (client.folder / "prisma/a@b+c.prisma").string();
  for (const std::string& uri : {"file://" + path, "file://localhost" + path,
                                 "file://" + (client.folder / "prisma").string() + "/a%40b%2Bc.prisma"}) {
    INFO(uri);
    const std::string text = "model Tag {\n  id Int @id\n}\n\nmodel Other {\n  tagId Int @id\n  tag Tga\n}\n";
    client.wire.notify("textDocument/didOpen",
                       {{"textDocument", {{"uri", uri}, {"languageId", "prisma"}, {"version", 1}, {"text", text}}}});
    Json published;
    do {
      published = client.diagnostics();
    } while (published["uri"] != uri);
    CHECK(published["diagnostics"].size() == 1);
    const Json edit = client.result(
        "textDocument/rename",
        {{"textDocument", {{"uri", uri}}}, {"position", {{"line", 0}, {"character", 7}}}, {"newName", "Label"}});
    CHECK(edit["changes"].contains(uri));
    client.wire.notify("textDocument/didClose", {{"textDocument", {{"uri", uri}}}});
  }
}
