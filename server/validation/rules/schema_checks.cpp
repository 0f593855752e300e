#include "validation/rules/schema_checks.h"

#include <algorithm>

#include <fmt/format.h>

#include "validation/core/text_tools.h"

namespace refract::validation {

using schema::Field;
using schema::Index;

const Field* field_of(const schema::Snapshot& snapshot, const schema::Declaration& model,
                      const schema::IndexField& part) {
  const schema::Declaration* holder = &model;
  const Field* field = nullptr;
  for (std::string_view name : part.path) {
    if (!holder) return nullptr;
    field = holder->find_field(name);
    if (!field) return nullptr;
    const schema::Placed* type =
        field->kind == schema::TypeKind::composite_type ? snapshot.find(field->type_name) : nullptr;
    holder = type ? type->declaration : nullptr;
  }
  return field;
}

std::vector<const Field*> fields_of(const schema::Snapshot& snapshot, const schema::Declaration& model,
                                    const Index& index) {
  std::vector<const Field*> fields;
  for (const schema::IndexField& part : index.fields) {
    if (const Field* field = field_of(snapshot, model, part)) fields.push_back(field);
  }
  return fields;
}

std::vector<const Field*> fields_named(const schema::Declaration& model, const std::vector<std::string_view>& names) {
  std::vector<const Field*> fields;
  for (std::string_view name : names) {
    if (const Field* field = model.find_field(name)) fields.push_back(field);
  }
  return fields;
}

std::vector<const Index*> unique_criteria(const schema::Declaration& model) {
  std::vector<const Index*> criteria;
  if (const Index* key = model.primary_key()) criteria.push_back(key);
  for (const Index& index : model.indexes) {
    if (index.kind == schema::IndexKind::unique) criteria.push_back(&index);
  }
  return criteria;
}

std::optional<text::Range> argument_range(const syntax::Attribute& attribute, std::string_view argument) {
  const syntax::Argument* found = attribute.find_argument(argument);
  return found ? std::optional(found->range) : std::nullopt;
}

Place argument_or_attribute(const Subject& subject, const syntax::Attribute& attribute, std::string_view argument) {
  return subject.at(argument_range(attribute, argument).value_or(attribute.span));
}

std::string label_of(const syntax::Attribute& attribute) {
  return (attribute.block ? "@@" : "@") + std::string(attribute.name.text);
}

void check_database_name_length(Subject& subject, const syntax::Attribute& attribute,
                                const std::optional<std::string>& name) {
  const std::uint32_t limit = subject.connector().max_identifier_length;
  if (!name || name->size() <= limit) return;
  subject.report
      .error("database-name-too-long", subject.at(attribute.span),
             fmt::format("The database name in {} has {} bytes; at most {} are allowed {}.", label_of(attribute),
                         name->size(), limit, on_database(subject.connector())))
      .advise("Shorten it.")
      .fact("name", *name)
      .fact("limit", static_cast<std::int64_t>(limit));
}

}  // namespace refract::validation
