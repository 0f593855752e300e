#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "schema/snapshot.h"
#include "support/result.h"

// A cast in place of dropping a column and creating it with its new type: chosen by --cast, a code action or a note.
namespace refract::migrate {

struct DiffOptions;

// Names are the database's, those in force after the migration's renames.
struct Cast {
  catalog::QualifiedName table;
  std::string column;
  bool operator==(const Cast&) const = default;
};

// A column that the plan drops and recreates although PostgreSQL could keep its values.
struct CastCandidate {
  Cast cast;
  catalog::ColumnType from;
  catalog::ColumnType to;
  std::string expression;  // over the old values
};

// How the cast is asked for: "User.rank".
std::string request_of(const Cast& cast);

// What a diff with these options would drop and recreate though a cast exists.
std::vector<CastCandidate> cast_candidates(const catalog::Catalog& before, const catalog::Catalog& wanted,
                                           const DiffOptions& options);

// The columns that the requests name, by the names of the database or the schema ("Table.column", "Model.field").
// Errors: usage, the first that names no candidate.
Result<std::vector<Cast>> resolve_casts(std::span<const std::string> requests, const catalog::Catalog& before,
                                        const catalog::Catalog& wanted, const DiffOptions& options,
                                        const schema::Snapshot* schema);
// The same for notes: those that mean nothing (any more) are left out.
std::vector<Cast> resolve_cast_notes(std::span<const std::string> notes, const catalog::Catalog& before,
                                     const catalog::Catalog& wanted, const DiffOptions& options,
                                     const schema::Snapshot* schema);

}  // namespace refract::migrate
