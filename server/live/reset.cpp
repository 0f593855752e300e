#include "live/reset.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "catalog/expression/expression.h"
#include "live/migration_lock.h"
#include "live/records.h"
#include "live/reset_queries.h"

namespace refract::live {
namespace {

// Up to this many rows a table is counted; above, PostgreSQL's estimate is good enough to decide by.
constexpr std::int64_t kCountedRows = 100'000;

std::string text(const std::optional<std::string>& field) {
  return field.value_or("");
}

// Reads a plan in one session; the queries share their parameters.
class Planner {
 public:
  Planner(Session& session, const ResetScope& scope, const migrate::History& history)
      : session_(session), scope_(scope), history_(history) {}

  Result<ResetPlan> plan(const ConnectionString& target) {
    plan_.label = target.label();
    if (auto read = read_names(); !read) return fail(read.error());
    if (auto read = read_objects(); !read) return fail(read.error());
    if (auto read = read_dependents(); !read) return fail(read.error());
    if (auto read = read_extensions(); !read) return fail(read.error());
    return std::move(plan_);
  }

 private:
  Result<void> read_names() {
    const auto rows = session_.query(
        "SELECT current_database(), n.nspname FROM (SELECT) one LEFT JOIN pg_namespace n ON "
        "n.nspname = ANY($1::text[]) ORDER BY 2",
        {array_literal(scope_.schemas)});
    if (!rows) return fail(rows.error());
    plan_.database = text(rows->at(0).at(0));
    for (const Row& row : *rows) {
      if (row[1]) plan_.schemas.push_back(*row[1]);
    }
    std::vector<std::string> kept;
    for (const auto& [schema, name] : scope_.external) kept.push_back(schema + '\x1f' + name);
    parameters_ = {array_literal(plan_.schemas), array_literal(kept)};
    return {};
  }

  Result<void> read_objects() {
    const auto rows = session_.query(queries::kResetObjects, parameters_);
    if (!rows) return fail(rows.error());
    for (const Row& row : *rows) {
      ResetObject object{text(row[0]), text(row[1]), std::nullopt};
      if (row[2] != "t") plan_.not_owned.push_back(fmt::format("{} {}", object.kind, object.identity));
      if (row[3] == "t" && object.kind == "table") object.rows = rows_of(object.identity, text(row[4]));
      plan_.objects.push_back(std::move(object));
    }
    return {};
  }

  // nullopt: the role may not read the table.
  std::optional<std::int64_t> rows_of(const std::string& identity, const std::string& estimate) {
    std::int64_t rows = -1;
    std::from_chars(estimate.data(), estimate.data() + estimate.size(), rows);
    if (rows > kCountedRows) return rows;
    const auto counted = session_.query(
        fmt::format("SELECT count(*) FROM (SELECT FROM {} LIMIT {}) counted", identity, kCountedRows + 1));
    if (!counted) return std::nullopt;
    const std::string number = text(counted->at(0).at(0));
    std::from_chars(number.data(), number.data() + number.size(), rows);
    return rows;
  }

  Result<void> read_dependents() {
    std::vector<std::string> made;
    for (const catalog::Unmanaged& object : history_.catalog->unmanaged) {
      if (object.kind == catalog::UnmanagedKind::event_trigger) made.push_back(object.name.name);
    }
    auto parameters = parameters_;
    parameters.emplace_back(array_literal(made));
    const auto rows = session_.query(queries::kResetDependents, parameters);
    if (!rows) return fail(rows.error());
    std::string last;
    for (const Row& row : *rows) {
      // One row for each thing it depends on: the first is enough.
      const std::string dependent = fmt::format("{} {}", text(row[0]), text(row[1]));
      if (dependent == last) continue;
      last = dependent;
      if (row[4] == "t") {
        plan_.blockers.push_back(fmt::format("The {} depends on the {} {}.", dependent, text(row[2]), text(row[3])));
      } else {
        plan_.also_affected.push_back(dependent);
      }
    }
    return {};
  }

