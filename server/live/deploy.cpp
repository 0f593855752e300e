#include "live/deploy.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "live/known_failures.h"
#include "live/progress.h"
#include "live/resume.h"
#include "support/ascii.h"

namespace refract::live {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

class Deployment {
 public:
  Deployment(const migrate::History& history, const ConnectionString& target, const DeployOptions& options)
      : history_(history), target_(target), options_(options) {
    report_.database = target.label();
  }

  Result<DeployReport> run() {
    if (auto ran = apply_all(); !ran) {
      if (report_.applied.empty()) return fail(ran.error());
      report_.ended = ran.error();
    }
    return std::move(report_);
  }

 private:
  Result<void> apply_all() {
    if (auto opened = open(); !opened) return fail(opened.error());
    if (auto ready = read(); !ready) return fail(ready.error());
    if (pending_.empty() && !interrupted_) return {};
    if (auto clear = refuse_known_failures(); !clear) return fail(clear.error());
    if (auto writable = require_writable(*session_); !writable) return fail(writable.error());
    if (auto created = create_records(*session_, target_.schema()); !created) return fail(created.error());
    if (auto allowed = require_record_rights(*session_); !allowed) return fail(allowed.error());
    auto writer = RecordWriter::open(*session_, target_.schema());
    if (!writer) return fail(writer.error());
    writer_ = std::move(*writer);
    name_session();

    if (interrupted_) {
      if (auto ended = resume(); !ended) return fail(ended.error());
    }
    for (std::size_t at = 0; at < pending_.size() && !report_.failure; ++at) {
      if (options_.stop.stop_requested())
        return fail(ErrorCode::cancelled, "The deployment was stopped between two migrations.");
      if (options_.progress) options_.progress(pending_[at]->name, report_.applied.size() + 1, pending_.size());
      if (auto applied = apply(*pending_[at]); !applied) return fail(applied.error());
      if (report_.failure) break;
      if (auto kept = keep_lock(at); !kept) return fail(kept.error());
    }
    return {};
  }

  Result<void> open() {
    auto session = open_in_schema(target_);
    if (!session) return fail(session.error());
    session_ = std::move(*session);
    auto taken = take_migration_lock(*session_, options_.lock_wait, options_.stop);
    if (!taken) return fail(taken.error());
    lock_ = std::move(*taken);
    return {};
  }

  // What is recorded, and what of the folder is not.
  Result<void> read() {
    const auto recorded = has_records(*session_, target_.schema());
    if (!recorded) return fail(recorded.error());
    std::vector<Record> records;
    if (*recorded) {
      auto rows = read_records(*session_);
      if (!rows) return fail(rows.error());
      records = std::move(*rows);
    } else if (!history_.migrations.empty()) {
      const auto tables = has_tables(*session_, options_.external_tables);
      if (!tables) return fail(tables.error());
      if (*tables) {
        return fail(ErrorCode::conflict,
                    fmt::format("The {} has tables but no record of migrations; if it already has the structure that "
                                "these migrations create, record them with: refract migrate baseline.",
                                target_.label()));
      }
    }
    if (auto clear = look_at_failed(records); !clear) return clear;
    for (const Record& record : records) {
      if (record.rolled_back) rolled_back_.insert(record.migration);
    }
    const auto last = last_runs(records);
    pending_.clear();
    for (const migrate::Migration& migration : history_.migrations) {
      const auto known = last.find(migration.name);
      const bool open = known == last.end() || !known->second.applied();
      if (open && (!interrupted_ || interrupted_->migration != migration.name)) pending_.push_back(&migration);
    }
    report_.out_of_order = out_of_order(records, history_);
    std::erase_if(report_.out_of_order, [](const OutOfOrder& one) { return !one.pending; });
    return {};
  }

  Result<void> look_at_failed(const std::vector<Record>& records) {
    for (const auto& [name, record] : last_runs(records)) {
      if (!record.failed()) continue;
      if (options_.resume && !interrupted_) {
        interrupted_ = record;
        continue;
      }
      return fail(ErrorCode::conflict, fmt::format("The migration {} began at {} and did not finish, so no other "
                                                   "migration can run; run refract migrate status to see what to do.",
                                                   name, record.started_at));
    }
    if (options_.resume && !interrupted_)
      return fail(ErrorCode::conflict, fmt::format("The {} has no unfinished migration to resume.", target_.label()));
    return {};
  }

