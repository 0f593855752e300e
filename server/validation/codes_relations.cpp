#include "validation/code_families.h"

// Relations.
namespace refract::validation {

namespace {

constexpr CodeInfo kCodes[] = {
    {"relation-without-opposite", "A relation with one side",
     "Each relation has a field on both models, also where only one side is used: `posts Post[]` and `author User`."},
    {"relation-without-fields", "A relation that says not where its key is",
     "`@relation(fields: [authorId], references: [id])` on the side that holds the key."},
    {"relation-without-references", "A relation that says not what it refers to",
     "`references` names the id, or a unique key, of the other model."},
    {"relation-unknown-field", "`fields` names a field that is not there", "Name scalar fields of this model."},
    {"relation-unknown-reference", "`references` names a field that is not there",
     "Name scalar fields of the other model."},
    {"relation-over-relation", "`fields` names a relation", "Name the scalar fields that hold the key."},
    {"relation-references-relation", "`references` names a relation", "Name scalar fields of the other model."},
    {"relation-field-count", "`fields` and `references` differ in length", "They are read in pairs."},
    {"relation-field-type", "A key of another type than what it refers to", "Give both the same type."},
    {"relation-references-not-unique", "A relation to fields that are not unique",
     "A key points at one record, so what it refers to is an id or a unique key."},
    {"relation-references-order", "A relation in another order than the key", "SQL Server wants the order of the key."},
    {"relation-required-over-optional", "A required relation over optional fields",
     "When the key can be null, so can the relation."},
    {"relation-arguments-on-list", "The list side holds a key", "The key is on the other side."},
    {"relation-arguments-split", "`fields` and `references` on different sides",
     "Both belong to the side that holds the key."},
    {"relation-arguments-on-optional-side", "The key is on the optional side",
     "Where one side is required, it holds the key."},
    {"relation-fields-twice", "Both sides give `fields`", "One side holds the key."},
    {"relation-references-twice", "Both sides give `references`", "One side holds the key."},
    {"relation-actions-twice", "Both sides give referential actions", "They stand on the side that holds the key."},
    {"relation-actions-misplaced", "Referential actions on the side without key",
     "Move them to the side with `fields`."},
    {"one-to-one-not-unique", "A one-to-one relation over fields that are not unique",
     "Two records could point at the same one. Add `@unique`, or make the other side a list."},
    {"one-to-one-back-required", "A one-to-one relation required on both sides",
     "The database cannot make sure of it. Make the side without key optional."},
    {"ambiguous-relation", "Relations that cannot be told apart",
     "Several relations between the same models need names, the same on both sides: `@relation(\"name\")`."},
    {"empty-relation-name", "A relation with an empty name", "Give a name, or none."},
    {"relation-on-scalar", "`@relation` on a field that is no relation", "The field's type must be a model."},
    {"map-on-relation", "`@map` on a relation", "It has no column. `@relation(map: …)` names the foreign key."},
    {"relation-map-unsupported", "Foreign keys have no name here", "Remove `map`."},
    {"relation-to-ignored-model", "A relation to an ignored model",
     "The client does not know the model, so it cannot know the relation."},
    {"unknown-referential-action", "An unknown referential action",
     "`Cascade`, `Restrict`, `NoAction`, `SetNull` or `SetDefault`."},
    {"referential-action-unsupported", "A referential action that the database has not", "Use another one."},
    {"set-null-on-required", "`SetNull` on a required key", "A required field cannot become null."},
    {"mysql-set-default", "`SetDefault` on MySQL", "MySQL's engine refuses or ignores it."},
    {"relation-without-index", "A relation without index",
     "Without foreign keys the database makes no index for it; lookups read the whole table."},
    {"self-relation-cascade", "A self-relation that cascades",
     "SQL Server refuses it. Set `onDelete` and `onUpdate` to `NoAction`."},
    {"cascade-cycle", "Referential actions run in a circle", "Set `NoAction` on one relation of the circle."},
    {"several-cascade-paths", "Referential actions reach a model on several ways",
     "SQL Server refuses it. Set `NoAction` on one of them."},
    {"many-to-many-unsupported", "A many-to-many relation of another kind",
     "Relational databases have a table for it; MongoDB keeps lists of keys on both sides."},
    {"many-to-many-without-id", "A many-to-many relation without single id",
     "The table between holds one key of each model."},
    {"many-to-many-references", "A many-to-many relation to other fields", "It refers to the ids."},
    {"many-to-many-actions", "Referential actions on a many-to-many relation", "The table between always cascades."},
    {"many-to-many-keys", "A many-to-many relation without its keys",
     "On MongoDB each side keeps a list of the other's ids."},
    {"many-to-many-key-type", "Keys of another type than the ids",
     "Give them the same type and native type, as a list."},
    {"mongodb-relation-native-type", "A key of another native type than the id",
     "MongoDB compares stored types, so the two never match."},
};

}  // namespace

std::span<const CodeInfo> relations_codes() {
  return kCodes;
}

}  // namespace refract::validation
