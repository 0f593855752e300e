#include "validation/rules/operator_classes.h"

namespace refract::validation {
namespace {

using schema::ScalarType;

constexpr ScalarType kBigInt = ScalarType::big_int;
constexpr ScalarType kBytes = ScalarType::bytes;
constexpr ScalarType kDateTime = ScalarType::date_time;
constexpr ScalarType kDecimal = ScalarType::decimal;
constexpr ScalarType kFloat = ScalarType::float_;
constexpr ScalarType kInt = ScalarType::int_;
constexpr ScalarType kJson = ScalarType::json;
constexpr ScalarType kString = ScalarType::string;

constexpr OperatorClass kClasses[] = {
    {"InetOps", "Gist SpGist", "Inet", nullptr},
    {"JsonbOps", "Gin", "JsonB", &kJson},
    {"JsonbPathOps", "Gin", "JsonB", &kJson},
    {"ArrayOps", "Gin", "", nullptr},
    {"TextOps", "SpGist", "Text VarChar Char", &kString},
    {"BitMinMaxOps", "Brin", "Bit", nullptr},
    {"VarBitMinMaxOps", "Brin", "VarBit", nullptr},
    {"BpcharBloomOps", "Brin", "Char", nullptr},
    {"BpcharMinMaxOps", "Brin", "Char", nullptr},
    {"ByteaBloomOps", "Brin", "ByteA", &kBytes},
    {"ByteaMinMaxOps", "Brin", "ByteA", &kBytes},
    {"DateBloomOps", "Brin", "Date", nullptr},
    {"DateMinMaxOps", "Brin", "Date", nullptr},
    {"DateMinMaxMultiOps", "Brin", "Date", nullptr},
    {"Float4BloomOps", "Brin", "Real", nullptr},
    {"Float4MinMaxOps", "Brin", "Real", nullptr},
    {"Float4MinMaxMultiOps", "Brin", "Real", nullptr},
    {"Float8BloomOps", "Brin", "DoublePrecision", &kFloat},
    {"Float8MinMaxOps", "Brin", "DoublePrecision", &kFloat},
    {"Float8MinMaxMultiOps", "Brin", "DoublePrecision", &kFloat},
    {"InetInclusionOps", "Brin", "Inet", nullptr},
    {"InetBloomOps", "Brin", "Inet", nullptr},
    {"InetMinMaxOps", "Brin", "Inet", nullptr},
    {"InetMinMaxMultiOps", "Brin", "Inet", nullptr},
    {"Int2BloomOps", "Brin", "SmallInt", nullptr},
    {"Int2MinMaxOps", "Brin", "SmallInt", nullptr},
    {"Int2MinMaxMultiOps", "Brin", "SmallInt", nullptr},
    {"Int4BloomOps", "Brin", "Integer", &kInt},
    {"Int4MinMaxOps", "Brin", "Integer", &kInt},
    {"Int4MinMaxMultiOps", "Brin", "Integer", &kInt},
    {"Int8BloomOps", "Brin", "BigInt", &kBigInt},
    {"Int8MinMaxOps", "Brin", "BigInt", &kBigInt},
    {"Int8MinMaxMultiOps", "Brin", "BigInt", &kBigInt},
    {"NumericBloomOps", "Brin", "Decimal", &kDecimal},
    {"NumericMinMaxOps", "Brin", "Decimal", &kDecimal},
    {"NumericMinMaxMultiOps", "Brin", "Decimal", &kDecimal},
    {"OidBloomOps", "Brin", "Oid", nullptr},
    {"OidMinMaxOps", "Brin", "Oid", nullptr},
    {"OidMinMaxMultiOps", "Brin", "Oid", nullptr},
    {"TextBloomOps", "Brin", "Text VarChar", &kString},
    {"TextMinMaxOps", "Brin", "Text VarChar", &kString},
    {"TimestampBloomOps", "Brin", "Timestamp", &kDateTime},
    {"TimestampMinMaxOps", "Brin", "Timestamp", &kDateTime},
    {"TimestampMinMaxMultiOps", "Brin", "Timestamp", &kDateTime},
    {"TimestampTzBloomOps", "Brin", "Timestamptz", nullptr},
    {"TimestampTzMinMaxOps", "Brin", "Timestamptz", nullptr},
    {"TimestampTzMinMaxMultiOps", "Brin", "Timestamptz", nullptr},
    {"TimeBloomOps", "Brin", "Time", nullptr},
    {"TimeMinMaxOps", "Brin", "Time", nullptr},
    {"TimeMinMaxMultiOps", "Brin", "Time", nullptr},
    {"TimeTzBloomOps", "Brin", "Timetz", nullptr},
    {"TimeTzMinMaxOps", "Brin", "Timetz", nullptr},
    {"TimeTzMinMaxMultiOps", "Brin", "Timetz", nullptr},
    {"UuidBloomOps", "Brin", "Uuid", nullptr},
    {"UuidMinMaxOps", "Brin", "Uuid", nullptr},
    {"UuidMinMaxMultiOps", "Brin", "Uuid", nullptr},
};

}  // namespace

std::span<const OperatorClass> operator_classes() {
  return kClasses;
}

const OperatorClass* find_operator_class(std::string_view name) {
  for (const OperatorClass& known : kClasses) {
    if (known.name == name) return &known;
  }
  return nullptr;
}

bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t space = list.find(' ');
    if (list.substr(0, space) == word) return true;
    if (space == std::string_view::npos) return false;
    list.remove_prefix(space + 1);
  }
  return false;
}

}  // namespace refract::validation
