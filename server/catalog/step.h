#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "catalog/catalog.h"

// Step: one change to a catalog, the common currency of migrations. A diff emits steps, SQL (ours or written by
// hand) lowers to steps; replay, rendering, reversal and hazards read them. Names in a step are those in force
// just before the step. A step describes what happens, never how its SQL is formatted.
namespace refract::catalog {

struct CreateSchema {
  std::string name;
  bool if_not_exists = false;
  // Written as a DO block that checks whether it exists: IF NOT EXISTS needs the right to create schemas even where
  // there is one.
  bool checks_existence = false;
};
struct RenameSchema {
  std::string name;
  std::string to;
};
struct DropSchema {
  std::string name;
  bool cascade = false;
  bool if_exists = false;
};

struct CreateExtension {
  Extension extension;
  bool if_not_exists = false;
};
struct AlterExtension {
  std::string name;
  std::string new_version;
  std::string new_schema;
};
struct DropExtension {
  std::string name;
  bool cascade = false;
  bool if_exists = false;
};

struct CreateEnum {
  Enum enumeration;
};
// `before`/`after`: the neighbour's name; both empty means at the end.
struct AddEnumValue {
  QualifiedName enumeration;
  std::string value;
  std::string before;
  std::string after;
  bool if_not_exists = false;
};
struct RenameEnumValue {
  QualifiedName enumeration;
  std::string from;
  std::string to;
};
struct RenameEnum {
  QualifiedName enumeration;
  std::string to;
};
struct SetEnumSchema {
  QualifiedName enumeration;
  std::string schema;
};
struct DropEnum {
  QualifiedName enumeration;
  bool cascade = false;
  bool if_exists = false;
};

// LIKE in CREATE TABLE: columns with type, collation and NOT NULL always, the rest as asked for.
struct LikeTable {
  QualifiedName table;
  std::size_t position = 0;  // the copied columns are before this column of the new table
  bool defaults = false, constraints = false, identity = false, generated = false, indexes = false;
};

// A column of a table made from a query.
struct QueryColumn {
  std::string name;                     // empty: as the column it is read from
  std::vector<QualifiedName> tables;    // where it may come from; the one that has it counts
  std::string column;                   // empty: all columns of the tables
  std::optional<ColumnType> type = {};  // by a cast: no table needs to be asked
};

// Columns, primary key, unique constraints, checks and foreign keys written inside CREATE TABLE are in `table`.
// An empty constraint or index name, here and below, is one that PostgreSQL chooses (replay does).
struct CreateTable {
  Table table;
  bool if_not_exists = false;
  bool unlogged = false;
  bool temporary = false;
  std::vector<LikeTable> like = {};
  std::vector<QueryColumn> query = {};  // CREATE TABLE … AS, if its columns are known
};
struct RenameTable {
  QualifiedName table;
  std::string to;
};
struct SetTableSchema {
  QualifiedName table;
  std::string schema;
};
struct DropTable {
  QualifiedName table;
  bool cascade = false;
  bool if_exists = false;
};

struct AddColumn {
  QualifiedName table;
  Column column;
  bool if_not_exists = false;
};
struct RenameColumn {
  QualifiedName table;
  std::string from;
  std::string to;
};
struct DropColumn {
  QualifiedName table;
  std::string column;
  bool cascade = false;
  bool if_exists = false;
};
struct AlterColumnType {
  QualifiedName table;
  std::string column;
  ColumnType type;
  std::optional<std::string> using_expression;
  std::optional<std::string> collation;
};
struct SetColumnDefault {
  QualifiedName table;
  std::string column;
  Default value;
};
struct DropColumnDefault {
  QualifiedName table;
  std::string column;
};
struct SetColumnNullable {
  QualifiedName table;
  std::string column;
  bool nullable = true;
};
struct SetColumnIdentity {
  QualifiedName table;
  std::string column;
  Identity identity = Identity::none;
  bool if_exists = false;
  Sequence options = {};      // what is set takes effect on the identity's sequence
  bool options_only = false;  // `identity` stays as it is
};
struct DropColumnGenerated {
  QualifiedName table;
  std::string column;
  bool if_exists = false;
};

struct AddPrimaryKey {
  QualifiedName table;
  PrimaryKey key;
  std::optional<std::string> using_index;
};
struct AddUniqueConstraint {
  QualifiedName table;
  Index index;
  std::optional<std::string> using_index;
};
struct AddForeignKey {
  QualifiedName table;
  ForeignKey key;
};
struct AddCheck {
  QualifiedName table;
  Check check;
};
struct AddExclusion {
  QualifiedName table;
  Exclusion exclusion;
};
struct RenameConstraint {
  QualifiedName table;
  std::string from;
  std::string to;
};
struct ValidateConstraint {
  QualifiedName table;
  std::string constraint;
};
// ALTER CONSTRAINT, which foreign keys alone can take.
struct SetDeferrable {
  QualifiedName table;
  std::string constraint;
  bool deferrable = false;
  bool initially_deferred = false;
};
// Any kind of constraint: primary key, unique, foreign key, check, exclusion.
struct DropConstraint {
  QualifiedName table;
  std::string constraint;
  bool cascade = false;
  bool if_exists = false;
};

struct CreateIndex {
  QualifiedName table;
  Index index;
  bool concurrently = false;
  bool if_not_exists = false;
};
struct RenameIndex {
  QualifiedName index;
  std::string to;
};
struct DropIndex {
  QualifiedName index;
  bool concurrently = false;
  bool cascade = false;
  bool if_exists = false;
};

struct CreateSequence {
  Sequence sequence;
  bool if_not_exists = false;
};
// What is set in `sequence` takes effect; the flags mark what takes effect although its value is empty.
struct AlterSequence {
  Sequence sequence;
  bool sets_type = false;
  bool sets_owner = false;
};
struct RenameSequence {
  QualifiedName sequence;
  std::string to;
};
struct DropSequence {
  QualifiedName sequence;
  bool cascade = false;
  bool if_exists = false;
};

struct CreateView {
  View view;
  bool or_replace = false;
  bool temporary = false;
};
struct RenameView {
  QualifiedName view;
  std::string to;
};
struct DropView {
  QualifiedName view;
  bool cascade = false;
  bool if_exists = false;
  bool materialized = false;
};

struct AttachPartition {
  QualifiedName table;
  QualifiedName partition;
};
struct DetachPartition {
  QualifiedName table;
  QualifiedName partition;
};
// ALTER TABLE … INHERIT, NO INHERIT.
struct SetInheritance {
  QualifiedName table;
  QualifiedName parent;
  bool inherits = true;
};
struct SetRowLevelSecurity {
  QualifiedName table;
  bool enabled = false;
};
// An empty list leaves nowhere to create and only pg_catalog to look in.
struct SetSearchPath {
  enum class Kind {
    set,
    reset,      // to what the session began with: RESET, SET … TO DEFAULT
    reset_all,  // the same, unless that is in force already, be it by SET LOCAL: RESET ALL, DISCARD ALL
    current,    // to what it is now, SET LOCAL or not: FROM CURRENT
    enter,      // the statements inside CREATE SCHEMA: `schemas` comes before what was there
    leave,      // the end of them: the first schema goes
  };
  std::vector<std::string> schemas;
  bool local = false;  // until the transaction ends
  Kind kind = Kind::set;
};

// BEGIN, COMMIT and their kin in a script. What ROLLBACK takes back, the catalog does not show.
struct Transaction {
  enum class Kind { begin, commit, rollback, savepoint, release, rollback_to };
  Kind kind = Kind::begin;
  std::string savepoint = {};
};

struct CreateUnmanaged {
  Unmanaged object;
  bool or_replace = false;
};
struct DropUnmanaged {
  UnmanagedKind kind = UnmanagedKind::other;
  QualifiedName name;
  std::optional<QualifiedName> on_table;
  bool if_exists = false;
};

// ALTER FUNCTION … RENAME, … SET SCHEMA and their like: what is empty in `to` stays.
struct RenameUnmanaged {
  UnmanagedKind kind = UnmanagedKind::other;
  QualifiedName name;
  std::optional<QualifiedName> on_table;
  QualifiedName to;
};

// ALTER DOMAIN … SET NOT NULL, DROP NOT NULL.
struct SetDomainNullable {
  QualifiedName domain;
  bool nullable = false;
};

// A column that a statement on rows names: one of the tables has it, or PostgreSQL refuses the statement.
struct ColumnUse {
  std::vector<QualifiedName> tables;
  std::string column;
};
// Reads or writes rows, or settings that do not touch structure: passes. `verb` is "INSERT", "UPDATE", "GRANT"…
struct DataStatement {
  std::string verb;
  std::vector<QualifiedName> tables;  // written to; of a SELECT those read
  std::vector<QualifiedName> reads = {};
  std::vector<ColumnUse> columns = {};
  bool every_row = false;  // an UPDATE or DELETE without a condition
};
struct Block;  // block.h
// Its effect on the structure is not known without running it: DO, EXECUTE, SELECT of an altering function.
struct Opaque {
  std::string reason;
  // The statements of a DO block that reads like plain SQL: replay follows them if their effect is known.
  std::shared_ptr<const Block> block = nullptr;
  // The functions that it runs, and none of them PostgreSQL's own. Not opaque if the migrations made them all and none
  // mentions the structure.
  std::vector<std::string> calls = {};
};

using ChangeVariant =
    std::variant<CreateSchema, RenameSchema, DropSchema, CreateExtension, AlterExtension, DropExtension, CreateEnum,
                 AddEnumValue, RenameEnumValue, RenameEnum, SetEnumSchema, DropEnum, CreateTable, RenameTable,
                 SetTableSchema, DropTable, AddColumn, RenameColumn, DropColumn, AlterColumnType, SetColumnDefault,
                 DropColumnDefault, SetColumnNullable, SetColumnIdentity, DropColumnGenerated, AddPrimaryKey,
                 AddUniqueConstraint, AddForeignKey, AddCheck, AddExclusion, RenameConstraint, ValidateConstraint,
                 SetDeferrable, DropConstraint, CreateIndex, RenameIndex, DropIndex, CreateSequence, AlterSequence,
                 RenameSequence, DropSequence, CreateView, RenameView, DropView, AttachPartition, DetachPartition,
                 SetInheritance, SetRowLevelSecurity, SetSearchPath, Transaction, CreateUnmanaged, DropUnmanaged,
                 RenameUnmanaged, SetDomainNullable, DataStatement, Opaque>;

template <class T, class Variant>
inline constexpr bool kIsAlternative = false;
template <class T, class... Alternatives>
inline constexpr bool kIsAlternative<T, std::variant<Alternatives...>> = (std::is_same_v<T, Alternatives> || ...);

// One of the above; std::visit, std::get_if and std::holds_alternative take it. Copying, moving and destroying it are
// functions of step.cpp, and the alternative is named rather than found by overload resolution: with this many
// alternatives, a file that used a Step would compile for seconds longer.
struct Change : ChangeVariant {
  template <class T>
  requires kIsAlternative<std::remove_cvref_t<T>, ChangeVariant>
  // NOLINTNEXTLINE(google-explicit-constructor): a Change is written as one of its alternatives
  Change(T&& alternative) : ChangeVariant(std::in_place_type<std::remove_cvref_t<T>>, std::forward<T>(alternative)) {}
  Change(const Change& other);
  Change(Change&& other) noexcept;
  Change& operator=(const Change& other);
  Change& operator=(Change&& other) noexcept;
  ~Change();
};

// Where a step came from in SQL text: byte offsets of its statement (half-open) and its 0-based line.
struct SqlRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t line = 0;
};

struct Step {
  Change change;
  SqlRange origin = {};    // all zero for a step that no text made
  bool if_exists = false;  // ALTER … IF EXISTS: nothing happens where the object altered does not exist
  bool only = false;       // ON ONLY, ALTER TABLE ONLY: what inherits and partitions stay as they are
};

}  // namespace refract::catalog
