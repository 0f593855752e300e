#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/meant_default.h"
#include "validation/mistakes/pieces.h"
#include "validation/rules/local_checks.h"

// @default: which values fit which fields. The contents of strings (dates, JSON) are no business of Prisma's.
namespace refract::validation {
namespace {

using schema::LiteralKind;
using schema::PrismaVersion;
using schema::ScalarType;
using schema::TypeKind;
using syntax::Expression;
using syntax::ExpressionKind;

class DefaultCheck {
 public:
  DefaultCheck(Subject& subject, Arguments& arguments, const schema::Field& field)
      : subject_(subject), arguments_(arguments), field_(field) {}

  void model_field(const Expression& value, bool mapped) {
    if (is_function(value, "dbgenerated")) return database_generated(value);
    switch (field_.kind) {
      case TypeKind::composite_type:
        return on_composite();
      case TypeKind::enumeration:
        return enumeration(value);
      case TypeKind::unsupported:
        reject("default-on-unsupported", fmt::format("The field `{}` has the type `Unsupported`.", field_.name),
               "Its only possible default is `@default(dbgenerated(\"…\"))`.");
        return;
      default:
        break;
    }
    if (is_function(value, "autoincrement") && mapped) {
      reject("default-named-autoincrement", "A default of `autoincrement()` has no name in the database.",
             "Remove `map`.");
    } else if (value.kind == ExpressionKind::function) {
      function(value);
    } else {
      literal(value);
    }
  }

  void composite_field(const Expression& value) {
    if (is_function(value, "dbgenerated")) {  // of whatever type
      reject("default-on-composite-field", "A field of a composite type cannot have `dbgenerated()` as its default.",
             "Use a literal, or set the value in your program.");
      return;
    }
    switch (field_.kind) {
      case TypeKind::composite_type:
        return on_composite();
      case TypeKind::enumeration:
        return enumeration(value);
      case TypeKind::unsupported:
        reject("default-on-unsupported", fmt::format("The field `{}` has the type `Unsupported`.", field_.name),
               "Remove the default.");
        return;
      default:
        break;
    }
    if (value.kind == ExpressionKind::function && is_known(value.value) &&
        !schema::may_be_in_composite_type(value.value)) {
      reject("default-on-composite-field",
             fmt::format("A field of a composite type cannot have `{}()` as its default.", value.value),
             "Use a literal, or set the value in your program.");
    } else if (value.kind == ExpressionKind::function && !is_known(value.value)) {
      unknown_function(value);
    } else if (value.kind == ExpressionKind::function) {
      function(value);
    } else {
      literal(value);
    }
  }

 private:
  static bool is_function(const Expression& value, std::string_view name) {
    return value.kind == ExpressionKind::function && value.value == name;
  }

  bool is_known(std::string_view name) const {
    const schema::FunctionSpec* spec = schema::find_default_function(name);
    return spec && spec->since <= subject_.environment.version && name != "sequence";
  }

  BlockDiagnostic& reject(Code code, std::string message, std::string help) {
    return subject_.report.error(code, arguments_.place(), std::move(message))
        .advise(std::move(help))
        .fact("field", std::string(field_.name));
  }

  // The default that is meant by the name of a function, or by a call.
  std::optional<MeantDefault> meant_by(std::string_view name, std::string_view call) const {
    if (field_.kind != TypeKind::scalar) return std::nullopt;
    return meant_default(subject_.environment.mistakes(),
                         {.scalar = field_.scalar, .list = field_.arity == syntax::Arity::list}, name, call);
  }

  void unknown_function(const Expression& value) {
    BlockDiagnostic& diagnostic = subject_.report.error(
        "unknown-function", subject_.at(value.range), fmt::format("The function `{}()` does not exist.", value.value));
    diagnostic.advise("Use a literal, or a function such as `cuid()`, `uuid()` or `now()`.")
        .fact("function", value.value);
    const auto meant = meant_by(value.value, value.text);
    if (meant && schema::may_be_in_composite_type(meant->text.substr(0, meant->text.find('('))))
      diagnostic.advise(fmt::format("Did you mean `{}`?", meant->text))
          .fix(fmt::format("Change to `{}`", meant->text), {{subject_.at(value.range), meant->text}}, true);
  }

