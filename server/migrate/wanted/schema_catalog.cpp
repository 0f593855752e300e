#include "migrate/wanted/schema_catalog.h"

#include <algorithm>
#include <set>

#include "migrate/sql/types.h"
#include "migrate/wanted/default_match.h"
#include "migrate/wanted/defaults.h"
#include "migrate/wanted/join_table.h"
#include "migrate/wanted/names.h"
#include "migrate/wanted/table_parts.h"

namespace refract::migrate {
namespace {

class Maker {
 public:
  explicit Maker(const schema::Snapshot& snapshot) : snapshot_(snapshot) {}

  catalog::Catalog make() && {
    catalog_.from_schema.value = true;
    make_schemas();
    make_extensions();
    for (const schema::Placed& declaration : snapshot_.declarations()) {
      if (snapshot_.find(declaration->name) != &declaration) continue;  // a duplicate
      if (declaration->is_enum()) make_enum(*declaration);
    }
    for_each_model([&](const schema::Placed& model) { make_table(*model); });
    make_relations();
    for (auto& [name, table] : catalog_.tables) {
      std::ranges::sort(table.indexes, {}, &catalog::Index::name);
      std::ranges::sort(table.foreign_keys, {}, &catalog::ForeignKey::name);
    }
    return std::move(catalog_);
  }

 private:
  template <class Visit>
  void for_each_model(Visit visit) {
    for (const schema::Placed& declaration : snapshot_.declarations()) {
      if (declaration->is_model() && snapshot_.find(declaration->name) == &declaration) visit(declaration);
    }
  }

  void make_schemas() {
    const schema::Datasource* datasource = snapshot_.datasource();
    if (datasource) catalog_.schemas = datasource->schemas;
    if (catalog_.schemas.empty()) catalog_.schemas = {"public"};
    std::ranges::sort(catalog_.schemas);
  }

  // extensions = [citext, uuid_ossp(map: "uuid-ossp", schema: "x", version: "1.1")]
  void make_extensions() {
    const schema::Datasource* datasource = snapshot_.datasource();
    if (!datasource || !snapshot_.has_preview_feature("postgresqlExtensions")) return;
    const syntax::Property* property = datasource->block->find_property("extensions");
    if (!property || !property->value) return;
    // Prisma lists them by the names that the schema calls them by.
    std::vector<const syntax::Expression*> elements;
    for (const syntax::Expression& element : property->value->elements) elements.push_back(&element);
    std::ranges::stable_sort(elements, {}, [](const syntax::Expression* element) { return element->value; });
    std::uint32_t extensions = 0;
    for (const syntax::Expression* listed : elements) {
      const syntax::Expression& element = *listed;
      catalog::Extension extension{.name = element.value, .schema = "", .version = ""};
      for (const syntax::Argument& argument : element.arguments) {
        if (!argument.name || !argument.value) continue;
        if (argument.name->text == "map") extension.name = argument.value->value;
        if (argument.name->text == "schema") extension.schema = argument.value->value;
        if (argument.name->text == "version") extension.version = argument.value->value;
      }
      extension.rank.value = ++extensions;
      catalog_.extensions.emplace(extension.name, extension);
    }
  }

  void make_enum(const schema::Declaration& declaration) {
    catalog::Enum enumeration;
    enumeration.name = name_of(declaration);
    for (const schema::EnumValue& value : declaration.values) enumeration.values.push_back(value.database_name);
    enumeration.rank.value = ++enums_;
    catalog_.enums.emplace(enumeration.name, std::move(enumeration));
  }

