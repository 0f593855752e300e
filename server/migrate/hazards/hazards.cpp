#include "migrate/hazards/hazards.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/diff/casts.h"
#include "migrate/diff/display_name.h"
#include "migrate/hazards/hazard_inspector.h"
#include "migrate/sql/types.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

using catalog::QualifiedName;

static_assert(kHazards.size() == static_cast<std::size_t>(HazardKind::opaque) + 1);

// Changing to it leaves the stored values as they are.
bool keeps_storage(const catalog::ColumnType& from, const catalog::ColumnType& to) {
  const Native before = native_of(from);
  const Native after = native_of(to);
  if (from.array || to.array) return false;
  const bool grows =
      to.modifiers.empty() || (!from.modifiers.empty() && to.modifiers.front() >= from.modifiers.front());
  if (before == Native::var_char && after == Native::var_char) return grows;
  if (before == Native::var_char || before == Native::text) {
    return after == Native::text || (after == Native::var_char && to.modifiers.empty());
  }
  if (before == after && before == Native::decimal) {
    return to.modifiers.empty() ||
           (from.modifiers.size() == 2 && to.modifiers.size() == 2 && grows && from.modifiers[1] == to.modifiers[1]);
  }
  return before == after && grows;
}

// Whether a name may mean another table after the step, or be another's.
bool renames_tables(const catalog::Change& change) {
  return std::holds_alternative<catalog::RenameTable>(change) ||
         std::holds_alternative<catalog::SetTableSchema>(change) ||
         std::holds_alternative<catalog::RenameSchema>(change) ||
         std::holds_alternative<catalog::SetSearchPath>(change) || std::holds_alternative<catalog::Opaque>(change);
}

}  // namespace

std::vector<Hazard> Inspector::run() && {
  for (std::size_t next = 0; at_ < steps_.size(); at_ = next) {
    if (!std::holds_alternative<catalog::AddCheck>(steps_[at_].change)) guarantees_.forget_checks();
    inspect_schema_names();
    std::visit([this](const auto& step) { inspect(step); }, steps_[at_].change);
    for (const catalog::ReplayIssue& issue : session_.run_step(steps_, next)) {
      if (issue.error && !is_reported_to_fail()) {
        report(HazardKind::will_fail, fmt::format("PostgreSQL rejects the statement: {}.", issue.message));
      } else if (!issue.error && calls_functions(steps_[at_])) {
        report(HazardKind::opaque, fmt::format("Effect unknown before it runs: {}.", issue.message));
      }
    }
  }
  return std::move(found_);
}

void Inspector::report(HazardKind kind, std::string message) {
  report(kind, std::move(message), spec_of(kind).safer_way);
}

void Inspector::report(HazardKind kind, std::string message, std::string_view safer_way) {
  const HazardSpec& spec = spec_of(kind);
  found_.push_back({spec.code, spec.level, std::move(message), std::string(safer_way), at_});
}

bool Inspector::is_reported_to_fail() const {
  constexpr std::string_view kFails = spec_of(HazardKind::will_fail).code;
  constexpr std::string_view kBlocked = spec_of(HazardKind::dependents_block).code;
  // Those of one step are next to each other.
  for (auto hazard = found_.rbegin(); hazard != found_.rend() && hazard->step == at_; ++hazard) {
    if (hazard->code == kFails || hazard->code == kBlocked) return true;
  }
  return false;
}

QualifiedName Inspector::resolved(QualifiedName name) const {
  if (!name.schema.empty()) return {state_.known_schema(name.schema), name.name};
  const std::vector<std::string>& schemas = session_.search_path();
  for (const std::string& schema : schemas) {
    QualifiedName full{schema, name.name};
    if (state_.tables.contains(full) || state_.enums.contains(full) || state_.views.contains(full)) return full;
  }
  name.schema = schemas.empty() ? "public" : schemas.front();
  return name;
}

bool Inspector::is_missing(const QualifiedName& table) const {
  return !state_.incomplete.value && !state_.tables.contains(resolved(table));
}