  void on_composite() {
    reject("default-on-composite",
           fmt::format("The field `{}` has a composite type and cannot have a default.", field_.name),
           "Remove `@default`.")
        .fix("Remove @default", {remove_attribute(subject_.block(), arguments_.attribute())}, true);
  }

  void wrong_value(const Expression& value) {
    BlockDiagnostic& diagnostic = reject("default-type",
                                         fmt::format("`{}` is not a valid default of `{}`, whose type is {}.",
                                                     value.text, field_.name, field_.type_name),
                                         fmt::format("Use a value of the type {}.", field_.type_name));
    diagnostic.fact("type", std::string(field_.type_name)).fact("value", std::string(value.text));
    if (value.is_path("null")) return offer_no_default(diagnostic);
    if (offer_enum_value(diagnostic, value) || offer_call(diagnostic, value)) return;
    const bool number = value.kind == ExpressionKind::number || value.kind == ExpressionKind::path;
    if (field_.kind == TypeKind::scalar && field_.scalar == ScalarType::string && number &&
        field_.arity != syntax::Arity::list) {
      diagnostic.fix("Put the value in quotes", {{subject_.at(value.range), fmt::format("\"{}\"", value.text)}}, true);
    }
  }

  // `"HAPPY"` for an enum that has this value.
  bool offer_enum_value(BlockDiagnostic& diagnostic, const Expression& value) {
    const schema::Placed* type =
        field_.kind == TypeKind::enumeration ? subject_.snapshot().find(field_.type_name) : nullptr;
    if (!type || value.kind != ExpressionKind::string) return false;
    const std::string_view meant = enum_value_meant(**type, value.value);
    if (meant.empty()) return false;
    diagnostic.advise(fmt::format("Write the value without quotes: `{}`.", meant))
        .fix(fmt::format("Change to `{}`", meant), {{subject_.at(value.range), std::string(meant)}}, true);
    return true;
  }

  // The value of the enum by its name, by its name in the database, or by one that is near. Empty: none.
  static std::string_view enum_value_meant(const schema::Declaration& type, std::string_view written) {
    std::vector<std::string_view> names;
    for (const schema::EnumValue& value : type.values) {
      if (value.name == written || value.database_name == written) return value.name;
      names.push_back(value.name);
    }
    const std::string_view near = nearest(written, names);
    if (ascii::to_lower(near) == ascii::to_lower(written)) return near;
    for (const schema::EnumValue& value : type.values) {
      if (ascii::to_lower(value.database_name) == ascii::to_lower(written)) return value.name;
    }
    return near;
  }

  // A function's name without its parentheses.
  bool offer_call(BlockDiagnostic& diagnostic, const Expression& value) {
    if (value.kind != ExpressionKind::path) return false;
    const auto meant = meant_by(value.text, {});
    if (!meant) return false;
    diagnostic.advise(fmt::format("Did you mean `{}`?", meant->text))
        .fix(fmt::format("Change to `{}`", meant->text), {{subject_.at(value.range), meant->text}}, true);
    return true;
  }

  // `null`, which is no value of any type: a field without a default is null if it is optional.
  void offer_no_default(BlockDiagnostic& diagnostic) {
    std::vector<BlockEdit> edits{remove_attribute(subject_.block(), arguments_.attribute())};
    if (field_.arity != syntax::Arity::required) {
      diagnostic.advise("Remove `@default`: without it, the field of a new record is null.")
          .fix("Remove @default", std::move(edits), true);
      return;
    }
    const text::Offset end = field_.syntax->type->range.end;
    insert_at(edits, subject_.at({end, end}), "?");
    diagnostic.advise("Make the field optional and remove `@default`: then it is null in a new record.")
        .fix("Make it optional and remove @default", std::move(edits), true);
  }

  void enumeration(const Expression& value) {
    if (field_.arity != syntax::Arity::list) {
      enum_value(value);
    } else if (value.kind == ExpressionKind::array) {
      for (const Expression& element : value.elements) {
        if (!enum_value(element)) return;  // only the first invalid element of a list is reported
      }
    } else {
      wrong_value(value);
    }
  }

