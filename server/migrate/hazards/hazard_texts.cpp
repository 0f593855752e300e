#include "migrate/hazards/hazard_texts.h"

#include <algorithm>
#include <iterator>

#include "migrate/hazards/hazard_table.h"

namespace refract::migrate {
namespace {

constexpr HazardText kTexts[] = {
    {HazardKind::drop_table,
     "All rows of the table are lost when the migration commits, and programs that still query the table fail. No "
     "later migration brings the rows back: only a backup does.",
     "DROP TABLE \"Session\";\n", ""},
    {HazardKind::drop_column,
     "The column's values are lost when the migration commits, and a program that was not yet updated fails on its "
     "next query, since Prisma Client names every column it reads.",
     "ALTER TABLE \"User\" DROP COLUMN \"nickname\";\n", ""},
    {HazardKind::recreate_column,
     "The column is dropped and added again under its old name, because PostgreSQL cannot cast every value to the new "
     "type. The table looks right afterwards, and every value in the column is lost.",
     "ALTER TABLE \"User\" DROP COLUMN \"rank\",\nADD COLUMN     \"rank\" INTEGER NOT NULL;\n",
     "ALTER TABLE \"User\" ALTER COLUMN \"rank\" TYPE INTEGER USING (\"rank\"::integer);\n"},
    {HazardKind::drop_schema,
     "The tables, types and functions of the schema are dropped with it, including those that no Prisma "
     "schema describes.",
     "DROP SCHEMA \"audit\" CASCADE;\n", "DROP TABLE \"audit\".\"Event\";\nDROP SCHEMA \"audit\";\n"},
    {HazardKind::drop_database,
     "Every table, type and function of the database is lost at once, and no transaction can undo that. PostgreSQL "
     "refuses to drop the database that the migration runs in, so it is always another one.",
     "DROP DATABASE \"reports\";\n", ""},
    {HazardKind::other_schema,
     "The database URL selects a schema other than public, but the statement names an object of the project in public. "
     "The statement fails, or it changes an object of another program that has the same name.",
     "ALTER TABLE \"public\".\"User\" ALTER COLUMN \"role\" DROP DEFAULT;\n",
     "ALTER TABLE \"User\" ALTER COLUMN \"role\" DROP DEFAULT;\n"},
    {HazardKind::required_column_without_default,
     "PostgreSQL has no value for the rows that are already there, so it rejects the statement unless the table is "
     "empty. It works on a developer's fresh database and fails in production.",
     "ALTER TABLE \"User\" ADD COLUMN     \"country\" TEXT NOT NULL;\n",
     "ALTER TABLE \"User\" ADD COLUMN     \"country\" TEXT;\nUPDATE \"User\" SET \"country\" = 'unknown';\n",
     "ALTER TABLE \"User\" ALTER COLUMN \"country\" SET NOT NULL;\n"},
    {HazardKind::set_not_null,
     "PostgreSQL scans every row and rejects the statement if one of them has NULL. During the scan the table can be "
     "neither read nor written.",
     "ALTER TABLE \"User\" ALTER COLUMN \"email\" SET NOT NULL;\n",
     "ALTER TABLE \"User\" ADD CONSTRAINT \"email_given\" CHECK (\"email\" IS NOT NULL) NOT VALID;\n",
     "ALTER TABLE \"User\" VALIDATE CONSTRAINT \"email_given\";\n"
     "ALTER TABLE \"User\" ALTER COLUMN \"email\" SET NOT NULL;\n"
     "ALTER TABLE \"User\" DROP CONSTRAINT \"email_given\";\n"},
    {HazardKind::new_unique,
     "Two rows with the same value are enough for PostgreSQL to reject the index, and the migration with it. While the "
     "index is built, writes to the table wait.",
     "CREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");\n",
     "SELECT \"email\", count(*) FROM \"User\" GROUP BY \"email\" HAVING count(*) > 1;\n"
     "CREATE UNIQUE INDEX CONCURRENTLY \"User_email_key\" ON \"User\"(\"email\");\n"},
    {HazardKind::new_primary_key,
     "The key's columns must have neither NULLs nor duplicates, or PostgreSQL rejects the statement. While the key's "
     "index is built, the table can be neither read nor written.",
     "ALTER TABLE \"User\" ADD CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\");\n",
     "CREATE UNIQUE INDEX CONCURRENTLY \"User_pkey\" ON \"User\"(\"id\");\n"
     "ALTER TABLE \"User\" ADD CONSTRAINT \"User_pkey\" PRIMARY KEY USING INDEX \"User_pkey\";\n"},
    {HazardKind::new_foreign_key,
     "One row that refers to a missing row is enough for PostgreSQL to reject the key. While it scans the rows, writes "
     "to both tables wait.",
     "ALTER TABLE \"Post\" ADD CONSTRAINT \"Post_authorId_fkey\" FOREIGN KEY (\"authorId\") REFERENCES "
     "\"User\"(\"id\") ON DELETE RESTRICT ON UPDATE CASCADE;\n",
     "ALTER TABLE \"Post\" ADD CONSTRAINT \"Post_authorId_fkey\" FOREIGN KEY (\"authorId\") REFERENCES "
     "\"User\"(\"id\") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;\n",
     "ALTER TABLE \"Post\" VALIDATE CONSTRAINT \"Post_authorId_fkey\";\n"},
    {HazardKind::risky_cast,
     "Each value is converted to the new type. One that does not fit makes the statement fail; with some types it is "
     "rounded or truncated instead, without an error.",
     "ALTER TABLE \"Item\" ALTER COLUMN \"code\" SET DATA TYPE VARCHAR(10);\n",
     "SELECT \"code\" FROM \"Item\" WHERE length(\"code\") > 10;\n"},
    {HazardKind::enum_value_removed,
     "PostgreSQL cannot remove a value from an enum, so the type is recreated and every column converted. Rows that "
     "still have the value make that fail.",
     "CREATE TYPE \"Role_new\" AS ENUM ('USER');\n"
     "ALTER TABLE \"User\" ALTER COLUMN \"role\" TYPE \"Role_new\" USING (\"role\"::text::\"Role_new\");\n",
     "UPDATE \"User\" SET \"role\" = 'USER' WHERE \"role\" = 'GUEST';\n"},
    {HazardKind::enum_value_used_at_once,
     "A value that was added to an enum can be used only after the transaction that added it is committed, and Prisma "
     "runs a migration in one transaction.",
     "ALTER TYPE \"Role\" ADD VALUE 'GUEST';\nALTER TABLE \"User\" ALTER COLUMN \"role\" SET DEFAULT 'GUEST';\n",
     "ALTER TYPE \"Role\" ADD VALUE 'GUEST';\n"},
    {HazardKind::join_columns_exchanged,
     "The table of an implicit many-to-many relation has the columns A and B: A refers to the model whose name sorts "
     "first. A new name of a model can change the order, and then the schema wants both foreign keys the other way "
     "round. If only the keys change, each row keeps its numbers and now connects other rows: the id of a post is read "
     "as that of a tag. Where the numbers exist in both tables, nothing fails.",
     "ALTER TABLE \"_PostToTag\" DROP CONSTRAINT \"_PostToTag_A_fkey\";\n"
     "ALTER TABLE \"_PostToTag\" DROP CONSTRAINT \"_PostToTag_B_fkey\";\n"
     "ALTER TABLE \"_PostToTag\" ADD CONSTRAINT \"_PostToTag_A_fkey\" FOREIGN KEY (\"A\") REFERENCES "
     "\"Tag\"(\"id\") ON DELETE CASCADE ON UPDATE CASCADE;\n"
     "ALTER TABLE \"_PostToTag\" ADD CONSTRAINT \"_PostToTag_B_fkey\" FOREIGN KEY (\"B\") REFERENCES "
     "\"Post\"(\"id\") ON DELETE CASCADE ON UPDATE CASCADE;\n",
     "ALTER TABLE \"_PostToTag\" RENAME COLUMN \"A\" TO \"A_old\";\n"
     "ALTER TABLE \"_PostToTag\" RENAME COLUMN \"B\" TO \"A\";\n"
     "ALTER TABLE \"_PostToTag\" RENAME COLUMN \"A_old\" TO \"B\";\n"},
    {HazardKind::data_deleted, "The statement deletes rows. They are lost when the migration commits.",
     "DELETE FROM \"Session\" WHERE \"expires\" < now();\n",
     "CREATE TABLE \"Session_old\" AS SELECT * FROM \"Session\" WHERE \"expires\" < now();\n"
     "DELETE FROM \"Session\" WHERE \"expires\" < now();\n"},
    {HazardKind::drop_owned,
     "DROP OWNED drops every table, view, function and type that the role owns in this database, and revokes its "
     "privileges. Which objects these are depends on the database, so they cannot be determined from the migration.",
     "DROP OWNED BY app CASCADE;\n", "DROP TABLE \"Session\";\n"},
    {HazardKind::new_check,
     "PostgreSQL scans every row and rejects the statement if one of them violates the check. During the scan the "
     "table can be neither read nor written.",
     "ALTER TABLE \"Item\" ADD CONSTRAINT \"positive\" CHECK (\"amount\" > 0);\n",
     "ALTER TABLE \"Item\" ADD CONSTRAINT \"positive\" CHECK (\"amount\" > 0) NOT VALID;\n",
     "ALTER TABLE \"Item\" VALIDATE CONSTRAINT \"positive\";\n"},
    {HazardKind::new_exclusion,
     "PostgreSQL builds an index over every row and rejects the statement if two rows conflict. During the build, "
     "which cannot be done concurrently, the table can be neither read nor written.",
     "ALTER TABLE \"Booking\" ADD CONSTRAINT \"free\" EXCLUDE USING gist (\"during\" WITH &&);\n", ""},
    {HazardKind::will_fail,
     "PostgreSQL rejects the statement whatever rows the table has, because an object that it needs does not exist or "
     "one that it creates exists already. The migration can never be applied as it is.",
     "ALTER TABLE \"User\" DROP COLUMN \"no_such_column\";\n", ""},
    {HazardKind::table_rewrite,
     "PostgreSQL rewrites the whole table and its indexes, and holds a lock that blocks readers and writers until it "
     "is done. On a big table this takes minutes and needs as much free disk space as the table occupies.",
     "ALTER TABLE \"Event\" ALTER COLUMN \"id\" SET DATA TYPE BIGINT;\n",
     "ALTER TABLE \"Event\" ADD COLUMN     \"id_new\" BIGINT;\n"
     "UPDATE \"Event\" SET \"id_new\" = \"id\" WHERE \"id\" BETWEEN 1 AND 10000;\n"},
    {HazardKind::index_blocks_writes,
     "Readers go on, but every insert, update and delete on the table waits until the index is complete.",
     "CREATE INDEX \"Event_at_idx\" ON \"Event\"(\"at\");\n",
     "CREATE INDEX CONCURRENTLY \"Event_at_idx\" ON \"Event\"(\"at\");\n"},
    {HazardKind::validated_at_once,
     "ADD CONSTRAINT … NOT VALID takes a strong lock for a moment, and VALIDATE CONSTRAINT reads all rows under a weak "
     "one. In one transaction the strong lock is held for both, so this has no advantage over adding a validated "
     "constraint.",
     "ALTER TABLE \"Item\" ADD CONSTRAINT \"positive\" CHECK (\"amount\" > 0) NOT VALID;\n"
     "ALTER TABLE \"Item\" VALIDATE CONSTRAINT \"positive\";\n",
     "ALTER TABLE \"Item\" VALIDATE CONSTRAINT \"positive\";\n"},
    {HazardKind::every_row_updated,
     "An UPDATE without a condition writes every row again and locks it until the migration ends. The values that it "
     "replaces are gone.",
     "UPDATE \"User\" SET \"score\" = 0;\n", "UPDATE \"User\" SET \"score\" = 0 WHERE \"score\" IS NULL;\n"},
    {HazardKind::row_security_off,
     "From the moment the migration commits, the policies of the table no longer apply: every role with privileges on "
     "the table can read and change all its rows.",
     "ALTER TABLE \"User\" DISABLE ROW LEVEL SECURITY;\n", ""},
    {HazardKind::triggers_off,
     "Triggers enforce what no constraint can. Foreign keys are implemented as triggers too, which `DISABLE TRIGGER "
     "ALL` and `session_replication_role = replica` turn off: rows that refer to missing rows are accepted, and they "
     "are not checked when the triggers are turned on again.",
     "ALTER TABLE \"Post\" DISABLE TRIGGER ALL;\n", ""},
    {HazardKind::uniqueness_lost,
     "A unique index, a unique constraint or a primary key is dropped, and no other one keeps the same columns unique. "
     "Duplicates are accepted from then on, and `ON CONFLICT` with these columns fails.",
     "DROP INDEX \"User_email_key\";\n", ""},
    {HazardKind::sequence_too_small,
     "The sequence of an autoincrementing column has its own type. If the column becomes BIGINT and the sequence stays "
     "INTEGER, the sequence still ends at 2147483647, and every insert after that fails.",
     "ALTER TABLE \"Event\" ALTER COLUMN \"id\" SET DATA TYPE BIGINT;\n",
     "ALTER TABLE \"Event\" ALTER COLUMN \"id\" SET DATA TYPE BIGINT;\n"
     "ALTER SEQUENCE \"Event_id_seq\" AS bigint;\n"},
    {HazardKind::rename_table,
     "From the moment the migration commits, programs that were not yet updated query a table that does not exist.",
     "ALTER TABLE \"User\" RENAME TO \"Person\";\n",
     "ALTER TABLE \"User\" RENAME TO \"Person\";\nCREATE VIEW \"User\" AS SELECT * FROM \"Person\";\n"},
    {HazardKind::rename_column,
     "From the moment the migration commits, programs that were not yet updated query a column that does not exist.",
     "ALTER TABLE \"User\" RENAME COLUMN \"name\" TO \"fullName\";\n",
     "ALTER TABLE \"User\" ADD COLUMN     \"fullName\" TEXT;\nUPDATE \"User\" SET \"fullName\" = \"name\";\n"},
    {HazardKind::rename_enum_value,
     "From the moment the migration commits, programs that were not yet updated use a value that no longer exists, and "
     "PostgreSQL rejects their statements. Prisma Client must be generated again to read the new value.",
     "ALTER TYPE \"Role\" RENAME VALUE 'GUEST' TO 'VISITOR';\n", "ALTER TYPE \"Role\" ADD VALUE 'VISITOR';\n"},
    {HazardKind::drop_type,
     "Nothing in the schema uses the type any more. Functions and views that no Prisma schema describes may still use "
     "it.",
     "DROP TYPE \"Role\";\n", ""},
    {HazardKind::drop_constraint,
     "From then on the database accepts rows that the constraint rejected. Adding it again requires a scan of every "
     "row.",
     "ALTER TABLE \"Post\" DROP CONSTRAINT \"Post_authorId_fkey\";\n", ""},
    {HazardKind::drop_index,
     "Queries that used the index may read the whole table instead. Building it again takes time, and blocks writes "
     "unless it is done concurrently.",
     "DROP INDEX \"Event_at_idx\";\n", "DROP INDEX CONCURRENTLY \"Event_at_idx\";\n"},
    {HazardKind::index_refined,
     "The index has options that were added by hand and that a schema cannot express: a condition, an expression, "
     "included columns or an operator class. The index is kept as long as its key columns, order and uniqueness match "
     "the schema. They no longer match, so the index is recreated as in the schema, without the added options.",
     "DROP INDEX \"User_email_idx\";\nCREATE INDEX \"User_email_idx\" ON \"User\"(\"email\", \"name\");\n",
     "DROP INDEX \"User_email_idx\";\nCREATE INDEX \"User_email_idx\" ON \"User\"(\"email\", \"name\") WHERE "
     "\"active\";\n"},
    {HazardKind::drop_other,
     "A trigger, function, policy, view or similar object is dropped. The Prisma schema does not describe it, so "
     "nothing recreates it automatically.",
     "DROP TRIGGER \"keep_history\" ON \"User\";\n", ""},
    {HazardKind::dependents_dropped,
     "PostgreSQL drops triggers, policies, rules and partitions with their table, and check constraints, exclusion "
     "constraints and partial or expression indexes with a column that they read. No Prisma schema describes them, so "
     "nothing recreates them automatically.",
     "-- CREATE INDEX \"Room_big\" ON \"Room\"(\"id\") WHERE \"size\" > 9;\nALTER TABLE \"Room\" DROP COLUMN "
     "\"size\";\n",
     ""},
    {HazardKind::dependents_block,
     "PostgreSQL refuses to drop a column, or to change its type, as long as a view, a policy or a trigger reads it. "
     "The migration fails there.",
     "-- CREATE VIEW sizes AS SELECT \"size\" FROM \"Room\";\nALTER TABLE \"Room\" ALTER COLUMN \"size\" SET DATA TYPE "
     "BIGINT;\n",
     "DROP VIEW sizes;\nALTER TABLE \"Room\" ALTER COLUMN \"size\" SET DATA TYPE BIGINT;\n"
     "CREATE VIEW sizes AS SELECT \"size\" FROM \"Room\";\n"},
    {HazardKind::dependents_broken,
     "PostgreSQL stores the body of a function as text and resolves the names in it only when the function runs. The "
     "migration succeeds, and the next call of the function fails.",
     "-- CREATE FUNCTION rooms() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM \"Room\"';\n"
     "DROP TABLE \"Room\";\n",
     "DROP FUNCTION rooms();\nDROP TABLE \"Room\";\n"},
    {HazardKind::opaque,
     "The statement's effect depends on code that runs inside the database (a `DO` block, a function, `EXECUTE`). The "
     "statements after it are analysed as if it had changed nothing.",
     "DO $$ BEGIN EXECUTE 'ALTER TABLE \"User\" ADD COLUMN x TEXT'; END $$;\n",
     "ALTER TABLE \"User\" ADD COLUMN     \"x\" TEXT;\n"},
};

static_assert(std::ranges::all_of(kTexts, [](const HazardText& text) {
  return &text == &kTexts[static_cast<std::size_t>(text.kind)];
}));
static_assert(std::size(kTexts) == kHazards.size());

}  // namespace

const HazardText& hazard_text(HazardKind kind) {
  return kTexts[static_cast<std::size_t>(kind)];
}

}  // namespace refract::migrate
