#include "validation/rules/index_types.h"

#include "validation/rules/operator_classes.h"

namespace refract::validation {
namespace {

using schema::IndexKind;
using schema::Provider;

// What SQL Server keeps outside of the row.
bool is_off_row(std::string_view type, const std::vector<std::string>& arguments) {
  if (has_word("Text NText Image Xml", type)) return true;
  return has_word("VarBinary VarChar NVarChar", type) && arguments.size() == 1 && is_max(arguments.front());
}

}  // namespace

bool is_max(std::string_view argument) {
  return argument == "Max" || argument == "max" || argument == "MAX";
}

bool takes_in_condition(schema::ScalarType type, schema::LiteralKind kind) {
  using schema::ScalarType;
  if (type == ScalarType::json || type == ScalarType::bytes) return false;
  if (type == ScalarType::decimal) return kind == schema::LiteralKind::number;
  return schema::takes_literal(type, kind);
}

bool may_be_id(Provider provider, schema::ScalarType type) {
  return provider != Provider::sqlserver || type != schema::ScalarType::bytes;
}

bool may_be_indexed(Provider provider, IndexKind kind, std::string_view native_type,
                    const std::vector<std::string>& arguments, bool has_length) {
  switch (provider) {
    case Provider::mysql: {
      // MySQL keeps long text and binary data outside of the row and indexes a prefix of it at most.
      constexpr std::string_view kLong = "Text LongText MediumText TinyText Blob TinyBlob MediumBlob LongBlob";
      return kind == IndexKind::fulltext || has_length || !has_word(kLong, native_type);
    }
    case Provider::sqlserver:
      return !is_off_row(native_type, arguments);
    case Provider::postgresql:
      return kind == IndexKind::id || native_type != "Xml";
    default:
      return true;
  }
}

}  // namespace refract::validation
