#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/parse/name_uses.h"
#include "migrate/diff/display_name.h"
#include "migrate/hazards/hazard_inspector.h"

// Hazards of enums: values that are removed, renamed or used too early, and types that are dropped or replaced.
namespace refract::migrate {

using catalog::QualifiedName;

bool Inspector::removes_enum_values(const catalog::AlterColumnType& step, const catalog::Column& old) {
  const catalog::Enum* before = state_.find_enum({old.type.schema, old.type.name});
  const catalog::Enum* after = state_.find_enum(resolved({step.type.schema, step.type.name}));
  if (!before || !after) return false;
  std::vector<std::string> gone;
  std::ranges::copy_if(before->values, std::back_inserter(gone), [&](const std::string& value) {
    return std::ranges::find(after->values, value) == after->values.end();
  });
  if (!gone.empty()) {
    report(HazardKind::enum_value_removed, fmt::format("Fails if a row of {} has {} in {}.", display_name(step.table),
                                                       fmt::join(gone, " or "), step.column));
    report_removed_values(*before, *after, original_name(before->name));
  }
  return true;
}

void Inspector::report_removed_values(const catalog::Enum& before, const catalog::Enum& now,
                                      const QualifiedName& name) {
  for (const std::string& value : before.values) {
    if (std::ranges::find(now.values, value) != now.values.end() || !removed_values_.insert({name, value}).second)
      continue;
    report(dependents_of_enum_value(state_, before.name, value, {name.name, now.name.name}),
           fmt::format("value {} of {}", value, display_name(name)));
  }
}

QualifiedName Inspector::original_name(const QualifiedName& enumeration) const {
  const auto renamed = renamed_enums_.find(enumeration);
  return renamed == renamed_enums_.end() ? enumeration : renamed->second;
}

const catalog::Enum* Inspector::successor(const QualifiedName& enumeration, const QualifiedName& name) const {
  if (name != enumeration) {
    if (const catalog::Enum* found = state_.find_enum(name)) return found;
  }
  for (const std::size_t later : enums_named_later(name.name)) {
    const auto* renamed = std::get_if<catalog::RenameEnum>(&steps_[later].change);
    const auto* created = std::get_if<catalog::CreateEnum>(&steps_[later].change);
    if (created && resolved(created->enumeration.name) == name) return &created->enumeration;
    if (!renamed) continue;
    const QualifiedName from = resolved(renamed->enumeration);
    if (from == enumeration || QualifiedName{from.schema, renamed->to} != name) continue;
    if (const catalog::Enum* found = state_.find_enum(from)) return found;
  }
  return nullptr;
}

std::span<const std::size_t> Inspector::enums_named_later(const std::string& name) const {
  if (!enums_named_) {
    enums_named_.emplace();
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      if (const auto* renamed = std::get_if<catalog::RenameEnum>(&steps_[at].change))
        (*enums_named_)[renamed->to].push_back(at);
      else if (const auto* created = std::get_if<catalog::CreateEnum>(&steps_[at].change))
        (*enums_named_)[created->enumeration.name.name].push_back(at);
    }
  }
  const auto found = enums_named_->find(name);
  if (found == enums_named_->end()) return {};
  return std::span(std::ranges::upper_bound(found->second, at_), found->second.end());
}

void Inspector::note_enum_moved(const QualifiedName& from, const QualifiedName& to) {
  if (from == to) return;
  const QualifiedName original = original_name(from);
  renamed_enums_.erase(from);
  renamed_enums_[to] = original;
  if (new_enums_.erase(from) > 0) new_enums_.insert(to);
  if (auto values = new_values_.extract(from)) new_values_[to].merge(values.mapped());
}

void Inspector::inspect(const catalog::CreateEnum& step) {
  new_enums_.insert(resolved(step.enumeration.name));
}

void Inspector::inspect(const catalog::AddEnumValue& step) {
  const QualifiedName name = resolved(step.enumeration);
  const catalog::Enum* old = step.if_not_exists ? state_.find_enum(name) : nullptr;
  const bool there = old != nullptr && std::ranges::find(old->values, step.value) != old->values.end();
  if (!there) new_values_[name].insert(step.value);
}

void Inspector::inspect(const catalog::SetEnumSchema& step) {
  const QualifiedName from = resolved(step.enumeration);
  note_enum_moved(from, {state_.known_schema(step.schema), from.name});
}

