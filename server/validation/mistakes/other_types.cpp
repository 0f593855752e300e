#include "validation/mistakes/other_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "support/ascii.h"

namespace refract::validation {
namespace {

using schema::Provider;
using schema::ScalarType;

struct Offer {
  ScalarType scalar;
  // Native types that say the same, one blank between them: the database's own is taken. Empty: the scalar alone.
  std::string_view natives = {};
  std::string_view default_value = {};
  bool instead = false;  // only where the database has none of those before it
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
      {"|integer|int32|i32|u32|uint|uint32|int4|mediumint|signed|unsigned|int unsigned|integer unsigned|", {{int_}}},
      {"|short|int16|i16|u16|smallint|int2|", {{int_, "SmallInt Int2"}}},
      {"|int8|i8|u8|tinyint|", {{int_, "TinyInt SmallInt Int2"}}},
      {"|long|int64|i64|u64|uint64|usize|biginteger|bigint unsigned|", {{big_int}}},
      {"|serial|serial4|", {{int_, "", "autoincrement()"}}},
      {"|bigserial|serial8|", {{big_int, "", "autoincrement()"}}},
      {"|smallserial|serial2|", {{int_, "SmallInt Int2", "autoincrement()"}}},
      {"|bool|yesno|logical|", {{boolean}}},
      {"|double|float64|f64|double precision|float8|", {{float_}}},
      {"|real|float32|f32|float4|single|", {{float_, "Real Float4 Float"}}},
      {"|numeric|dec|bigdecimal|", {{decimal, "Decimal"}, {.scalar = float_, .instead = true}}},
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
      {"|bit|", {{string, "Bit"}, {boolean}}},
      {"|varbit|bit varying|", {{string, "VarBit"}}},
      {"|date|localdate|", {{date_time, "Date"}}},
      {"|time|localtime|time without time zone|", {{date_time, "Time"}}},
      {"|timetz|time with time zone|", {{date_time, "Timetz"}}},
      {"|timestamp|timestamp without time zone|", {{date_time, "Timestamp"}}},
      {"|timestamptz|timestamp with time zone|datetimeoffset|offsetdatetime|zoneddatetime|",
       {{date_time, "Timestamptz DateTimeOffset Timestamp"}}},
      {"|datetime2|", {{date_time, "DateTime2"}}},
      {"|smalldatetime|", {{date_time, "SmallDateTime"}}},
      {"|localdatetime|instant|", {{date_time}}},
      {"|jsonb|", {{json, "JsonB"}, {.scalar = string, .instead = true}}},
      {"|any|object|unknown|map|dict|mixed|jsonobject|jsonvalue|hstore|",
       {{json}, {.scalar = string, .instead = true}}},
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
      {"|decimal|", {{decimal, "Decimal"}, {.scalar = float_, .instead = true}}},
      {"|datetime|", {{date_time, "DateTime Timestamp"}}},
      {"|json|", {{json}}},
      {"|bytes|", {{bytes}}},
  };
  return table;
}

// Native types that a scalar is stored as where nothing is said.
constexpr std::pair<Provider, std::string_view> kDefaults[] = {
    {Provider::postgresql, "Text"},     {Provider::postgresql, "JsonB"},  {Provider::postgresql, "Timestamp"},
    {Provider::cockroachdb, "String"},  {Provider::cockroachdb, "JsonB"}, {Provider::cockroachdb, "Timestamp"},
    {Provider::sqlserver, "DateTime2"}, {Provider::mysql, "DateTime"},
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

const schema::NativeTypeSpec* native_of(Provider provider, const Offer& offer) {
  for (const std::string_view name : split(offer.natives, ' ')) {
    const schema::NativeTypeSpec* native = schema::find_native_type(provider, name);
    if (native && std::ranges::find(native->scalars, offer.scalar) != native->scalars.end()) return native;
  }
  return nullptr;
}

// The arguments as Prisma writes them, where the native type takes so many. `varchar(max)`, `numeric(10,2)`.
std::string arguments_for(const schema::NativeTypeSpec& native, std::string_view arguments) {
  if (arguments.size() < 2) return {};
  std::vector<std::string> values;
  for (std::string_view value : split(arguments.substr(1, arguments.size() - 2), ',')) {
    while (value.starts_with(' ')) value.remove_prefix(1);
    while (value.ends_with(' ')) value.remove_suffix(1);
    const bool whole = !value.empty() && std::ranges::all_of(value, ascii::is_digit);
    if (!whole && ascii::to_lower(value) != "max") return {};
    values.push_back(whole ? std::string(value) : "Max");
  }
  return values.size() > native.max_arguments ? std::string() : fmt::format("({})", fmt::join(values, ", "));
}

bool is_supported(const schema::Connector& connector, ScalarType scalar) {
  return (scalar != ScalarType::json || connector.json) && (scalar != ScalarType::decimal || connector.decimal);
}

std::optional<PrismaType> prisma_type(const MistakeContext& context, const Offer& offer, std::string_view arguments) {
  PrismaType type{.scalar = std::string(schema::to_string(offer.scalar))};
  if (context.datasource) {
    const Provider provider = *context.datasource->provider;
    if (!is_supported(schema::connector(provider, context.version), offer.scalar)) return std::nullopt;
    if (const schema::NativeTypeSpec* native = native_of(provider, offer)) {
      const std::string given = arguments_for(*native, arguments);
      const bool is_default =
          std::ranges::find(kDefaults, std::pair(provider, native->name)) != std::end(kDefaults) && given.empty();
      if (!is_default) type.attributes = fmt::format(" @{}.{}{}", context.datasource->name, native->name, given);
    }
  }
  if (!offer.default_value.empty()) type.attributes += fmt::format(" @default({})", offer.default_value);
  return type;
}

}  // namespace

std::vector<PrismaType> types_for(const MistakeContext& context, std::string_view name, std::string_view arguments) {
  const std::string exact = fmt::format("|{}|", name);
  const std::string folded = ascii::to_lower(exact);
  for (int i = 0; arguments.empty() && i <= static_cast<int>(ScalarType::bytes); ++i) {
    const std::string_view scalar = schema::to_string(static_cast<ScalarType>(i));
    if (ascii::to_lower(scalar) == folded.substr(1, name.size()))
      return {{.scalar = std::string(scalar), .attributes = {}}};
  }
  const auto row = std::ranges::find_if(other_types(), [&](const OtherType& type) {
    return type.names.find(exact) != std::string_view::npos || type.names.find(folded) != std::string_view::npos;
  });
  std::vector<PrismaType> types;
  if (row == other_types().end()) return types;
  for (const Offer& offer : row->offers) {
    if (offer.instead && !types.empty()) continue;
    if (auto type = prisma_type(context, offer, arguments)) types.push_back(std::move(*type));
  }
  return types;
}

}  // namespace refract::validation
