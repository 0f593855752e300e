#include "migrate/wanted/default_match.h"

#include <algorithm>

#include "catalog/expression/expression.h"
#include "catalog/expression/literal.h"
#include "catalog/expression/typed_form.h"
#include "migrate/sql/types.h"
#include "support/ascii.h"
#include "support/json.h"

namespace refract::migrate {
namespace {

using catalog::Column;
using catalog::Default;
using catalog::DefaultKind;
using catalog::Literal;
using catalog::LiteralKind;

// What Prisma's engine takes a default for.
enum class Nature {
  none,
  unknown,  // dbgenerated(): an unknown default
  value,
  now,
  sequence,
  generated,  // any other expression
};

// A value's type, as far as Prisma's engine distinguishes values.
enum class Family { text, integer, big_integer, number, boolean, json, bytes, moment };

Family family_of(const catalog::ColumnType& type) {
  if (type.schema.empty()) {
    const Native native = native_of(type);
    if (is_temporal(native)) return Family::moment;
    switch (native) {
      case Native::small_int:
      case Native::integer:
      case Native::oid:
        return Family::integer;
      case Native::big_int:
        return Family::big_integer;
      case Native::real:
      case Native::double_precision:
      case Native::decimal:
      case Native::money:
        return Family::number;
      case Native::boolean:
        return Family::boolean;
      case Native::json:
      case Native::jsonb:
        return Family::json;
      case Native::bytea:
        return Family::bytes;
      default:
        break;
    }
  }
  return Family::text;
}

bool is_integer(Family family) {
  return family == Family::integer || family == Family::big_integer;
}

const std::string& normal_text(const Default& value) {
  return value.normal.empty() ? value.expression : value.normal;
}

// Prisma reads no value of these types out of a database.
bool is_read_as_expression(const Column& column) {
  const Native native = native_of(column.type);
  return native == Native::uuid || (column.type.schema.empty() && native == Native::other);
}

// dbgenerated("NULL") asks for what PostgreSQL does without a default, too, whatever the NULL is cast to.
bool is_null(const Default& value) {
  const auto literal = catalog::read_literal(value.expression);
  return literal && literal->kind == LiteralKind::null;
}

Nature nature_of(const Column& column, bool from_schema) {
  if (!column.default_value) return Nature::none;
  const Default& value = *column.default_value;
  if (value.dbgenerated.value) return value.expression.empty() ? Nature::unknown : Nature::generated;
  switch (value.kind) {
    case DefaultKind::now:
      return Nature::now;
    case DefaultKind::sequence:
      return Nature::sequence;
    case DefaultKind::literal:
      return !from_schema && is_read_as_expression(column) ? Nature::generated : Nature::value;
    case DefaultKind::expression:
      break;
  }
  // Prisma's engine reads JSON through casts that change its spelling.
  const bool json = family_of(column.type) == Family::json && catalog::read_literal(value.expression);
  return from_schema || json ? Nature::value : Nature::generated;
}

// Dates and times are taken for equal to anything, in a list only to what is no value.
bool ignores_moments(const Column& from, Nature before, const Column& to, Nature after) {
  const auto is_moment = [](const Column& column) { return family_of(column.type) == Family::moment; };
  const auto is_value = [&](const Column& column, Nature nature) {
    return nature == Nature::value && is_moment(column) && !column.type.array;
  };
  if (is_value(from, before) || is_value(to, after)) return true;
  const bool one_is_value = (before == Nature::value && after == Nature::generated) ||
                            (before == Nature::generated && after == Nature::value);
  return from.type.array && to.type.array && is_moment(from) && one_is_value;
}

// Whether PostgreSQL would print the expression as it was written: it puts operators between parentheses and a cast
// after every string.
bool is_printed_form(std::string_view text) {
  const bool enclosed = text.starts_with('(') && text.ends_with(')');
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\'') {
      quoted = !quoted;
      if (!quoted && !text.substr(at + 1).starts_with("::")) return false;
    } else if (!quoted && !enclosed && std::string_view(" +*/|<>").contains(text[at])) {
      return false;
    }
  }
  return true;
}

bool expressions_match(const Default& from, const Default& to, bool from_schema) {
  if (from_schema) return ascii::to_lower(from.expression) == ascii::to_lower(to.expression);
  return is_printed_form(to.expression) && normal_text(from) == normal_text(to);
}

// Two texts of which one is JSON. Prisma takes what is no JSON for equal to anything.
bool json_matches(const std::string& one, const std::string& other, bool for_prisma) {
  if (!json::Document::parse(one) || !json::Document::parse(other)) return for_prisma || one == other;
  return catalog::normal_json(one) == catalog::normal_json(other);
}

