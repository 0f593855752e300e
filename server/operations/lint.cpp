#include "operations/lint.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/sql.h"
#include "migrate/sending_hazards.h"
#include "operations/migration.h"

namespace refract::operations {
namespace {

LintedMigration linted(std::string name, std::filesystem::path path, std::span<const catalog::Step> steps,
                       const catalog::Catalog& before, catalog::ReplayState session) {
  LintedMigration made{std::move(name), std::move(path), {}};
  for (migrate::Hazard& hazard : migrate::hazards(steps, before, std::move(session))) {
    const catalog::SqlRange range = steps[hazard.step].origin;
    made.findings.push_back({std::move(hazard), range});
  }
  return made;
}

// What deploy would run into, whatever the database holds.
void add_sending(LintedMigration& migration, const catalog::ParsedSql& parsed) {
  for (migrate::SendingHazard& sent : migrate::sending_hazards(parsed.statements))
    migration.findings.push_back({std::move(sent.hazard), sent.range});
}

Result<LintReport> lint_folder(const migrate::History& history, auto chosen) {
  LintReport report;
  std::vector<std::string_view> texts;
  for (const migrate::Migration& migration : history.migrations) texts.emplace_back(migration.sql);
  const std::vector<catalog::ParsedSql> parsed = catalog::parse_many(texts);

  catalog::Catalog state = catalog::Catalog::empty();
  catalog::Replay session(state);
  for (std::size_t at = 0; at < parsed.size(); ++at) {
    const migrate::Migration& migration = history.migrations[at];
    if (chosen(migration)) {
      report.migrations.push_back(linted(migration.name, migration.sql_path, parsed[at].steps, state,
                                         session.state().value_or(catalog::ReplayState())));
      add_sending(report.migrations.back(), parsed[at]);
    }
    session.run(parsed[at].steps);
  }
  return report;
}

}  // namespace

std::size_t LintReport::dangers() const {
  std::size_t count = 0;
  for (const LintedMigration& migration : migrations) {
    count += static_cast<std::size_t>(std::ranges::count_if(migration.findings, [](const LintFinding& finding) {
      return finding.hazard.level == migrate::HazardLevel::danger;
    }));
  }
  return count;
}

Result<LintReport> lint(const migrate::History& history, const schema::Snapshot& schema, const LintScope& scope) {
  for (const std::string& name : scope.names) {
    if (std::ranges::find(history.migrations, name, &migrate::Migration::name) != history.migrations.end()) continue;
    return fail(ErrorCode::not_found,
                fmt::format("The folder {} holds no migration {}.", history.folder.string(), name));
  }
  if (scope.all || !scope.names.empty()) {
    return lint_folder(history, [&](const migrate::Migration& migration) {
      return scope.all || std::ranges::find(scope.names, migration.name) != scope.names.end();
    });
  }
  const auto waiting = pending(history, schema);
  if (!waiting) return fail(waiting.error());
  if (!waiting->next.plan.empty()) {
    const catalog::ParsedSql next = catalog::parse_sql(waiting->next.sql);
    LintReport report{{linted("the next migration", "", next.steps, *history.catalog, {})}};
    add_sending(report.migrations.front(), next);
    return report;
  }
  return lint_folder(history,
                     [&](const migrate::Migration& migration) { return &migration == &history.migrations.back(); });
}

}  // namespace refract::operations
