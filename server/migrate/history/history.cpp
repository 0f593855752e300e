#include "migrate/history/history.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "migrate/history/checksum.h"
#include "migrate/history/files.h"
#include "migrate/history/history_cache.h"
#include "migrate/history/rename_notes.h"
#include "support/ascii.h"
#include "support/toml.h"

namespace refract::migrate {
namespace {

namespace fs = std::filesystem;

Result<std::vector<Migration>> read_migrations(const fs::path& folder) {
  auto names = folders_in(folder);
  if (!names) return fail(names.error());
  std::ranges::sort(*names);
  const std::string within = (folder / "").string();
  std::vector<Migration> migrations;
  migrations.reserve(names->size());
  for (std::string& name : *names) {
    Migration& migration = migrations.emplace_back();
    migration.sql_path = within + name + "/migration.sql";
    migration.name = std::move(name);
  }
  return migrations;
}

// From migration_lock.toml, which contains nothing else. A file that is no TOML (a merge conflict) names no provider.
std::optional<std::string> provider_of(std::string_view lock) try {
  return parse_toml(lock)["provider"].value<std::string>();
} catch (const toml::parse_error&) {
  return std::nullopt;
}

// Two folders that a file system without upper and lower case takes for one.
void note_equal_names(History& history) {
  const auto has_capitals = [](const Migration& migration) {
    return std::ranges::any_of(migration.name, [](char letter) { return ascii::to_lower(letter) != letter; });
  };
  if (std::ranges::none_of(history.migrations, has_capitals)) return;
  std::unordered_map<std::string, std::string_view> seen;
  for (const Migration& migration : history.migrations) {
    const auto [place, fresh] = seen.emplace(ascii::to_lower(migration.name), migration.name);
    if (fresh) continue;
    history.notices.push_back(fmt::format(
        "The migrations {} and {} differ only in case, so that one hides the other on macOS and Windows; rename the "
        "one that was not applied yet.",
        place->second, migration.name));
  }
}

// What the preparation makes, as far as it can be told without running it.
std::shared_ptr<const catalog::Catalog> prepared(const HistoryBase& base) {
  auto catalog = std::make_shared<catalog::Catalog>(catalog::Catalog::empty(base.own_schema));
  if (!base.preparation.empty()) catalog::replay(catalog::parse_leniently(base.preparation).steps, *catalog);
  return catalog;
}

}  // namespace

std::string Migration::checksum() const {
  return sha256_hex(sql);
}

bool Migration::matches(std::string_view recorded) const {
  return matches_checksum(sql, recorded);
}

ErrorPlace HistoryIssue::error_place() const {
  return {path.string(), range.line + 1, column + 1};
}

std::string HistoryIssue::place() const {
  return fmt::format("{}:{}:{}", path.string(), range.line + 1, column + 1);
}

Result<std::optional<std::string>> read_down_sql(const Migration& migration) {
  const fs::path path = fs::path(migration.sql_path).parent_path() / "down.sql";
  std::error_code error;
  if (!fs::exists(path, error)) return std::nullopt;
  auto text = read_text(path);
  if (!text) return fail(text.error());
  return std::move(*text);
}

void replay_history(History& history) {
  HistoryCache(false).replay(history);
}

History with_migrations(const History& history, std::vector<Migration> migrations) {
  History other;
  other.folder = history.folder;
  other.base = history.base;
  other.before = history.before;
  other.migrations = std::move(migrations);
  replay_history(other);
  return other;
}

Result<History> load_history(const fs::path& folder, HistoryCache* cache, const HistoryBase& base) {
  HistoryCache once(false);
  if (cache == nullptr) cache = &once;
  History history;
  history.folder = folder;
  history.base = base;
  history.before = prepared(base);
  history.catalog = history.before;
  std::error_code error;
  if (!fs::exists(folder, error)) return history;

  auto migrations = read_migrations(folder);
  if (!migrations) return fail(migrations.error());
  history.migrations = std::move(*migrations);
  for (Migration& migration : history.migrations) {
    if (auto read = cache->read(migration); !read) return fail(read.error());
  }
  const fs::path lock = folder / "migration_lock.toml";
  if (fs::exists(lock, error)) {
    auto content = read_text(lock);
    if (!content) return fail(content.error());
    history.provider = provider_of(*content);
    if (history.provider && *history.provider != "postgresql" && *history.provider != "postgres") {
      return fail(ErrorCode::conflict,
                  fmt::format("The provider in {} is {}; Refract replays migrations for postgresql only.",
                              lock.string(), *history.provider));
    }
  }
  const fs::path notes = folder / kRenameNotes;
  if (fs::exists(notes, error)) {
    const auto content = read_text(notes);
    if (!content) return fail(content.error());
    auto renames = parse_rename_notes(*content, notes);
    if (!renames) return fail(renames.error());
    history.rename_notes = std::move(*renames);
    auto casts = parse_cast_notes(*content, notes);
    if (!casts) return fail(casts.error());
    history.cast_notes = std::move(*casts);
  }
  note_equal_names(history);
  cache->replay(history);
  return history;
}

}  // namespace refract::migrate