  bool enum_value(const Expression& value) {
    if (value.kind != ExpressionKind::path) {
      wrong_value(value);
      return false;
    }
    const schema::Placed* type = subject_.snapshot().find(field_.type_name);
    std::vector<std::string_view> values;
    for (const schema::EnumValue& known : (*type)->values) values.push_back(known.name);
    if (std::ranges::find(values, value.text) != values.end()) return true;
    BlockDiagnostic& diagnostic = reject("default-unknown-enum-value",
                                         fmt::format("The enum `{}` has no value `{}`.", field_.type_name, value.text),
                                         fmt::format("Use one of {}.", list_of(values)));
    diagnostic.see({(*type)->block.get(), (*type)->block->name.range}, "The enum is declared here.")
        .fact("enum", std::string(field_.type_name))
        .fact("value", std::string(value.text));
    if (value.is_path("null")) {
      offer_no_default(diagnostic);
      return false;
    }
    if (const auto meant = enum_value_meant(**type, value.text); !meant.empty()) {
      diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
          .fix(fmt::format("Change to `{}`", meant), {{subject_.at(value.range), std::string(meant)}}, true);
    }
    diagnostic.fix(fmt::format("Add `{}` to the enum `{}`", value.text, field_.type_name),
                   {add_member(*(*type)->block, value.text)});
    return false;
  }

  void literal(const Expression& value) {
    if (field_.arity == syntax::Arity::list) {
      if (value.kind != ExpressionKind::array) {
        reject("default-not-a-list", fmt::format("The field `{}` is a list, but its default is not.", field_.name),
               "Put brackets around the value.")
            .fix("Put brackets around the value", {{subject_.at(value.range), fmt::format("[{}]", value.text)}}, true);
        return;
      }
      for (const Expression& element : value.elements) {
        if (!scalar(element)) return;
      }
    } else if (field_.scalar == ScalarType::json && is_json_value(value)) {
      return;
    } else if (value.kind == ExpressionKind::array) {
      BlockDiagnostic& diagnostic =
          reject("default-is-a-list", fmt::format("The field `{}` is not a list, but its default is.", field_.name),
                 "Use a single value, or make the field a list.");
      if (value.elements.size() == 1) {
        diagnostic.fix("Remove the brackets", {{subject_.at(value.range), std::string(value.elements.front().text)}},
                       true);
      }
      const syntax::FieldType& type = *field_.syntax->type;
      diagnostic.fix("Make the field a list", {{subject_.at({type.name.range.end, type.range.end}), "[]"}});
    } else {
      scalar(value);
    }
  }

  bool scalar(const Expression& value) {
    const bool string = value.kind == ExpressionKind::string;
    const bool number = value.kind == ExpressionKind::number;
    const bool boolean = value.is_path("true") || value.is_path("false");
    if ((string && schema::takes_literal(field_.scalar, LiteralKind::string)) ||
        (number && schema::takes_literal(field_.scalar, LiteralKind::number)) ||
        (boolean && schema::takes_literal(field_.scalar, LiteralKind::boolean)))
      return true;
    if (field_.scalar == ScalarType::boolean && value.kind == ExpressionKind::path) {
      subject_.report
          .error("default-boolean", subject_.at(value.range),
                 fmt::format("`{}` is neither `true` nor `false`.", value.text))
          .advise("Write `true` or `false`.")
          .fact("field", std::string(field_.name));
      if (value.is_path("null")) offer_no_default(subject_.report.diagnostics().back());
      return false;
    }
    if (field_.scalar == ScalarType::json && is_json_value(value)) return false;
    wrong_value(value);
    return false;
  }

  // Reports a value that is JSON, or JavaScript, but no text; false: it is neither.
  bool is_json_value(const Expression& value) {
    const std::string text = value.kind == ExpressionKind::string ? std::string() : json_text(value.text);
    if (text.empty()) return false;
    BlockDiagnostic& diagnostic = reject(
        "json-default", fmt::format("The default of the `Json` field `{}` is not JSON text in quotes.", field_.name),
        fmt::format("Write {}.", string_literal(text)));
    const bool null = value.is_path("null") && field_.arity == syntax::Arity::optional;
    if (null) offer_no_default(diagnostic);
    diagnostic.fix("Write the value as JSON text", {{subject_.at(value.range), string_literal(text)}}, !null);
    return true;
  }

