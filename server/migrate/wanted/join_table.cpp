#include "migrate/wanted/join_table.h"

#include <algorithm>
#include <string_view>

namespace refract::migrate {
namespace {

bool is_column(std::string_view name, char letter) {
  return name.size() == 1 && name.front() == letter;
}

}  // namespace

const catalog::ForeignKey* join_key(const catalog::Table& table, char letter) {
  const auto key = std::ranges::find_if(table.foreign_keys, [&](const catalog::ForeignKey& one) {
    return one.columns.size() == 1 && is_column(one.columns.front(), letter);
  });
  return key == table.foreign_keys.end() ? nullptr : &*key;
}

bool is_implicit_join_table(const catalog::Table& table) {
  if (!table.name.name.starts_with('_') || table.foreign_keys.size() != 2) return false;
  if (!join_key(table, 'A') || !join_key(table, 'B')) return false;
  const auto over_both = [](const auto& columns, auto name) {
    return columns.size() == 2 && is_column(name(columns[0]), 'A') && is_column(name(columns[1]), 'B');
  };
  const auto column_of = [](const catalog::IndexColumn& column) -> std::string_view { return column.column; };
  const bool keyed =
      table.primary_key && over_both(table.primary_key->columns, [](std::string_view name) { return name; });
  const bool unique = std::ranges::any_of(
      table.indexes, [&](const catalog::Index& index) { return index.unique && over_both(index.columns, column_of); });
  return (keyed || unique) && std::ranges::any_of(table.indexes, [&](const catalog::Index& index) {
           return !index.unique && index.columns.size() == 1 && is_column(index.columns.front().column, 'B');
         });
}

bool serves_as_join_table(const catalog::Table& table, const catalog::Table& wanted) {
  return std::ranges::all_of(wanted.columns, [&](const catalog::Column& column) {
    const catalog::Column* found = table.find_column(column.name);
    return found != nullptr && found->type == column.type;
  });
}

}  // namespace refract::migrate
