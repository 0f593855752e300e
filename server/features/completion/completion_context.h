#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/completion/completion.h"
#include "features/completion/completion_line.h"
#include "features/doc_texts.h"
#include "schema/attributes.h"
#include "syntax/cursor.h"

namespace refract::features {

// How an item's text reads; empty: its label. The snippet is in LSP's syntax and used where the client takes it.
struct Insertion {
  std::string plain = {};
  std::string snippet = {};
};

// One completion under way: where the cursor is, and what was found so far. Items sort in the order of their
// `group` and then of their arrival.
struct CompletionContext {
  const schema::Snapshot& snapshot;
  const syntax::Cursor& cursor;
  const CompletionLine& line;
  const CompletionOptions& options;
  schema::FilePosition at;
  const schema::Placed* declaration = nullptr;  // the block around, where it is a declaration
  std::vector<CompletionItem> items = {};

  // The item replaces the word at the cursor.
  CompletionItem& add(CompletionKind kind, std::string_view label, std::string_view detail,
                      std::string_view documentation, Insertion insertion = {}, int group = 1);

  // Documentation of schema/attributes.h in the terms of the database.
  std::string worded(std::string_view doc) const {
    return features::worded(doc, provider_in_force(snapshot), cursor.block_kind);
  }

  schema::PrismaVersion version() const { return snapshot.options().version; }
  const schema::Connector& connector() const { return schema::connector(snapshot.provider(), version()); }
};

// Whether a field of this type, at the cursor, may have the attributes that its line has.
bool attributes_fit(const CompletionContext& context, std::string_view type);

// The families of places; each adds what is allowed at the context's cursor.
void complete_blocks(CompletionContext& context);
void complete_types(CompletionContext& context);
void complete_attributes(CompletionContext& context);
void complete_arguments(CompletionContext& context);
void complete_argument_values(CompletionContext& context, const schema::ArgumentSpec& argument,
                              const schema::AttributeSpec& attribute);
// The argument of this name; a misspelt one stands for the nearest. nullptr: none is near.
const schema::ArgumentSpec* meant_argument(std::span<const schema::ArgumentSpec> arguments, std::string_view name);
// Names of tables, columns, types and keys that the migrations have made and no other declaration represents.
void complete_database_names(CompletionContext& context, const schema::AttributeSpec& attribute);
// Whether an index can be over a prefix of the field's value.
bool has_length(const CompletionContext& context, std::string_view field_name);
void complete_function_arguments(CompletionContext& context, const schema::AttributeSpec& attribute);
void complete_configuration(CompletionContext& context);

}  // namespace refract::features