  Result<void> read_extensions() {
    std::vector<std::string> made;
    for (const auto& [name, extension] : history_.catalog->extensions) made.push_back(name);
    auto parameters = parameters_;
    parameters.emplace_back(array_literal(made));
    const auto rows = session_.query(queries::kResetExtensions, parameters);
    if (!rows) return fail(rows.error());
    for (const Row& row : *rows) {
      if (row[1] != "t") plan_.extensions.push_back(text(row[0]));
    }
    return {};
  }

  Session& session_;
  const ResetScope& scope_;
  const migrate::History& history_;
  ResetPlan plan_;
  std::vector<std::optional<std::string>> parameters_;
};

// The same but for row counts, which go on changing.
bool same_objects(ResetPlan one, ResetPlan other) {
  for (ResetPlan* plan : {&one, &other}) {
    for (ResetObject& object : plan->objects) object.rows.reset();
  }
  return one == other;
}

std::string drop_statement(const ResetObject& object) {
  const std::string_view kind = object.kind == "statistics object" ? "statistics" : std::string_view(object.kind);
  // Dependents elsewhere would have stopped the reset, so CASCADE reaches only what the reset drops anyway.
  return fmt::format("DROP {} IF EXISTS {} CASCADE;", kind, object.identity);
}

Result<std::string> fingerprint(Session& session, const ResetPlan& plan) {
  const auto rows = session.query(queries::kOutsideFingerprint, {array_literal(plan.schemas)});
  if (!rows) return fail(rows.error());
  return text(rows->at(0).at(0));
}

Result<void> drop_in_transaction(Session& session, const migrate::History& history, const ConnectionString& target,
                                 const ResetScope& scope, const ResetPlan& plan) {
  const auto present = Planner(session, scope, history).plan(target);
  if (!present) return fail(present.error());
  if (!same_objects(*present, plan)) {
    return fail(ErrorCode::conflict, fmt::format("The {} has changed since its objects were listed; nothing was "
                                                 "dropped. Run the reset again.",
                                                 plan.label));
  }
  std::string sql;
  for (const ResetObject& object : plan.objects) sql += drop_statement(object);
  const auto before = fingerprint(session, plan);
  if (!before) return fail(before.error());
  if (auto dropped = session.execute(sql); !dropped) return dropped;
  const auto after = fingerprint(session, plan);
  if (!after) return fail(after.error());
  if (*before != *after) {
    return fail(
        ErrorCode::conflict,
        fmt::format(
            "Dropping these objects would change objects outside the emptied schemas of the {}; nothing was dropped.",
            plan.label));
  }
  // Without CASCADE: PostgreSQL itself refuses where something still uses the extension.
  std::string extensions;
  for (const std::string& name : plan.extensions) {
    extensions += fmt::format("DROP EXTENSION IF EXISTS {};", catalog::quote_name(name));
  }
  return extensions.empty() ? Result<void>() : session.execute(extensions);
}

}  // namespace

Result<ResetPlan> plan_reset(const migrate::History& history, const ConnectionString& target, const ResetScope& scope) {
  auto session = Session::open(target);
  if (!session) return fail(session.error());
  // Before anything is listed or a name is asked for.
  if (auto writable = require_writable(*session); !writable) return fail(writable.error());
  return Planner(*session, scope, history).plan(target);
}

Result<void> reset(const migrate::History& history, const ConnectionString& target, const ResetScope& scope,
                   const ResetPlan& plan, std::chrono::milliseconds lock_wait) {
  if (!plan.blockers.empty() || !plan.not_owned.empty()) {
    return fail(ErrorCode::conflict,
                fmt::format("Objects of the {} cannot be dropped; nothing was dropped.", plan.label));
  }
  auto session = Session::open(target);
  if (!session) return fail(session.error());
  if (auto writable = require_writable(*session); !writable) return writable;
  const auto lock = take_migration_lock(*session, lock_wait);
  if (!lock) return fail(lock.error());
  if (auto begun = session->execute("BEGIN"); !begun) return begun;
  auto dropped = drop_in_transaction(*session, history, target, scope, plan);
  // A failed ROLLBACK means that the connection is gone, and the transaction with it.
  if (!dropped) {
    (void)session->execute("ROLLBACK");
    return dropped;
  }
  return session->execute("COMMIT");
}

}  // namespace refract::live
