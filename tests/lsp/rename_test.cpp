// Renames over the wire: chosen by a code action, or left by an editor's rename.

#include <filesystem>
#include <thread>

#include "support/catch.h"
#include "support/marked_document.h"
#include "support/temporary_folder.h"
#include "support/wire_client.h"

using refract::test::Json;
using refract::test::Process;
using refract::test::TemporaryFolder;
using refract::test::WireClient;

namespace {

constexpr std::string_view kSchema =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
    "model U<user/>ser {\n  id       Int    @id\n  f<name/>ullName String\n}\n";

struct Client {
  explicit Client(std::string_view schema = kSchema, Json capabilities = Json::object())
      : document(schema), process({REFRACT_PROGRAM, "lsp", "--stdio"}), wire(process.input(), process.output()) {
    folder.write("prisma/schema.prisma", document.text());
    folder.write("prisma/migrations/1_init/migration.sql",
                 "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, \"name\" TEXT NOT NULL, CONSTRAINT \"User_pkey\" "
                 "PRIMARY KEY (\"id\"));\n");
    uri = "file://" + (folder / "prisma/schema.prisma").string();
    capabilities["textDocument"]["codeAction"] = {
        {"codeActionLiteralSupport", {{"codeActionKind", {{"valueSet", Json::array()}}}}}};
    wire.initialize({{"processId", nullptr}, {"rootUri", nullptr}, {"capabilities", std::move(capabilities)}});
    wire.notify(
        "textDocument/didOpen",
        {{"textDocument", {{"uri", uri}, {"languageId", "prisma"}, {"version", 1}, {"text", document.text()}}}});
  }

  // The quick fixes at a mark, asked for until there are so many: the migrations are read in the background.
  Json actions_at(std::string_view mark, std::size_t count) {
    Json found;
    for (int attempt = 0; attempt < 300; ++attempt) {
      found = wire.call("textDocument/codeAction",
                        {{"textDocument", {{"uri", uri}}},
                         {"range", document.range(mark)},
                         {"context", {{"diagnostics", Json::array()}, {"only", {"quickfix"}}}}})["result"];
      if (found.size() == count) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return found;
  }
  Json run(const std::string& command, Json argument) {
    return wire.call("workspace/executeCommand",
                     {{"command", command}, {"arguments", Json::array({std::move(argument)})}});
  }
  // Every file of the folder with its text and its time of change.
  std::string contents() const {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / ".")) {
      const auto changed = entry.last_write_time().time_since_epoch().count();
      all += entry.path().string() + " " + std::to_string(changed) + "\n";
      if (entry.is_regular_file()) all += folder.read(entry.path().lexically_relative(folder / "").string());
    }
    return all;
  }
  std::string notes() const { return folder.read("prisma/migrations/renames.toml"); }

  refract::test::MarkedDocument document;
  TemporaryFolder folder;
  std::string uri;
  Process process;
  WireClient wire;
};

}  // namespace

TEST_CASE("wire: a code action chooses a rename, and the migration follows it", "[lsp]") {
  Client client;
  const Json actions = client.actions_at("name", 1);
  REQUIRE(actions.size() == 1);
  CHECK(actions[0]["title"] == "Rename column User.name to fullName instead of drop and add");
  const Json command = actions[0]["command"];
  CHECK(command["command"] == "refract.migration.rename");

  const Json done = client.run(command["command"], command["arguments"][0]);
  REQUIRE(done.contains("result"));
  CHECK(done["result"]["file"].get<std::string>().ends_with("/prisma/migrations/renames.toml"));
  CHECK(client.notes().ends_with("[renames]\n\"User.name\" = \"fullName\"\n"));
  CHECK(client.actions_at("name", 0).empty());
  const Json preview = client.run("refract.migration.preview", {{"uri", client.uri}})["result"];
  CHECK(preview["sql"] == "-- RenameColumn\nALTER TABLE \"User\" RENAME COLUMN \"name\" TO \"fullName\";\n");
  CHECK(client.run("refract.migration.rename", {{"uri", client.uri}})["error"]["code"] == -32602);
}

