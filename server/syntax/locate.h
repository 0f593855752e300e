#pragma once

#include <functional>

#include "syntax/ast.h"

namespace refract::syntax {

enum class LocatedKind {
  nothing,
  keyword,  // `model`, `enum`…
  block_name,
  field_name,
  field_type,  // the name alone, without arity; for Unsupported("…") the whole of it
  enum_value_name,
  property_key,
  attribute_name,  // without "@", dots included
  argument_name,   // of an attribute or function, and an object's key
  function_name,
  path,    // a name as a value: a field in `fields: [id]`, `Cascade`, `true`
  string,  // quotes included
  number,
};

// A word of a block and what is around it. Pointers are into the block; those that do not apply are nullptr.
struct Located {
  LocatedKind kind = LocatedKind::nothing;
  Token token;  // range relative to the block's text
  const Field* field = nullptr;
  const EnumValue* value = nullptr;
  const Property* property = nullptr;
  const Attribute* attribute = nullptr;
  const Argument* argument = nullptr;    // of the attribute, at its top: in `fields: [id(sort: Desc)]` the whole of it
  const Expression* function = nullptr;  // the innermost function around or named
  const Argument* function_argument = nullptr;  // of that function
  const Expression* expression = nullptr;       // path, string, number: itself; function_name: the function

  explicit operator bool() const { return kind != LocatedKind::nothing; }
};

// Calls `visit` for each word of a block that was read: the header's, then the members' by kind, each in order.
// Words of lines that do not parse are there as far as `broken_fields` has them.
void for_each_word(const Block& block, const std::function<void(const Located&)>& visit);

// The word that covers the offset or ends at it; of two words that touch there, the second one.
Located locate(const Block& block, text::Offset offset);

}  // namespace refract::syntax