  void make_table(const schema::Declaration& model) {
    catalog::Table table;
    table.name = name_of(model);
    table.rank.value = ++tables_;
    for (const schema::Field& field : model.fields) {
      if (field.is_stored()) table.columns.push_back(make_column(table.name, field));
    }
    table.primary_key = primary_key_of(model);
    const auto add_indexes = [&](auto belongs) {
      for (const schema::Index& index : model.indexes) {
        if (!belongs(index)) continue;
        if (auto made = index_of(model, index)) {
          made->rank.value = static_cast<std::uint32_t>(table.indexes.size() + 1);
          table.indexes.push_back(std::move(*made));
        }
      }
    };
    // Prisma's order: fields' own, then @@index and @@fulltext, then @@unique.
    using schema::IndexKind;
    add_indexes([](const schema::Index& index) { return index.field && index.kind == IndexKind::unique; });
    add_indexes([](const schema::Index& index) { return index.kind == IndexKind::normal; });
    add_indexes([](const schema::Index& index) { return index.kind == IndexKind::fulltext; });
    add_indexes([](const schema::Index& index) { return !index.field && index.kind == IndexKind::unique; });
    catalog_.tables.emplace(table.name, std::move(table));
  }

  catalog::Column make_column(const catalog::QualifiedName& table, const schema::Field& field) {
    catalog::Column column = column_of(field, snapshot_);
    if (is_autoincrement(column)) {
      catalog::Sequence sequence;
      sequence.name = {table.schema, serial_sequence_name(table.name, column.name)};
      sequence.type = column.type.name;
      sequence.owner_table = table;
      sequence.owner_column = column.name;
      column.default_value->sequence = sequence.name;
      catalog_.sequences.emplace(sequence.name, std::move(sequence));
    }
    return column;
  }

  void make_relations() {
    const schema::Datasource* datasource = snapshot_.datasource();
    const bool foreign_keys = !datasource || datasource->foreign_keys;
    for_each_owner([&](const schema::Relation& relation) {
      if (relation.kind == schema::RelationKind::many_to_many || !foreign_keys) return;
      catalog::Table& table = catalog_.tables.at(name_of(**relation.owner.model));
      if (auto key = foreign_key_of(relation)) {
        key->rank.value = static_cast<std::uint32_t>(table.foreign_keys.size() + 1);
        table.foreign_keys.push_back(std::move(*key));
      }
    });
    for_each_owner([&](const schema::Relation& relation) {
      if (relation.kind != schema::RelationKind::many_to_many) return;
      if (auto table = join_table_of(relation, catalog_, snapshot_)) {
        table->rank.value = ++tables_;
        for (std::size_t at = 0; at < table->foreign_keys.size(); ++at) {
          table->foreign_keys[at].rank.value = static_cast<std::uint32_t>(at + 1);
        }
        add_join_table(std::move(*table));
      }
    });
  }

  void add_join_table(catalog::Table table) {
    const auto taken = catalog_.tables.find(table.name);
    if (taken == catalog_.tables.end()) {
      join_tables_.insert(table.name);
      catalog_.tables.emplace(table.name, std::move(table));
    } else if (join_tables_.contains(table.name) || !serves_as_join_table(taken->second, table)) {
      catalog_.clashing.value.push_back(std::move(table));
    }
  }

  // Visits each relation between models once, at the field that owns it.
  template <class Visit>
  void for_each_owner(Visit visit) {
    for_each_model([&](const schema::Placed& model) {
      for (const schema::Field& field : model->fields) {
        const auto relation = snapshot_.relation_of(model, field);
        if (!relation || relation->owner.field != &field || !relation->other.model) continue;
        if ((*relation->other.model)->is_model()) visit(*relation);
      }
    });
  }

  const schema::Snapshot& snapshot_;
  catalog::Catalog catalog_;
  std::set<catalog::QualifiedName> join_tables_;
  std::uint32_t tables_ = 0;
  std::uint32_t enums_ = 0;
};

}  // namespace

catalog::QualifiedName name_of(const schema::Declaration& declaration) {
  return {declaration.database_schema.value_or("public"), declaration.database_name};
}

catalog::Column column_of(const schema::Field& field, const schema::Snapshot& snapshot) {
  catalog::Column column;
  column.name = field.database_name;
  column.type = column_type(field, snapshot);
  column.nullable = field.arity != syntax::Arity::required;
  column.default_value = column_default(field, column.type, snapshot);
  return column;
}

catalog::Catalog catalog_of(const schema::Snapshot& snapshot) {
  return Maker(snapshot).make();
}

}  // namespace refract::migrate
