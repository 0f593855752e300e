#include <array>

#include "migrate/wanted/names.h"
#include "migrate/wanted/table_parts.h"
#include "schema/referential_action.h"

namespace refract::migrate {
namespace {

catalog::ReferentialAction action_of(schema::ReferentialAction action) {
  switch (action) {
    case schema::ReferentialAction::cascade:
      return catalog::ReferentialAction::cascade;
    case schema::ReferentialAction::restrict_:
      return catalog::ReferentialAction::restrict_;
    case schema::ReferentialAction::no_action:
      return catalog::ReferentialAction::no_action;
    case schema::ReferentialAction::set_null:
      return catalog::ReferentialAction::set_null;
    case schema::ReferentialAction::set_default:
      return catalog::ReferentialAction::set_default;
  }
  return catalog::ReferentialAction::no_action;
}

// Of the actions that a relation may take by itself, PostgreSQL has both.
constexpr std::array kByItself = {schema::ReferentialAction::restrict_, schema::ReferentialAction::set_null};

}  // namespace

std::optional<catalog::ForeignKey> foreign_key_of(const schema::Relation& relation) {
  const schema::Declaration& model = **relation.owner.model;
  const schema::Declaration& other = **relation.other.model;
  if (!relation.owner.field || !relation.owner.field->relation) return std::nullopt;
  const schema::RelationAttribute& attribute = *relation.owner.field->relation;
  auto columns = column_names(model, attribute.fields);
  auto referenced = column_names(other, attribute.references);
  if (!columns || !referenced || columns->empty() || columns->size() != referenced->size()) return std::nullopt;

  catalog::ForeignKey key;
  key.name = attribute.map.value_or(foreign_key_name(model.database_name, *columns));
  key.columns = std::move(*columns);
  key.referenced_table = name_of(other);
  key.referenced_columns = std::move(*referenced);
  key.on_delete =
      action_of(attribute.on_delete.value_or(schema::default_on_delete(model, *relation.owner.field, kByItself)));
  key.on_update = attribute.on_update ? action_of(*attribute.on_update) : catalog::ReferentialAction::cascade;
  return key;
}

}  // namespace refract::migrate
