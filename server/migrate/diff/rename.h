#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "schema/snapshot.h"
#include "support/result.h"

// A rename in place of dropping one thing and adding another: chosen by --rename, a code action or a note.
namespace refract::migrate {

// exchange: two columns of a table get each other's name. Only columns A and B of the table of an implicit many-to-many
// relation are asked for so: A is the column of the model, in a self-relation of the field, whose name sorts first.
enum class RenameKind { schema, table, column, enumeration, enum_value, exchange };

// Names are the database's, as they are before the migration.
struct Rename {
  RenameKind kind = RenameKind::column;
  catalog::QualifiedName owner;  // the table or enum; of a renamed table or enum itself; of a schema without a name
  std::string from;              // the column or value; of a table, enum or schema its own name
  std::string to;
  bool operator==(const Rename&) const = default;
};

// A rename as a person asks for it: "User.name" and "fullName", "User" and "Account", "Role.ADMIN" and "OWNER", or the
// names of two schemas.
// The names may be the database's or the schema's, an owner's the one before or after the migration. "_Follows.A" and
// "B" exchange the columns of that table, if A still is the first of its columns: so a note that was carried out has no
// effect any more.
struct RenameRequest {
  std::string from;
  std::string to;
  bool operator==(const RenameRequest&) const = default;
};

// "User.name=fullName". Errors: usage, when there is no "=" or nothing on one side of it.
Result<RenameRequest> parse_rename_request(std::string_view text);
// Whether it asks for columns A and B of a relation table to be exchanged; and how the way back is asked for.
bool is_exchange(const RenameRequest& request);
RenameRequest inverse_exchange(const RenameRequest& request);
// Whether the catalog has a schema, table, enum, column or enum value that requests name so.
bool has_named(const catalog::Catalog& catalog, std::string_view name);
// How the rename is asked for, with the database's names.
RenameRequest request_of(const Rename& rename);
// "column User.name to fullName", for sentences.
std::string display_name(const Rename& rename);

// What the requests mean between two catalogs. `schema` (may be null) is the one `wanted` was made from: it knows
// the names of models and fields. Errors: usage, the first request that names nothing before or after.
Result<std::vector<Rename>> resolve_renames(std::span<const RenameRequest> requests, const catalog::Catalog& before,
                                            const catalog::Catalog& wanted, const schema::Snapshot* schema);
// The same for notes, which stay in their file when they are done: those that mean nothing (any more) are left out.
std::vector<Rename> resolve_rename_notes(std::span<const RenameRequest> notes, const catalog::Catalog& before,
                                         const catalog::Catalog& wanted, const schema::Snapshot* schema);

}  // namespace refract::migrate
