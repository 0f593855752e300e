#include "support/postgres.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>

#include "live/process.h"
#include "live/session.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace refract::test {

const live::TemporaryServer* postgres() {
  static const Result<live::TemporaryServer> server = [] {
    auto started = live::TemporaryServer::start();
    if (!started && started.error().code == ErrorCode::missing_program) {
      std::cout << "skipped: tests on PostgreSQL, because its server programs are not installed" << std::endl;
    }
    return started;
  }();
  if (server) return &*server;
  if (server.error().code != ErrorCode::missing_program) FAIL(server.error().message);
  return nullptr;
}

live::ConnectionString fresh_database() {
  static int number = 0;
  auto database = postgres()->create_database("test_" + std::to_string(++number));
  if (!database) FAIL(database.error().message);
  return *database;
}

live::ConnectionString as_role(const live::ConnectionString& database, const std::string& role) {
  std::string secret = database.secret();
  const std::string superuser = "user=postgres";
  secret.replace(secret.find(superuser), superuser.size(), "user=" + role);
  return live::ConnectionString::parse(secret).value();
}

namespace {

std::string socket_of(const live::ConnectionString& database) {
  const std::string& secret = database.secret();
  return secret.substr(5, secret.find(' ') - 5);
}

}  // namespace

std::string url_of(const live::ConnectionString& database, const std::string& parameters, const std::string& role) {
  return "postgresql://" + role + "@localhost:5432/" + ask(database, "SELECT current_database()") +
         "?host=" + socket_of(database) + (parameters.empty() ? "" : "&" + parameters);
}

std::optional<std::string> dump(const live::ConnectionString& database, const std::vector<std::string>& options) {
  namespace fs = std::filesystem;
  // The one of the server's own version, which may be newer than the one in PATH.
  const char* chosen = std::getenv("REFRACT_POSTGRES_BIN");
  fs::path program = chosen != nullptr ? fs::path(chosen) / "pg_dump" : fs::path();
  if (chosen == nullptr) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
      if (fs::exists(entry.path() / "bin/pg_dump")) program = std::max(program, entry.path() / "bin/pg_dump");
    }
  }
  if (program.empty() || !fs::exists(program)) {
    std::cout << "skipped: a comparison of dumps, because pg_dump is not installed" << std::endl;
    return std::nullopt;
  }
  const TemporaryFolder folder;
  std::vector<std::string> arguments{"-h",
                                     socket_of(database),
                                     "-p",
                                     "5432",
                                     "-U",
                                     "postgres",
                                     "-d",
                                     ask(database, "SELECT current_database()"),
                                     "--column-inserts"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const auto ran = live::run(program, arguments, folder / "dump", {});
  if (!ran || ran->exit_code != 0) FAIL("pg_dump: " << (ran ? ran->output : ran.error().message));
  // Newer ones write a random word against injection.
  std::string text;
  for (std::string_view rest = ran->output; !rest.empty();) {
    const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    if (!line.starts_with("\\restrict") && !line.starts_with("\\unrestrict")) text += line;
    rest.remove_prefix(line.size());
  }
  return text;
}

std::string ask(const live::ConnectionString& database, const std::string& sql) {
  auto session = live::Session::open(database);
  if (!session) FAIL(session.error().message);
  const auto rows = session->query(sql);
  if (!rows) FAIL(rows.error().message << "\n" << sql);
  return rows->empty() || rows->front().empty() ? std::string() : rows->front().front().value_or(std::string());
}

void run_sql(const live::ConnectionString& database, const std::string& sql) {
  auto session = live::Session::open(database);
  if (!session) FAIL(session.error().message);
  if (const auto ran = session->execute(sql); !ran) FAIL(ran.error().message << "\n" << sql);
}

}  // namespace refract::test
