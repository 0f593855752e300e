#include "migrate/sql/spelling.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalog/expression/expression.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

bool is_lower_or_digit(char c) {
  return ascii::is_lower(c) || ascii::is_digit(c) || c == '_';
}

bool reads_back_unquoted(std::string_view name) {
  return !name.empty() && !ascii::is_digit(name.front()) && std::ranges::all_of(name, is_lower_or_digit);
}

}  // namespace

std::string quoted(std::string_view name, Spelling spelling) {
  return spelling == Spelling::escaped ? catalog::quote_name(name) : fmt::format("\"{}\"", name);
}

std::string quoted(const catalog::QualifiedName& name, Spelling spelling, bool qualified) {
  if (name.schema == "public" && !qualified) return quoted(name.name, spelling);
  return fmt::format("{}.{}", quoted(name.schema, spelling), quoted(name.name, spelling));
}

std::string quoted_value(std::string_view value, Spelling spelling) {
  return spelling == Spelling::escaped ? catalog::quote_literal(value) : fmt::format("'{}'", value);
}

std::string sequence_name(const catalog::QualifiedName& sequence, Spelling spelling) {
  const std::string schema = sequence.schema == "public" ? "" : quoted(sequence.schema, spelling) + ".";
  if (spelling == Spelling::prisma) return ascii::to_lower(schema + sequence.name);  // the schema's name, too
  return schema + (reads_back_unquoted(sequence.name) ? sequence.name : quoted(sequence.name, spelling));
}

}  // namespace refract::migrate
