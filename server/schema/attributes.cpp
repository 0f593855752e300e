#include "schema/attributes.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace refract::schema {
namespace {

using enum ArgumentType;

constexpr ArgumentSpec kKeyMap{"map", string, false, false, "The primary key's name in the database."};
constexpr ArgumentSpec kUniqueMap{"map", string, false, false, "The {unique}'s name in the database."};
constexpr ArgumentSpec kIndexMap{"map", string, false, false, "The index's name in the database."};
constexpr ArgumentSpec kSort{"sort", sort_order, false, false, "`Asc` or `Desc`."};
constexpr ArgumentSpec kLength{"length", integer, false, false,
                               "How many leading bytes or characters of the value are indexed."};
constexpr ArgumentSpec kOperatorClass{"ops", operator_class, false, false, "How the index compares the values."};
constexpr ArgumentSpec kClustered{"clustered", boolean, false, false,
                                  "Whether the {rows} are stored in the order of this key."};
constexpr ArgumentSpec kClientName{"name", string, false, false, "The key's name in the client's API."};
constexpr ArgumentSpec kIndexFields{"fields", index_field_list, true, true,
                                    "The fields, in order: `[a, b(sort: Desc)]`."};
constexpr ArgumentSpec kWhere{"where", condition, false, false,
                              "Only {rows} that match the condition are indexed: `raw(\"…\")` or `{ field: value }` "
                              "(preview feature `partialIndexes`)."};

constexpr ArgumentSpec kIndexFieldArguments[] = {kSort, kLength, kOperatorClass};
constexpr ArgumentSpec kIdArguments[] = {kKeyMap, kLength, kSort, kClustered};
constexpr ArgumentSpec kUniqueArguments[] = {kUniqueMap, kLength, kSort, kClustered, kWhere};
constexpr ArgumentSpec kDefaultArguments[] = {
    {"value", default_value, true, true, "A literal, an enum value, a list, or a function such as `now()`."},
    {"map", string, false, false, "The name that the default has in the database."},
};
constexpr ArgumentSpec kMapArguments[] = {{"name", string, true, true, "The name in the database."}};
constexpr ArgumentSpec kRelationArguments[] = {
    {"name", string, false, true, "Distinguishes several relations between the same two models."},
    {"fields", field_list, false, false, "The fields of this model with the other model's key."},
    {"references", field_list, false, false, "The fields of the other model that `fields` refers to."},
    {"onDelete", referential_action, false, false,
     "What happens to this record when the referenced record is deleted."},
    {"onUpdate", referential_action, false, false, "What happens to this record when the referenced key changes."},
    {"map", string, false, false, "The foreign key's name in the database."},
};
constexpr ArgumentSpec kBlockIdArguments[] = {kIndexFields, kClientName, kKeyMap, kClustered};
constexpr ArgumentSpec kBlockUniqueArguments[] = {kIndexFields, kClientName, kUniqueMap, kClustered, kWhere};
constexpr ArgumentSpec kIndexArguments[] = {
    kIndexFields, {"name", string, false, false, "Old spelling of `map`."},
    kIndexMap,    {"type", index_algorithm, false, false, "How the database organises the index."},
    kClustered,   kWhere,
};
constexpr ArgumentSpec kFulltextArguments[] = {kIndexFields, kIndexMap};
constexpr ArgumentSpec kSchemaArguments[] = {{"name", string, true, true, "A schema listed in the datasource."}};
constexpr ArgumentSpec kShardKeyArguments[] = {
    {"fields", field_list, true, true, "The fields that {rows} are distributed by."}};
constexpr ArgumentSpec kSequenceArguments[] = {
    {"virtual", boolean, false, false, "Increasing numbers without a stored counter, with gaps."},
    {"minValue", integer, false, false, "The smallest number."},
    {"maxValue", integer, false, false, "The greatest number."},
    {"cache", integer, false, false, "How many numbers a session caches."},
    {"increment", integer, false, false, "The step from one number to the next."},
    {"start", integer, false, false, "The first number."},
};

constexpr std::uint8_t kAnyField = Target::model_field | Target::composite_field | Target::view_field;
constexpr std::uint8_t kTableField = Target::model_field | Target::view_field;
constexpr std::uint8_t kTable = Target::model | Target::view;

constexpr auto only(Target target) {
  return static_cast<std::uint8_t>(target);
}

constexpr AttributeSpec kAttributes[] = {
    {"id", kTableField, false, false, kIdArguments,
     "The field is the model's primary key: required, unique, one per model.{compound_key}"},
    {"unique", kTableField, false, false, kUniqueArguments,
     "No two {rows} may have the same value here. The database has a {unique} for it."},
    {"default", kAnyField, false, false, kDefaultArguments,
     "The value of a new {row} that does not set the field: a literal, or a function such as `now()` or `uuid()`."},
    {"updatedAt",
     only(Target::model_field),
     false,
     false,
     {},
     "Prisma Client sets the field to the current time on every update of the {row}. The database is not involved."},
    {"map", kAnyField | Target::enum_value, false, false, kMapArguments,
     "The name of the {member} in the database{unnamed}."},
    {"relation", kTableField, false, false, kRelationArguments,
     "A relation between two models: the fields that hold the other model's key, the fields that they refer to, and "
     "what happens on delete and update."},
    {"ignore",
     kTableField,
     false,
     false,
     {},
     "Leave the field out of the generated client. The {member} stays in the database."},
    {"shardKey",
     only(Target::model_field),
     false,
     false,
     {},
     "The {rows} are distributed over the shards of the database by this field (preview feature `shardKeys`)."},
    {"id", kTable, true, false, kBlockIdArguments, "The primary key over several fields."},
    {"unique", kTable, true, true, kBlockUniqueArguments,
     "No two {rows} may have the same values in these fields together. The database has a {unique} for it."},
    {"index", kTable, true, true, kIndexArguments, "An index over these fields, to find {rows} faster."},
    {"fulltext", kTable, true, true, kFulltextArguments, "An index for full-text search."},
    {"map", kTable | Target::enumeration, true, false, kMapArguments,
     "The name of the {declaration} in the database{unnamed}."},
    {"schema", kTable | Target::enumeration, true, false, kSchemaArguments,
     "The database schema of the {declaration}."},
    {"ignore",
     kTable,
     true,
     false,
     {},
     "Leave the whole model out of the generated client. The {declaration} stays in the database."},
    {"shardKey", only(Target::model), true, false, kShardKeyArguments,
     "The {rows} are distributed over the shards of the database by these fields together (preview feature "
     "`shardKeys`)."},
};

constexpr ScalarType kIntegers[] = {ScalarType::int_, ScalarType::big_int};
constexpr ScalarType kStrings[] = {ScalarType::string};
constexpr ScalarType kTimes[] = {ScalarType::date_time};
constexpr Provider kAutoIncrementProviders[] = {Provider::postgresql, Provider::mysql, Provider::sqlite,
                                                Provider::sqlserver, Provider::cockroachdb};
constexpr Provider kCockroachOnly[] = {Provider::cockroachdb};
constexpr Provider kMongoOnly[] = {Provider::mongodb};
constexpr Provider kRelational[] = {Provider::postgresql, Provider::mysql, Provider::sqlite, Provider::sqlserver,
                                    Provider::cockroachdb};

constexpr FunctionSpec kDefaultFunctions[] = {
    {.name = "autoincrement",
     .scalars = kIntegers,
     .providers = kAutoIncrementProviders,
     .doc = "The next number of a counter that the database keeps."},
    {.name = "now", .scalars = kTimes, .doc = "The time at which the {row} is created."},
    {.name = "uuid",
     .scalars = kStrings,
     .max_arguments = 1,
     .doc = "A UUID generated by Prisma Client: `uuid()` or `uuid(4)` is random, `uuid(7)` sorts by time."},
    {.name = "cuid",
     .scalars = kStrings,
     .max_arguments = 1,
     .doc = "A collision-resistant identifier generated by Prisma Client: `cuid()` or `cuid(1)`, and `cuid(2)` from "
            "Prisma 6 on."},
    {.name = "ulid",
     .scalars = kStrings,
     .since = PrismaVersion::v6,
     .doc = "A ULID generated by Prisma Client: 26 characters that sort by time."},
    {.name = "nanoid",
     .scalars = kStrings,
     .max_arguments = 1,
     .doc = "A short random identifier generated by Prisma Client; the argument is its length (2 to 255, 21 if not "
            "given)."},
    {.name = "dbgenerated",
     .scalars = {},
     .providers = kRelational,
     .max_arguments = 1,
     .doc = "A default that the database computes, as an SQL expression{sql_example}."},
    {.name = "sequence",
     .scalars = kIntegers,
     .providers = kCockroachOnly,
     .max_arguments = std::size(kSequenceArguments),
     .arguments = kSequenceArguments,
     .doc = "The next number of a sequence with options: `virtual`, `cache`, `increment`, `minValue`, `maxValue`, "
            "`start`."},
    {.name = "auto", .providers = kMongoOnly, .doc = "An ObjectId that the database generates for the new {row}."},
};

}  // namespace

