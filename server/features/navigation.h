#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

// What a name in the text stands for. The base of definition, references, highlight and rename.
enum class SymbolKind { declaration, field, enum_value };
struct Symbol {
  SymbolKind kind = SymbolKind::declaration;
  const schema::Placed* declaration = nullptr;  // the declaration, or the one that holds the field or value
  std::string name;                             // of the field or value; the declaration's own otherwise
  schema::FileRange declared_at;                // its name where it is declared
  schema::FileRange referred_from;              // the word under the cursor
};

// The symbol that the cursor stands on, at its declaration or at a reference. nullopt: none.
std::optional<Symbol> symbol_at(const schema::Snapshot& snapshot, schema::FilePosition at);

// Where the name under the cursor is declared. nullopt: nowhere, or no name is there.
struct Definition {
  text::Range origin;           // the word under the cursor
  schema::FileRange target;     // the whole declaration, documentation included
  schema::FileRange selection;  // its name
};
std::optional<Definition> definition(const schema::Snapshot& snapshot, schema::FilePosition at);

// All places that name the symbol, sorted by file and place. Comments and unlike-named things are none.
std::vector<schema::FileRange> references(const schema::Snapshot& snapshot, const Symbol& symbol,
                                          bool include_declaration);

}  // namespace refract::features
