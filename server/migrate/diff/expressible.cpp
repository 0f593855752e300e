#include "migrate/diff/expressible.h"

#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/expression/printer.h"
#include "migrate/sql/types.h"
#include "migrate/wanted/table_parts.h"

namespace refract::migrate {
namespace {

using catalog::Index;
using catalog::IndexColumn;

bool is_expression(const IndexColumn& column) {
  return column.column.empty();
}

bool names_column_twice(const Index& index) {
  for (auto column = index.columns.begin(); column != index.columns.end(); ++column) {
    if (std::find_if(index.columns.begin(), column,
                     [&](const IndexColumn& other) { return other.column == column->column; }) != column) {
      return true;
    }
  }
  return false;
}

// Prisma has names for operator classes only in @@index, and only for the classes of the index's method.
bool has_name_for_class(const Index& index, const std::string& op_class) {
  if (is_default_operator_class(op_class, index.method)) return true;
  return !index.unique && !operator_class_text(op_class).starts_with("raw(");
}

std::optional<std::string> inexpressible(const IndexColumn& column, const Index& index) {
  if (column.collation) return fmt::format("the collation {}", *column.collation);
  if (column.nulls == catalog::NullsOrder::first) return "NULLS FIRST";
  if (column.nulls == catalog::NullsOrder::last) return "NULLS LAST";
  if (!column.op_class_options.empty()) return "parameters of an operator class";
  if (column.op_class && !has_name_for_class(index, *column.op_class)) {
    return fmt::format("the operator class {}", *column.op_class);
  }
  return std::nullopt;
}

// A schema can express a foreign key only between fields of the same scalar type.
bool has_same_scalar(const catalog::ColumnType& from, const catalog::ColumnType& to) {
  const Native native = native_of(from);
  return native == Native::other ? from == to : scalar_of(native) == scalar_of(native_of(to));
}

bool has_key_over(const catalog::Table& table, const std::vector<std::string>& columns, const DiffOptions& options) {
  const auto is_over = [&](const auto& key, auto name) { return std::ranges::is_permutation(key, columns, {}, name); };
  const bool keyed = table.primary_key && is_over(table.primary_key->columns, std::identity()) &&
                     !inexpressible(*table.primary_key, table, options);
  return keyed || std::ranges::any_of(table.indexes, [&](const Index& index) {
           return is_plain_unique(index) && is_over(index.columns, &IndexColumn::column);
         });
}

}  // namespace

std::optional<std::string> inexpressible(const Index& index, const DiffOptions& options) {
  constexpr std::array<std::string_view, 6> kMethods = {"btree", "hash", "gin", "gist", "spgist", "brin"};
  if (std::ranges::any_of(index.columns, is_expression)) return "an expression";
  if (names_column_twice(index) && !options.like_prisma) return "a repeated column";
  const bool conditions =
      options.partial_indexes || (options.like_prisma && options.version >= schema::PrismaVersion::v7);
  if (index.predicate && !conditions) return "a condition";
  if (options.like_prisma) return std::nullopt;
  if (std::ranges::find(kMethods, index.method) == kMethods.end()) return fmt::format("the method {}", index.method);
  if (!index.include.empty()) return fmt::format("the included columns {}", fmt::join(index.include, ", "));
  if (!index.storage.empty()) return fmt::format("the storage parameters {}", fmt::join(index.storage, ", "));
  if (index.nulls_not_distinct) return "NULLS NOT DISTINCT";
  if (index.deferrable) return "DEFERRABLE";
  for (const IndexColumn& column : index.columns) {
    if (auto reason = inexpressible(column, index)) return reason;
  }
  return std::nullopt;
}

std::optional<std::string> inexpressible(const catalog::Table& table, const DiffOptions& options) {
  if (table.columns.empty() && !options.like_prisma) return "a table without columns";
  return std::nullopt;
}

std::optional<std::string> inexpressible(const catalog::Enum& enumeration, const DiffOptions& options) {
  if (enumeration.values.empty() && !options.like_prisma) return "an enum without values";
  return std::nullopt;
}

std::optional<std::string> inexpressible(const catalog::PrimaryKey& key, const catalog::Table& table,
                                         const DiffOptions& options) {
  if (options.like_prisma) return std::nullopt;
  for (const std::string& name : key.columns) {
    const catalog::Column* column = table.find_column(name);
    if (column && column->type.array) return fmt::format("a primary key over the array column {}", name);
  }
  return std::nullopt;
}

std::optional<std::string> inexpressible(const catalog::Column& column, const DiffOptions& options) {
  if (column.generated && !options.like_prisma) return "a generated column";
  return std::nullopt;
}

std::optional<std::string> inexpressible(const catalog::ForeignKey& key, const catalog::Table& table,
                                         const DiffSide& side, const DiffSide& other, const DiffOptions& options) {
  if (options.like_prisma) return std::nullopt;
  const catalog::QualifiedName& target = key.referenced_table;
  if (!side.find_table(target) && !other.find_table(target)) {
    return fmt::format("a reference to {}.{}, which the schema does not manage", target.schema, target.name);
  }
  if (key.deferrable) return "DEFERRABLE";
  const DiffTable* referenced = side.find_table(target);
  for (std::size_t at = 0; referenced && at < std::min(key.columns.size(), key.referenced_columns.size()); ++at) {
    const catalog::Column* from = table.find_column(key.columns[at]);
    const catalog::Column* to = referenced->table->find_column(key.referenced_columns[at]);
    if (from && from->type.array) return fmt::format("a foreign key over an array column ({})", key.columns[at]);
    if (from && to && !has_same_scalar(from->type, to->type)) {
      return fmt::format("a column whose type differs from the referenced column's ({})", key.columns[at]);
    }
  }
  if (referenced && !has_key_over(*referenced->table, key.referenced_columns, options)) {
    return "a reference to columns that no @id or @unique can cover";
  }
  return std::nullopt;
}

bool is_plain_unique(const Index& index) {
  return index.unique && !index.predicate && !names_column_twice(index) &&
         std::ranges::none_of(index.columns, is_expression);
}

std::vector<std::string> index_differences(const Index& existing, const Index& wanted) {
  std::vector<std::string> differing;
  const auto same_key = [](const IndexColumn& one, const IndexColumn& other) {
    return is_expression(one) ? catalog::mentions_name(one.expression, other.column) : one.column == other.column;
  };
  const auto same_order = [](const IndexColumn& one, const IndexColumn& other) { return one.order == other.order; };
  if (!std::ranges::equal(existing.columns, wanted.columns, same_key)) {
    differing.emplace_back("its key columns");
  } else if (!std::ranges::equal(existing.columns, wanted.columns, same_order)) {
    differing.emplace_back("the order of its columns");
  }
  if (existing.unique != wanted.unique) differing.emplace_back("its uniqueness");
  return differing;
}

}  // namespace refract::migrate
