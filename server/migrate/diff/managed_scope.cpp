#include "migrate/diff/managed_scope.h"

#include <algorithm>

namespace refract::migrate {
namespace {

bool contains(const auto& range, const auto& value) {
  return std::ranges::find(range, value) != range.end();
}

}  // namespace

void ManagedScope::exclude(const catalog::Catalog& before) {
  for (auto* names : {&external_tables, &external_enums}) {
    for (catalog::QualifiedName& name : *names) name.schema = before.known_schema(name.schema);
  }
  for (const auto& [name, table] : before.tables) external_tables.push_back(name);
  for (const auto& [name, enumeration] : before.enums) external_enums.push_back(name);
}

bool ManagedScope::manages_schema(std::string_view schema) const {
  return schemas.empty() || contains(schemas, schema);
}

bool ManagedScope::manages_table(const catalog::QualifiedName& table) const {
  return manages_schema(table.schema) && !contains(external_tables, table);
}

bool ManagedScope::manages_enum(const catalog::QualifiedName& enumeration) const {
  return manages_schema(enumeration.schema) && !contains(external_enums, enumeration);
}

catalog::QualifiedName external_name(std::string_view written, std::string_view default_schema) {
  const std::size_t dot = written.find('.');
  if (dot == std::string_view::npos) return {std::string(default_schema), std::string(written)};
  return {std::string(written.substr(0, dot)), std::string(written.substr(dot + 1))};
}

}  // namespace refract::migrate
