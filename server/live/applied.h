#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "live/connection.h"
#include "live/records.h"
#include "live/session.h"
#include "migrate/history/history.h"

// What the commands on a database's record of migrations share.
namespace refract::live {

// Makes the session work in that schema, which need not exist. Errors: those of Session.
Result<void> enter_schema(Session& session, const std::string& schema);

// A session that works in the schema the URL names, as Prisma's does. Errors: those of Session.
Result<Session> open_in_schema(const ConnectionString& target);

// Whether the session's schema has tables besides Prisma's own, those of extensions, and the external ones.
// Errors: those of Session.
Result<bool> has_tables(Session& session, const std::vector<std::string>& external_tables);

// The run of each migration that counts: a rolled-back row may be followed by a good one.
std::map<std::string, Record> last_runs(const std::vector<Record>& records);

// The applied migrations in the order in which they finished; of those that finished at once, by name.
std::vector<Record> applied_in_order(const std::vector<Record>& records);

// nullptr: the folder has none of this name.
const migrate::Migration* find_migration(const migrate::History& history, std::string_view name);

// A migration that was applied, or is about to be, after one whose name sorts after it.
struct OutOfOrder {
  std::string migration;
  std::string after;
  bool pending = false;

  bool operator==(const OutOfOrder&) const = default;
};
// `records` are what a database has; what of the folder is not applied would come after all of them.
std::vector<OutOfOrder> out_of_order(const std::vector<Record>& records, const migrate::History& history);

}  // namespace refract::live
