#include "validation/code_families.h"

// Syntax, names, types and attributes.
namespace refract::validation {

namespace {

constexpr CodeInfo kCodes[] = {
    {"invalid-line", "A line belongs to no block",
     "Outside of blocks there are only comments. Begin a block with `model`, `enum`, `view`, `type`, `generator` or "
     "`datasource`."},
    {"invalid-member", "A line inside a block cannot be read",
     "A model holds fields (`name Type @attribute`) and block attributes (`@@index([…])`), an enum values, a "
     "datasource or generator `key = value`."},
    {"unknown-block", "A block has no valid beginning", "A block is a keyword, a name and braces: `model User { … }`."},
    {"unterminated-block", "A block is never closed", "Put `}` on a line of its own behind the last member."},
    {"field-without-type", "A field has no type", "Every field has a name and a type: `title String`."},
    {"legacy-required", "`!` behind a type",
     "Fields are required unless their type ends in `?`, so `!` is not written."},
    {"legacy-list", "A list written `[Type]`", "Lists are written `Type[]`."},
    {"legacy-colon", "A colon behind a field's name", "Name and type of a field stand side by side: `title String`."},
    {"optional-list", "A list that is optional",
     "A list is never null: without elements it is empty. Write `Type[]`, or `Type?` for one optional value."},
    {"type-alias", "A type alias",
     "`type Name = …` is no part of the language any more. Write type and attributes at each field."},
    {"invalid-escape", "An unknown escape in a string",
     "Strings know JSON's escapes. A backslash itself is written `\\\\`."},
    {"trailing-comma", "A comma with nothing behind it", "Argument lists end without a comma."},
    {"name-starts-with-digit", "A name begins with a digit",
     "Names of models, fields and enums are identifiers in the client. Begin with a letter; `@map` or `@@map` keeps "
     "the name in the database."},
    {"name-with-hyphen", "A name contains a hyphen",
     "Names are identifiers in the client and have letters, digits and underscores. `@map` or `@@map` keeps the name "
     "in the database."},
    {"reserved-name", "A reserved name",
     "The name clashes with Prisma Client or with a keyword of JavaScript. Rename the declaration and keep the table's "
     "name with `@@map`."},
    {"reserved-scalar-name", "The name of a scalar type",
     "`String`, `Int` and the other scalar types are taken. Choose another name."},
    {"duplicate-name", "Two declarations have one name",
     "Models, views, enums and composite types share one set of names, over all files of the schema."},
    {"duplicate-field", "Two fields have one name",
     "Fields of a model differ by name. `@map` lets two fields of other names meet older columns."},
    {"duplicate-column", "Two fields are stored in one column",
     "A field is stored under its name, or under the one in `@map`. Two fields of a model cannot share a column."},
    {"duplicate-enum-value", "An enum has a value twice", "Values of an enum differ by name."},
    {"empty-enum", "An enum without values", "Databases have no enum type without values. Add at least one."},
    {"unknown-type", "A field's type is not declared",
     "A field's type is a scalar type, or the name of a model, view, enum or composite type of this schema. Names are "
     "case-sensitive: `String`, not `string`."},
    {"relation-in-composite-type", "A composite type points at a model",
     "Composite types are stored inside of documents and have no relations. Put the relation on the model."},
    {"unknown-attribute", "An attribute that cannot stand here",
     "The attribute does not exist, or belongs elsewhere: `@…` stands behind fields and values, `@@…` in blocks."},
    {"duplicate-attribute", "An attribute stands twice",
     "Only `@@unique`, `@@index` and `@@fulltext` may stand several times."},
    {"unknown-argument", "An argument that is not known here",
     "The attribute does not take this argument in this place."},
    {"duplicate-argument", "An argument is given twice", "Each argument is given once."},
    {"several-unnamed-arguments", "Several arguments without a name",
     "Only one argument may come without its name. Several fields are one list: `@@index([a, b])`."},
    {"argument-named-and-unnamed", "An argument is given twice, with and without its name",
     "The unnamed argument is the same as the named one. Keep one of them."},
    {"argument-without-value", "An argument has no value", "Write a value behind the colon, or remove the argument."},
    {"missing-argument", "A required argument is missing", "The attribute cannot work without it."},
    {"empty-argument", "A name is empty",
     "A name in the database or the client has at least one character. Remove the argument for the name Prisma makes."},
    {"wrong-value", "A value of the wrong kind",
     "The argument or property takes another kind of value: a string in quotes, a number, a plain word or a list."},
    {"attribute-on-composite-field", "A key or relation on a composite type's field",
     "Keys and relations belong to the model that uses the type."},
    {"block-attribute-on-composite-type", "A block attribute in a composite type",
     "Composite types have no table. Put keys and indexes on the model, as in `@@unique([address.street])`."},
    {"ignore-on-unsupported", "`@ignore` on an unsupported type",
     "Fields of type `Unsupported` are left out of the client anyway."},
    {"ignore-in-ignored-model", "`@ignore` inside of an ignored model", "`@@ignore` covers all fields."},
    {"updated-at-type", "`@updatedAt` on another type than DateTime",
     "The attribute stores a time, so the field is a `DateTime`."},
    {"updated-at-list", "`@updatedAt` on a list", "The attribute stores one time."},
};

}  // namespace

std::span<const CodeInfo> syntax_codes() {
  return kCodes;
}

}  // namespace refract::validation
