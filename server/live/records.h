#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "live/session.h"

namespace refract::live {

// One row of `_prisma_migrations`, Prisma's own record of what ran.
struct Record {
  std::string id;
  std::string checksum;
  std::string migration;
  std::string logs;          // PostgreSQL's message of a failed run; empty otherwise
  std::string started_at;    // as PostgreSQL prints a timestamptz
  std::string finished_at;   // microseconds since the epoch, of equal length; empty where it did not finish
  bool rolled_back = false;  // rolled_back_at is set
  int steps = 0;             // applied_steps_count: 0 in a finished row where only the record was written

  bool applied() const { return !finished_at.empty() && !rolled_back; }
  bool failed() const { return finished_at.empty() && !rolled_back; }
  bool only_recorded() const { return applied() && steps == 0; }
};

// Whether the table is in the session's schema. Errors: database_rights, when the role has no USAGE privilege on it;
// those of Session.
Result<bool> has_records(Session& session, std::string_view schema);
// Errors: database_rights, where the session takes no writes: a standby, or read-only transactions.
Result<void> require_writable(Session& session);
// Creates the table as Prisma does, in the session's schema, which is created where it is missing; does nothing where
// the table exists. Errors: those of Session; database_rights names the missing right.
Result<void> create_records(Session& session, std::string_view schema);
// Errors: database_rights, when the role may not add rows to the table, which no migration can be without.
Result<void> require_record_rights(Session& session);
// All rows, oldest first. Errors: those of Session.
Result<std::vector<Record>> read_records(Session& session);
// The server's time in the form of Record::finished_at. Errors: those of Session.
Result<std::string> server_time(Session& session);
// A finished row for a migration that was applied by other means. Errors: those of Session.
Result<void> record_applied(Session& session, std::string_view migration, std::string_view checksum);
Result<void> record_rolled_back(Session& session, std::string_view id);
// Gives the rolled-back rows of a migration the checksum of the text that is applied (see NewRecord::again).
Result<void> correct_rolled_back(Session& session, std::string_view migration, std::string_view checksum);

// A row that is to be written, its id and time known before.
struct NewRecord {
  std::string id;
  std::string started_at;
  std::string migration;
  std::string checksum;
  // There are rows of the same migration that were rolled back. Prisma 6 compares the first row of a name with the
  // folder, rolled back or not: they take the checksum of the text that was applied in the end.
  bool again = false;
};

// Writes rows in a session in which scripts have run, whatever they set: role, read-only transactions, search_path,
// timeouts. What they set is in force again afterwards.
class RecordWriter {
 public:
  // `session` as it was opened, in the schema of the table. Errors: those of Session.
  static Result<RecordWriter> open(Session& session, std::string_view schema);

  // Writes nothing yet. Errors: those of Session.
  Result<NewRecord> prepare(std::string_view migration, std::string_view checksum);

  // Each writes within the transaction that is open, or in one of its own. Errors: those of Session.
  Result<void> insert_started(const NewRecord& record, std::string_view logs);
  Result<void> insert_finished(const NewRecord& record);
  Result<void> insert_rolled_back(const NewRecord& record, std::string_view logs);
  Result<void> set_logs(std::string_view id, std::string_view logs);
  Result<void> finish(const NewRecord& record);
  Result<void> roll_back(std::string_view id, std::string_view logs);
  Result<void> mark_rolled_back(std::string_view id);

  // The same as SQL that goes after a script in one message.
  std::string logs_sql(std::string_view id, std::string_view logs, bool session_user_changes) const;
  std::string finish_sql(const NewRecord& record, bool session_user_changes) const;
  std::string rolled_back_sql(std::string_view id, bool session_user_changes) const;

 private:
  RecordWriter(Session& session, std::string table) : session_(&session), table_(std::move(table)) {}
  Result<void> write(const std::string& sql, const std::vector<std::optional<std::string>>& parameters);
  Result<void> enter();
  std::string timeouts() const;
  std::string correct_earlier(const NewRecord& record, std::string_view checksum, std::string_view name) const;
  std::string update_sql(std::string_view id, std::string_view assignments, bool session_user_changes,
                         std::string_view before = {}) const;

  Session* session_;
  std::string table_;  // schema and name, quoted
  std::string user_;   // as the session began, quoted where it is SQL: user, role and timeouts
  std::string role_name_;
  std::string role_;
  std::string lock_timeout_;
  std::string statement_timeout_;
};

}  // namespace refract::live
