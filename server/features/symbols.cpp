#include "features/symbols.h"

#include <algorithm>

namespace refract::features {
namespace {

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

std::string type_text(const syntax::Field& field) {
  if (!field.type) return {};
  std::string text(field.type->name.text);
  if (field.type->arity == syntax::Arity::list) text += "[]";
  if (field.type->arity == syntax::Arity::optional) text += "?";
  return text;
}

}  // namespace

std::vector<OutlineItem> document_symbols(const schema::Snapshot& snapshot, schema::FileId file) {
  std::vector<OutlineItem> items;
  for (const syntax::PlacedBlock& placed : snapshot.files()[file].syntax->blocks()) {
    const syntax::Block& block = *placed.block;
    const auto kind = outline_kind(block.kind);
    // A client refuses a symbol without a name, and a block without one is still being typed.
    if (!kind || block.name.text.empty()) continue;
    OutlineItem item{
        *kind, std::string(block.name.text), {}, placed.in_file(block.range), placed.in_file(block.name.range), {}};
    const auto add = [&](OutlineKind child, const syntax::Token& name, text::Range range, std::string detail) {
      if (name.text.empty()) return;
      item.children.push_back(
          {child, std::string(name.text), std::move(detail), placed.in_file(range), placed.in_file(name.range), {}});
    };
    for (const syntax::Field& field : block.fields) add(OutlineKind::field, field.name, field.range, type_text(field));
    for (const syntax::Field& field : block.broken_fields)
      add(OutlineKind::field, field.name, field.range, type_text(field));
    for (const syntax::EnumValue& value : block.values) add(OutlineKind::enum_value, value.name, value.range, {});
    for (const syntax::Property& property : block.properties)
      add(OutlineKind::property, property.key, property.range, {});
    std::ranges::sort(item.children, {}, [](const OutlineItem& child) { return child.range.begin; });
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace refract::features
