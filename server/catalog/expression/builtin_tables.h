#pragma once

#include <string_view>

// The tables of builtins.h as text, written by tests/live/builtin_tables.sql from PostgreSQL 15.
namespace refract::catalog {

// NAME RESULT(ARGUMENT,…) …, one entry per signature. "v" after it: VARIADIC; a number: that many arguments have
// defaults.
extern const std::string_view kBuiltinFunctions;
extern const std::string_view kBuiltinOperators;   // SYMBOL RESULT(LEFT,RIGHT) …
extern const std::string_view kBuiltinCasts;       // FROM TO …: "=" on assignment, "!" explicit, "*" binary
extern const std::string_view kBuiltinParameters;  // FUNCTION NAME …, of functions with one signature
extern const std::string_view kBuiltinTypes;       // CATEGORY TYPE …: "!" preferred
extern const std::string_view kBuiltinOpClasses;   // METHOD CLASS(TYPE) …

}  // namespace refract::catalog
