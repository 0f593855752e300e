#include <algorithm>

#include <fmt/format.h>

#include "schema/new_members.h"
#include "validation/core/text_tools.h"
#include "validation/rules/schema_checks.h"

namespace refract::validation {
namespace {

using schema::Field;
using schema::Index;

bool is_auto_increment(const Field& field) {
  return field.default_value && field.default_value->expression &&
         field.default_value->expression->kind == syntax::ExpressionKind::function &&
         field.default_value->expression->value == "autoincrement";
}

bool is_single_key(const schema::Declaration& model, const Field& field) {
  const Index* key = model.primary_key();
  return key && key->fields.size() == 1 && key->fields.front().path.size() == 1 &&
         key->fields.front().path.front() == field.name;
}

bool leads_an_index(const schema::Declaration& model, const Field& field) {
  return std::ranges::any_of(model.indexes, [&](const Index& index) {
    return !index.fields.empty() && index.fields.front().path.size() == 1 &&
           index.fields.front().path.front() == field.name;
  });
}

}  // namespace

void check_primary_key(Subject& subject, const Index& key) {
  const schema::Connector& connector = subject.connector();
  const Place at = subject.at(key.attribute->span);
  const std::string label = label_of(*key.attribute);
  if (connector.named_primary_keys) check_database_name_length(subject, *key.attribute, key.map);
  if (key.attribute->block && key.fields.empty()) {
    subject.report.error("empty-field-list", at, "@@id names no field.").advise("Name at least one field.");
  }
  if (key.map && !connector.named_primary_keys) {
    subject.report
        .error("key-name-unsupported", subject.whole(),
               fmt::format("Primary keys cannot be named {}.", on_database(connector)))
        .advise(fmt::format("Remove `map` from {}.", label))
        .fix("Remove `map`",
             {remove_argument(subject.block(), key.attribute->arguments, *key.attribute->find_argument("map"))}, true);
  }
  if (key.fields.size() > 1 && !connector.compound_ids) {
    subject.report
        .error("compound-id-unsupported", at,
               fmt::format("{} does not support compound ids.", database_name(connector)))
        .advise("Use `@@unique` for the fields and another field as the id.")
        .fix("Change to `@@unique` and add an id field",
             {{subject.at(key.attribute->name.range), "unique"},
              add_member(subject.block(), schema::id_field(*subject.environment.style))},
             true);
  }
  const auto any = [&](auto wanted) { return std::ranges::any_of(key.fields, wanted); };
  if (!connector.index_length && any([](const auto& part) { return part.length.has_value(); })) {
    subject.report
        .error("id-length-unsupported", at, fmt::format("{} cannot have `length` {}.", label, on_database(connector)))
        .advise("Remove it.");
  }
  if (!connector.primary_key_sort && any([](const auto& part) { return part.sort.has_value(); })) {
    subject.report
        .error("id-sort-unsupported", at, fmt::format("{} cannot have `sort` {}.", label, on_database(connector)))
        .advise("Remove it.");
  }
}

std::string id_attributes(const Environment& environment, const Field& field) {
  const bool needs_name = environment.is(schema::Provider::mongodb) && !field.mapped;
  return needs_name ? "@id @map(\"_id\")" : "@id";
}

void check_auto_increment(Subject& subject) {
  const schema::Connector& connector = subject.connector();
  std::vector<const Field*> fields;
  for (const Field& field : subject.declaration.fields) {
    if (!field.is_relation() && is_auto_increment(field)) fields.push_back(&field);
  }
  if (fields.empty()) return;
  if (!connector.auto_increment) {
    for (const Field* field : fields) {
      subject.report
          .error("autoincrement-unsupported", subject.at(field->default_value->attribute->span),
                 fmt::format("{} does not support `autoincrement()`.", database_name(connector)))
          .advise("Use another default.")
          .fact("field", std::string(field->name));
    }
    return;
  }
  if (!connector.auto_increment_repeated && fields.size() > 1) {
    subject.report
        .error("several-autoincrements", subject.whole(),
               fmt::format("At most one field of a model can have `autoincrement()` {}.", on_database(connector)))
        .advise("Keep one of them.")
        .fact("declaration", std::string(subject.declaration.name));
  }
  for (const Field* field : fields) {
    if (!connector.auto_increment_off_id && !is_single_key(subject.declaration, *field)) {
      subject.report
          .error("autoincrement-off-id", subject.at(field->syntax->line),
                 fmt::format("Only the id can have `autoincrement()` {}.", on_database(connector)))
          .advise("Remove the default, or make the field the id.")
          .fact("field", std::string(field->name));
    }
    if (!connector.auto_increment_unindexed && !leads_an_index(subject.declaration, *field)) {
      subject.report
          .error("autoincrement-unindexed", subject.at(field->syntax->line),
                 fmt::format("A field with `autoincrement()` needs an index {}.", on_database(connector)))
          .advise("Add `@unique`, or an `@@index` that begins with it.")
          .fact("field", std::string(field->name))
          .fix("Add @unique", {add_attribute(subject.block(), *field->syntax, "@unique")});
    }
  }
}

}  // namespace refract::validation
