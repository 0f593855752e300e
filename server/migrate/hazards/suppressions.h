#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/step.h"
#include "migrate/hazards/hazards.h"

// Hazards that a person accepts: in SQL that is not applied yet by a comment before the statement, after it on its
// line, or inside of it; for applied migrations, whose text must stay as it is, in refract.toml.
//
//   -- refract:ignore drop-column nobody reads it since release 12
namespace refract::migrate {

struct Suppression {
  std::string code;
  std::string reason;
  catalog::SqlRange range;  // the comment
};

// An entry of refract.toml.
struct AcceptedHazard {
  std::string migration;
  std::string code;
  std::string reason;
  std::size_t line = 1;  // from 1, in the file
};

// A suppression that is wrong, or suppresses nothing.
struct SuppressionProblem {
  catalog::SqlRange range;
  std::string message;
  std::string help;
};

struct SuppressedHazard {
  Hazard hazard;
  std::string reason;
};

struct Sifted {
  std::vector<Hazard> kept;
  std::vector<SuppressedHazard> suppressed;
  std::vector<SuppressionProblem> problems;  // of the comments
  std::vector<std::size_t> used;             // places of the entries that suppressed something
};

// Sorts a migration's hazards by whether its comments or entries accept them. `entries`: those for this migration.
Sifted sift(std::vector<Hazard> hazards, std::span<const catalog::Step> steps, std::string_view sql,
            std::span<const AcceptedHazard> entries = {});

// What is wrong with a code or reason, in words; empty: nothing.
std::string suppression_fault(std::string_view code, std::string_view reason);

}  // namespace refract::migrate
