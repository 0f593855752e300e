#include <algorithm>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/core/text_tools.h"
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

// A type is stored inside the document.
void offer_composite_type(Subject& subject, const schema::Field& field, BlockDiagnostic& diagnostic) {
  diagnostic.fix(fmt::format("Create the type `{}`", field.type_name),
                 {add_block_after(subject.block(), fmt::format("type {} {{\n  name String\n}}", field.type_name))});
}

// The id of a new model in the way of the database, and the type of a field that refers to it.
struct NewId {
  std::string line;
  std::string type;
  std::string native;  // with a space before it; empty: none
};

NewId new_id(const Subject& subject) {
  if (subject.environment.is(schema::Provider::mongodb)) {
    const std::string native = fmt::format(" @{}.ObjectId", subject.environment.datasource->name);
    return {fmt::format("id String @id @default(auto()) @map(\"_id\"){}", native), "String", native};
  }
  const std::string type = subject.environment.is(schema::Provider::cockroachdb) ? "BigInt" : "Int";
  return {fmt::format("id {} @id @default(autoincrement())", type), type, {}};
}

// The new model gets both sides of the relation, so that nothing is left to report.
void offer_model(Subject& subject, const schema::Field& field, BlockDiagnostic& diagnostic) {
  const schema::Declaration& here = subject.declaration;
  if (field.default_value) return;
  const std::string back = ascii::with_lower_first(here.name);
  const NewId own = new_id(subject);
  std::vector<BlockEdit> edits;
  std::string members;
  if (field.arity == syntax::Arity::list) {
    const schema::Index* key = here.primary_key();
    const schema::Field* id =
        key && key->fields.size() == 1 ? here.find_field(key->fields.front().path.front()) : nullptr;
    if (!id || id->kind != TypeKind::scalar || field.relation) return;
    const std::string column = back + ascii::with_upper_first(id->name);
    std::string native;
    if (id->native_type) {
      const text::Range range = id->native_type->attribute->range;
      native = fmt::format(" {}", std::string_view(subject.block().text).substr(range.begin, range.size()));
    }
    members = fmt::format("  {}\n  {} {} @relation(fields: [{}], references: [{}])\n  {} {}{}\n", own.line, back,
                          here.name, column, id->name, column, id->type_name, native);
  } else if (!field.relation) {
    const std::string column = std::string(field.name) + "Id";
    if (here.find_field(column)) return;
    const std::string_view mark = field.arity == syntax::Arity::optional ? "?" : "";
    edits.push_back(add_attribute(subject.block(), *field.syntax,
                                  fmt::format("@relation(fields: [{}], references: [id])", column)));
    edits.push_back(add_member(subject.block(), fmt::format("{} {}{}{}", column, own.type, mark, own.native)));
    members = fmt::format("  {}\n  {}s {}[]\n", own.line, back, here.name);
  } else {
    if (field.relation->name || field.relation->fields.size() != 1 || field.relation->references.size() != 1) return;
    const schema::Field* column = here.find_field(field.relation->fields.front());
    if (!column || column->kind != TypeKind::scalar || subject.environment.is(schema::Provider::mongodb)) return;
    members = fmt::format("  {} {} @id\n  {}s {}[]\n", field.relation->references.front(), column->type_name, back,
                          here.name);
  }
  edits.push_back(add_block_after(subject.block(), fmt::format("model {} {{\n{}}}", field.type_name, members)));
  diagnostic.fix(fmt::format("Create the model `{}`", field.type_name), std::move(edits));
}

void report_unknown_type(Subject& subject, const schema::Field& field) {
  const syntax::FieldType& type = *field.syntax->type;
  Nearest search(type.name.text);
  for (const std::string_view scalar : kScalarNames) search.consider(scalar);
  for (const schema::Placed& placed : subject.snapshot().declarations()) {
    if (!search.consider(placed->name)) break;
  }
  const std::string_view meant = search.best();

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
  if (type.name.text.find('-') != std::string::npos) return;
  if (!meant.empty() && schema::scalar_from(meant)) return;  // a model named `string` is unlikely to be wanted
  const schema::Connector& connector = subject.connector();
  const bool list = field.arity == syntax::Arity::list;
  if (connector.composite_types && !field.relation && !field.default_value)
    offer_composite_type(subject, field, diagnostic);
  if (!field.relation && connector.enums && (!list || connector.scalar_lists)) offer_enum(subject, field, diagnostic);
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
