#include "schema/attributes.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace refract::schema {
namespace {

using enum ArgumentType;

constexpr ArgumentSpec kMapName{"map", string, false, false, "The constraint's name in the database."};
constexpr ArgumentSpec kSort{"sort", sort_order, false, false, "`Asc` or `Desc`."};
constexpr ArgumentSpec kLength{"length", integer, false, false,
                               "How many leading bytes or characters to index (MySQL)."};
constexpr ArgumentSpec kClustered{"clustered", boolean, false, false,
                                  "Whether the table's rows are stored in the order of this key (SQL Server)."};
constexpr ArgumentSpec kClientName{"name", string, false, false, "The key's name in the client's API."};
constexpr ArgumentSpec kIndexFields{"fields", index_field_list, true, true,
                                    "The fields, in order: `[a, b(sort: Desc)]`."};
constexpr ArgumentSpec kWhere{"where", condition, false, false,
                              "Only rows that match the condition are indexed: `raw(\"…\")` or `{ field: value }` "
                              "(preview feature `partialIndexes`)."};

constexpr ArgumentSpec kIdArguments[] = {kMapName, kLength, kSort, kClustered};
constexpr ArgumentSpec kUniqueArguments[] = {kMapName, kLength, kSort, kClustered, kWhere};
constexpr ArgumentSpec kDefaultArguments[] = {
    {"value", default_value, true, true, "A literal, an enum value, a list, or a function such as `now()`."},
    {"map", string, false, false, "The default constraint's name in the database (SQL Server)."},
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
constexpr ArgumentSpec kBlockIdArguments[] = {kIndexFields, kClientName, kMapName, kClustered};
constexpr ArgumentSpec kBlockUniqueArguments[] = {kIndexFields, kClientName, kMapName, kClustered, kWhere};
constexpr ArgumentSpec kIndexArguments[] = {
    kIndexFields,
    {"name", string, false, false, "Old spelling of `map`."},
    {"map", string, false, false, "The index's name in the database."},
    {"type", index_algorithm, false, false, "How the database organises the index."},
    kClustered,
    kWhere,
};
constexpr ArgumentSpec kFulltextArguments[] = {kIndexFields,
                                               {"map", string, false, false, "The index's name in the database."}};
constexpr ArgumentSpec kSchemaArguments[] = {{"name", string, true, true, "A schema listed in the datasource."}};
constexpr ArgumentSpec kShardKeyArguments[] = {
    {"fields", field_list, true, true, "The fields that rows are distributed by."}};

constexpr std::uint8_t kAnyField = Target::model_field | Target::composite_field | Target::view_field;
constexpr std::uint8_t kTableField = Target::model_field | Target::view_field;
constexpr std::uint8_t kTable = Target::model | Target::view;

constexpr auto only(Target target) {
  return static_cast<std::uint8_t>(target);
}

constexpr AttributeSpec kAttributes[] = {
    {"id", kTableField, false, false, kIdArguments,
     "The field is the model's primary key: required, unique, one per model. For a key of several fields use `@@id`."},
    {"unique", kTableField, false, false, kUniqueArguments,
     "No two records may have the same value here. Creates a unique constraint in the database."},
    {"default", kAnyField, false, false, kDefaultArguments,
     "The value of a new record that does not set the field: a literal, or a function such as `now()` or `uuid()`."},
    {"updatedAt",
     only(Target::model_field),
     false,
     false,
     {},
     "Prisma Client sets the field to the current time on every update of the record. The database is not involved."},
    {"map", kAnyField | Target::enum_value, false, false, kMapArguments,
     "The name of the column (or enum value) in the database."},
    {"relation", kTableField, false, false, kRelationArguments,
     "A relation between two models: the foreign-key fields, the fields that they refer to, and what happens on delete "
     "and update."},
    {"ignore",
     kTableField,
     false,
     false,
     {},
     "Leave the field out of the generated client. The column stays in the database."},
    {"shardKey",
     only(Target::model_field),
     false,
     false,
     {},
     "Rows are distributed over shards by this field (PlanetScale; preview feature `shardKeys`)."},
    {"id", kTable, true, false, kBlockIdArguments, "The primary key over several fields."},
    {"unique", kTable, true, true, kBlockUniqueArguments,
     "No two records may have the same values in these fields together."},
    {"index", kTable, true, true, kIndexArguments, "An index over these fields, to find records faster."},
    {"fulltext", kTable, true, true, kFulltextArguments, "An index for full-text search (MySQL, MongoDB)."},
    {"map", kTable | Target::enumeration, true, false, kMapArguments,
     "The name of the table (or enum type) in the database."},
    {"schema", kTable | Target::enumeration, true, false, kSchemaArguments,
     "The database schema of the table or enum type."},
    {"ignore",
     kTable,
     true,
     false,
     {},
     "Leave the whole model out of the generated client. The table stays in the database."},
    {"shardKey", only(Target::model), true, false, kShardKeyArguments,
     "Rows are distributed over shards by these fields together (PlanetScale; preview feature `shardKeys`)."},
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
     .doc = "The next number of a sequence that the database keeps."},
    {.name = "now", .scalars = kTimes, .doc = "The time at which the record is created."},
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
     .doc = "A default that the database computes, as an SQL expression: `dbgenerated(\"gen_random_uuid()\")`."},
    {.name = "sequence",
     .scalars = kIntegers,
     .providers = kCockroachOnly,
     .max_arguments = 6,
     .doc = "The next number of a sequence with options: `virtual`, `cache`, `increment`, `minValue`, `maxValue`, "
            "`start`."},
    {.name = "auto", .providers = kMongoOnly, .doc = "An ObjectId that MongoDB generates for the new document."},
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
