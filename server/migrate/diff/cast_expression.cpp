#include "migrate/diff/cast_expression.h"

#include <fmt/format.h>

#include "migrate/sql/spelling.h"
#include "migrate/sql/types.h"

namespace refract::migrate {
namespace {

bool is_string(Native type) {
  return type == Native::var_char || type == Native::char_ || type == Native::text || type == Native::citext;
}
bool is_number(Native type) {
  return type <= Native::decimal && type != Native::oid;
}
bool is_json(Native type) {
  return type == Native::json || type == Native::jsonb;
}

class Caster {
 public:
  Caster(const catalog::Column& from, const catalog::ColumnType& to, const catalog::Catalog& catalog)
      : column_(quoted(from.name, Spelling::escaped)), from_(from.type), to_(to), catalog_(catalog) {}

  CastExpression cast() const {
    if (from_.array && to_.array) return {fmt::format("{}::text[]::{}", column_, type()), true};
    if (from_.array) return from_list();
    if (to_.array) return to_list();
    return scalar();
  }

 private:
  std::string type() const { return type_text(to_, Spelling::escaped); }
  bool is_enum(const catalog::ColumnType& type) const {
    return !type.schema.empty() && catalog_.find_enum({type.schema, type.name}) != nullptr;
  }
  CastExpression by_text(bool keeps = true) const { return {fmt::format("{}::text::{}", column_, type()), keeps}; }

  // Only the first value of each list fits into one that is no list; JSON holds them all.
  CastExpression from_list() const {
    const Native after = native_of(to_);
    if (to_.schema.empty() && is_json(after)) {
      const char* cast = after == Native::json ? "::json" : "";
      return {fmt::format("to_jsonb({}){}", column_, cast), true};
    }
    return {fmt::format("{}[1]::text::{}", column_, type()), false};
  }

  CastExpression to_list() const {
    if (from_.schema.empty() && is_json(native_of(from_)) && is_json(native_of(to_)) && to_.schema.empty()) {
      return {fmt::format("CASE WHEN {0} IS NULL THEN NULL ELSE ARRAY[{0}]::{1} END", column_, type()), true};
    }
    if (from_.schema == to_.schema && from_.name == to_.name && is_enum(from_)) {
      return {fmt::format("ARRAY[{}::text]::{}", column_, type()), true};
    }
    const bool alike = from_.schema == to_.schema && from_.name == to_.name;
    return {fmt::format("CASE WHEN {0} IS NULL THEN NULL ELSE ARRAY[{0}::text]::{1} END", column_, type()),
            alike || is_string(native_of(from_)) || is_string(native_of(to_))};
  }

  CastExpression scalar() const {
    const Native before = native_of(from_);
    const Native after = native_of(to_);
    const bool from_enum = is_enum(from_);
    const bool to_enum = !to_.schema.empty() && after == Native::other;
    if (from_enum || to_enum) {
      if (!from_enum && is_json(before)) return from_json();
      if (!to_enum && is_json(after)) return {fmt::format("to_jsonb({}){}", column_, json_cast(after)), true};
      // Numbers and dates are not names of values.
      return by_text(from_enum ? to_enum || is_string(after) : is_string(before));
    }
    if (before == after) return by_text();
    if (is_json(before)) return from_json();
    if (is_json(after)) {
      if (is_string(before) || before == Native::xml)
        return {fmt::format("{}::{}", column_, type()), is_string(before)};
      return {fmt::format("to_jsonb({}){}", column_, json_cast(after)), true};
    }
    if (after == Native::bytea && is_string(before)) return {fmt::format("convert_to({}, 'UTF8')", column_), true};
    if (is_string(before) || is_string(after)) return by_text();
    // PostgreSQL casts between INTEGER alone and BOOLEAN.
    if (after == Native::boolean && is_number(before)) {
      return {before == Native::integer ? fmt::format("{}::boolean", column_) : fmt::format("({} <> 0)", column_),
              true};
    }
    if (before == Native::boolean && is_number(after)) {
      return {fmt::format("{}::integer::{}", column_, type()), true};
    }
    if ((before == Native::money || after == Native::money) && (is_number(before) || is_number(after))) {
      return {fmt::format("{}::numeric::{}", column_, type()), true};
    }
    if (is_number(before) && is_number(after)) return {fmt::format("{}::{}", column_, type()), true};
    if (before == Native::other || after == Native::other) return by_text();
    return by_text(false);
  }

  static const char* json_cast(Native after) { return after == Native::json ? "::json" : ""; }

  // The text of a JSON string, number or truth value.
  CastExpression from_json() const { return {fmt::format("({} #>> '{{}}')::{}", column_, type()), true}; }

  std::string column_;
  const catalog::ColumnType& from_;
  const catalog::ColumnType& to_;
  const catalog::Catalog& catalog_;
};

}  // namespace

CastExpression cast_expression(const catalog::Column& from, const catalog::ColumnType& to,
                               const catalog::Catalog& catalog) {
  return Caster(from, to, catalog).cast();
}

}  // namespace refract::migrate
