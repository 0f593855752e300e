#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// The only tables of what a database supported by Prisma can do. Differences between Prisma 5, 6 and 7 are columns of
// these tables, not conditions elsewhere.
namespace refract::schema {

enum class PrismaVersion : std::uint8_t { v5 = 5, v6 = 6, v7 = 7 };

enum class Provider : std::uint8_t { postgresql, mysql, sqlite, sqlserver, mongodb, cockroachdb };

enum class ScalarType : std::uint8_t { string, boolean, int_, big_int, float_, decimal, date_time, json, bytes };

enum class ReferentialAction : std::uint8_t { cascade, restrict_, no_action, set_null, set_default };

// "postgresql" and its alias "postgres", "mysql", …; nullopt for anything else.
std::optional<Provider> provider_from(std::string_view name);
std::string_view to_string(Provider provider);
// "PostgreSQL", "SQL Server": as the database calls itself.
std::string_view display_name(Provider provider);

// "String", "Int", …; nullopt for anything else. Case matters.
std::optional<ScalarType> scalar_from(std::string_view name);
std::string_view to_string(ScalarType type);

enum class LiteralKind : std::uint8_t { string, number, boolean };
// Whether a default of a field of this type is written so.
bool takes_literal(ScalarType type, LiteralKind kind);

// "Cascade", "Restrict", "NoAction", "SetNull", "SetDefault".
std::optional<ReferentialAction> referential_action_from(std::string_view name);
std::string_view to_string(ReferentialAction action);

struct NativeTypeSpec {
  std::string_view name;                // "VarChar"
  std::span<const ScalarType> scalars;  // the scalar types it is allowed on
  std::uint8_t min_arguments = 0;
  std::uint8_t max_arguments = 0;
  std::string_view doc;  // one sentence for hover and completion, our words
};

// The native types of a provider, in the order completion shows them. Empty where there are none (SQLite).
std::span<const NativeTypeSpec> native_types(Provider provider);
const NativeTypeSpec* find_native_type(Provider provider, std::string_view name);

// The range of a native type's one number; nullopt: any.
struct NativeTypeLimit {
  std::uint32_t least;
  std::uint32_t most;
};
std::optional<NativeTypeLimit> native_type_limit(Provider provider, std::string_view type);
// Whether `Max` is allowed in place of the number.
bool takes_max(Provider provider, std::string_view type);

// Of the two numbers of a decimal type.
struct DecimalLimit {
  std::uint32_t least_precision;
  std::uint32_t most_precision;
  std::uint32_t most_scale;
};
DecimalLimit decimal_limit(Provider provider);

// Where two constraint names of one database must differ. Foreign keys, primary keys, keys (uniques and indexes) and
// defaults clash either in the whole database schema or in one table only.
enum class ConstraintScope : std::uint8_t {
  global_key,  // indexes and uniques
  global_foreign_key,
  global_primary_key_and_key,
  global_primary_foreign_key_default,
  model_key,
  model_primary_key_and_key,
  model_primary_foreign_key_and_key,
};

// What a provider can do, as a version of Prisma sees it.
struct Connector {
  Provider provider;
  PrismaVersion since = PrismaVersion::v5;  // this row holds from this version on
  bool enums = false;
  bool scalar_lists = false;
  bool json = false;
  bool json_lists = false;
  bool decimal = true;
  bool composite_types = false;
  bool multi_schema = false;
  bool foreign_keys = true;  // can have them at all
  bool named_primary_keys = false;
  bool named_foreign_keys = false;
  bool named_defaults = false;
  bool auto_increment = true;
  bool auto_increment_int = true;        // on fields of type Int
  bool auto_increment_off_id = false;    // on fields that are no id
  bool auto_increment_repeated = false;  // on several fields of a model
  bool auto_increment_unindexed = false;
  bool auto_default = false;  // auto()
  bool sequences = false;     // sequence()
  bool implicit_many_to_many = true;
  bool embedded_many_to_many = false;
  bool cascade_cycles_rejected = false;  // reference cycles and multiple cascade paths
  bool references_in_key_order = false;  // `references` keeps the order of the key it names
  bool index_length = false;
  bool primary_key_sort = false;
  bool fulltext_index = false;
  bool fulltext_sort = false;
  bool fulltext_repeated = false;  // several @@fulltext on a model
  bool clustering = false;
  bool shard_keys = false;
  bool partial_indexes = false;
  bool compound_ids = true;
  std::span<const ReferentialAction> referential_actions = {};  // with foreign keys
  std::span<const ReferentialAction> emulated_actions = {};     // under relationMode = "prisma"
  std::span<const std::string_view> index_algorithms = {};  // "BTree", "Hash", "Gin", …; empty: `type:` is not known
  std::span<const ConstraintScope> constraint_scopes = {};
  std::uint32_t max_identifier_length = 0;  // bytes
};
const Connector& connector(Provider provider, PrismaVersion version = PrismaVersion::v7);
// What Prisma goes by while a schema has no datasource.
const Connector& connector_without_datasource();
// The database for messages, by its provider; without a datasource none is named.
std::string_view database_of(const Connector& connector);

}  // namespace refract::schema
