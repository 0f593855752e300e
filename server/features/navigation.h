#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

// What a name in the text represents. The base of definition, references, highlight and rename.
enum class SymbolKind {
  declaration,
  field,
  enum_value,
  // text_symbols.h:
  relation_name,    // "Likes" in @relation("Likes")
  database_name,    // "users" in @@map("users"), and what else `map` names
  database_schema,  // "auth" in @@schema("auth"), schemas = ["auth"]
  datasource,       // db in `datasource db`, @db.VarChar(20)
};
struct Symbol {
  SymbolKind kind = SymbolKind::declaration;
  // The declaration, or the one that holds what is named; nullptr for database_schema and datasource.
  const schema::Placed* declaration = nullptr;
  std::string name;                      // of the field or value; the declaration's own otherwise
  schema::FileRange declared_at;         // its name where it is declared; of a relation, on the side that owns it
  schema::FileRange referred_from;       // the word under the cursor
  const schema::Field* field = nullptr;  // relation_name: the one asked from; database_name: the one mapped, if any
  const syntax::Attribute* attribute = nullptr;  // database_name: the one that gives it: @map, @@index, …
};
// Whether the declaration or a member of it is meant.
inline bool is_declared(const Symbol& symbol) {
  return symbol.kind == SymbolKind::declaration || symbol.kind == SymbolKind::field ||
         symbol.kind == SymbolKind::enum_value;
}

// The symbol that the cursor is on, at its declaration or at a reference. nullopt: none.
std::optional<Symbol> symbol_at(const schema::Snapshot& snapshot, schema::FilePosition at);

// The declarations whose blocks touch a part of a file, in order.
std::span<const schema::Placed> declarations_in(const schema::Snapshot& snapshot, schema::FileRange part);

// Where the name under the cursor is declared. nullopt: nowhere, or no name is there.
struct Definition {
  text::Range origin;           // the word under the cursor
  schema::FileRange target;     // the whole declaration, documentation included
  schema::FileRange selection;  // its name
};
std::optional<Definition> definition(const schema::Snapshot& snapshot, schema::FilePosition at);
// The same for a symbol that is known already.
Definition definition_of(const Symbol& symbol);

// All places that name the symbol, sorted by file and place. Comments and other symbols with the same name are left
// out.
std::vector<schema::FileRange> references(const schema::Snapshot& snapshot, const Symbol& symbol,
                                          bool include_declaration);
// Those of one file, the declaration among them.
std::vector<schema::FileRange> references_in_file(const schema::Snapshot& snapshot, const Symbol& symbol,
                                                  schema::FileId file);

}  // namespace refract::features
