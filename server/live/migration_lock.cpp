#include "live/migration_lock.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <thread>

#include "platform/environment.h"

namespace refract::live {
namespace {

using Clock = std::chrono::steady_clock;

// The number is Prisma's (schema-engine, PostgreSQL flavour). pg_locks shows a bigint key as two halves.
constexpr std::string_view kTry = "SELECT pg_catalog.pg_try_advisory_lock(72707369)";
constexpr std::string_view kRelease = "SELECT pg_catalog.pg_advisory_unlock(72707369)";
constexpr std::string_view kHeld =
    "SELECT pg_catalog.count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND classid = 0 AND "
    "objid = 72707369 AND objsubid = 1 AND granted AND pid = pg_catalog.pg_backend_pid()";
constexpr std::string_view kHolder =
    "SELECT l.pid, coalesce(a.application_name, '') FROM pg_catalog.pg_locks l "
    "LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
    "JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database() "
    "WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = 72707369 AND l.objsubid = 1 AND l.granted AND "
    "l.pid <> pg_catalog.pg_backend_pid() LIMIT 1";
constexpr std::chrono::milliseconds kPause{100};

bool is_disabled() {
  const auto value = platform::environment_variable("PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK");
  return value && !value->empty() && *value != "0";
}

std::string seconds(std::chrono::milliseconds time) {
  const double count = std::chrono::duration<double>(time).count();
  return fmt::format("{:g} second{}", count, count == 1 ? "" : "s");
}

}  // namespace

std::string LockHolder::display_name() const {
  return application.empty() ? fmt::format("process {}", process)
                             : fmt::format("process {} (\"{}\")", process, application);
}

std::string deploy_application_name(const std::string& migration) {
  // PostgreSQL cuts it to 63 bytes, and prints what is not ASCII as question marks.
  std::string name = "refract migrate deploy: " + migration;
  std::ranges::replace_if(
      name, [](char c) { return c < ' ' || c > '~'; }, '?');
  return name.substr(0, 63);
}

void ReleaseMigrationLock::operator()(Session* session) const {
  // Fails where the connection or a transaction is broken; the lock then goes with the session.
  (void)session->query(kRelease);
}

Result<MigrationLock> take_migration_lock(Session& session, std::chrono::milliseconds wait, std::stop_token stop) {
  if (is_disabled()) return {};
  const Clock::time_point end = Clock::now() + wait;
  std::string holder = "another process";
  while (true) {
    const auto taken = session.query(kTry);
    if (!taken) return fail(taken.error());
    if (taken->at(0).at(0) == "t") return MigrationLock(&session);
    const auto found = lock_holder(session);
    if (!found) return fail(found.error());
    if (*found) holder = (*found)->display_name();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left <= left.zero()) break;
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "The wait for the migration lock was stopped.");
    std::this_thread::sleep_for(std::min(kPause, left));
  }
  return fail(ErrorCode::database_failed,
              fmt::format("Prisma's migration lock of the {} is held by {} and was not released within {}; wait for it "
                          "to end, then run this again, or wait longer with --lock-wait SECONDS.",
                          session.label(), holder, seconds(wait)));
}

Result<bool> keep_migration_lock(Session& session, std::chrono::milliseconds wait) {
  if (is_disabled()) return false;
  const auto held = session.query(kHeld);
  if (!held) return fail(held.error());
  if (held->at(0).at(0) != "0") return false;
  auto taken = take_migration_lock(session, wait);
  if (!taken) return fail(taken.error());
  taken->release();  // the caller's own still releases it
  return true;
}

Result<std::optional<LockHolder>> lock_holder(Session& session) {
  const auto rows = session.query(kHolder);
  if (!rows) return fail(rows.error());
  if (rows->empty()) return std::nullopt;
  return LockHolder{rows->at(0).at(0).value_or(""), rows->at(0).at(1).value_or("")};
}

}  // namespace refract::live
