#pragma once

#include <array>

#include "migrate/hazards.h"

namespace refract::migrate {

// Places in the table of kinds.
enum class HazardKind {
  drop_table,
  drop_column,
  recreate_column,
  drop_schema,
  drop_database,
  required_column_without_default,
  set_not_null,
  new_unique,
  new_primary_key,
  new_foreign_key,
  risky_cast,
  enum_value_removed,
  enum_value_used_at_once,
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

inline constexpr std::array kHazards = {
    HazardSpec{"drop-table", HazardLevel::danger, "a table and its rows are dropped",
               "Let nothing use the table any more, back it up with pg_dump, and drop it in a later release."},
    HazardSpec{"drop-column", HazardLevel::danger, "a column and its values are dropped",
               "Let nothing use the column any more, keep a copy of its values, and drop it in a later release."},
    HazardSpec{"recreate-column", HazardLevel::danger, "a column is dropped and recreated, without its values",
               "Keep the values by a cast, ALTER COLUMN … TYPE … USING: pass --cast where one is offered."},
    HazardSpec{"drop-schema", HazardLevel::danger, "a schema and what is in it are dropped",
               "Drop what is in it by name, so that nothing goes unseen."},
    HazardSpec{"drop-database", HazardLevel::danger, "a database and everything in it are dropped",
               "Keep a dump of it by pg_dump, and drop it by hand: no migration of this database needs it."},
    HazardSpec{
        "required-column-without-default", HazardLevel::danger, "a required column without a default",
        "Add the column as optional, fill it, and make it required in a second migration; or give it a default."},
    HazardSpec{
        "set-not-null", HazardLevel::danger, "a column no longer accepts NULL",
        "Fill the rows that have none first. On a big table add CHECK (… IS NOT NULL) NOT VALID, validate it, and "
        "set NOT NULL then: it needs no second look at the rows."},
    HazardSpec{"new-unique", HazardLevel::danger, "a unique index over rows that may have duplicates",
               "Look for duplicates first; build the index CONCURRENTLY in a migration of its own."},
    HazardSpec{"new-primary-key", HazardLevel::danger, "a primary key over rows that may have NULLs or duplicates",
               "Look for duplicates and NULLs first; build a unique index CONCURRENTLY and add the key USING INDEX."},
    HazardSpec{
        "new-foreign-key", HazardLevel::danger, "a foreign key over rows that may refer to missing rows",
        "Look for orphans first; add the key NOT VALID and validate it in a second migration, which blocks no writes."},
    HazardSpec{"risky-cast", HazardLevel::danger, "a type change that some values may not survive",
               "Look for values that do not fit first, or add a column of the new type and move the values over."},
    HazardSpec{"enum-value-removed", HazardLevel::danger, "an enum loses values that rows may have",
               "First change the rows that have such a value."},
    HazardSpec{"enum-value-used-at-once", HazardLevel::danger, "a new enum value is used in its own transaction",
               "Add the value in a migration of its own, and use it in the next."},
    HazardSpec{"data-deleted", HazardLevel::danger, "rows are deleted", "Keep a copy of the rows."},
    HazardSpec{"drop-owned", HazardLevel::danger, "whatever a role owns is dropped",
               "Drop what is meant by name; use REASSIGN OWNED BY for the rest."},
    HazardSpec{"new-check", HazardLevel::danger, "a check that existing rows may violate",
               "Look for such rows first; add the check NOT VALID and validate it in a second migration, which blocks "
               "no writes."},
    HazardSpec{"new-exclusion", HazardLevel::danger, "an exclusion constraint that existing rows may violate",
               "Look for such rows first; add the constraint while nothing else writes to the table."},
    HazardSpec{"will-fail", HazardLevel::danger, "PostgreSQL refuses the statement", ""},
    HazardSpec{"table-rewrite", HazardLevel::warning, "the whole table is rewritten while reads and writes wait",
               "Add a column of the new kind, fill it in batches, and switch over."},
    HazardSpec{"index-blocks-writes", HazardLevel::warning, "writes wait while an index is built",
               "On a big table use CREATE INDEX CONCURRENTLY, in a migration of its own."},
    HazardSpec{"validated-at-once", HazardLevel::warning, "a constraint is validated in the transaction that adds it",
               "Validate it in a migration of its own: the lock of ADD CONSTRAINT is held until the transaction ends."},
    HazardSpec{"every-row-updated", HazardLevel::warning, "every row of a table is updated in one transaction",
               "Update the rows in batches outside of the migration, or add a condition."},
    HazardSpec{"row-security-off", HazardLevel::warning, "row level security no longer restricts a table",
               "Make sure that no role with rights on the table relies on its policies."},
    HazardSpec{
        "triggers-off", HazardLevel::warning, "triggers or foreign keys no longer run",
        "Change the rows so that the triggers may run, or switch them on again in the same transaction and check "
        "the rows written in between."},
    HazardSpec{"uniqueness-lost", HazardLevel::warning, "a table accepts duplicates from now on",
               "Make sure that no program relies on it, by ON CONFLICT or findUnique; before it can come back, every "
               "duplicate has to be removed."},
    HazardSpec{"sequence-too-small", HazardLevel::warning, "a sequence ends before the values of its column do",
               "Add ALTER SEQUENCE … AS bigint to the same migration."},
    HazardSpec{"rename-table", HazardLevel::warning, "running programs use the old name",
               "Leave a view of the old name in place until every program is updated."},
    HazardSpec{"rename-column", HazardLevel::warning, "running programs use the old name",
               "Add the new column, write both, move the readers, and drop the old one."},
    HazardSpec{"rename-enum-value", HazardLevel::warning, "running programs use the old value",
               "Add the new value, write it from every program, change the rows, and leave the old value in the type."},
    HazardSpec{"drop-type", HazardLevel::notice, "a type is dropped", ""},
    HazardSpec{"drop-constraint", HazardLevel::notice, "a constraint is dropped", ""},
    HazardSpec{"drop-index", HazardLevel::notice, "queries lose an index",
               "Look at pg_stat_user_indexes whether anything uses it."},
    HazardSpec{
        "index-refined", HazardLevel::warning, "an index refined by hand is recreated",
        "Give the index in the schema another name with `map:` to keep both, or write the refinement again after "
        "CREATE INDEX."},
    HazardSpec{"drop-other", HazardLevel::warning, "an object that no schema describes is dropped", ""},
    HazardSpec{"dependents-dropped", HazardLevel::warning,
               "objects that no schema describes are dropped with a table or column",
               "Keep its definition: down.sql recreates only what the migrations define."},
    HazardSpec{"dependents-block", HazardLevel::danger, "an object that no schema describes blocks the statement",
               "Drop it in the migration before the statement, and recreate it after."},
    HazardSpec{"dependents-broken", HazardLevel::warning, "a function uses what is dropped, changed or renamed",
               "Change the function in the same migration: PostgreSQL reports it only when the function runs."},
    HazardSpec{"opaque", HazardLevel::warning, "the effect is unknown without running it",
               "Run `refract migrate verify`: it runs the migration on a temporary server and compares the result."},
};

}  // namespace refract::migrate
