#include "validation/rules/field_list.h"

#include <algorithm>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/operator_classes.h"

namespace refract::validation {
namespace {

using syntax::Expression;
using syntax::ExpressionKind;

std::span<const Expression> elements_of(const Expression& list) {
  if (list.kind == ExpressionKind::array) return list.elements;
  return {&list, 1};
}

std::string_view name_in(const Expression& element) {
  return element.kind == ExpressionKind::function ? std::string_view(element.value) : element.text;
}

const syntax::Argument* find_last(const std::vector<syntax::Argument>& arguments, std::string_view name) {
  for (const syntax::Argument& argument : arguments) {
    if (argument.name && argument.name->text == name && argument.value) return &argument;
  }
  return nullptr;
}

void report_repeated(Subject& subject, Place at, std::string_view name) {
  subject.report.error("repeated-field", at, fmt::format("The field `{}` is named twice in this list.", name))
      .advise("Keep it once.")
      .fact("field", std::string(name));
}

void check_raw_class(Subject& subject, const Expression& value) {
  if (value.arguments.size() != 1) {
    subject.report
        .error("operator-class-form", subject.at(value.range),
               "`raw` takes one argument: the operator class in quotes.")
        .advise("Write `ops: raw(\"…\")`.");
  } else if (value.arguments.front().value && value.arguments.front().value->kind != ExpressionKind::string) {
    subject.report.error("operator-class-form", subject.at(value.range), "`raw` takes the operator class in quotes.")
        .advise("Write `ops: raw(\"…\")`.");
  }
}

void check_operator_class(Subject& subject, const syntax::Argument& argument) {
  const Expression& value = *argument.value;
  if (value.kind == ExpressionKind::path) {
    if (find_operator_class(value.text)) return;
    BlockDiagnostic& diagnostic =
        subject.report.error("unknown-operator-class", subject.at(value.range),
                             fmt::format("The operator class `{}` does not exist.", value.text));
    std::vector<std::string_view> candidates;
    for (const OperatorClass& known : operator_classes()) candidates.push_back(known.name);
    if (const auto meant = nearest(value.text, candidates); !meant.empty()) {
      diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
          .fix(fmt::format("Change to `{}`", meant), {{subject.at(value.range), std::string(meant)}}, true);
    } else {
      diagnostic.advise("If Prisma has no name for the operator class, write `raw(\"…\")`.");
    }
  } else if (value.kind == ExpressionKind::function && value.value == "raw") {
    check_raw_class(subject, value);
  } else {
    subject.report
        .error("operator-class-form", subject.at(argument.range), "An operator class is a plain word or `raw(\"…\")`.")
        .advise("Write `ops: TextOps` or `ops: raw(\"text_ops\")`.");
  }
}

void check_field_arguments(Subject& subject, const Expression& element) {
  if (const auto* sort = find_last(element.arguments, "sort")) {
    const auto word = as_constant(subject, *sort->value);
    if (word && *word != "Asc" && *word != "Desc") {
      subject.report.error("sort-order", subject.at(sort->range), fmt::format("`{}` is not a sort order.", *word))
          .advise("Write `Asc` or `Desc`.");
    }
  }
  if (const auto* length = find_last(element.arguments, "length")) as_integer(subject, *length->value);
  if (const auto* ops = find_last(element.arguments, "ops")) check_operator_class(subject, *ops);
}

// The field at the end of `a.b.c`; nullptr where a step leads nowhere. A field of unknown type counts as a relation,
// as it does for Prisma.
const schema::Field* follow_path(const Subject& subject, std::string_view path, bool& relation) {
  const schema::Declaration* holder = &subject.declaration;
  const schema::Field* field = nullptr;
  while (true) {
    const std::size_t dot = path.find('.');
    field = holder->last_field(path.substr(0, dot));
    if (!field) return nullptr;
    if (!field->is_stored()) {
      relation = true;
      return nullptr;
    }
    if (dot == std::string_view::npos) return field;
    if (field->kind != schema::TypeKind::composite_type) return nullptr;
    const schema::Placed* type = subject.snapshot().find(field->type_name);
    if (!type) return nullptr;
    holder = type->declaration;
    path.remove_prefix(dot + 1);
  }
}

}  // namespace

ResolvedFields resolve_plain_fields(Subject& subject, const Expression& list, const schema::Declaration& model,
                                    Place where_reported) {
  ResolvedFields result;
  std::vector<std::string_view> names;
  bool readable = true;
  for (const Expression& element : elements_of(list)) {
    if (const auto name = as_constant(subject, element))
      names.push_back(*name);
    else
      readable = false;
  }
  if (!readable) return result;
  for (std::string_view name : names) {
    const schema::Field* field = model.last_field(name);
    if (!field) {
      result.unknown.push_back(name);
    } else if (!field->is_stored()) {
      result.relations.push_back(name);
    } else if (std::ranges::find(result.fields, field) != result.fields.end()) {
      report_repeated(subject, where_reported, name);
      return result;
    } else {
      result.fields.push_back(field);
    }
  }
  result.usable = true;
  return result;
}

ResolvedFields resolve_index_fields(Subject& subject, const Expression& list, Place where_reported,
                                    bool through_composites) {
  ResolvedFields result;
  bool readable = true;
  for (const Expression& element : elements_of(list)) {
    if (element.kind == ExpressionKind::function) {
      check_field_arguments(subject, element);
    } else if (element.kind != ExpressionKind::path) {
      report_wrong_value(subject.report, subject.at(element.range), "The name of a field", element);
      offer_without_quotes(subject, element);
      readable = false;
    }
  }
  if (!readable) return result;
  std::vector<std::string_view> paths;
  for (const Expression& element : elements_of(list)) {
    const std::string_view name = name_in(element);
    bool relation = false;
    const bool path = name.find('.') != std::string_view::npos;
    const schema::Field* field = path && !through_composites ? nullptr : follow_path(subject, name, relation);
    if (relation) {
      result.relations.push_back(name);
    } else if (!field) {
      result.unknown.push_back(name);
    } else if (std::ranges::find(paths, name) != paths.end()) {
      report_repeated(subject, where_reported, name);
      return result;
    } else {
      paths.push_back(name);
      result.fields.push_back(field);
    }
  }
  result.usable = true;
  return result;
}

void suggest_fields(Subject& subject, BlockDiagnostic& diagnostic, const Expression& list,
                    const std::vector<std::string_view>& unknown, const schema::Declaration& model,
                    const std::function<bool(const schema::Field&)>& is_unlikely) {
  diagnostic.fact("declaration", std::string(model.name))
      .fact("unknown", std::vector<std::string>(unknown.begin(), unknown.end()));
  std::vector<std::string_view> candidates;
  const auto is_listed = [&](std::string_view name) {
    return std::ranges::any_of(elements_of(list), [&](const Expression& element) { return name_in(element) == name; });
  };
  for (const schema::Field& field : model.fields) {
    // A name that begins with a digit is a separate error.
    const bool readable = !field.name.empty() && (field.name.front() < '0' || field.name.front() > '9');
    const bool scalar = !field.is_relation() && field.kind != schema::TypeKind::unknown;
    if (scalar && readable && !is_listed(field.name) && !(is_unlikely && is_unlikely(field)))
      candidates.push_back(field.name);
  }
  std::vector<BlockEdit> edits;
  std::string_view meant;
  for (const Expression& element : elements_of(list)) {
    const std::string_view name = name_in(element);
    if (std::ranges::find(unknown, name) == unknown.end()) continue;
    meant = nearest(name, candidates);
    if (meant.empty()) break;
    const text::Range range = element.kind == ExpressionKind::function ? element.name_range : element.range;
    edits.push_back({subject.at(range), std::string(meant)});
  }
  if (meant.empty() || edits.size() != unknown.size()) {
    diagnostic.advise(fmt::format("Name fields of `{}`.", model.name));
    return;
  }
  diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
      .fix(fmt::format("Change to `{}`", meant), std::move(edits), unknown.size() == 1);
}

}  // namespace refract::validation
