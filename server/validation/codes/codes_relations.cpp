#include "validation/codes/code_families.h"

// Relations.
namespace refract::validation {

namespace {

constexpr CodeInfo kCodes[] = {
    {"relation-without-opposite", "A relation without its opposite field",
     "A relation has a field on both models, even where only one is used: `posts Post[]` and `author User`. Add the "
     "missing one."},
    {"relation-without-fields", "A relation without `fields`",
     "Write `@relation(fields: [authorId], references: [id])` on the side with the foreign key."},
    {"relation-without-references", "A relation without `references`",
     "Name the id, or a unique key, of the other model in `references`."},
    {"relation-unknown-field", "An unknown field in `fields`", "Name scalar fields of this model."},
    {"relation-unknown-reference", "An unknown field in `references`", "Name scalar fields of the other model."},
    {"relation-over-relation", "A relation field in `fields`", "Name scalar fields of this model."},
    {"relation-references-relation", "A relation field in `references`", "Name scalar fields of the other model."},
    {"relation-field-count", "`fields` and `references` of different length",
     "Each field in `fields` refers to the field at the same place in `references`."},
    {"relation-field-type", "A field of another type than the one it refers to", "Give both fields the same type."},
    {"relation-references-not-unique", "A relation to fields that are not unique",
     "A foreign key refers to one record, so `references` names an id or a unique key."},
    {"relation-references-order", "`references` in another order than its key",
     "SQL Server requires the order of the key."},
    {"relation-required-over-optional", "A required relation with optional fields",
     "If its fields can be null, the relation must be optional."},
    {"relation-arguments-on-list", "`fields` or `references` on a list",
     "The foreign key is on the other side of the relation. Move both arguments there."},
    {"relation-arguments-split", "`fields` and `references` on different sides",
     "Put both on the side with the foreign key."},
    {"relation-arguments-on-optional-side", "The foreign key on the optional side of a one-to-one relation",
     "Move `fields` and `references` to the required side."},
    {"relation-fields-twice", "`fields` on both sides of a relation",
     "Keep `fields` on the side with the foreign key."},
    {"relation-references-twice", "`references` on both sides of a relation",
     "Keep `references` on the side with the foreign key."},
    {"relation-actions-twice", "Referential actions on both sides of a relation",
     "Keep them on the side with the foreign key."},
    {"relation-actions-misplaced", "Referential actions on the side without the foreign key",
     "Move them to the side with `fields`."},
    {"one-to-one-not-unique", "A one-to-one relation over fields that are not unique",
     "Without a unique key, two records could refer to the same one. Add `@unique`, or make the other side a list."},
    {"one-to-one-back-required", "A one-to-one relation that is required on both sides",
     "The database cannot enforce it. Make the side without the foreign key optional."},
    {"ambiguous-relation", "An ambiguous relation",
     "Several relations between the same two models need names, the same on both sides: `@relation(\"name\")`."},
    {"empty-relation-name", "An empty relation name", "Write a name, or remove it."},
    {"relation-on-scalar", "`@relation` on a field whose type is not a model",
     "Remove `@relation`, or change the field's type to a model."},
    {"map-on-relation", "`@map` on a relation field",
     "A relation field has no column. `@relation(map: …)` names the foreign key."},
    {"relation-map-unsupported", "A name for a foreign key that cannot have one", "Remove `map`."},
    {"relation-to-ignored-model", "A relation to an ignored model",
     "Prisma Client leaves ignored models out, so the relation must be ignored too. Add `@ignore`."},
    {"unknown-referential-action", "An unknown referential action",
     "The referential actions are `Cascade`, `Restrict`, `NoAction`, `SetNull` and `SetDefault`."},
    {"referential-action-unsupported", "An unsupported referential action",
     "The database does not support it. Use another one."},
    {"set-null-on-required", "`SetNull` on a required field",
     "A required field cannot become null. Make it optional, or use another action."},
    {"mysql-set-default", "`SetDefault` on MySQL", "MySQL rejects or ignores `SetDefault`. Use another action."},
    {"relation-without-index", "A relation without an index",
     "With `relationMode = \"prisma\"` there is no foreign key and no index for it, so lookups read the whole table. "
     "Add `@@index`."},
    {"self-relation-cascade", "A self-relation that cascades",
     "SQL Server rejects it. Set `onDelete` and `onUpdate` to `NoAction`."},
    {"cascade-cycle", "A cycle of referential actions",
     "SQL Server rejects it. Set `NoAction` on one relation of the cycle."},
    {"several-cascade-paths", "Several cascade paths to one model",
     "SQL Server rejects them. Set `NoAction` on one of the paths."},
    {"many-to-many-unsupported", "An unsupported kind of many-to-many relation",
     "Relational databases use a join table; MongoDB keeps lists of ids on both sides."},
    {"many-to-many-without-id", "A many-to-many relation to a model without a single-field id",
     "The join table refers to one id field of each model."},
    {"many-to-many-references", "A many-to-many relation that refers to other fields than the ids",
     "Refer to the ids."},
    {"many-to-many-actions", "Referential actions on a many-to-many relation",
     "The foreign keys of the join table always cascade. Remove the actions."},
    {"many-to-many-keys", "A many-to-many relation without its key fields",
     "On MongoDB, each side has a list of the other side's ids. Add it with `fields` and `references`."},
    {"many-to-many-key-type", "Key fields of another type than the ids",
     "Make them lists of the ids' type and native type."},
    {"mongodb-relation-native-type", "A field of another native type than the id it refers to",
     "MongoDB compares stored types, so the values never match. Use the same native type."},
};

}  // namespace

std::span<const CodeInfo> relations_codes() {
  return kCodes;
}

}  // namespace refract::validation