const catalog::Column* Inspector::column(const QualifiedName& table, std::string_view name) const {
  const catalog::Table* found = state_.find_table(resolved(table));
  return found ? found->find_column(name) : nullptr;
}

void Inspector::inspect(const catalog::CreateTable& step) {
  new_tables_.insert(resolved(step.table.name));
  for (const catalog::Column& added : step.table.columns) {
    if (added.default_value) note_enum_use(*added.default_value, added.type);
    if (added.generated) note_enum_use(*added.generated, &step.table);
  }
  for (const catalog::Check& check : step.table.checks) note_enum_use(check.expression, &step.table);
  for (const catalog::Exclusion& exclusion : step.table.exclusions) note_enum_use(exclusion.definition, &step.table);
}

void Inspector::inspect(const catalog::DropTable& step) {
  if (is_new(step.table) || (step.if_exists && is_missing(step.table))) return;
  report(HazardKind::drop_table, fmt::format("Table {} is dropped with all its rows.", display_name(step.table)));
  Dependents found =
      dependents_of_table(state_, resolved(step.table), Alteration::drop, children_of(resolved(step.table)));
  // Those that the same migration names go by themselves.
  std::erase_if(found.blocking, [&](const std::string& name) { return is_dropped_with(name); });
  report(std::move(found), display_name(step.table), step.cascade);
}

const std::set<QualifiedName>* Inspector::children_of(const QualifiedName& table) {
  static const std::set<QualifiedName> kNone;
  if (!families_) find_families();
  if (!families_->known) return nullptr;
  const auto children = families_->children.find(table);
  return children == families_->children.end() ? &kNone : &children->second;
}

void Inspector::find_families() {
  families_ = Families{.known = true, .children = {}};
  const auto add = [&](const QualifiedName& parent, const QualifiedName& child) {
    families_->children[parent].insert(child);
  };
  const auto add_table = [&](const catalog::Table& table, const QualifiedName& name) {
    if (table.partition_of) add(resolved(*table.partition_of), name);
    for (const QualifiedName& parent : table.inherits) add(resolved(parent), name);
  };
  for (const auto& [name, table] : state_.tables) add_table(table, name);
  for (const catalog::Step& step : steps_) {
    if (const auto* created = std::get_if<catalog::CreateTable>(&step.change)) {
      add_table(created->table, resolved(created->table.name));
    } else if (const auto* attached = std::get_if<catalog::AttachPartition>(&step.change)) {
      add(resolved(attached->table), resolved(attached->partition));
    } else if (const auto* inherited = std::get_if<catalog::SetInheritance>(&step.change)) {
      add(resolved(inherited->parent), resolved(inherited->table));
    } else if (renames_tables(step.change)) {
      families_->known = false;
    }
  }
}

bool Inspector::may_come_later(const QualifiedName& owner, const std::string& name) const {
  if (!last_made_) {
    last_made_.emplace();
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      const auto note = [&](const QualifiedName& of, const std::string& made) { (*last_made_)[{of, made}] = at; };
      const catalog::Change& change = steps_[at].change;
      if (const auto* key = std::get_if<catalog::AddForeignKey>(&change)) note(key->table, key->key.name);
      if (const auto* check = std::get_if<catalog::AddCheck>(&change)) note(check->table, check->check.name);
      if (const auto* index = std::get_if<catalog::CreateIndex>(&change)) note(kIndexes, index->index.name);
      if (const auto* view = std::get_if<catalog::CreateView>(&change)) note(kViews, view->view.name.name);
    }
  }
  const auto last = last_made_->find({owner, name});
  return last != last_made_->end() && last->second > at_;
}

bool Inspector::is_dropped_with(const std::string& dependent) const {
  return std::ranges::any_of(steps_, [&](const catalog::Step& other) {
    const auto* drop = std::get_if<catalog::DropTable>(&other.change);
    return drop != nullptr && other.origin.begin == steps_[at_].origin.begin &&
           dependent == fmt::format("table {}, which inherits from it", display_name(resolved(drop->table)));
  });
}

