#include "operations/baseline.h"

#include <fmt/format.h>

#include <algorithm>

#include "migrate/diff/diff_options.h"

namespace refract::operations {

Result<live::BaselineReport> baseline(migrate::History history, const schema::Snapshot& schema,
                                      const live::ConnectionString& target, const std::optional<std::string>& last,
                                      const std::vector<std::string>& exceptions, std::chrono::milliseconds lock_wait) {
  if (last) {
    const auto found = std::ranges::find(history.migrations, *last, &migrate::Migration::name);
    if (found == history.migrations.end()) {
      return fail(ErrorCode::not_found,
                  fmt::format("The folder {} has no migration {}.", history.folder.string(), *last));
    }
    history.migrations.erase(found + 1, history.migrations.end());
    migrate::replay_history(history);
  }
  if (history.migrations.empty()) {
    return fail(
        ErrorCode::not_found,
        fmt::format("The folder {} has no migrations; write one that creates the database: refract migrate new.",
                    history.folder.string()));
  }
  return live::baseline(history, target, migrate::database_diff_options(schema, *history.before), exceptions,
                        lock_wait);
}

}  // namespace refract::operations
