#pragma once

#include <optional>
#include <string_view>

#include "features/navigation.h"

namespace refract::features {

// What a name in a migration's SQL represents in the schema: a table's or enum type's declaration, a column's field,
// an enum value; the table of an implicit many-to-many relation is the field that owns it. The SQL need not parse.
// `referred_from` is the word's place in the SQL, quotes included; its file means nothing. nullopt: no name is there,
// or the schema has none of it (any more).
std::optional<Symbol> symbol_in_sql(const schema::Snapshot& snapshot, std::string_view sql, text::Offset at);

}  // namespace refract::features
