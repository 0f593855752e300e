#include <algorithm>
#include <map>
#include <unordered_set>

#include <fmt/format.h>

#include "catalog/parse/expression_columns.h"
#include "catalog/parse/name_uses.h"
#include "migrate/diff/planner.h"
#include "migrate/sql/types.h"

namespace refract::migrate {
namespace {

using catalog::Column;
using catalog::Enum;
using catalog::QualifiedName;

struct Usage {
  QualifiedName table;
  const Column* from = nullptr;
  const Column* to = nullptr;  // nullptr: dropped, or no longer an enum with a default
};

std::vector<std::string> missing(const std::vector<std::string>& values, const std::vector<std::string>& among) {
  std::vector<std::string> found;
  const std::unordered_set<std::string_view> known(among.begin(), among.end());
  std::ranges::copy_if(values, std::back_inserter(found),
                       [&](const std::string& value) { return !known.contains(value); });
  return found;
}

bool has_default_of(const Column& column, const Enum& enumeration) {
  return column.type.name == enumeration.name.name && column.type.schema == enumeration.name.schema &&
         column.default_value && !column.default_value->expression.empty();
}

std::vector<const Column*> by_name(const catalog::Table& table) {
  std::vector<const Column*> columns;
  for (const Column& column : table.columns) columns.push_back(&column);
  std::ranges::sort(columns, {}, [](const Column* column) -> const std::string& { return column->name; });
  return columns;
}

// Columns whose default has the old type: the default is dropped before the column's type changes.
std::vector<Usage> usages_as_default(const Enum& enumeration, const Diff& diff) {
  std::vector<Usage> usages;
  for (const DiffTable* compared : diff.dropped_tables) {
    for (const Column& column : compared->table->columns) {
      if (has_default_of(column, enumeration)) usages.push_back({compared->table->name, &column, nullptr});
    }
  }
  for (const TableDiff& table : diff.tables) {
    for (const Column* column : table.dropped_columns) {
      if (has_default_of(*column, enumeration)) usages.push_back({table.from->table->name, column, nullptr});
    }
    for (const Column* column : by_name(*table.from->table)) {
      const Column* next = table.to->table->find_column(column->name);
      if (!next || !has_default_of(*column, enumeration)) continue;
      // A column that becomes an array, or stops being one, gets its default after that change.
      const bool stays = column->type.array == next->type.array || diff.options.like_prisma;
      usages.push_back({table.from->table->name, column, stays && has_default_of(*next, enumeration) ? next : nullptr});
    }
  }
  return usages;
}

struct TableColumns {
  const catalog::Table* table = nullptr;
  std::vector<const Column*> columns;
};

bool is_of(const Column& column, const Enum& enumeration) {
  return column.type.name == enumeration.name.name && column.type.schema == enumeration.name.schema;
}

std::vector<const Column*> columns_of(const catalog::Table& table, auto condition) {
  std::vector<const Column*> found;
  for (const Column& column : table.columns) {
    if (condition(column)) found.push_back(&column);
  }
  return found;
}

// The columns to convert to the new type, in the order of the new schema. Prisma's engine converts every column that
// the new schema gives this type, even one that does not exist yet or has another type. It omits dropped columns, so
// dropping the old type fails.
std::vector<TableColumns> columns_to_swap(const Enum& from, const Enum& to, const Diff& diff) {
  std::vector<TableColumns> found;
  for (const DiffTable& compared : diff.to.tables()) {
    const DiffTable* before = diff.from.find_table(compared.table->name);
    TableColumns& swapped = found.emplace_back(TableColumns{compared.table, {}});
    for (const Column* column : columns_of(*compared.table, [&](const Column& one) { return is_of(one, to); })) {
      const Column* existing = before ? before->table->find_column(column->name) : nullptr;
      if (diff.options.like_prisma) {
        swapped.columns.push_back(column);
      } else if (existing && is_of(*existing, from)) {
        swapped.columns.push_back(existing);
      }
    }
  }
  if (diff.options.like_prisma) return found;
  for (const DiffTable& compared : diff.from.tables()) {
    const DiffTable* after = diff.to.find_table(compared.table->name);
    found.push_back({compared.table, columns_of(*compared.table, [&](const Column& column) {
                       const Column* next = after ? after->table->find_column(column.name) : nullptr;
                       return is_of(column, from) && (!next || !is_of(*next, to));
                     })});
  }
  return found;
}

// Partial and expression indexes and checks that compare a column with values of the old type: they are dropped before
// its type changes and recreated after it. One that uses a removed value is left as it is, and PostgreSQL rejects the
// type change.
struct EnumComparisons {
  const catalog::Table* table = nullptr;
  std::vector<const catalog::Index*> indexes;
  std::vector<const catalog::Check*> checks;
};

std::vector<EnumComparisons> compared_with(const std::vector<TableColumns>& swapped,
                                           const std::vector<std::string>& gone, const Diff& diff) {
  std::vector<EnumComparisons> found;
  if (diff.options.like_prisma) return found;
  std::map<QualifiedName, std::vector<const Column*>> columns;
  for (const TableColumns& part : swapped) {
    if (!part.columns.empty()) std::ranges::copy(part.columns, std::back_inserter(columns[part.table->name]));
  }
  for (const auto& [name, changed] : columns) {
    const DiffTable* compared = diff.from.find_table(name);
    if (compared == nullptr) continue;
    const auto compares = [&](std::string_view expression) {
      const bool reads = std::ranges::any_of(
          changed, [&](const Column* column) { return catalog::compares_column(expression, column->name); });
      if (!reads) return false;
      const std::vector<catalog::NameUse> uses = catalog::name_uses(expression);
      return std::ranges::none_of(uses, [&](const catalog::NameUse& use) {
        return use.string && std::ranges::find(gone, use.name) != gone.end();
      });
    };
    EnumComparisons& one = found.emplace_back(EnumComparisons{compared->table, {}, {}});
    for (const catalog::Index& index : compared->table->indexes) {
      const bool by_expression = std::ranges::any_of(index.columns, [&](const catalog::IndexColumn& part) {
        return part.column.empty() && compares(part.expression);
      });
      if (by_expression || (index.predicate && compares(*index.predicate))) one.indexes.push_back(&index);
    }
    for (const catalog::Check& check : compared->table->checks) {
      if (compares(check.expression)) one.checks.push_back(&check);
    }
  }
  return found;
}

// PostgreSQL cannot drop a value: a new type takes the old one's place. All in one transaction.
Group swap_enum(const Enum& from, const Enum& to, const Diff& diff) {
  Group group{.title = "AlterEnum", .statements = {}, .transaction = true};
  const auto add = [&](catalog::Change change, bool qualified = false) {
    group.statements.push_back(statement(std::move(change)));
    group.statements.back().qualified = qualified;
  };
  // Prisma's engine qualifies two statements with the schema if the structure was read from a database. If the URL
  // selects a schema other than "public", a migration without the name runs under every URL.
  const bool names_schema = !diff.from.from_schema() && diff.from.is_public();
  const auto in_own_schema = [&](QualifiedName name) {
    if (diff.options.like_prisma && !diff.from.is_public() && name.schema == "public")
      name.schema = diff.from.own_schema();
    return name;
  };
  const Spelling spelling = diff.options.like_prisma ? Spelling::prisma : Spelling::escaped;
  const QualifiedName draft{to.name.schema, to.name.name + "_new"};
  const std::string old_name = from.name.name + "_old";
  add(catalog::CreateEnum{{.name = draft, .values = to.values}});
  const std::vector<Usage> usages = usages_as_default(from, diff);
  for (const Usage& usage : usages) {
    add(catalog::DropColumnDefault{in_own_schema(usage.table), usage.from->name}, names_schema);
  }
  const std::vector<TableColumns> swapped = columns_to_swap(from, to, diff);
  const std::vector<EnumComparisons> compared = compared_with(swapped, missing(from.values, to.values), diff);
  for (const EnumComparisons& one : compared) {
    for (const catalog::Index* index : one.indexes)
      add(catalog::DropIndex{.index = {one.table->name.schema, index->name}});
    for (const catalog::Check* check : one.checks)
      add(catalog::DropConstraint{.table = one.table->name, .constraint = check->name});
  }
  for (const auto& [table, found] : swapped) {
    for (const Column* one : found) {
      const Column& column = *one;
      catalog::ColumnType type{.name = draft.name, .schema = draft.schema, .modifiers = {}, .array = column.type.array};
      std::string cast = fmt::format("{}::text::{}", quoted(column.name, spelling), type_text(type, spelling));
      add(catalog::AlterColumnType{table->name, column.name, std::move(type), std::move(cast), std::nullopt});
    }
  }
  add(catalog::RenameEnum{from.name, old_name});
  add(catalog::RenameEnum{draft, to.name.name});
  add(catalog::DropEnum{.enumeration = in_own_schema({from.name.schema, old_name})}, names_schema);
  for (const Usage& usage : usages) {
    if (usage.to) add(catalog::SetColumnDefault{usage.table, usage.from->name, *usage.to->default_value});
  }
  for (const EnumComparisons& one : compared) {
    for (const catalog::Index* index : one.indexes)
      add(catalog::CreateIndex{.table = one.table->name, .index = *index});
    for (const catalog::Check* check : one.checks) add(catalog::AddCheck{one.table->name, *check});
  }
  return group;
}

// Whether the plan needs one of the values right away: PostgreSQL does not allow its use before its transaction is
// committed. A column that is converted to the enum may hold any of them.
bool uses_at_once(const Enum& enumeration, const std::vector<std::string>& added, const Diff& diff) {
  const auto uses_added_value = [&](std::string_view expression) {
    const std::vector<catalog::NameUse> uses = catalog::name_uses(expression);
    return std::ranges::any_of(uses, [&](const catalog::NameUse& use) {
      return use.string && std::ranges::find(added, use.name) != added.end();
    });
  };
  for (const DiffTable& compared : diff.to.tables()) {
    const auto of_it = [&](const Column& column) { return is_of(column, enumeration); };
    if (std::ranges::none_of(compared.table->columns, of_it)) continue;
    for (const Column& column : compared.table->columns) {
      if (of_it(column) && column.default_value && uses_added_value(column.default_value->expression)) return true;
    }
    for (const catalog::Index* index : compared.indexes) {
      if (index->predicate && uses_added_value(*index->predicate)) return true;
    }
  }
  for (const TableDiff& table : diff.tables) {
    for (const ColumnPair& pair : table.columns) {
      if (pair.cast && is_of(*pair.to, enumeration) && !is_of(*pair.from, enumeration)) return true;
    }
  }
  return false;
}

}  // namespace

void plan_created_enums(const Diff& diff, Plan& plan) {
  for (const Enum* enumeration : diff.to.enums()) {
    if (diff.from.find_enum(enumeration->name)) continue;
    plan.groups.push_back({"CreateEnum", {statement(catalog::CreateEnum{*enumeration})}});
  }
}

void plan_altered_enums(const Diff& diff, Plan& plan) {
  for (const Enum* from : diff.from.enums()) {
    const Enum* to = diff.to.find_enum(from->name);
    if (!to) continue;
    const std::vector<std::string> added = missing(to->values, from->values);
    if (!missing(from->values, to->values).empty()) {
      plan.groups.push_back(swap_enum(*from, *to, diff));
    } else if (!added.empty()) {
      Group& group = plan.groups.emplace_back(Group{.title = "AlterEnum", .statements = {}});
      group.transaction = !diff.options.like_prisma && uses_at_once(*to, added, diff);
      const std::unordered_set<std::string_view> fresh(added.begin(), added.end());
      for (auto value = to->values.begin(); value != to->values.end(); ++value) {
        if (!fresh.contains(*value)) continue;
        // A reversal puts a value back in its place; Prisma adds values at the end.
        const auto next = value + 1;
        std::string before = diff.scope == Scope::all && next != to->values.end() ? *next : "";
        if (fresh.contains(before)) before.clear();
        group.statements.push_back(statement(catalog::AddEnumValue{
            .enumeration = from->name, .value = *value, .before = std::move(before), .after = ""}));
      }
    }
  }
}

// The columns that stay although no model has them: of tables that are not managed, or that no schema can express.
static std::vector<const Column*> kept_columns(const Diff& diff) {
  std::vector<const Column*> kept;
  for (const TableDiff& table : diff.tables)
    kept.insert(kept.end(), table.kept_columns.begin(), table.kept_columns.end());
  for (const auto& [name, table] : diff.from.catalog().tables) {
    if (table.partition_of || diff.from.find_table(table.name)) continue;
    for (const Column& column : table.columns) kept.push_back(&column);
  }
  return kept;
}

void plan_dropped_enums(const Diff& diff, Plan& plan) {
  const auto kept = diff.options.like_prisma ? std::vector<const Column*>() : kept_columns(diff);
  for (const Enum* enumeration : diff.from.enums()) {
    if (diff.to.find_enum(enumeration->name)) continue;
    if (std::ranges::any_of(kept, [&](const Column* column) { return is_of(*column, *enumeration); })) continue;
    plan.groups.push_back({"DropEnum", {statement(catalog::DropEnum{.enumeration = enumeration->name})}});
  }
}

}  // namespace refract::migrate
