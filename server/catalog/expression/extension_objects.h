#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"

// What widespread extensions bring: types, functions for defaults and operator classes. Empty: no known extension has
// an object of that name.
namespace refract::catalog {

std::string_view extension_of_type(std::string_view type);
std::string_view extension_of_function(std::string_view function);
std::string_view extension_of_op_class(std::string_view op_class);

// The types that the extension brings into its schema, as far as they are known.
std::vector<std::string_view> types_of_extension(std::string_view extension);

// Whether the extension may bring a type that none of these functions knows.
bool may_have_unknown_types(std::string_view extension);

// The first function that the expression calls, although the catalog has none of that name: of an extension that it has
// not, or of another database, with what PostgreSQL has `instead`. All empty: there is none.
struct MissingFunction {
  std::string function;
  std::string_view extension = {};
  std::string_view instead = {};
};
MissingFunction missing_function(const std::string& sql, const Catalog& catalog);

}  // namespace refract::catalog
