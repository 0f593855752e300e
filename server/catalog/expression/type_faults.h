#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/expression/resolve.h"

namespace refract::catalog {

inline constexpr std::string_view kEmptyArray = "has an empty ARRAY[] without a type";

// Gathers why PostgreSQL refuses an expression for the types of its parts, while these are found out. A fault is the
// end of a sentence that begins with what the expression is of. What an extension or the database's own functions,
// operators and types may allow is none.
class TypeFaults {
 public:
  // Both have to outlive this. `catalog`: nullptr: not known.
  TypeFaults(const Types& types, const Catalog* catalog) : types_(types), catalog_(catalog) {}

  // The first that was found; empty: none.
  std::string take() { return std::move(first_); }

  // A string where a value of the type is needed.
  void check_text(std::string_view text, const TypeKey& type);
  // A call, an operator, that no signature of PostgreSQL was found for.
  void unresolved_call(const std::string& name, const std::vector<TypeKey>& arguments);
  void unresolved_operator(const std::string& symbol, const std::vector<TypeKey>& operands);
  // An unquoted name of a type that is not PostgreSQL's: an enum's, without the quotes that its capitals need.
  void check_type_name(const std::string& name);
  // A value where a boolean is needed.
  void check_boolean(const TypeKey& type);
  // Values that need one type, such as the branches of CASE, and have none in common.
  void unlike(const std::vector<TypeKey>& types);
  void empty_array() { note(std::string(kEmptyArray)); }

 private:
  void note(std::string fault);
  bool are_known(const std::vector<TypeKey>& types) const;

  const Types& types_;
  const Catalog* catalog_;
  std::string first_;
};

}  // namespace refract::catalog
