#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/diff/display_name.h"
#include "migrate/hazards/hazard_inspector.h"

// Hazards of enums: values that go, are renamed or are used too early, and types that are dropped or replaced.
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
    report_removed_values(*before, *after);
  }
  return true;
}

void Inspector::report_removed_values(const catalog::Enum& before, const catalog::Enum& now) {
  const QualifiedName name = original_name(before.name);
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
  for (const catalog::Step& later : steps_.subspan(at_ + 1)) {
    const auto* renamed = std::get_if<catalog::RenameEnum>(&later.change);
    const auto* created = std::get_if<catalog::CreateEnum>(&later.change);
    if (created && resolved(created->enumeration.name) == name) return &created->enumeration;
    if (!renamed || renamed->to != name.name || resolved(renamed->enumeration) == enumeration) continue;
    if (const catalog::Enum* found = state_.find_enum(resolved(renamed->enumeration))) return found;
  }
  return nullptr;
}

void Inspector::inspect(const catalog::RenameEnum& step) {
  const QualifiedName from = resolved(step.enumeration);
  const QualifiedName original = original_name(from);
  renamed_enums_.erase(from);
  renamed_enums_[{from.schema, step.to}] = original;
  // A type that another one takes the place of keeps its name for all who look it up.
  const bool replaced = std::ranges::any_of(steps_.subspan(at_ + 1), [&](const catalog::Step& later) {
    const auto* renamed = std::get_if<catalog::RenameEnum>(&later.change);
    const auto* created = std::get_if<catalog::CreateEnum>(&later.change);
    return (renamed && renamed->to == step.enumeration.name) ||
           (created && created->enumeration.name.name == step.enumeration.name);
  });
  if (replaced) return;
  report(dependents_of_type(state_, resolved(step.enumeration), Alteration::rename), display_name(step.enumeration),
         false, Alteration::rename);
}

void Inspector::inspect(const catalog::RenameEnumValue& step) {
  const QualifiedName name = resolved(step.enumeration);
  if (new_enums_.contains(name) || new_values_.contains({name, step.from})) return;
  report(HazardKind::rename_enum_value, fmt::format("Programs that use value {} of {} fail until they are updated.",
                                                    step.from, display_name(step.enumeration)));
  report(dependents_of_enum_value(state_, name, step.from),
         fmt::format("value {} of {}", step.from, display_name(step.enumeration)), false, Alteration::rename);
}

void Inspector::inspect(const catalog::DropEnum& step) {
  const QualifiedName name = resolved(step.enumeration);
  const QualifiedName original = original_name(name);
  const catalog::Enum* dropped = state_.find_enum(name);
  const catalog::Enum* next = dropped == nullptr || new_enums_.contains(name) ? nullptr : successor(name, original);
  Dependents users = dependents_of_type(state_, name, Alteration::drop);
  if (next != nullptr) {
    // Functions look the type up by its name, which stays; its values may not.
    users.broken.clear();
    report_removed_values(*dropped, *next);
  }
  report(std::move(users), display_name(step.enumeration), step.cascade);
  if (step.cascade) {
    report(HazardKind::drop_column, fmt::format("Every column of type {} is dropped.", display_name(step.enumeration)));
  } else if (!step.enumeration.name.ends_with("_old")) {
    report(HazardKind::drop_type, fmt::format("Type {} is dropped.", display_name(step.enumeration)));
  }
}

void Inspector::note_enum_use(const catalog::Default& value, const catalog::ColumnType& type) {
  for (const auto& [enumeration, added] : new_values_) {
    if (type.name != enumeration.name || !value.expression.contains("'" + added + "'")) continue;
    report(HazardKind::enum_value_used_at_once,
           fmt::format("Value {} of {} is new in this transaction and cannot be a default yet.", added,
                       display_name(enumeration)));
  }
}

}  // namespace refract::migrate
