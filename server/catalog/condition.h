#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/system_tables.h"

namespace refract::catalog {

// What an expression of PL/pgSQL may look at.
struct Surroundings {
  const Catalog& catalog;
  const std::vector<std::string>& search_path;
  // An existing relation's full name; nullopt where there is none of that name.
  std::function<std::optional<QualifiedName>(const QualifiedName&)> find_relation;
  std::function<std::optional<QualifiedName>(const QualifiedName&)> find_type;
  const std::map<std::string, SqlValue>& variables;  // those whose value is known
};

// The value of an expression such as `NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'a')`.
// nullopt: the catalog cannot tell, because the expression reads rows of tables or what is not kept.
std::optional<SqlValue> evaluate(std::string_view expression, const Surroundings& surroundings);

}  // namespace refract::catalog
