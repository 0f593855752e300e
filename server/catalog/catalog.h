#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A PostgreSQL database's structure as a value, in normal form: names as the catalog stores them (unquoted,
// folded), type names canonical (see ColumnType). Two catalogs
// that mean the same compare equal, whatever SQL or schema they came from; but expressions are kept as written, and
// only expression_match.h decides whether two of them are equivalent.
namespace refract::catalog {

// Carried along with a value without being part of what it means: two always compare equal.
template <class T>
struct Aside {
  T value{};
  bool operator==(const Aside&) const { return true; }
};

// The position, from 1, of an object among those of its kind in the Prisma schema; 0: it comes from SQL or a database.
// Prisma's engine lists the objects of a Prisma schema in this order, those of a database by name.
using Rank = Aside<std::uint32_t>;

struct QualifiedName {
  std::string schema;  // never empty: what is unqualified was resolved against search_path ("public")
  std::string name;
  auto operator<=>(const QualifiedName&) const = default;
};

struct ColumnType {
  // PostgreSQL's internal short name for built-in types: "int4", "text", "varchar", "timestamptz", "numeric",
  // "bpchar", "bool", "jsonb"…; the type's own name for enums, domains and extension types.
  std::string name;
  // Empty for built-in types (pg_catalog); the schema that holds an enum, domain or extension type otherwise.
  std::string schema;
  std::vector<std::int32_t> modifiers;  // varchar(255) -> {255}; numeric(10,2) -> {10, 2}
  bool array = false;                   // PostgreSQL does not distinguish dimensions
  // The text of a schema's Unsupported("…"), which Prisma's engine writes as it is and compares with nothing.
  Aside<std::string> unsupported = {};
  bool operator==(const ColumnType&) const = default;
};

enum class DefaultKind {
  literal,     // `expression` is the literal without casts: 'a', 1, true, 'A' (of an enum); lists ARRAY['x']::TEXT[]
  now,         // CURRENT_TIMESTAMP and now() of a date or time column
  sequence,    // nextval of `sequence`
  expression,  // anything else
};

struct Default {
  DefaultKind kind = DefaultKind::expression;
  // SQL as it can follow DEFAULT. A literal keeps the value's spelling (1.50, '{ "a":1}').
  std::string expression;
  // For kind sequence. Inside a step, nullopt is SERIAL: the sequence is made and named along with the column.
  std::optional<QualifiedName> sequence = std::nullopt;
  // What equality compares where one value has several spellings (decimals, JSON, dates, casts in expressions).
  // Empty: `expression` itself.
  std::string normal = {};
  Aside<bool> dbgenerated =
      {};  // the schema has dbgenerated("…"): never a value or an autoincrement() to Prisma's engine

  // Equal in meaning: kind and, by kind, the sequence or the normal text.
  bool operator==(const Default& other) const;
};

enum class Identity { none, always, by_default };

struct Column {
  std::string name;
  ColumnType type;
  bool nullable = true;
  std::optional<Default> default_value;
  Identity identity = Identity::none;
  std::optional<std::string> generated;  // expression of a stored generated column, as written
  std::optional<std::string> collation;
  // Inherited, and not declared by this table itself: dropped when the parent's column is dropped. Known from replay
  // only.
  Aside<bool> inherited = {};
  bool operator==(const Column&) const = default;
};

enum class SortOrder { ascending, descending };
enum class NullsOrder { usual, first, last };  // usual: last when ascending, first when descending

struct IndexColumn {
  std::string column;                   // empty for an expression
  std::string expression;               // as written; empty for a plain column
  std::optional<std::string> op_class;  // nullopt: the type's default class
  std::vector<std::string> op_class_options;
  std::optional<std::string> collation;
  SortOrder order = SortOrder::ascending;
  NullsOrder nulls = NullsOrder::usual;
  Aside<bool> has_explicit_sort = {};  // the schema has `sort: Asc`: Prisma then writes ASC
  bool operator==(const IndexColumn&) const = default;
};

struct Index {
  std::string name;  // lives in the schema of its table
  bool unique = false;
  bool constraint = false;  // made by a UNIQUE constraint rather than by CREATE UNIQUE INDEX
  std::string method = "btree";
  std::vector<IndexColumn> columns;
  std::vector<std::string> include;
  std::optional<std::string> predicate;  // the condition after WHERE, as written
  std::vector<std::string> storage;      // WITH (…): "fillfactor=70"
  bool nulls_not_distinct = false;
  bool deferrable = false;  // of a UNIQUE constraint
  bool initially_deferred = false;
  bool valid = true;
  Rank rank = {};
  bool operator==(const Index&) const = default;
};

struct PrimaryKey {
  std::string name;
  std::vector<std::string> columns;
  bool operator==(const PrimaryKey&) const = default;
};

enum class ReferentialAction { no_action, restrict_, cascade, set_null, set_default };

struct ForeignKey {
  std::string name;
  std::vector<std::string> columns;
  QualifiedName referenced_table;
  std::vector<std::string> referenced_columns;
  ReferentialAction on_delete = ReferentialAction::no_action;
  ReferentialAction on_update = ReferentialAction::no_action;
  bool deferrable = false;
  bool initially_deferred = false;
  bool valid = true;  // false after NOT VALID until VALIDATE CONSTRAINT
  // The unique index or primary key of the referenced table that the foreign key depends on. Empty: unknown.
  Aside<std::string> relies_on = {};
  Rank rank = {};
  bool operator==(const ForeignKey&) const = default;
};

struct Check {
  std::string name;
  std::string expression;  // as written
  bool valid = true;
  bool no_inherit = false;     // NO INHERIT: not passed on to tables that inherit
  Aside<bool> inherited = {};  // as Column::inherited
  bool operator==(const Check&) const = default;
};

// EXCLUDE constraints: kept by name and text only, no schema describes them.
struct Exclusion {
  std::string name;
  std::string definition;
  Aside<std::vector<std::string>> labels = {};  // the parts of the name that PostgreSQL generates if none is given
  bool operator==(const Exclusion&) const = default;
};

struct Table {
  QualifiedName name;
  std::vector<Column> columns;  // in attnum order
  std::optional<PrimaryKey> primary_key;
  std::vector<Index> indexes;            // sorted by name; UNIQUE constraints included, the primary key's index not
  std::vector<ForeignKey> foreign_keys;  // sorted by name
  std::vector<Check> checks;             // sorted by name
  std::vector<Exclusion> exclusions;     // sorted by name
  bool partitioned = false;              // PARTITION BY
  std::optional<QualifiedName> partition_of;
  std::vector<QualifiedName> inherits;  // INHERITS, in its order; empty for a partition
  bool row_level_security = false;
  Rank rank = {};
  bool operator==(const Table&) const = default;

