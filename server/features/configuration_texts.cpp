#include "features/configuration_texts.h"

#include <algorithm>

#include "support/ascii.h"

namespace refract::features {
namespace {

using schema::PrismaVersion;
using enum PropertyShape;

constexpr PropertySpec kDatasource[] = {
    {"provider", "Which database: `postgresql`, `mysql`, `sqlite`, `sqlserver`, `mongodb` or `cockroachdb`."},
    {"url", "How to connect; usually `env(\"DATABASE_URL\")`.", call, PrismaVersion::v6},
    {"directUrl", "A direct connection for migrations, without a pooler.", call, PrismaVersion::v6},
    {"shadowDatabaseUrl", "The shadow database, which Prisma empties to replay migrations in it.", call,
     PrismaVersion::v6},
    {"relationMode", "`foreignKeys`: the database enforces relations; `prisma`: Prisma Client does."},
    {"schemas", "The schemas of the database that models can be in.", list},
    {"extensions", "The extensions of the database that migrations create.", names},
};

constexpr PropertySpec kGenerator[] = {
    {"provider", "The generator to run: `prisma-client`, `prisma-client-js` or another one."},
    {"output", "The folder to write to, relative to the schema."},
    {"previewFeatures", "The preview features to enable.", list},
    {"binaryTargets", "The platforms to download the engine for.", list, PrismaVersion::v6},
    {"engineType", "How the client runs its engine.", string, PrismaVersion::v6},
    {"runtime", "Where the generated code will run."},
    {"moduleFormat", "`esm` or `cjs`: how the generated code is imported."},
    {"generatedFileExtension", "The file extension of the generated files."},
    {"importFileExtension", "The file extension in the generated imports."},
    {"compilerBuild", "`fast` for speed, `small` for size."},
};

struct FeatureText {
  std::string_view name;
  std::string_view doc;
};

// Which version has which is in validation/rules/preview_features.cpp.
constexpr FeatureText kFeatures[] = {
    {"deno", "Prisma Client for Deno."},
    {"driverAdapters", "Queries go through a JavaScript driver of the database."},
    {"fullTextIndex", "`@@fulltext` indexes."},
    {"fullTextSearch", "`search` in filters, with the database's full-text search."},
    {"fullTextSearchPostgres", "`search` in filters on PostgreSQL."},
    {"metrics", "`$metrics`: counters and timings of the client."},
    {"multiSchema", "`@@schema`: models in several schemas of one database."},
    {"nativeDistinct", "`distinct` is computed by the database instead of the client."},
    {"omitApi", "`omit` leaves fields out of results."},
    {"partialIndexes", "`where` in indexes and unique constraints: only some records are in them."},
    {"postgresqlExtensions", "`extensions` in the datasource: migrations create extensions of the database."},
    {"prismaSchemaFolder", "A schema of several files in one folder."},
    {"queryCompiler", "Queries are planned without the engine written in Rust."},
    {"reactNative", "Prisma Client for React Native."},
    {"relationJoins", "`relationLoadStrategy`: relations are read by joins instead of several queries."},
    {"schemaEngineDriverAdapters", "Migrations go through a JavaScript driver of the database."},
    {"shardKeys", "`@shardKey` and `@@shardKey` for sharded databases."},
    {"strictUndefinedChecks", "`undefined` in a query is an error; `Prisma.skip` leaves a field out."},
    {"tracing", "OpenTelemetry traces of the client."},
    {"typedSql", "SQL files become typed functions of the client."},
    {"views", "`view` blocks: views of the database, read only."},
};

bool same_name(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); });
}

}  // namespace

std::span<const PropertySpec> datasource_properties() {
  return kDatasource;
}

std::span<const PropertySpec> generator_properties() {
  return kGenerator;
}

std::string_view relation_mode_doc(std::string_view mode) {
  if (mode == "foreignKeys") return "Relations are foreign keys, which the database enforces.";
  if (mode == "prisma")
    return "The database has no foreign keys: Prisma Client carries out the referential actions. Index the fields of "
           "each relation yourself.";
  return {};
}

std::string_view feature_doc(std::string_view feature) {
  const auto found =
      std::ranges::find_if(kFeatures, [&](const FeatureText& one) { return same_name(one.name, feature); });
  return found == std::end(kFeatures) ? std::string_view() : found->doc;
}

}  // namespace refract::features
