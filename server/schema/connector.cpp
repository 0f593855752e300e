#include "schema/connector.h"

#include <array>

namespace refract::schema {
namespace {

template <class Value, std::size_t N>
using NameTable = std::array<std::pair<std::string_view, Value>, N>;

constexpr NameTable<Provider, 7> kProviders{{
    {"postgresql", Provider::postgresql},
    {"mysql", Provider::mysql},
    {"sqlite", Provider::sqlite},
    {"sqlserver", Provider::sqlserver},
    {"mongodb", Provider::mongodb},
    {"cockroachdb", Provider::cockroachdb},
    {"postgres", Provider::postgresql},  // an alias; never the answer of to_string
}};

constexpr NameTable<ScalarType, 9> kScalars{{
    {"String", ScalarType::string},
    {"Boolean", ScalarType::boolean},
    {"Int", ScalarType::int_},
    {"BigInt", ScalarType::big_int},
    {"Float", ScalarType::float_},
    {"Decimal", ScalarType::decimal},
    {"DateTime", ScalarType::date_time},
    {"Json", ScalarType::json},
    {"Bytes", ScalarType::bytes},
}};

constexpr NameTable<ReferentialAction, 5> kActions{{
    {"Cascade", ReferentialAction::cascade},
    {"Restrict", ReferentialAction::restrict_},
    {"NoAction", ReferentialAction::no_action},
    {"SetNull", ReferentialAction::set_null},
    {"SetDefault", ReferentialAction::set_default},
}};

template <class Value, std::size_t N>
std::optional<Value> value_of(const NameTable<Value, N>& table, std::string_view name) {
  for (const auto& [known, value] : table) {
    if (known == name) return value;
  }
  return std::nullopt;
}

template <class Value, std::size_t N>
std::string_view name_of(const NameTable<Value, N>& table, Value wanted) {
  for (const auto& [name, value] : table) {
    if (value == wanted) return name;
  }
  return {};
}

constexpr std::array kAllActions{ReferentialAction::cascade, ReferentialAction::restrict_, ReferentialAction::no_action,
                                 ReferentialAction::set_null, ReferentialAction::set_default};
constexpr std::array kSqlServerActions{ReferentialAction::cascade, ReferentialAction::no_action,
                                       ReferentialAction::set_null, ReferentialAction::set_default};
constexpr std::array kEmulatedActions{ReferentialAction::cascade, ReferentialAction::restrict_,
                                      ReferentialAction::no_action, ReferentialAction::set_null};
// PostgreSQL and SQLite have NO ACTION themselves and are not emulated with it.
constexpr std::array kEmulatedWithoutNoAction{ReferentialAction::cascade, ReferentialAction::restrict_,
                                              ReferentialAction::set_null};

constexpr std::array<std::string_view, 6> kPostgresAlgorithms{"BTree", "Hash", "Gist", "Gin", "SpGist", "Brin"};
constexpr std::array<std::string_view, 2> kCockroachAlgorithms{"BTree", "Gin"};
constexpr std::array<std::string_view, 1> kPlainAlgorithms{"BTree"};

constexpr std::array kPostgresScopes{ConstraintScope::global_primary_key_and_key,
                                     ConstraintScope::model_primary_foreign_key_and_key};
constexpr std::array kCockroachScopes{ConstraintScope::model_primary_foreign_key_and_key};
constexpr std::array kMysqlScopes{ConstraintScope::global_foreign_key, ConstraintScope::model_key};
constexpr std::array kSqliteScopes{ConstraintScope::global_key};
constexpr std::array kSqlServerScopes{ConstraintScope::global_primary_foreign_key_default,
                                      ConstraintScope::model_primary_key_and_key};
constexpr std::array kMongoScopes{ConstraintScope::model_key};

constexpr Connector kPostgresql{
    .provider = Provider::postgresql,
    .enums = true,
    .scalar_lists = true,
    .json = true,
    .json_lists = true,
    .multi_schema = true,
    .named_primary_keys = true,
    .named_foreign_keys = true,
    .auto_increment_off_id = true,
    .auto_increment_repeated = true,
    .auto_increment_unindexed = true,
    .partial_indexes = true,
    .referential_actions = kAllActions,
    .emulated_actions = kEmulatedWithoutNoAction,
    .index_algorithms = kPostgresAlgorithms,
    .constraint_scopes = kPostgresScopes,
    .max_identifier_length = 63,
};

constexpr Connector kMysql{
    .provider = Provider::mysql,
    .enums = true,
    .json = true,
    .named_foreign_keys = true,
    .auto_increment_off_id = true,
    .index_length = true,
    .fulltext_index = true,
    .fulltext_repeated = true,
    .shard_keys = true,
    .referential_actions = kAllActions,
    .emulated_actions = kEmulatedActions,
    .index_algorithms = kPlainAlgorithms,
    .constraint_scopes = kMysqlScopes,
    .max_identifier_length = 64,
};

constexpr Connector kSqlite5{
    .provider = Provider::sqlite,
    .partial_indexes = true,
    .referential_actions = kAllActions,
    .emulated_actions = kEmulatedWithoutNoAction,
    .index_algorithms = kPlainAlgorithms,
    .constraint_scopes = kSqliteScopes,
    .max_identifier_length = 10'000,
};

// Prisma 6 stores enums as text and Json as JSONB there.
constexpr Connector kSqlite6 = [] {
  Connector row = kSqlite5;
  row.since = PrismaVersion::v6;
  row.enums = true;
  row.json = true;
  return row;
}();

constexpr Connector kSqlServer{
    .provider = Provider::sqlserver,
    .multi_schema = true,
    .named_primary_keys = true,
    .named_foreign_keys = true,
    .named_defaults = true,
    .auto_increment_off_id = true,
    .auto_increment_repeated = true,
    .auto_increment_unindexed = true,
    .cascade_cycles_rejected = true,
    .references_in_key_order = true,
    .primary_key_sort = true,
    .clustering = true,
    .partial_indexes = true,
    .referential_actions = kSqlServerActions,
    .emulated_actions = kEmulatedActions,
    .index_algorithms = kPlainAlgorithms,
    .constraint_scopes = kSqlServerScopes,
    .max_identifier_length = 128,
};

constexpr Connector kMongodb{
    .provider = Provider::mongodb,
    .enums = true,
    .scalar_lists = true,
    .json = true,
    .json_lists = true,
    .decimal = false,
    .composite_types = true,
    .foreign_keys = false,
    .auto_increment = false,
    .auto_default = true,
    .implicit_many_to_many = false,
    .embedded_many_to_many = true,
    .fulltext_index = true,
    .fulltext_sort = true,
    .compound_ids = false,
    .emulated_actions = kEmulatedActions,
    .index_algorithms = kPlainAlgorithms,
    .constraint_scopes = kMongoScopes,
    .max_identifier_length = 127,
};

constexpr Connector kCockroachdb{
    .provider = Provider::cockroachdb,
    .enums = true,
    .scalar_lists = true,
    .json = true,
    .multi_schema = true,
    .named_primary_keys = true,
    .named_foreign_keys = true,
    .auto_increment_int = false,
    .auto_increment_off_id = true,
    .auto_increment_repeated = true,
    .auto_increment_unindexed = true,
    .sequences = true,
    .partial_indexes = true,
    .referential_actions = kAllActions,
    .emulated_actions = kEmulatedActions,
    .index_algorithms = kCockroachAlgorithms,
    .constraint_scopes = kCockroachScopes,
    .max_identifier_length = 63,
};

// Knows the least that schemas for any database have in common, and no limit.
constexpr Connector kNone{
    .provider = Provider::postgresql,
    .enums = true,
    .json = true,
    .decimal = false,
    .references_in_key_order = true,
    .referential_actions = kAllActions,
    .emulated_actions = kAllActions,
    .max_identifier_length = 0xFFFFFFFF,
};

// Of several rows for a provider the newer one is first.
constexpr std::array kConnectors{kPostgresql, kMysql, kSqlite6, kSqlite5, kSqlServer, kMongodb, kCockroachdb};

}  // namespace

std::optional<Provider> provider_from(std::string_view name) {
  return value_of(kProviders, name);
}
std::string_view to_string(Provider provider) {
  return name_of(kProviders, provider);
}

std::string_view display_name(Provider provider) {
  switch (provider) {
    case Provider::postgresql:
      return "PostgreSQL";
    case Provider::mysql:
      return "MySQL";
    case Provider::sqlite:
      return "SQLite";
    case Provider::sqlserver:
      return "SQL Server";
    case Provider::mongodb:
      return "MongoDB";
    case Provider::cockroachdb:
      return "CockroachDB";
  }
  return {};
}

std::optional<ScalarType> scalar_from(std::string_view name) {
  return value_of(kScalars, name);
}
std::string_view to_string(ScalarType type) {
  return name_of(kScalars, type);
}

bool takes_literal(ScalarType type, LiteralKind kind) {
  switch (type) {
    case ScalarType::boolean:
      return kind == LiteralKind::boolean;
    case ScalarType::int_:
    case ScalarType::big_int:
    case ScalarType::float_:
      return kind == LiteralKind::number;
    case ScalarType::decimal:
      return kind == LiteralKind::number || kind == LiteralKind::string;
    case ScalarType::string:
    case ScalarType::json:
    case ScalarType::bytes:
    case ScalarType::date_time:
      return kind == LiteralKind::string;
  }
  return false;
}

std::optional<ReferentialAction> referential_action_from(std::string_view name) {
  return value_of(kActions, name);
}
std::string_view to_string(ReferentialAction action) {
  return name_of(kActions, action);
}

const Connector& connector_without_datasource() {
  return kNone;
}

std::string_view database_of(const Connector& connector) {
  return &connector == &kNone ? std::string_view("a schema without a datasource") : display_name(connector.provider);
}

const Connector& connector(Provider provider, PrismaVersion version) {
  for (const Connector& row : kConnectors) {
    if (row.provider == provider && row.since <= version) return row;
  }
  return kConnectors.front();
}

}  // namespace refract::schema
