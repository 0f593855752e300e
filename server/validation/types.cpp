#include <algorithm>

#include <fmt/format.h>

#include "validation/rules.h"
#include "validation/text_tools.h"

namespace refract::validation {
namespace {

using schema::TypeKind;

constexpr std::string_view kScalarNames[] = {"String",  "Boolean",  "Int",  "BigInt", "Float",
                                             "Decimal", "DateTime", "Json", "Bytes"};

bool looks_like_enum_value(const schema::Field& field) {
  return field.default_value && field.default_value->expression &&
         field.default_value->expression->kind == syntax::ExpressionKind::path;
}

void report_unknown_type(Subject& subject, const schema::Field& field) {
  const syntax::FieldType& type = *field.syntax->type;
  std::vector<std::string_view> candidates(std::begin(kScalarNames), std::end(kScalarNames));
  for (const schema::Placed& placed : subject.snapshot().declarations()) candidates.push_back(placed->name);
  const std::string_view meant = nearest(type.name.text, candidates);

  Finding& finding = subject.report.error(
      "unknown-type", subject.at(type.name.range),
      fmt::format("The field `{}` has the type `{}`, which is declared nowhere.", field.name, type.name.text));
  finding.fact("declaration", std::string(subject.declaration.name))
      .fact("field", std::string(field.name))
      .fact("type", std::string(type.name.text));
  if (!meant.empty()) {
    finding.advise(fmt::format("Did you mean `{}`?", meant))
        .fact("candidates", std::vector<std::string>{std::string(meant)})
        .fix(fmt::format("Change to `{}`", meant), {{subject.at(type.name.range), std::string(meant)}}, true);
  } else {
    finding.advise("Use a scalar type, or declare a model or enum with this name.");
  }
  if (subject.declaration.kind == syntax::BlockKind::composite_type || type.name.text.find('-') != std::string::npos) {
    return;
  }
  const auto create_enum = [&] {
    const std::string value =
        looks_like_enum_value(field) ? std::string(field.default_value->expression->text) : std::string("VALUE");
    finding.fix(fmt::format("Create the enum `{}`", type.name.text),
                {add_block_behind(subject.block(), fmt::format("enum {} {{\n  {}\n}}", type.name.text, value))});
  };
  const auto create_model = [&] {
    finding.fix(fmt::format("Create the model `{}`", type.name.text),
                {add_block_behind(subject.block(), fmt::format("model {} {{\n  id Int @id\n}}", type.name.text))});
  };
  if (looks_like_enum_value(field) || !field.relation) create_enum();
  if (!looks_like_enum_value(field)) create_model();
}

}  // namespace

void check_types(Subject& subject) {
  const syntax::Block& block = subject.block();
  if (block.kind == syntax::BlockKind::enumeration && block.values.empty()) {
    subject.report.error("empty-enum", subject.whole(), fmt::format("The enum `{}` has no value.", block.name.text))
        .advise("Add at least one value.")
        .fact("enum", std::string(block.name.text));
  }
  for (const schema::Field& field : subject.declaration.fields) {
    if (!field.syntax->type || !subject.reads(field.syntax->range)) continue;
    if (field.kind == TypeKind::unknown) {
      report_unknown_type(subject, field);
    } else if (block.kind == syntax::BlockKind::composite_type && field.is_relation()) {
      subject.report
          .error("relation-in-composite-type", subject.at(field.syntax->type->name.range),
                 fmt::format("The type `{}` cannot hold the {} `{}`: composite types have no relations.",
                             block.name.text, field.kind == TypeKind::view ? "view" : "model", field.type_name))
          .advise("Put the relation on the model that uses this type.")
          .fact("type", std::string(block.name.text))
          .fact("field", std::string(field.name));
    }
  }
}

}  // namespace refract::validation