void Inspector::report(Dependents found, const std::string& what, bool cascade, Alteration alteration) {
  if (cascade) std::ranges::move(std::exchange(found.blocking, {}), std::back_inserter(found.dropped));
  if (!found.dropped.empty()) {
    report(HazardKind::dependents_dropped, fmt::format("Dropped together with {}, although no schema describes it: {}.",
                                                       what, fmt::join(found.dropped, ", ")));
  }
  if (!found.blocking.empty()) {
    report(HazardKind::dependents_block, fmt::format("PostgreSQL rejects the statement while these objects use {}: {}.",
                                                     what, fmt::join(found.blocking, ", ")));
  }
  if (found.broken.empty()) return;
  const std::string names = fmt::format("{}", fmt::join(found.broken, ", "));
  switch (alteration) {
    case Alteration::drop:
      report(HazardKind::dependents_broken,
             fmt::format("These use {} and will fail when they are called: {}.", what, names));
      break;
    case Alteration::change_type:
      report(HazardKind::dependents_broken,
             fmt::format("These use {} and may fail with its new type when they are called: {}.", what, names));
      break;
    case Alteration::rename:
      report(HazardKind::dependents_broken,
             fmt::format("These use the old name of {} and will fail when they are called: {}.", what, names));
      break;
  }
}

void Inspector::inspect(const catalog::DropColumn& step) {
  const bool missing = step.if_exists && column(step.table, step.column) == nullptr && !state_.incomplete.value;
  guarantees_.note_dropped(resolved(step.table), step.column);
  new_column_values_[resolved(step.table)].erase(step.column);
  if (is_new(step.table) || missing) return;
  inspect_drop(step);
  report(dependents_of_column(state_, resolved(step.table), step.column, Alteration::drop),
         display_name(step.table, step.column), step.cascade);
}

void Inspector::inspect_drop(const catalog::DropColumn& step) {
  if (!last_added_) {
    last_added_.emplace();
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      if (const auto* added = std::get_if<catalog::AddColumn>(&steps_[at].change))
        (*last_added_)[{added->table, added->column.name}] = at;
    }
  }
  const auto last = last_added_->find({step.table, step.column});
  const std::size_t end = last == last_added_->end() ? 0 : last->second + 1;
  for (std::size_t at = at_ + 1; at < end; ++at) {
    const auto* added = std::get_if<catalog::AddColumn>(&steps_[at].change);
    if (!added || added->table != step.table || added->column.name != step.column) continue;
    report(HazardKind::recreate_column,
           fmt::format("Column {} is dropped and recreated as {}; its values are lost.",
                       display_name(step.table, step.column), display_type(added->column.type)));
    return;
  }
  report(HazardKind::drop_column,
         fmt::format("Column {} is dropped with all its values.", display_name(step.table, step.column)));
}

void Inspector::inspect(const catalog::AddColumn& step) {
  const catalog::Column& added = step.column;
  new_columns_.insert({resolved(step.table), added.name});
  note_new_column_value(step);
  if (added.default_value && added.default_value->kind != catalog::DefaultKind::expression &&
      ascii::to_lower(added.default_value->expression) != "null") {
    filled_columns_.insert({resolved(step.table), added.name});
  } else {
    filled_columns_.erase({resolved(step.table), added.name});
  }
  if (added.default_value) note_enum_use(*added.default_value, added.type);
  if (added.generated) note_enum_use(*added.generated, step.table);
  if (is_new(step.table)) return;
  const bool filled = added.default_value || added.identity != catalog::Identity::none || added.generated;
  if (!added.nullable && !filled) {
    report(HazardKind::required_column_without_default,
           fmt::format("Fails if {} has rows: the new column {} is required and has no default.",
                       display_name(step.table), added.name));
  }
  const bool computed = added.default_value && added.default_value->kind != catalog::DefaultKind::literal &&
                        added.default_value->kind != catalog::DefaultKind::now;
  if (computed || added.generated || added.identity != catalog::Identity::none) {
    report(HazardKind::table_rewrite,
           fmt::format("The default of the new column {} differs for each row, so table {} is rewritten.", added.name,
                       display_name(step.table)));
  }
}

