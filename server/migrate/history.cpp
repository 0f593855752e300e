#include "migrate/history.h"

#include <algorithm>

#include <fmt/format.h>

#include "migrate/checksum.h"
#include "migrate/files.h"
#include "migrate/rename_notes.h"
#include "text/encoding.h"

namespace refract::migrate {
namespace {

namespace fs = std::filesystem;

Result<std::vector<Migration>> read_migrations(const fs::path& folder) {
  std::vector<Migration> migrations;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_directory(ignored)) continue;
    Migration& migration = migrations.emplace_back();
    migration.name = entry->path().filename().string();
    migration.sql_path = entry->path() / "migration.sql";
  }
  if (error) {
    return fail(
        ErrorCode::unreadable,
        fmt::format("{} cannot be listed; check that it is a folder and that you may read it.", folder.string()));
  }
  std::ranges::sort(migrations, {}, &Migration::name);
  return migrations;
}

Result<void> read_content(Migration& migration) {
  std::error_code error;
  if (!fs::exists(migration.sql_path, error)) {
    return fail(
        ErrorCode::unreadable,
        fmt::format("{} holds no migration.sql; restore the file, or remove the folder if it was never applied.",
                    migration.sql_path.parent_path().string()));
  }
  auto sql = read_text(migration.sql_path);
  if (!sql) return fail(sql.error());
  migration.checksum = sha256_hex(*sql);
  migration.sql = std::move(*sql);
  const fs::path down = migration.sql_path.parent_path() / "down.sql";
  if (fs::exists(down, error)) {
    auto down_sql = read_text(down);
    if (!down_sql) return fail(down_sql.error());
    migration.down_sql = std::move(*down_sql);
  }
  return {};
}

// migration_lock.toml says one thing: provider = "…".
std::optional<std::string> provider_of(std::string_view lock) {
  while (!lock.empty()) {
    const std::string_view line = lock.substr(0, lock.find('\n'));
    lock.remove_prefix(std::min(lock.size(), line.size() + 1));
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || !line.substr(begin).starts_with("provider")) continue;
    const std::size_t open = line.find('"');
    const std::size_t close = open == std::string_view::npos ? open : line.find('"', open + 1);
    if (close != std::string_view::npos) return std::string(line.substr(open + 1, close - open - 1));
  }
  return std::nullopt;
}

// PostgreSQL's grammar knows no byte order mark; blanks in its place keep every offset.
std::string without_mark(std::string sql) {
  std::fill_n(sql.begin(), text::kByteOrderMark.size(), ' ');
  return sql;
}

}  // namespace

Result<void> replay_history(History& history) {
  history.catalog = catalog::Catalog::empty();
  history.issues.clear();
  history.provenance = {};
  std::vector<std::string> blanked;  // reserved, so that views into it stay
  blanked.reserve(history.migrations.size());
  std::vector<std::string_view> texts;
  for (const Migration& migration : history.migrations) {
    const bool marked = migration.sql.starts_with(text::kByteOrderMark);
    texts.push_back(marked ? blanked.emplace_back(without_mark(migration.sql)) : std::string_view(migration.sql));
  }
  const std::vector<catalog::ParsedSql> parsed = catalog::parse_many(texts);
  for (std::size_t at = 0; at < parsed.size(); ++at) {
    const Migration& migration = history.migrations[at];
    if (!parsed[at].errors.empty()) {
      const catalog::SqlError& error = parsed[at].errors.front();
      return fail(ErrorCode::invalid_input,
                  fmt::format("{}:{}: the SQL does not parse: {}.", migration.sql_path.string(), error.range.line + 1,
                              error.message));
    }
    for (const catalog::Step& step : parsed[at].steps) {
      history.provenance.record(static_cast<std::uint32_t>(at), step.change);
    }
    for (catalog::ReplayIssue& issue : catalog::replay(parsed[at].steps, history.catalog)) {
      history.issues.push_back({migration.name, migration.sql_path, parsed[at].steps[issue.step].origin, issue.error,
                                std::move(issue.message)});
    }
  }
  return {};
}

Result<History> load_history(const fs::path& folder) {
  History history;
  history.folder = folder;
  history.catalog = catalog::Catalog::empty();
  std::error_code error;
  if (!fs::exists(folder, error)) return history;

  auto migrations = read_migrations(folder);
  if (!migrations) return fail(migrations.error());
  history.migrations = std::move(*migrations);
  for (Migration& migration : history.migrations) {
    if (auto read = read_content(migration); !read) return fail(read.error());
  }
  const fs::path lock = folder / "migration_lock.toml";
  if (fs::exists(lock, error)) {
    auto content = read_text(lock);
    if (!content) return fail(content.error());
    history.provider = provider_of(*content);
  }
  const fs::path notes = folder / kRenameNotes;
  if (fs::exists(notes, error)) {
    const auto content = read_text(notes);
    if (!content) return fail(content.error());
    auto renames = parse_rename_notes(*content, notes);
    if (!renames) return fail(renames.error());
    history.rename_notes = std::move(*renames);
  }
  if (auto replayed = replay_history(history); !replayed) return fail(replayed.error());
  return history;
}

}  // namespace refract::migrate
