#include "migrate/diff/casts.h"

#include <algorithm>
#include <optional>

#include "migrate/sql/types.h"

namespace refract::migrate {
namespace {

constexpr std::optional<int> kUnspecified = std::nullopt;

struct Type {
  Native native = Native::other;
  std::optional<int> size;   // length, precision of a time, precision of a decimal
  std::optional<int> scale;  // of a decimal
  bool operator==(const Type&) const = default;
};

Type read(const catalog::ColumnType& column, bool from_schema) {
  Type type;
  type.native = native_of(column);
  if (!column.modifiers.empty()) type.size = column.modifiers[0];
  if (type.native == Native::decimal && type.size) type.scale = column.modifiers.size() > 1 ? column.modifiers[1] : 0;
  // information_schema shows PostgreSQL's own precision where none was given, but not for arrays.
  const bool timed = is_temporal(type.native) && type.native != Native::date;
  if (timed && !type.size && !from_schema && !column.array) type.size = 6;
  return type;
}

bool is_string(const Type& type) {
  return type.native == Native::text || type.native == Native::var_char || type.native == Native::char_;
}

// `fits`: no value can be longer than `characters`. A CHAR without a length holds one character.
TypeChange to_sized_string(const Type& to, int characters) {
  if (to.native == Native::text) return TypeChange::safe_cast;
  if (to.size) return *to.size < characters ? TypeChange::risky_cast : TypeChange::safe_cast;
  return to.native == Native::char_ ? TypeChange::risky_cast : TypeChange::safe_cast;
}

TypeChange from_integer(const Type& from, const Type& to) {
  // Digits, and characters with a sign.
  const int digits = from.native == Native::small_int ? 3 : from.native == Native::integer ? 10 : 19;
  const int characters = from.native == Native::small_int ? 4 : from.native == Native::integer ? 11 : 20;
  if (is_string(to)) return to_sized_string(to, characters);
  switch (to.native) {
    case Native::small_int:
    case Native::integer:
    case Native::big_int:
      return to.native < from.native ? TypeChange::risky_cast : TypeChange::safe_cast;
    case Native::decimal:
      return to.size && *to.size - *to.scale < digits ? TypeChange::risky_cast : TypeChange::safe_cast;
    case Native::real:
    case Native::double_precision:
      return TypeChange::safe_cast;
    default:
      return TypeChange::not_castable;
  }
}

TypeChange decimal_to_integer(const Type& from, int digits) {
  return !from.size || *from.scale > 0 || *from.size > digits ? TypeChange::risky_cast : TypeChange::safe_cast;
}

TypeChange from_decimal(const Type& from, const Type& to) {
  constexpr int kMaxDigits = 131072;
  switch (to.native) {
    case Native::small_int:
      return decimal_to_integer(from, 2);
    case Native::integer:
      return decimal_to_integer(from, 9);
    case Native::big_int:
      return decimal_to_integer(from, 18);
    case Native::decimal:
      if (!to.size) return TypeChange::safe_cast;
      if (!from.size) return TypeChange::risky_cast;
      return *from.size - *from.scale > *to.size - *to.scale || *from.scale > *to.scale ? TypeChange::risky_cast
                                                                                        : TypeChange::safe_cast;
    case Native::real:
    case Native::double_precision:
      return TypeChange::risky_cast;
    case Native::text:
    case Native::var_char:
    case Native::char_:
      return to_sized_string(to, from.size ? *from.size + (*from.scale > 0 ? 2 : 1) : kMaxDigits + 1);
    default:
      return TypeChange::not_castable;
  }
}

TypeChange from_float(const Type& from, const Type& to) {
  if (is_string(to)) return to_sized_string(to, from.native == Native::real ? 47 : 317);
  switch (to.native) {
    case Native::small_int:
    case Native::integer:
    case Native::big_int:
    case Native::decimal:
    case Native::real:
      return TypeChange::risky_cast;
    case Native::double_precision:
      return TypeChange::safe_cast;
    default:
      return TypeChange::not_castable;
  }
}

TypeChange from_string(const Type& from, const Type& to) {
  if (from.native == Native::text) {
    if (to.native == Native::citext || (to.native == Native::var_char && !to.size)) return TypeChange::safe_cast;
    return is_string(to) ? TypeChange::risky_cast : TypeChange::not_castable;
  }
  if (!is_string(to)) return TypeChange::not_castable;
  if (to.native == Native::text) return TypeChange::safe_cast;
  if (!from.size) {
    if (from.native == Native::char_) return TypeChange::safe_cast;  // one character fits anywhere
    return to.size || to.native == Native::char_ ? TypeChange::risky_cast : TypeChange::safe_cast;
  }
  if (!to.size) return to.native == Native::char_ && *from.size > 1 ? TypeChange::risky_cast : TypeChange::safe_cast;
  return *from.size > *to.size ? TypeChange::risky_cast : TypeChange::safe_cast;
}

// To text without a limit, or with one of at least so many characters.
bool holds(const Type& to, int characters) {
  if (to.native == Native::text) return true;
  if (to.native == Native::var_char && !to.size) return true;
  return is_string(to) && to.size && *to.size >= characters;
}

bool same_precision(const Type& from, const Type& to) {
  return from.native == to.native && (!to.size || !from.size || from.size == to.size);
}

TypeChange from_temporal(const Type& from, const Type& to) {
  const bool stamp = from.native == Native::timestamp || from.native == Native::timestamptz;
  if (from.native != Native::date && same_precision(from, to)) return TypeChange::none;
  const int characters = from.native == Native::timestamp ? 23
                         : from.native == Native::time    ? 14
                         : from.native == Native::timetz  ? 19
                                                          : 28;
  bool castable = holds(to, characters);
  if (stamp) castable = castable || is_temporal(to.native);
  if (from.native == Native::date) {
    castable = castable || to.native == Native::timestamp || to.native == Native::timestamptz;
  }
  if (from.native == Native::time) castable = castable || to.native == Native::timetz;
  if (from.native == Native::timetz) castable = castable || to.native == Native::timetz || to.native == Native::time;
  return castable ? TypeChange::safe_cast : TypeChange::not_castable;
}

TypeChange from_bits(const Type& from, const Type& to) {
  const bool open = to.native == Native::text || (to.native == Native::var_char && !to.size);
  const bool strings = to.native == Native::var_char || to.native == Native::char_;
  if (from.native == Native::bit) {
    if (open || to.native == Native::var_bit || strings) {
      const bool fits =
          !from.size || open || (!to.size && to.native == Native::var_bit) || (to.size && *to.size >= *from.size);
      return fits ? TypeChange::safe_cast : TypeChange::not_castable;
    }
    return TypeChange::not_castable;
  }
  if (open) return TypeChange::safe_cast;
  if (!from.size) return strings || to.native == Native::bit ? TypeChange::risky_cast : TypeChange::not_castable;
  if (to.native == Native::var_bit) {
    return !to.size || *to.size > *from.size ? TypeChange::safe_cast : TypeChange::not_castable;
  }
  if (strings) return to.size && *to.size >= *from.size ? TypeChange::safe_cast : TypeChange::risky_cast;
  if (to.native == Native::bit && (!to.size || *to.size <= *from.size)) return TypeChange::risky_cast;
  return TypeChange::not_castable;
}

TypeChange from_document(const Type& from, const Type& to) {
  const bool other_json = from.native == Native::json ? to.native == Native::jsonb : to.native == Native::json;
  if (from.native != Native::xml && other_json) return TypeChange::safe_cast;
  if (to.native == Native::text || (to.native == Native::var_char && !to.size)) return TypeChange::safe_cast;
  return is_string(to) ? TypeChange::risky_cast : TypeChange::not_castable;
}

TypeChange from_rest(const Type& from, const Type& to) {
  const bool varying = to.native == Native::var_char;
  switch (from.native) {
    case Native::inet:
      return to.native == Native::citext || to.native == Native::text || varying ? TypeChange::safe_cast
                                                                                 : TypeChange::not_castable;
    case Native::money:
      return to.native == Native::citext || to.native == Native::text || varying ? TypeChange::safe_cast
                                                                                 : TypeChange::risky_cast;
    case Native::citext:
      return to.native == Native::text || varying ? TypeChange::safe_cast : TypeChange::risky_cast;
    case Native::oid:
      return to.native == Native::text || varying || to.native == Native::big_int || to.native == Native::integer
                 ? TypeChange::safe_cast
                 : TypeChange::not_castable;
    case Native::bytea:
      if (to.native == Native::text || (varying && !to.size)) return TypeChange::safe_cast;
      return is_string(to) && to.size && *to.size > 2 ? TypeChange::risky_cast : TypeChange::not_castable;
    case Native::boolean:
      if (to.native == Native::text || varying) return TypeChange::safe_cast;
      if (to.native != Native::char_ || !to.size || *to.size <= 3) return TypeChange::not_castable;
      return *to.size > 4 ? TypeChange::safe_cast : TypeChange::risky_cast;
    case Native::uuid:
      return holds(to, 32) ? TypeChange::safe_cast : TypeChange::not_castable;
    default:
      return TypeChange::not_castable;
  }
}

TypeChange between(const Type& from, const Type& to) {
  if (from == to) return TypeChange::none;
  switch (from.native) {
    case Native::small_int:
    case Native::integer:
    case Native::big_int:
      return from_integer(from, to);
    case Native::decimal:
      return from_decimal(from, to);
    case Native::real:
    case Native::double_precision:
      return from_float(from, to);
    case Native::text:
    case Native::var_char:
    case Native::char_:
      return from_string(from, to);
    case Native::timestamp:
    case Native::timestamptz:
    case Native::date:
    case Native::time:
    case Native::timetz:
      return from_temporal(from, to);
    case Native::bit:
    case Native::var_bit:
      return from_bits(from, to);
    case Native::json:
    case Native::jsonb:
    case Native::xml:
      return from_document(from, to);
    default:
      return from_rest(from, to);
  }
}

const catalog::Enum* enum_of(const catalog::ColumnType& type, const catalog::Catalog& catalog) {
  return type.schema.empty() ? nullptr : catalog.find_enum({type.schema, type.name});
}

}  // namespace

TypeChange type_change(const catalog::ColumnType& from, const catalog::Catalog& from_catalog, bool from_schema,
                       const catalog::ColumnType& to, const catalog::Catalog& to_catalog) {
  const catalog::Enum* from_enum = enum_of(from, from_catalog);
  const catalog::Enum* to_enum = enum_of(to, to_catalog);
  if (from_enum || to_enum) {
    return from_enum && to_enum && from_enum->name == to_enum->name ? TypeChange::none : TypeChange::not_castable;
  }
  const Type before = read(from, from_schema);
  const Type after = read(to, true);
  if (from.array && !to.array) {
    if (after.native == Native::text || (after.native == Native::var_char && after.size == kUnspecified)) {
      return TypeChange::safe_cast;
    }
    return is_string(after) ? TypeChange::risky_cast : TypeChange::not_castable;
  }
  if (from.array != to.array) return TypeChange::not_castable;
  // What Prisma has no name for is never compared with its like.
  if (before.native == Native::other && after.native == Native::other) return TypeChange::none;
  if (before.native == Native::other || after.native == Native::other) return TypeChange::risky_cast;
  // CHAR and BIT without a length hold one character.
  const bool holds_one = before.native == Native::char_ || before.native == Native::bit;
  if (!from_schema && holds_one && before.native == after.native && before.size.value_or(1) == after.size.value_or(1)) {
    return TypeChange::none;
  }
  return between(before, after);
}

std::string_view lost_in_cast(const catalog::ColumnType& from_column, const catalog::ColumnType& to_column) {
  const Type from = read(from_column, false);
  const Type to = read(to_column, false);
  const bool stamp = from.native == Native::timestamp || from.native == Native::timestamptz;
  const bool to_time = to.native == Native::time || to.native == Native::timetz;
  if (stamp && to.native == Native::date) return "the time of day";
  if (stamp && to_time) return "the date";
  if (from.native == Native::timetz && to.native == Native::time) return "the time zone";
  const bool timed = (stamp || from.native == Native::time || from.native == Native::timetz) && is_temporal(to.native);
  if (timed && to.native != Native::date && to.size.value_or(6) < from.size.value_or(6)) return "fractions of a second";
  const bool to_float = to.native == Native::real || to.native == Native::double_precision;
  const bool wide = from.native == Native::big_int || (from.native == Native::integer && to.native == Native::real);
  return to_float && wide ? "the last digits of large numbers" : std::string_view();
}

}  // namespace refract::migrate
