#include "catalog/catalog.h"

#include <algorithm>

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
  return find_named(indexes, index);
}
const ForeignKey* Table::find_foreign_key(std::string_view foreign_key) const {
  return find_named(foreign_keys, foreign_key);
}

Catalog Catalog::empty() {
  Catalog catalog;
  catalog.schemas.push_back("public");
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

}  // namespace refract::catalog
