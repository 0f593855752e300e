#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/attributes.h"
#include "schema/snapshot.h"

// The documentation of the schema language in the terms of the database in force.
namespace refract::features {

// nullopt: no datasource says which database it is.
std::optional<schema::Provider> provider_in_force(const schema::Snapshot& snapshot);

// The words in braces of schema/attributes.h: `{declaration}` is a table, a collection, a view or an enum, `{member}`
// in a block of this kind a column, a field or an enum value. Without a database they name all kinds.
std::string worded(std::string_view doc, std::optional<schema::Provider> provider, syntax::BlockKind block);

// "Table" or "Collection", "Column" or "Field" of the database in force, at the beginning of a sentence.
std::string_view table_name_word(std::optional<schema::Provider> provider);
std::string_view column_name_word(std::optional<schema::Provider> provider);

// Whether enums are types of the database with names of their own; true without one in force.
bool has_enum_types(std::optional<schema::Provider> provider);

// A sentence about what the database in force lacks; empty: it knows it, or none is in force.
std::string unsupported_note(const schema::Snapshot& snapshot, bool known);

// What happens to a record when the one that it refers to is deleted, or gets another key: by foreign keys, or by
// Prisma Client in their place.
std::string_view action_doc(const schema::Snapshot& snapshot, schema::ReferentialAction action);

}  // namespace refract::features
