#include "validation/mistakes/other_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "support/ascii.h"
#include "validation/core/text_tools.h"

namespace refract::validation {
namespace {

using schema::Provider;
using schema::ScalarType;

struct Offer {
  ScalarType scalar;
  // Native types that say the same, one blank between them: the database's own is taken. Empty: the scalar alone.
  std::string_view natives = {};
  std::string_view default_value = {};
};

struct OtherType {
  std::string_view names;  // in lower case unless case matters, one "|" around each
  std::vector<Offer> offers;
};

// Where a name is listed twice, the first row that it is in counts: only the first two tell cases apart.
const std::vector<OtherType>& other_types() {
  using enum ScalarType;
  static const std::vector<OtherType> table = {
      // A moment in most languages, a day in databases.
      {"|Date|", {{date_time}, {date_time, "Date"}}},
      {"|ID|", {{string}, {int_}}},
      {"|number|num|", {{int_}, {float_}}},
      {"|integer|int32|i32|int4|signed|", {{int_}}},
      {"|u32|uint|uint32|unsigned|int unsigned|integer unsigned|", {{int_, "UnsignedInt"}}},
      {"|mediumint|", {{int_, "MediumInt"}}},
      {"|mediumint unsigned|", {{int_, "UnsignedMediumInt"}}},
      {"|short|int16|i16|smallint|int2|", {{int_, "SmallInt Int2"}}},
      {"|u16|uint16|smallint unsigned|", {{int_, "UnsignedSmallInt"}}},
      // How MySQL writes a boolean.
      {"|tinyint(1)|", {{boolean}}},
      {"|i8|tinyint|", {{int_, "TinyInt SmallInt Int2"}}},
      {"|u8|uint8|tinyint unsigned|", {{int_, "UnsignedTinyInt SmallInt Int2"}}},
      // int8 has 8 bytes in databases.
      {"|long|int8|int64|i64|usize|biginteger|", {{big_int}}},
      {"|u64|uint64|bigint unsigned|", {{big_int, "UnsignedBigInt"}}},
      {"|serial|serial4|", {{int_, "", "autoincrement()"}, {big_int, "", "autoincrement()"}}},
      {"|bigserial|serial8|", {{big_int, "", "autoincrement()"}}},
      {"|smallserial|serial2|", {{int_, "SmallInt Int2", "autoincrement()"}, {big_int, "", "autoincrement()"}}},
      {"|bool|yesno|logical|", {{boolean}}},
      {"|double|float64|f64|double precision|float8|", {{float_}}},
      {"|real|float32|f32|float4|single|", {{float_, "Real Float4 Float"}}},
      {"|numeric|dec|bigdecimal|", {{decimal, "Decimal"}}},
      {"|money|", {{decimal, "Money"}}},
      {"|smallmoney|", {{decimal, "SmallMoney"}}},
      {"|text|clob|", {{string, "Text String"}}},
      {"|longtext|", {{string, "LongText Text String"}}},
      {"|mediumtext|", {{string, "MediumText Text String"}}},
      {"|tinytext|", {{string, "TinyText Text String"}}},
      {"|str|", {{string}}},
      {"|varchar|character varying|varchar2|char varying|", {{string, "VarChar String"}}},
      {"|nvarchar|nvarchar2|", {{string, "NVarChar VarChar String"}}},
      {"|char|character|bpchar|", {{string, "Char"}}},
      {"|nchar|", {{string, "NChar Char"}}},
      {"|ntext|", {{string, "NText Text String"}}},
      {"|citext|", {{string, "Citext"}}},
      {"|uuid|guid|uniqueidentifier|", {{string, "Uuid UniqueIdentifier"}}},
      {"|objectid|", {{string, "ObjectId"}}},
      {"|cuid|", {{string, "", "cuid()"}}},
      {"|ulid|", {{string, "", "ulid()"}}},
      {"|nanoid|", {{string, "", "nanoid()"}}},
      {"|inet|ip|", {{string, "Inet"}}},
      {"|xml|", {{string, "Xml"}}},
      {"|bit|", {{boolean, "Bit"}, {string, "Bit"}, {bytes, "Bit"}}},
      {"|varbit|bit varying|", {{string, "VarBit"}}},
      {"|year|", {{int_, "Year"}}},
      {"|date|localdate|", {{date_time, "Date"}}},
      {"|time|localtime|time without time zone|", {{date_time, "Time"}}},
      {"|timetz|time with time zone|", {{date_time, "Timetz"}}},
      {"|timestamp|timestamp without time zone|", {{date_time, "Timestamp"}}},
      {"|timestamptz|timestamp with time zone|datetimeoffset|offsetdatetime|zoneddatetime|",
       {{date_time, "Timestamptz DateTimeOffset Timestamp"}}},
      {"|datetime2|", {{date_time, "DateTime2"}}},
      {"|smalldatetime|", {{date_time, "SmallDateTime"}}},
      {"|localdatetime|instant|", {{date_time}}},
      {"|jsonb|", {{json, "JsonB"}}},
      {"|any|object|unknown|map|dict|mixed|jsonobject|jsonvalue|hstore|", {{json}}},
      {"|bytea|buffer|longblob|uint8array|bytearray|", {{bytes}}},
      {"|blob|", {{bytes, "Blob"}}},
      {"|varbinary|", {{bytes, "VarBinary"}}},
      {"|binary|", {{bytes, "Binary"}}},
      {"|byte|", {{bytes}, {int_}}},
      // Names of scalar types, where arguments come after them.
      {"|string|", {{string, "VarChar String"}}},
      {"|int|", {{int_}}},
      {"|bigint|", {{big_int}}},
      {"|boolean|", {{boolean}}},
      {"|float|", {{float_}}},
      {"|decimal|", {{decimal, "Decimal"}}},
      {"|datetime|", {{date_time, "DateTime Timestamp"}}},
      {"|json|", {{json}}},
      {"|bytes|", {{bytes}}},
  };
  return table;
}

// Types of databases that Prisma has none for: a schema names them as they are. `name` as in OtherType.
struct UnsupportedType {
  std::string_view names;
  std::string_view providers;  // one "|" around each
};
constexpr UnsupportedType kUnsupported[] = {
    {"|point|polygon|", "|postgresql|mysql|"},
    {"|line|lseg|box|path|circle|macaddr|macaddr8|tsquery|pg_lsn|int4range|int8range|numrange|tsrange|tstzrange|"
     "daterange|int4multirange|int8multirange|nummultirange|tsmultirange|tstzmultirange|datemultirange|vector|halfvec|"
     "sparsevec|ltree|lquery|cube|cidr|",
     "|postgresql|"},
    {"|interval|tsvector|", "|postgresql|cockroachdb|"},
    {"|geometry|", "|postgresql|cockroachdb|mysql|sqlserver|"},
    {"|geography|", "|postgresql|cockroachdb|sqlserver|"},
    {"|box2d|", "|postgresql|cockroachdb|"},
    {"|linestring|multipoint|multilinestring|multipolygon|geometrycollection|geomcollection|", "|mysql|"},
    {"|hierarchyid|sql_variant|rowversion|", "|sqlserver|"},
};

// Native types that a scalar is stored as where nothing is said.
constexpr std::pair<Provider, std::string_view> kDefaults[] = {
    {Provider::postgresql, "Text"},     {Provider::postgresql, "JsonB"},  {Provider::postgresql, "Timestamp"},
    {Provider::cockroachdb, "String"},  {Provider::cockroachdb, "JsonB"}, {Provider::cockroachdb, "Timestamp"},
    {Provider::sqlserver, "DateTime2"}, {Provider::mysql, "DateTime"},    {Provider::sqlserver, "Bit"},
};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return parts;
}

// `varchar(max)`, `numeric(10,2)`: the values as Prisma writes them. nullopt: they are no numbers.
std::optional<std::vector<std::string>> values_in(std::string_view arguments) {
  std::vector<std::string> values;
  if (arguments.size() < 2) return values;
  for (std::string_view value : split(arguments.substr(1, arguments.size() - 2), ',')) {
    while (value.starts_with(' ')) value.remove_prefix(1);
    while (value.ends_with(' ')) value.remove_suffix(1);
    const bool whole = !value.empty() && std::ranges::all_of(value, ascii::is_digit);
    if (!whole && ascii::to_lower(value) != "max") return std::nullopt;
    values.push_back(whole ? std::string(value) : "Max");
  }
  return values;
}

bool is_between(std::string_view number, std::uint32_t least, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  return error == std::errc{} && end == number.data() + number.size() && value >= least && value <= most;
}

bool takes(Provider provider, const schema::NativeTypeSpec& native, const std::vector<std::string>& values) {
  if (values.size() < native.min_arguments || values.size() > native.max_arguments) return false;
  if (values.size() == 2) {
    const schema::DecimalLimit limit = schema::decimal_limit(provider);
    if (!is_between(values[0], limit.least_precision, limit.most_precision)) return false;
    return is_between(values[1], 0, limit.most_scale) && is_between(values[1], 0, std::stoul(values[0]));
  }
  if (values.empty()) return true;
  if (values[0] == "Max") return schema::takes_max(provider, native.name);
  const auto limit = schema::native_type_limit(provider, native.name);
  return !limit || is_between(values[0], limit->least, limit->most);
}

// `VarChar(20)`: the first native type that the database has and that takes the arguments, or is without any where it
// takes none. Empty: the scalar alone.
std::string native_text(Provider provider, const Offer& offer, std::string_view arguments) {
  const auto values = values_in(arguments);
  if (!values) return {};
  // What is of any length in SQL Server is so in other databases by its type.
  const bool any_length = values->size() == 1 && values->front() == "Max" && provider != Provider::sqlserver;
  const std::string_view names = !any_length                          ? offer.natives
                                 : offer.scalar == ScalarType::string ? "LongText"
                                 : offer.scalar == ScalarType::bytes  ? "LongBlob"
                                                                      : "";
  for (const std::string_view name : split(names, ' ')) {
    const schema::NativeTypeSpec* native = schema::find_native_type(provider, name);
    if (!native || std::ranges::find(native->scalars, offer.scalar) == native->scalars.end()) continue;
    std::vector<std::string> given = *values;
    if (native->max_arguments == 0) given.clear();
    if (name == "Decimal" && given.size() == 1) given.emplace_back("0");
    if (name == "Bit" && offer.scalar == ScalarType::boolean && native->min_arguments == 1 && given.empty())
      given.emplace_back("1");
    if (any_length) given.clear();
    if (!takes(provider, *native, given)) continue;
    const bool is_default = std::ranges::find(kDefaults, std::pair(provider, native->name)) != std::end(kDefaults);
    if (given.empty() && is_default) return {};
    return given.empty() ? std::string(name) : fmt::format("{}({})", name, fmt::join(given, ", "));
  }
  return {};
}

bool has_native(Provider provider, const Offer& offer) {
  return std::ranges::any_of(split(offer.natives, ' '), [&](std::string_view name) {
    const schema::NativeTypeSpec* native = schema::find_native_type(provider, name);
    return native && std::ranges::find(native->scalars, offer.scalar) != native->scalars.end();
  });
}

// Where a database does not have a scalar type, what keeps its values.
Offer supported(const schema::Connector& connector, const Offer& offer) {
  if (offer.scalar == ScalarType::json && !connector.json) return {ScalarType::string, "NVarChar"};
  if (offer.scalar == ScalarType::decimal && !connector.decimal) return {ScalarType::float_};
  return offer;
}

// Whether the field may have the default that comes with the type. Off the id only where it needs no index.
bool may_have_default(const schema::Connector& connector, const Offer& offer, const TypeUse& use) {
  if (offer.default_value != "autoincrement()") return true;
  const bool off_id = connector.auto_increment_off_id && connector.auto_increment_unindexed;
  return connector.auto_increment && !use.list && (use.id || off_id) &&
         (offer.scalar != ScalarType::int_ || connector.auto_increment_int);
}

// The name with its arguments as the type of a column, for which Prisma has no other. Names that begin with one capital
// are likelier to be of models.
std::vector<PrismaType> unsupported(const MistakeContext& context, std::string_view name, std::string_view arguments) {
  const bool model = name.size() > 1 && ascii::is_upper(name[0]) && !ascii::is_upper(name[1]);
  if (!context.datasource || model || arguments.contains('"')) return {};
  const std::string folded = ascii::to_lower(name);
  const std::string_view provider = schema::to_string(*context.datasource->provider);
  const bool known = std::ranges::any_of(kUnsupported, [&](const UnsupportedType& type) {
    return is_listed(type.names, folded) && is_listed(type.providers, provider);
  });
  if (!known) return {};
  return {{.scalar = fmt::format("Unsupported(\"{}{}\")", folded, arguments), .attributes = {}}};
}

}  // namespace