  Result<void> refuse_known_failures() {
    const auto known = known_failures(*session_, target_.schema(), history_, pending_);
    if (!known) return fail(known.error());
    const auto found = std::ranges::find_if(
        *known, [&](const KnownFailure& failure) { return failure.unsendable || !options_.force; });
    if (found == known->end()) return {};
    const std::size_t others = known->size() - 1;
    return fail(found->unparsed ? ErrorCode::unreadable : ErrorCode::conflict,
                fmt::format("{}: {}; nothing was run{}. Correct the migration{}.", found->place, found->message,
                            others == 0 ? ""
                                        : fmt::format(" ({} more statement{} known to fail)", others,
                                                      others == 1 ? " is" : "s are"),
                            found->unsendable ? "" : ", or run it anyway with --force"));
  }

  // Other sessions see who holds the lock and what runs. A name that the URL gives stays.
  void name_session() {
    const auto named = session_->query("SELECT current_setting('application_name')");
    names_session_ = named && named->at(0).at(0).value_or("").empty();
  }
  void show_in_session(const std::string& migration) {
    if (!names_session_) return;
    // A name that cannot be set is shown nowhere; the migration runs all the same.
    (void)session_->query("SELECT pg_catalog.set_config('application_name', $1, false)",
                          {deploy_application_name(migration)});
  }

  Result<void> apply(const migrate::Migration& migration) {
    const auto begin = Clock::now();
    show_in_session(migration.name);
    auto record = writer_->prepare(migration.name, migration.checksum());
    if (!record) return fail(record.error());
    record->again = rolled_back_.contains(migration.name);
    const migrate::Script script = migrate::read_script(migration.sql);
    const bool together = script.one_transaction();
    if (!together) {
      if (auto started = writer_->insert_started(*record, progress_text(script, 0)); !started) return started;
    }
    auto failure = run_script(*session_, script, together ? whole_record(*record) : step_record(*record, script));
    return conclude(migration, script, *record, together, begin, std::move(failure));
  }

  // The rest of a migration of which a part took effect.
  Result<void> resume() {
    const auto begin = Clock::now();
    const Record& row = *interrupted_;
    const migrate::Migration* migration = find_migration(history_, row.migration);
    const auto progress = read_progress(row.logs);
    const auto refused = [&](std::string_view why) {
      return fail(ErrorCode::conflict, fmt::format("The migration {} cannot be resumed: {}; complete or undo it by "
                                                   "hand, then record that with: refract migrate resolve.",
                                                   row.migration, why));
    };
    if (migration == nullptr) return refused("it is not in the folder");
    if (!progress) return refused("its record does not name the statements that took effect");
    const migrate::Script whole = migrate::read_script(migration->sql);
    if (!continues(whole, *progress)) return refused("the statements that took effect were edited afterwards");
    if (options_.progress) options_.progress(migration->name, 1, pending_.size() + 1);
    show_in_session(migration->name);
    const auto done = prepare_rest(*session_, whole, *progress);
    if (!done) return fail(done.error());
    const NewRecord record{row.id, row.started_at, row.migration, migration->checksum(),
                           rolled_back_.contains(row.migration)};
    const migrate::Script rest = migrate::read_script(migration->sql, *done);
    auto failure = run_script(*session_, rest, step_record(record, rest));
    if (failure) failure->done = std::max(failure->done, *done);
    return conclude(*migration, rest, record, false, begin, std::move(failure));
  }

  // One row, in one transaction with what it records.
  ScriptRecord whole_record(const NewRecord& record) {
    return {.mark = [&](std::size_t) { return writer_->insert_finished(record); }};
  }

  // A row that exists from the beginning and records the progress of the script.
  ScriptRecord step_record(const NewRecord& record, const migrate::Script& script) {
    const bool user_changes = ascii::to_lower(script.sql).contains("session authorization");
    const auto finished = [&script](std::size_t done) { return done == script.statements.size(); };
    return {.mark =
                [this, &record, &script, finished](std::size_t done) {
                  return finished(done) ? writer_->finish(record)
                                        : writer_->set_logs(record.id, progress_text(script, done));
                },
            .mark_sql =
                [this, &record, &script, finished, user_changes](std::size_t done) {
                  return finished(done) ? writer_->finish_sql(record, user_changes)
                                        : writer_->logs_sql(record.id, progress_text(script, done), user_changes);
                }};
  }

