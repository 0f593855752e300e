#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/diff/display_name.h"
#include "migrate/hazards/hazard_inspector.h"
#include "migrate/sql/types.h"

// Hazards of renames, and of what is dropped beside tables and columns.
namespace refract::migrate {

using catalog::QualifiedName;

void Inspector::inspect(const catalog::RenameTable& step) {
  const QualifiedName table = resolved(step.table);
  follow_dropped_keys(table, {table.schema, step.to});
  guarantees_.note_renamed(table, {table.schema, step.to});
  report(HazardKind::rename_table,
         fmt::format("Programs that use the old name of {} fail until they are updated.", display_name(step.table)));
  report(dependents_of_table(state_, resolved(step.table), Alteration::rename), display_name(step.table), false,
         Alteration::rename);
}

void Inspector::inspect(const catalog::RenameSchema& step) {
  report(HazardKind::rename_table,
         fmt::format("Programs that use the old name of schema {} fail until they are updated.", step.name));
}

void Inspector::inspect(const catalog::SetTableSchema& step) {
  const QualifiedName table = resolved(step.table);
  guarantees_.note_renamed(table, {step.schema, table.name});
  report(HazardKind::rename_table,
         fmt::format("Programs that use the old schema of {} fail until they are updated.", display_name(step.table)));
  report(dependents_of_table(state_, resolved(step.table), Alteration::rename), display_name(step.table), false,
         Alteration::rename);
}

void Inspector::inspect(const catalog::RenameColumn& step) {
  follow_dropped_keys(step);
  if (is_new(step.table)) return;
  report(HazardKind::rename_column, fmt::format("Programs that use the old name of {} fail until they are updated.",
                                                display_name(step.table, step.from)));
  report(dependents_of_column(state_, resolved(step.table), step.from, Alteration::rename),
         display_name(step.table, step.from), false, Alteration::rename);
}

void Inspector::inspect(const catalog::DropSchema& step) {
  if (step.cascade) report(HazardKind::drop_schema, fmt::format("Everything in schema {} is dropped.", step.name));
}

void Inspector::inspect(const catalog::SetColumnDefault& step) {
  const catalog::Column* old = column(step.table, step.column);
  if (old) note_enum_use(step.value, old->type);
}

void Inspector::inspect(const catalog::CreateView& step) {
  for (const QualifiedName& table : step.view.uses) {
    if (note_enum_use(step.view.definition, state_.find_table(resolved(table)))) return;
  }
}

void Inspector::inspect(const catalog::DropUnmanaged& step) {
  report(HazardKind::drop_other, fmt::format("{} is dropped.", display_name(step.name)));
}

void Inspector::inspect(const catalog::DropView& step) {
  const QualifiedName view = resolved(step.view);
  if (step.if_exists && !state_.views.contains(view) && !state_.incomplete.value) return;
  const bool back = may_come_later(kViews, view.name) &&
                    std::ranges::any_of(steps_.subspan(at_ + 1), [&](const catalog::Step& later) {
                      const auto* created = std::get_if<catalog::CreateView>(&later.change);
                      return created && resolved(created->view.name) == view;
                    });
  if (!back) {
    report(HazardKind::drop_other,
           fmt::format("{} {} is dropped.", step.materialized ? "Materialized view" : "View", display_name(step.view)));
  }
}

void Inspector::inspect(const catalog::DropSequence& step) {
  const QualifiedName name = resolved(step.sequence);
  for (const auto& [table_name, table] : state_.tables) {
    for (const catalog::Column& counted : table.columns) {
      if (!step.cascade || !counted.default_value || counted.default_value->sequence != name) continue;
      report(HazardKind::drop_other,
             fmt::format("Sequence {} is dropped with the default of {}: inserts that rely on it fail or store NULL.",
                         display_name(step.sequence), display_name(table_name, counted.name)));
      return;
    }
  }
  const auto sequence = state_.sequences.find(name);
  const bool owned = sequence != state_.sequences.end() && sequence->second.owner_table;
  const bool missing = step.if_exists && sequence == state_.sequences.end();
  if (!owned && !missing)
    report(HazardKind::drop_other, fmt::format("Sequence {} is dropped.", display_name(step.sequence)));
}

void Inspector::inspect(const catalog::DropExtension& step) {
  const auto extension = state_.extensions.find(step.name);
  if (step.if_exists && extension == state_.extensions.end() && !state_.incomplete.value) return;
  std::vector<std::string> columns;
  for (const auto& [name, table] : state_.tables) {
    for (const catalog::Column& typed : table.columns) {
      const bool other = !typed.type.schema.empty() && !state_.enums.contains({typed.type.schema, typed.type.name});
      if ((other && native_of(typed.type) == Native::other) || typed.type.name == step.name)
        columns.push_back(display_name(name, typed.name));
    }
  }
  if (!step.cascade) {
    report(HazardKind::drop_other, fmt::format("Extension {} is dropped.", step.name));
  } else if (columns.empty()) {
    report(HazardKind::drop_column,
           fmt::format("Every column, index and function that uses extension {} is dropped with it.", step.name));
  } else {
    report(HazardKind::drop_column,
           fmt::format("Extension {} is dropped with every column, index and function that uses it, such as {}.",
                       step.name, fmt::join(columns, ", ")));
  }
}

}  // namespace refract::migrate
