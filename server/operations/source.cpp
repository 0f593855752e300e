#include "operations/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "live/introspect.h"
#include "migrate/history.h"
#include "migrate/schema_catalog.h"
#include "validation/diagnostic.h"
#include "workspace/project.h"

namespace refract::operations {
namespace {

namespace fs = std::filesystem;

// A folder with a lock file, or of folders with migration.sql in them; an empty folder named so counts too.
bool is_migrations_folder(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return false;
  if (fs::exists(path / "migration_lock.toml", ignored)) return true;
  for (const auto& entry : fs::directory_iterator(path, ignored)) {
    if (fs::exists(entry.path() / "migration.sql", ignored)) return true;
  }
  return path.filename() == "migrations" || path.parent_path().filename() == "migrations";
}

Result<Source> from_migrations(const fs::path& folder) {
  auto history = migrate::load_history(folder);
  if (!history) return fail(history.error());
  std::vector<std::string> notices;
  for (const migrate::HistoryIssue& issue : history->issues) {
    if (!issue.error) continue;
    if (issue.sending) {
      notices.push_back(fmt::format("{}: {}", issue.place(), issue.message));
      continue;
    }
    return fail(issue.syntax ? ErrorCode::unreadable : ErrorCode::conflict,
                fmt::format("{}: {}", issue.place(), issue.message));
  }
  Source source{*history->catalog, std::nullopt};
  source.rename_notes = std::move(history->rename_notes);
  source.notices = std::move(notices);
  source.cast_notes = std::move(history->cast_notes);
  return source;
}

Result<Source> from_database(const std::string& url) {
  const auto target = live::ConnectionString::parse(url);
  if (!target) return fail(target.error());
  auto session = live::Session::open(*target);
  if (!session) return fail(session.error());
  auto catalog = live::introspect(*session);
  if (!catalog) return fail(catalog.error());
  return Source{std::move(*catalog), std::nullopt};
}

Result<Source> from_schema(const fs::path& path, std::optional<schema::PrismaVersion> version) {
  auto project = workspace::project_of_path(path);
  if (!project) return fail(project.error());
  const auto loaded = workspace::load_schema(std::move(*project), version);
  if (!loaded) return fail(loaded.error());
  if (const auto notice = workspace::other_language_notice(*loaded->snapshot)) {
    return fail(ErrorCode::usage, *notice);
  }
  if (loaded->snapshot->provider() != schema::Provider::postgresql) {
    return fail(ErrorCode::invalid_schema,
                fmt::format("The schema {} is for {}; migrations are written for postgresql only.", path.string(),
                            schema::to_string(loaded->snapshot->provider())));
  }
  if (validation::Analysis::run(loaded->snapshot)->has_errors()) {
    return fail(ErrorCode::invalid_schema,
                fmt::format("The schema {} has errors; see them with refract check {}.", path.string(), path.string()));
  }
  return Source{migrate::catalog_of(*loaded->snapshot), migrate::diff_options(*loaded->snapshot), loaded->snapshot};
}

}  // namespace

Result<Source> read_source(const std::string& source, std::optional<schema::PrismaVersion> version) {
  const auto begin = std::chrono::steady_clock::now();
  Result<Source> read = source == "empty"              ? Result<Source>(Source{})
                        : source.contains("://")       ? from_database(source)
                        : is_migrations_folder(source) ? from_migrations(source)
                                                       : from_schema(source, version);
  if (read)
    read->milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return read;
}

Result<migrate::NextMigration> diff(const Source& from, const Source& to, bool like_prisma,
                                    std::span<const migrate::RenameRequest> renames,
                                    std::span<const std::string> casts) {
  migrate::DiffOptions options = to.options.value_or(from.options.value_or(migrate::DiffOptions{}));
  options.like_prisma = like_prisma;
  auto chosen = migrate::with_choices(std::move(options), from.catalog, to.catalog, to.schema.get(),
                                      {renames, casts, from.rename_notes, from.cast_notes});
  if (!chosen) return fail(chosen.error());
  return migrate::next_migration(from.catalog, to.catalog, *chosen);
}

}  // namespace refract::operations
