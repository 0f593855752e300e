#include "live/rollback.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "live/applied.h"
#include "live/losses.h"
#include "live/script_run.h"
#include "support/ascii.h"

namespace refract::live {
namespace {

using Clock = std::chrono::steady_clock;

// The applied migration that is meant.
Result<Record> chosen(const std::vector<Record>& records, const std::optional<std::string>& name,
                      const std::string& now) {
  const auto failed = std::ranges::find_if(records, &Record::failed);
  if (failed != records.end()) {
    return fail(ErrorCode::conflict, fmt::format("The migration {} began at {} and did not finish, so no other "
                                                 "migration can run; run refract migrate status to see what to do.",
                                                 failed->migration, failed->started_at));
  }
  std::vector<Record> applied = applied_in_order(records);
  if (applied.empty()) return fail(ErrorCode::not_found, "No migration is applied there, so there is nothing to undo.");
  Record& last = applied.back();
  if (!name) {
    if (last.finished_at > now) {
      return fail(ErrorCode::conflict,
                  fmt::format("The migration {} is recorded as finished in the future, so the clocks differ and the "
                              "last migration is uncertain; name the one to undo: refract migrate rollback NAME.",
                              last.migration));
    }
    if (!last.only_recorded()) return std::move(last);
    return fail(ErrorCode::conflict,
                fmt::format("The migration {} is the last one, and was only recorded (baseline or resolve), not run; "
                            "to undo it anyway, name it: refract migrate rollback {}.",
                            last.migration, last.migration));
  }
  const auto named = std::ranges::find(applied, *name, &Record::migration);
  if (named == applied.end()) {
    return fail(ErrorCode::conflict,
                fmt::format("The migration {} is not applied; the last one that is: {}.", *name, last.migration));
  }
  // A time in the future does not show the order; the names do.
  for (auto later = applied.end() - 1; later != named; --later) {
    if (later->finished_at > now && later->migration < *name) continue;
    return fail(ErrorCode::conflict, fmt::format("The migration {} finished after {} and is applied; undo that one "
                                                 "first.",
                                                 later->migration, *name));
  }
  return std::move(*named);
}

Result<std::string> down_sql_of(const migrate::History& history, const std::string& name) {
  const migrate::Migration* migration = find_migration(history, name);
  if (migration == nullptr) {
    return fail(ErrorCode::not_found, fmt::format("The folder {} has no migration {}; restore it from version control.",
                                                  history.folder.string(), name));
  }
  auto down = migrate::read_down_sql(*migration);
  if (!down) return fail(down.error());
  if (!*down) {
    return fail(ErrorCode::not_found, fmt::format("The migration {} has no down.sql here; write one with: refract "
                                                  "migrate down {}.",
                                                  name, name));
  }
  if ((*down)->contains('\0'))
    return fail(ErrorCode::unreadable, fmt::format("{}/down.sql has a NUL byte; remove it.", name));
  return std::move(**down);
}

Result<void> lock_tables(Session& session, const std::vector<Risk>& risks) {
  std::set<std::string> tables;
  for (const Risk& risk : risks) {
    if (!risk.table.empty()) tables.insert(risk.table);
  }
  for (const std::string& table : tables) {
    if (auto locked = session.execute(fmt::format("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", table)); !locked)
      return locked;
  }
  return {};
}

}  // namespace

Result<RollbackReport> rollback(const migrate::History& history, const ConnectionString& target,
                                const RollbackOptions& options) {
  auto session = open_in_schema(target);
  if (!session) return fail(session.error());
  const auto lock = take_migration_lock(*session, options.lock_wait);
  if (!lock) return fail(lock.error());
  const auto recorded = has_records(*session, target.schema());
  if (!recorded) return fail(recorded.error());
  std::vector<Record> records;
  if (*recorded) {
    auto read = read_records(*session);
    if (!read) return fail(read.error());
    records = std::move(*read);
  }
  const auto now = server_time(*session);
  if (!now) return fail(now.error());
  const auto record = chosen(records, options.name, *now);
  if (!record) return fail(record.error());
  RollbackReport report;
  report.database = target.label();
  report.migration = record->migration;
  auto down = down_sql_of(history, record->migration);
  if (!down) return fail(down.error());
  report.sql = std::move(*down);

  const auto risks = risks_of(*session, report.sql, target.schema());
  if (!risks) return fail(risks.error());
  const auto count_losses = [&]() -> Result<void> {
    auto found = losses(*session, *risks);
    if (!found) return fail(found.error());
    report.losses = std::move(*found);
    return {};
  };
  if (auto counted = count_losses(); !counted) return fail(counted.error());
  if (options.dry_run || (!report.losses.empty() && !options.accept_data_loss)) return report;

  if (auto writable = require_writable(*session); !writable) return fail(writable.error());
  const auto begin = Clock::now();
  auto writer = RecordWriter::open(*session, target.schema());
  if (!writer) return fail(writer.error());
  const migrate::Script script = migrate::read_script(report.sql);
  const bool user_changes = ascii::to_lower(report.sql).contains("session authorization");
  const auto ended = [&script](std::size_t done) { return done == script.statements.size(); };
  ScriptRecord mark;
  bool refused = false;
  if (script.one_transaction() && !options.accept_data_loss) {
    // Counted again with writers kept out: what came since the first count is not lost without a word.
    mark.begin = [&]() -> Result<void> {
      if (auto locked = lock_tables(*session, *risks); !locked) return locked;
      if (auto counted = count_losses(); !counted) return counted;
      refused = !report.losses.empty();
      return refused ? fail(ErrorCode::conflict, "") : Result<void>();
    };
  }
  mark.mark = [&](std::size_t done) { return ended(done) ? writer->mark_rolled_back(record->id) : Result<void>(); };
  mark.mark_sql = [&](std::size_t done) {
    return ended(done) ? writer->rolled_back_sql(record->id, user_changes) : std::string();
  };
  if (const auto failure = run_script(*session, script, mark)) {
    if (refused) return report;
    if (failure->lost) {
      return fail(ErrorCode::database_unreachable,
                  fmt::format("The connection to the {} was lost while {} was undone, and the result is unknown; run "
                              "refract migrate status to see it.",
                              target.label(), record->migration));
    }
    report.failure = *failure;
    return report;
  }
  report.undone = true;
  report.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  return report;
}

}  // namespace refract::live
