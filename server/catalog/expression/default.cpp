#include <algorithm>
#include <unordered_map>

#include "catalog/expression/default.h"
#include "catalog/expression/expression.h"
#include "catalog/expression/literal.h"
#include "catalog/expression/printer.h"
#include "catalog/tree/raw_parse.h"
#include "catalog/tree/reader.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

enum class Family { string, integer, decimal, boolean, json, date_time, binary, uuid, other };

Family family_of(const ColumnType& type) {
  static const std::unordered_map<std::string_view, Family> kFamilies = {{"text", Family::string},
                                                                         {"varchar", Family::string},
                                                                         {"bpchar", Family::string},
                                                                         {"char", Family::string},
                                                                         {"name", Family::string},
                                                                         {"int2", Family::integer},
                                                                         {"int4", Family::integer},
                                                                         {"int8", Family::integer},
                                                                         {"float4", Family::decimal},
                                                                         {"float8", Family::decimal},
                                                                         {"numeric", Family::decimal},
                                                                         {"bool", Family::boolean},
                                                                         {"json", Family::json},
                                                                         {"jsonb", Family::json},
                                                                         {"date", Family::date_time},
                                                                         {"time", Family::date_time},
                                                                         {"timetz", Family::date_time},
                                                                         {"timestamp", Family::date_time},
                                                                         {"timestamptz", Family::date_time},
                                                                         {"bytea", Family::binary},
                                                                         {"uuid", Family::uuid}};
  if (!type.schema.empty()) return Family::other;
  const auto found = kFamilies.find(type.name);
  return found == kFamilies.end() ? Family::other : found->second;
}

bool is_number(std::string_view text, bool integer) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  Reader reader(text);
  return reader.read_number() && reader.at_end() &&
         (!integer || text.find_first_not_of("0123456789") == std::string_view::npos);
}

struct SpelledValue {
  std::string text;
  std::string normal;  // empty: the text itself
};

std::optional<SpelledValue> spell_boolean(const Literal& literal) {
  if (literal.kind == LiteralKind::boolean) return SpelledValue{literal.value, {}};
  if (literal.kind != LiteralKind::string) return std::nullopt;
  const std::string word = ascii::to_lower(literal.value);
  for (const std::string_view yes : {"t", "true", "y", "yes", "on", "1"}) {
    if (word == yes) return SpelledValue{"true", {}};
  }
  for (const std::string_view no : {"f", "false", "n", "no", "off", "0"}) {
    if (word == no) return SpelledValue{"false", {}};
  }
  return std::nullopt;
}

std::optional<SpelledValue> spell_number(const Literal& literal, bool integer) {
  if (literal.kind != LiteralKind::number && literal.kind != LiteralKind::string) return std::nullopt;
  if (is_number(literal.value, integer)) {
    std::string text = literal.value.starts_with('+') ? literal.value.substr(1) : literal.value;
    std::string normal = normal_number(text);
    return SpelledValue{integer ? normal : std::move(text), std::move(normal)};
  }
  // 'NaN' and 'Infinity'.
  if (integer || literal.kind == LiteralKind::number) return std::nullopt;
  return SpelledValue{quote_literal(literal.value), quote_literal(ascii::to_lower(literal.value))};
}

