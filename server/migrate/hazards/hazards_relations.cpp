#include <fmt/format.h>

#include "migrate/diff/display_name.h"
#include "migrate/hazards/hazard_inspector.h"
#include "migrate/wanted/join_table.h"

// Hazards of the tables of implicit many-to-many relations.
namespace refract::migrate {

using catalog::QualifiedName;

void Inspector::note_dropped_key(const catalog::DropConstraint& step) {
  constexpr std::size_t kMostKeys = 16;  // a relation table has two, and those of a table with many are not searched
  const catalog::Table* table = state_.find_table(resolved(step.table));
  if (table && table->foreign_keys.size() > kMostKeys) return;
  const catalog::ForeignKey* key = table ? table->find_foreign_key(step.constraint) : nullptr;
  if (key && key->columns.size() == 1) dropped_keys_[table->name][key->columns.front()] = key->referenced_table;
}

void Inspector::follow_dropped_keys(const catalog::RenameColumn& step) {
  const auto keys = dropped_keys_.find(resolved(step.table));
  if (keys == dropped_keys_.end()) return;
  if (auto key = keys->second.extract(step.from)) {
    key.key() = step.to;
    keys->second.insert(std::move(key));
  }
}

void Inspector::follow_dropped_keys(const QualifiedName& table, const QualifiedName& now) {
  for (auto& [name, keys] : dropped_keys_) {
    for (auto& [column, referenced] : keys) {
      if (referenced == table) referenced = now;
    }
  }
  if (auto keys = dropped_keys_.extract(table)) {
    keys.key() = now;
    dropped_keys_.insert(std::move(keys));
  }
}

QualifiedName Inspector::join_end(const catalog::Table& table, char column) const {
  if (const auto dropped = dropped_keys_.find(table.name); dropped != dropped_keys_.end()) {
    const auto key = dropped->second.find(std::string(1, column));
    if (key != dropped->second.end()) return key->second;
  }
  const catalog::ForeignKey* key = join_key(table, column);
  return key ? key->referenced_table : QualifiedName();
}

void Inspector::report_exchanged_join_columns(const catalog::AddForeignKey& step) {
  const catalog::Table* table = state_.find_table(resolved(step.table));
  if (!table || !table->name.name.starts_with('_') || table->columns.size() != 2 || step.key.columns.size() != 1)
    return;
  const bool first = step.key.columns.front() == "A";
  if ((!first && step.key.columns.front() != "B") || is_new(step.table) || guarantees_.was_written(table->name)) return;
  const QualifiedName own = join_end(*table, first ? 'A' : 'B');
  const QualifiedName other = join_end(*table, first ? 'B' : 'A');
  if (own.name.empty() || own == other || resolved(step.key.referenced_table) != other) return;
  if (!exchanged_.insert(table->name).second) return;
  report(
      HazardKind::join_columns_exchanged,
      fmt::format("Columns A and B of relation table {} refer to {} and {} from then on; its rows keep their values, "
                  "and so connect other rows of the two tables.",
                  display_name(table->name), display_name(first ? other : own), display_name(first ? own : other)));
}

}  // namespace refract::migrate
