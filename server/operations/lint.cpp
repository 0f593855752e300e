#include "operations/lint.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/parse/sql.h"
#include "migrate/hazards/hazard_table.h"
#include "migrate/history/sending_hazards.h"
#include "migrate/history/sql_problem.h"
#include "operations/migration.h"

namespace refract::operations {
namespace {

LintedMigration linted(std::string name, std::filesystem::path path, std::string_view sql,
                       std::span<const catalog::Step> steps, const catalog::Catalog& before,
                       catalog::ReplayState session, std::span<const migrate::AcceptedHazard> entries,
                       std::vector<std::size_t>& used) {
  LintedMigration made{std::move(name), std::move(path), {}, {}, {}};
  migrate::Sifted sifted = migrate::sift(migrate::hazards(steps, before, std::move(session), sql), steps, sql, entries);
  for (migrate::Hazard& hazard : sifted.kept) {
    const catalog::SqlRange range = steps[hazard.step].origin;
    made.diagnostics.push_back({std::move(hazard), range});
  }
  made.suppressed = std::move(sifted.suppressed);
  made.problems = std::move(sifted.problems);
  used = std::move(sifted.used);
  return made;
}

// What deploy would run into, whatever the database holds.
void add_sending(LintedMigration& migration, const catalog::ParsedSql& parsed) {
  for (migrate::SendingHazard& sent : migrate::sending_hazards(parsed.statements))
    migration.diagnostics.push_back({std::move(sent.hazard), sent.range});
}

void add_unparsed(LintedMigration& migration, std::string_view sql, const catalog::ParsedSql& parsed) {
  const migrate::HazardSpec& spec = migrate::spec_of(migrate::HazardKind::will_fail);
  for (const catalog::SqlError& error : parsed.errors) {
    const migrate::SqlProblem problem = migrate::describe_problem(sql, error);
    const auto level = problem.newer ? migrate::HazardLevel::notice : spec.level;
    migration.diagnostics.push_back({{spec.code, level, problem.message, std::string(spec.safer_way)}, error.range});
  }
}

// Entries that are wrong, name no migration, or suppress nothing in one that was looked at.
void check_entries(const migrate::History& history, const Accepted& accepted, const std::vector<bool>& looked_at,
                   const std::vector<bool>& used, LintReport& report) {
  report.settings = accepted.file;
  for (std::size_t at = 0; at < accepted.hazards.size(); ++at) {
    const migrate::AcceptedHazard& entry = accepted.hazards[at];
    const bool known =
        std::ranges::find(history.migrations, entry.migration, &migrate::Migration::name) != history.migrations.end();
    if (std::string fault = migrate::suppression_fault(entry.code, entry.reason); !fault.empty()) {
      report.problems.push_back({entry.line, "The entry suppresses nothing.", std::move(fault)});
    } else if (!known) {
      report.problems.push_back(
          {entry.line, fmt::format("The folder {} has no migration {}.", history.folder.string(), entry.migration),
           "Correct the name, or remove the entry."});
    } else if (looked_at[at] && !used[at]) {
      report.problems.push_back({entry.line,
                                 fmt::format("Migration {} has no hazard {} any more.", entry.migration, entry.code),
                                 "Remove the entry."});
    }
  }
}

Result<LintReport> lint_folder(const migrate::History& history, const Accepted& accepted, auto chosen) {
  LintReport report;
  std::vector<std::string_view> texts;
  for (const migrate::Migration& migration : history.migrations) texts.emplace_back(migration.sql);
  std::vector<catalog::ParsedSql> parsed = catalog::parse_many(texts);
  // Of SQL that does not parse, the statements around the mistake count.
  for (std::size_t at = 0; at < parsed.size(); ++at) {
    if (!parsed[at].errors.empty()) parsed[at] = catalog::parse_leniently(texts[at]);
  }

  std::vector<bool> looked_at(accepted.hazards.size());
  std::vector<bool> used(accepted.hazards.size());
  catalog::Catalog state = *history.before;
  catalog::Replay session(state);
  for (std::size_t at = 0; at < parsed.size(); ++at) {
    const migrate::Migration& migration = history.migrations[at];
    if (chosen(migration)) {
      std::vector<migrate::AcceptedHazard> entries;
      std::vector<std::size_t> places;
      for (std::size_t entry = 0; entry < accepted.hazards.size(); ++entry) {
        if (accepted.hazards[entry].migration != migration.name) continue;
        entries.push_back(accepted.hazards[entry]);
        places.push_back(entry);
        looked_at[entry] = true;
      }
      std::vector<std::size_t> took;
      report.migrations.push_back(linted(migration.name, migration.sql_path, texts[at], parsed[at].steps, state,
                                         session.state().value_or(catalog::ReplayState()), entries, took));
      for (const std::size_t place : took) used[places[place]] = true;
      add_unparsed(report.migrations.back(), texts[at], parsed[at]);
      add_sending(report.migrations.back(), parsed[at]);
    }
    session.run(parsed[at].steps);
  }
  check_entries(history, accepted, looked_at, used, report);
  return report;
}

}  // namespace

std::size_t LintReport::dangers() const {
  std::size_t count = 0;
  for (const LintedMigration& migration : migrations) {
    count +=
        static_cast<std::size_t>(std::ranges::count_if(migration.diagnostics, [](const LintDiagnostic& diagnostic) {
          return diagnostic.hazard.level == migrate::HazardLevel::danger;
        }));
  }
  return count;
}

Result<LintReport> lint(const migrate::History& history, const schema::Snapshot& schema, const LintScope& scope,
                        const Accepted& accepted) {
  for (const std::string& name : scope.names) {
    if (std::ranges::find(history.migrations, name, &migrate::Migration::name) != history.migrations.end()) continue;
    return fail(ErrorCode::not_found, fmt::format("The folder {} has no migration {}.", history.folder.string(), name));
  }
  if (scope.all || !scope.names.empty()) {
    return lint_folder(history, accepted, [&](const migrate::Migration& migration) {
      return scope.all || std::ranges::find(scope.names, migration.name) != scope.names.end();
    });
  }
  const auto waiting = pending(history, schema);
  if (!waiting) return fail(waiting.error());
  if (!waiting->next.plan.empty()) {
    const catalog::ParsedSql next = catalog::parse_sql(waiting->next.sql);
    std::vector<std::size_t> used;
    LintReport report{
        {linted("the next migration", "", waiting->next.sql, next.steps, *history.catalog, {}, {}, used)}, {}, {}};
    add_sending(report.migrations.front(), next);
    return report;
  }
  return lint_folder(history, accepted,
                     [&](const migrate::Migration& migration) { return &migration == &history.migrations.back(); });
}

}  // namespace refract::operations
