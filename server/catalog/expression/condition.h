#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/expression/system_tables.h"
#include "support/json.h"

namespace refract::catalog {

// What an expression of PL/pgSQL may look at.
struct EvaluationContext {
  const Catalog& catalog;
  const std::vector<std::string>& search_path;
  // An existing relation's full name; nullopt if there is none of that name. Both empty: names are not looked up.
  std::function<std::optional<QualifiedName>(const QualifiedName&)> find_relation;
  std::function<std::optional<QualifiedName>(const QualifiedName&)> find_type;
  const std::map<std::string, SqlValue>& variables;  // those whose value is known
};

// The value of an expression such as `NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'a')`.
// nullopt: the catalog does not decide it, because the expression reads rows of tables or what is not kept.
std::optional<SqlValue> evaluate(std::string_view expression, const EvaluationContext& context);

// Whether a check passes for every row, where the variables are what is known of the row's columns.
bool cannot_fail(std::string_view check, const EvaluationContext& context);

// What an expression of constants alone comes to, such as the conditions true, 1 = 1 and NOT false. nullopt: NULL, or
// it depends on something.
std::optional<bool> constant_truth(const json::Value& expression);

}  // namespace refract::catalog
