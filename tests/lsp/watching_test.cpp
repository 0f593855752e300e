// What a client is asked to watch: the migrations folder that is configured, wherever it is.

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "lsp/client.h"
#include "support/catch.h"
#include "support/percent.h"
#include "support/temporary_folder.h"
#include "support/wire_client.h"

using refract::test::Json;
using refract::test::Process;
using refract::test::TemporaryFolder;
using refract::test::WireClient;
namespace fs = std::filesystem;

namespace {

const refract::test::MarkedDocument kSchema(refract::test::lsp::kUserSchema);
using refract::test::lsp::kUserMigration;

class Client {
 public:
  enum class Watches { no, globs, relative };
  explicit Client(Watches watches)
      : process({REFRACT_PROGRAM, "lsp", "--stdio"}), wire_(process.input(), process.output()) {
    folder.write("app/prisma/schema.prisma", kSchema.text());
    capabilities_["workspace"]["didChangeWatchedFiles"] = {{"dynamicRegistration", watches != Watches::no},
                                                           {"relativePatternSupport", watches == Watches::relative}};
  }

  void open() {
    wire_.initialize({{"processId", nullptr}, {"rootUri", nullptr}, {"capabilities", capabilities_}});
    const std::string uri = "file://" + (folder / "app/prisma/schema.prisma").string();
    wire_.notify(
        "textDocument/didOpen",
        {{"textDocument", {{"uri", uri}, {"languageId", "prisma"}, {"version", 1}, {"text", kSchema.text()}}}});
  }
  // The migrations that the server knows, once it has read them.
  std::size_t migrations(std::size_t expected) {
    Json one;
    for (int attempt = 0; attempt < 300; ++attempt) {
      one = result("refract/status", Json::object())["schemas"][0];
      if (one.contains("migrations") && one["migrations"] == expected) break;
      ::usleep(10'000);
    }
    return one.value("migrations", std::size_t{0});
  }
  Json result(std::string_view method, Json params) {
    const Json answer = wire_.call(method, std::move(params));
    for (const Json& message : wire_.take_skipped()) note(message);
    return answer.value("result", Json());
  }
  // Whether what the server has asked to be told of so far includes a file.
  bool watched(const std::string& file) const {
    const std::string path = (folder / file).string();
    for (const auto& [id, watchers] : registered_) {
      for (const Json& watcher : watchers) {
        const Json& glob = watcher["globPattern"];
        std::string text;
        if (glob.is_object()) {
          const std::string base = glob["baseUri"].get<std::string>().substr(std::string("file://").size());
          text = refract::percent_decoded(base) + "/" + glob["pattern"].get<std::string>();
        } else {
          text = glob;
        }
        if (!text.starts_with('/')) continue;
        const bool below = text.ends_with("/**");
        if (below) text.resize(text.size() - 3);
        const auto same = [](char pattern, char letter) { return pattern == '?' || pattern == letter; };
        if (path.size() < text.size() || !std::equal(text.begin(), text.end(), path.begin(), same)) continue;
        if (below ? path.size() > text.size() && path[text.size()] == '/' : path.size() == text.size()) return true;
      }
    }
    return false;
  }
  void say_changed(const std::string& file) {
    const std::string uri = "file://" + (folder / file).string();
    wire_.notify("workspace/didChangeWatchedFiles", {{"changes", Json::array({{{"uri", uri}, {"type", 2}}})}});
  }
  void say_saved(const std::string& file) {
    wire_.notify("textDocument/didSave", {{"textDocument", {{"uri", "file://" + (folder / file).string()}}}});
  }

  TemporaryFolder folder;
  Process process;

 private:
  void note(const Json& message) {
    const std::string method = message.value("method", "");
    if (method == "client/registerCapability") {
      for (const Json& one : message["params"]["registrations"])
        registered_[one["id"]] = one["registerOptions"]["watchers"];
    } else if (method == "client/unregisterCapability") {
      for (const Json& one : message["params"]["unregisterations"]) CHECK(registered_.erase(one["id"]) == 1);
    }
  }

  WireClient wire_;
  Json capabilities_;
  std::map<std::string, Json> registered_;
};

}  // namespace

TEST_CASE("wire: the configured migrations folder is watched, whatever its name and place", "[lsp]") {
  for (const auto watches : {Client::Watches::globs, Client::Watches::relative}) {
    for (const std::string place : {"app/prisma/migrations", "app/sql", "app/db/[v2] {x}", "shared/history"}) {
      INFO(place);
      Client client(watches);
      const std::string path = fs::path(place).lexically_relative("app").string();
      client.folder.write("app/refract.toml", "[migrations]\npath = \"" + path + "\"\n");
      client.folder.write(place + "/1_init/migration.sql", kUserMigration);
      client.open();
      CHECK(client.migrations(1) == 1);
      CHECK(client.watched(place));
      CHECK(client.watched(place + "/2_next/migration.sql"));
      CHECK(client.watched(place + "/renames.toml"));
      CHECK_FALSE(client.watched("app/other/1_a/migration.sql"));
      client.folder.write(place + "/2_next/migration.sql", "ALTER TABLE \"User\" ADD COLUMN n INT;");
      client.say_changed(place + "/2_next/migration.sql");
      CHECK(client.migrations(2) == 2);
      fs::remove_all(client.folder / place);
      client.say_changed(place);
      CHECK(client.migrations(0) == 0);
    }
  }
}

TEST_CASE("wire: another migrations folder is watched after the configuration changed", "[lsp]") {
  Client client(Client::Watches::relative);
  client.folder.write("app/prisma/migrations/1_init/migration.sql", kUserMigration);
  client.folder.write("app/sql/1_init/migration.sql", kUserMigration);
  client.folder.write("app/sql/2_next/migration.sql", "SELECT 1;");
  client.open();
  CHECK(client.migrations(1) == 1);
  CHECK_FALSE(client.watched("app/sql/3_c/migration.sql"));

  client.folder.write("app/prisma.config.ts", "export default { migrations: { path: './sql' } };");
  client.say_changed("app/prisma.config.ts");
  CHECK(client.migrations(2) == 2);
  CHECK(client.watched("app/sql/3_c/migration.sql"));
  CHECK_FALSE(client.watched("app/prisma/migrations/2_b/migration.sql"));

  // Back again: what happened to the folder while nobody watched it is seen.
  client.folder.write("app/prisma/migrations/2_b/migration.sql", "SELECT 1;");
  client.folder.write("app/prisma/migrations/3_c/migration.sql", "SELECT 1;");
  fs::remove(client.folder / "app/prisma.config.ts");
  client.say_changed("app/prisma.config.ts");
  CHECK(client.migrations(3) == 3);
  CHECK(client.watched("app/prisma/migrations/2_b/migration.sql"));
}

TEST_CASE("wire: a link to the migrations folder is watched at both ends", "[lsp]") {
  Client client(Client::Watches::relative);
  client.folder.write("shared/sql/1_init/migration.sql", kUserMigration);
  fs::create_directory_symlink(client.folder / "shared/sql", client.folder / "app/prisma/migrations");
  client.open();
  CHECK(client.migrations(1) == 1);
  CHECK(client.watched("app/prisma/migrations/2_b/migration.sql"));
  CHECK(client.watched("shared/sql/2_b/migration.sql"));
  client.folder.write("shared/sql/2_b/migration.sql", "SELECT 1;");
  client.say_changed("shared/sql/2_b/migration.sql");
  CHECK(client.migrations(2) == 2);
}

TEST_CASE("wire: what the client saves is seen, watched or not", "[lsp]") {
  for (const auto watches : {Client::Watches::no, Client::Watches::globs}) {
    Client client(watches);
    client.folder.write("app/prisma/migrations/1_init/migration.sql", kUserMigration);
    client.open();
    CHECK(client.migrations(1) == 1);
    client.folder.write("app/prisma/migrations/2_b/migration.sql", "SELECT 1;");
    client.say_saved("app/prisma/migrations/2_b/migration.sql");
    CHECK(client.migrations(2) == 2);
  }
  // Where nothing is watched, a save of the schema is when the disk is looked at.
  Client client(Client::Watches::no);
  client.folder.write("app/prisma/migrations/1_init/migration.sql", kUserMigration);
  client.open();
  CHECK(client.migrations(1) == 1);
  client.folder.write("app/prisma/migrations/2_pulled/migration.sql", "SELECT 1;");
  client.say_saved("app/prisma/schema.prisma");
  CHECK(client.migrations(2) == 2);
}
