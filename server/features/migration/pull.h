#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "schema/snapshot.h"
#include "support/result.h"

namespace refract::features {

struct PulledFile {
  schema::FileId file = 0;
  std::string text;  // all of it
};

struct PulledSchema {
  std::vector<PulledFile> files;     // those that change
  std::vector<std::string> changes;  // one sentence each, what a schema cannot express and is left out included
};

// A schema brought to what a database holds. What agrees with the database stays letter by letter; what differs is
// changed where it is, comments, order and names kept; what is new comes after the rest. Nothing changes when the
// database is what the schema asks for.
// The result is checked: validation reports no error, and a migration between it and the database has nothing to do.
// Errors: invalid_schema, when no such schema was found.
Result<PulledSchema> pull(const schema::Snapshot& existing, const catalog::Catalog& database);

}  // namespace refract::features
