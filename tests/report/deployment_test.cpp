#include "report/deployment.h"

#include "support/catch.h"

using namespace refract;
using live::MigrationState;

namespace {

live::ScriptFailure failure(std::size_t statement, std::size_t done) {
  return {.error = {ErrorCode::database_failed, "relation \"x\" does not exist"},
          .place = migrate::ScriptPlace{3, 8},
          .statement = statement,
          .done = done};
}

live::DeployReport deployed(std::vector<std::string> names) {
  live::DeployReport report{.database = "database \"app\" at localhost"};
  for (std::string& name : names) report.applied.push_back({std::move(name), 12.4});
  return report;
}

live::DeployFailure failed(const live::ScriptFailure& why, bool rolled_back = true, bool recorded = true) {
  return {"2_posts", "migrations/2_posts/migration.sql", why, rolled_back, recorded};
}

operations::ProjectStatus status_with(MigrationState state) {
  operations::ProjectStatus status;
  status.record.database = "database \"app\"";
  status.record.has_records = true;
  status.record.empty = false;
  status.record.migrations.push_back({.name = "1_users", .state = state});
  return status;
}

}  // namespace

TEST_CASE("deploy_text: what was applied, or that nothing was to do", "[report]") {
  CHECK(report::deploy_text(deployed({"1_users", "2_posts"})) ==
        "  applied 1_users\n  applied 2_posts\n2 migrations applied to database \"app\" at localhost.\n");
  CHECK(report::deploy_text(deployed({"1_users"}), true).starts_with("  applied 1_users (12 ms)\n"));
  CHECK(report::deploy_text(deployed({})) == "Nothing to apply: database \"app\" at localhost is up to date.\n");
  live::DeployReport late = deployed({"1_users"});
  late.out_of_order.push_back({"1_users", "2_posts", true});
  CHECK(report::deploy_text(late).starts_with("Out of order: 1_users would be applied after 2_posts.\n"));
}

TEST_CASE("deploy_text: a failure names what was applied before it and what stayed", "[report]") {
  live::DeployReport report = deployed({"1_users"});
  report.failure = failed(failure(1, 0));
  CHECK(report::deploy_text(report) ==
        "  applied 1_users\n"
        "  failed  2_posts: relation \"x\" does not exist\n"
        "    migrations/2_posts/migration.sql:3:8\n"
        "1 migration was applied before it. None of its changes remain in the database, and it is recorded as rolled "
        "back: correct the cause, then run refract migrate deploy again.\n");
  report.applied.clear();
  report.failure = failed(failure(1, 0), true, false);
  CHECK(report::deploy_text(report).contains(
      "No migration was applied before it. None of its changes remain in the database: correct the cause"));

  live::ScriptFailure part = failure(3, 2);
  part.left.emplace_back("the invalid index by_id");
  report.failure = failed(part, false);
  const std::string text = report::deploy_text(report);
  CHECK(text.contains("    left behind: the invalid index by_id\n"));
  CHECK(text.ends_with("Its first 2 statements took effect; run refract migrate status to see what to do next.\n"));
  part.taken_back = 1;
  report.failure = failed(part, false);
  CHECK(report::deploy_text(report).contains("1 of its first 2 statements took effect"));
  part = failure(1, 0);
  part.certain = false;
  report.failure = failed(part, false);
  CHECK(report::deploy_text(report).contains("Part of it may have taken effect"));
}

TEST_CASE("deploy_text: a run that ended early says what was applied by then", "[report]") {
  live::DeployReport report = deployed({"1_users"});
  report.ended = Error{ErrorCode::cancelled, "The deployment was stopped between two migrations."};
  CHECK(report::deploy_text(report) ==
        "  applied 1_users\n1 migration applied to database \"app\" at localhost before the deployment "
        "ended.\n");
}

TEST_CASE("reset_done_text: the deployment, or that all was dropped and nothing applied", "[report]") {
  operations::ResetReport report{.deployed = deployed({"1_users"})};
  CHECK(report::reset_done_text(report) == report::deploy_text(report.deployed));
  report = {.deploy_error = Error{ErrorCode::conflict, "no"}};
  CHECK(report::reset_done_text(report) == "Everything listed above was dropped, and no migration was applied.\n");
}

TEST_CASE("rollback_text: undone, refused for its losses, or a dry run", "[report]") {
  live::RollbackReport report{.migration = "2_posts", .sql = "DROP TABLE posts;"};
  CHECK(report::rollback_text(report, true) ==
        "2_posts would be undone by:\nDROP TABLE posts;\nNothing would be lost.\n");
  report.losses.emplace_back("1 row of posts");
  CHECK(report::rollback_text(report, true).ends_with("Undoing it requires --accept-data-loss.\n"));
  CHECK(report::rollback_text(report, false) ==
        "  lost: 1 row of posts\n2_posts was not undone, because the data listed above would be lost. To undo it "
        "anyway, run refract migrate rollback 2_posts --accept-data-loss.\n");
  report.undone = true;
  CHECK(report::rollback_text(report, false).starts_with("  lost: 1 row of posts\n  undone  2_posts\n"));
  CHECK(report::rollback_text(report, false, true).contains("  undone  2_posts (0 ms)\n"));
}

