#include "migrate/diff/kept.h"

#include <fmt/format.h>

#include "migrate/diff/display_name.h"
#include "migrate/diff/expressible.h"
#include "migrate/diff/planner.h"
#include "migrate/sql/render.h"

namespace refract::migrate {
namespace {

KeptObject kept(std::string name, std::optional<std::string> reason, const Statement& drop) {
  return {std::move(name), reason.value_or(""), render_statement(drop, Spelling::escaped) + ";"};
}

}  // namespace

std::vector<KeptObject> kept_objects(const Diff& diff) {
  std::vector<KeptObject> found;
  for (const TableDiff& table : diff.tables) {
    const catalog::QualifiedName& name = table.from->table->name;
    for (const catalog::Index* index : table.kept_indexes) {
      found.push_back(kept(fmt::format("index {} of {}", index->name, display_name(name)),
                           inexpressible(*index, diff.options), drop_index_statement(name, *index, diff.options)));
    }
    if (table.keeps_primary_key) {
      const catalog::PrimaryKey& key = *table.from->table->primary_key;
      found.push_back(kept(fmt::format("primary key {} of {}", key.name, display_name(name)),
                           inexpressible(key, *table.from->table, diff.options),
                           statement(catalog::DropConstraint{.table = name, .constraint = key.name})));
    }
    for (const catalog::ForeignKey* key : table.kept_foreign_keys) {
      found.push_back(kept(fmt::format("foreign key {} of {}", key->name, display_name(name)),
                           inexpressible(*key, *table.from->table, diff.from, diff.to, diff.options),
                           statement(catalog::DropConstraint{.table = name, .constraint = key->name})));
    }
    for (const catalog::Column* column : table.kept_columns) {
      found.push_back(kept(fmt::format("column {}", display_name(name, column->name)),
                           inexpressible(*column, diff.options),
                           statement(catalog::DropColumn{.table = name, .column = column->name})));
    }
  }
  for (const catalog::Table* table : diff.from.left_out_tables()) {
    found.push_back(kept(fmt::format("table {}", display_name(table->name)), inexpressible(*table, diff.options),
                         statement(catalog::DropTable{.table = table->name})));
  }
  for (const catalog::Enum* enumeration : diff.from.left_out_enums()) {
    found.push_back(kept(fmt::format("enum {}", display_name(enumeration->name)),
                         inexpressible(*enumeration, diff.options),
                         statement(catalog::DropEnum{.enumeration = enumeration->name})));
  }
  return found;
}

std::vector<RecreatedIndex> recreated_indexes(const Diff& diff) {
  std::vector<RecreatedIndex> found;
  for (const TableDiff& table : diff.tables) {
    for (const IndexPair& pair : table.recreated_indexes) {
      found.push_back({.index = {table.from->table->name.schema, pair.from->name},
                       .name = fmt::format("{} of {}", pair.from->name, display_name(table.from->table->name)),
                       .lost = inexpressible(*pair.from, diff.options).value_or(""),
                       .differing = index_differences(*pair.from, *pair.to)});
    }
  }
  return found;
}

}  // namespace refract::migrate
