#include "live/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "live/applied.h"
#include "live/introspect.h"
#include "live/migration_lock.h"
#include "live/records.h"
#include "migrate/diff/difference.h"

namespace refract::live {
Result<BaselineReport> baseline(const migrate::History& history, const ConnectionString& target,
                                const migrate::DiffOptions& options, const std::vector<std::string>& exceptions,
                                std::chrono::milliseconds lock_wait) {
  auto session = open_in_schema(target);
  if (!session) return fail(session.error());
  const auto lock = take_migration_lock(*session, lock_wait);
  if (!lock) return fail(lock.error());
  BaselineReport report;
  report.database = target.label();
  const auto recorded = has_records(*session, target.schema());
  if (!recorded) return fail(recorded.error());
  if (*recorded) {
    const auto records = read_records(*session);
    if (!records) return fail(records.error());
    if (std::ranges::any_of(*records, &Record::applied)) {
      return fail(
          ErrorCode::conflict,
          fmt::format("The {} has a record of migrations already; see refract migrate status.", target.label()));
    }
  }
  const auto present = introspect(*session, target.default_schema());
  if (!present) return fail(present.error());
  std::set<std::string> unused(exceptions.begin(), exceptions.end());
  for (const migrate::Difference& difference : migrate::differences(*present, *history.catalog, options)) {
    const auto named = std::ranges::find_if(
        exceptions, [&](const std::string& name) { return name == difference.name || name == difference.owner; });
    if (named != exceptions.end()) unused.erase(*named);
    (named == exceptions.end() ? report.differences : report.accepted).push_back(difference.sentence);
  }
  if (!unused.empty()) {
    return fail(ErrorCode::usage, fmt::format("No difference is named {}; nothing was recorded.", *unused.begin()));
  }
  if (!report.differences.empty()) return report;

  if (auto writable = require_writable(*session); !writable) return fail(writable.error());
  // All or none.
  if (auto begun = session->execute("BEGIN"); !begun) return fail(begun.error());
  if (auto created = create_records(*session, target.schema()); !created) return fail(created.error());
  for (const migrate::Migration& migration : history.migrations) {
    if (auto noted = record_applied(*session, migration.name, migration.checksum()); !noted) return fail(noted.error());
    report.applied.push_back(migration.name);
  }
  if (auto ended = session->execute("COMMIT"); !ended) return fail(ended.error());
  return report;
}

}  // namespace refract::live
