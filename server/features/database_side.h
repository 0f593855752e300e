#pragma once

#include <string>

#include "migrate/history/history.h"
#include "schema/snapshot.h"

// What a schema's things become in the database, as Markdown: the part of a hover that the schema's text does not
// show. SQL is PostgreSQL's; other databases get names and relations alone.
namespace refract::features {

// The column as SQL, its keys and indexes, who points at it, its migrations. Empty for what has no column.
std::string column_side(const schema::Snapshot& snapshot, const schema::Placed& placed, const schema::Field& field,
                        const migrate::History* history);

// The foreign key of a relation that the field owns, as SQL. Empty: it owns none.
std::string foreign_key_side(const schema::Snapshot& snapshot, const schema::Placed& placed,
                             const schema::Field& field);

// Who points at the table, and its migrations.
std::string table_side(const schema::Snapshot& snapshot, const schema::Placed& placed, const migrate::History* history);

// The index or key that an attribute makes, as SQL. Empty: it makes none.
std::string index_side(const schema::Snapshot& snapshot, const schema::Placed& placed,
                       const syntax::Attribute& attribute);

}  // namespace refract::features