  const Column* find_column(std::string_view column) const;
  Column* find_column(std::string_view column);
  const Index* find_index(std::string_view index) const;
  const ForeignKey* find_foreign_key(std::string_view foreign_key) const;
};

struct Enum {
  QualifiedName name;
  std::vector<std::string> values;  // in sort order
  Rank rank = {};
  bool operator==(const Enum&) const = default;
};

struct Sequence {
  QualifiedName name;
  std::string type = "int8";
  std::optional<std::int64_t> start, increment, min_value, max_value, cache;  // nullopt: PostgreSQL's default
  // The column that owns it (SERIAL, OWNED BY, identity): dropped with it.
  std::optional<QualifiedName> owner_table;
  std::string owner_column;
  bool operator==(const Sequence&) const = default;
};

// Resets each option that equals the default of CREATE SEQUENCE to nullopt.
void forget_usual_bounds(Sequence& sequence);

struct Extension {
  std::string name;
  std::string schema;   // empty: not specified
  std::string version;  // empty: not specified
  Rank rank = {};
  bool operator==(const Extension&) const = default;
};

// A column that was renamed after the SQL that names it was written. PostgreSQL tracks the rename, the stored text does
// not.
struct RenamedColumn {
  QualifiedName table;
  std::string from;
  std::string to;
};

struct View {
  QualifiedName name;
  bool materialized = false;
  std::string definition;           // the statement as written; of a database's the query
  std::vector<QualifiedName> uses;  // tables and views it reads, as far as the text shows
  Aside<std::vector<RenamedColumn>> renamed = {};
  Aside<bool> rewritten =
      {};  // it, or what it reads, was renamed since the text was written; or its settings are unknown
  // The columns that a star in it expanded to when it was created. Known from replay only.
  Aside<std::map<QualifiedName, std::vector<std::string>>> star = {};
  bool operator==(const View&) const = default;

  // Whether a star in the query includes the column of the table.
  bool takes_by_star(const QualifiedName& table, std::string_view column) const;
};

enum class UnmanagedKind {
  function,
  procedure,
  trigger,
  policy,
  domain,
  composite_type,
  range_type,
  aggregate,
  operator_,
  cast,
  rule,
  comment,
  grant,
  statistics,
  event_trigger,
  publication,
  foreign_table,
  text_search,
  collation,
  role,
  other
};
constexpr bool is_routine(UnmanagedKind kind) {
  return kind == UnmanagedKind::function || kind == UnmanagedKind::procedure;
}

// What a column gets from its domain.
struct Domain {
  ColumnType base;  // may be a domain itself
  bool not_null = false;
  bool operator==(const Domain&) const = default;
};

// What no Prisma schema describes: kept, shown, never dropped and never reported as drift.
struct Unmanaged {
  UnmanagedKind kind = UnmanagedKind::other;
  QualifiedName name;                     // schema empty where the object has none
  std::optional<QualifiedName> on_table;  // triggers, policies, rules, comments
  std::string definition;                 // as written
  std::vector<QualifiedName> uses;        // types of a function's signature, a trigger's function, as far as known
  std::optional<Domain> domain = {};      // of a domain
  Aside<std::vector<RenamedColumn>> renamed = {};
  bool operator==(const Unmanaged&) const = default;
};

struct Catalog {
  std::vector<std::string> schemas;  // sorted; holds "public" from the start
  std::map<QualifiedName, Table> tables;
  std::map<QualifiedName, Enum> enums;
  std::map<QualifiedName, Sequence> sequences;
  std::map<QualifiedName, View> views;
  std::map<std::string, Extension> extensions;
  std::vector<Unmanaged> unmanaged;
  Aside<bool> from_schema = {};  // made from a Prisma schema: ranks determine its order
  // Of a Prisma schema: the tables of relations whose names other tables of the schema have. A database cannot have
  // both, so they are not in `tables`.
  Aside<std::vector<Table>> clashing = {};
  // A statement of unknown effect or another role went before: owners and grants may not be those shown.
  Aside<bool> incomplete = {};
  // The real name of the schema that is called "public" here: the one that the URL's ?schema= selects.
  // Empty: "public".
  Aside<std::string> own_schema = {};
  bool operator==(const Catalog&) const = default;

  // A database as CREATE DATABASE leaves it: the schema "public" and nothing in it.
  static Catalog empty(std::string_view own_schema = {});

  const Table* find_table(const QualifiedName& table) const;
  const Enum* find_enum(const QualifiedName& enumeration) const;
  // Whether the database too calls it "public".
  bool is_public() const { return own_schema.value.empty() || own_schema.value == "public"; }
  // "public" for own_schema, every other name as it is.
  std::string known_schema(std::string_view written) const;
};

}  // namespace refract::catalog
