#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "live/deploy.h"
#include "live/status.h"
#include "migrate/history/history.h"
#include "schema/snapshot.h"
#include "support/temporary_folder.h"

namespace refract::test {

// A migrations folder of one test.
class Folder {
 public:
  // Adds <name>/migration.sql and, unless empty, down.sql.
  Folder& add(const std::string& name, std::string_view sql, std::string_view down = {});
  // As it stands now; fails the test where it cannot be read.
  migrate::History history() const;

 private:
  TemporaryFolder files_;
};

// What a deployment did: the names that it applied, then "FAILED name: message", "(in parts)" where some of it stayed,
// or "ENDED: message"; or "error: message".
std::string deployed(const Folder& folder, const live::ConnectionString& database,
                     const live::DeployOptions& options = {});
// The rows of _prisma_migrations in the order in which they began: name, finished or not, undone, applied steps, logs.
std::string records_of(const live::ConnectionString& database);
// What status says of one migration; fails the test where it has none of that name.
live::MigrationStatus status_of(const Folder& folder, const live::ConnectionString& database, const std::string& name);

// A PostgreSQL schema without errors; the datasource block is added.
std::shared_ptr<const schema::Snapshot> schema_of(std::string_view text);

}  // namespace refract::test
