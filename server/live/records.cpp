#include "live/records.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/expression/expression.h"

namespace refract::live {
namespace {

// The table's definition is Prisma's: both tools have to agree on it to share a database.
constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS _prisma_migrations ("
    "id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, "
    "migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ, "
    "started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)";

// Returns which user lacks a privilege, and what to do; other errors unchanged.
std::unexpected<Error> refused(Session& session, Error error) {
  if (error.code != ErrorCode::database_rights) return fail(std::move(error));
  // A failed transaction rejects every query.
  const auto user = session.query("SELECT current_user");
  return fail(error.code, fmt::format("The {} lacks a privilege ({}); grant it, or connect as the schema's owner.",
                                      user ? fmt::format("user \"{}\"", user->at(0).at(0).value_or("")) : "user",
                                      error.message.substr(0, error.message.find('\n'))));
}

Result<void> change(Session& session, std::string_view sql, const std::vector<std::optional<std::string>>& parameters) {
  auto done = session.query(sql, parameters);
  if (!done) return refused(session, done.error());
  return {};
}

// What scripts may change of a session that writes records.
constexpr std::string_view kState =
    "SELECT session_user, pg_catalog.current_setting('role'), pg_catalog.current_setting('lock_timeout'), "
    "pg_catalog.current_setting('statement_timeout')";

std::string sql_literal(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') result += c;
    result += c;
  }
  return result += '\'';
}

}  // namespace

Result<bool> has_records(Session& session, std::string_view schema) {
  // Without USAGE the schema is not on the search path, and to_regclass finds nothing in it.
  auto rows = session.query(
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL, current_user, coalesce((SELECT NOT "
      "has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = $1), false)",
      {std::string(schema)});
  if (!rows) return fail(rows.error());
  if (rows->at(0).at(2) == "t") {
    return fail(ErrorCode::database_rights,
                fmt::format("The user \"{}\" has no USAGE privilege on schema \"{}\"; grant it, or connect as the "
                            "schema's owner.",
                            rows->at(0).at(1).value_or(""), schema));
  }
  return rows->at(0).at(0) == "t";
}

Result<void> require_writable(Session& session) {
  const auto rows = session.query("SELECT pg_is_in_recovery(), current_setting('transaction_read_only')");
  if (!rows) return fail(rows.error());
  if (rows->at(0).at(0) == "t") {
    return fail(
        ErrorCode::database_rights,
        fmt::format("The {} is a standby, which accepts no writes; connect to its primary server.", session.label()));
  }
  if (rows->at(0).at(1) == "on") {
    return fail(ErrorCode::database_rights,
                fmt::format("The {} accepts no writes from this user, whose transactions are read-only "
                            "(default_transaction_read_only); connect as another user.",
                            session.label()));
  }
  return {};
}

Result<void> create_records(Session& session, std::string_view schema) {
  const auto present = has_records(session, schema);
  if (!present) return fail(present.error());
  if (*present) return {};
  // Prisma, too, creates the schema that the URL names.
  auto missing = session.query("SELECT format('CREATE SCHEMA %I', $1::text) WHERE current_schema() IS NULL",
                               {std::string(schema)});
  if (!missing) return refused(session, missing.error());
  if (!missing->empty()) {
    if (auto created = session.execute(*missing->at(0).at(0)); !created) return refused(session, created.error());
  }
  if (auto created = session.execute(kCreateTable); !created) return refused(session, created.error());
  return {};
}

Result<void> require_record_rights(Session& session) {
  const auto rows = session.query("SELECT has_table_privilege('_prisma_migrations', 'INSERT'), current_user");
  if (!rows) return fail(rows.error());
  if (rows->at(0).at(0) == "t") return {};
  return fail(
      ErrorCode::database_rights,
      fmt::format("The user \"{}\" has no INSERT privilege on _prisma_migrations, so no migration can be recorded; "
                  "grant INSERT and UPDATE on it, or connect as its owner.",
                  rows->at(0).at(1).value_or("")));
}

Result<std::vector<Record>> read_records(Session& session) {
  auto rows = session.query(
      "SELECT id, checksum, migration_name, coalesce(logs, ''), started_at, "
      "coalesce(to_char(extract(epoch FROM finished_at) * 1000000, 'FM00000000000000000000'), ''), "
      "rolled_back_at IS NOT NULL, applied_steps_count FROM _prisma_migrations ORDER BY started_at, migration_name");
  if (!rows) return refused(session, rows.error());
  std::vector<Record> records;
  for (const Row& row : *rows) {
    records.push_back(
        {*row[0], *row[1], *row[2], *row[3], *row[4], *row[5], row[6] == "t", std::atoi(row[7].value_or("0").c_str())});
  }
  return records;
}

Result<std::string> server_time(Session& session) {
  const auto rows =
      session.query("SELECT to_char(extract(epoch FROM clock_timestamp()) * 1000000, 'FM00000000000000000000')");
  if (!rows) return fail(rows.error());
  return rows->at(0).at(0).value_or("");
}

Result<void> record_applied(Session& session, std::string_view migration, std::string_view checksum) {
  return change(
      session,
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, "
      "applied_steps_count) VALUES (gen_random_uuid()::text, $1, $2, clock_timestamp(), clock_timestamp(), 0)",
      {std::string(checksum), std::string(migration)});
}

Result<void> record_rolled_back(Session& session, std::string_view id) {
  return change(session, "UPDATE _prisma_migrations SET rolled_back_at = clock_timestamp() WHERE id = $1",
                {std::string(id)});
}

Result<void> correct_rolled_back(Session& session, std::string_view migration, std::string_view checksum) {
  return change(session,
                "UPDATE _prisma_migrations SET checksum = $2 WHERE migration_name = $1 AND rolled_back_at IS NOT NULL",
                {std::string(migration), std::string(checksum)});
}

Result<RecordWriter> RecordWriter::open(Session& session, std::string_view schema) {
  RecordWriter writer(session, catalog::quote_name(std::string(schema)) + "._prisma_migrations");
  const auto rows = session.query(kState);
  if (!rows) return fail(rows.error());
  const Row& row = rows->at(0);
  writer.user_ = row[0].value_or("");
  writer.role_name_ = row[1].value_or("none");
  writer.role_ = writer.role_name_ == "none" ? "NONE" : catalog::quote_name(writer.role_name_);
  writer.lock_timeout_ = row[2].value_or("0");
  writer.statement_timeout_ = row[3].value_or("0");
  return writer;
}

Result<NewRecord> RecordWriter::prepare(std::string_view migration, std::string_view checksum) {
  const auto rows = session_->query("SELECT pg_catalog.gen_random_uuid()::text, pg_catalog.clock_timestamp()::text");
  if (!rows) return fail(rows.error());
  return NewRecord{rows->at(0).at(0).value_or(""), rows->at(0).at(1).value_or(""), std::string(migration),
                   std::string(checksum)};
}

std::string RecordWriter::timeouts() const {
  return fmt::format("SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}; ", sql_literal(lock_timeout_),
                     sql_literal(statement_timeout_));
}

// Restores the user, role and timeouts that the session began with, until the transaction ends.
Result<void> RecordWriter::enter() {
  const auto rows = session_->query(kState);
  if (!rows) return fail(rows.error());
  const Row& now = rows->at(0);
  std::string sql;
  if (now[2] != lock_timeout_ || now[3] != statement_timeout_) sql += timeouts();
  const bool other_user = now[0] != user_;
  if (other_user) sql += "SET LOCAL SESSION AUTHORIZATION DEFAULT; ";
  if (other_user || now[1] != role_name_) sql += "SET LOCAL ROLE " + role_;
  return sql.empty() ? Result<void>() : session_->execute(sql);
}

Result<void> RecordWriter::write(const std::string& sql, const std::vector<std::optional<std::string>>& parameters) {
  const bool inside = session_->in_transaction();
  if (!inside) {
    if (auto begun = session_->execute("BEGIN READ WRITE"); !begun) return begun;
  }
  auto done = enter();
  if (done) done = change(*session_, fmt::format(fmt::runtime(sql), table_), parameters);
  if (!inside) {
    auto ended = session_->execute(done ? "COMMIT" : "ROLLBACK");
    if (done) return ended;
  }
  return done;
}

Result<void> RecordWriter::insert_started(const NewRecord& record, std::string_view logs) {
  return write("INSERT INTO {} (id, checksum, migration_name, started_at, logs) VALUES ($1, $2, $3, $4, $5)",
               {record.id, record.checksum, record.migration, record.started_at, std::string(logs)});
}

// A clause before the statement that finishes a migration; the checksum and the name as SQL.
std::string RecordWriter::correct_earlier(const NewRecord& record, std::string_view checksum,
                                          std::string_view name) const {
  if (!record.again) return {};
  return fmt::format(
      "WITH earlier AS (UPDATE {} SET checksum = {} WHERE migration_name = {} AND rolled_back_at IS NOT "
      "NULL) ",
      table_, checksum, name);
}

Result<void> RecordWriter::insert_finished(const NewRecord& record) {
  return write(correct_earlier(record, "$2", "$3") +
                   "INSERT INTO {} (id, checksum, migration_name, started_at, finished_at, applied_steps_count) "
                   "VALUES ($1, $2, $3, $4, pg_catalog.clock_timestamp(), 1)",
               {record.id, record.checksum, record.migration, record.started_at});
}

Result<void> RecordWriter::insert_rolled_back(const NewRecord& record, std::string_view logs) {
  return write(
      "INSERT INTO {} (id, checksum, migration_name, started_at, rolled_back_at, logs) "
      "VALUES ($1, $2, $3, $4, pg_catalog.clock_timestamp(), $5)",
      {record.id, record.checksum, record.migration, record.started_at, std::string(logs)});
}

Result<void> RecordWriter::set_logs(std::string_view id, std::string_view logs) {
  return write("UPDATE {} SET logs = $2 WHERE id = $1", {std::string(id), std::string(logs)});
}

Result<void> RecordWriter::finish(const NewRecord& record) {
  return write(correct_earlier(record, "$2", "$3") +
                   "UPDATE {} SET finished_at = pg_catalog.clock_timestamp(), applied_steps_count = 1, logs = NULL, "
                   "checksum = $2 WHERE id = $1 AND migration_name = $3",
               {record.id, record.checksum, record.migration});
}

Result<void> RecordWriter::roll_back(std::string_view id, std::string_view logs) {
  return write("UPDATE {} SET rolled_back_at = pg_catalog.clock_timestamp(), logs = $2 WHERE id = $1",
               {std::string(id), std::string(logs)});
}

Result<void> RecordWriter::mark_rolled_back(std::string_view id) {
  return write("UPDATE {} SET rolled_back_at = pg_catalog.clock_timestamp() WHERE id = $1", {std::string(id)});
}

std::string RecordWriter::update_sql(std::string_view id, std::string_view assignments, bool session_user_changes,
                                     std::string_view before) const {
  return fmt::format("BEGIN READ WRITE; {}{}SET LOCAL ROLE {}; {}UPDATE {} SET {} WHERE id = {}; COMMIT", timeouts(),
                     session_user_changes ? "SET LOCAL SESSION AUTHORIZATION DEFAULT; " : "", role_, before, table_,
                     assignments, sql_literal(id));
}

std::string RecordWriter::logs_sql(std::string_view id, std::string_view logs, bool session_user_changes) const {
  return update_sql(id, "logs = " + sql_literal(logs), session_user_changes);
}

std::string RecordWriter::finish_sql(const NewRecord& record, bool session_user_changes) const {
  return update_sql(record.id,
                    "finished_at = pg_catalog.clock_timestamp(), applied_steps_count = 1, logs = NULL, checksum = " +
                        sql_literal(record.checksum),
                    session_user_changes,
                    correct_earlier(record, sql_literal(record.checksum), sql_literal(record.migration)));
}

std::string RecordWriter::rolled_back_sql(std::string_view id, bool session_user_changes) const {
  return update_sql(id, "rolled_back_at = pg_catalog.clock_timestamp()", session_user_changes);
}

}  // namespace refract::live
