#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/step.h"
#include "features/rejections.h"

namespace refract::features {

// Where in the schema a step comes from.
struct StepOrigin {
  const schema::Placed* placed = nullptr;  // nullptr: never reported
  text::Range at = {};                     // in the declaration's block
  std::string_view what = {};              // for the message: "index"
  std::string_view help = {};
  std::vector<std::string> needs = {};  // keys of what it is made of: it is not reported where one of them was rejected
  std::string makes = {};               // its own key; empty: nothing is made of it
  std::string occupies = {};            // the name that nothing else may have; empty: nothing else can have it
  bool renamed = false;                 // `occupies` is written in the schema, by `@@map`
  bool relies_on_others = false;        // on what the schema does not have, such as a type of an extension
};

// What a schema asks PostgreSQL for, in the order of a migration: one step for each enum, table, column, default, key
// and index, so that each is rejected by itself. Names are cut as PostgreSQL cuts them.
struct SchemaSteps {
  std::vector<catalog::Step> steps;
  std::vector<StepOrigin> origins;  // by step
  std::vector<Rejection> rejected;  // what could not be made a step
};
SchemaSteps schema_steps(const schema::Snapshot& snapshot);

// "PostgreSQL rejects the WHAT: WHY."
Rejection rejection_of(const schema::Placed& placed, text::Range at, std::string_view what, std::string_view why,
                       std::string_view help);

}  // namespace refract::features
