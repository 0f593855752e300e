#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "migrate/history.h"
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

// A PostgreSQL schema without errors; the datasource block is added.
std::shared_ptr<const schema::Snapshot> schema_of(std::string_view text);

}  // namespace refract::test
