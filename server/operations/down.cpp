#include "operations/down.h"

#include <fmt/format.h>

#include <algorithm>

#include "migrate/diff/diff_options.h"
#include "migrate/history/down_sql.h"
#include "migrate/history/files.h"

namespace refract::operations {

namespace fs = std::filesystem;

Result<WrittenDown> down_of(const migrate::History& history, const schema::Snapshot& schema, const std::string& name) {
  const auto found = std::ranges::find(history.migrations, name, &migrate::Migration::name);
  if (found == history.migrations.end()) {
    return fail(ErrorCode::not_found, fmt::format("The folder {} has no migration {}.", history.folder.string(), name));
  }
  WrittenDown written;
  const auto index = static_cast<std::size_t>(found - history.migrations.begin());
  for (const migrate::HistoryIssue& issue : history.issues) {
    // Those after it do not count.
    if (issue.syntax && issue.migration <= name)
      return fail({ErrorCode::unreadable, issue.message, issue.error_place()});
  }
  written.down = migrate::reverse_migration(history, index, migrate::diff_options(schema, *history.before));
  written.path = fs::path(found->sql_path).parent_path() / "down.sql";
  return written;
}

Result<void> write_down(const WrittenDown& written, bool force) {
  std::error_code error;
  if (!force && fs::exists(written.path, error)) {
    const auto present = migrate::read_text(written.path);
    constexpr std::string_view kGenerated = "-- Undoes the migration ";  // how each version began its header
    if (!present || !present->starts_with(kGenerated)) {
      return fail(ErrorCode::conflict,
                  fmt::format("{} was written by hand; pass --force to replace it.", written.path.string()));
    }
  }
  return migrate::write_text(written.path, written.down.sql);
}

}  // namespace refract::operations
