#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "catalog/catalog.h"
#include "features/completion/completion_context.h"
#include "support/ascii.h"

namespace refract::features {
namespace {

using syntax::BlockKind;

// The letters and digits of a name in lower case, without the s of a plural: equal for `UserRole` and `user_roles`.
std::string core_of(std::string_view name) {
  std::string core;
  for (const char c : name) {
    if (ascii::is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80) core += ascii::to_lower(c);
  }
  if (core.ends_with('s')) core.pop_back();
  return core;
}

// Collects names and offers those that are free, first the ones like the name in the schema.
class Names {
 public:
  Names(CompletionContext& context, std::string_view like, std::string_view what)
      : context_(context), like_(core_of(like)), what_(what) {}

  void add(std::string_view name) { names_.insert(std::string(name)); }
  void take(std::string_view name) { names_.erase(std::string(name)); }
  void offer() const {
    const bool quoted = context_.cursor.place == syntax::CursorPlace::string_content;
    for (const bool alike : {true, false}) {
      for (const std::string& name : names_) {
        if ((core_of(name) == like_) != alike) continue;
        context_.add(CompletionKind::value, name, what_, "From the migrations.",
                     {.plain = quoted ? name : fmt::format("\"{}\"", name), .snippet = {}}, alike ? 1 : 2);
      }
    }
  }

 private:
  CompletionContext& context_;
  std::string like_;
  std::string_view what_;
  std::set<std::string> names_;
};

bool in_schema(const CompletionContext& context, const catalog::QualifiedName& name) {
  if (context.declaration == nullptr || !(*context.declaration)->database_schema) return true;
  return name.schema == *(*context.declaration)->database_schema;
}

void offer_declared(CompletionContext& context, BlockKind kind, std::string_view what, const auto& things) {
  Names names(context, context.cursor.block == nullptr ? "" : context.cursor.block->block->name.text, what);
  for (const auto& [name, thing] : things)
    if (in_schema(context, name)) names.add(name.name);
  for (const schema::Placed& placed : context.snapshot.declarations())
    if (placed->kind == kind && &placed != context.declaration) names.take(placed->database_name);
  names.offer();
}

const catalog::Table* table_of(const CompletionContext& context) {
  const std::string& name = (*context.declaration)->database_name;
  for (const auto& [key, table] : context.options.database->tables)
    if (key.name == name && in_schema(context, key)) return &table;
  return nullptr;
}

void offer_columns(CompletionContext& context) {
  const catalog::Table* table = table_of(context);
  if (table == nullptr) return;
  Names names(context, context.cursor.field_name, "column");
  for (const catalog::Column& column : table->columns) names.add(column.name);
  for (const schema::Field& field : (*context.declaration)->fields)
    if (field.name != context.cursor.field_name) names.take(field.database_name);
  names.offer();
}

void offer_values(CompletionContext& context) {
  Names names(context, context.cursor.field_name, "enum value");
  for (const auto& [key, type] : context.options.database->enums) {
    if (key.name != (*context.declaration)->database_name || !in_schema(context, key)) continue;
    for (const std::string& value : type.values) names.add(value);
  }
  for (const schema::EnumValue& value : (*context.declaration)->values)
    if (value.name != context.cursor.field_name) names.take(value.database_name);
  names.offer();
}

void offer_keys(CompletionContext& context, std::string_view attribute) {
  const catalog::Table* table = table_of(context);
  if (table == nullptr) return;
  Names names(context, "", "name in the database");
  if (attribute == "id") {
    if (table->primary_key) names.add(table->primary_key->name);
  } else if (attribute == "relation") {
    for (const catalog::ForeignKey& key : table->foreign_keys) names.add(key.name);
  } else {
    for (const catalog::Index& index : table->indexes)
      if (index.unique == (attribute == "unique")) names.add(index.name);
  }
  names.offer();
}

}  // namespace

void complete_database_names(CompletionContext& context, const schema::AttributeSpec& attribute) {
  const catalog::Catalog* database = context.options.database;
  if (database == nullptr) return;
  const BlockKind kind = context.cursor.block_kind;
  if (attribute.name == "map" && attribute.block) {
    if (kind == BlockKind::model) offer_declared(context, kind, "table", database->tables);
    if (kind == BlockKind::view) offer_declared(context, kind, "view", database->views);
    if (kind == BlockKind::enumeration) offer_declared(context, kind, "enum type", database->enums);
  } else if (context.declaration == nullptr) {
    return;  // the table of an unclosed block is unknown
  } else if (attribute.name != "map") {
    offer_keys(context, attribute.name);
  } else if (kind == BlockKind::enumeration) {
    offer_values(context);
  } else {
    offer_columns(context);
  }
}

}  // namespace refract::features