TEST_CASE("wire: a code action chooses a cast, and the migration keeps the values", "[lsp]") {
  Client client(
      "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
      "model User {\n  id   Int @id\n  n<name/>ame Int\n}\n");
  const Json actions = client.actions_at("name", 1);
  REQUIRE(actions.size() == 1);
  CHECK(actions[0]["title"] == "Cast the values of User.name to integer instead of drop and recreate");
  const Json command = actions[0]["command"];
  const Json done = client.run(command["command"], command["arguments"][0]);
  REQUIRE(done.contains("result"));
  CHECK(client.notes().ends_with("[casts]\n\"User.name\" = \"cast\"\n"));
  CHECK(client.actions_at("name", 0).empty());
  const Json preview = client.run("refract.migration.preview", {{"uri", client.uri}})["result"];
  CHECK(preview["sql"] ==
        "-- AlterTable\nALTER TABLE \"User\" ALTER COLUMN \"name\" TYPE INTEGER USING (\"name\"::text::INTEGER);\n");
  CHECK(client.run("refract.migration.cast", {{"uri", client.uri}})["error"]["code"] == -32602);
}

TEST_CASE("wire: the preview tells what may be a rename", "[lsp]") {
  Client client;
  const Json preview = client.run("refract.migration.preview", {{"uri", client.uri}})["result"];
  CHECK(preview["sql"].get<std::string>().find("DROP COLUMN") != std::string::npos);
  CHECK(preview["summary"].get<std::string>().find("**Possible rename:** column User.name to fullName") !=
        std::string::npos);
}

TEST_CASE("wire: an editor's rename answers with its intent where the database's names follow, and writes nothing",
          "[lsp]") {
  const Json creates{{"documentChanges", true}, {"resourceOperations", {"create"}}};
  const Json changes = Json::object();
  for (const Json& support : {creates, changes}) {
    Client client(kSchema, {{"workspace", {{"workspaceEdit", support}}}});
    const bool may_create = support == creates;
    const Json params{{"textDocument", {{"uri", client.uri}}},
                      {"position", client.document.position("user")},
                      {"newName", "Account"}};
    // The text that an edit gives the notes; whether it creates them.
    const auto notes_in = [](const Json& edit) -> std::pair<std::string, bool> {
      std::string text;
      bool created = false;
      const Json by_uri = edit.value("changes", Json::object());
      for (const auto& [uri, edits] : by_uri.items()) {
        if (uri.ends_with("renames.toml")) text = edits[0]["newText"];
      }
      for (const Json& change : edit.value("documentChanges", Json::array())) {
        created |= change.value("kind", "") == "create" && change["uri"].get<std::string>().ends_with("renames.toml");
        if (change.contains("edits") && change["textDocument"]["uri"].get<std::string>().ends_with("renames.toml"))
          text = change["edits"][0]["newText"];
      }
      return {text, created};
    };
    const auto before = client.contents();
    Json edit = client.wire.call("textDocument/rename", params)["result"];
    CHECK(edit.dump().find("@@map") != std::string::npos);
    CHECK(notes_in(edit).first.empty());

    client.wire.notify("workspace/didChangeConfiguration",
                       {{"settings", {{"refract", {{"rename", {{"databaseName", "follow"}}}}}}}});
    edit = client.wire.call("textDocument/rename", params)["result"];
    CHECK(edit.dump().find("@@map") == std::string::npos);
    const auto [text, created] = notes_in(edit);
    CHECK(created == may_create);
    CHECK(text.ends_with(may_create ? "[renames]\n\"User\" = \"Account\"\n" : ""));
    CHECK(client.contents() == before);

    // Notes that are there already are changed by clients of either kind, at their place. The migrations have User, so
    // that the note of its first name was carried out.
    client.folder.write("prisma/migrations/renames.toml", "[renames]\n\"Old\" = \"User\"\n\"A\" = \"B\"\n");
    const auto with_notes = client.contents();
    edit = client.wire.call("textDocument/rename", params)["result"];
    CHECK(notes_in(edit).first == "[renames]\n\"User\" = \"Account\"\n\"Old\" = \"User\"\n\"A\" = \"B\"\n");
    CHECK_FALSE(notes_in(edit).second);
    CHECK(client.contents() == with_notes);

    // A field of a model, an enum's value: nothing is written for them either.
    client.wire.call("textDocument/rename", {{"textDocument", {{"uri", client.uri}}},
                                             {"position", client.document.position("name")},
                                             {"newName", "title"}});
    CHECK(client.contents() == with_notes);
  }
}

