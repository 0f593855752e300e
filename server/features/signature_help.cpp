#include "features/signature_help.h"

#include <algorithm>

#include <fmt/format.h>

#include "features/doc_texts.h"
#include "schema/attributes.h"
#include "syntax/cursor.h"

namespace refract::features {
namespace {

using schema::ArgumentSpec;
using schema::ArgumentType;
using syntax::Cursor;
using syntax::CursorPlace;

std::string_view display_type(ArgumentType type) {
  switch (type) {
    case ArgumentType::string:
      return "String";
    case ArgumentType::boolean:
      return "Boolean";
    case ArgumentType::integer:
      return "Int";
    case ArgumentType::field_list:
    case ArgumentType::index_field_list:
      return "[Field]";
    case ArgumentType::referential_action:
      return "Action";
    case ArgumentType::index_algorithm:
      return "Algorithm";
    case ArgumentType::sort_order:
      return "Asc | Desc";
    case ArgumentType::operator_class:
      return "OperatorClass";
    case ArgumentType::default_value:
      return "Value";
    case ArgumentType::condition:
      return "Condition";
  }
  return "Value";
}

// The label of the whole from its name and the parameters.
void finish(Signature& signature, std::string_view name) {
  signature.label = fmt::format("{}(", name);
  for (const Parameter& parameter : signature.parameters) {
    if (signature.label.back() != '(') signature.label += ", ";
    signature.label += parameter.label;
  }
  signature.label += ')';
}

// The parameter meant: the one named, the one whose name is being typed, or the one that needs no name.
std::optional<std::size_t> active_parameter(std::span<const ArgumentSpec> specs, const Cursor& cursor) {
  const auto index_of = [&](auto found) -> std::optional<std::size_t> {
    if (found == specs.end()) return std::nullopt;
    return static_cast<std::size_t>(found - specs.begin());
  };
  if (!cursor.argument.empty()) return index_of(std::ranges::find(specs, cursor.argument, &ArgumentSpec::name));
  const auto is_given = [&](const ArgumentSpec& spec) {
    return std::ranges::find(cursor.given_arguments, spec.name) != cursor.given_arguments.end();
  };
  const bool value = cursor.place != CursorPlace::attribute_argument;
  if (cursor.argument_index == 0 || value) {
    const auto unnamed = std::ranges::find(specs, true, &ArgumentSpec::unnamed);
    if (unnamed != specs.end() && !is_given(*unnamed) && (value || cursor.word_text.empty())) return index_of(unnamed);
    if (value) return std::nullopt;
  }
  if (cursor.word_text.empty()) return std::nullopt;
  return index_of(std::ranges::find_if(
      specs, [&](const ArgumentSpec& spec) { return !is_given(spec) && spec.name.starts_with(cursor.word_text); }));
}

std::optional<Signature> attribute_signature(const schema::Snapshot& snapshot, const Cursor& cursor, bool block) {
  const schema::AttributeSpec* spec = schema::find_attribute(cursor.attribute, block);
  if (spec == nullptr || spec->arguments.empty()) return std::nullopt;
  Signature signature;
  const auto provider = provider_in_force(snapshot);
  signature.documentation = worded(spec->doc, provider, cursor.block_kind);
  for (const ArgumentSpec& argument : spec->arguments) {
    signature.parameters.push_back(
        {fmt::format("{}{}: {}", argument.name, argument.required ? "" : "?", display_type(argument.type)),
         worded(argument.doc, provider, cursor.block_kind)});
  }
  signature.active = active_parameter(spec->arguments, cursor);
  finish(signature, fmt::format("{}{}", block ? "@@" : "@", spec->name));
  return signature;
}

std::optional<Signature> function_signature(const schema::Snapshot& snapshot, const Cursor& cursor) {
  const schema::FunctionSpec* spec = schema::find_default_function(cursor.function);
  if (spec == nullptr) return std::nullopt;
  Signature signature;
  signature.documentation = worded(spec->doc, provider_in_force(snapshot), cursor.block_kind);
  for (std::size_t i = 0; i < spec->max_arguments; ++i) {
    signature.parameters.push_back({spec->max_arguments == 1 ? "value?" : fmt::format("option{}?", i + 1), {}});
  }
  if (cursor.argument_index < signature.parameters.size()) signature.active = cursor.argument_index;
  finish(signature, spec->name);
  return signature;
}

std::optional<Signature> native_type_signature(const schema::Snapshot& snapshot, const Cursor& cursor) {
  const std::size_t dot = cursor.attribute.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto provider = provider_in_force(snapshot);
  const schema::NativeTypeSpec* spec =
      provider ? schema::find_native_type(*provider, cursor.attribute.substr(dot + 1)) : nullptr;
  if (spec == nullptr) return std::nullopt;
  Signature signature;
  signature.documentation = spec->doc;
  for (std::size_t i = 0; i < spec->max_arguments; ++i) {
    // Those with two are all decimal numbers.
    const std::string_view name = spec->max_arguments == 1 ? "size" : i == 0 ? "precision" : "scale";
    signature.parameters.push_back({fmt::format("{}{}: Int", name, i < spec->min_arguments ? "" : "?"), {}});
  }
  if (cursor.argument_index < signature.parameters.size()) signature.active = cursor.argument_index;
  finish(signature, fmt::format("@{}", cursor.attribute));
  return signature;
}

// Whether the attribute around is one of the block's: a line that begins with "@@".
bool is_block_attribute(std::string_view text, const Cursor& cursor) {
  const auto name = static_cast<std::size_t>(cursor.attribute.data() - text.data());
  return name >= 2 && text.substr(name - 2, 2) == "@@";
}

}  // namespace

std::optional<Signature> signature_help(const schema::Snapshot& snapshot, schema::FilePosition at) {
  const syntax::File& file = *snapshot.files()[at.file].syntax;
  const Cursor cursor = syntax::cursor_at(file, at.offset);
  if (cursor.attribute.empty()) return std::nullopt;
  switch (cursor.place) {
    case CursorPlace::attribute_argument:
    case CursorPlace::argument_value:
    case CursorPlace::array_element:
    case CursorPlace::function_argument:
    case CursorPlace::string_content:
      break;
    default:
      return std::nullopt;
  }
  if (!cursor.function.empty()) {
    if (auto signature = function_signature(snapshot, cursor)) return signature;
  }
  if (auto signature = native_type_signature(snapshot, cursor)) return signature;
  return attribute_signature(snapshot, cursor, is_block_attribute(file.document().text(), cursor));
}

}  // namespace refract::features
