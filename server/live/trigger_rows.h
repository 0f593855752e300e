#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/step.h"
#include "live/session.h"

namespace refract::live {

// What writing a generated row to a table with triggers showed. Neither text: all went well.
struct TriedTable {
  catalog::QualifiedName table;
  std::optional<std::string> failure;    // a trigger names what is not there: PostgreSQL's message
  std::optional<std::string> not_tried;  // why no row could be written, for a reason that need not be the migration's
};

// The tables that the steps touch and that have triggers, as they are called afterwards.
std::vector<catalog::QualifiedName> touched_tables_with_triggers(std::span<const catalog::Step> steps,
                                                                 const catalog::Catalog& after);

// Inserts, updates and deletes a row of each table in a transaction that is rolled back. For the temporary server
// alone: foreign keys and checks are out of force meanwhile, for a generated row need not satisfy them.
std::vector<TriedTable> try_triggers(Session& session, const catalog::Catalog& catalog,
                                     std::span<const catalog::QualifiedName> tables);

}  // namespace refract::live
