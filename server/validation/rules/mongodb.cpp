#include <algorithm>

#include <fmt/format.h>

#include "schema/new_members.h"
#include "validation/core/text_tools.h"
#include "validation/rules/schema_checks.h"

namespace refract::validation {
namespace {

using schema::Field;
using schema::Index;
using schema::IndexKind;

bool has_default(const Field& field, std::string_view function) {
  return field.default_value && field.default_value->expression &&
         field.default_value->expression->kind == syntax::ExpressionKind::function &&
         field.default_value->expression->value == function;
}

bool is_single_key(const Index& key, const Field& field) {
  return key.fields.size() == 1 && key.fields.front().path.size() == 1 && key.fields.front().path.front() == field.name;
}

bool in_key(const Index* key, const Field& field) {
  return key && std::ranges::any_of(key->fields,
                                    [&](const schema::IndexField& part) { return part.path.front() == field.name; });
}

// A new id, or the field that is called so already.
void offer_id(Subject& subject, BlockDiagnostic& diagnostic) {
  const Field* field = subject.declaration.find_field("id");
  if (!field) {
    diagnostic.fix("Add an id field", {add_member(subject.block(), schema::id_field(*subject.environment.style))},
                   true);
  } else if (field->is_stored() && field->arity == syntax::Arity::required) {
    const std::string attributes = id_attributes(subject.environment, *field);
    diagnostic.fix(fmt::format("Mark `id` with {}", attributes),
                   {add_attribute(subject.block(), *field->syntax, attributes)}, true);
  }
}

void check_id(Subject& subject, const Index* key) {
  if (!key) {
    BlockDiagnostic& diagnostic = subject.report.error(
        "mongodb-no-id", subject.whole(),
        fmt::format("The model `{}` has no id, which MongoDB requires.", subject.declaration.name));
    diagnostic.advise("Add one field with `@id` and `@map(\"_id\")`.")
        .fact("declaration", std::string(subject.declaration.name));
    offer_id(subject, diagnostic);
    return;
  }
  if (key->fields.size() != 1) return;
  const Field* field = field_of(subject.snapshot(), subject.declaration, key->fields.front());
  if (!field || field->database_name == "_id") return;
  BlockDiagnostic& diagnostic =
      subject.report.error("mongodb-id-name", subject.at(field->syntax->line),
                           fmt::format("The id `{}` is not stored as `_id`, which MongoDB requires.", field->name));
  diagnostic.advise("Add `@map(\"_id\")`.").fact("field", std::string(field->name));
  if (!field->mapped)
    diagnostic.fix("Add @map(\"_id\")", {add_attribute(subject.block(), *field->syntax, "@map(\"_id\")")}, true);
}

void check_field(Subject& subject, const Index* key, const Field& field) {
  const Place at = subject.at(field.syntax->line);
  const auto reject = [&](Code code, std::string message, std::string help) -> BlockDiagnostic& {
    return subject.report.error(code, at, std::move(message))
        .advise(std::move(help))
        .fact("field", std::string(field.name));
  };
  if (has_default(field, "auto")) {
    if (!field.native_type || field.native_type->name != "ObjectId") {
      BlockDiagnostic& diagnostic =
          reject("mongodb-auto-type",
                 fmt::format("`auto()` generates an ObjectId, but `{}` does not have that native type.", field.name),
                 "Add `@db.ObjectId`.");
      if (!field.native_type && subject.environment.datasource) {
        diagnostic.fix("Add the native type",
                       {add_attribute(subject.block(), *field.syntax,
                                      fmt::format("@{}.ObjectId", subject.environment.datasource->name))},
                       true);
      }
    }
    if (!in_key(key, field))
      reject("mongodb-auto-off-id",
             fmt::format("`auto()` is allowed on the id only, and `{}` is not the id.", field.name),
             "Add `@id`, or remove the default.");
  }
  if (has_default(field, "dbgenerated")) {
    reject("mongodb-dbgenerated", "MongoDB has no default expressions, so it does not support `dbgenerated()`.",
           "Use `auto()` or another function.");
  }
  if (!field.mapped) return;
  const syntax::Attribute* map = field.syntax->find_attribute("map");
  if (field.database_name.starts_with('$')) {
    subject.report
        .error("mongodb-field-name", subject.at(map->span), "A field's name in MongoDB does not begin with `$`.")
        .advise("Use another name.");
  }
  if (field.database_name.find('.') != std::string::npos) {
    subject.report.error("mongodb-field-name", subject.at(map->span), "A field's name in MongoDB contains no dot.")
        .advise("Use another name.");
  }
}

bool same_fields(const Index& one, const Index& other) {
  return std::ranges::equal(one.fields, other.fields, [](const schema::IndexField& a, const schema::IndexField& b) {
    return a.path == b.path && a.sort == b.sort && a.length == b.length;
  });
}

void check_indexes(Subject& subject, const Index* key) {
  for (const Index& index : subject.declaration.indexes) {
    if (index.kind == IndexKind::id) continue;
    const bool repeated = std::ranges::any_of(subject.declaration.indexes, [&](const Index& other) {
      return &other != &index && other.kind != IndexKind::id && same_fields(index, other);
    });
    if (repeated) {
      subject.report.error("duplicate-index", subject.at(index.attribute->span), "Another index has the same fields.")
          .advise("Keep one of them.")
          .fix(fmt::format("Remove this {}", label_of(*index.attribute)),
               {remove_attribute(subject.block(), *index.attribute)});
    }
    if (index.kind != IndexKind::unique || index.fields.size() != 1 || !key) continue;
    const Field* field = field_of(subject.snapshot(), subject.declaration, index.fields.front());
    if (!field || index.fields.front().path.size() != 1 || !is_single_key(*key, *field)) continue;
    subject.report
        .error("id-and-unique", subject.at(index.attribute->span),
               fmt::format("The id `{}` is unique already.", field->name))
        .advise("Remove `@unique`.")
        .fix("Remove @unique", {remove_attribute(subject.block(), *index.attribute)}, true);
  }
}

}  // namespace

void check_mongodb_model(Subject& subject) {
  const Index* key = subject.declaration.primary_key();
  check_id(subject, key);
  for (const Field& field : subject.declaration.fields) {
    if (!field.is_relation()) check_field(subject, key, field);
  }
  check_indexes(subject, key);
}

}  // namespace refract::validation
