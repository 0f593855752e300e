#include "features/migration/migration_renames.h"

#include <fmt/format.h>

#include <algorithm>

#include "features/navigation.h"
#include "features/relation_tables.h"
#include "migrate/history/rename_notes.h"
#include "migrate/wanted/names.h"

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

// The field of the declaration that has the table for an implicit many-to-many relation.
std::optional<schema::FileRange> relation_place(const schema::Snapshot& snapshot, const Placed& declaration,
                                                const migrate::Rename& rename) {
  if (rename.kind != RenameKind::table || !rename.to.starts_with('_')) return std::nullopt;
  for (const schema::Field& field : declaration->fields) {
    const auto relation = snapshot.relation_of(declaration, field);
    if (!relation || relation->kind != schema::RelationKind::many_to_many || relation->owner.field != &field) continue;
    if (migrate::join_names(relation->name).table == rename.to) return declaration.in_file(field.syntax->range);
  }
  return std::nullopt;
}

// Where the schema declares what the rename leads to.
std::optional<schema::FileRange> place_of(const schema::Snapshot& snapshot, const migrate::NextMigration& next,
                                          const migrate::Rename& rename) {
  for (const Placed& declaration : snapshot.declarations()) {
    const bool of_enum = rename.kind == RenameKind::enumeration || rename.kind == RenameKind::enum_value;
    if (declaration->is_enum() != of_enum || (!of_enum && !declaration->is_model())) continue;
    if (rename.kind == RenameKind::table || rename.kind == RenameKind::enumeration) {
      if (const auto field = relation_place(snapshot, declaration, rename)) return field;
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

// The name as requests have it: "public" is left out.
std::string in_schema(const std::string& schema, const std::string& name) {
  return schema == "public" ? name : fmt::format("{}.{}", schema, name);
}

std::optional<migrate::RenameRequest> own_intent(const Symbol& symbol, const std::string& new_name) {
  if (symbol.kind == SymbolKind::database_schema) return migrate::RenameRequest{symbol.name, new_name};
  if (symbol.declaration == nullptr || symbol.kind == SymbolKind::relation_name) return std::nullopt;
  const Placed& declaration = *symbol.declaration;
  const bool has_table = declaration->is_model() || declaration->is_enum();
  if (!has_table) return std::nullopt;
  const std::string owner = in_schema(declaration->database_schema.value_or("public"), declaration->database_name);
  switch (symbol.kind) {
    case SymbolKind::declaration:
      if (declaration->mapped) return std::nullopt;
      return migrate::RenameRequest{owner, new_name};
    case SymbolKind::field: {
      const schema::Field* field = declaration->find_field(symbol.name);
      if (!declaration->is_model() || !field || field->mapped || !field->is_stored()) return std::nullopt;
      return migrate::RenameRequest{fmt::format("{}.{}", owner, field->database_name), new_name};
    }
    case SymbolKind::enum_value: {
      const auto value = std::ranges::find(declaration->values, symbol.name, &schema::EnumValue::name);
      if (value == declaration->values.end() || value->database_name != value->name) return std::nullopt;
      return migrate::RenameRequest{fmt::format("{}.{}", owner, value->database_name), new_name};
    }
    case SymbolKind::database_name:
      // Keys and indexes follow their shape.
      if (symbol.attribute->name.text != "map") return std::nullopt;
      return migrate::RenameRequest{symbol.attribute->block ? owner : fmt::format("{}.{}", owner, symbol.name),
                                    new_name};
    default:
      return std::nullopt;
  }
}

// Why the next migration would not carry out the rename: it can rename only to a name that is free. Empty: it would.
std::string why_not_free(const migrate::RenameRequest& intent, const migrate::History& history) {
  if (migrate::is_exchange(intent)) return {};
  const catalog::Catalog& migrated = *history.catalog;
  const std::string before = migrate::name_before(history.rename_notes, intent.from, migrated);
  const std::string wanted = before.substr(0, before.rfind('.') + 1) + intent.to;
  if (wanted == before || !migrate::has_named(migrated, wanted)) return {};
  return fmt::format(
      "In the database, {} is the name of something else until the next migration, which therefore cannot rename {} "
      "to it. Create the migration of what was changed so far first, or choose another name.",
      wanted, before);
}

// Of the tables that the foreign keys do not show: what they are called, and which way round their columns are.
void add_relation_tables(const schema::Snapshot& snapshot, const Symbol& symbol, const std::string& new_name,
                         const migrate::History* history, std::vector<migrate::RenameRequest>& intents) {
  const bool foreign_keys = snapshot.datasource() == nullptr || snapshot.datasource()->foreign_keys;
  const bool renames_model =
      symbol.kind == SymbolKind::declaration && symbol.declaration != nullptr && !(*symbol.declaration)->mapped;
  for (const RelationTableChange& change : relation_table_changes(snapshot, symbol, new_name)) {
    const Placed& owner = *change.relation.owner.model;
    const std::string schema = owner->database_schema.value_or("public");
    const std::string table = in_schema(schema, change.table);
    // The planner finds those of a renamed model by itself.
    const bool found = foreign_keys && renames_model;
    if (change.table != change.table_after && !found) intents.push_back({table, change.table_after});
    const bool shown = foreign_keys && change.relation.owner.model != change.relation.other.model;
    if (!change.exchanges || shown) continue;
    const catalog::Table* existing =
        history != nullptr ? history->catalog->find_table({schema, change.table}) : nullptr;
    const bool turned = existing != nullptr && !existing->columns.empty() && existing->columns.front().name == "B";
    intents.push_back({fmt::format("{}.{}", table, turned ? "B" : "A"), turned ? "A" : "B"});
  }
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

Result<std::vector<migrate::RenameRequest>> rename_intents(const schema::Snapshot& snapshot, schema::FilePosition at,
                                                           const std::string& new_name, DatabaseName database_name,
                                                           const migrate::History* history) {
  const auto symbol = symbol_at(snapshot, at);
  std::vector<migrate::RenameRequest> intents;
  if (!symbol || symbol->name == new_name) return intents;
  const bool follows = database_name == DatabaseName::follow;
  const bool of_database = symbol->kind == SymbolKind::database_name || symbol->kind == SymbolKind::database_schema;
  if (!follows && !of_database) return intents;
  if (auto own = own_intent(*symbol, new_name)) intents.push_back(std::move(*own));
  if (follows) add_relation_tables(snapshot, *symbol, new_name, history, intents);
  if (history == nullptr) return intents;
  for (const migrate::RenameRequest& intent : intents) {
    if (std::string why = why_not_free(intent, *history); !why.empty()) return fail(ErrorCode::conflict, why);
  }
  return intents;
}

}  // namespace refract::features
