#include "live/records.h"

#include <fmt/format.h>

namespace refract::live {
namespace {

// The table's definition and the lock's number are Prisma's (schema-engine, PostgreSQL flavour): both tools have
// to agree on them to share a database.
constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS _prisma_migrations ("
    "id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, "
    "migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ, "
    "started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)";
constexpr std::string_view kLock = "SELECT pg_advisory_lock(72707369)";

// Where a right is missing, who lacks it and what to do; other errors as they are.
std::unexpected<Error> refused(Session& session, Error error) {
  if (error.code != ErrorCode::database_rights) return fail(std::move(error));
  const auto user = session.query("SELECT current_user");
  return fail(error.code, fmt::format("The user \"{}\" lacks a right ({}); grant it, or connect as the schema's owner.",
                                      user ? user->at(0).at(0).value_or("") : "",
                                      error.message.substr(0, error.message.find('\n'))));
}

Result<void> change(Session& session, std::string_view sql, const std::vector<std::optional<std::string>>& parameters) {
  auto done = session.query(sql, parameters);
  if (!done) return refused(session, done.error());
  return {};
}

}  // namespace

Result<bool> has_records(Session& session) {
  auto rows = session.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL");
  if (!rows) return fail(rows.error());
  return rows->at(0).at(0) == "t";
}

Result<void> create_records(Session& session, std::string_view schema) {
  // Prisma, too, makes the schema that the URL names.
  auto missing = session.query("SELECT format('CREATE SCHEMA %I', $1::text) WHERE current_schema() IS NULL",
                               {std::string(schema)});
  if (!missing) return refused(session, missing.error());
  if (!missing->empty()) {
    if (auto created = session.execute(*missing->at(0).at(0)); !created) return refused(session, created.error());
  }
  if (auto created = session.execute(kCreateTable); !created) return refused(session, created.error());
  return {};
}

Result<std::vector<Record>> read_records(Session& session) {
  auto rows = session.query(
      "SELECT id, checksum, migration_name, coalesce(logs, ''), started_at, finished_at IS NOT NULL, "
      "rolled_back_at IS NOT NULL FROM _prisma_migrations ORDER BY started_at, migration_name");
  if (!rows) return refused(session, rows.error());
  std::vector<Record> records;
  for (const Row& row : *rows) {
    records.push_back({*row[0], *row[1], *row[2], *row[3], *row[4], row[5] == "t", row[6] == "t"});
  }
  return records;
}

Result<std::string> record_start(Session& session, std::string_view migration, std::string_view checksum) {
  auto rows = session.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) "
      "VALUES (gen_random_uuid()::text, $1, $2, now()) RETURNING id",
      {std::string(checksum), std::string(migration)});
  if (!rows) return refused(session, rows.error());
  return *rows->at(0).at(0);
}

Result<void> record_success(Session& session, std::string_view id) {
  return change(session,
                "UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = "
                "applied_steps_count + 1 WHERE id = $1",
                {std::string(id)});
}

Result<void> record_failure(Session& session, std::string_view id, std::string_view logs) {
  return change(session, "UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", {std::string(id), std::string(logs)});
}

Result<void> record_rolled_back(Session& session, std::string_view id) {
  return change(session, "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = $1", {std::string(id)});
}

Result<void> record_applied(Session& session, std::string_view migration, std::string_view checksum) {
  return change(session,
                "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, "
                "applied_steps_count) VALUES (gen_random_uuid()::text, $1, $2, now(), now(), 0)",
                {std::string(checksum), std::string(migration)});
}

Result<void> take_migration_lock(Session& session) {
  if (auto limited = session.execute("SET lock_timeout = '10s'"); !limited) return limited;
  auto locked = session.query(kLock);
  if (!locked) {
    if (locked.error().code == ErrorCode::database_unreachable) return fail(locked.error());
    return fail(ErrorCode::database_failed,
                "Another deployment holds Prisma's migration lock for more than ten seconds; wait for it to end, then "
                "run this again.");
  }
  return session.execute("SET lock_timeout = 0");
}

}  // namespace refract::live
