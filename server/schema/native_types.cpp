#include "schema/connector.h"

// The native types of each provider, as Prisma 5 to 7 know them (they do not differ between the versions).
namespace refract::schema {
namespace {

constexpr ScalarType kInt[] = {ScalarType::int_};
constexpr ScalarType kBigInt[] = {ScalarType::big_int};
constexpr ScalarType kDecimal[] = {ScalarType::decimal};
constexpr ScalarType kString[] = {ScalarType::string};
constexpr ScalarType kFloat[] = {ScalarType::float_};
constexpr ScalarType kBytes[] = {ScalarType::bytes};
constexpr ScalarType kDateTime[] = {ScalarType::date_time};
constexpr ScalarType kBoolean[] = {ScalarType::boolean};
constexpr ScalarType kJson[] = {ScalarType::json};
constexpr ScalarType kBooleanAndInt[] = {ScalarType::boolean, ScalarType::int_};
constexpr ScalarType kBooleanAndBytes[] = {ScalarType::boolean, ScalarType::bytes};
constexpr ScalarType kStringAndBytes[] = {ScalarType::string, ScalarType::bytes};
constexpr ScalarType kIntAndBigInt[] = {ScalarType::int_, ScalarType::big_int};

constexpr NativeTypeSpec kPostgresql[] = {
    {"SmallInt", kInt, 0, 0, "Integer of 2 bytes, from -32768 to 32767."},
    {"Integer", kInt, 0, 0, "Integer of 4 bytes; what Int is stored as by default."},
    {"BigInt", kBigInt, 0, 0, "Integer of 8 bytes; what BigInt is stored as by default."},
    {"Decimal", kDecimal, 0, 2, "Exact number with a chosen precision and scale."},
    {"Money", kDecimal, 0, 0, "Currency amount with the fraction of the server's locale."},
    {"Inet", kString, 0, 0, "IPv4 or IPv6 address, with an optional network mask."},
    {"Oid", kInt, 0, 0, "Object identifier of the server's own catalogs, 4 bytes unsigned."},
    {"Citext", kString, 0, 0, "Text that compares without regard to case; needs the extension citext."},
    {"Real", kFloat, 0, 0, "Floating point number of 4 bytes."},
    {"DoublePrecision", kFloat, 0, 0, "Floating point number of 8 bytes; what Float is stored as by default."},
    {"VarChar", kString, 0, 1, "Text up to a length; without a length, any text."},
    {"Char", kString, 0, 1, "Text padded with blanks to a fixed length."},
    {"Text", kString, 0, 0, "Text of any length; what String is stored as by default."},
    {"ByteA", kBytes, 0, 0, "Binary data; what Bytes is stored as by default."},
    {"Timestamp", kDateTime, 0, 1, "Date and time without time zone, with a chosen number of fraction digits."},
    {"Timestamptz", kDateTime, 0, 1, "Point in time, kept in UTC and shown in the session's time zone."},
    {"Date", kDateTime, 0, 0, "Calendar date without time of day."},
    {"Time", kDateTime, 0, 1, "Time of day without time zone."},
    {"Timetz", kDateTime, 0, 1, "Time of day with a time zone offset."},
    {"Boolean", kBoolean, 0, 0, "True or false; what Boolean is stored as by default."},
    {"Bit", kString, 0, 1, "Bit string of a fixed length."},
    {"VarBit", kString, 0, 1, "Bit string up to a length."},
    {"Uuid", kString, 0, 0, "Identifier of 128 bits, stored in 16 bytes."},
    {"Xml", kString, 0, 0, "XML text, checked to be well formed."},
    {"Json", kJson, 0, 0, "JSON kept as the text it was given as."},
    {"JsonB", kJson, 0, 0, "JSON in binary form that can be indexed; what Json is stored as by default."},
};

constexpr NativeTypeSpec kCockroachdb[] = {
    {"Bit", kString, 0, 1, "Bit string of a fixed length."},
    {"Bool", kBoolean, 0, 0, "True or false; what Boolean is stored as by default."},
    {"Bytes", kBytes, 0, 0, "Binary data; what Bytes is stored as by default."},
    {"Char", kString, 0, 1, "Text of a limited length, one character by default."},
    {"Date", kDateTime, 0, 0, "Calendar date without time of day."},
    {"Decimal", kDecimal, 0, 2, "Exact number with a chosen precision and scale."},
    {"Float4", kFloat, 0, 0, "Floating point number of 4 bytes."},
    {"Float8", kFloat, 0, 0, "Floating point number of 8 bytes; what Float is stored as by default."},
    {"Inet", kString, 0, 0, "IPv4 or IPv6 address."},
    {"Int2", kInt, 0, 0, "Integer of 2 bytes."},
    {"Int4", kInt, 0, 0, "Integer of 4 bytes; what Int is stored as by default."},
    {"Int8", kBigInt, 0, 0, "Integer of 8 bytes; what BigInt is stored as by default."},
    {"JsonB", kJson, 0, 0, "JSON in binary form; what Json is stored as by default."},
    {"Oid", kInt, 0, 0, "Object identifier, 4 bytes unsigned."},
    {"CatalogSingleChar", kString, 0, 0, "Single byte, as the system catalogs use it."},
    {"String", kString, 0, 1, "Text, optionally up to a length; what String is stored as by default."},
    {"Time", kDateTime, 0, 1, "Time of day without time zone."},
    {"Timestamp", kDateTime, 0, 1, "Date and time without time zone."},
    {"Timestamptz", kDateTime, 0, 1, "Point in time, shown in the session's time zone."},
    {"Timetz", kDateTime, 0, 1, "Time of day with a time zone offset."},
    {"Uuid", kString, 0, 0, "Identifier of 128 bits."},
    {"VarBit", kString, 0, 1, "Bit string up to a length."},
};

constexpr NativeTypeSpec kMysql[] = {
    {"Int", kInt, 0, 0, "Integer of 4 bytes; what Int is stored as by default."},
    {"UnsignedInt", kInt, 0, 0, "Integer of 4 bytes without negative numbers."},
    {"SmallInt", kInt, 0, 0, "Integer of 2 bytes."},
    {"UnsignedSmallInt", kInt, 0, 0, "Integer of 2 bytes without negative numbers."},
    {"TinyInt", kBooleanAndInt, 0, 0, "Integer of 1 byte; on Boolean, 0 and 1."},
    {"UnsignedTinyInt", kBooleanAndInt, 0, 0, "Integer of 1 byte without negative numbers."},
    {"MediumInt", kInt, 0, 0, "Integer of 3 bytes."},
    {"UnsignedMediumInt", kInt, 0, 0, "Integer of 3 bytes without negative numbers."},
    {"BigInt", kBigInt, 0, 0, "Integer of 8 bytes; what BigInt is stored as by default."},
    {"Decimal", kDecimal, 0, 2, "Exact number with a chosen precision (up to 65) and scale (up to 30)."},
    {"UnsignedBigInt", kBigInt, 0, 0, "Integer of 8 bytes without negative numbers."},
    {"Float", kFloat, 0, 0, "Floating point number of 4 bytes."},
    {"Double", kFloat, 0, 0, "Floating point number of 8 bytes; what Float is stored as by default."},
    {"Bit", kBooleanAndBytes, 1, 1, "Bits of a fixed count, 1 to 64; Bit(1) fits Boolean."},
    {"Char", kString, 1, 1, "Text padded to a fixed length, up to 255 characters."},
    {"VarChar", kString, 1, 1, "Text up to a length; String is VarChar(191) by default."},
    {"Binary", kBytes, 1, 1, "Bytes padded to a fixed length."},
    {"VarBinary", kBytes, 1, 1, "Bytes up to a length."},
    {"TinyBlob", kBytes, 0, 0, "Bytes up to 255."},
    {"Blob", kBytes, 0, 0, "Bytes up to 64 KB."},
    {"MediumBlob", kBytes, 0, 0, "Bytes up to 16 MB."},
    {"LongBlob", kBytes, 0, 0, "Bytes up to 4 GB; what Bytes is stored as by default."},
    {"TinyText", kString, 0, 0, "Text up to 255 bytes."},
    {"Text", kString, 0, 0, "Text up to 64 KB."},
    {"MediumText", kString, 0, 0, "Text up to 16 MB."},
    {"LongText", kString, 0, 0, "Text up to 4 GB."},
    {"Date", kDateTime, 0, 0, "Calendar date without time of day."},
    {"Time", kDateTime, 0, 1, "Time of day or span of time."},
    {"DateTime", kDateTime, 0, 1, "Date and time without time zone; DateTime has 3 fraction digits by default."},
    {"Timestamp", kDateTime, 0, 1, "Point in time from 1970 to 2038, kept in UTC."},
    {"Year", kInt, 0, 0, "Year of four digits."},
    {"Json", kJson, 0, 0, "JSON document; what Json is stored as by default."},
};

constexpr NativeTypeSpec kSqlserver[] = {
    {"TinyInt", kInt, 0, 0, "Integer of 1 byte, from 0 to 255."},
    {"SmallInt", kInt, 0, 0, "Integer of 2 bytes."},
    {"Int", kInt, 0, 0, "Integer of 4 bytes; what Int is stored as by default."},
    {"BigInt", kBigInt, 0, 0, "Integer of 8 bytes; what BigInt is stored as by default."},
    {"Decimal", kDecimal, 0, 2, "Exact number with a chosen precision and scale, up to 38 digits."},
    {"Money", kFloat, 0, 0, "Currency amount of 8 bytes with four decimals."},
    {"SmallMoney", kFloat, 0, 0, "Currency amount of 4 bytes with four decimals."},
    {"Bit", kBooleanAndInt, 0, 0, "0 or 1; what Boolean is stored as by default."},
    {"Float", kFloat, 0, 1, "Floating point number with a chosen count of mantissa bits."},
    {"Real", kFloat, 0, 0, "Floating point number of 4 bytes."},
    {"Date", kDateTime, 0, 0, "Calendar date without time of day."},
    {"Time", kDateTime, 0, 0, "Time of day."},
    {"DateTime", kDateTime, 0, 0, "Date and time, exact to about 3 milliseconds."},
    {"DateTime2", kDateTime, 0, 0, "Date and time, exact to 100 nanoseconds; what DateTime is stored as by default."},
    {"DateTimeOffset", kDateTime, 0, 0, "Date and time with a time zone offset."},
    {"SmallDateTime", kDateTime, 0, 0, "Date and time, exact to a minute."},
    {"Char", kString, 0, 1, "Text padded to a fixed length of bytes."},
    {"NChar", kString, 0, 1, "Unicode text padded to a fixed length."},
    {"VarChar", kString, 0, 1, "Text up to a length, or Max."},
    {"Text", kString, 0, 0, "Long text; superseded by VarChar(Max)."},
    {"NVarChar", kString, 0, 1, "Unicode text up to a length, or Max; String is NVarChar(1000) by default."},
    {"NText", kString, 0, 0, "Long Unicode text; superseded by NVarChar(Max)."},
    {"Binary", kBytes, 0, 1, "Bytes padded to a fixed length."},
    {"VarBinary", kBytes, 0, 1, "Bytes up to a length, or Max."},
    {"Image", kBytes, 0, 0, "Long bytes; superseded by VarBinary(Max)."},
    {"Xml", kString, 0, 0, "XML document."},
    {"UniqueIdentifier", kString, 0, 0, "Identifier of 128 bits."},
};

constexpr NativeTypeSpec kMongodb[] = {
    {"String", kString, 0, 0, "UTF-8 text; what String is stored as by default."},
    {"Double", kFloat, 0, 0, "Floating point number of 8 bytes; what Float is stored as by default."},
    {"BinData", kBytes, 0, 0, "Binary data; what Bytes is stored as by default."},
    {"ObjectId", kStringAndBytes, 0, 0, "The 12 byte identifier that MongoDB itself makes for documents."},
    {"Bool", kBoolean, 0, 0, "True or false; what Boolean is stored as by default."},
    {"Date", kDateTime, 0, 0, "Point in time with milliseconds; what DateTime is stored as by default."},
    {"Int", kInt, 0, 0, "Integer of 4 bytes; what Int is stored as by default."},
    {"Timestamp", kDateTime, 0, 0, "Internal timestamp of replication."},
    {"Long", kIntAndBigInt, 0, 0, "Integer of 8 bytes; what BigInt is stored as by default."},
    {"Json", kJson, 0, 0, "Any value; what Json is stored as by default."},
};

}  // namespace

std::span<const NativeTypeSpec> native_types(Provider provider) {
  switch (provider) {
    case Provider::postgresql:
      return kPostgresql;
    case Provider::cockroachdb:
      return kCockroachdb;
    case Provider::mysql:
      return kMysql;
    case Provider::sqlserver:
      return kSqlserver;
    case Provider::mongodb:
      return kMongodb;
    case Provider::sqlite:
      break;
  }
  return {};
}

const NativeTypeSpec* find_native_type(Provider provider, std::string_view name) {
  for (const NativeTypeSpec& type : native_types(provider)) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

std::optional<NativeTypeLimit> native_type_limit(Provider provider, std::string_view type) {
  const auto is = [&](auto... names) { return ((type == names) || ...); };
  constexpr std::uint32_t kAny = 0xFFFFFFFF;
  switch (provider) {
    case Provider::postgresql:
    case Provider::cockroachdb:
      if (is("Bit", "VarBit")) return NativeTypeLimit{1, kAny};
      if (is("Timestamp", "Timestamptz", "Time", "Timetz")) return NativeTypeLimit{0, 6};
      break;
    case Provider::mysql:
      if (is("Bit")) return NativeTypeLimit{1, 64};
      if (is("Char")) return NativeTypeLimit{0, 255};
      if (is("VarChar")) return NativeTypeLimit{0, 65535};
      break;
    case Provider::sqlserver:
      if (is("Float")) return NativeTypeLimit{1, 53};
      if (is("NVarChar", "NChar")) return NativeTypeLimit{0, 4000};
      if (is("VarChar", "VarBinary", "Char", "Binary")) return NativeTypeLimit{0, 8000};
      break;
    case Provider::mongodb:
    case Provider::sqlite:
      break;
  }
  return std::nullopt;
}

bool takes_max(Provider provider, std::string_view type) {
  return provider == Provider::sqlserver && (type == "VarChar" || type == "NVarChar" || type == "VarBinary");
}

DecimalLimit decimal_limit(Provider provider) {
  switch (provider) {
    case Provider::mysql:
      return {0, 65, 30};
    case Provider::sqlserver:
      return {1, 38, 38};
    default:
      return {1, 1000, 0xFFFFFFFF};
  }
}

}  // namespace refract::schema
