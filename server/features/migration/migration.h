#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "migrate/history/next.h"
#include "schema/snapshot.h"

namespace refract::features {

// The code lens above the datasource: the number of schema changes that no migration has.
struct MigrationLens {
  schema::FileRange at;  // the datasource's header
  std::size_t changes = 0;
  std::string title;  // "3 schema changes without a migration", "The migrations are up to date"
};

// nullopt: the schema has no datasource.
std::optional<MigrationLens> migration_lens(const schema::Snapshot& snapshot, const migrate::NextMigration& next);

// "Danger", "Warning", "Note".
std::string_view level_name(migrate::HazardLevel level);

// What a migration does and its hazards, as Markdown: one line per step, then the hazards with their safer ways.
std::string migration_summary(const migrate::NextMigration& next);

// A name made of the first steps of a migration: "add_bio_and_role_to_user". "migration" where there is nothing to
// name.
std::string suggested_name(const migrate::NextMigration& next);

}  // namespace refract::features
