#pragma once

#include <algorithm>
#include <array>

#include "migrate/hazards/hazards.h"

namespace refract::migrate {

// In the order of HazardKind.
inline constexpr std::array kHazards = {
    HazardSpec{HazardKind::drop_table, "drop-table", HazardLevel::danger, "A dropped table",
               "Stop using the table first, back it up with pg_dump, and drop it in a later release."},
    HazardSpec{HazardKind::drop_column, "drop-column", HazardLevel::danger, "A dropped column",
               "Stop using the column first, keep a copy of its values, and drop it in a later release."},
    HazardSpec{HazardKind::recreate_column, "recreate-column", HazardLevel::danger,
               "A column recreated without its values",
               "Keep the values with a cast (ALTER COLUMN … TYPE … USING): pass --cast if one is offered."},
    HazardSpec{HazardKind::drop_schema, "drop-schema", HazardLevel::danger, "A dropped schema",
               "Drop its objects by name first, so that each loss is visible."},
    HazardSpec{HazardKind::drop_database, "drop-database", HazardLevel::danger, "A dropped database",
               "Back it up with pg_dump and drop it by hand, not in a migration."},
    HazardSpec{HazardKind::other_schema, "other-schema", HazardLevel::danger,
               "A statement that names schema public although the URL selects another",
               "Leave out the schema name: the migration then runs in the schema that the URL selects."},
    HazardSpec{
        HazardKind::required_column_without_default, "required-column-without-default", HazardLevel::danger,
        "A new required column without a default",
        "Add the column as optional, fill it, and make it required in a second migration; or give it a default."},
    HazardSpec{HazardKind::set_not_null, "set-not-null", HazardLevel::danger, "NOT NULL on an existing column",
               "Set a value in the rows that have NULL first. On a big table, add CHECK (… IS NOT NULL) NOT VALID, "
               "validate it in the next migration, and then set NOT NULL, which then needs no scan of the rows."},
    HazardSpec{HazardKind::new_unique, "new-unique", HazardLevel::danger, "A unique index over existing rows",
               "Check for duplicates first; build the index CONCURRENTLY in a separate migration."},
    HazardSpec{HazardKind::new_primary_key, "new-primary-key", HazardLevel::danger, "A primary key over existing rows",
               "Check for duplicates and NULLs first; build a unique index CONCURRENTLY and add the key USING INDEX."},
    HazardSpec{HazardKind::new_foreign_key, "new-foreign-key", HazardLevel::danger, "A foreign key over existing rows",
               "Check for rows that refer to missing rows first; add the key NOT VALID and validate it in a second "
               "migration, which blocks no writes."},
    HazardSpec{HazardKind::risky_cast, "risky-cast", HazardLevel::danger, "A type change that can fail or lose values",
               "Check for values that do not fit first, or add a column of the new type and copy the values to it."},
    HazardSpec{HazardKind::enum_value_removed, "enum-value-removed", HazardLevel::danger, "A removed enum value",
               "First update the rows that have the removed value."},
    HazardSpec{HazardKind::enum_value_used_at_once, "enum-value-used-at-once", HazardLevel::danger,
               "A new enum value used in the transaction that adds it",
               "Add the value in a separate migration, and use it in the next one."},
    HazardSpec{HazardKind::join_columns_exchanged, "join-columns-exchanged", HazardLevel::danger,
               "Foreign keys of a relation table exchanged over existing rows",
               "Exchange the columns with ALTER TABLE … RENAME COLUMN, through a temporary name, as Refract's own plan "
               "does; or keep the order of the names."},
    HazardSpec{HazardKind::data_deleted, "data-deleted", HazardLevel::danger, "Deleted rows",
               "Keep a copy of the rows."},
    HazardSpec{HazardKind::drop_owned, "drop-owned", HazardLevel::danger, "Dropped objects of a role (`DROP OWNED`)",
               "Drop the intended objects by name; use REASSIGN OWNED BY for the rest."},
    HazardSpec{HazardKind::new_check, "new-check", HazardLevel::danger, "A check constraint over existing rows",
               "Check for rows that violate it first; add the check NOT VALID and validate it in a second migration, "
               "which blocks no writes."},
    HazardSpec{HazardKind::new_exclusion, "new-exclusion", HazardLevel::danger,
               "An exclusion constraint over existing rows",
               "Check for conflicting rows first; add the constraint while nothing else writes to the table."},
    HazardSpec{HazardKind::will_fail, "will-fail", HazardLevel::danger, "A statement that PostgreSQL rejects", ""},
    HazardSpec{HazardKind::table_rewrite, "table-rewrite", HazardLevel::warning, "A rewrite of a whole table",
               "Add a column of the new type, fill it in batches, and switch to it."},
    HazardSpec{HazardKind::index_blocks_writes, "index-blocks-writes", HazardLevel::warning,
               "An index build that blocks writes",
               "On a big table use CREATE INDEX CONCURRENTLY, in a separate migration."},
    HazardSpec{HazardKind::validated_at_once, "validated-at-once", HazardLevel::warning,
               "A constraint validated in the transaction that adds it",
               "Validate it in a separate migration: the lock of ADD CONSTRAINT is held until the transaction ends."},
    HazardSpec{HazardKind::every_row_updated, "every-row-updated", HazardLevel::warning,
               "An update of every row in one transaction",
               "Update the rows in batches outside the migration, or add a condition."},
    HazardSpec{HazardKind::row_security_off, "row-security-off", HazardLevel::warning, "Row-level security disabled",
               "Make sure that no role with privileges on the table relies on its policies."},
    HazardSpec{HazardKind::triggers_off, "triggers-off", HazardLevel::warning, "Triggers or foreign keys turned off",
               "Change the rows so that the triggers can run, or turn them on again in the same transaction and check "
               "the rows written in between."},
    HazardSpec{HazardKind::uniqueness_lost, "uniqueness-lost", HazardLevel::warning,
               "A dropped unique constraint or index",
               "Make sure that no program relies on it (for example ON CONFLICT or findUnique). Adding it again fails "
               "while there are duplicates."},
    HazardSpec{HazardKind::sequence_too_small, "sequence-too-small", HazardLevel::warning,
               "A sequence with a smaller type than its column",
               "Add ALTER SEQUENCE … AS bigint to the same migration."},
    HazardSpec{HazardKind::rename_table, "rename-table", HazardLevel::warning, "A renamed table",
               "Create a view with the old name until every program is updated."},
    HazardSpec{HazardKind::rename_column, "rename-column", HazardLevel::warning, "A renamed column",
               "Add the new column, write to both, switch the readers to it, and drop the old one."},
    HazardSpec{
        HazardKind::rename_enum_value, "rename-enum-value", HazardLevel::warning, "A renamed enum value",
        "Add the new value, update every program to write it, update the rows, and keep the old value in the type."},
    HazardSpec{HazardKind::drop_type, "drop-type", HazardLevel::notice, "A dropped type", ""},
    HazardSpec{HazardKind::drop_constraint, "drop-constraint", HazardLevel::notice, "A dropped constraint", ""},
    HazardSpec{HazardKind::drop_index, "drop-index", HazardLevel::notice, "A dropped index",
               "Check in pg_stat_user_indexes whether it is used."},
    HazardSpec{HazardKind::index_refined, "index-refined", HazardLevel::warning,
               "An index with options added by hand, recreated without them",
               "Give the index in the schema another name with `map:` to keep both, or add the options to its CREATE "
               "INDEX in migration.sql."},
    HazardSpec{HazardKind::drop_other, "drop-other", HazardLevel::warning, "A dropped object that no schema describes",
               ""},
    HazardSpec{HazardKind::dependents_dropped, "dependents-dropped", HazardLevel::warning,
               "Objects that no schema describes, dropped with a table or column",
               "Keep their definitions: down.sql recreates only what the migrations define."},
    HazardSpec{HazardKind::dependents_block, "dependents-block", HazardLevel::danger,
               "A dependent object that blocks the statement",
               "Drop it in the migration before the statement, and recreate it after."},
    HazardSpec{HazardKind::dependents_broken, "dependents-broken", HazardLevel::warning,
               "A function that uses what is dropped, changed or renamed",
               "Change the function in the same migration: PostgreSQL reports the error only when the function runs."},
    HazardSpec{HazardKind::opaque, "opaque", HazardLevel::warning, "A statement whose effect is unknown before it runs",
               "Run `refract migrate verify`: it runs the migration on a temporary server and compares the result."},
};

static_assert(std::ranges::all_of(kHazards, [](const HazardSpec& spec) {
  return &spec == &kHazards[static_cast<std::size_t>(spec.kind)];
}));

constexpr const HazardSpec& spec_of(HazardKind kind) {
  return kHazards[static_cast<std::size_t>(kind)];
}

}  // namespace refract::migrate
