#include "report/deployment.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace refract::report {
namespace {

using live::MigrationState;
using live::MigrationStatus;

std::string_view state_name(MigrationState state) {
  switch (state) {
    case MigrationState::applied:
      return "applied";
    case MigrationState::pending:
      return "pending";
    case MigrationState::running:
      return "running";
    case MigrationState::failed:
      return "failed";
    case MigrationState::rolled_back:
      return "rolled back";
    case MigrationState::edited:
      return "edited after it was applied";
    case MigrationState::missing:
      return "applied, but not in the folder";
  }
  return "pending";
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

// " (12 ms)"; empty where no timing is asked for.
std::string time_text(double milliseconds, bool timing) {
  return timing ? fmt::format(" ({:.0f} ms)", milliseconds) : std::string();
}

// The lines of a message, each indented.
std::string indented_log(std::string_view text) {
  std::string out = "    ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "    ";
  }
  return out + "\n";
}

std::string place_text(const live::StatementPlace& statement) {
  return fmt::format("statement {} (line {}, column {}): {}", statement.number, statement.place.line,
                     statement.place.column, statement.text);
}

// What is known of a migration that did not finish.
std::string failure_text(const MigrationStatus& migration) {
  std::string out = fmt::format("    began {}\n", migration.started_at);
  if (!migration.logs.empty()) out += indented_log(migration.logs);
  if (migration.progress) {
    const live::Progress& progress = *migration.progress;
    // The list omits statements that the migration itself rolled back. If migration.sql has changed since, no statement
    // can be listed.
    const std::size_t effective = migration.effective.empty() ? progress.done : migration.effective.size();
    out += fmt::format("    {} of {} took effect\n", effective, counted(progress.of, "statement"));
    for (const live::StatementPlace& statement : migration.effective)
      out += fmt::format("      {}\n", place_text(statement));
    if (migration.uncertain)
      out += fmt::format("    unknown whether this took effect: {}\n", place_text(*migration.uncertain));
  }
  return out;
}

std::string failed_advice(const MigrationStatus& migration) {
  const std::string& name = migration.name;
  if (!migration.progress) {
    return fmt::format(
        "{} did not finish, and the statements that took effect are not recorded. Compare the database with its "
        "migration.sql; then run refract migrate resolve --applied {} if the database has all of its changes, or "
        "--rolled-back {} if it has none.",
        name, name, name);
  }
  if (migration.resumable) {
    return fmt::format(
        "{} did not finish: correct the cause, then run refract migrate deploy --resume, which continues after the "
        "statements that took effect.",
        name);
  }
  return fmt::format(
      "{} did not finish. Complete its changes by hand and run refract migrate resolve --applied {}, or undo the "
      "statements that took effect and run refract migrate resolve --rolled-back {}.",
      name, name, name);
}

std::string order_text(const live::OutOfOrder& one) {
  return one.pending ? fmt::format("Out of order: {} would be applied after {}.\n", one.migration, one.after)
                     : fmt::format("Out of order: {} was applied after {}.\n", one.migration, one.after);
}

}  // namespace

std::string status_advice(const operations::ProjectStatus& status) {
  using enum MigrationState;
  const live::StatusReport& report = status.record;
  const auto first = [&](MigrationState state) -> const MigrationStatus& {
    return *std::ranges::find(report.migrations, state, &MigrationStatus::state);
  };
  const std::size_t open = report.count(pending) + report.count(rolled_back) + report.count(failed);
  if (report.running_by && open + report.count(running) > 0)
    return "Wait for the process that holds the migration lock to end, then run refract migrate status again.";
  if (report.count(failed) > 0) return failed_advice(first(failed));
  if (!report.has_records && !report.empty && !report.migrations.empty()) {
    return "The database has tables but no record of migrations. If it already has the structure that the migrations "
           "create, record them with refract migrate baseline.";
  }
  if (report.count(edited) > 0) {
    return fmt::format(
        "{} was edited after it was applied: restore its migration.sql, and put the change into a new migration.",
        first(edited).name);
  }
  if (report.count(missing) > 0) {
    return fmt::format("{} is applied but not in the folder: restore it from version control.", first(missing).name);
  }
  if (!status.drift.empty()) {
    return "The database was changed outside its migrations. Undo that change, or bring it into the schema with "
           "refract migrate pull, write a migration for it, and mark this migration as applied with refract migrate "
           "resolve --applied.";
  }
  if (open > 0) return fmt::format("{} to apply: run refract migrate deploy.", counted(open, "migration"));
  if (!status.unwritten.empty())
    return fmt::format("{} without a migration: run refract migrate new NAME.",
                       counted(status.unwritten.size(), "schema change"));
  return {};
}

std::string status_text(const operations::ProjectStatus& status) {
  const live::StatusReport& report = status.record;
  std::string out = fmt::format("{}: {}\n", report.database, counted(report.migrations.size(), "migration"));
  for (const MigrationStatus& migration : report.migrations) {
    out += fmt::format("  {}  {}{}\n", migration.name, state_name(migration.state),
                       migration.only_recorded ? " (marked as applied, not run)" : "");
    if (migration.state == MigrationState::failed) out += failure_text(migration);
    if (migration.state == MigrationState::rolled_back && !migration.logs.empty()) {
      out += "    its last run failed and was rolled back:\n";
      out += indented_log(migration.logs);
    }
  }
  if (report.running_by) out += fmt::format("The migration lock is held by {}.\n", report.running_by->display_name());
  for (const live::OutOfOrder& one : report.out_of_order) out += order_text(one);
  if (!status.drift.empty()) {
    out += "The structure of the database differs from what its applied migrations create:\n";
    for (const std::string& sentence : status.drift) out += fmt::format("- {}\n", sentence);
  }
  if (!status.structure_unknown.empty())
    out += fmt::format("Drift cannot be determined: {}.\n", status.structure_unknown);
  if (!status.unwritten.empty()) {
    out += "Schema changes without a migration:\n";
    for (const std::string& sentence : status.unwritten) out += fmt::format("- {}\n", sentence);
  }
  const std::string advice = status_advice(status);
  return out + (advice.empty() ? "The database is up to date.\n" : advice + "\n");
}

