#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

// What PostgreSQL 15's catalog (pg_proc, pg_operator, pg_cast, pg_type) contains about types, functions and operators,
// as far as expressions in defaults, checks, indexes and generated columns use them. Types have their internal names,
// an array is "int4[]".
namespace refract::catalog {

struct Signature {
  std::string_view result;
  std::vector<std::string_view> arguments;  // of an operator: left, right; left empty for a prefix operator
  bool variadic = false;
  std::size_t defaults = 0;  // number of trailing arguments that may be omitted
};

std::span<const Signature> builtin_functions(std::string_view name);
// Parameter names of a function that has only one signature and is called with named arguments: make_interval(days =>
// 1).
std::span<const std::string_view> builtin_parameters(std::string_view name);
std::span<const Signature> builtin_operators(std::string_view symbol);

enum class CastContext { none, implicit, assignment, explicit_ };
struct BuiltinCast {
  CastContext context = CastContext::none;
  bool binary = false;  // binary-coercible (pg_cast.castmethod = 'b')
};
// The entry of pg_cast between two types that are not arrays.
BuiltinCast builtin_cast(std::string_view from, std::string_view to);

// The type that an operator class of an index method is for, as pg_opclass has it: "anyarray" for lists. Empty:
// PostgreSQL itself has no such class.
std::string_view builtin_op_class(std::string_view method, std::string_view op_class);

// pg_type.typcategory of a type that is no list; 'U' where it is not known.
char builtin_category(std::string_view type);
bool is_preferred_type(std::string_view type);

}  // namespace refract::catalog
