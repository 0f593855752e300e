#pragma once

#include <string>
#include <vector>

#include "migrate/history/history.h"
#include "schema/snapshot.h"
#include "support/result.h"
#include "validation/core/diagnostic.h"

namespace refract::features {

struct RenameTarget {
  text::Range range;        // the word that would be renamed
  std::string placeholder;  // its present text
};

// What can be renamed at the cursor. Errors: not_found, in one sentence, when nothing there can be.
Result<RenameTarget> prepare_rename(const schema::Snapshot& snapshot, schema::FilePosition at);

// keep: adds @map or @@map, and the names of implicit many-to-many relations, so that the database stays as it is. A
// name that would exchange the columns of such a relation's table, or rename the table, is refused then. A name in a
// string is the database's own where it is in `map` or @@schema: it is renamed in either case.
enum class DatabaseName { keep, follow };

// Every edit that the new name takes, in all files. As Prisma's server does, keeping the database's name is the
// default. Errors: not_found; usage, when the name is no valid name; conflict, when it is taken, in the schema or in
// the database, or the database cannot be kept. `history` (may be null): what migrations made beside the schema.
Result<std::vector<validation::FileEdit>> rename(const schema::Snapshot& snapshot, schema::FilePosition at,
                                                 const std::string& new_name,
                                                 DatabaseName database_name = DatabaseName::keep,
                                                 const migrate::History* history = nullptr);

}  // namespace refract::features
