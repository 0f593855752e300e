#include "features/navigation.h"

#include <algorithm>

#include "features/text_symbols.h"
#include "schema/attributes.h"
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

// The argument that a word is in: its name, or the name that an unnamed first argument has.
std::string_view argument_name(const Located& word) {
  if (word.argument != nullptr && word.argument->name) return word.argument->name->text;
  return {};
}

// One name of a word: the word itself, or a part of a path through composite types.
struct Name {
  std::string_view before;  // the parts of the path before it: "address.geo."
  syntax::Token token;
};

bool may_be_path(const Located& word) {
  // `title(sort: Desc)` in a list of fields reads as a function.
  return word.kind == LocatedKind::path || word.kind == LocatedKind::function_name;
}

std::vector<Name> names_of(const Located& word) {
  const std::string_view text = word.token.text;
  if (!may_be_path(word) || text.find('.') == std::string_view::npos) return {{{}, word.token}};
  std::vector<Name> names;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    const auto first = static_cast<text::Offset>(word.token.range.begin + begin);
    const auto size = static_cast<text::Offset>(end - begin);
    names.push_back({text.substr(0, begin), {text.substr(begin, size), {first, first + size}}});
    begin = end + 1;
  }
  return names;
}

// Whether the word is the value of its attribute's argument or an element of that list, and nothing deeper.
bool is_in_list(const Located& word) {
  if (word.expression == nullptr || word.argument == nullptr || !word.argument->value) return false;
  const syntax::Expression& value = *word.argument->value;
  return &value == word.expression || std::ranges::any_of(value.elements, [&](const syntax::Expression& element) {
    return &element == word.expression;
  });
}

// The field that a path from a declaration ends at.
std::optional<Symbol> path_symbol(const Snapshot& snapshot, const Placed* placed, const Name& name) {
  for (std::string_view path = name.before; !path.empty() && placed != nullptr;) {
    const std::size_t dot = path.find('.');
    const schema::Field* field = (*placed)->find_field(path.substr(0, dot));
    placed =
        field != nullptr && field->kind == schema::TypeKind::composite_type ? snapshot.find(field->type_name) : nullptr;
    path.remove_prefix(dot + 1);
  }
  return field_symbol(placed, name.token.text);
}

// A name inside an attribute: a field in a list of fields, an enum's value in @default.
std::optional<Symbol> symbol_in_attribute(const Snapshot& snapshot, const Placed& placed, const Located& word,
                                          const Name& name) {
  const std::string_view attribute = word.attribute->name.text;
  const std::string_view argument = argument_name(word);
  if (word.kind == LocatedKind::argument_name) {
    // The keys of `where: { field: value }`.
    const bool key = argument == "where" && word.expression != nullptr &&
                     word.expression->kind == syntax::ExpressionKind::object && is_in_list(word);
    return key ? field_symbol(&placed, name.token.text) : std::nullopt;
  }
  if (!is_in_list(word)) return std::nullopt;
  if (word.attribute->block) {
    const schema::AttributeSpec* spec = schema::find_attribute(attribute, true);
    const bool lists_fields = spec != nullptr && !spec->arguments.empty() && spec->arguments.front().name == "fields";
    if (lists_fields && (argument.empty() || argument == "fields")) return path_symbol(snapshot, &placed, name);
    return std::nullopt;
  }
  if (word.field == nullptr || !word.field->type || word.kind != LocatedKind::path) return std::nullopt;
  if (attribute == "relation") {
    if (argument == "fields") return field_symbol(&placed, name.token.text);
    if (argument == "references") return field_symbol(snapshot.find(word.field->type->name.text), name.token.text);
  }
  if (attribute == "default") return value_symbol(snapshot.find(word.field->type->name.text), name.token.text);
  return std::nullopt;
}

std::optional<Symbol> resolve(const Snapshot& snapshot, const Placed& placed, const Located& word, const Name& name) {
  std::optional<Symbol> symbol;
  const syntax::Token& token = name.token;
  switch (word.kind) {
    case LocatedKind::block_name: {
      // Of two declarations with one name, the one under the cursor is meant.
      symbol = Symbol{SymbolKind::declaration, &placed, std::string(token.text), placed.in_file(token.range), {}};
      break;
    }
    case LocatedKind::field_type:
      symbol = declaration_symbol(snapshot, token.text);
      break;
    case LocatedKind::field_name:
      symbol = field_symbol(&placed, token.text);
      break;
    case LocatedKind::enum_value_name:
      symbol = value_symbol(&placed, token.text);
      break;
    case LocatedKind::argument_name:
    case LocatedKind::path:
    case LocatedKind::function_name:
      if (word.attribute != nullptr) symbol = symbol_in_attribute(snapshot, placed, word, name);
      break;
    default:
      break;
  }
  if (symbol) symbol->referred_from = placed.in_file(token.range);
  return symbol;
}

bool same(const Symbol& one, const Symbol& other) {
  return one.kind == other.kind && one.declared_at == other.declared_at;
}

using Ranges = std::vector<schema::FileRange>;

// Fields with a syntax error refer to types too.
template <class Visit>
void for_each_type(const syntax::Block& block, Visit visit) {
  for (const std::vector<syntax::Field>* fields : {&block.fields, &block.broken_fields}) {
    for (const syntax::Field& field : *fields) {
      if (field.type) visit(field.type->name);
    }
  }
}

