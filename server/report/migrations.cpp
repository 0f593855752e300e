#include "report/migrations.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace refract::report {
namespace {

using protocol::Json;

std::string_view reversal_name(migrate::Reversal reversal) {
  switch (reversal) {
    case migrate::Reversal::lossless:
      return "lossless";
    case migrate::Reversal::lossy:
      return "lossy";
    case migrate::Reversal::impossible:
      return "impossible";
  }
  return "impossible";
}

std::string_view state_name(live::MigrationState state) {
  switch (state) {
    case live::MigrationState::applied:
      return "applied";
    case live::MigrationState::pending:
      return "pending";
    case live::MigrationState::failed:
      return "failed";
    case live::MigrationState::rolled_back:
      return "rolled back";
    case live::MigrationState::edited:
      return "edited after it was applied";
    case live::MigrationState::missing:
      return "applied, but not in the folder";
  }
  return "pending";
}

std::string check_title(const live::Check& check) {
  switch (check.kind) {
    case live::CheckKind::replay:
      return check.ok ? fmt::format("on an empty database, the folder's {} applied", check.subject)
                      : fmt::format("the migration {} does not run", check.subject);
    case live::CheckKind::offline:
      return check.ok ? "the database is what the offline replay computed"
                      : "the database differs from the offline replay";
    case live::CheckKind::candidate:
      return fmt::format("{} {}", check.subject, check.ok ? "runs on top" : "does not run");
    case live::CheckKind::schema:
      return check.ok ? "the result is what the schema asks for" : "the result is not what the schema asks for";
    case live::CheckKind::constraints:
      return check.ok ? "every foreign key and index is valid" : "not every foreign key and index is valid";
    case live::CheckKind::down:
      return check.skipped ? "there is no down.sql to run" : check.ok ? "down.sql runs" : "down.sql does not run";
    case live::CheckKind::restored:
      return check.ok ? "and brings back the structure from before"
                      : "down.sql does not bring back the structure from before";
  }
  return {};
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::string_view level_name(migrate::HazardLevel level) {
  switch (level) {
    case migrate::HazardLevel::danger:
      return "danger";
    case migrate::HazardLevel::warning:
      return "warning";
    case migrate::HazardLevel::notice:
      return "notice";
  }
  return "notice";
}

std::string hazards_text(const std::vector<migrate::Hazard>& hazards) {
  std::string out;
  for (const migrate::Hazard& hazard : hazards) {
    out += fmt::format("{}: {} [{}]\n", level_name(hazard.level), hazard.message, hazard.code);
    if (!hazard.safer_way.empty()) out += fmt::format("  = {}\n", hazard.safer_way);
  }
  return out;
}

Json hazards_json(const std::vector<migrate::Hazard>& hazards) {
  Json list = Json::array();
  for (const migrate::Hazard& hazard : hazards) {
    list.push_back({{"code", hazard.code},
                    {"level", level_name(hazard.level)},
                    {"message", hazard.message},
                    {"saferWay", hazard.safer_way},
                    {"step", hazard.step}});
  }
  return list;
}

std::string summary_text(const migrate::NextMigration& next) {
  if (next.plan.empty()) return "The migrations and the schema agree; nothing is to be done.\n";
  std::string out;
  for (const std::string& sentence : next.summary) out += fmt::format("- {}\n", sentence);
  return out + hazards_text(next.hazards) + renames_text(next.rename_candidates);
}

std::string renames_text(const std::vector<migrate::RenameCandidate>& candidates) {
  std::string out;
  for (const migrate::RenameCandidate& candidate : candidates) {
    const migrate::RenameRequest request = migrate::request_of(candidate.rename);
    out += fmt::format("rename? {} ({} of 100: {})\n  = Keep what it holds by --rename {}={}\n",
                       migrate::words(candidate.rename), candidate.score, fmt::join(candidate.reasons, ", "),
                       request.from, request.to);
  }
  return out;
}

namespace {

Json renames_json(const std::vector<migrate::RenameCandidate>& candidates) {
  Json list = Json::array();
  for (const migrate::RenameCandidate& candidate : candidates) {
    const migrate::RenameRequest request = migrate::request_of(candidate.rename);
    list.push_back(
        {{"from", request.from}, {"to", request.to}, {"score", candidate.score}, {"reasons", candidate.reasons}});
  }
  return list;
}

}  // namespace

Json migration_json(const migrate::NextMigration& next) {
  return {{"empty", next.plan.empty()},
          {"steps", next.summary},
          {"hazards", hazards_json(next.hazards)},
          {"renameCandidates", renames_json(next.rename_candidates)},
          {"sql", next.sql},
          {"downSql", next.down.sql},
          {"reversal", reversal_name(next.down.worst)},
          {"losses", next.down.losses}};
}

std::string verify_text(const live::VerifyReport& report) {
  std::string out =
      fmt::format("PostgreSQL {} started in {:.0f} ms\n", report.server_version / 10000, report.server_milliseconds);
  for (const live::Check& check : report.checks) {
    out += fmt::format("{} {}", check.skipped ? "  -  " : check.ok ? "  ok " : "FAIL ", check_title(check));
    if (!check.skipped && check.milliseconds >= 1) out += fmt::format(" ({:.0f} ms)", check.milliseconds);
    out += '\n';
    for (const std::string& detail : check.details) out += fmt::format("       {}\n", detail);
  }
  return out + (report.ok() ? "proven\n" : "not proven\n");
}

std::string verify_markdown(const live::VerifyReport& report) {
  std::string out = report.ok() ? "**Proven** on a throw-away PostgreSQL:\n" : "**Not proven:**\n";
  for (const live::Check& check : report.checks) {
    out += fmt::format("- {} {}\n", check.skipped ? "–" : check.ok ? "✓" : "✗", check_title(check));
    for (const std::string& detail : check.details) out += fmt::format("  - {}\n", detail);
  }
  return out;
}

std::string status_advice(const live::StatusReport& report) {
  using enum live::MigrationState;
  const auto first = [&](live::MigrationState state) {
    return std::ranges::find(report.migrations, state, &live::MigrationStatus::state)->name;
  };
  if (report.count(failed) > 0) {
    return fmt::format(
        "{} failed half way: mend the database, then run refract migrate resolve --rolled-back {} to let "
        "the next deploy run it again, or --applied {} if all of it is in place.",
        first(failed), first(failed), first(failed));
  }
  if (!report.has_records && !report.empty && !report.migrations.empty()) {
    return "The database has tables but no record of migrations: mark those it already holds with refract migrate "
           "resolve --applied NAME.";
  }
  if (report.count(edited) > 0) {
    return fmt::format(
        "{} was edited after it was applied: restore its migration.sql, and put the change into a new "
        "migration.",
        first(edited));
  }
  if (report.count(missing) > 0) {
    return fmt::format("{} is applied but not in the folder: bring it back from version control.", first(missing));
  }
  const std::size_t waiting = report.count(pending) + report.count(rolled_back);
  if (waiting > 0) return fmt::format("{} to apply: run refract migrate deploy.", counted(waiting, "migration"));
  return {};
}

std::string status_text(const live::StatusReport& report) {
  std::string out = fmt::format("{}: {} known\n", report.database, counted(report.migrations.size(), "migration"));
  for (const live::MigrationStatus& migration : report.migrations) {
    out += fmt::format("  {}  {}\n", migration.name, state_name(migration.state));
    if (migration.state == live::MigrationState::failed && !migration.logs.empty()) {
      out += fmt::format("    began {}; PostgreSQL said: {}\n", migration.started_at, migration.logs);
    }
  }
  const std::string advice = status_advice(report);
  return out + (advice.empty() ? "The database is up to date.\n" : advice + "\n");
}

std::string deploy_text(const live::DeployReport& report) {
  std::string out;
  for (const live::AppliedMigration& migration : report.applied) {
    out += fmt::format("  applied {} ({:.0f} ms)\n", migration.name, migration.milliseconds);
  }
  if (report.failure) {
    const live::DeployFailure& failure = *report.failure;
    out += fmt::format("  failed  {}: {}\n", failure.migration, failure.message);
    out += failure.rolled_back
               ? "Nothing of it stayed: its statements ran in one transaction.\n"
               : "Part of it may have stayed: it manages transactions of its own, so look at the database first.\n";
    out += fmt::format(
        "{} before it {} applied. Mend the cause, run refract migrate resolve --rolled-back {}, then "
        "refract migrate deploy.\n",
        counted(report.applied.size(), "migration"), report.applied.size() == 1 ? "was" : "were", failure.migration);
    return out;
  }
  return out + (report.applied.empty()
                    ? fmt::format("Nothing to apply: {} is up to date.\n", report.database)
                    : fmt::format("{} applied to {}.\n", counted(report.applied.size(), "migration"), report.database));
}

std::string baseline_text(const live::BaselineReport& report) {
  if (!report.differences.empty()) {
    std::string out =
        fmt::format("The {} is not what the migrations lead to; nothing was recorded. It lacks:\n", report.database);
    for (const std::string& sentence : report.differences) out += fmt::format("- {}\n", sentence);
    return out + "Bring both together, or name the last migration that it holds.\n";
  }
  std::string out;
  for (const std::string& name : report.applied) out += fmt::format("  recorded {}\n", name);
  return out + fmt::format("{} recorded as applied to the {}.\n", counted(report.applied.size(), "migration"),
                           report.database);
}

}  // namespace refract::report
