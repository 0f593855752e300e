#include "live/known_failures.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "catalog/parse/sql.h"
#include "live/introspect.h"

namespace refract::live {
namespace {

// What a statement may name although introspection leaves it out.
constexpr std::string_view kLeftOut =
    "SELECT c.relname FROM pg_depend d JOIN pg_class c ON c.oid = d.objid WHERE d.deptype = 'e' AND d.classid = "
    "'pg_class'::regclass UNION SELECT t.typname FROM pg_depend d JOIN pg_type t ON t.oid = d.objid WHERE d.deptype = "
    "'e' AND d.classid = 'pg_type'::regclass UNION SELECT p.proname FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid "
    "WHERE d.deptype = 'e' AND d.classid = 'pg_proc'::regclass UNION SELECT '_prisma_migrations'";

// A step that fails: the migration's name and where its statement begins.
using FailingStep = std::pair<std::string, std::uint32_t>;

// What fails on the database's own structure. Nothing where some effect is only known by running.
Result<std::set<FailingStep>> failures_there(Session& session, const std::string& schema,
                                             std::span<const migrate::Migration* const> pending) {
  auto structure = introspect(session);
  if (!structure) return fail(structure.error());
  const auto left_out = session.query(kLeftOut);
  if (!left_out) return fail(left_out.error());
  // As open_in_schema() does: RESET leads to what the role has.
  catalog::ReplayState state;
  state.path.apply(catalog::SetSearchPath{{schema}});
  catalog::Replay replay(*structure, std::move(state));
  std::set<FailingStep> failing;
  for (const migrate::Migration* migration : pending) {
    const catalog::ParsedSql parsed = catalog::parse_leniently(migration->sql);
    for (const catalog::ReplayIssue& issue : replay.run(parsed.steps)) {
      if (!issue.error) return failing;
      const catalog::SqlRange range = parsed.steps[issue.step].origin;
      const std::string_view text = migration->sql.view().substr(range.begin, range.end - range.begin);
      const bool judged = std::ranges::none_of(
          *left_out, [&](const Row& row) { return text.contains(row.at(0).value_or("_prisma_migrations")); });
      if (judged) failing.insert({migration->name, range.begin});
    }
  }
  return failing;
}

const migrate::Migration* find(std::span<const migrate::Migration* const> migrations, const std::string& name) {
  const auto found =
      std::ranges::find(migrations, name, [](const auto* one) -> const std::string& { return one->name; });
  return found == migrations.end() ? nullptr : *found;
}

// What the server, whose grammar may be another one than ours, says to a text that it does not parse: the division
// fails before anything of it runs, and after all of it was parsed. nullopt: it parses.
std::optional<std::string> refused_there(Session& session, const migrate::Migration& migration) {
  constexpr std::string_view kNothingRuns = "SELECT 1/0;\n";
  const std::string_view sql = migration.sql.view();
  if (sql.contains('\0')) return "SQL must not contain a NUL byte";
  const std::size_t mark = sql.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const ScriptResult result = session.run_script(std::string(kNothingRuns).append(sql.substr(mark)));
  if (!result.failure || result.failure->state == "22012") return std::nullopt;
  return result.failure->error.message;
}

}  // namespace

Result<std::vector<KnownFailure>> known_failures(Session& session, const std::string& schema,
                                                 const migrate::History& history,
                                                 std::span<const migrate::Migration* const> pending) {
  std::vector<KnownFailure> known;
  std::vector<const migrate::HistoryIssue*> issues;
  bool asks_database = false;
  for (const migrate::HistoryIssue& issue : history.issues) {
    const migrate::Migration* migration = issue.error || issue.newer ? find(pending, issue.migration) : nullptr;
    if (migration == nullptr) continue;
    if (issue.syntax || issue.newer) {
      const auto refused = refused_there(session, *migration);
      if (!refused) continue;
      if (issue.newer) {
        known.push_back({issue.place(), fmt::format("the server cannot parse it: {}", *refused), true, false});
        continue;
      }
    }
    issues.push_back(&issue);
    asks_database = asks_database || !(issue.syntax || issue.sending);
  }
  std::set<FailingStep> there;
  if (asks_database) {
    auto found = failures_there(session, schema, pending);
    if (!found) return fail(found.error());
    there = std::move(*found);
  }
  for (const migrate::HistoryIssue* issue : issues) {
    const bool sure = issue->syntax || issue->sending || there.contains({issue->migration, issue->range.begin});
    const bool nul = find(pending, issue->migration)->sql.view().contains('\0');
    if (sure) known.push_back({issue->place(), issue->message, issue->syntax, nul});
  }
  return known;
}

}  // namespace refract::live