// Only its own head and the types of fields name a declaration; of several with one name, types mean the last.
void add_uses_of_declaration(const Snapshot& snapshot, const Placed& placed, const Symbol& symbol, Ranges& found) {
  const syntax::Block& block = *placed->block;
  if (const schema::FileRange name = placed.in_file(block.name.range); name == symbol.declared_at)
    found.push_back(name);
  for_each_type(block, [&](const syntax::Token& type) {
    if (type.text == symbol.name && snapshot.find(symbol.name) == symbol.declaration)
      found.push_back(placed.in_file(type.range));
  });
}

// Whether the block can name a member of the declaration: its own, or one that has a field of that type. A path leads
// through any number of composite types.
bool may_name_members(const syntax::Block& block, const schema::Declaration& owner) {
  if (&block == owner.block.get() || owner.kind == syntax::BlockKind::composite_type) return true;
  bool found = false;
  for_each_type(block, [&](const syntax::Token& type) { found = found || type.text == owner.name; });
  return found;
}

void add_uses_of_member(const Snapshot& snapshot, const Placed& placed, const Symbol& symbol, Ranges& found) {
  if (!may_name_members(*placed->block, **symbol.declaration)) return;
  syntax::for_each_word(*placed->block, [&](const Located& word) {
    if (word.token.text.find(symbol.name) == std::string_view::npos) return;
    for (const Name& name : names_of(word)) {
      if (name.token.text != symbol.name) continue;
      const auto named = resolve(snapshot, placed, word, name);
      if (named && same(*named, symbol)) found.push_back(placed.in_file(name.token.range));
    }
  });
}

void add_references(const Snapshot& snapshot, const Placed& placed, const Symbol& symbol, Ranges& found) {
  if (symbol.kind == SymbolKind::declaration) {
    add_uses_of_declaration(snapshot, placed, symbol, found);
  } else {
    add_uses_of_member(snapshot, placed, symbol, found);
  }
}

}  // namespace

std::optional<Symbol> symbol_at(const Snapshot& snapshot, schema::FilePosition at) {
  const Placed* placed = snapshot.declaration_at(at);
  const syntax::PlacedBlock* block = snapshot.files()[at.file].syntax->block_at(at.offset);
  if (block == nullptr || (placed == nullptr && block->kind != syntax::BlockKind::datasource)) return std::nullopt;
  const Located word = syntax::locate(*block->block, at.offset - block->start);
  if (!word) return std::nullopt;
  if (auto symbol = text_symbol(snapshot, placed, word, {at.file, block->start}, at.offset - block->start))
    return symbol;
  if (placed == nullptr) return std::nullopt;
  for (const Name& name : names_of(word)) {
    if (name.token.range.touches(at.offset - placed->start)) return resolve(snapshot, *placed, word, name);
  }
  return std::nullopt;
}

std::span<const Placed> declarations_in(const Snapshot& snapshot, schema::FileRange part) {
  const auto all = snapshot.declarations();
  const auto ends_before = [&](const Placed& placed) {
    return placed.file < part.file ||
           (placed.file == part.file && placed.start + placed->block->range.end < part.range.begin);
  };
  const auto begins_within = [&](const Placed& placed) {
    return placed.file == part.file && placed.start <= part.range.end;
  };
  const auto first = std::ranges::partition_point(all, ends_before);
  const auto last = std::partition_point(first, all.end(), begins_within);
  return {first, last};
}

std::optional<Definition> definition(const Snapshot& snapshot, schema::FilePosition at) {
  const auto symbol = symbol_at(snapshot, at);
  return symbol ? std::optional(definition_of(*symbol)) : std::nullopt;
}

Definition definition_of(const Symbol& symbol) {
  if (symbol.kind == SymbolKind::database_name) return mapped_thing(symbol);
  if (!is_declared(symbol)) return {symbol.referred_from.range, symbol.declared_at, symbol.declared_at};
  const Placed& placed = *symbol.declaration;
  Definition found;
  found.origin = symbol.referred_from.range;
  found.selection = symbol.declared_at;
  switch (symbol.kind) {
    case SymbolKind::declaration:
      found.target = placed.in_file({0, placed->block->range.end});
      break;
    case SymbolKind::field:
      found.target = placed.in_file(placed->find_field(symbol.name)->syntax->range);
      break;
    case SymbolKind::enum_value:
      found.target = placed.in_file(placed->block->find_value(symbol.name)->range);
      break;
    default:
      break;
  }
  return found;
}

std::vector<schema::FileRange> references(const Snapshot& snapshot, const Symbol& symbol, bool include_declaration) {
  std::vector<schema::FileRange> found;
  if (!is_declared(symbol))
    found = text_symbol_uses(snapshot, symbol);
  else
    for (const Placed& placed : snapshot.declarations()) add_references(snapshot, placed, symbol, found);
  if (!include_declaration) std::erase(found, symbol.declared_at);
  std::ranges::sort(found, {}, [](const schema::FileRange& at) { return std::pair(at.file, at.range); });
  return found;
}

std::vector<schema::FileRange> references_in_file(const Snapshot& snapshot, const Symbol& symbol, schema::FileId file) {
  std::vector<schema::FileRange> found = is_declared(symbol) ? Ranges() : text_symbol_uses(snapshot, symbol, file);
  if (!is_declared(symbol)) {
    std::ranges::sort(found, {}, &schema::FileRange::range);
    return found;
  }
  const text::Range whole{0, snapshot.files()[file].syntax->document().size()};
  for (const Placed& placed : declarations_in(snapshot, {file, whole})) add_references(snapshot, placed, symbol, found);
  std::ranges::sort(found, {}, &schema::FileRange::range);
  return found;
}

}  // namespace refract::features