std::string deploy_text(const live::DeployReport& report, bool timing) {
  std::string out;
  for (const live::OutOfOrder& one : report.out_of_order) out += order_text(one);
  for (const live::AppliedMigration& migration : report.applied) {
    out += fmt::format("  applied {}{}\n", migration.name, time_text(migration.milliseconds, timing));
  }
  if (report.failure) {
    const live::DeployFailure& failure = *report.failure;
    const live::ScriptFailure& why = failure.why;
    out += fmt::format("  failed  {}: {}\n", failure.migration, why.error.message);
    if (why.place) out += fmt::format("    {}:{}:{}\n", failure.path, why.place->line, why.place->column);
    for (const std::string& what : why.left) out += fmt::format("    left behind: {}\n", what);
    out += report.applied.empty()
               ? "No migration was applied before it. "
               : fmt::format("{} {} applied before it. ", counted(report.applied.size(), "migration"),
                             report.applied.size() == 1 ? "was" : "were");
    if (failure.rolled_back) {
      return out + fmt::format(
                       "None of its changes remain in the database{}: correct the cause, then run refract "
                       "migrate deploy again.\n",
                       failure.recorded ? ", and it is recorded as rolled back" : "");
    }
    return out + fmt::format("{}; run refract migrate status to see what to do next.\n",
                             why.done == 0 && !why.certain ? "Part of it may have taken effect"
                             : why.done == 0               ? "None of its statements took effect"
                             : why.taken_back > 0
                                 ? fmt::format("{} of its first {} took effect", why.done - why.taken_back,
                                               counted(why.done, "statement"))
                                 : fmt::format("Its first {} took effect", counted(why.done, "statement")));
  }
  if (report.ended) {
    return out + fmt::format("{} applied to {} before the deployment ended.\n",
                             counted(report.applied.size(), "migration"), report.database);
  }
  return out + (report.applied.empty()
                    ? fmt::format("Nothing to apply: {} is up to date.\n", report.database)
                    : fmt::format("{} applied to {}.\n", counted(report.applied.size(), "migration"), report.database));
}

std::string baseline_text(const live::BaselineReport& report) {
  std::string out;
  for (const std::string& sentence : report.accepted) out += fmt::format("  accepted: {}\n", sentence);
  if (!report.differences.empty()) {
    out += fmt::format("The {} differs from what the migrations create; nothing was recorded.\n", report.database);
    for (const std::string& sentence : report.differences) out += fmt::format("- {}\n", sentence);
    return out +
           "Remove the differences, name the last migration that the database has, or accept a difference with "
           "--except NAME.\n";
  }
  for (const std::string& name : report.applied) out += fmt::format("  recorded {}\n", name);
  return out +
         fmt::format("{} recorded as applied to {}.\n", counted(report.applied.size(), "migration"), report.database);
}

std::string rollback_failure(const live::RollbackReport& report) {
  const live::ScriptFailure& failure = *report.failure;
  const std::string what =
      failure.left_nothing() ? "nothing was changed"
      : failure.taken_back > 0
          ? fmt::format("of its first {} statements {} took effect", failure.done, failure.done - failure.taken_back)
      : failure.done > 0
          ? fmt::format("its first {} statement{} took effect", failure.done, failure.done == 1 ? "" : "s")
          : "part of it may have taken effect";
  return fmt::format("{}/down.sql failed at {}; {}.", report.migration, failure.message(), what);
}

std::string reset_done_text(const operations::ResetReport& report) {
  if (report.deploy_error) return "Everything listed above was dropped, and no migration was applied.\n";
  return deploy_text(report.deployed);
}

std::string rollback_text(const live::RollbackReport& report, bool dry_run, bool timing) {
  std::string out;
  for (const std::string& sentence : report.losses) out += fmt::format("  lost: {}\n", sentence);
  if (report.undone) {
    return out +
           fmt::format(
               "  undone  {}{}\n"
               "It is recorded as rolled back, so the next refract migrate deploy or prisma migrate deploy applies it "
               "again. Keep its folder as it is, or replace it by another migration. Prisma 7 accepts both; prisma "
               "migrate dev of Prisma 6 and earlier asks to reset the database if the folder is missing or its "
               "migration.sql was edited.\n",
               report.migration, time_text(report.milliseconds, timing));
  }
  if (dry_run) {
    return out +
           fmt::format("{} would be undone by:\n{}{}", report.migration, report.sql,
                       report.sql.ends_with('\n') ? "" : "\n") +
           (report.losses.empty() ? "Nothing would be lost.\n" : "Undoing it requires --accept-data-loss.\n");
  }
  return out + fmt::format(
                   "{} was not undone, because the data listed above would be lost. To undo it anyway, run refract "
                   "migrate rollback {} --accept-data-loss.\n",
                   report.migration, report.migration);
}

}  // namespace refract::report
