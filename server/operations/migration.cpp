#include "operations/migration.h"

#include <fmt/format.h>

#include <chrono>

#include "features/migration/migration.h"
#include "migrate/diff/diff_options.h"

namespace refract::operations {

Result<Pending> pending(const migrate::History& history, const schema::Snapshot& schema,
                        std::span<const migrate::RenameRequest> renames, std::span<const std::string> casts) {
  if (const auto notice = workspace::other_language_notice(schema)) return fail(ErrorCode::usage, *notice);
  if (schema.provider() != schema::Provider::postgresql) {
    return fail(ErrorCode::invalid_schema,
                fmt::format("The schema is for {}; migrations are written for postgresql only.",
                            schema::to_string(schema.provider())));
  }
  const auto begin = std::chrono::steady_clock::now();
  auto next = migrate::next_migration(history, schema, renames, casts);
  if (!next) return fail(next.error());
  Pending pending;
  pending.next = std::move(*next);
  pending.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return pending;
}

Result<Written> write_next(const migrate::History& history, const migrate::NextMigration& next,
                           const std::string& description, migrate::Naming naming) {
  if (next.plan.empty()) {
    return fail(ErrorCode::conflict, "The migrations match the schema; there is nothing to migrate.");
  }
  std::string wanted = migrate::normalise_name(description);
  if (wanted.empty()) wanted = features::suggested_name(next);
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
  Written written;
  migrate::History names{.folder = history.folder, .migrations = history.migrations};
  for (std::size_t part = 0; part + 1 < next.parts.size(); ++part) {
    const migrate::MigrationPart& one = next.parts[part];
    const std::string name =
        migrate::next_migration_name(names, migrate::normalise_name(one.description), naming, now.count());
    auto folder = migrate::write_migration(history.folder, name, one.sql, one.down_sql);
    if (!folder) return fail(folder.error());
    written.before.push_back(*folder);
    names.migrations.push_back({.name = name, .sql_path = (*folder / "migration.sql").string(), .sql = {}});
  }
  written.name = migrate::next_migration_name(names, wanted, naming, now.count());
  const std::string& sql = next.parts.empty() ? next.sql : next.parts.back().sql;
  const std::string& down = next.parts.empty() ? next.down.sql : next.parts.back().down_sql;
  auto folder = migrate::write_migration(history.folder, written.name, sql, down);
  if (!folder) {
    // All or nothing.
    std::error_code ignored;
    for (const auto& path : written.before) std::filesystem::remove_all(path, ignored);
    return fail(folder.error());
  }
  written.folder = *folder;
  written.sql_path = *folder / "migration.sql";
  written.down_path = *folder / "down.sql";
  return written;
}

Result<live::VerifyReport> verify(const migrate::History& history, const schema::Snapshot& schema,
                                  const live::VerifyProgress& progress, std::stop_token stop,
                                  const live::VerifyPlace& place) {
  const auto waiting = pending(history, schema);
  if (!waiting) return fail(waiting.error());
  const migrate::DiffOptions options = migrate::diff_options(schema, *history.before);
  if (!waiting->next.plan.empty()) {
    const live::Candidate candidate{"the next migration", waiting->next.sql, waiting->next.down.sql};
    return live::verify(history, candidate, schema, options, progress, stop, place);
  }
  if (history.migrations.empty()) return live::verify(history, std::nullopt, schema, options, progress, stop, place);

  // The last migration is the candidate: the history before it is what its down.sql has to bring back.
  migrate::History before = history;
  const migrate::Migration last = std::move(before.migrations.back());
  before.migrations.pop_back();
  auto down = migrate::read_down_sql(last);
  if (!down) return fail(down.error());
  migrate::replay_history(before);
  return live::verify(before, live::Candidate{last.name, std::string(last.sql.view()), std::move(*down)}, schema,
                      options, progress, stop, place);
}

}  // namespace refract::operations
