#include "features/migration/migration_renames.h"

#include <fmt/format.h>

#include <algorithm>

#include "features/navigation.h"

namespace refract::features {
namespace {

using migrate::RenameKind;
using schema::Placed;

bool touches(const schema::FileRange& one, const schema::FileRange& other) {
  return one.file == other.file && one.range.begin <= other.range.end && other.range.begin <= one.range.end;
}

bool is_owner(const Placed& declaration, const migrate::Rename& rename, const migrate::NextMigration& next) {
  if (declaration->database_schema.value_or("public") != rename.owner.schema) return false;
  if (declaration->database_name == rename.owner.name) return true;
  // A table or enum that is renamed itself has its new name in the schema.
  return std::ranges::any_of(next.renames, [&](const migrate::Rename& whole) {
    return whole.owner == rename.owner && whole.from == rename.owner.name && whole.to == declaration->database_name;
  });
}

// Where the schema declares what the rename leads to.
std::optional<schema::FileRange> place_of(const schema::Snapshot& snapshot, const migrate::NextMigration& next,
                                          const migrate::Rename& rename) {
  for (const Placed& declaration : snapshot.declarations()) {
    const bool of_enum = rename.kind == RenameKind::enumeration || rename.kind == RenameKind::enum_value;
    if (declaration->is_enum() != of_enum || (!of_enum && !declaration->is_model())) continue;
    if (rename.kind == RenameKind::table || rename.kind == RenameKind::enumeration) {
      if (declaration->database_name != rename.to) continue;
      return declaration.in_file(declaration->block->header_range);
    }
    if (!is_owner(declaration, rename, next)) continue;
    for (const schema::Field& field : declaration->fields) {
      if (field.is_stored() && field.database_name == rename.to) return declaration.in_file(field.syntax->range);
    }
    for (const schema::EnumValue& value : declaration->values) {
      if (value.database_name == rename.to) return declaration.in_file(value.syntax->range);
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<RenameChoice> rename_choices(const schema::Snapshot& snapshot, const migrate::NextMigration& next,
                                         schema::FileRange at) {
  std::vector<RenameChoice> choices;
  for (const migrate::RenameCandidate& candidate : next.rename_candidates) {
    const auto place = place_of(snapshot, next, candidate.rename);
    if (!place || !touches(*place, at)) continue;
    choices.push_back({fmt::format("Rename {} instead of drop and add", migrate::display_name(candidate.rename)),
                       migrate::request_of(candidate.rename)});
  }
  return choices;
}

std::optional<migrate::RenameRequest> rename_intent(const schema::Snapshot& snapshot, schema::FilePosition at,
                                                    const std::string& new_name) {
  const auto symbol = symbol_at(snapshot, at);
  if (!symbol || symbol->name == new_name) return std::nullopt;
  const Placed& declaration = *symbol->declaration;
  const std::string schema = declaration->database_schema.value_or("public");
  const std::string owner =
      schema == "public" ? declaration->database_name : fmt::format("{}.{}", schema, declaration->database_name);
  switch (symbol->kind) {
    case SymbolKind::declaration:
      if (declaration->mapped || !(declaration->is_model() || declaration->is_enum())) return std::nullopt;
      return migrate::RenameRequest{owner, new_name};
    case SymbolKind::field: {
      const schema::Field* field = declaration->find_field(symbol->name);
      if (!declaration->is_model() || !field || field->mapped || !field->is_stored()) return std::nullopt;
      return migrate::RenameRequest{fmt::format("{}.{}", owner, field->database_name), new_name};
    }
    case SymbolKind::enum_value: {
      const auto value = std::ranges::find(declaration->values, symbol->name, &schema::EnumValue::name);
      if (value == declaration->values.end() || value->database_name != value->name) return std::nullopt;
      return migrate::RenameRequest{fmt::format("{}.{}", owner, value->database_name), new_name};
    }
  }
  return std::nullopt;
}

}  // namespace refract::features
