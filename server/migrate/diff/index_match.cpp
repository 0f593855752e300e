#include "migrate/diff/index_match.h"

#include <algorithm>

#include "catalog/expression/constant_form.h"
#include "catalog/expression/expression.h"
#include "migrate/wanted/table_parts.h"

namespace refract::migrate {
namespace {

using catalog::Index;
using catalog::IndexColumn;

// A database's B-tree or hash index may have any class if the schema specifies none: Prisma does not compare it.
bool operator_classes_match(const IndexColumn& one, const IndexColumn& other, std::string_view method, bool from_schema,
                            const catalog::Table* table) {
  if (one.op_class == other.op_class) return true;
  if (one.op_class && other.op_class) return false;
  if (!from_schema && !other.op_class && (method == "btree" || method == "hash")) return true;
  const std::string& op_class = one.op_class ? *one.op_class : *other.op_class;
  if (is_default_operator_class(op_class, method)) return true;
  const catalog::Column* column = from_schema || !table ? nullptr : table->find_column(one.column);
  return column && catalog::is_default_op_class(op_class, method, column->type);
}

// The form without what same_forms passes over: the schemas of names. nullopt: it matches forms of other texts, as that
// of a moment without a date does, or its quotes do not show where a name ends.
std::optional<std::string> without_schemas(std::string_view form) {
  if (form.contains(catalog::kMomentOfReading)) return std::nullopt;
  std::string out;
  while (!form.empty()) {
    const std::size_t open = std::min(form.find('"'), form.size());
    out += form.substr(0, open);
    form.remove_prefix(open);
    if (form.empty()) break;
    const std::size_t close = form.find('"', 1);
    if (close == std::string_view::npos || form.substr(close + 1).starts_with('"')) return std::nullopt;
    const bool qualifies = form.substr(close + 1).starts_with('.');
    if (!qualifies) out += form.substr(0, close + 1);
    form.remove_prefix(close + (qualifies ? 2 : 1));
  }
  return out;
}

}  // namespace

const std::string& IndexMatch::Forms::of(const std::string& sql) {
  const auto [form, added] = by_sql.try_emplace(sql);
  if (added) form->second = catalog::typed_form(sql, place);
  return form->second;
}

bool IndexMatch::same(const std::string& one, const std::string& other) {
  return one == other || catalog::same_forms(from_.of(one), to_.of(other));
}

bool IndexMatch::same(const std::optional<std::string>& one, const std::optional<std::string>& other) {
  return one.has_value() == other.has_value() && (!one || same(*one, *other));
}

bool IndexMatch::operator()(const Index& from, const Index& to, bool from_schema, bool predicates) {
  if (from.unique != to.unique || from.method != to.method || from.columns.size() != to.columns.size()) return false;
  const auto column_matches = [&](const IndexColumn& left, const IndexColumn& right) {
    return left.column == right.column && left.order == right.order &&
           (!left.column.empty() || same(left.expression, right.expression)) &&
           operator_classes_match(left, right, from.method, from_schema, from_.place.table);
  };
  return std::ranges::equal(from.columns, to.columns, column_matches) && from.include == to.include &&
         (!predicates || same(from.predicate, to.predicate));
}

std::string IndexMatch::key_of(const Index& index, Side side, bool predicates) {
  Forms& forms = side == Side::from ? from_ : to_;
  std::string key = index.unique ? "unique" : "index";
  const auto add = [&](std::string_view part) { key.append(1, '\n').append(part); };
  const auto add_form = [&](const std::string& sql) {
    const auto form = without_schemas(forms.of(sql));
    if (form) add(*form);
    return form.has_value();
  };
  for (const IndexColumn& column : index.columns) {
    if (!column.column.empty()) {
      add(column.column);
    } else if (!add_form(column.expression)) {
      return {};
    }
  }
  if (predicates && index.predicate && !add_form(*index.predicate)) return {};
  return key;
}

}  // namespace refract::migrate
