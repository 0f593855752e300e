#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"

namespace refract::catalog {

enum class LiteralKind { string, number, boolean, null, list, now, sequence };

// A SQL constant without the casts and parentheses around it.
struct Literal {
  LiteralKind kind = LiteralKind::string;
  std::string value = {};              // without quotes; numbers with their sign; sequences as written inside nextval
  std::vector<Literal> items = {};     // of a list
  std::vector<ColumnType> casts = {};  // from the inside out
};

// nullopt: not a literal but some other expression.
std::optional<Literal> read_literal(std::string_view sql);

// "a", "S"."b": parses the text of a regclass literal; `schema` is empty if the text has none.
QualifiedName read_qualified_name(std::string_view text);

// An element of an array literal, in double quotes.
std::string array_item(std::string_view value);

// The elements of '{a,"b c",NULL}'. nullopt: more than one dimension, or malformed.
std::optional<std::vector<Literal>> read_array_text(std::string_view text);

// A literal as the default of a column. `none`: it is NULL, so there is no default. nullopt: not a value of this type.
struct TypedDefault {
  bool none = false;
  Default value;
};
std::optional<TypedDefault> typed_default(const Literal& literal, const ColumnType& type,
                                          std::string_view default_schema);

// Normalise equivalent spellings of a value: 1.50 and 1.5e0; JSON with other spacing or key order; dates.
std::string normal_number(std::string_view number);
std::string normal_json(std::string_view json);
std::string normal_date_time(std::string_view text, const ColumnType& type);

}  // namespace refract::catalog
