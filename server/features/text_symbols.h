#pragma once

#include <optional>
#include <vector>

#include "features/navigation.h"
#include "syntax/locate.h"

// Names that are declared nowhere as a block or member is: in strings, and the datasource's in `@db.`.
namespace refract::features {

// The content of a string literal, without its quotes, in its block; nullopt: nothing closes it.
std::optional<text::Range> content_of(const syntax::Token& literal);

// The symbol that a word of a block is. nullopt: none of these. `placed` is nullptr in a datasource; `block` is where
// the block begins, `at` the cursor in it.
std::optional<Symbol> text_symbol(const schema::Snapshot& snapshot, const schema::Placed* placed,
                                  const syntax::Located& word, schema::FilePosition block, text::Offset at);

// All places that name the symbol, in no order; `of_file`: those of that file alone.
std::vector<schema::FileRange> text_symbol_uses(const schema::Snapshot& snapshot, const Symbol& symbol,
                                                std::optional<schema::FileId> of_file = std::nullopt);

// What a name of the database belongs to: the whole of a field, value, declaration or attribute, and its name.
Definition mapped_thing(const Symbol& symbol);

}  // namespace refract::features