std::vector<PrismaType> types_for(const MistakeContext& context, std::string_view name, std::string_view arguments,
                                  const TypeUse& use) {
  const std::string exact = fmt::format("|{}|", name);
  const std::string folded = ascii::to_lower(exact);
  if (auto types = unsupported(context, name, arguments); !types.empty()) return types;
  if (!values_in(arguments)) return {};
  const schema::Connector& connector = context.connector();
  std::vector<Offer> offers;
  for (int i = 0; arguments.empty() && i <= static_cast<int>(ScalarType::bytes); ++i) {
    const Offer scalar{static_cast<ScalarType>(i)};
    if (ascii::to_lower(schema::to_string(scalar.scalar)) == folded.substr(1, name.size())) offers = {scalar};
  }
  if (offers.empty()) {
    const auto row_of = [&](const std::string& written) {
      return std::ranges::find_if(other_types(), [&](const OtherType& type) { return type.names.contains(written); });
    };
    // With its arguments it may be another type; in whatever case, unless a name is listed in this one.
    auto row =
        arguments.empty() ? other_types().end() : row_of(ascii::to_lower(fmt::format("|{}{}|", name, arguments)));
    if (row != other_types().end())
      arguments = {};
    else
      row = std::min(row_of(exact), row_of(folded));
    if (row == other_types().end()) return {};
    offers = row->offers;
  }
  // What the database and the field can have, if there is anything.
  const auto is_apt = [&](const Offer& offer) {
    // A boolean is one bit.
    if (offer.scalar == ScalarType::boolean && !arguments.empty() && arguments != "(1)") return false;
    return may_have_default(connector, offer, use) &&
           (offer.natives.empty() || !context.datasource || has_native(connector.provider, offer));
  };
  if (std::ranges::any_of(offers, is_apt)) std::erase_if(offers, std::not_fn(is_apt));
  // Those with a default are one type in several sizes.
  if (!offers.front().default_value.empty()) offers.resize(1);
  std::vector<PrismaType> types;
  for (const Offer& written : offers) {
    const Offer offer = context.datasource ? supported(connector, written) : written;
    PrismaType type{.scalar = std::string(schema::to_string(offer.scalar)), .attributes = {}};
    if (context.datasource && !use.native) {
      // JSON text is of any length.
      const bool json_text = written.scalar == ScalarType::json && offer.scalar == ScalarType::string;
      const std::string native = native_text(connector.provider, offer, json_text ? "(max)" : arguments);
      if (!native.empty()) type.attributes = fmt::format(" @{}.{}", context.datasource->name, native);
    }
    if (!offer.default_value.empty() && !use.has_default && may_have_default(connector, offer, use))
      type.attributes += fmt::format(" @default({})", offer.default_value);
    const auto same = [&](const PrismaType& one) { return one.text() == type.text(); };
    if (std::ranges::none_of(types, same)) types.push_back(std::move(type));
  }
  return types;
}

}  // namespace refract::validation
