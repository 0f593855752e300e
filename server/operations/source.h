#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "migrate/history/next.h"
#include "schema/connector.h"
#include "support/result.h"

namespace refract::operations {

// One side of `migrate diff`: "empty", a schema (file or folder of .prisma files), a migrations folder, or a
// postgresql:// URL.
struct Source {
  catalog::Catalog catalog;
  std::optional<migrate::DiffOptions> options;               // what a schema says about a diff towards it
  std::shared_ptr<const schema::Snapshot> schema = nullptr;  // where it is one
  std::shared_ptr<const catalog::Catalog> before = nullptr;  // of a migrations folder: History::before
  std::vector<migrate::RenameRequest> rename_notes = {};     // likewise
  // Of a migrations folder: what deploy would run into though its structure is known, "path:line:column: message".
  std::vector<std::string> notices = {};
  std::vector<std::string> cast_notes = {};  // likewise
  double milliseconds = 0;
};

// The diff from one side to the other, with renames and casts chosen and the notes of the first side heeded.
// Errors: usage, when one of them names nothing.
Result<migrate::NextMigration> diff(const Source& from, const Source& to, bool like_prisma,
                                    std::span<const migrate::RenameRequest> renames,
                                    std::span<const std::string> casts = {});

struct Sides {
  Source from;
  Source to;
};

// Reads both sides. The schema that a URL names is "public" to migrations and schemas, unless the other side knows it
// by its own name. What the configuration around a schema or migrations folder calls external is heeded.
// Errors: usage, not_found, unreadable, invalid_input (SQL), invalid_schema, conflict (a migration that PostgreSQL
// would refuse), or those of a database.
Result<Sides> read_sides(const std::string& from, const std::string& to, std::optional<schema::PrismaVersion> version);

}  // namespace refract::operations