TEST_CASE("wire: an editor's rename makes no migrations folder", "[lsp]") {
  Client client(kSchema,
                {{"workspace", {{"workspaceEdit", {{"documentChanges", true}, {"resourceOperations", {"create"}}}}}}});
  std::filesystem::remove_all(client.folder / "prisma/migrations");
  client.wire.notify("workspace/didChangeConfiguration",
                     {{"settings", {{"refract", {{"rename", {{"databaseName", "follow"}}}}}}}});
  const Json edit = client.wire.call("textDocument/rename", {{"textDocument", {{"uri", client.uri}}},
                                                             {"position", client.document.position("user")},
                                                             {"newName", "Account"}})["result"];
  CHECK(edit["documentChanges"].size() == 1);
  CHECK_FALSE(std::filesystem::exists(client.folder / "prisma/migrations"));
}

TEST_CASE("wire: a rename that would exchange the columns of a relation table is refused, or noted", "[lsp]") {
  const std::string schema =
      "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
      "model User {\n  id        Int    @id\n  foll<user/>owers User[] @relation(\"F\")\n  following User[] "
      "@relation(\"F\")\n}\n";
  const Json creates{{"workspaceEdit", {{"documentChanges", true}, {"resourceOperations", {"create"}}}}};
  for (const bool may_create : {true, false}) {
    Client client(schema, {{"workspace", may_create ? creates : Json::object()}});
    const Json params{{"textDocument", {{"uri", client.uri}}},
                      {"position", client.document.position("user")},
                      {"newName", "zfollowers"}};
    Json answer = client.wire.call("textDocument/rename", params);
    CHECK(answer["error"]["message"].get<std::string>().find("columns A and B of table _F") != std::string::npos);
    client.wire.notify("workspace/didChangeConfiguration",
                       {{"settings", {{"refract", {{"rename", {{"databaseName", "follow"}}}}}}}});
    answer = client.wire.call("textDocument/rename", params);
    // Nothing but the note tells the planner.
    if (may_create) {
      CHECK(answer["result"].dump().find(R"(\"_F.A\" = \"B\")") != std::string::npos);
    } else {
      CHECK(answer["error"]["message"].get<std::string>().find("renames.toml") != std::string::npos);
    }
  }
}

TEST_CASE("wire: a name in a string is renamed and found where it is used", "[lsp]") {
  Client client(
      "datasource d<name/>b {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
      "model User {\n  id   Int    @id @db.Integer\n  posts Post[] @relation(\"Wr<user/>ote\")\n}\n"
      "model Post {\n  id   Int @id\n  by   Int @db.Integer\n  user User @relation(\"Wrote\", fields: [by], "
      "references: "
      "[id])\n}\n");
  const auto at = [&](const char* mark) {
    return Json{{"textDocument", {{"uri", client.uri}}}, {"position", client.document.position(mark)}};
  };
  CHECK(client.wire.call("textDocument/prepareRename", at("user"))["result"]["placeholder"] == "Wrote");
  Json params = at("user");
  params["newName"] = "Authorship";
  CHECK(client.wire.call("textDocument/rename", params)["result"]["changes"][client.uri].size() == 2);
  params = at("name");
  params["newName"] = "store";
  CHECK(client.wire.call("textDocument/rename", params)["result"]["changes"][client.uri].size() == 3);
  params = at("name");
  params["context"] = {{"includeDeclaration", false}};
  CHECK(client.wire.call("textDocument/references", params)["result"].size() == 2);
}
