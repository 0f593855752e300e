#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// The only tables of what a database behind Prisma can do. Differences between Prisma 5, 6 and 7 are columns of
// these tables, not conditions elsewhere.
namespace refract::schema {

enum class PrismaVersion : std::uint8_t { v5 = 5, v6 = 6, v7 = 7 };

enum class Provider : std::uint8_t { postgresql, mysql, sqlite, sqlserver, mongodb, cockroachdb };

enum class ScalarType : std::uint8_t { string, boolean, int_, big_int, float_, decimal, date_time, json, bytes };

enum class ReferentialAction : std::uint8_t { cascade, restrict_, no_action, set_null, set_default };

// "postgresql" and its alias "postgres", "mysql", …; nullopt for anything else.
std::optional<Provider> provider_from(std::string_view name);
std::string_view to_string(Provider provider);

// "String", "Int", …; nullopt for anything else. Case matters.
std::optional<ScalarType> scalar_from(std::string_view name);
std::string_view to_string(ScalarType type);

// "Cascade", "Restrict", "NoAction", "SetNull", "SetDefault".
std::optional<ReferentialAction> referential_action_from(std::string_view name);
std::string_view to_string(ReferentialAction action);

struct NativeTypeSpec {
  std::string_view name;                  // "VarChar"
  std::span<const ScalarType> scalars;    // the scalar types it may stand on
  std::uint8_t min_arguments = 0;
  std::uint8_t max_arguments = 0;
  std::string_view doc;                   // one sentence for hover and completion, our words
};

// The native types of a provider, in the order completion shows them. Empty where there are none (SQLite).
std::span<const NativeTypeSpec> native_types(Provider provider);
const NativeTypeSpec* find_native_type(Provider provider, std::string_view name);

struct Connector {
  Provider provider;
  bool enums;
  bool scalar_lists;
  bool json;
  bool composite_types;
  bool multi_schema;
  bool named_primary_keys;
  bool named_foreign_keys;
  std::span<const ReferentialAction> referential_actions;  // with foreign keys
  std::span<const std::string_view> index_algorithms;      // "BTree", "Hash", "Gin", …
  std::uint32_t max_identifier_length;                     // bytes
};
const Connector& connector(Provider provider);

}  // namespace refract::schema
