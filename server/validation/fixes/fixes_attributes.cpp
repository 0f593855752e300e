#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "schema/attributes.h"
#include "schema/connector.h"
#include "support/ascii.h"
#include "validation/core/text_tools.h"
#include "validation/fixes/fix_context.h"
#include "validation/rules/schema_checks.h"

// Attributes, their arguments, defaults and native types.
namespace refract::validation {
namespace {

using syntax::Expression;
using syntax::ExpressionKind;

// What is wrong because it is there: the attribute at the place is taken away.
constexpr Code kNeedless[] = {"missing-argument",
                              "empty-field-list",
                              "attribute-on-composite-field",
                              "block-attribute-on-composite-type",
                              "default-function-type",
                              "default-on-unsupported",
                              "default-on-composite-field",
                              "default-content",
                              "auto-unsupported",
                              "autoincrement-unsupported",
                              "mongodb-field-name",
                              "relation-on-scalar",
                              "updated-at-list",
                              "duplicate-table",
                              "unknown-native-type",
                              "native-type-argument",
                              "native-type-range",
                              "native-type-scale",
                              "native-type-argument-count"};

// What is wrong because of one argument of the attribute at the place.
struct Needless {
  Code code;
  std::string_view argument;
};
constexpr Needless kNeedlessArguments[] = {{"default-named-autoincrement", "map"},
                                           {"clustering-unsupported", "clustered"},
                                           {"several-clustered", "clustered"},
                                           {"index-type-field", "type"},
                                           {"operator-class-missing", "type"},
                                           {"unknown-index-type", "type"},
                                           {"duplicate-client-name", "name"},
                                           {"duplicate-constraint-name", "map"},
                                           {"database-name-too-long", "map"},
                                           {"condition-form", "where"},
                                           {"condition-empty", "where"},
                                           {"condition-unknown-field", "where"},
                                           {"condition-relation-field", "where"},
                                           {"condition-value", "where"},
                                           {"condition-type", "where"},
                                           {"id-length-unsupported", "length"},
                                           {"id-sort-unsupported", "sort"}};

// The same of an argument that is at a field of a list.
constexpr Needless kNeedlessParts[] = {{"id-length-unsupported", "length"},
                                       {"id-sort-unsupported", "sort"},
                                       {"index-length-unsupported", "length"},
                                       {"index-length-type", "length"},
                                       {"fulltext-length", "length"},
                                       {"fulltext-sort", "sort"},
                                       {"hash-index-sort", "sort"},
                                       {"operator-class-not-on-index", "ops"},
                                       {"operator-class-unsupported", "ops"},
                                       {"operator-class-index-type", "ops"},
                                       {"operator-class-needs-list", "ops"},
                                       {"operator-class-needs-native-type", "ops"},
                                       {"operator-class-field-type", "ops"},
                                       {"operator-class-native-type", "ops"}};

void remove_default_of(FixContext& context, const syntax::Field& field) {
  const syntax::Attribute* attribute = field.find_attribute("default");
  if (attribute) context.diagnostic.fix("Remove @default", {remove_attribute(context.block, *attribute)});
}

// All but the id's, or but the first.
void keep_one_autoincrement(FixContext& context) {
  std::vector<const syntax::Field*> fields;
  const syntax::Field* kept = nullptr;
  for (const syntax::Field& field : context.block.fields) {
    const syntax::Attribute* attribute = field.find_attribute("default");
    if (!attribute || context.text(attribute->range).find("autoincrement(") == std::string_view::npos) continue;
    fields.push_back(&field);
    if (!kept || field.find_attribute("id")) kept = &field;
  }
  std::vector<BlockEdit> edits;
  for (const syntax::Field* field : fields) {
    if (field != kept) edits.push_back(remove_attribute(context.block, *field->find_attribute("default")));
  }
  if (!edits.empty()) context.diagnostic.fix(fmt::format("Keep it at `{}` alone", kept->name.text), std::move(edits));
}

void put_in_brackets(FixContext& context) {
  const auto& arguments = context.attribute->arguments;
  if (!context.attribute->block || std::ranges::any_of(arguments, [](const syntax::Argument& argument) {
        return argument.name || !argument.value || argument.value->kind == ExpressionKind::array;
      })) {
    return;
  }
  const text::Range all{arguments.front().range.begin, arguments.back().range.end};
  context.diagnostic.fix("Put brackets around the fields", {{context.at(all), fmt::format("[{}]", context.text(all))}},
                         true);
}

void remove_valueless(FixContext& context) {
  for (const syntax::Argument& argument : context.attribute->arguments) {
    if (argument.value || !argument.name || argument.name->range != context.diagnostic.at.range) continue;
    if (context.attribute->arguments.size() > 1) {
      context.diagnostic.fix("Remove the argument",
                             {remove_argument(context.block, context.attribute->arguments, argument)});
    } else {
      context.diagnostic.fix(fmt::format("Remove {}", label_of(*context.attribute)),
                             {remove_attribute(context.block, *context.attribute)});
    }
  }
}

void remove_empty(FixContext& context) {
  const std::string_view name = context.fact("argument");
  const syntax::Argument* argument = context.attribute->find_argument(name, true);
  if (!argument) return;
  const std::string_view written = argument->name ? argument->name->text : std::string_view();
  auto edits = context.attribute->arguments.size() == 1 && !argument->name
                   ? std::vector{remove_attribute(context.block, *context.attribute)}
                   : without_arguments(context.block, *context.attribute, std::array{written});
  context.diagnostic.fix("Remove the empty name", std::move(edits), true);
}

void correct_sort(FixContext& context) {
  const auto correct = [&](const syntax::Argument& argument) {
    const bool sort = argument.name && argument.name->text == "sort" && argument.value &&
                      !argument.value->is_path("Asc") && !argument.value->is_path("Desc");
    if (!sort) return false;
    const bool down = ascii::to_lower(argument.value->text.front()) == 'd';
    const std::string_view order = down ? "Desc" : "Asc";
    context.diagnostic.fix(fmt::format("Change to `{}`", order),
                           {{context.at(argument.value->range), std::string(order)}}, true);
    return true;
  };
  for (const syntax::Argument& argument : context.attribute->arguments) {
    if (correct(argument)) return;
    if (!argument.value) continue;
    for (const Expression& element : elements_of(*argument.value)) {
      const auto at = element.arguments.begin();
      if (std::any_of(at, element.arguments.end(), correct)) return;
    }
  }
}

const Expression* field_list_of(const FixContext& context) {
  const syntax::Argument* fields = context.attribute ? context.attribute->find_argument("fields", true) : nullptr;
  return fields && fields->value ? &*fields->value : nullptr;
}

void name_keys_instead(FixContext& context) {
  const Expression* list = field_list_of(context);
  if (!list || !context.declaration) return;
  std::vector<std::string> names;
  bool changed = false;
  for (const Expression& element : elements_of(*list)) {
    const schema::Field* field = context.declaration->find_field(element.text);
    if (!field || !field->is_relation()) {
      names.emplace_back(element.text);
      continue;
    }
    if (!field->relation || field->relation->fields.empty()) return;
    changed = true;
    for (std::string_view key : field->relation->fields) names.emplace_back(key);
  }
  std::vector<std::string> sorted = names;
  std::ranges::sort(sorted);
  if (!changed || std::ranges::adjacent_find(sorted) != sorted.end()) return;
  context.diagnostic.fix("Name the scalar fields",
                         {{context.at(list->range), fmt::format("[{}]", fmt::join(names, ", "))}}, true);
}

void require_fields(FixContext& context) {
  const Expression* list = field_list_of(context);
  if (!list || !context.declaration) return;
  std::vector<BlockEdit> edits;
  for (const Expression& element : elements_of(*list)) {
    const schema::Field* field = context.declaration->find_field(element.text);
    if (!field || field->arity == syntax::Arity::required) continue;
    if (field->arity == syntax::Arity::list) return;
    edits.push_back({context.at(field->syntax->type->arity_range), ""});
  }
  if (!edits.empty()) context.diagnostic.fix("Make the fields required", std::move(edits), true);
}

void name_once(FixContext& context) {
  for (const syntax::Argument& argument : context.attribute->arguments) {
    if (!argument.value || argument.value->kind != ExpressionKind::array) continue;
    const auto elements = elements_of(*argument.value);
    for (std::size_t i = 1; i < elements.size(); ++i) {
      const auto same = [&](const Expression& one) { return one.text == elements[i].text; };
      if (std::none_of(elements.begin(), elements.begin() + static_cast<std::ptrdiff_t>(i), same)) continue;
      context.diagnostic.fix("Name it once", {without_element(context.block, elements, i)}, true);
      return;
    }
  }
}

void quote_class(FixContext& context) {
  const std::string_view text = context.text(context.diagnostic.at.range);
  constexpr std::string_view kOpen = "raw(";
  if (!text.starts_with(kOpen) || !text.ends_with(')') || text.find('"') != std::string_view::npos) return;
  const std::string_view name = text.substr(kOpen.size(), text.size() - kOpen.size() - 1);
  if (name.empty() || name.find_first_of(", :") != std::string_view::npos) return;
  context.diagnostic.fix("Put the class in quotes", {{context.diagnostic.at, fmt::format("raw(\"{}\")", name)}}, true);
}

// A class that Prisma does not know may still be one of the database.
void write_raw_class(FixContext& context) {
  const std::string_view name = context.text(context.diagnostic.at.range);
  context.diagnostic.fix(fmt::format("Write it as `raw(\"{}\")`", name),
                         {{context.diagnostic.at, fmt::format("raw(\"{}\")", name)}});
}

// Of a list of fields those that are not there; of a list without others the attribute.
void remove_unknown_fields(FixContext& context) {
  const Expression* list = field_list_of(context);
  if (!list || !context.declaration) return;
  std::vector<std::string_view> kept;
  for (const Expression& element : elements_of(*list)) {
    const std::string_view name = element.kind == ExpressionKind::function ? element.value : element.text;
    if (context.declaration->find_field(name.substr(0, name.find('.')))) kept.push_back(context.text(element.range));
  }
  if (kept.size() == elements_of(*list).size()) return;
  if (kept.empty()) {
    context.diagnostic.fix(fmt::format("Remove {}", label_of(*context.attribute)),
                           {remove_attribute(context.block, *context.attribute)});
  } else {
    context.diagnostic.fix("Remove the unknown fields",
                           {{context.at(list->range), fmt::format("[{}]", fmt::join(kept, ", "))}});
  }
}

void correct_boolean(FixContext& context) {
  const std::string word = ascii::to_lower(context.text(context.diagnostic.at.range));
  const bool yes = word == "true" || word == "yes" || word == "on";
  const bool no = word == "false" || word == "no" || word == "off";
  if (!yes && !no) return;
  const std::string value = yes ? "true" : "false";
  context.diagnostic.fix(fmt::format("Change to `{}`", value), {{context.diagnostic.at, value}}, true);
}

// What the string holds, if that is a value of the field by itself.
std::optional<std::string> without_quotes(const schema::Field& field, const Expression& value) {
  if (value.kind != ExpressionKind::string) return std::nullopt;
  using enum schema::ScalarType;
  const std::string_view text = value.value;
  if (field.scalar == boolean) {
    const std::string word = ascii::to_lower(text);
    return word == "true" || word == "false" ? std::optional(word) : std::nullopt;
  }
  std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  const bool fraction = field.scalar == float_ || field.scalar == decimal;
  const std::size_t whole = digits.find_first_not_of("0123456789");
  const bool number =
      whole == std::string_view::npos || (fraction && digits[whole] == '.' && whole > 0 && whole + 1 < digits.size() &&
                                          digits.find_first_not_of("0123456789", whole + 1) == std::string_view::npos);
  if (!digits.empty() && number && schema::takes_literal(field.scalar, schema::LiteralKind::number))
    return std::string(text);
  const schema::FunctionSpec* function =
      text.ends_with(')') ? schema::find_default_function(text.substr(0, text.find('('))) : nullptr;
  return function ? std::optional(std::string(text)) : std::nullopt;
}

// `@default("1")` on a number, `@default("now()")`.
void correct_value(FixContext& context) {
  const schema::Field* field = context.schema_field();
  const syntax::Attribute* attribute = context.field ? context.field->find_attribute("default") : nullptr;
  const syntax::Argument* argument = attribute ? attribute->find_argument("value", true) : nullptr;
  if (!field || !argument || !argument->value) return;
  const bool scalar = field->kind == schema::TypeKind::scalar;
  if (const auto text = scalar ? without_quotes(*field, *argument->value) : std::nullopt) {
    context.diagnostic.advise(fmt::format("Write `{}` without quotes.", *text))
        .fix("Remove the quotes", {{context.at(argument->value->range), *text}}, true);
  } else {
    context.diagnostic.fix("Remove @default", {remove_attribute(context.block, *attribute)});
  }
}

void empty_parentheses(FixContext& context) {
  const syntax::Attribute* attribute = context.field ? context.field->find_attribute("default") : nullptr;
  const syntax::Argument* argument = attribute ? attribute->find_argument("value", true) : nullptr;
  if (!argument || !argument->value || argument->value->kind != ExpressionKind::function) return;
  context.diagnostic.fix("Remove the argument", {{context.at(argument->value->arguments_range), "()"}});
}

void remove_sequence_option(FixContext& context) {
  const syntax::Argument* value = context.attribute->find_argument("value", true);
  if (!value || !value->value) return;
  for (const syntax::Argument& option : value->value->arguments) {
    if (option.range != context.diagnostic.at.range) continue;
    context.diagnostic.fix("Remove the option", {remove_argument(context.block, value->value->arguments, option)});
  }
}

void write_supported_type(FixContext& context) {
  const schema::Field* field = context.schema_field();
  if (!field || !field->syntax->type || !context.environment.datasource || field->default_value) return;
  const std::string& text = field->syntax->type->unsupported_type;
  const std::size_t open = text.find('(');
  const auto* type = schema::find_native_type(context.environment.connector->provider, text.substr(0, open));
  if (!type) return;
  const std::string arguments = open == std::string::npos ? "" : text.substr(open);
  const std::string attribute = fmt::format("@{}.{}{}", context.environment.datasource->name, type->name, arguments);
  context.diagnostic.fix(
      fmt::format("Write `{} {}`", schema::to_string(type->scalars.front()), attribute),
      {{context.at(field->syntax->type->name.range), std::string(schema::to_string(type->scalars.front()))},
       add_attribute(context.block, *field->syntax, attribute)},
      true);
}

// The native type of a field in a key or index that cannot hold it.
void remove_native_type(FixContext& context) {
  const schema::Field* field = context.declaration ? context.declaration->find_field(context.fact("field")) : nullptr;
  if (field && field->native_type) {
    context.diagnostic.fix(fmt::format("Remove the native type of `{}`", field->name),
                           {remove_attribute(context.block, *field->native_type->attribute)});
  }
}

void store_as_time(FixContext& context) {
  const schema::Field* field = context.schema_field();
  if (!field || !field->syntax->type) return;
  if (field->default_value || field->native_type || field->kind != schema::TypeKind::scalar) {
    context.diagnostic.fix("Remove @updatedAt", {remove_attribute(context.block, *context.attribute)});
  } else {
    context.diagnostic.fix("Make it a DateTime", {{context.at(field->syntax->type->name.range), "DateTime"}}, true);
  }
}

// `@unique` on a view names the fields, and accepts nothing else.
void keep_fields_alone(FixContext& context) {
  const Expression* list = field_list_of(context);
  if (!context.attribute->block || !list) {
    if (!context.attribute->block)
      context.diagnostic.fix("Remove the arguments", {{context.at(context.attribute->arguments_range), ""}});
    return;
  }
  std::vector<std::string> names;
  for (const Expression& element : elements_of(*list)) {
    names.push_back(element.kind == ExpressionKind::function ? element.value : std::string(element.text));
  }
  context.diagnostic.fix("Keep the fields alone", {{context.at(context.attribute->arguments_range),
                                                    fmt::format("([{}])", fmt::join(names, ", "))}});
}

struct FixRule {
  Code code;
  void (*apply)(FixContext& context);
  bool needs_attribute = true;
};

constexpr FixRule kFixRules[] = {
    {"several-unnamed-arguments", put_in_brackets},
    {"argument-without-value", remove_valueless},
    {"empty-argument", remove_empty},
    {"sort-order", correct_sort},
    {"relation-in-index", name_keys_instead},
    {"relation-in-id", name_keys_instead},
    {"relation-in-shard-key", name_keys_instead},
    {"optional-id-field", require_fields},
    {"optional-shard-key-field", require_fields},
    {"repeated-field", name_once},
    {"operator-class-form", quote_class},
    {"unknown-operator-class", write_raw_class},
    {"unknown-id-field", remove_unknown_fields},
    {"unknown-index-field", remove_unknown_fields},
    {"unknown-shard-key-field", remove_unknown_fields},
    {"default-boolean", correct_boolean},
    {"default-type", correct_value},
    {"function-argument", empty_parentheses},
    {"sequence-option", remove_sequence_option},
    {"unsupported-is-supported", write_supported_type, false},
    {"native-type-not-id", remove_native_type},
    {"native-type-not-unique", remove_native_type},
    {"native-type-not-indexable", remove_native_type, false},
    {"updated-at-type", store_as_time},
    {"unique-argument-on-view", keep_fields_alone},
    {"several-autoincrements", keep_one_autoincrement, false},
};

}  // namespace

void fix_attributes(FixContext& context) {
  const Code code = context.diagnostic.code;
  for (const FixRule& rule : kFixRules) {
    if (rule.code == code && (context.attribute || !rule.needs_attribute)) rule.apply(context);
  }
  const bool default_of_field = code == "autoincrement-off-id" || code == "unknown-function" ||
                                code == "mongodb-auto-off-id" || code == "mongodb-dbgenerated";
  if (default_of_field && context.field) remove_default_of(context, *context.field);
  if (!context.attribute) return;
  if (std::ranges::find(kNeedless, code) != std::end(kNeedless)) {
    context.diagnostic.fix(fmt::format("Remove {}", label_of(*context.attribute)),
                           {remove_attribute(context.block, *context.attribute)});
  }
  for (const Needless& needless : kNeedlessParts) {
    // Index types other than the default one need their operator classes.
    const bool needed = needless.argument == "ops" && code != "operator-class-unsupported" &&
                        code != "operator-class-not-on-index" && context.attribute->find_argument("type");
    if (needless.code != code || needed) continue;
    auto edits = without_part_arguments(context.block, *context.attribute, needless.argument);
    if (!edits.empty()) context.diagnostic.fix(fmt::format("Remove `{}`", needless.argument), std::move(edits), true);
  }
  if (!context.diagnostic.fixes.empty()) return;
  for (const Needless& needless : kNeedlessArguments) {
    if (needless.code != code) continue;
    auto edits = without_arguments(context.block, *context.attribute, std::array{needless.argument});
    if (!edits.empty()) context.diagnostic.fix(fmt::format("Remove `{}`", needless.argument), std::move(edits));
  }
}

}  // namespace refract::validation
