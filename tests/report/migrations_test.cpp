#include "report/migrations.h"

#include <fmt/format.h>

#include <algorithm>

#include "migrate/diff/diff_options.h"
#include "migrate/wanted/schema_catalog.h"
#include "report/lint.h"
#include "report/target.h"
#include "support/catch.h"

using namespace refract;
using protocol::Json;

namespace {

std::shared_ptr<const schema::Snapshot> snapshot_of(std::string_view models) {
  std::string text = "datasource db {\n  provider = \"postgresql\"\n}\n\n";
  text += models;
  return schema::Snapshot::build({{"schema.prisma", syntax::File::parse(text::Document(std::move(text)))}},
                                 {.version = schema::PrismaVersion::v7});
}

// What leads from one schema to another.
migrate::NextMigration between(std::string_view before, std::string_view after) {
  const auto wanted = snapshot_of(after);
  return migrate::next_migration(migrate::catalog_of(*snapshot_of(before)), *wanted, migrate::diff_options(*wanted));
}

migrate::Hazard hazard(migrate::HazardLevel level) {
  return {.code = "drop-column", .level = level, .message = "Column a is dropped, 100%", .safer_way = "Keep it"};
}

operations::LintReport lint_report() {
  operations::LintReport report;
  report.settings = "refract.toml";
  report.migrations.push_back({.name = "1_init",
                               .path = "migrations/1 init/migration.sql",
                               .diagnostics = {{hazard(migrate::HazardLevel::danger), {5, 9, 2}}},
                               .suppressed = {{hazard(migrate::HazardLevel::warning), "planned"}},
                               .problems = {{{0, 4, 0}, "It suppresses nothing.", "Remove it."}}});
  report.migrations.push_back({.name = "(next)", .diagnostics = {{hazard(migrate::HazardLevel::notice), {}}}});
  report.problems.push_back({4, "There is no migration 9.", "Remove the entry."});
  return report;
}

}  // namespace

TEST_CASE("hazards: as text and JSON", "[report]") {
  using enum migrate::HazardLevel;
  CHECK(report::level_name(danger) == "danger");
  CHECK(report::level_name(warning) == "warning");
  CHECK(report::level_name(notice) == "notice");
  CHECK(report::hazards_text({hazard(warning)}) == "warning: Column a is dropped, 100% [drop-column]\n  = Keep it\n");
  const Json json = report::hazards_json({hazard(danger)});
  REQUIRE(json.size() == 1);
  CHECK(json[0] == Json{{"code", "drop-column"},
                        {"level", "danger"},
                        {"message", "Column a is dropped, 100%"},
                        {"saferWay", "Keep it"},
                        {"step", 0}});
  CHECK(report::hazards_text({}).empty());
}

TEST_CASE("summary: each change, its hazards and what may have been meant", "[report]") {
  const migrate::NextMigration next = between("model User {\n  id Int @id\n  fullName String\n  age String\n}\n",
                                              "model User {\n  id Int @id\n  name String\n  age Int\n}\n");
  const std::string text = report::summary_text(next);
  CHECK(text.starts_with("- "));
  CHECK(text.contains("danger: "));
  CHECK(text.contains("possible rename: column User.fullName to name (score "));
  CHECK(text.contains("  = To keep the data, pass --rename User.fullName=name\n"));
  CHECK(text.contains("possible cast: User.age from text to integer by "));
  CHECK(text.contains("  = To keep its values, pass --cast User.age\n"));
  CHECK(report::notices_text(next) ==
        report::renames_text(next.rename_candidates) + report::casts_text(next.cast_candidates));
  const std::size_t lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  const report::DiffTimes times{.from = 1, .to = 2.25, .diff = 0.5};
  CHECK(report::changes_text(next, &times) ==
        fmt::format("{} changes in 3.8 ms (from 1.0, to 2.2, diff 0.5)\n", next.summary.size()));
  CHECK(lines > next.summary.size());
}

