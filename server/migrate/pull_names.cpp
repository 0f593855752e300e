#include "migrate/pull_names.h"

#include <algorithm>

#include <fmt/format.h>

#include "migrate/table_parts.h"
#include "support/ascii.h"

namespace refract::migrate {
std::string schema_name(std::string_view name) {
  while (!name.empty() && !ascii::is_letter(name.front())) name.remove_prefix(1);
  std::string made;
  for (const char c : name) {
    // A character of several bytes becomes one "_".
    if ((static_cast<unsigned char>(c) & 0xc0) == 0x80) continue;
    made += ascii::is_letter_or_digit(c) || c == '_' ? c : '_';
  }
  return made;
}

std::string schema_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        quoted += c;
    }
  }
  return quoted + "\"";
}

PullNames::PullNames(const catalog::Catalog& database, const schema::Snapshot& existing, const PullOptions& options)
    : options_(options) {
  for (const schema::Placed& declaration : existing.declarations()) {
    if (existing.find(declaration->name) != &declaration) continue;
    if (declaration->is_model()) models_.emplace(name_of(*declaration), &declaration);
    if (declaration->is_enum()) enums_.emplace(name_of(*declaration), &declaration);
  }
  for (const auto& [name, table] : database.tables) ++uses_[name.name];
  for (const auto& [name, enumeration] : database.enums) ++uses_[name.name];
}

const schema::Placed* PullNames::model(const catalog::QualifiedName& table) const {
  const auto found = models_.find(table);
  return found == models_.end() ? nullptr : found->second;
}

const schema::Placed* PullNames::enumeration(const catalog::QualifiedName& name) const {
  const auto found = enums_.find(name);
  return found == enums_.end() ? nullptr : found->second;
}

const schema::Field* PullNames::field(const catalog::QualifiedName& table, std::string_view column) const {
  const schema::Placed* known = model(table);
  if (!known) return nullptr;
  const auto& fields = (*known)->fields;
  const auto found = std::ranges::find_if(
      fields, [&](const schema::Field& field) { return field.is_stored() && field.database_name == column; });
  return found == fields.end() ? nullptr : &*found;
}

std::string PullNames::top_level(const catalog::QualifiedName& name, const schema::Placed* known) const {
  if (known) return std::string((*known)->name);
  const auto uses = uses_.find(name.name);
  if (uses != uses_.end() && uses->second > 1) return schema_name(fmt::format("{}_{}", name.schema, name.name));
  if (is_reserved(name)) return "Renamed" + name.name;
  return schema_name(name.name);
}

std::string PullNames::name_of_column(const catalog::QualifiedName& table, const std::string& column) const {
  if (const schema::Field* known = field(table, column)) return std::string(known->name);
  std::string made = schema_name(column);
  return made.empty() ? column : made;
}

std::string PullNames::name_of_value(const catalog::QualifiedName& name, const std::string& value) const {
  if (const schema::Placed* known = enumeration(name)) {
    for (const schema::EnumValue& one : (*known)->values) {
      if (one.database_name == value) return std::string(one.name);
    }
  }
  return value.empty() ? "EMPTY_ENUM_VALUE" : schema_name(value);
}

}  // namespace refract::migrate
