#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "catalog/expression/expression.h"
#include "migrate/wanted/names.h"
#include "migrate/wanted/table_parts.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

using syntax::Expression;
using syntax::ExpressionKind;

// "Int4MinMaxMultiOps" -> "int4_minmax_multi_ops": words in lower case joined by "_", where MinMax, VarBit and the
// time zone of a type are one word.
std::string operator_class_name(std::string_view constant) {
  constexpr std::array<std::string_view, 4> kSingleWords = {"MinMax", "VarBit", "TimestampTz", "TimeTz"};
  std::string name;
  while (!constant.empty()) {
    const auto joined =
        std::ranges::find_if(kSingleWords, [&](std::string_view word) { return constant.starts_with(word); });
    std::size_t size = joined != kSingleWords.end() ? joined->size() : 1;
    if (joined == kSingleWords.end()) {
      while (size < constant.size() && !ascii::is_upper(constant[size])) ++size;
    }
    if (!name.empty()) name.push_back('_');
    name += ascii::to_lower(constant.substr(0, size));
    constant.remove_prefix(size);
  }
  return name;
}

std::string value_text(const Expression& value) {
  return value.kind == ExpressionKind::string ? catalog::quote_literal(value.value) : std::string(value.text);
}

// { field: value, other: { not: null } } as Prisma spells it.
std::optional<std::string> object_predicate(const schema::Declaration& model, const Expression& object) {
  std::string text;
  for (const syntax::Argument& entry : object.arguments) {
    if (!entry.name || !entry.value) return std::nullopt;
    const schema::Field* field = model.find_field(entry.name->text);
    if (!field) return std::nullopt;
    const Expression* value = &*entry.value;
    const bool negated = value->kind == ExpressionKind::object;
    if (negated) {
      if (value->arguments.size() != 1 || !value->arguments.front().value) return std::nullopt;
      value = &*value->arguments.front().value;
    }
    if (!text.empty()) text += " AND ";
    const std::string column = catalog::quote_name(field->database_name);
    if (value->is_path("null")) {
      text += fmt::format("{} IS {}NULL", column, negated ? "NOT " : "");
    } else {
      text += fmt::format("{} {} {}", column, negated ? "!=" : "=", value_text(*value));
    }
  }
  return text;
}

std::optional<std::string> predicate_of(const schema::Declaration& model, const Expression& where) {
  if (where.kind == ExpressionKind::object) return object_predicate(model, where);
  if (where.kind == ExpressionKind::function && where.value == "raw" && !where.arguments.empty() &&
      where.arguments.front().value) {
    return where.arguments.front().value->value;
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> columns_of(const schema::Declaration& model, const schema::Index& index) {
  std::vector<std::string_view> fields;
  for (const schema::IndexField& field : index.fields) {
    if (field.path.size() != 1) return std::nullopt;
    fields.push_back(field.path.front());
  }
  if (fields.empty()) return std::nullopt;
  return column_names(model, fields);
}

}  // namespace

std::optional<std::vector<std::string>> column_names(const schema::Declaration& model,
                                                     const std::vector<std::string_view>& fields) {
  std::vector<std::string> names;
  for (const std::string_view name : fields) {
    const schema::Field* field = model.find_field(name);
    if (!field || !field->is_stored()) return std::nullopt;
    names.push_back(field->database_name);
  }
  return names;
}

std::optional<catalog::PrimaryKey> primary_key_of(const schema::Declaration& model) {
  const schema::Index* key = model.primary_key();
  if (!key) return std::nullopt;
  auto columns = columns_of(model, *key);
  if (!columns) return std::nullopt;
  return catalog::PrimaryKey{key->map.value_or(primary_key_name(model.database_name)), std::move(*columns)};
}

std::optional<catalog::Index> index_of(const schema::Declaration& model, const schema::Index& index) {
  const auto columns = columns_of(model, index);
  if (!columns) return std::nullopt;
  catalog::Index made;
  made.unique = index.kind == schema::IndexKind::unique;
  made.name = index.map     ? *index.map
              : made.unique ? unique_name(model.database_name, *columns)
                            : index_name(model.database_name, *columns);
  if (!index.algorithm.empty()) {
    made.method = ascii::to_lower(index.algorithm);
  }
  for (std::size_t at = 0; at < columns->size(); ++at) {
    const schema::IndexField& field = index.fields[at];
    catalog::IndexColumn& column = made.columns.emplace_back();
    column.column = (*columns)[at];
    if (!field.operator_class.empty()) {
      column.op_class = field.raw_operator_class ? field.operator_class : operator_class_name(field.operator_class);
    }
    if (field.sort == schema::SortOrder::descending) column.order = catalog::SortOrder::descending;
    column.has_explicit_sort.value = field.sort == schema::SortOrder::ascending;
  }
  if (index.where) {
    made.predicate = predicate_of(model, *index.where);
    if (!made.predicate) return std::nullopt;
  }
  return made;
}

std::string operator_class_text(std::string_view name) {
  constexpr std::array<std::string_view, 4> kOfTheirOwn = {"jsonb_path_ops", "jsonb_ops", "array_ops", "inet_ops"};
  const bool known = std::ranges::find(kOfTheirOwn, name) != kOfTheirOwn.end() || name == "text_ops" ||
                     name.ends_with("_bloom_ops") || name.ends_with("_minmax_ops") ||
                     name.ends_with("_minmax_multi_ops") || name == "inet_inclusion_ops";
  if (!known) return fmt::format("raw(\"{}\")", name);
  std::string constant;
  bool starts_word = true;
  for (const char c : name) {
    if (c != '_') constant += starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = c == '_';
  }
  // Words that operator_class_name() takes for one.
  for (const auto& [plain, joined] :
       {std::pair{"Minmax", "MinMax"}, {"Varbit", "VarBit"}, {"Timestamptz", "TimestampTz"}, {"Timetz", "TimeTz"}}) {
    if (const std::size_t at = constant.find(plain); at != std::string::npos) {
      constant.replace(at, std::string_view(plain).size(), joined);
    }
  }
  return constant;
}

bool is_default_operator_class(std::string_view name, std::string_view method) {
  if (name == "inet_ops") return method == "spgist";
  if (name == "jsonb_ops" || name == "array_ops") return method == "gin";
  if (name == "text_ops") return method == "spgist" || method == "btree";
  return method == "brin" && !name.ends_with("_bloom_ops") && !name.ends_with("_multi_ops") &&
         (name.ends_with("_minmax_ops") || name == "inet_inclusion_ops");
}

}  // namespace refract::migrate
