#include "features/symbols.h"

#include <algorithm>

namespace refract::features {

std::optional<OutlineKind> outline_kind(syntax::BlockKind kind) {
  switch (kind) {
    case syntax::BlockKind::datasource:
      return OutlineKind::datasource;
    case syntax::BlockKind::generator:
      return OutlineKind::generator;
    case syntax::BlockKind::model:
      return OutlineKind::model;
    case syntax::BlockKind::view:
      return OutlineKind::view;
    case syntax::BlockKind::enumeration:
      return OutlineKind::enumeration;
    case syntax::BlockKind::composite_type:
      return OutlineKind::composite_type;
    case syntax::BlockKind::unknown:
    case syntax::BlockKind::filler:
      return std::nullopt;
  }
  return std::nullopt;
}

namespace {

// The names alone: what they take would fill the line.
void append_attributes(std::string& text, const std::vector<syntax::Attribute>& attributes) {
  for (const syntax::Attribute& attribute : attributes) {
    if (attribute.name.text.empty()) continue;
    text += text.empty() ? "@" : " @";
    text += attribute.name.text;
  }
}

std::string detail_of(const syntax::Field& field) {
  std::string text;
  if (field.type) {
    text = field.type->name.text;
    if (field.type->arity == syntax::Arity::list) text += "[]";
    if (field.type->arity == syntax::Arity::optional) text += "?";
  }
  append_attributes(text, field.attributes);
  return text;
}

std::string detail_of(const syntax::EnumValue& value) {
  std::string text;
  append_attributes(text, value.attributes);
  return text;
}

// What is in the parentheses, as far as it fits one line.
std::string detail_of(const syntax::Block& block, const syntax::Attribute& attribute) {
  if (attribute.arguments_range.size() < 2) return {};
  const std::string_view inside =
      std::string_view(block.text).substr(attribute.arguments_range.begin + 1, attribute.arguments_range.size() - 2);
  return std::string(inside.substr(0, inside.find_first_of("\r\n")));
}

}  // namespace

std::optional<OutlineItem> block_outline(const syntax::PlacedBlock& placed) {
  const syntax::Block& block = *placed.block;
  const auto kind = outline_kind(block.kind);
  // A client refuses a symbol without a name, and a block without one is still being typed.
  if (!kind || block.name.text.empty()) return std::nullopt;
  OutlineItem item{
      *kind, std::string(block.name.text), {}, placed.in_file(block.range), placed.in_file(block.name.range), {}};
  const auto add = [&](OutlineKind child, const syntax::Token& name, text::Range range, std::string detail) {
    if (name.text.empty()) return;
    item.children.push_back(
        {child, std::string(name.text), std::move(detail), placed.in_file(range), placed.in_file(name.range), {}});
  };
  for (const syntax::Field& field : block.fields) add(OutlineKind::field, field.name, field.range, detail_of(field));
  for (const syntax::Field& field : block.broken_fields)
    add(OutlineKind::field, field.name, field.range, detail_of(field));
  for (const syntax::EnumValue& value : block.values)
    add(OutlineKind::enum_value, value.name, value.range, detail_of(value));
  for (const syntax::Attribute& attribute : block.attributes) {
    if (attribute.name.text.empty()) continue;
    const text::Range named{attribute.range.begin, attribute.name.range.end};
    add(OutlineKind::attribute, {std::string_view(block.text).substr(named.begin, named.size()), named},
        attribute.range, detail_of(block, attribute));
  }
  for (const syntax::Property& property : block.properties)
    add(OutlineKind::property, property.key, property.range, {});
  std::ranges::sort(item.children, {}, [](const OutlineItem& child) { return child.range.begin; });
  return item;
}

std::vector<OutlineItem> document_symbols(const schema::Snapshot& snapshot, schema::FileId file) {
  std::vector<OutlineItem> items;
  for (const syntax::PlacedBlock& placed : snapshot.files()[file].syntax->blocks()) {
    if (auto item = block_outline(placed)) items.push_back(std::move(*item));
  }
  return items;
}

}  // namespace refract::features
