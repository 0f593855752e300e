#include "live/script_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/ascii.h"

namespace refract::live {
namespace {

using migrate::Script;
using migrate::ScriptUnit;
using migrate::UnitKind;

// What a statement that runs outside of a transaction may leave where it fails.
constexpr std::string_view kHalfDone =
    "SELECT 'the invalid index ' || i.indexrelid::pg_catalog.regclass FROM pg_catalog.pg_index i WHERE NOT "
    "i.indisvalid "
    "UNION ALL SELECT 'the pending detachment of ' || h.inhrelid::pg_catalog.regclass FROM pg_catalog.pg_inherits h "
    "WHERE h.inhdetachpending ORDER BY 1";

// Whether the database has a procedure that ends transactions.
constexpr std::string_view kCommitting =
    "SELECT EXISTS (SELECT FROM pg_catalog.pg_proc WHERE prokind = 'p' AND prosrc ~* '(commit|rollback)')";

class ScriptRun {
 public:
  ScriptRun(Session& session, const Script& script, const ScriptRecord& record, std::stop_token stop)
      : session_(session), script_(script), record_(record), stop_(std::move(stop)) {}

  std::optional<ScriptFailure> run(const ScriptUnit& unit) {
    switch (unit.kind) {
      case UnitKind::transaction:
        return in_transaction(unit);
      case UnitKind::as_written:
        return as_written(unit);
      case UnitKind::alone:
        return alone(unit);
    }
    return std::nullopt;
  }

  // A script without statements still is a migration.
  std::optional<ScriptFailure> mark_empty() { return mark({UnitKind::transaction, script_.statements.size(), 0}); }

 private:
  std::optional<ScriptFailure> in_transaction(const ScriptUnit& unit) {
    if (auto begun = session_.execute("BEGIN"); !begun) return whole(unit, begun.error());
    if (record_.begin) {
      if (auto ready = record_.begin(); !ready) return rolled_back(whole(unit, ready.error()));
    }
    // A timeout that the script sets is not to end what follows it: the record, and the wait for the next migration.
    const std::string text = ascii::to_lower(script_.sent(unit).text);
    const bool breaks_idle = text.contains("idle_session_timeout") && session_.server_version() >= 140000;
    std::string tail;
    if (text.contains("idle_in_transaction_session_timeout"))
      tail += "SET LOCAL idle_in_transaction_session_timeout = 0;";
    if (text.contains("transaction_timeout") && session_.server_version() >= 170000)
      tail += "SET LOCAL transaction_timeout = 0;";
    if (auto failure = send(unit, tail)) return rolled_back(std::move(*failure));
    // A transaction that may only read changed nothing, and takes no record.
    const auto read_only = session_.query("SELECT pg_catalog.current_setting('transaction_read_only')");
    if (!read_only) return rolled_back(whole(unit, read_only.error()));
    const bool mark_inside = read_only->at(0).at(0) != "on";
    if (mark_inside && record_.mark) {
      if (auto marked = record_.mark(unit.first + unit.count); !marked) return rolled_back(whole(unit, marked.error()));
    }
    const auto ended = session_.execute(breaks_idle ? "COMMIT; SET idle_session_timeout = 0" : "COMMIT");
    if (!ended) return rolled_back(whole(unit, ended.error()));
    return mark_inside ? std::nullopt : mark(unit);
  }

  std::optional<ScriptFailure> as_written(const ScriptUnit& unit) {
    const bool closed = script_.closed || unit.first + unit.count < script_.statements.size();
    const bool together = unit.count > 1 && closed && record_.mark_sql;
    std::optional<ScriptFailure> failure =
        send(unit, together ? record_.mark_sql(unit.first + unit.count) : std::string());
    // All statements ended well and the mark did not: something that they set is in its way.
    const bool unmarked = failure && !failure->lost && completed_ >= unit.count;
    if (unmarked) failure = finished_unmarked();
    if (failure) {
      failure->done = unit.first + script_.committed(unit, completed_);
      if (unit.count == 1) failure->certain = !may_commit(unit);
      return rolled_back(std::move(*failure));
    }
    if (session_.in_transaction()) {
      ScriptFailure open =
          whole(unit, {ErrorCode::database_failed, "It begins a transaction and does not end it; add COMMIT."});
      open.done = unit.first + script_.committed(unit, unit.count);
      return rolled_back(std::move(open));
    }
    return together && !unmarked ? std::nullopt : mark(unit);
  }