TEST_CASE("rollback_failure: where down.sql failed, and what of it stayed", "[report]") {
  const auto text = [](const live::ScriptFailure& why) {
    return report::rollback_failure({.migration = "2_posts", .failure = why});
  };
  const std::string begin = "2_posts/down.sql failed at line 3, column 8: relation \"x\" does not exist; ";
  CHECK(text(failure(1, 0)) == begin + "nothing was changed.");
  CHECK(text(failure(2, 1)) == begin + "its first 1 statement took effect.");
  CHECK(text(failure(4, 3)) == begin + "its first 3 statements took effect.");
  live::ScriptFailure why = failure(7, 6);
  why.taken_back = 1;
  CHECK(text(why) == begin + "of its first 6 statements 5 took effect.");
  why = failure(1, 0);
  why.certain = false;
  CHECK(text(why) == begin + "part of it may have taken effect.");
}

TEST_CASE("baseline_text: recorded, or what differs", "[report]") {
  live::BaselineReport report{
      .database = "database \"app\"", .applied = {"1_users"}, .accepted = {"Table x is there."}};
  CHECK(report::baseline_text(report) ==
        "  accepted: Table x is there.\n  recorded 1_users\n1 migration recorded as applied to database \"app\".\n");
  report = {.database = "database \"app\"", .differences = {"Table y is missing."}};
  CHECK(report::baseline_text(report).starts_with(
      "The database \"app\" differs from what the migrations create; nothing was recorded.\n- Table y is missing.\n"));
}

TEST_CASE("status: one sentence says what to do next, the most urgent first", "[report]") {
  const auto advice = [](const operations::ProjectStatus& status) { return report::status_advice(status); };
  CHECK(advice(status_with(MigrationState::applied)).empty());
  CHECK(advice(status_with(MigrationState::pending)) == "1 migration to apply: run refract migrate deploy.");
  CHECK(advice(status_with(MigrationState::edited)).starts_with("1_users was edited after it was applied"));
  CHECK(advice(status_with(MigrationState::missing)).starts_with("1_users is applied but not in the folder"));

  operations::ProjectStatus status = status_with(MigrationState::failed);
  CHECK(advice(status).contains("refract migrate resolve --applied 1_users"));
  status.record.migrations[0].progress = live::Progress{.done = 1, .of = 2};
  CHECK(advice(status).contains("undo the statements that took effect"));
  status.record.migrations[0].resumable = true;
  CHECK(advice(status).contains("refract migrate deploy --resume"));
  status.record.running_by = live::LockHolder{"4711", ""};
  CHECK(advice(status).starts_with("Wait for the process that holds the migration lock"));

  status = status_with(MigrationState::pending);
  status.record.has_records = false;
  CHECK(advice(status).contains("refract migrate baseline"));
  status = status_with(MigrationState::applied);
  status.unwritten = {"Create table Post", "Drop table Old"};
  CHECK(advice(status) == "2 schema changes without a migration: run refract migrate new NAME.");
  status.drift = {"Column x was added."};
  CHECK(advice(status).starts_with("The database was changed outside its migrations."));
}

TEST_CASE("status_text: each migration with its state, and what else is known", "[report]") {
  operations::ProjectStatus status = status_with(MigrationState::applied);
  status.record.migrations[0].only_recorded = true;
  status.record.migrations.push_back({.name = "2_posts",
                                      .state = MigrationState::failed,
                                      .started_at = "2026-01-01 10:00",
                                      .logs = "relation \"x\"\ndoes not exist",
                                      .progress = live::Progress{.done = 1, .of = 3}});
  status.record.migrations[1].effective.push_back({1, {1, 1}, "CREATE TABLE posts"});
  status.record.out_of_order.push_back({"1_users", "2_posts", false});
  status.structure_unknown = "2_posts was edited";
  status.drift = {"Column x was added."};
  status.unwritten = {"Create table Post"};
  const std::string text = report::status_text(status);
  CHECK(
      text.starts_with("database \"app\": 2 migrations\n"
                       "  1_users  applied (marked as applied, not run)\n"
                       "  2_posts  failed\n"
                       "    began 2026-01-01 10:00\n"
                       "    relation \"x\"\n    does not exist\n"
                       "    1 of 3 statements took effect\n"
                       "      statement 1 (line 1, column 1): CREATE TABLE posts\n"
                       "Out of order: 1_users was applied after 2_posts.\n"));
  CHECK(text.contains("differs from what its applied migrations create:\n- Column x was added.\n"));
  CHECK(text.contains("Drift cannot be determined: 2_posts was edited.\n"));
  CHECK(text.contains("Schema changes without a migration:\n- Create table Post\n"));
  CHECK(report::status_text(status_with(MigrationState::applied)).ends_with("The database is up to date.\n"));
}