std::span<const AttributeSpec> attributes() {
  return kAttributes;
}

const AttributeSpec* find_attribute(std::string_view name, bool block) {
  for (const AttributeSpec& spec : kAttributes) {
    if (spec.block == block && spec.name == name) return &spec;
  }
  return nullptr;
}

std::span<const ArgumentSpec> index_field_arguments() {
  return kIndexFieldArguments;
}

bool knows(const Connector& connector, const AttributeSpec& attribute) {
  if (attribute.name == "fulltext") return connector.fulltext_index;
  if (attribute.name == "schema") return connector.multi_schema;
  if (attribute.name == "shardKey") return connector.shard_keys;
  if (attribute.name == "id" && attribute.block) return connector.compound_ids;
  return true;
}

bool knows(const Connector& connector, const AttributeSpec& attribute, const ArgumentSpec& argument) {
  const bool key = attribute.name == "id";
  switch (argument.type) {
    case condition:
      return connector.partial_indexes;
    case operator_class:
      return connector.provider == Provider::postgresql;
    case index_algorithm:
      return !connector.index_algorithms.empty();
    case sort_order:
      if (attribute.name == "fulltext") return connector.fulltext_sort;
      return !key || connector.primary_key_sort;
    default:
      break;
  }
  if (argument.name == "clustered") return connector.clustering;
  if (argument.name == "length") return connector.index_length;
  if (argument.name != "map") return true;
  if (attribute.name == "default") return connector.named_defaults;
  if (attribute.name == "relation") return connector.named_foreign_keys;
  return !key || connector.named_primary_keys;
}

std::span<const FunctionSpec> default_functions() {
  return kDefaultFunctions;
}

const FunctionSpec* find_default_function(std::string_view name) {
  for (const FunctionSpec& spec : kDefaultFunctions) {
    if (spec.name == name) return &spec;
  }
  return nullptr;
}

bool may_be_in_composite_type(std::string_view function) {
  // Prisma does not take `nanoid()` on any type, though `uuid()` and `cuid()` are fine.
  constexpr std::string_view kRefused[] = {"autoincrement", "auto", "nanoid", "dbgenerated", "sequence"};
  return std::ranges::find(kRefused, function) == std::end(kRefused);
}

}  // namespace refract::schema
