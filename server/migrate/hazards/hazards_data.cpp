#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/parse/name_uses.h"
#include "migrate/diff/display_name.h"
#include "migrate/hazards/hazard_inspector.h"
#include "migrate/sql/types.h"

// Hazards of statements on rows, and of those whose effect is unknown.
namespace refract::migrate {

using catalog::QualifiedName;

void Inspector::inspect(const catalog::Transaction& step) {
  using Kind = catalog::Transaction::Kind;
  if (step.kind != Kind::commit && step.kind != Kind::rollback) return;
  new_values_.clear();
  added_unchecked_.clear();
}

std::string_view Inspector::text_of(const catalog::Step& step) const {
  return step.origin.end <= sql_.size() ? sql_.substr(step.origin.begin, step.origin.end - step.origin.begin)
                                        : std::string_view();
}

void Inspector::inspect(const catalog::DataStatement& step) {
  std::vector<std::string> tables;
  for (const QualifiedName& table : step.tables) tables.push_back(display_name(table));
  const std::string names = fmt::format("{}", fmt::join(tables, ", "));
  if (reports_switched_off(step)) return;
  if (step.verb == "DELETE" || step.verb == "TRUNCATE") {
    const bool all_new = std::ranges::all_of(step.tables, [&](const QualifiedName& table) { return is_new(table); });
    if (!all_new || step.tables.empty())
      report(HazardKind::data_deleted,
             fmt::format("{} removes {} of {}.", step.verb, step.every_row ? "every row" : "rows", names));
  } else if (step.verb == "DROP OWNED") {
    report(HazardKind::drop_owned, "Every object that the role owns in the database is dropped.");
  } else if (step.verb == "DROP DATABASE") {
    report(HazardKind::drop_database, "A database is dropped with everything in it.");
  } else if (step.verb == "UPDATE" && step.every_row && !is_new(step.tables.front())) {
    report(HazardKind::every_row_updated,
           fmt::format("Every row of {} is updated and stays locked until the migration ends.", names));
  } else if (step.verb == "VACUUM FULL" || step.verb == "CLUSTER" || step.verb == "REWRITE TABLE") {
    report(HazardKind::table_rewrite,
           fmt::format("{} is rewritten by {}.", names.empty() ? "Every table" : "Table " + names,
                       step.verb == "REWRITE TABLE" ? "ALTER TABLE" : step.verb),
           "Run it when nothing else needs the table, outside a migration.");
  } else if (step.verb == "REINDEX") {
    report(HazardKind::index_blocks_writes,
           fmt::format("Writes{} wait while indexes are rebuilt.", names.empty() ? "" : " to " + names),
           "Use REINDEX CONCURRENTLY, in a separate migration.");
  }
  if (step.verb != "SELECT") note_written(step);
}

bool Inspector::reports_switched_off(const catalog::DataStatement& step) {
  const bool all = step.verb == "DISABLE TRIGGER ALL";
  if (step.verb == "SET session_replication_role") {
    report(HazardKind::triggers_off,
           "With session_replication_role = replica, ordinary triggers do not run and foreign keys are not enforced.");
  } else if (step.verb == "NO FORCE ROW LEVEL SECURITY") {
    if (!is_new(step.tables.front())) {
      report(HazardKind::row_security_off,
             fmt::format("The policies of {} no longer restrict its owner.", display_name(step.tables.front())));
    }
  } else if (all || step.verb == "DISABLE TRIGGER") {
    if (is_new(step.tables.front())) return true;
    report(
        HazardKind::triggers_off,
        all ? fmt::format(
                  "Triggers of {} no longer run and its foreign keys are not enforced: rows that refer to missing rows "
                  "are accepted.",
                  display_name(step.tables.front()))
            : fmt::format("Triggers of {} no longer run.", display_name(step.tables.front())));
  } else {
    return false;
  }
  return true;
}

void Inspector::note_written(const catalog::DataStatement& step) {
  const std::string_view text = text_of(steps_[at_]);
  for (const auto& [enumeration, added] : new_values_in(text)) {
    report(HazardKind::enum_value_used_at_once, fmt::format("Value {} of {} is new in this transaction and cannot be "
                                                            "stored in a row yet.",
                                                            added, display_name(enumeration)));
  }
  for (const QualifiedName& table : step.tables) {
    guarantees_.note_written(resolved(table), step, text);
    new_column_values_.erase(resolved(table));
  }
}

bool Inspector::calls_functions(const catalog::Step& step) {
  const auto* opaque = std::get_if<catalog::Opaque>(&step.change);
  return opaque != nullptr && !opaque->calls.empty();
}

void Inspector::inspect(const catalog::Opaque& step) {
  if (step.block) inspect(step.block->body);
  if (step.calls.empty()) report(HazardKind::opaque, fmt::format("Effect unknown before it runs: {}.", step.reason));
}

void Inspector::inspect(const catalog::BlockBody& body) {
  for (const catalog::BlockStatement& statement : body) {
    if (const auto* sql = std::get_if<catalog::BlockSql>(&statement.what)) {
      for (const catalog::Step& step : sql->steps) {
        std::visit([this](const auto& change) { inspect(change); }, step.change);
      }
    } else if (const auto* branches = std::get_if<catalog::BlockIf>(&statement.what)) {
      for (const catalog::BlockIf::Branch& branch : branches->branches) inspect(branch.body);
    } else if (const auto* group = std::get_if<catalog::BlockGroup>(&statement.what)) {
      inspect(group->body);
      for (const catalog::BlockGroup::Handler& handler : group->handlers) inspect(handler.body);
    }
  }
}

}  // namespace refract::migrate
