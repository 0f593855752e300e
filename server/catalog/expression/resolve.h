#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/expression/builtins.h"

// kUnknown: a literal whose type is not determined yet (PostgreSQL's type `unknown`). kUndetermined: Refract cannot
// determine the type.
namespace refract::catalog {

using TypeKey = std::string;
inline constexpr std::string_view kUnknown = "unknown";
inline constexpr std::string_view kUndetermined = "?";

class Types {
 public:
  explicit Types(const Catalog* catalog) : catalog_(catalog) {}

  TypeKey key(const ColumnType& type) const;
  TypeKey base(const TypeKey& type) const;  // the type that a domain is of
  char category(const TypeKey& type) const;
  bool preferred(const TypeKey& type) const;
  bool is_enum(const TypeKey& type) const { return enumeration(type) != nullptr; }
  const Enum* enumeration(const TypeKey& type) const;
  // Whether PostgreSQL casts by itself, or on assignment, or when asked.
  bool coerces(const TypeKey& from, const TypeKey& to, CastContext context) const;

 private:
  const Catalog* catalog_;
};

struct Resolved {
  std::vector<TypeKey> arguments;  // what each is cast to, polymorphic ones resolved
  TypeKey result;
};

// nullopt: no such function, or none fits best.
std::optional<Resolved> resolve_function(std::string_view name, const std::vector<TypeKey>& arguments,
                                         const Types& types);
// Whether a call of that built-in function could be valid: false where no signature, of newer versions either, takes
// the arguments. True for other functions.
bool may_accept(std::string_view name, const std::vector<TypeKey>& arguments, const Types& types);
// =, ~~ and the like, whose result is a boolean whatever they compare.
bool is_comparison(std::string_view symbol);
// Two arguments, or one of a prefix operator.
std::optional<Resolved> resolve_operator(std::string_view symbol, const std::vector<TypeKey>& arguments,
                                         const Types& types);

// The type of CASE, COALESCE, ARRAY and IN (select_common_type). nullopt: there is none.
std::optional<TypeKey> common_type(const std::vector<TypeKey>& types_of, const Types& types);

inline bool is_list(std::string_view type) {
  return type.ends_with("[]");
}
inline TypeKey element_of(std::string_view list) {
  return TypeKey(list.substr(0, list.size() - 2));
}

}  // namespace refract::catalog
