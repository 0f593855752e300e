#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "validation/rules/rules.h"

// Rules between declarations: names that clash. Each declaration states its names once; here they are
// only compared.
namespace refract::validation {

enum class ConstraintKind : std::uint8_t { index, primary_key, foreign_key, default_value };

struct ConstraintName {
  ConstraintKind kind = ConstraintKind::index;
  std::string name;
  std::string_view model;  // whose constraint it is
  Place at;                // what is marked where it clashes
  std::uint64_t hash = 0;  // of the schema and the name
};

// The names of one model's or view's indexes, keys, foreign keys and (where they have names) defaults, and those of
// the foreign keys that its lists want where the other model lacks the field.
std::vector<ConstraintName> constraint_names(const Subject& subject);

struct Named {
  const schema::Placed* placed = nullptr;
  std::uint32_t declaration = 0;  // its index among the snapshot's
  std::span<const ConstraintName> constraints;
};

void check_duplicate_names(const schema::Snapshot& snapshot, Report& report);  // part of the local checks
// Of datasources, generators and their properties. Part of the local checks, in check_configuration.
void check_configuration_names(const schema::Snapshot& snapshot, Report& report);
void check_database_names(const Environment& environment, Report& report);  // part of the schema checks

// Clashes of names: of keys, indexes and defaults, reported with the models, and of foreign keys, reported with the
// relations of the model that declares them.
struct NameClashes {
  Report keys;
  std::unordered_map<const schema::Placed*, Report> foreign_keys;
};
// `registry` is that of the models. `ambiguous` is the one with an ambiguous relation, if there is one: Prisma stops
// there.
class ConstraintRegistry;
NameClashes check_constraint_names(const Environment& environment, std::span<const Named> models,
                                   const ConstraintRegistry& registry, const schema::Placed* ambiguous);
void check_composite_cycles(const Environment& environment, Report& report);

}  // namespace refract::validation