void Inspector::inspect(const catalog::AlterColumnType& step) {
  const catalog::Column* old = column(step.table, step.column);
  new_column_values_[resolved(step.table)].erase(step.column);
  if (step.using_expression) note_enum_use(*step.using_expression, step.table);
  if (!old || is_new(step.table)) return;
  if (step.type.name.ends_with("SERIAL")) {
    report(HazardKind::will_fail,
           fmt::format("PostgreSQL rejects {} as the new type of {}; use its integer type instead.", step.type.name,
                       display_name(step.table, step.column)));
    return;
  }
  catalog::ColumnType type = step.type;
  if (type.schema.empty()) type.schema = enum_schema(type.name);
  if (!(type == old->type)) {
    report(dependents_of_column(state_, resolved(step.table), step.column, Alteration::change_type, &type),
           display_name(step.table, step.column), false, Alteration::change_type);
  }
  check_sequence(step, *old);
  if (old->type.array && !step.type.array && state_.find_enum({old->type.schema, old->type.name})) {
    report(HazardKind::risky_cast,
           fmt::format("Only the first element of each array in {} is kept.", display_name(step.table, step.column)));
  }
  if (removes_enum_values(step, *old)) return;
  const TypeChange change = type_change(old->type, state_, false, step.type, state_);
  if (change == TypeChange::risky_cast || change == TypeChange::not_castable) {
    report(HazardKind::risky_cast,
           fmt::format("Values of {} that do not fit {} are truncated or make the statement fail.",
                       display_name(step.table, step.column), display_type(step.type)));
  }
  const bool moment = is_temporal(native_of(old->type)) && native_of(old->type) != native_of(step.type);
  if (const std::string_view lost = lost_in_cast(old->type, step.type);
      moment && !lost.empty() && change == TypeChange::safe_cast) {
    report(HazardKind::risky_cast, fmt::format("Values of {} lose {} when they are converted to {}.",
                                               display_name(step.table, step.column), lost, display_type(step.type)));
  }
  if (change != TypeChange::none && !keeps_storage(old->type, step.type)) {
    report(HazardKind::table_rewrite,
           fmt::format("Table {} is rewritten: column {} changes from {} to {}.", display_name(step.table), step.column,
                       display_type(old->type), display_type(step.type)));
  }
}

std::string Inspector::enum_schema(const std::string& name) const {
  const QualifiedName full = resolved({"", name});
  return state_.enums.contains(full) ? full.schema : std::string();
}

void Inspector::check_sequence(const catalog::AlterColumnType& step, const catalog::Column& old) {
  const Native wider = native_of(step.type);
  const bool counts = old.default_value && old.default_value->kind == catalog::DefaultKind::sequence;
  if (!counts || !old.default_value->sequence || (wider != Native::big_int && wider != Native::integer)) return;
  const QualifiedName& name = *old.default_value->sequence;
  const auto sequence = state_.sequences.find(name);
  if (sequence == state_.sequences.end()) return;
  const Native has = native_of({.name = sequence->second.type, .schema = {}, .modifiers = {}});
  const bool follows = std::ranges::any_of(steps_, [&](const catalog::Step& other) {
    const auto* alter = std::get_if<catalog::AlterSequence>(&other.change);
    return alter != nullptr && alter->sets_type && alter->sequence.name.name == name.name;
  });
  if (has >= wider || follows) return;
  report(HazardKind::sequence_too_small,
         fmt::format("Sequence {} stays {}, so it ends before the largest value of column {}, which becomes {}.",
                     display_name(name), display_type({.name = sequence->second.type, .schema = {}, .modifiers = {}}),
                     display_name(step.table, step.column), display_type(step.type)));
}

std::span<const HazardSpec> hazard_specs() {
  return kHazards;
}

std::vector<Hazard> hazards(std::span<const catalog::Step> steps, const catalog::Catalog& before,
                            catalog::ReplayState session, std::string_view sql) {
  return Inspector(steps, before, std::move(session), sql).run();
}

}  // namespace refract::migrate
