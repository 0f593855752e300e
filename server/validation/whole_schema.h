#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "validation/rules.h"

// Rules between declarations: names that meet each other. Each declaration states its names once; here they are
// only compared.
namespace refract::validation {

enum class ConstraintKind : std::uint8_t { index, primary_key, foreign_key, default_value };

struct ConstraintName {
  ConstraintKind kind = ConstraintKind::index;
  std::string name;
  Place at;                // what is marked where it clashes
  std::uint64_t hash = 0;  // of the schema and the name
};

// The names of one model's or view's indexes, keys, foreign keys and (where they have names) defaults.
std::vector<ConstraintName> constraint_names(const Subject& subject);

struct Named {
  const schema::Placed* placed = nullptr;
  std::span<const ConstraintName> constraints;
};

void check_duplicate_names(const schema::Snapshot& snapshot, Report& report);  // first stage
// Of datasources, generators and their properties. First stage, where check_configuration includes it.
void check_configuration_names(const schema::Snapshot& snapshot, Report& report);
void check_database_names(const Environment& environment, Report& report);     // second stage
void check_constraint_names(const Environment& environment, std::span<const Named> models, Report& report);
void check_composite_cycles(const Environment& environment, Report& report);

}  // namespace refract::validation
