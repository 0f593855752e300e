#include "live/applied.h"

#include <algorithm>
#include <set>

namespace refract::live {

Result<void> enter_schema(Session& session, const std::string& schema) {
  auto entered = session.query("SELECT set_config('search_path', quote_ident($1), false)", {schema});
  if (!entered) return fail(entered.error());
  return {};
}

Result<Session> open_in_schema(const ConnectionString& target) {
  auto session = Session::open(target);
  if (!session) return session;
  if (auto entered = enter_schema(*session, target.schema()); !entered) return fail(entered.error());
  return session;
}

Result<bool> has_tables(Session& session, const std::vector<std::string>& external_tables) {
  const auto rows = session.query(
      "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', "
      "'p') AND n.nspname = current_schema() AND c.relname <> '_prisma_migrations' AND NOT EXISTS (SELECT FROM "
      "pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') AND c.relname <> "
      "ALL "
      "($1::text[]))",
      {array_literal(external_tables)});
  if (!rows) return fail(rows.error());
  return rows->at(0).at(0) == "t";
}

std::map<std::string, Record> last_runs(const std::vector<Record>& records) {
  std::map<std::string, Record> last;
  for (const Record& record : records) {
    auto& known = last[record.migration];
    if (!known.applied()) known = record;
  }
  return last;
}

std::vector<Record> applied_in_order(const std::vector<Record>& records) {
  std::vector<Record> applied;
  for (auto& [name, record] : last_runs(records)) {
    if (record.applied()) applied.push_back(record);
  }
  std::ranges::stable_sort(applied, {}, &Record::finished_at);
  return applied;
}

const migrate::Migration* find_migration(const migrate::History& history, std::string_view name) {
  const auto found = std::ranges::find(history.migrations, name, &migrate::Migration::name);
  return found == history.migrations.end() ? nullptr : &*found;
}

std::vector<OutOfOrder> out_of_order(const std::vector<Record>& records, const migrate::History& history) {
  std::vector<OutOfOrder> found;
  std::string greatest;  // of those that ran
  std::set<std::string> applied;
  for (const Record& record : applied_in_order(records)) {
    applied.insert(record.migration);
    // Rows that were only recorded say nothing about the order in which their SQL ran.
    if (record.only_recorded()) continue;
    if (record.migration < greatest) found.push_back({record.migration, greatest, false});
    greatest = std::max(greatest, record.migration);
  }
  for (const migrate::Migration& migration : history.migrations) {
    if (!applied.empty() && !applied.contains(migration.name) && migration.name < *applied.rbegin())
      found.push_back({migration.name, *applied.rbegin(), true});
  }
  return found;
}

}  // namespace refract::live
