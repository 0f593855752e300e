#include "migrate/diff/plan.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "migrate/diff/planner.h"
#include "migrate/diff/recreated_views.h"

namespace refract::migrate {
namespace {

using catalog::Extension;
using catalog::Index;

// An extension is put into a schema that nothing else makes: Prisma's statement fails if there is none.
void plan_schema_of_extension(const catalog::Extension& extension, const Diff& diff, Plan& plan) {
  if (diff.options.like_prisma || extension.schema.empty() || extension.schema == "public") return;
  const auto& existing = diff.from.catalog().schemas;
  if (std::ranges::find(existing, extension.schema) != existing.end()) return;
  const bool planned = std::ranges::any_of(plan.groups, [&](const Group& group) {
    const auto* schema = std::get_if<catalog::CreateSchema>(&group.statements.front().steps.front().change);
    return schema != nullptr && schema->name == extension.schema;
  });
  if (planned) return;
  plan.groups.push_back({"CreateSchema", {statement(catalog::CreateSchema{extension.schema, true, true})}});
}

void plan_schemas(const Diff& diff, Plan& plan) {
  const std::unordered_set<std::string> existing(diff.from.catalog().schemas.begin(),
                                                 diff.from.catalog().schemas.end());
  for (const std::string& schema : diff.to.catalog().schemas) {
    if (existing.contains(schema)) continue;
    const bool used =
        std::ranges::any_of(diff.to.tables(),
                            [&](const DiffTable& compared) { return compared.table->name.schema == schema; }) ||
        std::ranges::any_of(diff.to.enums(), [&](const catalog::Enum* one) { return one->name.schema == schema; });
    if (used) {
      plan.groups.push_back({"CreateSchema", {statement(catalog::CreateSchema{schema, true})}});
    }
  }
}

bool differs(const std::string& one, const std::string& other) {
  return !one.empty() && !other.empty() && one != other;
}

// Prisma drops no extension that a schema leaves out. One read from a schema it takes for one that cannot move.
void plan_extensions(const Diff& diff, Plan& plan) {
  std::vector<Group> created;
  std::vector<Group> altered;
  std::vector<const Extension*> wanted;
  for (const auto& [name, extension] : diff.to.catalog().extensions) wanted.push_back(&extension);
  std::ranges::stable_sort(wanted, {}, [](const Extension* one) { return one->rank.value; });
  for (const Extension* one : wanted) {
    const Extension& extension = *one;
    const std::string& name = extension.name;
    const auto& existing = diff.from.catalog().extensions;
    const auto found = existing.find(name);
    const Group create{"CreateExtension", {statement(catalog::CreateExtension{extension, true})}};
    if (found == existing.end()) {
      plan_schema_of_extension(extension, diff, plan);
      created.push_back(create);
      continue;
    }
    const bool version = differs(found->second.version, extension.version);
    const bool schema = differs(found->second.schema, extension.schema);
    if (!version && !schema) continue;
    if (diff.from.from_schema()) {
      plan.groups.push_back({"DropExtension", {statement(catalog::DropExtension{.name = name})}});
      created.push_back(create);
      continue;
    }
    Group& group = altered.emplace_back(Group{.title = "AlterExtension", .statements = {}});
    if (version) group.statements.push_back(statement(catalog::AlterExtension{name, extension.version, ""}));
    if (schema) group.statements.push_back(statement(catalog::AlterExtension{name, "", extension.schema}));
  }
  std::ranges::move(created, std::back_inserter(plan.groups));
  std::ranges::move(altered, std::back_inserter(plan.groups));
}

// The shared tables by what they are on one side.
std::unordered_map<const DiffTable*, const TableDiff*> shared_by(const Diff& diff, const DiffTable* TableDiff::*side) {
  std::unordered_map<const DiffTable*, const TableDiff*> shared;
  for (const TableDiff& table : diff.tables) shared.emplace(table.*side, &table);
  return shared;
}

void plan_dropped_foreign_keys(const Diff& diff, Plan& plan) {
  const auto both = shared_by(diff, &TableDiff::from);
  const auto drop = [&](const catalog::Table& table, const catalog::ForeignKey& key) {
    plan.groups.push_back(
        {"DropForeignKey", {statement(catalog::DropConstraint{.table = table.name, .constraint = key.name})}});
  };
  for (const DiffTable& compared : diff.from.tables()) {
    const auto shared = both.find(&compared);
    const auto& keys = shared == both.end() ? compared.foreign_keys : shared->second->dropped_foreign_keys;
    for (const catalog::ForeignKey* key : keys) drop(*compared.table, *key);
  }
}

Group drop_index(const catalog::Table& table, const Index& index, const DiffOptions& options) {
  return {"DropIndex", {drop_index_statement(table.name, index, options)}};
}

// A unique index that becomes the primary key is dropped after the key is created, so that the columns are never
// without one.
bool is_replaced_by_primary_key(const TableDiff& table, const Index& index) {
  if (!index.unique || table.from->table->primary_key || !table.adds_primary_key) return false;
  const auto& key = table.to->table->primary_key->columns;
  if (!std::ranges::equal(index.columns, key, {}, &catalog::IndexColumn::column)) return false;
  return std::ranges::none_of(table.columns, [&](const ColumnPair& pair) {
    return pair.recreated() && std::ranges::find(key, pair.from->name) != key.end();
  });
}

void plan_altered_tables(const Diff& diff, Plan& plan) {
  for (const TableDiff& table : diff.tables) {
    for (const Index* index : table.dropped_indexes) {
      if (!is_replaced_by_primary_key(table, *index)) {
        plan.groups.push_back(drop_index(*table.from->table, *index, diff.options));
      }
    }
  }
  for (const TableDiff& table : diff.tables) {
    Group group = alter_table(table, diff);
    if (!group.statements.empty()) plan.groups.push_back(std::move(group));
    for (auto index = table.dropped_indexes.rbegin(); index != table.dropped_indexes.rend(); ++index) {
      if (is_replaced_by_primary_key(table, **index)) {
        plan.groups.push_back(drop_index(*table.from->table, **index, diff.options));
      }
    }
  }
}

Group create_table(const catalog::Table& table, const DiffOptions& options) {
  catalog::CreateTable create{.table = table};
  create.table.indexes.clear();
  create.table.foreign_keys.clear();
  for (catalog::Column& column : create.table.columns) column = column_in_step(std::move(column), table, options);
  return {"CreateTable", {statement(std::move(create))}};
}

void plan_tables(const Diff& diff, Plan& plan) {
  for (const DiffTable* compared : diff.dropped_tables) {
    plan.groups.push_back({"DropTable", {statement(catalog::DropTable{.table = compared->table->name})}});
  }
  plan_dropped_enums(diff, plan);
  for (const DiffTable* compared : diff.created_tables) {
    plan.groups.push_back(create_table(*compared->table, diff.options));
    // SERIAL makes a column NOT NULL, which the one wanted is not.
    if (diff.options.like_prisma) continue;
    Statement nullable;
    for (const catalog::Column& column : compared->table->columns)
      add_nullable_serial(compared->table->name, column, nullable);
    if (!nullable.steps.empty()) plan.groups.push_back({"AlterTable", {std::move(nullable)}});
  }
  // PostgreSQL rejects the statement: no table that the schema asks for is left out without a hazard.
  const auto& known = diff.from.catalog().clashing.value;  // of another schema
  for (const catalog::Table& clashing : diff.to.catalog().clashing.value) {
    if (std::ranges::find(known, clashing.name, &catalog::Table::name) != known.end()) continue;
    plan.groups.push_back(create_table(clashing, diff.options));
  }
}

void plan_created_indexes(const Diff& diff, Plan& plan) {
  const auto create = [&](const catalog::Table& table, const Index& index) {
    if (index.constraint && diff.scope == Scope::all) {
      plan.groups.push_back(
          {"CreateIndex", {statement(catalog::AddUniqueConstraint{table.name, index, std::nullopt})}});
      return;
    }
    plan.groups.push_back({"CreateIndex", {statement(catalog::CreateIndex{.table = table.name, .index = index})}});
  };
  for (const DiffTable* compared : diff.created_tables) {
    for (const Index* index : compared->indexes) create(*compared->table, *index);
  }
  for (const TableDiff& table : diff.tables) {
    for (const Index* index : table.created_indexes) create(*table.to->table, *index);
  }
}

void plan_foreign_keys(const Diff& diff, Plan& plan) {
  for (const TableDiff& table : diff.tables) {
    for (const ForeignKeyPair& pair : table.renamed_foreign_keys) {
      plan.groups.push_back(
          {"RenameForeignKey",
           {statement(catalog::RenameConstraint{table.from->table->name, pair.from->name, pair.to->name})}});
    }
  }
  const auto both = shared_by(diff, &TableDiff::to);
  for (const DiffTable& compared : diff.to.tables()) {
    const auto shared = both.find(&compared);
    const auto& keys = shared == both.end() ? compared.foreign_keys : shared->second->added_foreign_keys;
    for (const catalog::ForeignKey* key : keys) {
      plan.groups.push_back({"AddForeignKey", {statement(catalog::AddForeignKey{compared.table->name, *key})}});
    }
  }
}

void plan_renamed_indexes(const Diff& diff, Plan& plan) {
  for (const TableDiff& table : diff.tables) {
    for (const IndexPair& pair : table.renamed_indexes) {
      const catalog::QualifiedName index{table.from->table->name.schema, pair.from->name};
      plan.groups.push_back({"RenameIndex", {statement(catalog::RenameIndex{index, pair.to->name})}});
    }
  }
}

}  // namespace

namespace {

bool same_set(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  return one.size() == other.size() && std::ranges::is_permutation(one, other);
}

// The columns of a unique index or primary key that goes, each set by itself.
std::vector<std::vector<std::string>> dropped_keys(const TableDiff& table) {
  std::vector<std::vector<std::string>> keys;
  if (table.drops_primary_key) keys.push_back(table.from->table->primary_key->columns);
  for (const catalog::Index* index : table.dropped_indexes) {
    if (!index->unique || index->predicate) continue;
    auto& columns = keys.emplace_back();
    for (const catalog::IndexColumn& part : index->columns) columns.push_back(part.column);
  }
  return keys;
}

// A foreign key relies on one key of the table that it refers to. Where that key goes and another over the same
// columns takes its place, Prisma leaves the foreign key alone and PostgreSQL refuses: it is dropped and added again.
void recreate_foreign_keys(Diff& diff) {
  for (const TableDiff& referenced : diff.tables) {
    const std::vector<std::vector<std::string>> keys = dropped_keys(referenced);
    if (keys.empty()) continue;
    for (TableDiff& table : diff.tables) {
      for (const catalog::ForeignKey* key : table.from->foreign_keys) {
        const bool relies = key->referenced_table == referenced.from->table->name &&
                            std::ranges::any_of(keys, [&](const std::vector<std::string>& columns) {
                              return same_set(columns, key->referenced_columns);
                            });
        const bool planned = std::ranges::find(table.dropped_foreign_keys, key) != table.dropped_foreign_keys.end();
        if (!relies || planned) continue;
        const auto same = std::ranges::find_if(table.to->foreign_keys, [&](const catalog::ForeignKey* other) {
          return other->columns == key->columns && other->referenced_table == key->referenced_table &&
                 other->referenced_columns == key->referenced_columns;
        });
        if (same == table.to->foreign_keys.end()) continue;
        table.dropped_foreign_keys.push_back(key);
        table.added_foreign_keys.push_back(*same);
        std::erase_if(table.renamed_foreign_keys, [&](const ForeignKeyPair& pair) { return pair.from == key; });
      }
    }
  }
}

}  // namespace

Diff compare(const catalog::Catalog& from, const catalog::Catalog& to, const DiffOptions& options, Scope scope) {
  Diff diff{.from = DiffSide(from, options, scope),
            .to = DiffSide(to, options, scope),
            .options = options,
            .scope = scope,
            .tables = {},
            .dropped_tables = {},
            .created_tables = {}};
  // A schema describes the database schemas that it names, and no others.
  if (to.from_schema.value && !from.from_schema.value) diff.from.keep_schemas_of(to);
  if (from.from_schema.value && !to.from_schema.value) diff.to.keep_schemas_of(from);
  if (scope == Scope::described && !from.from_schema.value) diff.from.leave_out_inexpressible(to, options);
  if (scope == Scope::described && !to.from_schema.value) diff.to.leave_out_inexpressible(from, options);
  for (const DiffTable& table : diff.from.tables()) {
    if (const DiffTable* next = diff.to.find_table(table.table->name)) {
      diff.tables.push_back(diff_tables(table, diff.from, *next, diff.to, options, scope));
    } else {
      diff.dropped_tables.push_back(&table);
    }
  }
  for (const DiffTable& table : diff.to.tables()) {
    if (!diff.from.find_table(table.table->name)) diff.created_tables.push_back(&table);
  }
  if (!options.like_prisma) recreate_foreign_keys(diff);
  return diff;
}

// PostgreSQL refuses to drop the index of a constraint by itself.
Statement drop_index_statement(const catalog::QualifiedName& table, const Index& index, const DiffOptions& options) {
  if (index.constraint && !options.like_prisma) {
    return statement(catalog::DropConstraint{.table = table, .constraint = index.name});
  }
  return statement(catalog::DropIndex{.index = {table.schema, index.name}});
}

std::vector<catalog::Step> Plan::steps() const {
  std::vector<catalog::Step> steps;
  for (const Group& group : groups) {
    for (const Statement& one : group.statements) std::ranges::copy(one.steps, std::back_inserter(steps));
  }
  return steps;
}

Plan plan_within(const catalog::Catalog& from, const catalog::Catalog& to, const DiffOptions& options, Scope scope) {
  const Diff diff = compare(from, to, options, scope);
  Plan plan;
  if (options.like_prisma) plan.spelling = Spelling::prisma;
  const RecreatedViews views(diff);
  plan_schemas(diff, plan);
  plan_extensions(diff, plan);
  views.plan_drops(plan);
  plan_created_enums(diff, plan);
  plan_altered_enums(diff, plan);
  plan_dropped_foreign_keys(diff, plan);
  plan_altered_tables(diff, plan);
  plan_tables(diff, plan);
  plan_created_indexes(diff, plan);
  plan_foreign_keys(diff, plan);
  plan_renamed_indexes(diff, plan);
  views.plan_creations(plan);
  plan.kept = kept_objects(diff);
  plan.recreated = recreated_indexes(diff);
  return plan;
}

Plan plan(const catalog::Catalog& from, const catalog::Catalog& to, const DiffOptions& options) {
  const bool exchanges = !options.like_prisma && exchanges_join_columns(from, to);
  if (options.renames.empty() && !exchanges) return plan_within(from, to, options, Scope::described);
  Plan plan;
  const catalog::Catalog renamed = plan_renames(from, to, options.renames, plan);
  Plan rest = plan_within(renamed, to, options, Scope::described);
  std::ranges::move(rest.groups, std::back_inserter(plan.groups));
  plan.kept = std::move(rest.kept);
  plan.recreated = std::move(rest.recreated);
  return plan;
}

}  // namespace refract::migrate
