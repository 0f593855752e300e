#include "live/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "live/applied.h"
#include "live/introspect.h"
#include "live/records.h"
#include "live/script_run.h"
#include "live/trigger_rows.h"
#include "migrate/diff/describe.h"
#include "migrate/diff/display_name.h"
#include "migrate/hazards/hazards.h"
#include "migrate/wanted/schema_catalog.h"

namespace refract::live {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// What would have to change to get from one structure to the other, in words; empty when nothing would.
std::vector<std::string> differences(const catalog::Catalog& from, const catalog::Catalog& to,
                                     const migrate::DiffOptions& options) {
  std::vector<std::string> sentences;
  for (const catalog::Step& step : migrate::plan(from, to, options).steps()) {
    sentences.push_back(migrate::describe(step.change));
  }
  return sentences;
}

std::vector<std::string> invalid_objects(const catalog::Catalog& catalog) {
  std::vector<std::string> found;
  for (const auto& [name, table] : catalog.tables) {
    for (const catalog::ForeignKey& key : table.foreign_keys) {
      if (!key.valid) found.push_back(fmt::format("The foreign key {} of {} is not validated.", key.name, name.name));
    }
    for (const catalog::Index& index : table.indexes) {
      if (!index.valid)
        found.push_back(fmt::format("The index {} of {} is invalid; rebuild it.", index.name, name.name));
    }
  }
  return found;
}

constexpr const char* kPreparation =
    "; create what the migrations rely on in migrations.initShadowDb of prisma.config, or use a server that has it: "
    "--server URL";

// Whether a statement failed for want of what migrations rarely make: a role, a schema of another program, an extension
// that is not installed. The messages of the temporary server are in English; another server's may not be, and then the
// hint is missing.
bool is_outside(std::string_view reason) {
  return ((reason.starts_with("role \"") || reason.starts_with("schema \"")) && reason.contains("does not exist")) ||
         (reason.starts_with("extension \"") && reason.contains("is not available"));
}

// One verification: the session it works in and the report it fills.
class Verification {
 public:
  // `schema`: the database schema that the migrations know as "public".
  Verification(Session session, std::string schema, const migrate::DiffOptions& options, const VerifyProgress& progress)
      : session_(std::move(session)),
        schema_(std::move(schema)),
        options_(options),
        everything_(options),
        progress_(progress) {
    everything_.managed = {};
  }

  // Enters the schema as deploy does. Errors: those of a query.
  Result<void> enter_schema() { return live::enter_schema(session_, schema_); }

  // Each returns whether it makes sense to go on.
  bool prepare(const std::string& sql, std::stop_token stop) {
    if (sql.empty()) return true;
    begin("preparing the database");
    std::vector<std::string> details;
    if (auto failure = run(sql, stop)) details.push_back(std::move(*failure));
    // What it made is not the project's, and the offline replay may know less of it than the server.
    if (!finish(CheckKind::preparation, "", std::move(details)) || !read(CheckKind::preparation)) return false;
    prepared_ = std::move(present_);
    return true;
  }

  bool replay(const migrate::History& history, std::stop_token stop) {
    begin("replaying the migrations");
    // Migrations may name it: deploy creates it before the first one runs.
    if (auto created = create_records(session_, schema_); !created)
      return finish(CheckKind::replay, "", {created.error().message});
    for (const migrate::Migration& migration : history.migrations) {
      if (stop.stop_requested()) return false;
      if (auto failure = run(migration.sql, stop)) {
        return finish(CheckKind::replay, migration.name, {std::move(*failure)});
      }
    }
    const std::size_t count = history.migrations.size();
    return finish(CheckKind::replay, fmt::format("{} migration{}", count, count == 1 ? "" : "s"), {});
  }

  // False only where the database cannot be read: differences do not end the verification, several can be reported at
  // once.
  bool compare_offline(const migrate::History& history) {
    begin("comparing with the offline replay");
    if (!read(CheckKind::offline)) return false;
    const bool opaque = std::ranges::any_of(history.issues, [](const auto& issue) { return !issue.error; });
    if (opaque) {
      // What a DO block did is known only now: a difference is expected, and the verification continues from the real
      // state.
      skip(CheckKind::offline, "The effect of some statements is known only when they run.");
    } else {
      catalog::Catalog replayed = *history.catalog;
      leave_out_prepared(replayed);
      finish(CheckKind::offline, "", differences(replayed, present_, everything_));
    }
    return true;
  }

  bool run_candidate(const Candidate& candidate, std::stop_token stop) {
    before_ = present_;
    begin("running the new migration");
    std::vector<std::string> details;
    if (auto failure = run(candidate.sql, stop)) details.push_back(std::move(*failure));
    return finish(CheckKind::candidate, candidate.name, std::move(details)) && read(CheckKind::candidate);
  }

  bool compare_schema(const schema::Snapshot& schema) {
    begin("comparing with the schema");
    return finish(CheckKind::schema, "", differences(present_, migrate::catalog_of(schema), options_));
  }

  bool check_constraints() {
    begin("checking foreign keys and indexes");
    return finish(CheckKind::constraints, "", invalid_objects(present_));
  }

