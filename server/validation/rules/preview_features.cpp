#include "validation/rules/preview_features.h"

#include <algorithm>

#include "support/ascii.h"

namespace refract::validation {
namespace {

using enum FeatureState;
using schema::PrismaVersion;
using schema::Provider;

struct Feature {
  std::string_view name;
  FeatureState in_5;
  FeatureState in_6;
  FeatureState in_7;
};

// As Prisma 5.22, 6.19 and 7.10 answer.
constexpr Feature kFeatures[] = {
    {"deno", active, deprecated, deprecated},
    {"driverAdapters", active, deprecated, deprecated},
    {"fullTextIndex", active, deprecated, deprecated},
    {"fullTextSearch", active, deprecated, deprecated},
    {"fullTextSearchPostgres", unknown, active, active},
    {"metrics", active, withdrawn, unknown},
    {"multiSchema", active, deprecated, deprecated},
    {"nativeDistinct", active, active, active},
    {"omitApi", active, deprecated, deprecated},
    {"partialIndexes", unknown, unknown, active},
    {"postgresqlExtensions", active, active, active},
    {"prismaSchemaFolder", active, deprecated, deprecated},
    {"queryCompiler", unknown, deprecated, deprecated},
    {"reactNative", hidden, hidden, hidden},
    {"relationJoins", active, active, active},
    {"schemaEngineDriverAdapters", unknown, active, active},
    {"shardKeys", unknown, active, active},
    {"strictUndefinedChecks", active, active, active},
    {"tracing", active, deprecated, deprecated},
    {"typedSql", hidden, hidden, active},
    {"views", active, active, active},
};

// Stable, or dropped without a word, since before Prisma 5.
constexpr std::string_view kLongStable[] = {"aggregateApi",
                                            "atomicNumberOperations",
                                            "clientExtensions",
                                            "cockroachdb",
                                            "connectOrCreate",
                                            "createMany",
                                            "dataProxy",
                                            "distinct",
                                            "extendedIndexes",
                                            "extendedWhereUnique",
                                            "fieldReference",
                                            "filteredRelationCount",
                                            "filterJson",
                                            "groupBy",
                                            "improvedQueryRaw",
                                            "interactiveTransactions",
                                            "jsonProtocol",
                                            "microsoftSqlServer",
                                            "middlewares",
                                            "mongoDb",
                                            "namedConstraints",
                                            "nApi",
                                            "nativeTypes",
                                            "orderByAggregateGroup",
                                            "orderByNulls",
                                            "orderByRelation",
                                            "referentialActions",
                                            "referentialIntegrity",
                                            "selectRelationCount",
                                            "transactionApi",
                                            "uncheckedScalarInputs"};

bool same_name(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); });
}

FeatureState state_in(const Feature& feature, PrismaVersion version) {
  switch (version) {
    case PrismaVersion::v5:
      return feature.in_5;
    case PrismaVersion::v6:
      return feature.in_6;
    case PrismaVersion::v7:
      return feature.in_7;
  }
  return unknown;
}

}  // namespace

FeatureState feature_state(std::string_view name, PrismaVersion version, std::optional<Provider> provider) {
  // Since Prisma 6 full-text search has a different name on PostgreSQL, which only that provider accepts.
  if (version >= PrismaVersion::v6) {
    if (same_name(name, "fullTextSearch") && provider == Provider::postgresql) return renamed;
    if (same_name(name, "fullTextSearchPostgres") && provider != Provider::postgresql) return unknown;
  }
  for (const Feature& feature : kFeatures) {
    if (same_name(feature.name, name)) return state_in(feature, version);
  }
  for (std::string_view stable : kLongStable) {
    if (same_name(stable, name)) return deprecated;
  }
  return unknown;
}

std::vector<std::string_view> active_features(PrismaVersion version, std::optional<Provider> provider) {
  std::vector<std::string_view> names;
  for (const Feature& feature : kFeatures) {
    if (feature_state(feature.name, version, provider) == active) names.push_back(feature.name);
  }
  return names;
}

}  // namespace refract::validation
