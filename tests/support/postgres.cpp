#include "support/postgres.h"

#include <iostream>
#include <optional>

#include "live/session.h"
#include "support/catch.h"

namespace refract::test {

const live::ThrowawayServer* postgres() {
  static const Result<live::ThrowawayServer> server = [] {
    auto started = live::ThrowawayServer::start();
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
