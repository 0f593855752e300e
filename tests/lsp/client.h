#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "support/catch.h"
#include "support/marked_document.h"
#include "support/temporary_folder.h"
#include "support/wire_client.h"

namespace refract::test::lsp {

// A schema with one model, and the migration that leads to it.
inline constexpr std::string_view kUserSchema =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
    "model <user>User</user> {\n<fields/>  id Int @id\n}\n<end/>";
inline constexpr std::string_view kUserMigration =
    "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n";

// A client of the real program, started in a folder of its own with one schema, prisma/schema.prisma, open.
struct Client {
  using Prepare = std::function<void(const TemporaryFolder&)>;
  // `schema`: its text with marks (MarkedDocument). `prepare` writes what else is in the folder, before the server
  // reads it. `pushed`: the first diagnostics are waited for; a client that asks for them gets none.
  explicit Client(std::string_view schema, Json capabilities = Json::object(), Json options = nullptr,
                  const Prepare& prepare = {}, bool pushed = true)
      : document(schema), process({REFRACT_PROGRAM, "lsp", "--stdio"}), wire(process.input(), process.output()) {
    folder.write("prisma/schema.prisma", document.text());
    if (prepare) prepare(folder);
    uri = "file://" + (folder / "prisma/schema.prisma").string();
    initialized = wire.initialize({{"processId", nullptr},
                                   {"rootUri", nullptr},
                                   {"capabilities", std::move(capabilities)},
                                   {"initializationOptions", std::move(options)}});
    if (initialized["result"]["capabilities"]["positionEncoding"] == "utf-8")
      document.set_encoding(text::Encoding::utf8);
    wire.notify(
        "textDocument/didOpen",
        {{"textDocument", {{"uri", uri}, {"languageId", "prisma"}, {"version", 1}, {"text", document.text()}}}});
    if (pushed) diagnostics();
  }

  Json diagnostics() {
    for (;;) {
      const Json message = wire.receive();
      REQUIRE_FALSE(message.is_null());
      if (message.value("method", "") == "textDocument/publishDiagnostics") return message["params"];
    }
  }
  // Changes as they are sent, in one message; the marks do not follow them.
  void send_changes(Json changes, int as_version) {
    wire.notify("textDocument/didChange",
                {{"textDocument", {{"uri", uri}, {"version", as_version}}}, {"contentChanges", std::move(changes)}});
  }
  // Replaces the text of a mark.
  void change(std::string_view mark, std::string_view fixture) {
    send_changes(Json::array({document.replace(mark, fixture)}), ++version);
  }
  Json whole() const { return {{"textDocument", {{"uri", uri}}}}; }
  Json at(std::string_view mark) const { return at_position(document.position(mark)); }
  // A line that the document does not have.
  Json at_outside() const { return at_position({{"line", 70000}, {"character", 70000}}); }
  Json range(std::string_view mark) const { return document.range(mark); }
  void changed_on_disk(std::string_view name, int type = 2) {
    const std::string changed = "file://" + (folder / name).string();
    wire.notify("workspace/didChangeWatchedFiles", {{"changes", Json::array({{{"uri", changed}, {"type", type}}})}});
  }
  Json result(const std::string& method, Json params) {
    Json answer = wire.call(method, std::move(params));
    INFO(answer.dump());
    REQUIRE(answer.contains("result"));
    return answer["result"];
  }
  Json run(const std::string& command, Json argument) {
    return wire.call("workspace/executeCommand",
                     {{"command", command}, {"arguments", Json::array({std::move(argument)})}});
  }

  MarkedDocument document;
  TemporaryFolder folder;
  Process process;
  WireClient wire;
  std::string uri;
  int version = 1;
  Json initialized;

 private:
  Json at_position(Json position) const {
    return {{"textDocument", {{"uri", uri}}}, {"position", std::move(position)}};
  }
};

}  // namespace refract::test::lsp
