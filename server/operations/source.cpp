#include "operations/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "live/introspect.h"
#include "migrate/diff/diff_options.h"
#include "migrate/history/history.h"
#include "migrate/wanted/schema_catalog.h"
#include "support/url.h"
#include "validation/core/diagnostic.h"
#include "workspace/database_url.h"
#include "workspace/prisma_config.h"
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

bool is_url(std::string_view source) {
  return source.contains("://");
}

// What the other side of a diff says of the database that migrations run on: a URL its schema, a Prisma schema what its
// project configures.
migrate::HistoryBase base_by(const std::string& side) {
  if (is_url(side)) return {.own_schema = schema_of_url(side)};
  if (side == "empty" || is_migrations_folder(side)) return {};
  const auto project = workspace::project_of_path(side);
  if (!project) return {};
  const auto loaded = workspace::load_schema(*project, std::nullopt);
  return loaded ? workspace::history_base(loaded->project, *loaded->snapshot) : migrate::HistoryBase();
}

// `other`: the other side.
Result<Source> from_migrations(const fs::path& folder, std::optional<schema::PrismaVersion> version,
                               const std::string& other) {
  const workspace::PrismaConfig config = workspace::read_config(folder);
  workspace::Project around;
  around.config = config.file;
  around.settings = config.settings;
  if (auto readable = workspace::require_readable(around); !readable) return fail(readable.error());
  auto history = migrate::load_history(folder);
  if (!history) return fail(history.error());
  migrate::HistoryBase base = base_by(other);
  if (base.preparation.empty()) {
    const auto preparation = workspace::configured_preparation(around);
    if (preparation && *preparation) base.preparation = (*preparation)->value;
  }
  // A schema that they create themselves has its own name.
  if (std::ranges::find(history->catalog->schemas, base.own_schema) != history->catalog->schemas.end()) {
    base.own_schema.clear();
  }
  if (base != history->base) history = migrate::load_history(folder, nullptr, base);
  if (!history) return fail(history.error());
  std::vector<std::string> notices;
  for (const migrate::HistoryIssue& issue : history->issues) {
    if (!issue.error) continue;
    if (issue.sending) {
      notices.push_back(fmt::format("{}: {}", issue.place(), issue.message));
      continue;
    }
    return fail({issue.syntax ? ErrorCode::unreadable : ErrorCode::conflict, issue.message, issue.error_place()});
  }
  migrate::DiffOptions options;
  if (version || config.version) options.version = version.value_or(config.version.value_or(options.version));
  options.managed = migrate::managed_scope(workspace::options_of(around));
  // Of a database on the other side, the schemas that the migrations know.
  options.managed.schemas = history->catalog->schemas;
  Source source{*history->catalog, std::move(options)};
  source.before = history->before;
  source.rename_notes = std::move(history->rename_notes);
  source.notices = std::move(notices);
  source.cast_notes = std::move(history->cast_notes);
  return source;
}

Result<Source> from_database(const std::string& url, const Source* other) {
  auto target = live::ConnectionString::parse(url);
  if (!target) return fail(target.error());
  if (other != nullptr && std::ranges::find(other->catalog.schemas, target->schema()) != other->catalog.schemas.end()) {
    target->keep_schema_names();
  }
  auto session = live::Session::open(*target);
  if (!session) return fail(session.error());
  auto catalog = live::introspect(*session, target->default_schema());
  if (!catalog) return fail(catalog.error());
  Source source{std::move(*catalog), std::nullopt};
  if (target->default_schema() != "public") source.options = migrate::DiffOptions{.managed = {.schemas = {"public"}}};
  return source;
}

Result<Source> from_schema(const fs::path& path, std::optional<schema::PrismaVersion> version) {
  auto project = workspace::project_of_path(path);
  if (!project) return fail(project.error());
  if (auto readable = workspace::require_readable(*project); !readable) return fail(readable.error());
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

Result<Sides> read_sides(const std::string& from, const std::string& to, std::optional<schema::PrismaVersion> version) {
  const auto read = [&](const std::string& source, const Source* other) {
    const auto begin = std::chrono::steady_clock::now();
    Result<Source> side = source == "empty" ? Result<Source>(Source{})
                          : is_url(source)  ? from_database(source, other)
                          : is_migrations_folder(source)
                              ? from_migrations(source, version, &source == &from ? to : from)
                              : from_schema(source, version);
    if (side) {
      side->milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    }
    return side;
  };
  // A database is read after the other side, which says what its schemas are known by.
  const bool to_first = is_url(from) && !is_url(to);
  auto one = read(to_first ? to : from, nullptr);
  if (!one) return fail(one.error());
  auto other = read(to_first ? from : to, &*one);
  if (!other) return fail(other.error());
  if (to_first) return Sides{std::move(*other), std::move(*one)};
  return Sides{std::move(*one), std::move(*other)};
}

Result<migrate::NextMigration> diff(const Source& from, const Source& to, bool like_prisma,
                                    std::span<const migrate::RenameRequest> renames,
                                    std::span<const std::string> casts) {
  migrate::DiffOptions options = to.options.value_or(from.options.value_or(migrate::DiffOptions{}));
  for (const Source* side : {&from, &to}) {
    if (side->before) options.managed.exclude(*side->before);
  }
  options.like_prisma = like_prisma;
  auto chosen = migrate::with_choices(std::move(options), from.catalog, to.catalog, to.schema.get(),
                                      {renames, casts, from.rename_notes, from.cast_notes});
  if (!chosen) return fail(chosen.error());
  return migrate::next_migration(from.catalog, to.catalog, *chosen);
}

}  // namespace refract::operations
