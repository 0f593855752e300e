#include "live/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "catalog/expression.h"
#include "live/introspect.h"
#include "live/migration_lock.h"
#include "live/records.h"
#include "migrate/difference.h"

namespace refract::live {
namespace {

Result<Session> open_locked(const ConnectionString& target, std::chrono::milliseconds lock_wait = kLockWait) {
  auto session = Session::open(target);
  if (!session) return session;
  auto entered = session->query("SELECT set_config('search_path', quote_ident($1), false)", {target.schema()});
  if (!entered) return fail(entered.error());
  if (auto locked = take_migration_lock(*session, lock_wait); !locked) return fail(locked.error());
  return session;
}

}  // namespace

Result<BaselineReport> baseline(const migrate::History& history, const ConnectionString& target,
                                const migrate::DiffOptions& options, const std::vector<std::string>& exceptions,
                                std::chrono::milliseconds lock_wait) {
  auto session = open_locked(target, lock_wait);
  if (!session) return fail(session.error());
  BaselineReport report;
  report.database = target.label();
  const auto recorded = has_records(*session, target.schema());
  if (!recorded) return fail(recorded.error());
  if (*recorded) {
    const auto records = read_records(*session);
    if (!records) return fail(records.error());
    if (std::ranges::any_of(*records, &Record::applied)) {
      return fail(
          ErrorCode::conflict,
          fmt::format("The {} has a record of migrations already; see refract migrate status.", target.label()));
    }
  }
  const auto present = introspect(*session);
  if (!present) return fail(present.error());
  std::set<std::string> unused(exceptions.begin(), exceptions.end());
  for (const migrate::Difference& difference : migrate::differences(*present, *history.catalog, options)) {
    const auto named = std::ranges::find_if(
        exceptions, [&](const std::string& name) { return name == difference.name || name == difference.owner; });
    if (named != exceptions.end()) unused.erase(*named);
    (named == exceptions.end() ? report.differences : report.accepted).push_back(difference.sentence);
  }
  if (!unused.empty()) {
    return fail(ErrorCode::usage,
                fmt::format("Nothing that differs is called {}; nothing was recorded.", *unused.begin()));
  }
  if (!report.differences.empty()) return report;

  // All or none.
  if (auto begun = session->execute("BEGIN"); !begun) return fail(begun.error());
  if (auto created = create_records(*session, target.schema()); !created) return fail(created.error());
  for (const migrate::Migration& migration : history.migrations) {
    if (auto noted = record_applied(*session, migration.name, migration.checksum()); !noted) return fail(noted.error());
    report.applied.push_back(migration.name);
  }
  if (auto ended = session->execute("COMMIT"); !ended) return fail(ended.error());
  return report;
}

Result<void> empty_database(const migrate::History& history, const ConnectionString& target,
                            const std::optional<std::string>& typed) {
  auto session = open_locked(target);
  if (!session) return fail(session.error());
  // What the server says of itself, for a tunnel makes any host look near. No address: a unix socket.
  const auto rows = session->query(
      "SELECT current_database(), coalesce(inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1', true)");
  if (!rows) return fail(rows.error());
  const std::string name = rows->at(0).at(0).value_or("");
  const bool local = rows->at(0).at(1) == "t";
  if (typed ? *typed != name : !local) {
    return fail(ErrorCode::usage,
                typed ? fmt::format("The {} is not called {}; nothing was dropped.", target.label(), *typed)
                      : fmt::format("The {} is not on this machine: to drop all that is in it, type its name with "
                                    "--database.",
                                    target.label()));
  }
  std::set<std::string> schemas{target.schema()};
  for (const auto& [name, table] : history.catalog->tables) schemas.insert(name.schema);
  for (const auto& [name, enumeration] : history.catalog->enums) schemas.insert(name.schema);
  std::string sql;
  for (const std::string& schema : schemas) {
    const std::string name = catalog::quote_name(schema);
    sql += fmt::format("DROP SCHEMA IF EXISTS {} CASCADE; CREATE SCHEMA {};", name, name);
  }
  return session->execute(sql);
}

}  // namespace refract::live
