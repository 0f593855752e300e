#include "migrate/wanted/domains.h"

#include <algorithm>

#include "catalog/expression/default.h"

namespace refract::migrate {

Domains::Domains(const catalog::Catalog& catalog) {
  for (const catalog::Unmanaged& object : catalog.unmanaged) {
    if (object.domain) domains_.emplace(object.name, &*object.domain);
  }
}

const catalog::Domain* Domains::find(const catalog::ColumnType& type) const {
  if (type.schema.empty() || type.array) return nullptr;
  const auto found = domains_.find({type.schema, type.name});
  return found == domains_.end() ? nullptr : found->second;
}

std::optional<catalog::Table> Domains::with_base_types(const catalog::Table& table) const {
  const auto is_of_domain = [&](const catalog::Column& column) { return find(column.type) != nullptr; };
  if (domains_.empty() || std::ranges::none_of(table.columns, is_of_domain)) return std::nullopt;
  catalog::Table shown = table;
  for (catalog::Column& column : shown.columns) {
    const catalog::Domain* domain = find(column.type);
    if (!domain) continue;
    column.type = domain->base;
    column.nullable = column.nullable && !domain->not_null;
    if (column.default_value) catalog::resolve_default(*column.default_value, column.type, "public");
  }
  return shown;
}

}  // namespace refract::migrate
