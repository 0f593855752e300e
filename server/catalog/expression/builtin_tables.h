#pragma once

#include <string_view>

// The tables of builtins.h as text, written by tests/live/builtin_tables.sql from PostgreSQL 15.
namespace refract::catalog {

extern const std::string_view kBuiltinFunctions;  // NAME RESULT(ARGUMENT,…)v1 …: "v" VARIADIC, then how many defaults
extern const std::string_view kBuiltinOperators;   // SYMBOL RESULT(LEFT,RIGHT) …
extern const std::string_view kBuiltinCasts;       // FROM TO …: "=" on assignment, "!" explicit, "*" binary
extern const std::string_view kBuiltinParameters;  // FUNCTION NAME …, of those with one declaration
extern const std::string_view kBuiltinTypes;       // CATEGORY TYPE …: "!" preferred

}  // namespace refract::catalog
