#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "migrate/diff/kept.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// What a pulled schema does not express about an object of the database.
struct Omission {
  std::string problem;  // without the names: "A schema cannot express CHECK constraints"
  std::string object;   // sane of User
};

// Of all that is in the schemas that the datasource names; `kept` is what the diff keeps although no schema names it.
std::vector<Omission> omissions(const catalog::Catalog& database, const schema::Snapshot& pulled,
                                const std::vector<KeptObject>& kept);

// One sentence for each problem, however large the database is: the first few names, and how many more there are.
std::vector<std::string> omission_sentences(const std::vector<Omission>& omissions);

}  // namespace refract::migrate
