#pragma once

#include "migrate/diff/diff_side.h"
#include "migrate/diff/table_diff.h"

// The families of a plan. Groups come in the order of Prisma's engine (schema-engine, sql_migration.rs): by kind
// first, within a kind by the place of their objects.
namespace refract::migrate {

// Both sides and the tables they share.
struct Diff {
  DiffSide from;
  DiffSide to;
  DiffOptions options;
  Scope scope = Scope::described;
  std::vector<TableDiff> tables;  // in the order of `from`
  std::vector<const DiffTable*> dropped_tables;
  std::vector<const DiffTable*> created_tables;
};

Diff compare(const catalog::Catalog& from, const catalog::Catalog& to, const DiffOptions& options, Scope scope);

// One statement of one step.
Statement statement(catalog::Change change);

// Drops an index as what it is: of a constraint, by the constraint.
Statement drop_index_statement(const catalog::QualifiedName& table, const catalog::Index& index,
                               const DiffOptions& options);

// The column as a step that creates it carries it: a SERIAL's sequence is not named, PostgreSQL does; a
// dbgenerated("…") of other columns makes it a generated column.
catalog::Column column_in_step(catalog::Column column, const catalog::Table& table, const DiffOptions& options);

// Where the column is made by SERIAL and takes NULL, adds the action that says so.
void add_nullable_serial(const catalog::QualifiedName& table, const catalog::Column& column, Statement& to);

void plan_dropped_enums(const Diff& diff, Plan& plan);
void plan_created_enums(const Diff& diff, Plan& plan);
void plan_altered_enums(const Diff& diff, Plan& plan);

// The `-- AlterTable` group of a shared table; no statements where nothing of it changes.
Group alter_table(const TableDiff& table, const Diff& diff);

// keep_meaning: columns A and B of the table of an implicit many-to-many relation are exchanged where the foreign keys
// of the other side are, so that every row keeps its meaning.
enum class JoinColumns { keep_meaning, as_given };
// Adds the groups that rename, and gives the catalog that they lead to.
catalog::Catalog plan_renames(const catalog::Catalog& before, const catalog::Catalog& wanted,
                              const std::vector<Rename>& renames, Plan& plan,
                              JoinColumns join_columns = JoinColumns::keep_meaning);
// Whether plan_renames() exchanges columns without any rename being chosen.
bool exchanges_join_columns(const catalog::Catalog& before, const catalog::Catalog& wanted);
// The groups that take a plan's renames back, in order.
std::vector<Group> undo_renames(const Plan& forward);

// As plan(), but for renames, over everything that `scope` names.
Plan plan_within(const catalog::Catalog& from, const catalog::Catalog& to, const DiffOptions& options, Scope scope);

}  // namespace refract::migrate
