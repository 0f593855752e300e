#include "operations/status.h"

#include <fmt/format.h>

#include <algorithm>

#include "live/introspect.h"
#include "migrate/diff/diff_options.h"
#include "migrate/diff/difference.h"
#include "operations/migration.h"
#include "operations/target.h"

namespace refract::operations {
namespace {

using live::MigrationState;

// Whether a migration is applied in part, so that the structure matches no migration.
bool has_unfinished_migration(const live::StatusReport& record) {
  return record.count(MigrationState::failed) + record.count(MigrationState::running) > 0;
}

// The applied migrations in the order in which they ran. Sets `why` if their result cannot be determined.
migrate::History applied_history(const migrate::History& history, const live::StatusReport& record, std::string& why) {
  for (const live::MigrationStatus& migration : record.migrations) {
    if (migration.state == MigrationState::missing)
      why = fmt::format("{} is not in the folder", migration.name);
    else if (migration.state == MigrationState::edited)
      why = fmt::format("{} was edited", migration.name);
  }
  if (!why.empty()) return {};
  std::vector<migrate::Migration> applied;
  for (const std::string& name : record.applied) {
    if (const migrate::Migration* migration = live::find_migration(history, name)) applied.push_back(*migration);
  }
  return migrate::with_migrations(history, std::move(applied));
}

Result<void> compare_structure(const migrate::History& history, const schema::Snapshot& schema,
                               const live::ConnectionString& target, ProjectStatus& status) {
  if (has_unfinished_migration(status.record)) return {};
  const migrate::History applied = applied_history(history, status.record, status.structure_unknown);
  if (!status.structure_unknown.empty() || applied.migrations.empty()) return {};
  auto session = live::Session::open(target);
  if (!session) return fail(session.error());
  const auto present = live::introspect(*session, target.default_schema());
  if (!present) return fail(present.error());
  const auto found =
      migrate::differences(*present, *applied.catalog, migrate::database_diff_options(schema, *applied.before));
  if (found.empty()) return {};
  const auto unclear = std::ranges::find_if(applied.issues, [](const auto& issue) { return !issue.sending; });
  if (unclear != applied.issues.end()) {
    status.structure_unknown = fmt::format("the effect of {} is known only when it runs", unclear->place());
    return {};
  }
  for (const migrate::Difference& difference : found) status.drift.push_back(difference.sentence);
  return {};
}

}  // namespace

Result<ProjectStatus> status(const migrate::History& history, const schema::Snapshot& schema,
                             const live::ConnectionString& target) {
  ProjectStatus status;
  auto record = live::status(history, target, external_tables(target, schema));
  if (!record) return fail(record.error());
  status.record = std::move(*record);
  if (auto compared = compare_structure(history, schema, target, status); !compared) return fail(compared.error());
  // The effect of SQL that does not parse is unknown, so the changes without a migration cannot be computed.
  if (std::ranges::any_of(history.issues, &migrate::HistoryIssue::syntax)) return status;
  const auto waiting = pending(history, schema);
  if (!waiting) return fail(waiting.error());
  status.unwritten = waiting->next.summary;
  return status;
}

}  // namespace refract::operations
