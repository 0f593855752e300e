#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "schema/attributes.h"
#include "support/ascii.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/meant_default.h"
#include "validation/rules/arguments.h"
#include "validation/rules/schema_checks.h"

namespace refract::validation {
namespace {

using schema::Field;
using schema::ScalarType;
using schema::TypeKind;

void check_support(Subject& subject, const Field& field) {
  const schema::Connector& connector = subject.connector();
  const auto reject = [&](std::string_view what) {
    subject.report
        .error("type-unsupported", subject.at(field.syntax->line),
               fmt::format("The type of the field `{}` is not supported: there is no {} {}.", field.name, what,
                           on_database(connector)))
        .advise("Use another type, or another database.")
        .fact("field", std::string(field.name))
        .fact("type", std::string(field.type_name));
  };
  const bool list = field.arity == syntax::Arity::list;
  if (field.kind == TypeKind::scalar && field.scalar == ScalarType::json) {
    if (!connector.json) reject("Json");
    if (list && !connector.json_lists) reject("lists of Json");
  }
  if (field.kind == TypeKind::scalar && field.scalar == ScalarType::decimal && !connector.decimal) reject("Decimal");
  if (list && !connector.scalar_lists) reject("lists");
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, ascii::is_digit);
}

// Unsupported("…") where the text is a native type that Prisma has.
void check_unsupported(Subject& subject, const Field& field) {
  if (field.kind != TypeKind::unsupported || !subject.environment.datasource) return;
  const std::string_view text = field.syntax->type->unsupported_type;
  const std::size_t open = text.find('(');
  const std::string_view name = trim(text.substr(0, open));
  std::vector<std::string_view> arguments;
  if (open != std::string_view::npos) {
    const std::size_t close = text.find(')', open);
    if (close == std::string_view::npos) return;
    std::string_view list = text.substr(open + 1, close - open - 1);
    for (std::size_t comma = list.find(','); comma != std::string_view::npos; comma = list.find(',')) {
      arguments.push_back(trim(list.substr(0, comma)));
      list.remove_prefix(comma + 1);
    }
    arguments.push_back(trim(list));
  }
  const schema::NativeTypeSpec* type = schema::find_native_type(subject.connector().provider, name);
  if (!type || !std::ranges::all_of(arguments, all_digits)) return;
  if (arguments.size() < type->min_arguments || (type->max_arguments == 0 && !arguments.empty())) return;
  subject.report
      .error("unsupported-is-supported", subject.at(field.syntax->line),
             fmt::format("Prisma supports the type `{}` of the field `{}`.", text, field.name))
      .advise(fmt::format("Write `{} @{}.{}` instead.", schema::to_string(type->scalars.front()),
                          subject.environment.datasource->name, name))
      .fact("field", std::string(field.name));
}

void check_sequence(Subject& subject, const syntax::Expression& value, const schema::FunctionSpec& function) {
  for (const syntax::Argument& argument : value.arguments) {
    if (!argument.value) continue;
    const std::string_view name = argument.name ? argument.name->text : std::string_view{};
    const auto option = std::ranges::find(function.arguments, name, &schema::ArgumentSpec::name);
    if (option != function.arguments.end() && option->type == schema::ArgumentType::boolean) {
      as_boolean(subject, *argument.value);
    } else if (option != function.arguments.end()) {
      as_integer(subject, *argument.value);
    } else {
      subject.report
          .error("sequence-option", subject.at(argument.range),
                 fmt::format("`sequence()` has no option `{}`.", name.empty() ? argument.value->text : name))
          .advise("Its options are `virtual`, `cache`, `increment`, `minValue`, `maxValue` and `start`.");
    }
  }
}

}  // namespace

void check_unknown_functions(Subject& subject) {
  for (const Field& field : subject.declaration.fields) {
    const auto* value =
        field.kind == TypeKind::scalar && field.default_value ? field.default_value->expression : nullptr;
    if (!value || value->kind != syntax::ExpressionKind::function) continue;
    const schema::FunctionSpec* known = schema::find_default_function(value->value);
    if (known && known->since <= subject.environment.version && known->name != "sequence") continue;
    if (known && known->name == "sequence" && subject.connector().sequences) {
      check_sequence(subject, *value, *known);
      continue;
    }
    BlockDiagnostic& diagnostic =
        subject.report.error("unknown-function", subject.at(value->range),
                             fmt::format("The function `{}()` does not exist here.", value->value));
    diagnostic.fact("function", value->value).fact("field", std::string(field.name));
    const auto meant =
        meant_default(subject.environment.mistakes(),
                      {.scalar = field.scalar, .list = field.arity == syntax::Arity::list}, value->value, value->text);
    if (!meant) {
      diagnostic.advise("Use a literal, or a function such as `uuid()` or `now()`.");
      continue;
    }
    diagnostic
        .advise(meant->is_certain ? fmt::format("Did you mean `{}`?", meant->text)
                                  : fmt::format("Write a function of the database as `{}`.", meant->text))
        .fix(fmt::format("Change to `{}`", meant->text), {{subject.at(value->range), meant->text}}, true);
  }
}

void check_scalar_field(Subject& subject, const Field& field) {
  check_support(subject, field);
  check_native_type(subject, field);
  if (field.default_value && field.default_value->map) {
    if (!subject.connector().named_defaults) {
      const syntax::Attribute& attribute = *field.default_value->attribute;
      subject.report
          .error("default-name-unsupported", subject.at(attribute.span),
                 fmt::format("Defaults cannot be named {}.", on_database(subject.connector())))
          .advise("Remove `map`.")
          .fix("Remove `map`", {remove_argument(subject.block(), attribute.arguments, *attribute.find_argument("map"))},
               true);
    }
    check_database_name_length(subject, *field.default_value->attribute, field.default_value->map);
  }
  check_default_content(subject, field);
  check_unsupported(subject, field);
}

}  // namespace refract::validation
