#include "validation/codes/code_families.h"

// Syntax, names, types and attributes.
namespace refract::validation {

namespace {

constexpr CodeInfo kCodes[] = {
    {"invalid-line", "A line outside of any block",
     "Only comments are allowed outside blocks. Begin a block with `model`, `enum`, `view`, `type`, `generator` or "
     "`datasource`."},
    {"invalid-member", "A line that is not valid in its block",
     "A model contains fields (`name Type @attribute`) and block attributes (`@@index([…])`); an enum contains values; "
     "a datasource or generator contains `key = value`."},
    {"unknown-block", "A block that does not begin with a known keyword and a name",
     "A block is a keyword, a name and braces: `model User { … }`."},
    {"unterminated-block", "A block without a closing brace", "Put `}` on a line of its own after the last member."},
    {"field-without-type", "A field without a type", "Every field has a name and a type: `title String`."},
    {"legacy-required", "`!` after a type", "Fields are required unless their type ends in `?`. Remove the `!`."},
    {"legacy-list", "A list written as `[Type]`", "Write lists as `Type[]`."},
    {"legacy-colon", "A colon between a field's name and its type",
     "Separate a field's name and type by a space: `title String`."},
    {"optional-list", "An optional list",
     "A list is never null: without elements it is empty. Write `Type[]` for a list, or `Type?` for one optional "
     "value."},
    {"type-alias", "A type alias",
     "The Prisma schema language no longer has `type Name = …`. Write the type and its attributes at each field."},
    {"invalid-escape", "An unknown escape sequence in a string",
     "Strings use the escape sequences of JSON. Write a backslash as `\\\\`."},
    {"trailing-comma", "A trailing comma", "Argument lists do not end with a comma. Remove it."},
    {"name-starts-with-digit", "A name that begins with a digit",
     "Names of models, fields and enums are identifiers in Prisma Client, so they begin with a letter. Keep the name "
     "in the database with `@map` or `@@map`."},
    {"name-with-hyphen", "A name that contains a hyphen",
     "Names are identifiers in Prisma Client and consist of letters, digits and underscores. Keep the name in the "
     "database with `@map` or `@@map`."},
    {"reserved-name", "A reserved name",
     "The name clashes with Prisma Client or with a JavaScript keyword. Rename the declaration and keep the table's "
     "name with `@@map`."},
    {"reserved-scalar-name", "The name of a scalar type as the name of a declaration",
     "`String`, `Int` and the other scalar types are reserved. Choose another name."},
    {"duplicate-name", "Two declarations with the same name",
     "Names of models, views, enums and composite types must be unique across all files of the schema."},
    {"duplicate-field", "Two fields with the same name",
     "Field names must be unique in a model. Rename one of the fields, and keep its column's name with `@map`."},
    {"duplicate-column", "Two fields with the same column",
     "A field is stored in the column that `@map` names, or else in the column with the field's name. Two fields of a "
     "model cannot share a column."},
    {"duplicate-enum-value", "An enum value declared twice", "Values of an enum must be unique. Remove one of them."},
    {"empty-enum", "An enum without values", "Databases have no enum types without values. Add at least one value."},
    {"unknown-type", "An undeclared type",
     "A field's type is a scalar type, or the name of a model, view, enum or composite type of this schema. Names are "
     "case-sensitive: `String`, not `string`."},
    {"relation-in-composite-type", "A relation in a composite type",
     "Composite types are stored inside of documents and have no relations. Put the relation on the model."},
    {"unknown-attribute", "An unknown attribute",
     "The attribute does not exist, or is not allowed here: `@…` follows a field or value, `@@…` is on a line of its "
     "own in a block."},
    {"duplicate-attribute", "An attribute used twice", "Only `@@unique`, `@@index` and `@@fulltext` may be repeated."},
    {"unknown-argument", "An unknown argument", "The attribute or function does not accept this argument here."},
    {"duplicate-argument", "An argument given twice", "Give each argument once."},
    {"several-unnamed-arguments", "Several unnamed arguments",
     "Only one argument may be unnamed. Write several fields as one list: `@@index([a, b])`."},
    {"argument-named-and-unnamed", "An argument given twice, with and without its name",
     "The unnamed argument is the same as the named one. Remove one of them."},
    {"argument-without-value", "An argument without a value", "Write a value after the colon, or remove the argument."},
    {"missing-argument", "A missing argument", "The attribute or function requires this argument. Add it."},
    {"empty-argument", "An empty name",
     "Names in the database or in Prisma Client have at least one character. Remove the argument to get Prisma's "
     "default name."},
    {"wrong-value", "A value of the wrong kind",
     "The argument or property takes another kind of value: a string in quotes, a number, an identifier or a list."},
    {"attribute-on-composite-field", "A key or relation on a field of a composite type",
     "Put keys and relations on the model that uses the composite type."},
    {"block-attribute-on-composite-type", "A block attribute in a composite type",
     "Composite types have no table. Put keys and indexes on the model: `@@unique([address.street])`."},
    {"ignore-on-unsupported", "`@ignore` on an `Unsupported` field",
     "Prisma Client leaves `Unsupported` fields out already. Remove `@ignore`."},
    {"ignore-in-ignored-model", "`@ignore` in an ignored model",
     "`@@ignore` covers all fields of the model. Remove `@ignore`."},
    {"updated-at-type", "`@updatedAt` on a field that is not a `DateTime`",
     "The attribute stores a time. Change the field's type to `DateTime`, or remove `@updatedAt`."},
    {"updated-at-list", "`@updatedAt` on a list",
     "The attribute stores one time. Make the field a single `DateTime`, or remove `@updatedAt`."},
};

}  // namespace

std::span<const CodeInfo> syntax_codes() {
  return kCodes;
}

}  // namespace refract::validation
