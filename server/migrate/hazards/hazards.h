#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/parse/sql.h"
#include "catalog/step.h"

namespace refract::migrate {

enum class HazardLevel { notice, warning, danger };  // danger: data is lost or the migration may fail on rows

enum class HazardKind {
  drop_table,
  drop_column,
  recreate_column,
  drop_schema,
  drop_database,
  other_schema,
  required_column_without_default,
  set_not_null,
  new_unique,
  new_primary_key,
  new_foreign_key,
  risky_cast,
  enum_value_removed,
  enum_value_used_at_once,
  join_columns_exchanged,
  data_deleted,
  drop_owned,
  new_check,
  new_exclusion,
  will_fail,
  table_rewrite,
  index_blocks_writes,
  validated_at_once,
  every_row_updated,
  row_security_off,
  triggers_off,
  uniqueness_lost,
  sequence_too_small,
  rename_table,
  rename_column,
  rename_enum_value,
  drop_type,
  drop_constraint,
  drop_index,
  index_refined,
  drop_other,
  dependents_dropped,
  dependents_block,
  dependents_broken,
  opaque
};

// A kind of hazard: the one table that hazards, `explain` and the documentation read.
struct HazardSpec {
  HazardKind kind;
  std::string_view code;  // stable: "drop-column", "required-column-without-default", …
  HazardLevel level = HazardLevel::warning;
  std::string_view title;      // what the kind is about, in a few words
  std::string_view safer_way;  // what to do instead or before; may be empty
};
std::span<const HazardSpec> hazard_specs();

// What a step may do to a database that has rows and users.
struct Hazard {
  std::string_view code;
  HazardLevel level = HazardLevel::warning;
  std::string message;    // what it risks, with names
  std::string safer_way;  // what to do instead or before; may be empty
  std::size_t step = 0;   // index into the steps given
};

// The hazards of steps taken from `before`. The one table for generated and hand-written SQL. `session`: what the
// migrations before left, where they ran on the same connection.
// `sql`: the text that the steps come from; empty if there is none.
std::vector<Hazard> hazards(std::span<const catalog::Step> steps, const catalog::Catalog& before,
                            catalog::ReplayState session = {}, std::string_view sql = {});

}  // namespace refract::migrate
