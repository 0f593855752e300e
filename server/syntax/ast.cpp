#include "syntax/ast.h"

#include <algorithm>

#include "syntax/characters.h"

namespace refract::syntax {
namespace {

// The first of the items that is named so; nullptr: none. Blocks are small, and mostly asked once a name.
template <class Item, class NameOf>
const Item* find_named(const std::vector<Item>& items, std::string_view name, NameOf name_of) {
  const auto found = std::ranges::find_if(items, [&](const Item& item) { return name_of(item) == name; });
  return found == items.end() ? nullptr : &*found;
}

std::string_view name_text(const auto& item) {
  return item.name.text;
}

}  // namespace

const Argument* Attribute::find_argument(std::string_view wanted, bool unnamed_too) const {
  const auto named = std::ranges::find_if(
      arguments, [&](const Argument& argument) { return argument.name && argument.name->text == wanted; });
  if (named != arguments.end()) return &*named;
  if (!unnamed_too) return nullptr;
  const auto unnamed = std::ranges::find_if(arguments, [](const Argument& argument) { return !argument.name; });
  return unnamed == arguments.end() ? nullptr : &*unnamed;
}

const Attribute* Field::find_attribute(std::string_view wanted) const {
  return find_named(attributes, wanted, name_text<Attribute>);
}

const Attribute* EnumValue::find_attribute(std::string_view wanted) const {
  return find_named(attributes, wanted, name_text<Attribute>);
}

const Field* Block::find_field(std::string_view field_name) const {
  return find_named(fields, field_name, name_text<Field>);
}

const EnumValue* Block::find_value(std::string_view value_name) const {
  return find_named(values, value_name, name_text<EnumValue>);
}

const Property* Block::find_property(std::string_view key) const {
  return find_named(properties, key, [](const Property& property) { return property.key.text; });
}

const Attribute* Block::find_attribute(std::string_view attribute_name) const {
  return find_named(attributes, attribute_name, name_text<Attribute>);
}

std::optional<text::Range> member_after_brace(const Block& block) {
  if (block.header_range.empty()) return std::nullopt;
  const std::string_view text = block.text;
  auto begin = skip_space(text, block.header_range.end);
  const auto end = trim_space_end(text, begin, line_end(text, begin));
  while (text.substr(begin).starts_with("/*")) {
    const auto close = text.find("*/", begin + 2);
    if (close >= end) return std::nullopt;
    begin = skip_space(text, close + 2);
  }
  const std::string_view rest = text.substr(begin, end - begin);
  if (rest.find('}') != std::string_view::npos) return std::nullopt;
  const auto name = name_length(rest, 0);
  const auto next = skip_space(rest, name);
  const bool block_attribute = rest.starts_with("@@") && name_length(rest, 2) > 0;
  // `[Type]` is how lists were written long ago.
  const bool type = next < rest.size() && (rest[next] == '[' || (next > name && name_length(rest, next) > 0));
  const bool property = next < rest.size() && rest[next] == '=';
  // Values may be separated and assigned as other languages do it.
  const bool value = block.kind == BlockKind::enumeration;
  if (!block_attribute && (name == 0 || !(block.has_fields() ? type : property || value))) return std::nullopt;
  return text::Range{static_cast<text::Offset>(begin), static_cast<text::Offset>(end)};
}

}  // namespace refract::syntax
