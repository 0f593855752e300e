#include "migrate/history/next.h"
#include "migrate/diff/describe.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/parse/sql.h"
#include "migrate/diff/diff_options.h"
#include "migrate/hazards/hazard_table.h"
#include "migrate/history/sending_hazards.h"
#include "migrate/wanted/schema_catalog.h"

namespace refract::migrate {
namespace {

// Indexes that were refined by hand and are recreated as the schema has them.
void report_recreated(const Plan& plan, const std::vector<catalog::Step>& steps, std::vector<Hazard>& hazards) {
  const HazardSpec& spec = spec_of(HazardKind::index_refined);
  for (const RecreatedIndex& index : plan.recreated) {
    const auto drops = [&](const catalog::Step& step) {
      const auto* drop = std::get_if<catalog::DropIndex>(&step.change);
      const auto* constraint = std::get_if<catalog::DropConstraint>(&step.change);
      return (drop && drop->index == index.index) || (constraint && constraint->constraint == index.index.name);
    };
    const auto step = std::ranges::find_if(steps, drops);
    if (step == steps.end()) continue;
    hazards.push_back({spec.code, spec.level,
                       fmt::format("Index {} has an option that was added by hand ({}) and differs from the schema in "
                                   "{}; it is recreated as in the schema, without that option.",
                                   index.name, index.lost, fmt::join(index.differing, " and ")),
                       std::string(spec.safer_way), static_cast<std::size_t>(step - steps.begin())});
  }
}

Hazard unparsable(const std::string& reason) {
  const HazardSpec& spec = spec_of(HazardKind::will_fail);
  return {spec.code, spec.level, fmt::format("PostgreSQL cannot parse the SQL that Prisma writes here: {}.", reason),
          "Edit migration.sql before it is applied; statements and names may need to be split or quoted by hand.", 0};
}

// The plan's steps with the transactions that it opens, each with its place in the plan.
std::vector<catalog::Step> with_transactions(const Plan& plan, std::vector<std::size_t>& places) {
  std::vector<catalog::Step> steps;
  std::size_t place = 0;
  const auto mark = [&](catalog::Transaction::Kind kind, std::size_t at) {
    steps.push_back({catalog::Transaction{.kind = kind}, {}});
    places.push_back(at);
  };
  for (const Group& group : plan.groups) {
    if (group.transaction) mark(catalog::Transaction::Kind::begin, place);
    for (const Statement& statement : group.statements) {
      for (const catalog::Step& step : statement.steps) {
        steps.push_back(step);
        places.push_back(place++);
      }
    }
    if (group.transaction) mark(catalog::Transaction::Kind::commit, place - 1);
  }
  return steps;
}

bool recreates_column(std::span<const catalog::Step> steps) {
  std::set<std::pair<catalog::QualifiedName, std::string>> dropped;
  for (const catalog::Step& step : steps) {
    if (const auto* drop = std::get_if<catalog::DropColumn>(&step.change)) dropped.insert({drop->table, drop->column});
    const auto* added = std::get_if<catalog::AddColumn>(&step.change);
    if (added != nullptr && dropped.contains({added->table, added->column.name})) return true;
  }
  return false;
}

bool adds_values_in_transaction(const Group& group) {
  return group.transaction && std::ranges::all_of(group.statements, [](const Statement& statement) {
           return std::ranges::all_of(statement.steps, [](const catalog::Step& step) {
             return std::holds_alternative<catalog::AddEnumValue>(step.change);
           });
         });
}

// Two migrations where an enum value is used at once: a file of Prisma's is one transaction.
void split(NextMigration& next, const catalog::Catalog& before, const catalog::Catalog& after,
           const DiffOptions& options) {
  const auto& groups = next.plan.groups;
  const auto last = std::ranges::find_if(groups.rbegin(), groups.rend(), adds_values_in_transaction);
  if (last == groups.rend() || last == groups.rbegin()) return;
  Plan first{.groups = {groups.begin(), last.base()}, .renames = next.plan.renames, .spelling = next.plan.spelling};
  const Plan rest{.groups = {last.base(), groups.end()}, .spelling = next.plan.spelling};
  std::vector<std::string> values;
  for (Group& group : first.groups) {
    if (!adds_values_in_transaction(group)) continue;
    group.transaction = false;
    for (const Statement& statement : group.statements) {
      values.push_back(std::get<catalog::AddEnumValue>(statement.steps.front().change).enumeration.name);
    }
  }
  catalog::Catalog between = before;
  catalog::replay(first.steps(), between);
  DiffOptions renamed = options;
  renamed.renames.clear();
  next.parts.push_back({.description = "add values to " + values.front(),
                        .sql = render_sql(first),
                        .down_sql = reverse(first, before, between, options).sql});
  next.parts.push_back(
      {.description = {}, .sql = render_sql(rest), .down_sql = reverse(rest, between, after, renamed).sql});
}

}  // namespace

NextMigration next_migration(const catalog::Catalog& before, const catalog::Catalog& wanted,
                             const DiffOptions& options) {
  NextMigration next;
  next.plan = plan(before, wanted, options);
  next.renames = options.renames;
  next.sql = render_sql(next.plan);
  const std::vector<catalog::Step> steps = next.plan.steps();
  catalog::Catalog after = before;
  catalog::replay(steps, after);  // what fails is among the hazards
  next.down = reverse(next.plan, before, after, options);
  std::vector<std::size_t> places;
  next.hazards = hazards(with_transactions(next.plan, places), before);
  for (Hazard& hazard : next.hazards) hazard.step = places[hazard.step];
  report_recreated(next.plan, steps, next.hazards);
  split(next, before, after, options);
  // Prisma's spelling of some changes, and of names with quotes, is no SQL.
  const catalog::ParsedSql parsed = catalog::parse_sql(next.sql);
  for (const catalog::SqlError& error : parsed.errors) next.hazards.push_back(unparsable(error.message));
  for (SendingHazard& sent : sending_hazards(parsed.statements)) next.hazards.push_back(std::move(sent.hazard));
  bool drops = false;
  for (const catalog::Step& step : steps) {
    next.summary.push_back(describe(step.change));
    drops = drops || std::holds_alternative<catalog::DropColumn>(step.change) ||
            std::holds_alternative<catalog::DropTable>(step.change) ||
            std::holds_alternative<catalog::DropEnum>(step.change);
  }
  if (drops) next.rename_candidates = rename_candidates(before, wanted, options);
  if (drops && recreates_column(steps)) next.cast_candidates = cast_candidates(before, wanted, options);
  return next;
}

NextMigration next_migration(const catalog::Catalog& before, const schema::Snapshot& schema,
                             const DiffOptions& options) {
  return next_migration(before, catalog_of(schema), options);
}

Result<DiffOptions> with_choices(DiffOptions options, const catalog::Catalog& before, const catalog::Catalog& wanted,
                                 const schema::Snapshot* schema, const Choices& choices) {
  auto asked = resolve_renames(choices.renames, before, wanted, schema);
  if (!asked) return fail(asked.error());
  options.renames = std::move(*asked);
  if (!choices.rename_notes.empty()) {
    std::vector<RenameRequest> all(choices.renames.begin(), choices.renames.end());
    std::ranges::copy(choices.rename_notes, std::back_inserter(all));
    options.renames = resolve_rename_notes(all, before, wanted, schema);
  }
  auto casts = resolve_casts(choices.casts, before, wanted, options, schema);
  if (!casts) return fail(casts.error());
  std::vector<Cast> noted = resolve_cast_notes(choices.cast_notes, before, wanted, options, schema);
  options.casts = std::move(*casts);
  std::ranges::copy_if(noted, std::back_inserter(options.casts),
                       [&](const Cast& cast) { return std::ranges::find(options.casts, cast) == options.casts.end(); });
  return options;
}

Result<NextMigration> next_migration(const History& history, const schema::Snapshot& schema,
                                     std::span<const RenameRequest> renames, std::span<const std::string> casts) {
  const catalog::Catalog wanted = catalog_of(schema);
  auto options = with_choices(diff_options(schema, *history.before), *history.catalog, wanted, &schema,
                              {renames, casts, history.rename_notes, history.cast_notes});
  if (!options) return fail(options.error());
  return next_migration(*history.catalog, wanted, *options);
}

}  // namespace refract::migrate
