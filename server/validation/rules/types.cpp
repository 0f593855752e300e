#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "schema/naming.h"
#include "schema/new_members.h"
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
  diagnostic.fix(
      fmt::format("Create the enum `{}`", field.type_name),
      {add_block_after(subject.block(),
                       schema::new_block(*subject.environment.style, syntax::BlockKind::enumeration, field.type_name,
                                         std::array{value}, subject.declaration.database_schema))});
}

// A type is stored inside the document.
void offer_composite_type(Subject& subject, const schema::Field& field, BlockDiagnostic& diagnostic) {
  diagnostic.fix(fmt::format("Create the type `{}`", field.type_name),
                 {add_block_after(subject.block(), fmt::format("type {} {{\n  name String\n}}", field.type_name))});
}

// The members of a model of the field's type, both sides of the relation complete, so that nothing is left to report;
// what the field's own model needs goes to `edits`. Empty: it would not be.
std::vector<std::string> members_for(Subject& subject, const schema::Field& field, std::vector<BlockEdit>& edits) {
  const schema::Declaration& here = subject.declaration;
  const schema::NamingStyle& style = *subject.environment.style;
  const auto named = [&](bool list) {
    return schema::relation_field_name(here.name, list, subject.environment.version);
  };
  const std::string back = schema::field_of_type(named(true), here.name, syntax::Arity::list);
  if (field.arity == syntax::Arity::list) {
    if (field.relation) return {};
    const schema::Declaration fresh;
    const auto key = schema::key_columns(style, fresh, named(false), schema::referenceable_key(here));
    if (key.empty()) return {};
    std::vector<std::string> members{
        schema::id_field(style),
        fmt::format("{} @relation({})", schema::field_of_type(named(false), here.name, syntax::Arity::required),
                    schema::relation_arguments({}, key))};
    for (const schema::KeyColumn& column : key)
      members.push_back(schema::key_field(style, fresh, column, here, syntax::Arity::required));
    return members;
  }
  if (!field.relation) {
    const std::string column = style.field_name(here, std::string(field.name) + "Id");
    if (here.find_field(column)) return {};
    edits.push_back(add_attribute(subject.block(), *field.syntax,
                                  fmt::format("@relation(fields: [{}], references: [id])", column)));
    edits.push_back(add_member(subject.block(), schema::scalar_field(style, here, column, style.id().type, field.arity,
                                                                     style.id().native_type)));
    return {schema::id_field(style), back};
  }
  if (field.relation->name || field.relation->fields.size() != 1 || field.relation->references.size() != 1) return {};
  const schema::Field* column = here.find_field(field.relation->fields.front());
  if (!column || column->kind != TypeKind::scalar || subject.environment.is(schema::Provider::mongodb)) return {};
  const std::string_view native = schema::native_type_text(here, *column);
  return {fmt::format("{} {} @id{}{}", field.relation->references.front(), column->type_name, native.empty() ? "" : " ",
                      native),
          back};
}

void offer_model(Subject& subject, const schema::Field& field, BlockDiagnostic& diagnostic) {
  if (field.default_value) return;
  std::vector<BlockEdit> edits;
  const auto members = members_for(subject, field, edits);
  if (members.empty()) return;
  edits.push_back(add_block_after(
      subject.block(), schema::new_block(*subject.environment.style, syntax::BlockKind::model, field.type_name, members,
                                         subject.declaration.database_schema)));
  diagnostic.fix(fmt::format("Create the model `{}`", field.type_name), std::move(edits));
}

bool has_native_type(const schema::Field& field) {
  return std::ranges::any_of(field.syntax->attributes, [](const syntax::Attribute& attribute) {
    return attribute.name.text.find('.') != std::string_view::npos;
  });
}

// `string name`: a type of another language before a name that is no type.
bool report_type_as_name(Subject& subject, const schema::Field& field) {
  const syntax::FieldType& type = *field.syntax->type;
  const std::string name(type.name.text);
  if (ascii::to_lower(name.front()) != name.front()) return false;
  const std::vector<PrismaType> types = types_for(subject.environment.mistakes(), field.name, {},
                                                  {.id = field.syntax->find_attribute("id") != nullptr,
                                                   .list = field.arity == syntax::Arity::list,
                                                   .native = has_native_type(field),
                                                   .has_default = field.syntax->find_attribute("default") != nullptr});
  if (types.empty()) return false;
  BlockDiagnostic& diagnostic =
      subject.report.error("type-before-name", subject.at(type.name.range),
                           fmt::format("The type `{}` is before the name of the field `{}`.", field.name, name));
  const std::string_view arity =
      std::string_view(subject.block().text).substr(type.arity_range.begin, type.arity_range.size());
  for (const PrismaType& offered : types) {
    const std::string text = fmt::format("{}{}{}", offered.scalar, arity, offered.attributes);
    diagnostic.fix(fmt::format("Write `{} {}`", name, text),
                   {{subject.at(field.syntax->name.range), name}, {subject.at(type.range), text}}, types.size() == 1);
  }
  diagnostic.advise(fmt::format("Write `{} {}{}{}`.", name, types.front().scalar, arity, types.front().attributes))
      .fact("field", name)
      .fact("type", std::string(field.name));
  return true;
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
  const std::vector<PrismaType> types = types_for(subject.environment.mistakes(), name, {},
                                                  {.id = field.syntax->find_attribute("id") != nullptr,
                                                   .list = field.arity == syntax::Arity::list,
                                                   .native = has_native_type(field),
                                                   .has_default = field.syntax->find_attribute("default") != nullptr});
  if (types.empty()) return report_type_as_name(subject, field);
  BlockDiagnostic& diagnostic =
      subject.report.error("other-type", subject.at(type.name.range),
                           fmt::format("The type `{}` of the field `{}` is not a type of Prisma.", name, field.name));
  std::vector<std::string> candidates;
  const std::string_view arity =
      std::string_view(subject.block().text).substr(type.arity_range.begin, type.arity_range.size());
  for (const PrismaType& offered : types) {
    const std::string text = fmt::format("{}{}{}", offered.scalar, arity, offered.attributes);
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
  for (const std::string_view scalar : kScalarNames) {
    const bool missing =
        (scalar == "Json" && !subject.connector().json) || (scalar == "Decimal" && !subject.connector().decimal);
    if (!missing) search.consider(scalar);
  }
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
