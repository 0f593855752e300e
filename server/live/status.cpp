#include "live/status.h"

#include <algorithm>

namespace refract::live {
namespace {

MigrationState state_of(const Record& record, const migrate::Migration* migration, bool running) {
  if (record.failed()) return running ? MigrationState::running : MigrationState::failed;
  if (record.rolled_back) return MigrationState::rolled_back;
  if (migration == nullptr) return MigrationState::missing;
  return migration->matches(record.checksum) ? MigrationState::applied : MigrationState::edited;
}

StatementPlace place_in(const migrate::Script& script, std::size_t at) {
  constexpr std::size_t kShown = 60;
  const catalog::SqlRange range = script.statements[at].range;
  std::string_view text = script.sql.substr(range.begin, range.end - range.begin);
  text = text.substr(0, text.find('\n'));
  while (text.ends_with('\r') || text.ends_with(' ')) text.remove_suffix(1);
  std::string shown(text);
  if (shown.size() > kShown) {
    std::size_t cut = kShown;
    while (cut > 0 && (static_cast<unsigned char>(shown[cut]) & 0xC0) == 0x80) --cut;
    shown = shown.substr(0, cut) + "…";
  }
  return {at + 1, migrate::place_of(script.sql, range.begin), std::move(shown)};
}

// What took effect of a migration that did not finish.
void add_progress(MigrationStatus& status, const migrate::Migration* migration) {
  status.progress = read_progress(status.logs);
  if (!status.progress) return;
  const Progress& progress = *status.progress;
  status.logs = progress.message;
  if (migration == nullptr) return;
  const migrate::Script script = migrate::read_script(migration->sql);
  if (!continues(script, progress)) return;
  status.resumable = true;
  const std::vector<std::size_t> undone = script.taken_back(progress.done);
  for (std::size_t at = 0; at < progress.done; ++at) {
    if (!std::ranges::binary_search(undone, at)) status.effective.push_back(place_in(script, at));
  }
  const auto unit = std::ranges::find_if(
      script.units, [&](const migrate::ScriptUnit& one) { return progress.done < one.first + one.count; });
  if (unit == script.units.end() || unit->kind == migrate::UnitKind::transaction) return;
  // Where a message was written, the statement is known to have failed, and most do so as a whole.
  const bool in_part = may_leave_part(script, progress.done);
  if (!progress.message.empty() && !in_part) return;
  status.uncertain = place_in(script, progress.done);
  if (unit->kind == migrate::UnitKind::as_written || in_part) status.resumable = false;
}

}  // namespace

std::size_t StatusReport::count(MigrationState state) const {
  return static_cast<std::size_t>(std::ranges::count(migrations, state, &MigrationStatus::state));
}

Result<StatusReport> status(const migrate::History& history, const ConnectionString& target,
                            const std::vector<std::string>& external_tables) {
  auto session = open_in_schema(target);
  if (!session) return fail(session.error());
  StatusReport report;
  report.database = target.label();
  // The holder first: what it records afterwards is read, what it recorded before is no failure.
  const auto holder = lock_holder(*session);
  if (!holder) return fail(holder.error());
  report.running_by = *holder;
  const auto recorded = has_records(*session, target.schema());
  if (!recorded) return fail(recorded.error());
  report.has_records = *recorded;
  const auto tables = has_tables(*session, external_tables);
  if (!tables) return fail(tables.error());
  report.empty = !*tables;

  std::map<std::string, MigrationStatus> by_name;
  for (const migrate::Migration& migration : history.migrations) by_name[migration.name].name = migration.name;
  if (report.has_records) {
    const auto records = read_records(*session);
    if (!records) return fail(records.error());
    for (const auto& [name, record] : last_runs(*records)) {
      const migrate::Migration* migration = find_migration(history, name);
      // Undone and gone from the folder: no trace that anyone has to act on.
      if (record.rolled_back && migration == nullptr) continue;
      MigrationStatus& status = by_name[name];
      status = {name, state_of(record, migration, report.running_by.has_value()), record.started_at, record.logs,
                record.only_recorded()};
      if (record.failed()) add_progress(status, migration);
    }
    for (const Record& record : applied_in_order(*records)) report.applied.push_back(record.migration);
    report.out_of_order = out_of_order(*records, history);
  }
  // What is recorded with its statements has no row while it runs; who runs it says which one it is.
  if (report.running_by) {
    for (auto& [name, migration] : by_name) {
      const bool open = migration.state == MigrationState::pending || migration.state == MigrationState::rolled_back;
      if (open && report.running_by->application == deploy_application_name(name))
        migration.state = MigrationState::running;
    }
  }
  for (auto& [name, migration] : by_name) report.migrations.push_back(std::move(migration));
  return report;
}

}  // namespace refract::live
