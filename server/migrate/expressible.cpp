#include "migrate/expressible.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/printer.h"
#include "migrate/table_parts.h"

namespace refract::migrate {
namespace {

using catalog::Index;
using catalog::IndexColumn;

bool is_expression(const IndexColumn& column) {
  return column.column.empty();
}

// Prisma's name for an operator class exists for a normal index alone, and for the method's own classes.
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

}  // namespace

std::optional<std::string> inexpressible(const Index& index, const DiffOptions& options) {
  constexpr std::array<std::string_view, 6> kMethods = {"btree", "hash", "gin", "gist", "spgist", "brin"};
  if (std::ranges::any_of(index.columns, is_expression)) return "an expression";
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

std::optional<std::string> inexpressible(const catalog::Column& column, const DiffOptions& options) {
  if (column.generated && !options.like_prisma) return "a generated column";
  return std::nullopt;
}

std::optional<std::string> inexpressible(const catalog::ForeignKey& key, const Seen& side, const Seen& other,
                                         const DiffOptions& options) {
  if (options.like_prisma) return std::nullopt;
  const catalog::QualifiedName& target = key.referenced_table;
  if (!side.find_table(target) && !other.find_table(target)) {
    return fmt::format("a reference to {}.{}, which the schema does not manage", target.schema, target.name);
  }
  if (key.deferrable) return "DEFERRABLE";
  return std::nullopt;
}

std::vector<std::string> index_disagreements(const Index& standing, const Index& wanted) {
  std::vector<std::string> differing;
  const auto same_key = [](const IndexColumn& one, const IndexColumn& other) {
    return is_expression(one) ? catalog::mentions_name(one.expression, other.column) : one.column == other.column;
  };
  const auto same_order = [](const IndexColumn& one, const IndexColumn& other) { return one.order == other.order; };
  if (!std::ranges::equal(standing.columns, wanted.columns, same_key)) {
    differing.emplace_back("its key columns");
  } else if (!std::ranges::equal(standing.columns, wanted.columns, same_order)) {
    differing.emplace_back("the order of its columns");
  }
  if (standing.unique != wanted.unique) differing.emplace_back("its uniqueness");
  return differing;
}

}  // namespace refract::migrate