void Inspector::inspect(const catalog::RenameEnum& step) {
  const QualifiedName from = resolved(step.enumeration);
  note_enum_moved(from, {from.schema, step.to});
  // A type that another one takes the place of keeps its name for all who look it up.
  const bool replaced = std::ranges::any_of(enums_named_later(from.name), [&](std::size_t later) {
    const auto* renamed = std::get_if<catalog::RenameEnum>(&steps_[later].change);
    const auto* created = std::get_if<catalog::CreateEnum>(&steps_[later].change);
    return (renamed && QualifiedName{resolved(renamed->enumeration).schema, renamed->to} == from) ||
           (created && resolved(created->enumeration.name) == from);
  });
  if (replaced) return;
  report(dependents_of_type(state_, from, Alteration::rename), display_name(step.enumeration), false,
         Alteration::rename);
}

void Inspector::inspect(const catalog::RenameEnumValue& step) {
  const QualifiedName name = resolved(step.enumeration);
  const auto added = new_values_.find(name);
  const bool is_new_value = added != new_values_.end() && added->second.erase(step.from) > 0;
  if (is_new_value) added->second.insert(step.to);
  if (new_enums_.contains(name) || is_new_value) return;
  report(HazardKind::rename_enum_value, fmt::format("Programs that use value {} of {} fail until they are updated.",
                                                    step.from, display_name(step.enumeration)));
  report(dependents_of_enum_value(state_, name, step.from),
         fmt::format("value {} of {}", step.from, display_name(step.enumeration)), false, Alteration::rename);
}

void Inspector::inspect(const catalog::DropEnum& step) {
  const QualifiedName name = resolved(step.enumeration);
  const catalog::Enum* dropped = state_.find_enum(name);
  const bool other_type =
      std::ranges::find(state_.unmanaged, name, &catalog::Unmanaged::name) != state_.unmanaged.end();
  const bool missing = dropped == nullptr && !other_type && !state_.incomplete.value;
  const QualifiedName original = original_name(name);
  const bool is_new_enum = new_enums_.erase(name) > 0;
  renamed_enums_.erase(name);
  new_values_.erase(name);
  if (is_new_enum || (step.if_exists && missing)) return;
  const catalog::Enum* next = successor(name, original);
  Dependents users = dependents_of_type(state_, name, Alteration::drop);
  if (dropped != nullptr && next != nullptr) {
    // Functions look the type up by its name, which stays; its values may not.
    users.broken.clear();
    report_removed_values(*dropped, *next, original);
  }
  report(std::move(users), display_name(step.enumeration), step.cascade);
  const bool replaced = original != name && next != nullptr;
  if (step.cascade) {
    report(HazardKind::drop_column, fmt::format("Every column of type {} is dropped.", display_name(step.enumeration)));
  } else if (!replaced) {
    report(HazardKind::drop_type, fmt::format("Type {} is dropped.", display_name(step.enumeration)));
  }
}

std::vector<Inspector::ColumnName> Inspector::new_values_in(std::string_view sql) const {
  std::vector<ColumnName> found;
  if (new_values_.empty()) return found;
  const std::set<std::string> strings = catalog::strings_in(sql);
  for (const auto& [enumeration, values] : new_values_) {
    for (const std::string& string : strings) {
      if (values.contains(string)) found.emplace_back(enumeration, string);
    }
  }
  return found;
}

void Inspector::note_enum_use(const catalog::Default& value, const catalog::ColumnType& type) {
  const QualifiedName of_column = resolved({type.schema, type.name});
  if (!new_values_.contains(of_column)) return;
  for (const auto& [enumeration, added] : new_values_in(value.expression)) {
    if (enumeration != of_column) continue;
    report(HazardKind::enum_value_used_at_once,
           fmt::format("Value {} of {} is new in this transaction and cannot be used as a default yet.", added,
                       display_name(enumeration)));
  }
}

bool Inspector::note_enum_use(std::string_view expression, const catalog::Table* table) {
  bool reported = false;
  for (const auto& [enumeration, added] : new_values_in(expression)) {
    const auto is_compared = [&](const catalog::Column& column) {
      return resolved({column.type.schema, column.type.name}) == enumeration &&
             catalog::names_plainly(expression, column.name);
    };
    const bool about_it = catalog::names_plainly(expression, enumeration.name) ||
                          (table != nullptr && std::ranges::any_of(table->columns, is_compared));
    if (!about_it) continue;
    reported = true;
    report(HazardKind::enum_value_used_at_once,
           fmt::format("Value {} of {} is new in this transaction and cannot be used in an expression yet.", added,
                       display_name(enumeration)));
  }
  return reported;
}

}  // namespace refract::migrate
