#include <algorithm>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/other_types.h"
#include "validation/rules/rules.h"

namespace refract::validation {
namespace {

using schema::TypeKind;

constexpr std::string_view kScalarNames[] = {"String",  "Boolean",  "Int",  "BigInt", "Float",
                                             "Decimal", "DateTime", "Json", "Bytes"};

bool looks_like_enum_value(const schema::Field& field) {
  return field.default_value && field.default_value->expression &&
         field.default_value->expression->kind == syntax::ExpressionKind::path;
}

void offer_enum(Subject& subject, const schema::Field& field, BlockDiagnostic& diagnostic) {
  const std::string value =
      looks_like_enum_value(field) ? std::string(field.default_value->expression->text) : std::string("VALUE");
  diagnostic.fix(fmt::format("Create the enum `{}`", field.type_name),
                 {add_block_after(subject.block(), fmt::format("enum {} {{\n  {}\n}}", field.type_name, value))});
}

// The new model gets both sides of the relation, so that nothing is left to report.
void offer_model(Subject& subject, const schema::Field& field, BlockDiagnostic& diagnostic) {
  const schema::Declaration& here = subject.declaration;
  if (subject.environment.is(schema::Provider::mongodb) || field.default_value) return;
  const std::string back = ascii::with_lower_first(here.name);
  const std::string_view id_type = subject.environment.is(schema::Provider::cockroachdb) ? "BigInt" : "Int";
  std::vector<BlockEdit> edits;
  std::string members;
  if (field.arity == syntax::Arity::list) {
    const schema::Index* key = here.primary_key();
    const schema::Field* id =
        key && key->fields.size() == 1 ? here.find_field(key->fields.front().path.front()) : nullptr;
    if (!id || id->kind != TypeKind::scalar || id->native_type || field.relation) return;
    const std::string column = back + ascii::with_upper_first(id->name);
    members = fmt::format(
        "  id {} @id @default(autoincrement())\n  {} {} @relation(fields: [{}], references: [{}])\n  {} {}\n", id_type,
        back, here.name, column, id->name, column, id->type_name);
  } else if (!field.relation) {
    const std::string column = std::string(field.name) + "Id";
    if (here.find_field(column)) return;
    const std::string_view mark = field.arity == syntax::Arity::optional ? "?" : "";
    edits.push_back(add_attribute(subject.block(), *field.syntax,
                                  fmt::format("@relation(fields: [{}], references: [id])", column)));
    edits.push_back(add_member(subject.block(), fmt::format("{} {}{}", column, id_type, mark)));
    members = fmt::format("  id {} @id @default(autoincrement())\n  {}s {}[]\n", id_type, back, here.name);
  } else {
    if (field.relation->name || field.relation->fields.size() != 1 || field.relation->references.size() != 1) return;
    const schema::Field* column = here.find_field(field.relation->fields.front());
    if (!column || column->kind != TypeKind::scalar) return;
    members = fmt::format("  {} {} @id\n  {}s {}[]\n", field.relation->references.front(), column->type_name, back,
                          here.name);
  }
  edits.push_back(add_block_after(subject.block(), fmt::format("model {} {{\n{}}}", field.type_name, members)));
  diagnostic.fix(fmt::format("Create the model `{}`", field.type_name), std::move(edits));
}

// The type of another language, or a type and a name in the order of one. False: it is neither.
bool report_other_language(Subject& subject, const schema::Field& field, std::string_view meant) {
  const syntax::FieldType& type = *field.syntax->type;
  const std::string name(type.name.text);
  const bool swapped = (schema::scalar_from(field.name) || subject.snapshot().find(field.name)) &&
                       ascii::to_lower(name.front()) == name.front();
  if (swapped) {
    subject.report
        .error("type-before-name", subject.at(type.name.range),
               fmt::format("The type `{}` is before the name of the field `{}`.", field.name, name))
        .advise(fmt::format("Write `{} {}`.", name, field.name))
        .fact("field", name)
        .fact("type", std::string(field.name))
        .fix(fmt::format("Write `{} {}`", name, field.name),
             {{subject.at(field.syntax->name.range), name}, {subject.at(type.name.range), std::string(field.name)}},
             true);
    return true;
  }
  // A name of the schema that differs in the case of its letters alone is nearer.
  if (!meant.empty() && ascii::to_lower(meant) == ascii::to_lower(name)) return false;
  const std::vector<PrismaType> types = types_for(subject.environment.mistakes(), name);
  if (types.empty()) return false;
  BlockDiagnostic& diagnostic =
      subject.report.error("other-type", subject.at(type.name.range),
                           fmt::format("The type `{}` of the field `{}` is not a type of Prisma.", name, field.name));
  std::vector<std::string> candidates;
  const bool has_native = std::ranges::any_of(field.syntax->attributes, [](const syntax::Attribute& attribute) {
    return attribute.name.text.find('.') != std::string_view::npos;
  });
  const std::string_view arity =
      std::string_view(subject.block().text).substr(type.arity_range.begin, type.arity_range.size());
  for (const PrismaType& offered : types) {
    const bool keep = has_native || (offered.attributes.starts_with(" @default") && field.default_value);
    const std::string text = fmt::format("{}{}{}", offered.scalar, arity, keep ? "" : offered.attributes);
    candidates.push_back(text);
    diagnostic.fix(fmt::format("Change to `{}`", text), {{subject.at(type.range), text}}, candidates.size() == 1);
  }
  diagnostic.advise(fmt::format("Use `{}`.", fmt::join(candidates, "` or `")))
      .fact("declaration", std::string(subject.declaration.name))
      .fact("field", std::string(field.name))
      .fact("type", name)
      .fact("candidates", std::move(candidates));
  return true;
}

void report_unknown_type(Subject& subject, const schema::Field& field) {
  const syntax::FieldType& type = *field.syntax->type;
  Nearest search(type.name.text);
  for (const std::string_view scalar : kScalarNames) search.consider(scalar);
  for (const schema::Placed& placed : subject.snapshot().declarations()) {
    if (!search.consider(placed->name)) break;
  }
  const std::string_view meant = search.best();
  if (report_other_language(subject, field, meant)) return;

  BlockDiagnostic& diagnostic =
      subject.report.error("unknown-type", subject.at(type.name.range),
                           fmt::format("The type `{}` of the field `{}` is not declared.", type.name.text, field.name));
  diagnostic.fact("declaration", std::string(subject.declaration.name))
      .fact("field", std::string(field.name))
      .fact("type", std::string(type.name.text));
  if (!meant.empty()) {
    diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
        .fact("candidates", std::vector<std::string>{std::string(meant)})
        .fix(fmt::format("Change to `{}`", meant), {{subject.at(type.name.range), std::string(meant)}}, true);
  } else {
    diagnostic.advise("Use a scalar type, or declare a model or enum with this name.");
  }
  if (subject.declaration.kind == syntax::BlockKind::composite_type || type.name.text.find('-') != std::string::npos) {
    return;
  }
  if (!meant.empty() && schema::scalar_from(meant)) return;  // a model named `string` is unlikely to be wanted
  if (!field.relation && field.arity != syntax::Arity::list) offer_enum(subject, field, diagnostic);
  if (!looks_like_enum_value(field) && subject.declaration.is_model()) offer_model(subject, field, diagnostic);
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
    if (!field.syntax->type) continue;
    if (field.kind == TypeKind::unknown) {
      report_unknown_type(subject, field);
    } else if (block.kind == syntax::BlockKind::composite_type && field.is_relation()) {
      subject.report
          .error("relation-in-composite-type", subject.at(field.syntax->type->name.range),
                 fmt::format("The composite type `{}` cannot contain the {} `{}`: composite types have no relations.",
                             block.name.text, field.kind == TypeKind::view ? "view" : "model", field.type_name))
          .advise("Put the relation on the model that uses this type.")
          .fact("type", std::string(block.name.text))
          .fact("field", std::string(field.name));
    }
  }
}

}  // namespace refract::validation
