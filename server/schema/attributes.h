#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "schema/connector.h"

// What every attribute and function accepts and where it is allowed: written once, read by validation, completion,
// hover, signature help and go to definition.
namespace refract::schema {

// Where an attribute is allowed; a bit each.
enum class Target : std::uint8_t {
  model_field = 1,
  composite_field = 2,
  enum_value = 4,
  model = 8,
  view = 16,
  enumeration = 32,
  view_field = 64,
};
constexpr std::uint8_t operator|(Target a, Target b) {
  return static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b);
}
constexpr std::uint8_t operator|(std::uint8_t a, Target b) {
  return a | static_cast<std::uint8_t>(b);
}

enum class ArgumentType : std::uint8_t {
  string,
  boolean,
  integer,
  field_list,
  index_field_list,
  referential_action,
  index_algorithm,
  sort_order,
  operator_class,
  default_value,
  condition
};

struct ArgumentSpec {
  std::string_view name;
  ArgumentType type;
  bool required = false;
  bool unnamed = false;  // may be given first without its name
  std::string_view doc = {};
};

// Documentation is Markdown. What each database calls by another name is a word in braces, such as `{member}`, for
// features/doc_texts.h.
struct AttributeSpec {
  std::string_view name;  // without at signs
  std::uint8_t targets;
  bool block;  // `@@`
  bool repeatable;
  std::span<const ArgumentSpec> arguments;
  std::string_view doc = {};
};

std::span<const AttributeSpec> attributes();
const AttributeSpec* find_attribute(std::string_view name, bool block);

// The arguments of a field in the list of an index, key or id: `[a(sort: Desc)]`.
std::span<const ArgumentSpec> index_field_arguments();

// Whether the database knows the attribute, and the argument of it or of a field in its list.
bool knows(const Connector& connector, const AttributeSpec& attribute);
bool knows(const Connector& connector, const AttributeSpec& attribute, const ArgumentSpec& argument);

struct FunctionSpec {
  std::string_view name;                     // "autoincrement"
  std::span<const ScalarType> scalars = {};  // field types it may be the default of; empty: any
  std::span<const Provider> providers = {};  // empty: all
  std::uint8_t max_arguments = 0;
  PrismaVersion since = PrismaVersion::v5;
  std::span<const ArgumentSpec> arguments = {};  // those that have names
  std::string_view doc = {};
};

// Functions that are allowed in @default.
std::span<const FunctionSpec> default_functions();
const FunctionSpec* find_default_function(std::string_view name);
// Whether a field of a composite type may have this function as its default.
bool may_be_in_composite_type(std::string_view function);

}  // namespace refract::schema
