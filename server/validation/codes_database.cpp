#include "validation/code_families.h"

// Native types, databases and configuration.
namespace refract::validation {

namespace {

constexpr CodeInfo kCodes[] = {
    {"unknown-native-type", "An unknown native type",
     "Native types belong to a provider; `@db.Text` is one of PostgreSQL."},
    {"native-type-prefix", "A native type with another prefix", "The prefix is the name of the datasource block."},
    {"native-type-scalar", "A native type of another scalar type", "Each native type stores certain scalar types."},
    {"native-type-argument-count", "Too few or too many arguments of a native type",
     "See the native type's documentation."},
    {"native-type-argument", "An argument of a native type that is no number",
     "Lengths and precisions are numbers that are not negative."},
    {"native-type-range", "An argument of a native type out of range",
     "The database has limits for lengths and precisions."},
    {"native-type-scale", "A scale larger than the precision",
     "The precision counts all digits, the scale those behind the point."},
    {"native-type-not-id", "A native type that cannot be an id", "Use a type that the database can index."},
    {"native-type-not-unique", "A native type that cannot be unique", "Use a type that the database can index."},
    {"native-type-not-indexable", "A native type that cannot be indexed", "Use a type that the database can index."},
    {"unsupported-is-supported", "`Unsupported` for a type that Prisma has",
     "With the native type the field is part of the client."},
    {"type-unsupported", "The database has no such type", "Use another type, or another database."},
    {"enum-unsupported", "The database has no enums", "Use `String`."},
    {"composite-type-unsupported", "The database has no composite types", "Only MongoDB stores them."},
    {"empty-composite-type", "A composite type without fields", "Add at least one."},
    {"composite-type-cycle", "A composite type contains itself",
     "A value would have no end. Make a field on the way optional or a list."},
    {"unknown-schema", "A schema that the datasource does not list", "Add it to `schemas`."},
    {"missing-schema", "A declaration without `@@schema`",
     "Where the datasource lists schemas, each declaration says in which it is."},
    {"schema-unsupported", "`@@schema` is not supported", "The database has no schemas within."},
    {"schemas-unsupported", "`schemas` is not supported", "The database has no schemas within."},
    {"empty-schemas", "An empty list of schemas", "Name one, or remove the property."},
    {"duplicate-schema", "A schema is listed twice", "Keep it once."},
    {"attribute-needs-preview", "An attribute of a preview feature",
     "Add the feature to `previewFeatures` of the generator."},
    {"property-needs-preview", "A property of a preview feature",
     "Add the feature to `previewFeatures` of the generator."},
    {"unknown-preview-feature", "An unknown preview feature",
     "It never was one, is not yet, or is gone in this version of Prisma."},
    {"deprecated-preview-feature", "A preview feature that needs no naming",
     "It is part of Prisma now, or will be removed."},
    {"renamed-preview-feature", "A preview feature with a new name", "Use the new name."},
    {"preview-features-in-datasource", "Preview features in the datasource", "They belong to the generator."},
    {"missing-property", "A required property is missing",
     "A datasource has a `provider` (and a `url` before Prisma 7), a generator a `provider`."},
    {"unknown-property", "An unknown property of the datasource",
     "Remove it. Generators may have properties of their own, datasources not."},
    {"duplicate-property", "A property is given twice", "Keep one of them."},
    {"property-without-value", "A property has no value", "Write a value behind `=`."},
    {"url-removed", "A connection string in the schema", "From Prisma 7 on it stands in `prisma.config.ts`."},
    {"shadow-database-same", "The shadow database is the database itself",
     "Prisma empties the shadow database. Give it one of its own."},
    {"env-arguments", "`env` without the name of a variable", "`env(\"DATABASE_URL\")`."},
    {"env-named-argument", "A named argument of `env`", "It takes the variable's name alone."},
    {"provider-value", "The provider is no string", "Write the database's name in quotes."},
    {"provider-from-environment", "The provider comes from the environment",
     "The schema's meaning depends on it, so it is written here."},
    {"unknown-provider", "An unknown provider",
     "`postgresql`, `mysql`, `sqlite`, `sqlserver`, `mongodb` or `cockroachdb`."},
    {"several-datasources", "Several datasources", "A schema has one."},
    {"unknown-relation-mode", "An unknown relation mode",
     "`foreignKeys`, or `prisma` for databases without them. MongoDB has `prisma` only."},
    {"relation-mode-twice", "`relationMode` under both of its names", "Keep `relationMode`."},
    {"referential-integrity-deprecated", "`referentialIntegrity` is an old name", "It is called `relationMode` now."},
    {"extension-argument", "A wrong argument of an extension", "`map`, `schema` and `version`, each a string."},
    {"mongodb-no-id", "A MongoDB model without id",
     "Each document has one: `id String @id @default(auto()) @map(\"_id\") @db.ObjectId`."},
    {"mongodb-id-name", "A MongoDB id under another name", "MongoDB calls it `_id`. Add `@map(\"_id\")`."},
    {"mongodb-auto-type", "`auto()` on another type than ObjectId", "Add `@db.ObjectId`."},
    {"mongodb-auto-off-id", "`auto()` on a field that is no id", "MongoDB makes ids only."},
    {"mongodb-dbgenerated", "`dbgenerated()` on MongoDB", "MongoDB has no defaults of its own."},
    {"mongodb-field-name", "A MongoDB field name with `$` or a dot", "MongoDB uses both in queries."},
};

}  // namespace

std::span<const CodeInfo> database_codes() {
  return kCodes;
}

}  // namespace refract::validation
