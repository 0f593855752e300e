#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/parse/sql.h"
#include "migrate/diff/rename.h"
#include "migrate/history/provenance.h"
#include "support/result.h"
#include "support/shared_text.h"

namespace refract::migrate {

// One migration of the folder, in the order Prisma applies them (by name).
struct Migration {
  std::string name;      // the folder's name: "20260105093000_init"
  std::string sql_path;  // …/migration.sql
  SharedText sql;
  std::uint64_t hash = 0;  // of the name and the text, for the cache; 0: the migration was made in memory

  // SHA-256 of migration.sql in lower-case hex, as Prisma stores it. Computed at each call.
  std::string checksum() const;
  // Whether a recorded checksum is this text's (matches_checksum).
  bool matches(std::string_view checksum) const;
};

// The migration's down.sql as it is now; nullopt: it has none. Errors: unreadable.
Result<std::optional<std::string>> read_down_sql(const Migration& migration);

struct HistoryIssue {
  std::string migration;
  std::filesystem::path path;
  catalog::SqlRange range;   // in migration.sql
  std::uint32_t column = 0;  // of the range's begin, in characters from 0
  bool error = false;        // PostgreSQL would have raised it; false: opaque, its effect is unknown offline
  std::string message;
  bool syntax = false;   // no server would read it, so that no answer can be built on this folder
  bool newer = false;    // the grammar in use does not read it, and that of a newer server does: not an error
  bool sending = false;  // of the way it would be sent (script_problems): what the statement does is known

  ErrorPlace error_place() const;
  std::string place() const;  // "path:line:column"
};

// What a database holds before the first migration.
struct HistoryBase {
  // The database schema that is "public" in the answer (Catalog::own_schema), the one that the URL names; SQL may name
  // it so. Empty: "public".
  std::string own_schema = {};
  std::string preparation = {};  // SQL that makes what the migrations rely on (prisma.config's migrations.initShadowDb)

  bool operator==(const HistoryBase&) const = default;
};

// A migrations folder replayed. What the replay gave is shared with the cache that it came from.
struct History {
  std::filesystem::path folder;
  std::vector<Migration> migrations;
  std::optional<std::string> provider;  // of migration_lock.toml
  HistoryBase base;
  std::shared_ptr<const catalog::Catalog> before =
      std::make_shared<const catalog::Catalog>(catalog::Catalog::empty());                       // the first one
  std::shared_ptr<const catalog::Catalog> catalog = std::make_shared<const catalog::Catalog>();  // after the last one
  std::vector<HistoryIssue> issues;
  std::shared_ptr<const Provenance> provenance = std::make_shared<const Provenance>();  // numbers: of `migrations`
  std::vector<RenameRequest> rename_notes;  // of renames.toml (rename_notes.h)
  std::vector<std::string> cast_notes;      // likewise: "User.rank"
  std::vector<std::string> notices;         // about the folder, one sentence each: names that differ only in case
};

class HistoryCache;

// Reads and replays a folder. A folder that does not exist is an empty history.
// Errors: unreadable (a file without permission, not UTF-8, a migration folder without migration.sql — one
// sentence that names the file), conflict (the lock file names another database).
// SQL that does not parse is an issue; the statements around it count. With a cache, what did not change since the
// last time is not read or replayed again.
Result<History> load_history(const std::filesystem::path& folder, HistoryCache* cache = nullptr,
                             const HistoryBase& base = {});

// Computes `catalog`, `issues` and `provenance` again from `migrations`, for a history that was shortened or edited in
// memory.
void replay_history(History& history);

// The same database with these migrations in place of the folder's, replayed.
History with_migrations(const History& history, std::vector<Migration> migrations);

// The text lower-cased, words joined by "_", everything but letters, digits and "_" removed.
std::string normalise_name(std::string_view description);

enum class Naming { timestamp, date };  // 20260105093000_init | 20260105_init

// The folder name of the next migration: sorts after every one in the history. `now` in seconds since the epoch, UTC.
std::string next_migration_name(const History& history, std::string_view description, Naming naming, std::int64_t now);

// Writes migrations/<name>/{migration.sql,down.sql} and, in a new folder, migration_lock.toml, all or nothing:
// files are written beside and renamed into place. Returns the new folder.
// Errors: unwritable, conflict (the name exists).
Result<std::filesystem::path> write_migration(const std::filesystem::path& folder, const std::string& name,
                                              std::string_view sql, std::string_view down_sql);

}  // namespace refract::migrate
