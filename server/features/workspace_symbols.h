#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/symbols.h"

namespace refract::features {

struct WorkspaceSymbol {
  OutlineKind kind = OutlineKind::model;
  std::string name;       // as the schema has it, with the database's name after where that is the one that matched
  std::string container;  // of fields and values: their declaration
  schema::FileRange at;   // its name
  int score = 0;          // higher is better; comparable between schemas
};

// How well a query fits a name: its characters in this order, case aside, best where they begin words or are
// together. 0: not at all, or a query of more than 64 bytes; an empty query fits everything.
int fuzzy_score(std::string_view query, std::string_view name);

// Declarations, fields and enum values whose name, or name in the database, fits the query; best first, no more than
// `most`. An empty query gives the declarations alone.
std::vector<WorkspaceSymbol> workspace_symbols(const schema::Snapshot& snapshot, std::string_view query,
                                               std::size_t most = 256);

}  // namespace refract::features
