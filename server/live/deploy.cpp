#include "live/deploy.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "live/records.h"

namespace refract::live {
namespace {

double milliseconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

Result<void> enter_schema(Session& session, const ConnectionString& target) {
  auto set = session.query("SELECT set_config('search_path', quote_ident($1), false)", {target.schema()});
  if (!set) return fail(set.error());
  return {};
}

// A session that works in the schema the URL names, as Prisma's does.
Result<Session> open_in_schema(const ConnectionString& target) {
  auto session = Session::open(target);
  if (!session) return session;
  if (auto entered = enter_schema(*session, target); !entered) return fail(entered.error());
  return session;
}

// Tables of the schema besides Prisma's own.
Result<bool> has_tables(Session& session) {
  auto rows = session.query(
      "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', "
      "'p') AND n.nspname = current_schema() AND c.relname <> '_prisma_migrations')");
  if (!rows) return fail(rows.error());
  return rows->at(0).at(0) == "t";
}

// The last run of each migration decides: a rolled-back row may be followed by a good one.
std::map<std::string, Record> last_runs(const std::vector<Record>& records) {
  std::map<std::string, Record> last;
  for (const Record& record : records) {
    auto& known = last[record.migration];
    if (!known.applied()) known = record;
  }
  return last;
}

const migrate::Migration* find(const migrate::History& history, std::string_view name) {
  const auto found = std::ranges::find(history.migrations, name, &migrate::Migration::name);
  return found == history.migrations.end() ? nullptr : &*found;
}

MigrationState state_of(const Record& record, const migrate::Migration* migration) {
  if (record.failed()) return MigrationState::failed;
  if (record.rolled_back) return MigrationState::rolled_back;
  if (migration == nullptr) return MigrationState::missing;
  return migration->checksum() == record.checksum ? MigrationState::applied : MigrationState::edited;
}

Result<std::string> search_path(Session& session) {
  auto rows = session.query("SELECT current_setting('search_path')");
  if (!rows) return fail(rows.error());
  return rows->at(0).at(0).value_or("");
}

// Runs a script from the search_path on that the one before left, and keeps what this one leaves, as in Prisma's one
// session. Ends in the target's schema and without an open transaction, whether it ends well or not.
Result<void> run_script(Session& session, const ConnectionString& target, std::string_view sql, std::string& path) {
  if (auto set = session.query("SELECT set_config('search_path', $1, false)", {path}); !set) return fail(set.error());
  auto ran = session.execute(sql);
  if (ran) {
    const auto open = session.in_transaction();
    if (!open) return fail(open.error());
    if (*open) ran = fail(ErrorCode::database_failed, "It begins a transaction and does not end it; add COMMIT.");
  }
  if (!ran) {
    if (ran.error().code == ErrorCode::database_unreachable) return ran;
    if (auto ended = session.execute("ROLLBACK"); !ended) return ended;
  } else {
    auto left = search_path(session);
    if (!left) return fail(left.error());
    path = std::move(*left);
  }
  if (auto entered = enter_schema(session, target); !entered) return entered;
  return ran;
}

Result<void> refuse_if_failed(const std::vector<Record>& records) {
  const auto failed = std::ranges::find_if(records, &Record::failed);
  if (failed == records.end()) return {};
  return fail(
      ErrorCode::conflict,
      fmt::format("The migration {} began at {} and did not finish, so nothing else may run; mend the database, "
                  "then settle it with: refract migrate resolve --rolled-back {} (or --applied).",
                  failed->migration, failed->started_at, failed->migration));
}

}  // namespace

std::size_t StatusReport::count(MigrationState state) const {
  return static_cast<std::size_t>(std::ranges::count(migrations, state, &MigrationStatus::state));
}

Result<StatusReport> status(const migrate::History& history, const ConnectionString& target) {
  auto session = open_in_schema(target);
  if (!session) return fail(session.error());
  StatusReport report;
  report.database = target.label();
  const auto recorded = has_records(*session);
  if (!recorded) return fail(recorded.error());
  report.has_records = *recorded;
  const auto tables = has_tables(*session);
  if (!tables) return fail(tables.error());
  report.empty = !*tables;

  std::map<std::string, MigrationStatus> by_name;
  for (const migrate::Migration& migration : history.migrations) by_name[migration.name].name = migration.name;
  if (report.has_records) {
    const auto records = read_records(*session);
    if (!records) return fail(records.error());
    for (const auto& [name, record] : last_runs(*records)) {
      const migrate::Migration* migration = find(history, name);
      // Undone and gone from the folder: no trace that anyone has to act on.
      if (record.rolled_back && migration == nullptr) continue;
      by_name[name] = {name, state_of(record, migration), record.started_at, record.logs};
    }
  }
  for (auto& [name, migration] : by_name) report.migrations.push_back(std::move(migration));
  return report;
}

Result<DeployReport> deploy(const migrate::History& history, const ConnectionString& target,
                            const DeployProgress& progress, std::stop_token stop) {
  auto session = open_in_schema(target);
  if (!session) return fail(session.error());
  if (auto locked = take_migration_lock(*session); !locked) return fail(locked.error());

  const auto recorded = has_records(*session);
  if (!recorded) return fail(recorded.error());
  if (!*recorded) {
    const auto tables = has_tables(*session);
    if (!tables) return fail(tables.error());
    if (*tables) {
      return fail(ErrorCode::conflict,
                  fmt::format("The {} has tables but no record of migrations; if they come from these migrations, mark "
                              "each with: refract migrate resolve --applied NAME.",
                              target.label()));
    }
  }
  if (auto created = create_records(*session, target.schema()); !created) return fail(created.error());
  const auto records = read_records(*session);
  if (!records) return fail(records.error());
  if (auto clear = refuse_if_failed(*records); !clear) return fail(clear.error());

  const auto last = last_runs(*records);
  std::vector<const migrate::Migration*> pending;
  for (const migrate::Migration& migration : history.migrations) {
    const auto known = last.find(migration.name);
    if (known == last.end() || !known->second.applied()) pending.push_back(&migration);
  }

  auto path = search_path(*session);
  if (!path) return fail(path.error());
  DeployReport report;
  report.database = target.label();
  for (const migrate::Migration* migration : pending) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "The deployment was stopped between two migrations.");
    if (progress) progress(migration->name, report.applied.size() + 1, pending.size());
    const auto begin = std::chrono::steady_clock::now();
    const auto id = record_start(*session, migration->name, migration->checksum());
    if (!id) return fail(id.error());
    if (auto ran = run_script(*session, target, migration->sql, *path); !ran) {
      if (ran.error().code == ErrorCode::database_unreachable) return fail(ran.error());
      if (auto noted = record_failure(*session, *id, ran.error().message); !noted) return fail(noted.error());
      report.failure =
          DeployFailure{migration->name, ran.error().message, catalog::parse_sql(migration->sql).transactional};
      return report;
    }
    if (auto noted = record_success(*session, *id); !noted) return fail(noted.error());
    report.applied.push_back({migration->name, milliseconds_since(begin)});
  }
  return report;
}