  // A function of Prisma's own. Others are checked by provider, in the schema checks.
  void function(const Expression& value) {
    if (is_function(value, "auto")) return no_arguments(value);
    if (!is_known(value.value)) return;
    const schema::FunctionSpec& spec = *schema::find_default_function(value.value);
    if (std::ranges::find(spec.scalars, field_.scalar) == spec.scalars.end()) {
      std::vector<std::string_view> types;
      for (ScalarType type : spec.scalars) types.push_back(schema::to_string(type));
      reject("default-function-type",
             fmt::format("`{}()` cannot be the default of `{}`, whose type is {}.", value.value, field_.name,
                         field_.type_name),
             fmt::format("It fits fields of type {}.", list_of(types)))
          .fact("function", value.value)
          .fact("type", std::string(field_.type_name));
      return;
    }
    if (value.value == "uuid")
      return one_number(
          value, [](long long n) { return n == 4 || n == 7; }, "4 or 7");
    if (value.value == "cuid" && subject_.environment.version >= PrismaVersion::v6) {
      return one_number(
          value, [](long long n) { return n == 1 || n == 2; }, "1 or 2");
    }
    if (value.value == "nanoid") {
      return one_number(
          value, [](long long n) { return n >= 2 && n <= 255; }, "a number from 2 to 255");
    }
    no_arguments(value);
  }

  void no_arguments(const Expression& value) {
    if (value.arguments.empty()) return;
    reject("function-takes-no-argument", fmt::format("`{}()` takes no argument.", value.value), "Remove the argument.")
        .fix("Remove the arguments", {{subject_.at(value.arguments_range), "()"}}, true);
  }

  template <class Allowed>
  void one_number(const Expression& value, Allowed allowed, std::string_view wanted) {
    const auto wrong = [&] {
      reject("function-argument", fmt::format("`{}()` takes no argument or one: {}.", value.value, wanted),
             "Correct or remove the argument.")
          .fact("function", value.value);
    };
    if (value.arguments.size() > 1 && value.value != "cuid") wrong();
    const Expression* first =
        value.arguments.empty() || !value.arguments.front().value ? nullptr : &*value.arguments.front().value;
    if (!first) return;
    long long number = -1;
    if (first->kind == ExpressionKind::number) {
      std::from_chars(first->text.data(), first->text.data() + first->text.size(), number);
      if (allowed(number) && !(value.value == "cuid" && value.arguments.size() > 1)) return;
    }
    wrong();
  }

  void database_generated(const Expression& value) {
    const auto wrong = [&] {
      BlockDiagnostic& diagnostic =
          reject("function-argument", "`dbgenerated()` takes no argument or one: an SQL expression in quotes.",
                 "Write `dbgenerated(\"…\")`.");
      const std::string_view text = std::string_view(subject_.block().text);
      const text::Range all{value.arguments.front().range.begin, value.arguments.back().range.end};
      const std::string_view sql = text.substr(all.begin, all.size());
      if (!sql.starts_with('"'))
        diagnostic.advise(fmt::format("Write `dbgenerated({})`.", string_literal(sql)))
            .fix("Put the SQL in quotes", {{subject_.at(all), string_literal(sql)}}, true);
    };
    if (value.arguments.size() > 1) wrong();
    if (value.arguments.empty() || !value.arguments.front().value) return;
    const Expression& first = *value.arguments.front().value;
    if (first.kind != ExpressionKind::string || first.value.empty()) wrong();
  }

  Subject& subject_;
  Arguments& arguments_;
  const schema::Field& field_;
};

}  // namespace

void check_default(Subject& subject, Arguments& arguments, const schema::Field& field) {
  const Expression* value = arguments.required("value");
  if (!value) return;
  const auto map = arguments.text("map");
  DefaultCheck(subject, arguments, field).model_field(*value, map.has_value());
}

void check_composite_default(Subject& subject, Arguments& arguments, const schema::Field& field) {
  const Expression* value = arguments.required("value");
  if (!value) return;
  if (arguments.optional("map")) {
    subject.report
        .error("composite-default-map", arguments.place(),
               "The default of a field of a composite type has no name in the database.")
        .advise("Remove `map`.")
        .fix("Remove `map`",
             {remove_argument(subject.block(), arguments.attribute().arguments,
                              *arguments.attribute().find_argument("map"))},
             true);
  }
  DefaultCheck(subject, arguments, field).composite_field(*value);
}

}  // namespace refract::validation