bool items_match(const Literal& from, Family from_family, const Literal& to, Family to_family, bool in_list,
                 bool for_prisma) {
  const auto either_is = [&](Family family) { return from_family == family || to_family == family; };
  const auto both_are = [&](auto condition) { return condition(from_family) && condition(to_family); };
  if (either_is(Family::moment)) return true;
  if (either_is(Family::json)) {
    if (!both_are([](Family family) { return family == Family::json || family == Family::text; })) return false;
    return in_list ? from.value == to.value : json_matches(from.value, to.value, for_prisma);
  }
  if (from_family != to_family && (in_list || !both_are(is_integer))) return false;
  if (from_family == Family::number) return catalog::normal_number(from.value) == catalog::normal_number(to.value);
  return from.value == to.value;
}

bool values_match(const Column& from, const Column& to, bool from_schema, bool for_prisma) {
  const auto read = [&](const Default& value) {
    return catalog::read_literal(from_schema ? value.expression : normal_text(value));
  };
  const auto before = read(*from.default_value);
  const auto after = read(*to.default_value);
  if (!before || !after) return *from.default_value == *to.default_value;
  if (before->kind != after->kind && (before->kind == LiteralKind::list || after->kind == LiteralKind::list)) {
    return false;
  }
  const Family from_family = family_of(from.type);
  const Family to_family = family_of(to.type);
  if (before->kind != LiteralKind::list) return items_match(*before, from_family, *after, to_family, false, for_prisma);
  return std::ranges::equal(before->items, after->items, [&](const Literal& one, const Literal& other) {
    return items_match(one, from_family, other, to_family, true, for_prisma);
  });
}

bool match_for_prisma(const Column& from, const Column& to, bool from_schema) {
  const Nature before = nature_of(from, from_schema);
  const Nature after = nature_of(to, true);
  if (after == Nature::unknown || after == Nature::sequence) return true;  // sequences count by themselves
  if (before == Nature::sequence) return after == Nature::none;
  if (before == Nature::none || after == Nature::none) return before == after;
  if (ignores_moments(from, before, to, after)) return true;
  if (before != after) return false;
  if (before == Nature::value) return values_match(from, to, from_schema, true);
  return before == Nature::now || expressions_match(*from.default_value, *to.default_value, from_schema);
}

// A literal is a value of the column's type: that of a database has lost its casts, that of a schema may have some.
std::string expression_of(const Column& column) {
  const Default& value = *column.default_value;
  if (value.kind != DefaultKind::literal) return value.expression;
  const auto literal = catalog::read_literal(value.expression);
  if (!column.type.array) return literal ? catalog::quote_literal(literal->value) : value.expression;
  if (!literal || literal->kind != LiteralKind::list) return value.expression;
  std::string items;
  for (const Literal& item : literal->items) {
    if (!items.empty()) items += ",";
    items += item.kind == LiteralKind::null ? "NULL" : catalog::array_item(item.value);
  }
  return catalog::quote_literal("{" + items + "}");
}

bool same_expression(const Column& from, const Column& to, DefaultComparison comparison) {
  return catalog::same_expression(
      expression_of(from), {.catalog = comparison.from_catalog, .table = nullptr, .target = &from.type},
      expression_of(to), {.catalog = comparison.to_catalog, .table = nullptr, .target = &to.type});
}

bool match_in_meaning(const Column& from, const Column& to, DefaultComparison comparison) {
  const auto& before = from.default_value;
  const auto& after = to.default_value;
  const Nature wanted = nature_of(to, true);
  if (wanted == Nature::unknown || wanted == Nature::sequence) return true;
  const bool wants_none = !after || is_null(*after);
  if (before && before->kind == DefaultKind::sequence && wants_none) return true;  // its loss counts by itself
  if (!before || wants_none) return !before && wants_none;
  // Values that are equal to Prisma's engine are so here: 1.50 and 1.5, JSON whatever its spacing.
  const bool values = before->kind != DefaultKind::expression && after->kind != DefaultKind::expression;
  if (values && *before == *after) return true;
  if (before->kind == DefaultKind::sequence) return false;
  if (same_expression(from, to, comparison)) return true;
  // PostgreSQL has brought the default along where it cast the column to another type.
  return !(from.type == to.type) && before->kind == DefaultKind::literal && wanted == Nature::value &&
         family_of(from.type) != Family::moment && values_match(from, to, false, false);
}

}  // namespace

bool defaults_match(const Column& from, const Column& to, DefaultComparison comparison) {
  // A generated column's expression cannot be dropped; Prisma treats it as a default.
  if (from.generated) return !comparison.like_prisma || to.default_value.has_value();
  if (comparison.from_schema || comparison.like_prisma) return match_for_prisma(from, to, comparison.from_schema);
  return match_in_meaning(from, to, comparison);
}

bool changes_autoincrement(const Column& from, const Column& to, DefaultComparison comparison) {
  const bool unchanged = from.default_value && to.default_value && *from.default_value == *to.default_value;
  if (unchanged && !comparison.from_schema && !comparison.like_prisma) return false;
  return is_autoincrement(from) != is_autoincrement(to);
}

bool is_autoincrement(const Column& column) {
  if (column.identity != catalog::Identity::none) return true;
  return column.default_value && column.default_value->kind == DefaultKind::sequence &&
         !column.default_value->dbgenerated.value;
}

}  // namespace refract::migrate
