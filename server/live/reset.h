#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "live/connection.h"
#include "live/migration_lock.h"
#include "migrate/history/history.h"

namespace refract::live {

// One object that a reset drops.
struct ResetObject {
  std::string kind;                  // PostgreSQL's word for it: "table", "materialized view", "function"
  std::string identity;              // as PostgreSQL writes it, schema included
  std::optional<std::int64_t> rows;  // of a table: exact up to 100,000, above that PostgreSQL's estimate
  bool operator==(const ResetObject&) const = default;
};

// What a reset would do to a database; nothing is done yet.
struct ResetPlan {
  std::string label;                 // of the connection, no secret
  std::string database;              // the name that a person has to type
  std::vector<std::string> schemas;  // that are emptied, those that exist; the schemas themselves stay
  std::vector<ResetObject> objects;  // that go, in the order of their drops
  std::vector<std::string>
      extensions;  // that go: the role owns them, the migrations create them, nothing else uses them
  std::vector<std::string> also_affected;  // outside of all schemas, gone with an object: casts, publication members,
                                           // the migrations' own event triggers
  // What lies elsewhere and depends on an object that would go, one sentence each. A reset is refused while there is
  // any.
  std::vector<std::string> blockers;
  std::vector<std::string> not_owned;  // objects that the role may not drop, as "kind identity"; likewise

  bool operator==(const ResetPlan&) const = default;
};

// Which schemas and objects a reset concerns.
struct ResetScope {
  std::vector<std::string> schemas;  // those of the URL and of the datasource
  // Tables and enums that the configuration calls external, as {schema, name}: they stay.
  std::vector<std::pair<std::string, std::string>> external;
};

// Errors: those of Session.
Result<ResetPlan> plan_reset(const migrate::History& history, const ConnectionString& target, const ResetScope& scope);

// Drops what the plan names, in one transaction and under Prisma's migration lock, if the database still is what the
// plan describes; owner, grants, default privileges and comment of each schema stay.
// Errors: conflict, when something in the plan forbids it or the database has changed since (row counts aside);
// those of Session.
Result<void> reset(const migrate::History& history, const ConnectionString& target, const ResetScope& scope,
                   const ResetPlan& plan, std::chrono::milliseconds lock_wait = kLockWait);

}  // namespace refract::live