  std::optional<ScriptFailure> alone(const ScriptUnit& unit) {
    const std::vector<std::string> before = half_done();
    if (auto failure = send(unit)) {
      if (!failure->lost) {
        std::ranges::set_difference(half_done(), before, std::back_inserter(failure->left));
        failure->certain = script_.statements[unit.first].rule.command != "DO with COMMIT";
      }
      return rolled_back(std::move(*failure));
    }
    return mark(unit);
  }

  // Sends a unit, with `tail` after it in the same message.
  std::optional<ScriptFailure> send(const ScriptUnit& unit, const std::string& tail = {}) {
    const Script::Sent sent = script_.sent(unit);
    const ScriptResult result = tail.empty()
                                    ? session_.run_script(sent.text, stop_)
                                    : session_.run_script(std::string(sent.text).append("\n;\n").append(tail), stop_);
    completed_ = result.completed;
    if (!result.failure) return std::nullopt;
    ScriptFailure failure;
    failure.error = result.failure->error;
    failure.lost = failure.error.code == ErrorCode::database_unreachable;
    failure.done = unit.first;
    failure.statement = unit.first + result.completed + 1;
    std::size_t offset = result.failure->offset;
    if (offset != std::string::npos && offset < sent.text.size()) {
      offset += sent.begin;
      // The server reads all of a message before it runs any: the position in the error identifies the statement.
      const auto after = std::ranges::upper_bound(script_.statements, offset, {},
                                                  [](const auto& statement) { return statement.range.begin; });
      failure.statement = static_cast<std::size_t>(after - script_.statements.begin());
    } else if (result.completed < unit.count) {
      offset = script_.statements[failure.statement - 1].range.begin;
    } else {
      return failure;
    }
    failure.place = migrate::place_of(script_.sql, offset);
    return failure;
  }

  // Ends what is left of the transaction that did not take the mark. nullopt: the session can go on.
  std::optional<ScriptFailure> finished_unmarked() {
    ScriptFailure none = rolled_back({});
    return none.lost ? std::optional(std::move(none)) : std::nullopt;
  }

  // A failure that is of no single statement.
  static ScriptFailure whole(const ScriptUnit& unit, Error error) {
    ScriptFailure failure;
    failure.done = unit.first;
    failure.lost = error.code == ErrorCode::database_unreachable;
    failure.error = std::move(error);
    return failure;
  }

  ScriptFailure rolled_back(ScriptFailure failure) {
    if (!failure.lost && session_.in_transaction()) {
      if (auto ended = session_.execute("ROLLBACK"); !ended) failure.lost = true;
    }
    return failure;
  }

  std::optional<ScriptFailure> mark(const ScriptUnit& unit) {
    if (!record_.mark) return std::nullopt;
    auto marked = record_.mark(unit.first + unit.count);
    if (marked) return std::nullopt;
    ScriptFailure failure = whole(unit, marked.error());
    failure.done = unit.first + unit.count;
    return failure;
  }

  std::vector<std::string> half_done() {
    std::vector<std::string> found;
    const auto rows = session_.query(kHalfDone);
    if (!rows) return found;
    for (const Row& row : *rows) found.push_back(row.at(0).value_or(""));
    std::ranges::sort(found);
    return found;
  }

  bool may_commit(const ScriptUnit& unit) {
    if (script_.statements[unit.first].rule.sending != catalog::Sending::procedure) return false;
    const auto rows = session_.query(kCommitting);
    return !rows || rows->at(0).at(0) == "t";
  }

  Session& session_;
  const Script& script_;
  const ScriptRecord& record_;
  std::stop_token stop_;
  std::size_t completed_ = 0;  // statements of the unit sent last, as the server answered
};

}  // namespace

std::string ScriptFailure::message() const {
  return place ? fmt::format("line {}, column {}: {}", place->line, place->column, error.message) : error.message;
}

std::optional<ScriptFailure> run_script(Session& session, const Script& script, const ScriptRecord& record,
                                        std::stop_token stop) {
  ScriptRun run(session, script, record, std::move(stop));
  if (script.units.empty()) return run.mark_empty();
  for (const ScriptUnit& unit : script.units) {
    auto failure = run.run(unit);
    if (!failure) continue;
    failure->taken_back = script.taken_back(failure->done).size();
    return failure;
  }
  return std::nullopt;
}

}  // namespace refract::live
