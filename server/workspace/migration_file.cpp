// The parts of Host and ProjectSnapshot that deal with open migration.sql files.
#include <algorithm>

#include "workspace/host.h"

namespace refract::workspace {

void Host::open_sql(const std::string& path, std::int64_t /*version*/, std::string text) {
  sql_.insert_or_assign(path, text::Document(std::move(text)));
}

Result<MigrationFile> Host::migration(const std::string& path) {
  const auto found = sql_.find(path);
  if (found == sql_.end()) return fail(ErrorCode::not_found, "the document is not open: " + path);
  const std::filesystem::path file(path);
  MigrationFile migration;
  migration.name = file.parent_path().filename().string();
  migration.text = found->second;
  if (file.filename() == "migration.sql" || file.filename() == "down.sql")
    migration.view = view_of_migrations(file.parent_path().parent_path());
  return migration;
}

std::shared_ptr<const ProjectSnapshot> Host::view_of_migrations(const std::filesystem::path& folder) {
  for (const auto& entry : projects_) {
    if (entry->project.migrations == folder) return view(entry->project.files.front().string());
  }
  // No schema of it is open yet: it is beside the folder, or where the configuration above places it.
  for (const auto& start : {folder.parent_path(), folder.parent_path().parent_path()}) {
    const auto project = find_project(start);
    if (project && project->migrations == folder) return view(project->files.front().string());
  }
  return nullptr;
}

std::shared_ptr<const catalog::Catalog> ProjectSnapshot::catalog_before(const std::string& migration) const {
  if (!history_ || !*history_) return nullptr;
  const std::lock_guard lock(before_mutex_);
  if (before_ && before_name_ == migration) return before_;
  const auto& all = (*history_)->migrations;
  const auto first_kept_out = std::ranges::lower_bound(all, migration, {}, &migrate::Migration::name);
  if (first_kept_out == all.end()) {
    before_ = (*history_)->catalog;
  } else {
    before_ = migrate::with_migrations(**history_, {all.begin(), first_kept_out}).catalog;
  }
  before_name_ = migration;
  return before_;
}

}  // namespace refract::workspace
