#include "cli/server_process.h"

#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "live/session.h"
#include "support/catch.h"

namespace refract::test {

namespace fs = std::filesystem;

fs::path server_programs() {
  if (const char* chosen = std::getenv("REFRACT_POSTGRES_BIN")) return chosen;
  fs::path newest;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    if (fs::exists(entry.path() / "bin/pg_basebackup")) newest = std::max(newest, entry.path() / "bin");
  }
  return newest;
}

live::Account server_account() {
  if (::geteuid() != 0) return {};
  const passwd* user = ::getpwnam("postgres");
  if (user == nullptr) user = ::getpwnam("nobody");
  REQUIRE(user != nullptr);
  return {user->pw_uid, user->pw_gid};
}

std::string socket_folder(const live::ConnectionString& database) {
  const std::string& secret = database.secret();
  return secret.substr(5, secret.find(' ') - 5);
}

ServerProcess::ServerProcess(const std::string& data, const fs::path& folder) : folder_(folder) {
  const auto started = live::spawn(server_programs() / "postgres",
                                   {"-D", data, "-k", folder.string(), "-c", "listen_addresses=", "-p", "5432", "-c",
                                    "fsync=off", "-c", "shared_buffers=32MB", "-c", "max_connections=20"},
                                   folder / "postgres.log", server_account());
  REQUIRE(started);
  process_ = *started;
}

ServerProcess::~ServerProcess() {
  if (process_ <= 0) return;
  ::kill(process_, SIGQUIT);
  ::waitpid(process_, nullptr, 0);
}

live::ConnectionString ServerProcess::database(const live::ConnectionString& elsewhere) const {
  const std::string& secret = elsewhere.secret();
  auto here = live::ConnectionString::parse("host=" + folder_.string() + secret.substr(secret.find(' ')));
  REQUIRE(here);
  for (int attempt = 0; attempt < 200 && !live::Session::open(*here); ++attempt)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return *here;
}

}  // namespace refract::test
