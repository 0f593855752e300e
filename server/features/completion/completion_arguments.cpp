#include <fmt/format.h>

#include <algorithm>

#include "features/completion/completion_context.h"
#include "validation/core/text_tools.h"

namespace refract::features {
namespace {

using schema::ArgumentSpec;
using schema::ArgumentType;
using schema::AttributeSpec;

bool is_list(const ArgumentSpec& argument) {
  return argument.type == ArgumentType::field_list || argument.type == ArgumentType::index_field_list;
}

// Of a relation without a key on this side only the name is given here: the list side, and the side whose other one has
// `fields`. In MongoDB both sides of a many-to-many relation have fields.
bool relation_has_only_name(const CompletionContext& context) {
  const schema::Field* field =
      context.declaration == nullptr ? nullptr : (*context.declaration)->find_field(context.cursor.field_name);
  const auto relation = field == nullptr ? std::nullopt : context.snapshot.relation_of(*context.declaration, *field);
  const schema::Field* other = !relation                        ? nullptr
                               : relation->owner.field == field ? relation->other.field
                                                                : relation->owner.field;
  if (context.line.type_arity() != syntax::Arity::list)
    return other != nullptr && other->relation && other->relation->has_fields;
  return context.connector().implicit_many_to_many || (other != nullptr && other->arity != syntax::Arity::list);
}

bool fits_relation(const CompletionContext& context, const ArgumentSpec& argument) {
  if (argument.name == "name") return true;
  if (relation_has_only_name(context)) return false;
  const bool list = context.line.type_arity() == syntax::Arity::list;
  return !list || argument.type == ArgumentType::field_list;
}

// Whether the provider and the preview features know the argument at this attribute.
bool is_known(const CompletionContext& context, const AttributeSpec& attribute, const ArgumentSpec& argument) {
  const schema::Connector& connector = context.connector();
  if (!schema::knows(connector, attribute, argument)) return false;
  if (attribute.name == "relation" && !fits_relation(context, argument)) return false;
  if (argument.type == ArgumentType::condition) return context.snapshot.has_preview_feature("partialIndexes");
  // With one algorithm there is nothing to choose.
  if (argument.name == "type") return connector.index_algorithms.size() > 1;
  if (argument.name == "length") return has_length(context, context.cursor.field_name);
  // The old spelling of `map`.
  return argument.name != "name" || attribute.name != "index";
}

bool is_given(const CompletionContext& context, const ArgumentSpec& argument) {
  if (argument.unnamed && context.line.has_unnamed_argument()) return true;
  return std::ranges::find(context.cursor.given_arguments, argument.name) != context.cursor.given_arguments.end();
}

const ArgumentSpec* unnamed_argument(const AttributeSpec& attribute) {
  const auto found = std::ranges::find(attribute.arguments, true, &ArgumentSpec::unnamed);
  return found == attribute.arguments.end() ? nullptr : &*found;
}

const ArgumentSpec* argument_at(const AttributeSpec& attribute, std::string_view name) {
  return name.empty() ? unnamed_argument(attribute) : meant_argument(attribute.arguments, name);
}

void add_names(CompletionContext& context, const AttributeSpec& attribute) {
  const bool has_value = context.line.is_followed_by(":");
  for (const ArgumentSpec& argument : attribute.arguments) {
    if (!is_known(context, attribute, argument) || is_given(context, argument)) continue;
    // The value of @default and the name of @map are never given by name.
    if (argument.unnamed && argument.required && !is_list(argument)) continue;
    // The name of a default comes after its value.
    if (attribute.name == "default" && !context.line.has_unnamed_argument()) continue;
    Insertion insertion;
    if (!has_value) {
      insertion.plain = fmt::format("{}: ", argument.name);
      const std::string_view value = is_list(argument)                       ? "[${1}]"
                                     : argument.type == ArgumentType::string ? "\"${1}\""
                                                                             : "${1}";
      insertion.snippet = fmt::format("{}: {}$0", argument.name, value);
    }
    context.add(CompletionKind::argument, argument.name, argument.required ? "argument, required" : "argument",
                context.worded(argument.doc), std::move(insertion), 2);
  }
}

// A value without its name is allowed where an argument begins.
void add_unnamed(CompletionContext& context, const AttributeSpec& attribute) {
  const ArgumentSpec* argument = unnamed_argument(attribute);
  if (argument == nullptr || is_given(context, *argument)) return;
  if (attribute.name == "map" || attribute.name == "relation") complete_argument_values(context, *argument, attribute);
  if (argument->type == ArgumentType::default_value || attribute.name == "schema") {
    complete_argument_values(context, *argument, attribute);
  } else if (!context.cursor.word.empty()) {
    return;
  } else if (is_list(*argument)) {
    context.add(CompletionKind::snippet, "[]", "fields", context.worded(argument->doc),
                {.plain = {}, .snippet = "[${1}]$0"});
  } else {
    context.add(CompletionKind::snippet, "\"\"", argument->name, context.worded(argument->doc),
                {.plain = {}, .snippet = "\"${1}\"$0"}, 3);
  }
}

}  // namespace

const ArgumentSpec* meant_argument(std::span<const ArgumentSpec> arguments, std::string_view name) {
  std::vector<std::string_view> names;
  for (const ArgumentSpec& argument : arguments) names.push_back(argument.name);
  const bool known = std::ranges::find(names, name) != names.end();
  const auto found = std::ranges::find(arguments, known ? name : validation::nearest(name, names), &ArgumentSpec::name);
  return found == arguments.end() ? nullptr : &*found;
}

void complete_arguments(CompletionContext& context) {
  const syntax::Cursor& cursor = context.cursor;
  const AttributeSpec* attribute = schema::find_attribute(cursor.attribute, cursor.field_name.empty());
  if (attribute == nullptr) return;
  switch (cursor.place) {
    case syntax::CursorPlace::function_argument:
      complete_function_arguments(context, *attribute);
      return;
    case syntax::CursorPlace::attribute_argument:
      add_unnamed(context, *attribute);
      add_names(context, *attribute);
      return;
    default:
      break;
  }
  const ArgumentSpec* argument = argument_at(*attribute, cursor.argument);
  if (argument == nullptr || !is_known(context, *attribute, *argument)) return;
  if (cursor.place == syntax::CursorPlace::string_content) {
    if (argument->type == ArgumentType::string && cursor.function.empty())
      complete_argument_values(context, *argument, *attribute);
    return;
  }
  if (is_list(*argument) && cursor.place != syntax::CursorPlace::array_element) {
    context.add(CompletionKind::snippet, "[]", "fields", context.worded(argument->doc),
                {.plain = {}, .snippet = "[${1}]$0"});
    return;
  }
  complete_argument_values(context, *argument, *attribute);
}

}  // namespace refract::features
