#include "features/navigation.h"

#include <algorithm>

#include "syntax/locate.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;
using syntax::Located;
using syntax::LocatedKind;

std::optional<Symbol> declaration_symbol(const Snapshot& snapshot, std::string_view name) {
  const Placed* placed = snapshot.find(name);
  if (placed == nullptr) return std::nullopt;
  return Symbol{SymbolKind::declaration, placed, std::string(name), placed->in_file((*placed)->block->name.range), {}};
}

std::optional<Symbol> field_symbol(const Placed* placed, std::string_view name) {
  if (placed == nullptr) return std::nullopt;
  const schema::Field* field = (*placed)->find_field(name);
  if (field == nullptr || field->syntax == nullptr) return std::nullopt;
  return Symbol{SymbolKind::field, placed, std::string(name), placed->in_file(field->syntax->name.range), {}};
}

std::optional<Symbol> value_symbol(const Placed* placed, std::string_view name) {
  if (placed == nullptr || !(*placed)->is_enum()) return std::nullopt;
  const syntax::EnumValue* value = (*placed)->block->find_value(name);
  if (value == nullptr) return std::nullopt;
  return Symbol{SymbolKind::enum_value, placed, std::string(name), placed->in_file(value->name.range), {}};
}

// The argument that a word stands in: its name, or the name that an unnamed first argument has.
std::string_view argument_name(const Located& word) {
  if (word.argument != nullptr && word.argument->name) return word.argument->name->text;
  return {};
}

// A name inside an attribute: a field in a list of fields, an enum's value in @default.
std::optional<Symbol> symbol_in_attribute(const Snapshot& snapshot, const Placed& placed, const Located& word) {
  const std::string_view attribute = word.attribute->name.text;
  const std::string_view argument = argument_name(word);
  const std::string_view name = word.token.text;
  if (word.attribute->block) {
    const bool lists_fields = attribute == "id" || attribute == "unique" || attribute == "index" || attribute == "fulltext";
    if (lists_fields && (argument.empty() || argument == "fields")) return field_symbol(&placed, name);
    return std::nullopt;
  }
  if (word.field == nullptr || !word.field->type) return std::nullopt;
  if (attribute == "relation") {
    if (argument == "fields") return field_symbol(&placed, name);
    if (argument == "references") return field_symbol(snapshot.find(word.field->type->name.text), name);
  }
  if (attribute == "default") return value_symbol(snapshot.find(word.field->type->name.text), name);
  return std::nullopt;
}

std::optional<Symbol> resolve(const Snapshot& snapshot, const Placed& placed, const Located& word) {
  std::optional<Symbol> symbol;
  switch (word.kind) {
    case LocatedKind::block_name: {
      // Of two declarations with one name, the one under the cursor is meant.
      symbol = Symbol{SymbolKind::declaration, &placed, std::string(word.token.text), placed.in_file(word.token.range), {}};
      break;
    }
    case LocatedKind::field_type: symbol = declaration_symbol(snapshot, word.token.text); break;
    case LocatedKind::field_name: symbol = field_symbol(&placed, word.token.text); break;
    case LocatedKind::enum_value_name: symbol = value_symbol(&placed, word.token.text); break;
    case LocatedKind::path:
    case LocatedKind::function_name:  // `title(sort: Desc)` in a list of fields reads as a function
      if (word.attribute != nullptr) symbol = symbol_in_attribute(snapshot, placed, word);
      break;
    default: break;
  }
  if (symbol) symbol->referred_from = placed.in_file(word.token.range);
  return symbol;
}

bool same(const Symbol& one, const Symbol& other) {
  return one.kind == other.kind && one.declared_at == other.declared_at;
}

}  // namespace

std::optional<Symbol> symbol_at(const Snapshot& snapshot, schema::FilePosition at) {
  const Placed* placed = snapshot.declaration_at(at);
  if (placed == nullptr) return std::nullopt;
  const Located word = syntax::locate(*(*placed)->block, at.offset - placed->start);
  return word ? resolve(snapshot, *placed, word) : std::nullopt;
}

std::optional<Definition> definition(const Snapshot& snapshot, schema::FilePosition at) {
  const auto symbol = symbol_at(snapshot, at);
  if (!symbol) return std::nullopt;
  const Placed& placed = *symbol->declaration;
  Definition found;
  found.origin = symbol->referred_from.range;
  found.selection = symbol->declared_at;
  switch (symbol->kind) {
    case SymbolKind::declaration: found.target = placed.in_file({0, placed->block->range.end}); break;
    case SymbolKind::field: found.target = placed.in_file(placed->find_field(symbol->name)->syntax->range); break;
    case SymbolKind::enum_value: found.target = placed.in_file(placed->block->find_value(symbol->name)->range); break;
  }
  return found;
}

std::vector<schema::FileRange> references(const Snapshot& snapshot, const Symbol& symbol, bool include_declaration) {
  std::vector<schema::FileRange> found;
  for (const Placed& placed : snapshot.declarations()) {
    // Most blocks do not hold the name at all, and a search of bytes is far cheaper than one of words.
    if (placed->block->text.find(symbol.name) == std::string::npos) continue;
    syntax::for_each_word(*placed->block, [&](const Located& word) {
      if (word.token.text != symbol.name) return;
      const auto named = resolve(snapshot, placed, word);
      if (!named || !same(*named, symbol)) return;
      const schema::FileRange at = placed.in_file(word.token.range);
      if (at == symbol.declared_at && !include_declaration) return;
      found.push_back(at);
    });
  }
  std::ranges::sort(found, {}, [](const schema::FileRange& at) { return std::pair(at.file, at.range); });
  return found;
}

}  // namespace refract::features