TEST_CASE("summary: nothing to do, and the schema that every database has", "[report]") {
  const std::string_view same = "model User {\n  id Int @id\n}\n";
  const migrate::NextMigration nothing = between(same, same);
  CHECK(report::summary_text(nothing) == "The migrations match the schema; there is nothing to migrate.\n");
  CHECK(report::changes_text(nothing, nullptr) == "no changes\n");
  CHECK(report::migration_json(nothing)["empty"] == true);
  CHECK(report::notices_text(nothing).empty());
}

TEST_CASE("migration: as JSON, with its SQL, the way back and what that loses", "[report]") {
  const Json json = report::migration_json(between("", "model User {\n  id Int @id\n}\n"));
  CHECK(json["empty"] == false);
  CHECK(json["steps"].size() == 1);
  CHECK(json["sql"].get<std::string>().contains("CREATE TABLE \"User\""));
  CHECK(json["downSql"].get<std::string>().contains("DROP TABLE"));
  CHECK(json["reversal"].is_string());
  CHECK(json["hazards"].empty());
  CHECK(json["renameCandidates"].empty());
  CHECK(json["migrations"].empty());
  CHECK(json["kept"].empty());
  const Json dropped = report::migration_json(between("model User {\n  id Int @id\n}\n", ""));
  CHECK(dropped["hazards"][0]["code"] == "drop-table");
  CHECK(dropped["reversal"] == "lossy");
  CHECK_FALSE(dropped["losses"].empty());
}

TEST_CASE("kept_text: what no schema can express, and how to drop it", "[report]") {
  CHECK(report::kept_text({{"index brin1 of Profile", "the method brin", "DROP INDEX brin1;"}}) ==
        "kept: index brin1 of Profile is not in the schema and cannot be, because of the method brin\n"
        "  = To drop it: DROP INDEX brin1;\n");
}

TEST_CASE("lint: each hazard at its place, what is suppressed, and a total", "[report]") {
  const operations::LintReport report = lint_report();
  const std::string text = report::lint_text(report);
  CHECK(
      text.starts_with("migrations/1 init/migration.sql:3: danger: Column a is dropped, 100% [drop-column]\n"
                       "  = Keep it\n"
                       "migrations/1 init/migration.sql:1: warning: It suppresses nothing.\n  = Remove it.\n"
                       "(next): notice: "));
  CHECK(text.contains("refract.toml:4: warning: There is no migration 9.\n  = Remove the entry.\n"));
  CHECK(text.contains("1 hazard suppressed\n"));
  CHECK(report::lint_total(report) == "2 hazards in 2 migrations");
  CHECK(report::lint_total({}) == "no hazards in 0 migrations");
}

TEST_CASE("lint: for programs, with lines and columns from 0", "[report]") {
  const Json json = report::lint_json(lint_report());
  const Json& first = json["migrations"][0];
  CHECK(first["hazards"][0]["line"] == 2);
  CHECK(first["hazards"][0]["start"] == 5);
  CHECK(first["suppressed"][0]["reason"] == "planned");
  CHECK(first["problems"][0]["line"] == 0);
  CHECK(json["problems"][0]["line"] == 3);
}

