#include "catalog/catalog.h"

#include <algorithm>

#include "catalog/sorted.h"

namespace refract::catalog {
namespace {

template <class Items>
auto* find_named(Items& items, std::string_view name) {
  const auto found = std::ranges::find(items, name, [](const auto& item) { return std::string_view(item.name); });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const Column* Table::find_column(std::string_view column) const {
  return find_named(columns, column);
}
Column* Table::find_column(std::string_view column) {
  return find_named(columns, column);
}
const Index* Table::find_index(std::string_view index) const {
  return find_by_name(indexes, index);
}
const ForeignKey* Table::find_foreign_key(std::string_view foreign_key) const {
  return find_by_name(foreign_keys, foreign_key);
}

Catalog Catalog::empty(std::string_view own_schema) {
  Catalog catalog;
  catalog.schemas.push_back("public");
  catalog.own_schema.value = own_schema;
  return catalog;
}

const Table* Catalog::find_table(const QualifiedName& table) const {
  const auto found = tables.find(table);
  return found == tables.end() ? nullptr : &found->second;
}

const Enum* Catalog::find_enum(const QualifiedName& enumeration) const {
  const auto found = enums.find(enumeration);
  return found == enums.end() ? nullptr : &found->second;
}

std::string Catalog::known_schema(std::string_view written) const {
  return std::string(!own_schema.value.empty() && written == own_schema.value ? "public" : written);
}

bool View::takes_by_star(const QualifiedName& table, std::string_view column) const {
  const auto columns = star.value.find(table);
  return columns != star.value.end() && std::ranges::find(columns->second, column) != columns->second.end();
}

void forget_usual_bounds(Sequence& sequence) {
  const std::int64_t highest = sequence.type == "int2" ? INT16_MAX : sequence.type == "int4" ? INT32_MAX : INT64_MAX;
  const bool ascending = sequence.increment.value_or(1) > 0;
  const std::int64_t usual_min = ascending ? 1 : -highest - 1;
  const std::int64_t usual_max = ascending ? highest : -1;
  const auto forget = [](std::optional<std::int64_t>& value, std::int64_t usual) {
    if (value == usual) value.reset();
  };
  forget(sequence.start, ascending ? sequence.min_value.value_or(usual_min) : sequence.max_value.value_or(usual_max));
  forget(sequence.min_value, usual_min);
  forget(sequence.max_value, usual_max);
  forget(sequence.increment, 1);
  forget(sequence.cache, 1);
}

}  // namespace refract::catalog