Result<AppliedMigration> rollback(const migrate::History& history, const ConnectionString& target,
                                  const std::optional<std::string>& expected) {
  auto session = open_in_schema(target);
  if (!session) return fail(session.error());
  if (auto locked = take_migration_lock(*session); !locked) return fail(locked.error());
  const auto recorded = has_records(*session);
  if (!recorded) return fail(recorded.error());
  std::vector<Record> records;
  if (*recorded) {
    auto read = read_records(*session);
    if (!read) return fail(read.error());
    records = std::move(*read);
  }
  if (auto clear = refuse_if_failed(records); !clear) return fail(clear.error());

  const Record* last = nullptr;
  for (const Record& record : records) {
    if (record.applied() && (last == nullptr || record.migration > last->migration)) last = &record;
  }
  if (last == nullptr) return fail(ErrorCode::not_found, "No migration is applied there, so there is nothing to undo.");
  if (expected && *expected != last->migration) {
    return fail(ErrorCode::conflict, fmt::format("The last applied migration is {}, not {}; undo that one first.",
                                                 last->migration, *expected));
  }
  const migrate::Migration* migration = find(history, last->migration);
  Result<std::optional<std::string>> down = std::nullopt;
  if (migration != nullptr) down = migrate::read_down_sql(*migration);
  if (!down) return fail(down.error());
  if (!*down) {
    return fail(
        ErrorCode::not_found,
        fmt::format("The migration {} has no down.sql here; write one beside its migration.sql.", last->migration));
  }

  const auto begin = std::chrono::steady_clock::now();
  const bool transactional = catalog::parse_sql(**down).transactional;
  // Both in one transaction, where down.sql lets us: the record changes only if every statement ran.
  if (transactional) {
    if (auto begun = session->execute("BEGIN"); !begun) return fail(begun.error());
  }
  auto path = search_path(*session);
  if (!path) return fail(path.error());
  auto ran = transactional ? session->execute(**down) : run_script(*session, target, **down, *path);
  if (ran && transactional) ran = enter_schema(*session, target);
  if (!ran) {
    return fail(ran.error().code,
                fmt::format("{}/down.sql failed and {}: {}", migration->name,
                            transactional ? "nothing of it stayed"
                                          : "part of it may have stayed, for it manages transactions of its own",
                            ran.error().message));
  }
  if (auto noted = record_rolled_back(*session, last->id); !noted) return fail(noted.error());
  if (transactional) {
    if (auto ended = session->execute("COMMIT"); !ended) return fail(ended.error());
  }
  return AppliedMigration{migration->name, milliseconds_since(begin)};
}

Result<void> resolve(const migrate::History& history, const ConnectionString& target, const std::string& name,
                     Resolution resolution) {
  auto session = open_in_schema(target);
  if (!session) return fail(session.error());
  if (auto locked = take_migration_lock(*session); !locked) return locked;
  if (auto created = create_records(*session, target.schema()); !created) return created;
  const auto records = read_records(*session);
  if (!records) return fail(records.error());
  const auto last = last_runs(*records);
  const auto known = last.find(name);
  const bool failed = known != last.end() && known->second.failed();
  if (known != last.end() && known->second.applied()) {
    return fail(ErrorCode::conflict, fmt::format("The migration {} is recorded as applied already.", name));
  }

  if (resolution == Resolution::rolled_back) {
    if (!failed) {
      return fail(ErrorCode::not_found, fmt::format("The database records no failed run of a migration {}.", name));
    }
    return record_rolled_back(*session, known->second.id);
  }
  const migrate::Migration* migration = find(history, name);
  if (migration == nullptr) {
    return fail(ErrorCode::not_found,
                fmt::format("The folder {} holds no migration {}.", history.folder.string(), name));
  }
  if (failed) {
    if (auto closed = record_rolled_back(*session, known->second.id); !closed) return closed;
  }
  return record_applied(*session, name, migration->checksum());
}

}  // namespace refract::live
