#include "migrate/wanted/names.h"
#include "migrate/wanted/table_parts.h"

// The table between two models that both have a list of the other. Its column A points to the model whose name
// sorts first, in a self relation to the side whose field does.
namespace refract::migrate {
namespace {

std::optional<catalog::ForeignKey> key_to(const schema::Declaration& model, const catalog::Table& table,
                                          std::string column, std::string name) {
  if (!table.primary_key || table.primary_key->columns.empty()) return std::nullopt;
  catalog::ForeignKey key;
  key.name = std::move(name);
  key.columns = {std::move(column)};
  key.referenced_table = name_of(model);
  key.referenced_columns = {table.primary_key->columns.front()};
  key.on_delete = catalog::ReferentialAction::cascade;
  key.on_update = catalog::ReferentialAction::cascade;
  return key;
}

catalog::Column pointing_column(std::string name, const catalog::Table& table) {
  catalog::Column column;
  column.name = std::move(name);
  column.type = table.find_column(table.primary_key->columns.front())->type;
  column.nullable = false;
  return column;
}

}  // namespace

std::optional<catalog::Table> join_table_of(const schema::Relation& relation, const catalog::Catalog& catalog,
                                            const schema::Snapshot& snapshot) {
  const schema::Declaration& model_a = **relation.owner.model;
  const schema::Declaration& model_b = **relation.other.model;
  const catalog::Table* table_a = catalog.find_table(name_of(model_a));
  const catalog::Table* table_b = catalog.find_table(name_of(model_b));
  if (!table_a || !table_b) return std::nullopt;
  JoinNames names = join_names(relation.name);
  auto key_a = key_to(model_a, *table_a, "A", std::move(names.foreign_key_a));
  auto key_b = key_to(model_b, *table_b, "B", std::move(names.foreign_key_b));
  if (!key_a || !key_b) return std::nullopt;

  catalog::Table table;
  table.name = {table_a->name.schema, std::move(names.table)};
  table.columns = {pointing_column("A", *table_a), pointing_column("B", *table_b)};
  catalog::Index pair;
  pair.unique = true;
  pair.columns.resize(2);
  pair.columns[0].column = "A";
  pair.columns[1].column = "B";
  if (snapshot.options().version == schema::PrismaVersion::v5) {
    pair.name = std::move(names.unique);
    pair.rank.value = 1;
    table.indexes.push_back(std::move(pair));
  } else {
    table.primary_key = catalog::PrimaryKey{std::move(names.primary_key), {"A", "B"}};
  }
  catalog::Index& index = table.indexes.emplace_back();
  index.name = std::move(names.index);
  index.columns.resize(1);
  index.columns[0].column = "B";
  index.rank.value = 2;
  const schema::Datasource* datasource = snapshot.datasource();
  if (!datasource || datasource->foreign_keys) table.foreign_keys = {std::move(*key_a), std::move(*key_b)};
  return table;
}

}  // namespace refract::migrate
