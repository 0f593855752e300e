#include "validation/codes/code_families.h"

// Native types, databases and configuration.
namespace refract::validation {

namespace {

constexpr CodeInfo kCodes[] = {
    {"unknown-native-type", "An unknown native type",
     "Native types belong to a provider: `@db.Text` is one of PostgreSQL."},
    {"native-type-prefix", "A native type with the wrong prefix", "The prefix is the name of the datasource block."},
    {"native-type-scalar", "A native type of another scalar type", "Each native type belongs to certain scalar types."},
    {"native-type-argument-count", "Too few or too many arguments of a native type",
     "See the native type's documentation for its arguments."},
    {"native-type-argument", "An invalid argument of a native type",
     "Lengths and precisions are numbers and not negative."},
    {"native-type-range", "An argument of a native type out of range", "The database limits lengths and precisions."},
    {"native-type-scale", "A scale that is larger than the precision",
     "The precision counts all digits, the scale those after the decimal point."},
    {"native-type-not-id", "A native type that is not allowed in an id", "Use a type that the database can index."},
    {"native-type-not-unique", "A native type that is not allowed in a unique key",
     "Use a type that the database can index."},
    {"native-type-not-indexable", "A native type that is not allowed in an index",
     "Use a type that the database can index."},
    {"unsupported-is-supported", "`Unsupported` for a type that Prisma supports",
     "Use the native type, so that Prisma Client has the field."},
    {"type-unsupported", "An unsupported type", "The database does not have this type. Use another one."},
    {"enum-unsupported", "An unsupported enum", "The database has no enums. Use `String`."},
    {"composite-type-unsupported", "An unsupported composite type", "Only MongoDB supports composite types."},
    {"empty-composite-type", "A composite type without fields", "Add at least one field."},
    {"composite-type-cycle", "A composite type that contains itself",
     "Such a value would never end. Make one of the fields optional or a list."},
    {"unknown-schema", "A schema that the datasource does not list", "Add it to `schemas` in the datasource."},
    {"missing-schema", "A declaration without `@@schema`",
     "Where the datasource lists schemas, each declaration names its schema with `@@schema`."},
    {"schema-unsupported", "An unsupported `@@schema`", "The database does not have schemas. Remove the attribute."},
    {"schemas-unsupported", "An unsupported `schemas`", "The database does not have schemas. Remove the property."},
    {"empty-schemas", "An empty list of schemas", "Name at least one schema, or remove the property."},
    {"duplicate-schema", "A schema listed twice", "Remove one of them."},
    {"attribute-needs-preview", "An attribute without its preview feature",
     "Add the feature to `previewFeatures` of the generator."},
    {"property-needs-preview", "A property without its preview feature",
     "Add the feature to `previewFeatures` of the generator."},
    {"unknown-preview-feature", "An unknown preview feature", "This version of Prisma has no such preview feature."},
    {"deprecated-preview-feature", "A deprecated preview feature",
     "It is part of Prisma now, or will be removed. Remove it from `previewFeatures`."},
    {"renamed-preview-feature", "A renamed preview feature", "Use the new name."},
    {"preview-features-in-datasource", "`previewFeatures` in the datasource", "Move it to the generator."},
    {"missing-property", "A missing property",
     "A datasource has a `provider` (and a `url` before Prisma 7), a generator has a `provider`."},
    {"unknown-property", "An unknown property of the datasource",
     "Remove it. Generators may have properties of their own, datasources may not."},
    {"duplicate-property", "A property given twice", "Remove one of them."},
    {"property-without-value", "A property without a value", "Write a value after `=`."},
    {"url-removed", "A connection URL in the schema", "From Prisma 7 on, the URL is in `prisma.config.ts`."},
    {"shadow-database-same", "A shadow database that is the database itself",
     "Prisma empties the shadow database. Use a database of its own."},
    {"env-arguments", "`env` without the name of a variable", "Write `env(\"DATABASE_URL\")`."},
    {"env-named-argument", "A named argument of `env`",
     "`env` takes the variable's name only: `env(\"DATABASE_URL\")`."},
    {"provider-value", "A provider that is not a string", "Write the provider in quotes: `provider = \"postgresql\"`."},
    {"provider-from-environment", "A provider from an environment variable",
     "The meaning of the schema depends on the provider, so write it in the schema."},
    {"unknown-provider", "An unknown provider",
     "The providers are `postgresql`, `mysql`, `sqlite`, `sqlserver`, `mongodb` and `cockroachdb`."},
    {"several-datasources", "Several datasources", "A schema has one datasource. Remove the others."},
    {"unknown-relation-mode", "An unknown relation mode",
     "The relation modes are `foreignKeys` and, for databases without foreign keys, `prisma`. MongoDB has `prisma` "
     "only."},
    {"relation-mode-twice", "`relationMode` together with its old name",
     "Keep `relationMode`, remove `referentialIntegrity`."},
    {"referential-integrity-deprecated", "The deprecated `referentialIntegrity`", "Its new name is `relationMode`."},
    {"extension-argument", "An invalid argument of an extension",
     "An extension has the arguments `map`, `schema` and `version`, each a string."},
    {"mongodb-no-id", "A MongoDB model without an id",
     "Each document has one: `id String @id @default(auto()) @map(\"_id\") @db.ObjectId`."},
    {"mongodb-id-name", "A MongoDB id without `@map(\"_id\")`",
     "In MongoDB, the field of the id is `_id`. Add `@map(\"_id\")`."},
    {"mongodb-auto-type", "`auto()` on a field that is not an ObjectId", "Add `@db.ObjectId`."},
    {"mongodb-auto-off-id", "`auto()` on a field that is not the id",
     "MongoDB generates values for ids only. Remove the default."},
    {"mongodb-dbgenerated", "`dbgenerated()` on MongoDB", "MongoDB has no default values. Remove the default."},
    {"mongodb-field-name", "A MongoDB field name with `$` or a dot",
     "MongoDB reserves both for queries. Choose another name."},
};

}  // namespace

std::span<const CodeInfo> database_codes() {
  return kCodes;
}

}  // namespace refract::validation
