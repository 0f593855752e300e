#include "live/temporary_server.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "live/session.h"
#include "support/catch.h"
#include "support/postgres.h"
#include "support/temporary_folder.h"

namespace refract::test {
namespace {

namespace fs = std::filesystem;

std::string folder_of(const live::ConnectionString& database) {
  return database.secret().substr(5, database.secret().find(' ') - 5);
}

// The first line of postmaster.pid.
pid_t process_of(const std::string& folder) {
  std::ifstream file(folder + "/data/postmaster.pid");
  pid_t process = 0;
  file >> process;
  return process;
}

bool gone(const std::string& folder, pid_t process) {
  return !fs::exists(folder) && ::kill(process, 0) != 0;
}

bool soon_gone(const std::string& folder, pid_t process) {
  const auto begin = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)) {
    if (gone(folder, process)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

}  // namespace

TEST_CASE("temporary server: nothing of it stays", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  std::string folder;
  pid_t process = 0;
  {
    auto server = live::TemporaryServer::start();
    if (!server) FAIL(server.error().message);
    const auto database = server->create_database("it's \"one\"");
    REQUIRE(database);
    CHECK(ask(*database, "SELECT current_database()") == "it's \"one\"");
    folder = folder_of(server->connection());
    process = process_of(folder);
    REQUIRE(process > 0);
    CHECK(fs::exists(folder));
  }
  CHECK(gone(folder, process));
}

TEST_CASE("temporary server: nothing of it stays when its owner is killed", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const TemporaryFolder note;
  const std::string note_path = (note / "folder").string();
  const pid_t owner = ::fork();
  if (owner == 0) {
    const auto server = live::TemporaryServer::start();
    if (!server) ::_exit(1);
    std::ofstream(note_path + ".part") << folder_of(server->connection());
    fs::rename(note_path + ".part", note_path);
    for (;;) ::pause();
  }
  const auto begin = std::chrono::steady_clock::now();
  while (!fs::exists(note_path) && std::chrono::steady_clock::now() - begin < std::chrono::seconds(60)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const std::string folder = note.read("folder");
  const pid_t process = process_of(folder);
  ::kill(owner, SIGKILL);
  ::waitpid(owner, nullptr, 0);
  REQUIRE(process > 0);
  CHECK(soon_gone(folder, process));
}

TEST_CASE("temporary server: missing programs are reported with what to do", "[live]") {
  const TemporaryFolder empty;
  ::setenv("REFRACT_POSTGRES_BIN", empty.path().c_str(), 1);
  const auto server = live::TemporaryServer::start();
  ::unsetenv("REFRACT_POSTGRES_BIN");
  REQUIRE(!server);
  CHECK(server.error().code == ErrorCode::missing_program);
  CHECK(server.error().message == "REFRACT_POSTGRES_BIN names " + empty.path().string() +
                                      ", which does not contain initdb and postgres; correct it.");
}

TEST_CASE("temporary server: a start that is called off leaves nothing", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const TemporaryFolder place;
  fs::permissions(place.path(), fs::perms(0777));
  ::setenv("TMPDIR", place.path().c_str(), 1);
  std::stop_source stop;
  stop.request_stop();
  const auto server = live::TemporaryServer::start(stop.get_token());
  ::unsetenv("TMPDIR");
  REQUIRE(!server);
  CHECK(server.error().code == ErrorCode::cancelled);
  CHECK(fs::is_empty(place.path()));
}

}  // namespace refract::test