TEST_CASE("lint: for GitHub and as SARIF, escaped", "[report]") {
  const std::string commands = report::lint_github(lint_report());
  CHECK(
      commands.starts_with("::error file=migrations/1 init/migration.sql,line=3,title=drop-column::Column a is "
                           "dropped, 100%25%0AKeep it\n"));
  CHECK(commands.contains("::notice title=drop-column::"));
  CHECK(commands.contains("::warning file=refract.toml,line=4::"));
  const Json sarif = report::lint_sarif(lint_report(), "1.2.3");
  const Json& run = sarif["runs"][0];
  CHECK(run["tool"]["driver"]["version"] == "1.2.3");
  REQUIRE(run["results"].size() == 2);
  CHECK(run["results"][0]["level"] == "error");
  const Json& place = run["results"][0]["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "migrations/1%20init/migration.sql");
  CHECK(place["region"]["startLine"] == 3);
  CHECK(run["results"][1]["level"] == "note");
  CHECK_FALSE(run["results"][1].contains("locations"));
}

TEST_CASE("verify: each check with its result, as text and Markdown", "[report]") {
  live::VerifyReport verified{.server_milliseconds = 250, .server_version = 150004};
  verified.checks = {{.kind = live::CheckKind::candidate, .subject = "2_posts", .milliseconds = 3},
                     {.kind = live::CheckKind::down, .skipped = true}};
  CHECK(report::verify_text(verified) ==
        "PostgreSQL 15 started\n  ok  2_posts runs\n  -   there is no down.sql\nverified\n");
  CHECK(report::verify_text(verified, true) ==
        "PostgreSQL 15 started in 250 ms\n  ok  2_posts runs (3 ms)\n  -   there is no down.sql\nverified\n");
  CHECK(report::verify_markdown(verified) ==
        "**Verified** on a PostgreSQL server:\n- ✓ 2_posts runs\n- – there is no down.sql\n");
  verified.checks.push_back({.kind = live::CheckKind::schema, .ok = false, .details = {"Column x is missing."}});
  CHECK(report::verify_text(verified).ends_with(
      "FAIL  the result differs from the schema\n       Column x is missing.\nnot verified\n"));
  CHECK(report::verify_markdown(verified).starts_with("**Not verified:**\n"));
  CHECK(report::verify_markdown(verified).ends_with(
      "- ✗ the result differs from the schema\n  - Column x is missing.\n"));
}

TEST_CASE("reset: what goes, and why it may be refused", "[report]") {
  live::ResetPlan plan{.label = "database \"app\"", .database = "app", .schemas = {"public", "other"}};
  CHECK(report::reset_text(plan) == "The database \"app\" has nothing to drop in \"public\", \"other\".\n");
  CHECK(report::reset_refusal(plan).empty());
  plan.objects = {{"table", "public.users", 1}, {"table", "public.posts", 200'000}, {"view", "public.all", {}}};
  plan.extensions = {"citext"};
  plan.also_affected = {"publication member public.users"};
  CHECK(report::reset_text(plan) ==
        "A reset of the database \"app\" drops, in \"public\", \"other\":\n"
        "  table public.users (1 row)\n  table public.posts (about 200000 rows)\n  view public.all\n"
        "  extension citext\n  also affected: publication member public.users\n");
  plan.not_owned = {"table public.posts"};
  CHECK(report::reset_text(plan).ends_with("blocked: The role owns neither the table public.posts nor its schema.\n"));
  CHECK(report::reset_refusal(plan).starts_with("The role may not drop 1 object "));
  plan.blockers = {"The view x.y depends on the table public.users.", "The view x.z depends on it."};
  CHECK(report::reset_refusal(plan).starts_with("2 objects outside the schemas to be emptied depend on "));
}

TEST_CASE("target: the schema, version, migrations and database of a command, without secrets", "[report]") {
  workspace::LoadedSchema loaded{.snapshot = snapshot_of(""), .version_reason = "as requested"};
  loaded.project.files = {"/home/ada/app/prisma/schema.prisma"};
  loaded.project.migrations = "/home/ada/app/prisma/migrations";
  CHECK(report::project_line(loaded, "/home/ada/app") ==
        "using schema prisma/schema.prisma (Prisma 7, as requested), migrations prisma/migrations\n");
  // A path that leads up and down again reads worse than the whole one.
  CHECK(
      report::project_line(loaded, "/home/ada/other").contains("schema /home/ada/app/prisma/schema.prisma (Prisma 7"));
  loaded.project.files = {"/home/ada/app/prisma/a/x.prisma", "/home/ada/app/prisma/b/y.prisma"};
  CHECK(report::project_line(loaded, "/home/ada/app").starts_with("using schema prisma (2 files) ("));

  auto database = live::ConnectionString::parse("postgresql://u:secret@localhost/app?schema=tenant");
  REQUIRE(database);
  const std::string lines = report::target_lines({std::move(*database), "--url"});
  CHECK(lines.starts_with("using database \"app\" at localhost"));
  CHECK(lines.contains("schema \"tenant\" (from --url)\n"));
  CHECK_FALSE(lines.contains("secret"));
}