std::string normal_bytes(std::string_view text) {
  if (text.starts_with("\\x")) return ascii::to_lower(text);
  if (text.find('\\') != std::string_view::npos) return std::string(text);
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex = "\\x";
  for (const char c : text) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

// Whether the casts around the literal leave its value unchanged for a column of this type.
bool keeps_value(const Literal& literal, const ColumnType& type) {
  const Family family = family_of(type);
  const bool other_number = literal.kind == LiteralKind::number && family == Family::other;
  if (other_number && !literal.casts.empty()) return false;
  const auto keeps = [&](const ColumnType& cast, bool last) {
    const bool same = cast.name == type.name;
    const bool array_differs = last && cast.array != type.array;
    if (array_differs || (!cast.modifiers.empty() && !(same && cast.modifiers == type.modifiers))) return false;
    if (same) return true;
    if (!cast.schema.empty()) return false;
    const Family between = family_of(cast);
    switch (family) {
      case Family::string:
        return cast.name == "text" || cast.name == "varchar";
      case Family::integer:
      case Family::decimal:
        return between == Family::decimal || (between == Family::integer && is_number(literal.value, true));
      case Family::json:
        // jsonb drops the spaces and the order that json has as written.
        return between == Family::json && (type.name == "jsonb" || cast.name == "json");
      default:
        return last && cast.name == "text";
    }
  };
  for (std::size_t at = 0; at < literal.casts.size(); ++at) {
    if (!keeps(literal.casts[at], at + 1 == literal.casts.size())) return false;
  }
  return true;
}

// The literal as a value of the (element) type; nullopt: not possible without evaluating it.
std::optional<SpelledValue> spell(const Literal& literal, const ColumnType& type) {
  const Family family = family_of(type);
  if (family == Family::boolean) return spell_boolean(literal);
  if (family == Family::integer || family == Family::decimal) return spell_number(literal, family == Family::integer);
  if (family == Family::other && literal.kind == LiteralKind::number) return SpelledValue{literal.value, {}};
  if (literal.kind != LiteralKind::string) return std::nullopt;
  const std::string text = quote_literal(literal.value);
  switch (family) {
    case Family::json:
      return SpelledValue{text, quote_literal(normal_json(literal.value))};
    case Family::date_time:
      return SpelledValue{text, quote_literal(normal_date_time(literal.value, type))};
    case Family::binary:
      return SpelledValue{text, quote_literal(normal_bytes(literal.value))};
    case Family::uuid:
      return SpelledValue{text, quote_literal(ascii::to_lower(literal.value))};
    default:
      return SpelledValue{text, {}};
  }
}

Default literal_default(SpelledValue spelling) {
  Default value{.kind = DefaultKind::literal, .expression = std::move(spelling.text)};
  if (spelling.normal != value.expression) value.normal = std::move(spelling.normal);
  return value;
}

std::optional<Default> list_default(const Literal& literal, const ColumnType& type, std::string_view default_schema) {
  std::optional<std::vector<Literal>> items;
  if (literal.kind == LiteralKind::list) items = literal.items;
  if (literal.kind == LiteralKind::string) items = read_array_text(literal.value);
  if (!items) return std::nullopt;
  ColumnType element = type;
  element.array = false;
  std::string text, normal;
  for (const Literal& item : *items) {
    if (item.kind != LiteralKind::null && !keeps_value(item, element)) return std::nullopt;
    auto spelling = item.kind == LiteralKind::null ? SpelledValue{"NULL", {}} : spell(item, element);
    if (!spelling) return std::nullopt;
    if (!text.empty()) {
      text += ", ";
      normal += ", ";
    }
    normal += spelling->normal.empty() ? spelling->text : spelling->normal;
    text += spelling->text;
  }
  const std::string cast = "]::" + type_sql(type, default_schema);
  return literal_default({"ARRAY[" + text + cast, "ARRAY[" + normal + cast});
}

std::string collapse_space(std::string_view sql) {
  std::string result;
  for (const char c : sql) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (!space)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

}  // namespace

bool Default::operator==(const Default& other) const {
  if (kind != other.kind) return false;
  if (kind == DefaultKind::now) return true;
  if (kind == DefaultKind::sequence) return sequence == other.sequence;
  return (normal.empty() ? expression : normal) == (other.normal.empty() ? other.expression : other.normal);
}

std::string quote_literal(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

std::string quote_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::string literal_value(std::string_view literal) {
  Reader reader(literal);
  auto text = reader.read_string();
  return text ? std::move(*text) : std::string(literal);
}

std::optional<TypedDefault> typed_default(const Literal& literal, const ColumnType& type,
                                          std::string_view default_schema) {
  if (literal.kind == LiteralKind::null) return TypedDefault{.none = true, .value = {}};
  const bool plain = literal.kind != LiteralKind::now && literal.kind != LiteralKind::sequence;
  if (plain && !keeps_value(literal, type)) return std::nullopt;
  if (type.array) {
    auto list = list_default(literal, type, default_schema);
    return list ? std::optional(TypedDefault{.value = std::move(*list)}) : std::nullopt;
  }
  if (literal.kind == LiteralKind::now) {
    if (family_of(type) != Family::date_time) return std::nullopt;
    return TypedDefault{.value = {.kind = DefaultKind::now, .expression = "CURRENT_TIMESTAMP"}};
  }
  if (literal.kind == LiteralKind::sequence) {
    if (family_of(type) != Family::integer) return std::nullopt;
    QualifiedName sequence = read_qualified_name(literal.value);
    if (sequence.schema.empty()) sequence.schema = default_schema;
    return TypedDefault{.value = sequence_default(sequence, default_schema)};
  }
  if (literal.kind == LiteralKind::list) return std::nullopt;
  auto spelling = spell(literal, type);
  return spelling ? std::optional(TypedDefault{.value = literal_default(std::move(*spelling))}) : std::nullopt;
}

Default sequence_default(const QualifiedName& sequence, std::string_view default_schema) {
  const bool qualified = !sequence.schema.empty() && sequence.schema != default_schema;
  const std::string name = (qualified ? quote_name(sequence.schema) + "." : "") + quote_name(sequence.name);
  return {.kind = DefaultKind::sequence,
          .expression = "nextval(" + quote_literal(name) + "::regclass)",
          .sequence = sequence};
}

std::optional<Default> canonical_default(std::string_view sql, const ColumnType& type,
                                         std::string_view default_schema) {
  const auto typed_literal = [&](std::string_view text) -> std::optional<TypedDefault> {
    const auto literal = read_literal(text);
    return literal ? typed_default(*literal, type, default_schema) : std::nullopt;
  };
  std::optional<TypedDefault> typed = typed_literal(sql);
  RawParse raw;
  std::optional<json::Value> expression;
  if (!typed) {
    raw = raw_parse_expression(sql);
    expression = expression_of(raw);
    // Dollar quotes, U&'' strings and comments are read only by PostgreSQL's grammar.
    if (expression) typed = typed_literal(print_expression(*expression, PrintStyle::written));
  }
  if (typed) return typed->none ? std::nullopt : std::optional(std::move(typed->value));
  Default value{.kind = DefaultKind::expression, .expression = std::string(sql)};
  value.normal = expression ? print_expression(*expression, PrintStyle::normal) : collapse_space(sql);
  if (value.normal == value.expression) value.normal.clear();
  return value;
}

bool needs_parentheses_as_default(std::string_view sql) {
  const bool single_word = sql.find_first_of(" \t\n\r\f") == std::string_view::npos;
  if (single_word || sql.find('\0') != std::string_view::npos) return false;
  const std::string before = "CREATE TABLE t (c text DEFAULT ", text(sql);
  return !raw_parse(before + text + ")").tree && raw_parse(before + "(" + text + "))").tree;
}

std::string canonical_expression(std::string_view sql) {
  const RawParse raw = raw_parse_expression(sql);
  const auto expression = expression_of(raw);
  return expression ? print_expression(*expression, PrintStyle::normal) : collapse_space(sql);
}

Default lower_untyped_default(const tree::Value& expression) {
  Default value{.kind = DefaultKind::expression, .expression = print_expression(expression, PrintStyle::written)};
  value.normal = print_expression(expression, PrintStyle::normal);
  if (value.normal == value.expression) value.normal.clear();
  return value;
}

bool resolve_default(Default& value, const ColumnType& type, std::string_view default_schema) {
  if (value.kind == DefaultKind::now || value.kind == DefaultKind::sequence) return true;
  const auto literal = read_literal(value.expression);
  if (!literal) return true;
  auto typed = typed_default(*literal, type, default_schema);
  if (!typed) return true;
  if (!typed->none) value = std::move(typed->value);
  return !typed->none;
}

}  // namespace refract::catalog
