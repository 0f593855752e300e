#include "features/text_symbols.h"

#include <algorithm>

namespace refract::features {
namespace {

using schema::FileId;
using schema::FileRange;
using schema::Placed;
using schema::Snapshot;
using syntax::Located;
using syntax::LocatedKind;
using Ranges = std::vector<FileRange>;

std::optional<text::Range> content_of_string(const syntax::Expression& value) {
  if (value.kind != syntax::ExpressionKind::string) return std::nullopt;
  return content_of(syntax::Token{value.text, value.range});
}

bool is_value(const Located& word, const syntax::Attribute& attribute, std::string_view argument) {
  const syntax::Argument* found = attribute.find_argument(argument, true);
  return found != nullptr && found->value && &*found->value == word.expression;
}

// The relation's name as a field gives it.
const syntax::Expression* relation_name(const schema::Field& field) {
  if (!field.relation || !field.relation->name || field.relation->attribute == nullptr) return nullptr;
  const syntax::Argument* argument = field.relation->attribute->find_argument("name", true);
  return argument != nullptr && argument->value ? &*argument->value : nullptr;
}

void add_relation_names(const Placed& from, std::string_view to, const std::string& name, Ranges& found) {
  for (const schema::Field& field : from->fields) {
    if (!field.is_relation() || field.type_name != to) continue;
    const syntax::Expression* given = relation_name(field);
    if (given == nullptr || *field.relation->name != name) continue;
    if (const auto content = content_of_string(*given)) found.push_back(from.in_file(*content));
  }
}

void add_relation_uses(const Snapshot& snapshot, const Symbol& symbol, Ranges& found) {
  const Placed& placed = *symbol.declaration;
  add_relation_names(placed, symbol.field->type_name, symbol.name, found);
  const Placed* other = snapshot.find(symbol.field->type_name);
  if (other != nullptr && other != &placed) add_relation_names(*other, placed->name, symbol.name, found);
}

// The elements of `schemas`, then what an extension of `extensions` has as `schema`.
void add_schemas_of(const Snapshot& snapshot, const syntax::Block& datasource, const std::string& name, Ranges& found) {
  const auto add = [&](const syntax::Expression& value) {
    const auto content = content_of_string(value);
    if (content && value.value == name) found.push_back(snapshot.place_of(datasource, *content));
  };
  const syntax::Property* schemas = datasource.find_property("schemas");
  if (schemas != nullptr && schemas->value) std::ranges::for_each(schemas->value->elements, add);
  const syntax::Property* extensions = datasource.find_property("extensions");
  if (extensions == nullptr || !extensions->value) return;
  for (const syntax::Expression& extension : extensions->value->elements) {
    for (const syntax::Argument& argument : extension.arguments) {
      if (argument.name && argument.name->text == "schema" && argument.value) add(*argument.value);
    }
  }
}

void add_schema_uses(const Snapshot& snapshot, const std::string& name, Ranges& found) {
  for (const schema::Datasource& datasource : snapshot.datasources())
    add_schemas_of(snapshot, *datasource.block, name, found);
  for (const Placed& placed : snapshot.declarations()) {
    if (placed->database_schema != name) continue;
    for (const syntax::Attribute& attribute : placed->block->attributes) {
      const syntax::Argument* argument =
          attribute.name.text == "schema" ? attribute.find_argument("map", true) : nullptr;
      if (argument == nullptr || !argument->value || argument->value->value != name) continue;
      if (const auto content = content_of_string(*argument->value)) found.push_back(placed.in_file(*content));
    }
  }
}

void add_datasource_uses(const Snapshot& snapshot, const std::string& name, std::optional<FileId> of_file,
                         Ranges& found) {
  for (const schema::Datasource& datasource : snapshot.datasources()) {
    if (datasource.name == name) found.push_back(snapshot.place_of(*datasource.block, datasource.block->name.range));
  }
  const std::string prefix = name + '.';
  for (const Placed& placed : snapshot.declarations()) {
    if (of_file && placed.file != *of_file) continue;
    for (const auto* fields : {&placed->block->fields, &placed->block->broken_fields}) {
      for (const syntax::Field& field : *fields) {
        for (const syntax::Attribute& attribute : field.attributes) {
          if (!attribute.name.text.starts_with(prefix)) continue;
          const text::Offset begin = attribute.name.range.begin;
          found.push_back(placed.in_file({begin, static_cast<text::Offset>(begin + name.size())}));
        }
      }
    }
  }
}

std::optional<Symbol> relation_symbol(const Snapshot& snapshot, const Placed& placed, const Located& word) {
  const schema::Field* field = placed->find_field(word.field->name.text);
  if (field == nullptr || field->syntax != word.field || !field->is_relation() || !field->relation) return std::nullopt;
  if (!field->relation->name || !is_value(word, *word.attribute, "name")) return std::nullopt;
  Symbol symbol{SymbolKind::relation_name, &placed, *field->relation->name, {}, {}, field};
  const auto relation = snapshot.relation_of(placed, *field);
  const syntax::Expression* owner =
      relation && relation->owner.field != nullptr ? relation_name(*relation->owner.field) : nullptr;
  const auto declared = owner != nullptr ? content_of_string(*owner) : std::nullopt;
  // A name that is still being completed may be on one side alone.
  if (declared)
    symbol.declared_at = relation->owner.model->in_file(*declared);
  else
    symbol.declared_at = placed.in_file(*content_of(word.token));
  return symbol;
}

std::optional<Symbol> schema_symbol(const Snapshot& snapshot, const std::string& name) {
  Symbol symbol{SymbolKind::database_schema, nullptr, name, {}, {}};
  const Ranges uses = text_symbol_uses(snapshot, symbol);
  if (uses.empty()) return std::nullopt;
  symbol.declared_at = uses.front();  // the datasource's, if it is there
  return symbol;
}

std::optional<Symbol> string_symbol(const Snapshot& snapshot, const Placed* placed, const Located& word) {
  const std::string& value = word.expression->value;
  if (placed == nullptr) {
    if (word.property == nullptr) return std::nullopt;
    const std::string_view key = word.property->key.text;
    const syntax::Argument* argument = word.function_argument;
    const bool of_extension =
        key == "extensions" && argument != nullptr && argument->name && argument->name->text == "schema";
    const bool schema = of_extension || (key == "schemas" && word.function == nullptr);
    return schema ? schema_symbol(snapshot, value) : std::nullopt;
  }
  if (word.attribute == nullptr || word.function != nullptr) return std::nullopt;
  const std::string_view attribute = word.attribute->name.text;
  if (attribute == "schema" && word.attribute->block && is_value(word, *word.attribute, "map"))
    return schema_symbol(snapshot, value);
  const bool by_name = word.argument != nullptr && word.argument->name && word.argument->name->text == "map";
  if ((attribute == "map" && is_value(word, *word.attribute, "name")) || by_name) {
    return Symbol{SymbolKind::database_name,
                  placed,
                  value,
                  placed->in_file(*content_of(word.token)),
                  {},
                  word.field == nullptr ? nullptr : (*placed)->find_field(word.field->name.text),
                  word.attribute};
  }
  if (attribute == "relation" && word.field != nullptr) return relation_symbol(snapshot, *placed, word);
  return std::nullopt;
}

// The datasource's name, at its block or before the dot of `@db.VarChar`.
std::optional<Symbol> datasource_symbol(const Snapshot& snapshot, const Placed* placed, const Located& word,
                                        text::Offset at) {
  const schema::Datasource* datasource = snapshot.datasource();
  if (datasource == nullptr) return std::nullopt;
  const std::string_view name = word.token.text.substr(0, word.token.text.find('.'));
  const bool named = word.kind == LocatedKind::block_name && placed == nullptr;
  const bool used = word.kind == LocatedKind::attribute_name && word.field != nullptr && name != word.token.text;
  if ((!named && !used) || name != datasource->name || at > word.token.range.begin + name.size()) return std::nullopt;
  return Symbol{SymbolKind::datasource,
                nullptr,
                std::string(name),
                snapshot.place_of(*datasource->block, datasource->block->name.range),
                {}};
}

}  // namespace

std::optional<text::Range> content_of(const syntax::Token& literal) {
  if (literal.text.size() < 2 || literal.text.front() != '"' || literal.text.back() != '"') return std::nullopt;
  return text::Range{literal.range.begin + 1, literal.range.end - 1};
}

std::optional<Symbol> text_symbol(const Snapshot& snapshot, const Placed* placed, const Located& word,
                                  schema::FilePosition block, text::Offset at) {
  std::optional<Symbol> symbol;
  text::Range range = word.token.range;
  if (word.kind == LocatedKind::string) {
    const auto content = content_of(word.token);
    if (!content || content->empty() || !content->touches(at)) return std::nullopt;
    range = *content;
    symbol = string_symbol(snapshot, placed, word);
  } else {
    symbol = datasource_symbol(snapshot, placed, word, at);
    if (symbol) range.end = static_cast<text::Offset>(range.begin + symbol->name.size());
  }
  if (symbol) symbol->referred_from = {block.file, range.shifted(block.offset)};
  return symbol;
}

Ranges text_symbol_uses(const Snapshot& snapshot, const Symbol& symbol, std::optional<FileId> of_file) {
  Ranges found;
  switch (symbol.kind) {
    case SymbolKind::relation_name:
      add_relation_uses(snapshot, symbol, found);
      break;
    case SymbolKind::database_schema:
      add_schema_uses(snapshot, symbol.name, found);
      break;
    case SymbolKind::datasource:
      add_datasource_uses(snapshot, symbol.name, of_file, found);
      break;
    case SymbolKind::database_name:
      found.push_back(symbol.declared_at);
      break;
    case SymbolKind::declaration:
    case SymbolKind::field:
    case SymbolKind::enum_value:
      break;
  }
  if (of_file) std::erase_if(found, [&](const FileRange& at) { return at.file != *of_file; });
  return found;
}

Definition mapped_thing(const Symbol& symbol) {
  const Placed& placed = *symbol.declaration;
  const syntax::Block& block = *placed->block;
  const text::Range at{symbol.declared_at.range.begin - placed.start, symbol.declared_at.range.end - placed.start};
  Definition found{symbol.referred_from.range, placed.in_file({0, block.range.end}), placed.in_file(block.name.range)};
  const auto is_around = [&](const auto& member) { return member.range.contains(at.begin); };
  const auto use = [&](text::Range whole, text::Range name) {
    found.target = placed.in_file(whole);
    found.selection = placed.in_file(name);
  };
  if (const auto field = std::ranges::find_if(block.fields, is_around); field != block.fields.end()) {
    use(field->range, field->name.range);
  } else if (const auto value = std::ranges::find_if(block.values, is_around); value != block.values.end()) {
    use(value->range, value->name.range);
  } else if (const auto attribute = std::ranges::find_if(block.attributes, is_around);
             attribute != block.attributes.end() && attribute->name.text != "map") {
    use(attribute->range, attribute->name.range);
  }
  return found;
}

}  // namespace refract::features
