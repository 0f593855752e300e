#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/connector.h"

// Prisma's preview features and their status, by version.
namespace refract::validation {

enum class FeatureState {
  unknown,  // never was one, not yet, or no longer
  active,
  hidden,      // accepted, but not offered
  deprecated,  // stable now: the name is accepted with a warning
  withdrawn,   // going away: accepted with a warning
  renamed,     // on this provider it has another name
};

FeatureState feature_state(std::string_view name, schema::PrismaVersion version,
                           std::optional<schema::Provider> provider);

// The names a schema can use, for suggestions and completion.
std::vector<std::string_view> active_features(schema::PrismaVersion version, std::optional<schema::Provider> provider);

}  // namespace refract::validation