  Result<void> conclude(const migrate::Migration& migration, const migrate::Script& script, const NewRecord& record,
                        bool together, Clock::time_point begin, std::optional<ScriptFailure> failure) {
    if (failure && failure->lost) return after_loss(migration, record, together, begin, std::move(*failure));
    if (!failure) {
      report_.applied.push_back({migration.name, milliseconds_since(begin)});
      return {};
    }
    const bool nothing = together || failure->left_nothing();
    const std::string message = failure->message();
    const std::string logs =
        together ? message : progress_text(script, failure->done) + "\n" + message + left_words(*failure);
    const auto noted = together  ? writer_->insert_rolled_back(record, logs)
                       : nothing ? writer_->roll_back(record.id, logs)
                                 : writer_->set_logs(record.id, logs);
    report_.failure = {migration.name, migration.sql_path, std::move(*failure), nothing};
    if (!noted) report_.failure->why.error.message += fmt::format(" (not recorded: {})", noted.error().message);
    return {};
  }

  static std::string left_words(const ScriptFailure& failure) {
    std::string words;
    for (const std::string& what : failure.left) words += "\nleft behind: " + what;
    return words;
  }

  // The connection broke: the record shows what became of the migration.
  Result<void> after_loss(const migrate::Migration& migration, const NewRecord& record, bool together,
                          Clock::time_point begin, ScriptFailure failure) {
    const auto again = read_again(record.id);
    if (!again) {
      return fail(ErrorCode::database_unreachable,
                  fmt::format("The connection to the {} was lost while {} ran, and its result is unknown; run refract "
                              "migrate status to see it.",
                              target_.label(), migration.name));
    }
    const std::optional<Record>& row = *again;
    if (row && row->applied()) {
      report_.applied.push_back({migration.name, milliseconds_since(begin)});
      if (&migration == pending_.back()) return {};
      return fail(ErrorCode::database_unreachable,
                  fmt::format("The connection to the {} was lost after {}, which is applied and recorded; run refract "
                              "migrate deploy again for the migrations after it.",
                              target_.label(), migration.name));
    }
    const auto progress = row ? read_progress(row->logs) : std::nullopt;
    failure.done = progress ? progress->done : 0;
    failure.certain = together;
    failure.place.reset();
    failure.error.message = fmt::format("The connection to the {} was lost.", target_.label());
    report_.failure = {migration.name, migration.sql_path, std::move(failure), together, false};
    return {};
  }

  // The record as a new session reads it, once the lost one has ended on the server.
  Result<std::optional<Record>> read_again(const std::string& id) {
    const Clock::time_point end = Clock::now() + std::max(options_.lock_wait, std::chrono::milliseconds(1000));
    Error last{ErrorCode::database_unreachable, {}};
    while (true) {
      lock_.reset();
      session_.reset();
      if (auto opened = open(); !opened) {
        last = opened.error();
      } else {
        auto rows = read_records(*session_);
        if (!rows) return fail(rows.error());
        const auto found = std::ranges::find(*rows, id, &Record::id);
        return found == rows->end() ? std::nullopt : std::optional(std::move(*found));
      }
      if (Clock::now() >= end) return fail(last);
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  }

  // Where a migration gave the lock away, others may have applied what comes next.
  Result<void> keep_lock(std::size_t at) {
    const auto lost = keep_migration_lock(*session_, options_.lock_wait);
    if (!lost) return fail(lost.error());
    if (!*lost || at + 1 >= pending_.size()) return {};
    // What a migration set in the session does not keep another one from reading.
    auto other = open_in_schema(target_);
    if (!other) return fail(other.error());
    const auto records = read_records(*other);
    if (!records) return fail(records.error());
    const auto last = last_runs(*records);
    for (std::size_t next = pending_.size() - 1; next > at; --next) {
      const auto known = last.find(pending_[next]->name);
      if (known != last.end() && known->second.applied())
        pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(next));
    }
    return {};
  }

  const migrate::History& history_;
  const ConnectionString& target_;
  const DeployOptions& options_;
  DeployReport report_;
  std::optional<Session> session_;
  MigrationLock lock_;
  std::optional<RecordWriter> writer_;
  std::vector<const migrate::Migration*> pending_;
  std::set<std::string> rolled_back_;  // migrations with rows that were rolled back
  std::optional<Record> interrupted_;  // the failed run that is resumed
  bool names_session_ = false;
};

}  // namespace

Result<DeployReport> deploy(const migrate::History& history, const ConnectionString& target,
                            const DeployOptions& options) {
  return Deployment(history, target, options).run();
}

}  // namespace refract::live