  // PostgreSQL checks the function of a trigger only when a row is written.
  void try_triggers(const Candidate& candidate) {
    const catalog::ParsedSql parsed = catalog::parse_sql(candidate.sql);
    const auto tables = touched_tables_with_triggers(parsed.steps, present_);
    if (tables.empty()) return;
    begin("writing a row to each table with triggers");
    std::vector<std::string> failures;
    std::vector<std::string> not_tried;
    for (const TriedTable& tried : live::try_triggers(session_, present_, tables)) {
      if (tried.failure) failures.push_back(fmt::format("{}: {}.", migrate::display_name(tried.table), *tried.failure));
      if (tried.not_tried) {
        not_tried.push_back(
            fmt::format("Table {} was not tested: {}.", migrate::display_name(tried.table), *tried.not_tried));
      }
    }
    if (not_tried.size() < tables.size()) finish(CheckKind::triggers, "", std::move(failures));
    if (!not_tried.empty()) checks_.push_back({CheckKind::triggers, true, true, "", std::move(not_tried), 0});
  }

  bool run_down(const Candidate& candidate, std::stop_token stop) {
    if (!candidate.down_sql) return skip(CheckKind::down, fmt::format("{} has no down.sql.", candidate.name));
    begin("running down.sql");
    std::vector<std::string> details;
    // A rollback runs in a separate session.
    if (auto entered = enter_schema(); !entered) {
      details.push_back(entered.error().message);
    } else if (auto failure = run(*candidate.down_sql, stop))
      details.push_back(std::move(*failure));
    if (!finish(CheckKind::down, candidate.name, std::move(details)) || !read(CheckKind::down)) return false;
    begin("comparing with the previous structure");
    return finish(CheckKind::restored, candidate.name, differences(present_, before_, everything_));
  }

  std::vector<Check> take_checks() { return std::move(checks_); }

 private:
  void begin(const std::string& what) {
    if (progress_) progress_(what);
    begun_ = Clock::now();
  }

  bool finish(CheckKind kind, std::string subject, std::vector<std::string> details) {
    const bool ok = details.empty();
    checks_.push_back({kind, ok, false, std::move(subject), std::move(details), milliseconds_since(begun_)});
    return ok;
  }

  bool skip(CheckKind kind, std::string why) {
    checks_.push_back({kind, true, true, "", {std::move(why)}, 0});
    return true;
  }

  // Runs a script as deploy does, in the session as the one before left it; what is wrong with it, if anything.
  std::optional<std::string> run(std::string_view sql, std::stop_token stop) {
    if (const std::size_t nul = sql.find('\0'); nul != std::string_view::npos) {
      const migrate::ScriptPlace place = migrate::place_of(sql, nul);
      return fmt::format("line {}, column {}: SQL must not contain a NUL byte", place.line, place.column);
    }
    const auto failure = run_script(session_, migrate::read_script(sql), {}, std::move(stop));
    if (!failure) return std::nullopt;
    return failure->message() + (is_outside(failure->error.message) ? kPreparation : "");
  }

  // Reads the structure that the check of this kind looks at.
  bool read(CheckKind kind) {
    auto catalog = introspect(session_, schema_);
    if (!catalog) {
      checks_.push_back({kind, false, false, "", {"The structure cannot be read: " + catalog.error().message}, 0});
      return false;
    }
    present_ = std::move(*catalog);
    leave_out_prepared(present_);
    return true;
  }

  void leave_out_prepared(catalog::Catalog& catalog) const {
    const auto erase = [](auto& objects, const auto& known) {
      for (const auto& [name, object] : known) objects.erase(name);
    };
    erase(catalog.tables, prepared_.tables);
    erase(catalog.enums, prepared_.enums);
    erase(catalog.extensions, prepared_.extensions);
    std::erase_if(catalog.schemas, [&](const std::string& schema) {
      return schema != "public" && std::ranges::find(prepared_.schemas, schema) != prepared_.schemas.end();
    });
  }

  Session session_;
  std::string schema_;
  migrate::DiffOptions options_;
  migrate::DiffOptions everything_;  // what the database holds besides the project counts too
  const VerifyProgress& progress_;
  std::vector<Check> checks_;
  catalog::Catalog present_;
  catalog::Catalog before_;
  catalog::Catalog prepared_;  // what the preparation made
  Clock::time_point begun_;
};

}  // namespace

bool VerifyReport::ok() const {
  return std::ranges::all_of(checks, &Check::ok);
}

Result<VerifyReport> verify(const migrate::History& history, const std::optional<Candidate>& candidate,
                            const schema::Snapshot& schema, const migrate::DiffOptions& options,
                            const VerifyProgress& progress, std::stop_token stop, const VerifyPlace& place) {
  if (progress) progress(place.server ? "creating a database" : "starting a temporary PostgreSQL server");
  const auto begin = Clock::now();
  auto database = VerifyDatabase::make(place, stop);
  if (!database) return fail(database.error());
  auto session = Session::open(database->connection());
  if (!session) return fail(session.error());

  VerifyReport report;
  report.server_milliseconds = milliseconds_since(begin);
  report.server_version = session->server_version();
  const std::string& own_schema = history.base.own_schema;
  Verification verification(std::move(*session), own_schema.empty() ? "public" : own_schema, options, progress);
  if (auto entered = verification.enter_schema(); !entered) return fail(entered.error());
  // SQL that does not run and a structure that cannot be read end the verification; differences do not.
  const bool replayed = verification.prepare(place.preparation, stop) && verification.replay(history, stop) &&
                        verification.compare_offline(history);
  if (replayed && (!candidate || verification.run_candidate(*candidate, stop))) {
    verification.compare_schema(schema);
    verification.check_constraints();
    if (candidate) verification.try_triggers(*candidate);
    if (candidate) verification.run_down(*candidate, stop);
  }
  if (stop.stop_requested()) return fail(ErrorCode::cancelled, "The verification was stopped.");
  report.checks = verification.take_checks();
  return report;
}

}  // namespace refract::live
