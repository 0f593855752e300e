#include <fmt/format.h>

#include "validation/rules/index_types.h"
#include "validation/rules/local_checks.h"

// `where:` of partial indexes, which Prisma reads from version 7 on.
namespace refract::validation {
namespace {

using schema::LiteralKind;
using schema::TypeKind;
using syntax::Expression;
using syntax::ExpressionKind;

BlockDiagnostic& reject(Subject& subject, Arguments& arguments, Code code, std::string message, std::string help) {
  return subject.report.error(code, arguments.place(), std::move(message)).advise(std::move(help));
}

bool fits(const schema::Field& field, const Expression& value) {
  if (field.kind == TypeKind::enumeration) return value.kind == ExpressionKind::string;
  if (field.kind == TypeKind::composite_type || field.kind == TypeKind::unsupported) return false;
  if (field.kind != TypeKind::scalar) return true;
  const bool boolean = value.is_path("true") || value.is_path("false");
  return (value.kind == ExpressionKind::string && takes_in_condition(field.scalar, LiteralKind::string)) ||
         (value.kind == ExpressionKind::number && takes_in_condition(field.scalar, LiteralKind::number)) ||
         (boolean && takes_in_condition(field.scalar, LiteralKind::boolean));
}

bool is_value(const Expression& value) {
  return value.kind == ExpressionKind::string || value.kind == ExpressionKind::number || value.is_path("true") ||
         value.is_path("false") || value.is_path("null");
}

// One `field: value`; false where something was reported (Prisma reports the first trouble of a condition only).
bool check_entry(Subject& subject, Arguments& arguments, const syntax::Argument& entry) {
  const schema::Field* field = subject.declaration.last_field(entry.name->text);
  if (!field) {
    reject(
        subject, arguments, "condition-unknown-field",
        fmt::format("The condition names `{}`, which `{}` does not have.", entry.name->text, subject.declaration.name),
        "Name a scalar field of the model.");
    return false;
  }
  if (!field->is_stored()) {
    reject(subject, arguments, "condition-relation-field",
           fmt::format("The condition names the relation `{}`, which has no column.", field->name),
           "Name a scalar field of the model.");
    return false;
  }
  const Expression* value = &*entry.value;
  if (value->kind == ExpressionKind::object) {
    const bool negated = value->arguments.size() == 1 && value->arguments.front().name &&
                         value->arguments.front().name->text == "not" && value->arguments.front().value;
    if (!negated) {
      reject(subject, arguments, "condition-form",
             fmt::format("The only operator in the condition on `{}` is `not`.", field->name),
             "Write `{ not: value }`, or the whole condition as `raw(\"…\")`.");
      return false;
    }
    value = &*value->arguments.front().value;
  }
  if (!is_value(*value)) {
    reject(subject, arguments, "condition-value",
           fmt::format("The condition cannot compare `{}` with `{}`.", field->name, value->text),
           "Compare with a string, a number, `true`, `false` or `null`.");
    return false;
  }
  if (!value->is_path("null") && !fits(*field, *value)) {
    reject(subject, arguments, "condition-type",
           fmt::format("`{}` is not a valid value of the field `{}`, whose type is {}.", value->text, field->name,
                       field->type_name),
           "Compare with a value of the field's type, or write the condition as `raw(\"…\")`.");
    return false;
  }
  return true;
}

void check_raw(Subject& subject, Arguments& arguments, const Expression& value) {
  const Expression* text =
      value.arguments.empty() || !value.arguments.front().value ? nullptr : &*value.arguments.front().value;
  const bool read = text && as_string(subject, *text);
  if (!read) {
    reject(subject, arguments, "condition-form", "`raw` takes the condition as one string.",
           "Write `where: raw(\"…\")`.");
  } else if (text->value.empty()) {
    reject(subject, arguments, "condition-empty", "The condition is empty.",
           "Write an SQL condition, or remove `where`.");
  }
}

}  // namespace

void check_index_condition(Subject& subject, Arguments& arguments) {
  if (subject.environment.version < schema::PrismaVersion::v7) return;
  const Expression* value = arguments.optional("where");
  if (!value) return;
  if (value->kind == ExpressionKind::object) {
    if (value->arguments.empty()) {
      reject(subject, arguments, "condition-empty", "The condition is empty.",
             "Name a field and a value, or remove `where`.");
    }
    for (const syntax::Argument& entry : value->arguments) {
      if (entry.name && entry.value && !check_entry(subject, arguments, entry)) return;
    }
    return;
  }
  if (value->kind != ExpressionKind::function) {
    report_wrong_value(subject.report, subject.at(value->range), "`raw(\"…\")` or an object", *value);
    reject(subject, arguments, "condition-form", "A condition is `raw(\"…\")` or an object of fields and values.",
           "Write `where: raw(\"…\")` or `where: { field: value }`.");
  } else if (value->value != "raw") {
    reject(subject, arguments, "condition-form", fmt::format("A condition cannot be `{}`.", value->text),
           "Write `where: raw(\"…\")` or `where: { field: value }`.");
  } else {
    check_raw(subject, arguments, *value);
  }
}

}  // namespace refract::validation
