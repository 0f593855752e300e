#include "validation/fixes/fixes.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "validation/core/text_tools.h"
#include "validation/fixes/fix_context.h"

namespace refract::validation {
namespace {

// Of things in the order of the text, the only one that may hold the offset: the last to begin there or before it.
template <class T>
const T* last_from(const std::vector<T>& all, text::Offset offset) {
  const auto after = std::ranges::upper_bound(all, offset, {}, [](const T& one) { return one.range.begin; });
  return after == all.begin() ? nullptr : &*std::prev(after);
}

const syntax::Attribute* attribute_in(const std::vector<syntax::Attribute>& attributes, text::Offset offset) {
  const syntax::Attribute* found = last_from(attributes, offset);
  return found && offset < std::max(found->range.end, found->span.end) ? found : nullptr;
}

std::string_view kind_of(const syntax::Block& block) {
  switch (block.kind) {
    case syntax::BlockKind::datasource:
      return "datasource";
    case syntax::BlockKind::generator:
      return "generator";
    case syntax::BlockKind::model:
    case syntax::BlockKind::view:
    case syntax::BlockKind::enumeration:
    case syntax::BlockKind::composite_type:
      return "declaration";
    default:
      return {};
  }
}

// Names what is at the diagnostic's place if its rule did not.
void name_place(FixContext& context) {
  const auto add = [&](std::string_view key, std::string value) {
    const bool known =
        std::ranges::any_of(context.diagnostic.data, [&](const auto& fact) { return fact.first == key; });
    if (!known && !key.empty()) context.diagnostic.fact(std::string(key), std::move(value));
  };
  add(kind_of(context.block), std::string(context.block.name.text));
  if (context.field) add("field", std::string(context.field->name.text));
  if (context.attribute)
    add("attribute", (context.attribute->block ? "@@" : "@") + std::string(context.attribute->name.text));
}

}  // namespace

const schema::Field* FixContext::schema_field() const {
  return declaration && field ? declaration->find_field(field->name.text) : nullptr;
}

std::string_view FixContext::fact(std::string_view key) const {
  for (const auto& [name, value] : diagnostic.data) {
    if (const auto* text = name == key ? std::get_if<std::string>(&value) : nullptr) return *text;
  }
  return {};
}

const syntax::Field* field_at(const syntax::Block& block, text::Offset offset) {
  const syntax::Field* found = last_from(block.fields, offset);
  return found && offset < std::max(found->line.end, found->range.end) ? found : nullptr;
}

const syntax::Attribute* attribute_at(const syntax::Block& block, text::Offset offset) {
  if (const auto* found = attribute_in(block.attributes, offset)) return found;
  if (const auto* field = last_from(block.fields, offset)) return attribute_in(field->attributes, offset);
  if (const auto* value = last_from(block.values, offset)) return attribute_in(value->attributes, offset);
  return nullptr;
}

FixContext fix_context_of(const Environment& environment, BlockDiagnostic& diagnostic) {
  const syntax::Block& block = *diagnostic.at.block;
  FixContext context{environment, diagnostic, block};
  const schema::Placed* placed = environment.snapshot->find(block.name.text);
  if (placed && (*placed)->block.get() == &block) context.declaration = placed->declaration;
  context.field = field_at(block, diagnostic.at.range.begin);
  context.attribute = attribute_at(block, diagnostic.at.range.begin);
  return context;
}

std::vector<BlockEdit> without_arguments(const syntax::Block& block, const syntax::Attribute& attribute,
                                         std::span<const std::string_view> names) {
  const auto is_meant = [&](const syntax::Argument& argument) {
    return std::ranges::find(names, argument.name ? argument.name->text : std::string_view()) != names.end();
  };
  const auto count = static_cast<std::size_t>(std::ranges::count_if(attribute.arguments, is_meant));
  if (count == 0) return {};
  if (count == attribute.arguments.size() && !attribute.block) {
    const bool means_something = attribute.name.text != "relation" && attribute.name.text != "map";
    if (means_something) return {{{&block, attribute.arguments_range}, ""}};
    return {remove_attribute(block, attribute)};
  }
  // What stays is rewritten, so that every comma finds its place.
  std::string kept;
  for (const syntax::Argument& argument : attribute.arguments) {
    if (is_meant(argument)) continue;
    if (!kept.empty()) kept += ", ";
    kept += std::string_view(block.text).substr(argument.range.begin, argument.range.size());
  }
  const text::Range inside{attribute.arguments.front().range.begin, attribute.arguments.back().range.end};
  return {{{&block, inside}, std::move(kept)}};
}

std::vector<BlockEdit> without_part_arguments(const syntax::Block& block, const syntax::Attribute& attribute,
                                              std::string_view name) {
  std::vector<BlockEdit> edits;
  for (const syntax::Argument& argument : attribute.arguments) {
    if (!argument.value) continue;
    for (const syntax::Expression& element : elements_of(*argument.value)) {
      const auto part = std::ranges::find_if(
          element.arguments, [&](const syntax::Argument& one) { return one.name && one.name->text == name; });
      if (element.kind != syntax::ExpressionKind::function || part == element.arguments.end()) continue;
      edits.push_back(element.arguments.size() == 1 ? BlockEdit{{&block, element.arguments_range}, ""}
                                                    : remove_argument(block, element.arguments, *part));
    }
  }
  return edits;
}

std::span<const syntax::Expression> elements_of(const syntax::Expression& list) {
  if (list.kind == syntax::ExpressionKind::array) return list.elements;
  return {&list, 1};
}

BlockEdit without_element(const syntax::Block& block, std::span<const syntax::Expression> elements, std::size_t index) {
  if (index + 1 < elements.size()) {
    return {{&block, {elements[index].range.begin, elements[index + 1].range.begin}}, ""};
  }
  const text::Offset begin = index > 0 ? elements[index - 1].range.end : elements[index].range.begin;
  return {{&block, {begin, elements[index].range.end}}, ""};
}

void add_fixes(const Environment& environment, std::vector<BlockDiagnostic>& diagnostics) {
  for (BlockDiagnostic& diagnostic : diagnostics) {
    FixContext context = fix_context_of(environment, diagnostic);
    name_place(context);
    if (!diagnostic.fixes.empty()) continue;
    for (const auto fix : {fix_attributes, fix_names, fix_relations, fix_configuration}) {
      fix(context);
      if (!diagnostic.fixes.empty()) break;
    }
  }
}

}  // namespace refract::validation
