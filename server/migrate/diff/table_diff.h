#pragma once

#include <vector>

#include "migrate/diff/casts.h"
#include "migrate/diff/diff_side.h"

namespace refract::migrate {

enum class Arity { required, optional, list };
Arity arity_of(const catalog::Column& column);

// A column on both sides and what differs, by the rules of Prisma's engine (sql_schema_differ/column.rs).
struct ColumnPair {
  const catalog::Column* from = nullptr;
  const catalog::Column* to = nullptr;
  TypeChange type = TypeChange::none;
  bool arity = false;
  bool default_value = false;
  bool autoincrement = false;
  bool cast = false;  // the values are cast by an expression where Prisma would recreate the column or fail

  bool differs() const { return type != TypeChange::none || arity || default_value || autoincrement; }
  bool recreated() const { return type == TypeChange::not_castable; }
};

struct IndexPair {
  const catalog::Index* from = nullptr;
  const catalog::Index* to = nullptr;
};

struct ForeignKeyPair {
  const catalog::ForeignKey* from = nullptr;
  const catalog::ForeignKey* to = nullptr;
};

// A table on both sides (sql_schema_differ/table.rs). Columns come by name, as Prisma's engine walks them; the rest
// in the order of the side it is on.
struct TableDiff {
  const DiffTable* from = nullptr;
  const DiffTable* to = nullptr;
  std::vector<const catalog::Column*> dropped_columns;
  std::vector<const catalog::Column*> added_columns;
  std::vector<ColumnPair> columns;
  bool keeps_primary_key = false;  // which no schema can express
  bool drops_primary_key = false;
  bool adds_primary_key = false;
  bool renames_primary_key = false;
  std::vector<const catalog::Index*> dropped_indexes;
  std::vector<const catalog::Index*> created_indexes;  // those recreated with a column included
  std::vector<IndexPair> renamed_indexes;
  std::vector<const catalog::ForeignKey*> dropped_foreign_keys;
  std::vector<const catalog::ForeignKey*> added_foreign_keys;
  std::vector<ForeignKeyPair> renamed_foreign_keys;
  // What exists, is not named by the schema and cannot be expressed in it: kept.
  std::vector<const catalog::Column*> kept_columns;
  std::vector<const catalog::Index*> kept_indexes;
  std::vector<const catalog::ForeignKey*> kept_foreign_keys;
  // Refined by hand, but no more what the schema asks for by that name: dropped and created.
  std::vector<IndexPair> recreated_indexes;
};

TableDiff diff_tables(const DiffTable& from, const DiffSide& from_side, const DiffTable& to, const DiffSide& to_side,
                      const DiffOptions& options, Scope scope);

}  // namespace refract::migrate
