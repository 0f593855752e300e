#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "migrate/history/history.h"
#include "schema/snapshot.h"
#include "validation/core/diagnostic.h"

// What the database will reject of a schema that Prisma accepts. PostgreSQL: found by replaying what the schema asks
// for.
namespace refract::features {

// Belongs to a declaration, so that it can be shown at its present place while the schema is edited elsewhere.
struct Rejection {
  std::shared_ptr<const schema::Declaration> declaration;
  text::Range at;  // relative to the declaration's block
  std::string message;
  std::string help;
};

// In no order. Takes milliseconds for a large schema. Empty for other databases than PostgreSQL and
// MongoDB; not to be asked about a schema with
// errors. `history` (may be null): where it has migrations, what is neither in it nor in the schema is missing, such as
// the type of an extension; without it such things are taken to exist.
std::vector<Rejection> rejections(const schema::Snapshot& snapshot, const migrate::History* history);

// As warnings, sorted by file and place; without those of declarations that are not in the snapshot any more.
std::vector<validation::Diagnostic> rejection_diagnostics(const schema::Snapshot& snapshot,
                                                          std::span<const Rejection> found);

// `diagnostics` with those warnings, sorted by file and place.
std::vector<validation::Diagnostic> with_rejections(std::vector<validation::Diagnostic> diagnostics,
                                                    std::vector<validation::Diagnostic> rejections);

}  // namespace refract::features
