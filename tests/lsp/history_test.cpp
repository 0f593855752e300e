// The migrations folder while it changes: reads in the background, and what clients are asked to watch.

#include <sys/stat.h>

#include <chrono>
#include <thread>

#include "lsp/client.h"

using refract::test::Json;
using refract::test::lsp::Client;

namespace {

std::size_t migrations(Client& client) {
  const Json status = client.result("refract/status", Json::object());
  return status["schemas"][0].value("migrations", std::size_t{0});
}

}  // namespace

TEST_CASE("wire: a migration that arrives while the folder is read is not lost", "[lsp]") {
  Client client(refract::test::lsp::kUserSchema, Json::object(), nullptr,
                [](const refract::test::TemporaryFolder& folder) {
                  // Whoever reads the migration waits until somebody writes to the pipe.
                  std::filesystem::create_directories(folder / "prisma/migrations/1_init");
                  REQUIRE(::mkfifo((folder / "prisma/migrations/1_init/migration.sql").c_str(), 0600) == 0);
                });
  const auto migration = [&](const char* name) { return client.folder / ("prisma/migrations/" + std::string(name)); };
  // Opening the pipe waits for the server to have opened it: by then it has listed the folder.
  std::ofstream pipe(migration("1_init/migration.sql"), std::ios::binary);
  // An editor's requests are answered meanwhile.
  CHECK(migrations(client) == 0);
  // So is what somebody types.
  client.change("fields", "  x Nope\n");
  CHECK(client.diagnostics()["diagnostics"].size() == 1);
  client.change("fields", "");
  CHECK(client.diagnostics()["diagnostics"].empty());

  client.folder.write("prisma/pulled.sql", refract::test::lsp::kUserMigration);
  std::filesystem::rename(client.folder / "prisma/pulled.sql", migration("1_init/migration.sql"));
  client.folder.write("prisma/migrations/2_pulled/migration.sql", "ALTER TABLE \"User\" ADD COLUMN \"name\" TEXT;\n");
  const std::string uri = "file://" + migration("2_pulled/migration.sql").string();
  client.wire.notify("workspace/didChangeWatchedFiles", {{"changes", Json::array({{{"uri", uri}, {"type", 1}}})}});
  CHECK(migrations(client) == 0);
  pipe << refract::test::lsp::kUserMigration;
  pipe.close();
  for (int attempt = 0; attempt < 300 && migrations(client) != 2; ++attempt)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(migrations(client) == 2);
}
