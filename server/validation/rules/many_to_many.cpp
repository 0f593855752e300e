#include <algorithm>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/schema_checks.h"

namespace refract::validation {
namespace {

using schema::Field;
using schema::Index;
using schema::Relation;
using schema::RelationEnd;

Place line_of(const RelationEnd& end) {
  return {(*end.model)->block.get(), end.field->syntax->line};
}

const Field* single_id(const schema::Snapshot& snapshot, const schema::Declaration& model) {
  const Index* key = model.primary_key();
  return key && key->fields.size() == 1 ? field_of(snapshot, model, key->fields.front()) : nullptr;
}

// Referential actions mean nothing without a foreign key of one's own. Prisma marks their values.
void check_no_actions(Subject& subject, const RelationEnd& end) {
  if (!end.field->relation) return;
  for (std::string_view name : {"onDelete", "onUpdate"}) {
    const syntax::Argument* argument = end.field->relation->attribute->find_argument(name);
    if (!argument || !argument->value) continue;
    subject.report
        .error("many-to-many-actions", {(*end.model)->block.get(), argument->value->range},
               fmt::format("The many-to-many relation `{}` cannot have referential actions.", end.field->name))
        .advise("Remove the argument, or make a model for the relation.");
  }
}

void check_implicit(Subject& subject, const Relation& relation) {
  const RelationEnd ends[] = {relation.owner, relation.other};
  if (!subject.connector().implicit_many_to_many) {
    for (const RelationEnd& end : ends) {
      subject.report
          .error("many-to-many-unsupported", line_of(end),
                 fmt::format("The many-to-many relation `{}` must name its key fields {}.", end.field->name,
                             on_database(subject.connector())))
          .advise("Keep the keys in a list on both sides: `@relation(fields: [ids], references: [id])`.");
    }
  }
  const bool with_view =
      std::ranges::any_of(ends, [](const RelationEnd& end) { return (*end.model)->kind == syntax::BlockKind::view; });
  if (with_view && subject.connector().implicit_many_to_many &&
      subject.environment.version >= schema::PrismaVersion::v6) {
    for (const RelationEnd& end : ends) {
      subject.report
          .error(
              "many-to-many-unsupported", line_of(end),
              fmt::format("The many-to-many relation `{}` has a view on one side, which a join table cannot reference.",
                          end.field->name))
          .advise("Make a view for the relation.");
    }
  }
  for (const RelationEnd& end : ends) {
    const RelationEnd& opposite = &end == &ends[0] ? ends[1] : ends[0];
    const Field* id = single_id(subject.snapshot(), **opposite.model);
    if (!id) {
      subject.report
          .error("many-to-many-without-id", line_of(end),
                 fmt::format("The many-to-many relation `{}` needs an id of one field on `{}`.", end.field->name,
                             (*opposite.model)->name))
          .advise("Add an id field, or make a model for the relation.");
    } else if (end.field->relation && end.field->relation->has_references &&
               (end.field->relation->references.size() != 1 || end.field->relation->references.front() != id->name)) {
      subject.report
          .error("many-to-many-references", line_of(end),
                 fmt::format("The many-to-many relation `{}` can refer only to the id of `{}`.", end.field->name,
                             (*opposite.model)->name))
          .advise("Remove `references`.");
    }
  }
  for (const RelationEnd& end : ends) check_no_actions(subject, end);
  for (const RelationEnd& end : ends) {
    if (!end.field->relation || !end.field->relation->has_references) continue;
    subject.report
        .error("many-to-many-references", line_of(end),
               fmt::format("The many-to-many relation `{}` cannot have `references`.", end.field->name))
        .advise("Remove it, or make a model for the relation.");
  }
}

class EmbeddedCheck {
 public:
  EmbeddedCheck(Subject& subject, const RelationEnd& end, const RelationEnd& opposite)
      : subject_(subject), end_(end), opposite_(opposite), attribute_(end.field->relation) {}

  void one_name(std::string_view argument, const std::vector<std::string_view>* names) {
    if (names && names->size() == 1) return;
    reject(
        "many-to-many-keys", mark(argument),
        fmt::format("`{}` must name exactly one field in the many-to-many relation `{}`.", argument, end_.field->name),
        fmt::format("Write `{}` with one field.", argument));
  }

  void references_id() {
    if (!attribute_ || attribute_->references.empty()) return;
    const Field* id = single_id(subject_.snapshot(), **opposite_.model);
    if (id && id->name == attribute_->references.front()) return;
    reject("many-to-many-references", mark("references"),
           fmt::format("The many-to-many relation `{}` can refer only to the id of `{}`.", end_.field->name,
                       (*opposite_.model)->name),
           "Name the id.");
  }

  void key_types() {
    if (!attribute_ || attribute_->fields.empty() || attribute_->references.empty()) return;
    const Field* keys = (*end_.model)->find_field(attribute_->fields.front());
    const Field* id = (*opposite_.model)->find_field(attribute_->references.front());
    if (!keys || !id) return;
    const auto native = [](const Field* field) {
      return field->native_type ? field->native_type->name : std::string_view{};
    };
    if (keys->arity == syntax::Arity::list && keys->type_name == id->type_name && native(keys) == native(id) &&
        id->arity != syntax::Arity::list) {
      return;
    }
    reject("many-to-many-key-type", {(*end_.model)->block.get(), attribute_->attribute->span},
           fmt::format("`{}` is not a list of the type of `{}.{}`.", keys->name, (*opposite_.model)->name, id->name),
           "Give it the same type and native type, as a list.");
  }

  const std::vector<std::string_view>* fields() const {
    return attribute_ && attribute_->has_fields ? &attribute_->fields : nullptr;
  }
  const std::vector<std::string_view>* references() const {
    return attribute_ && attribute_->has_references ? &attribute_->references : nullptr;
  }

 private:
  void reject(Code code, Place at, std::string message, std::string help) {
    subject_.report.error(code, at, std::move(message)).advise(std::move(help));
  }

  Place mark(std::string_view argument) const {
    const syntax::Block* block = (*end_.model)->block.get();
    if (!attribute_) return line_of(end_);
    return {block, argument_range(*attribute_->attribute, argument).value_or(attribute_->attribute->span)};
  }

  Subject& subject_;
  const RelationEnd& end_;
  const RelationEnd& opposite_;
  const std::optional<schema::RelationAttribute>& attribute_;
};

void check_embedded(Subject& subject, const Relation& relation) {
  const RelationEnd ends[] = {relation.owner, relation.other};
  if (!subject.connector().embedded_many_to_many) {
    for (const RelationEnd& end : ends) {
      subject.report
          .error("many-to-many-unsupported", line_of(end),
                 fmt::format("The many-to-many relation `{}` uses a join table {} and cannot have `fields`.",
                             end.field->name, on_database(subject.connector())))
          .advise("Remove `fields` and `references`, or make a model for the relation.");
    }
    return;
  }
  EmbeddedCheck checks[] = {{subject, ends[0], ends[1]}, {subject, ends[1], ends[0]}};
  for (EmbeddedCheck& check : checks) check.one_name("references", check.references());
  for (EmbeddedCheck& check : checks) check.one_name("fields", check.fields());
  for (EmbeddedCheck& check : checks) check.references_id();
  for (EmbeddedCheck& check : checks) check.key_types();
  for (const RelationEnd& end : ends) check_no_actions(subject, end);
}

}  // namespace

void check_many_to_many(Subject& subject, const Relation& relation) {
  const auto has_fields = [](const RelationEnd& end) { return end.field->relation && end.field->relation->has_fields; };
  if (has_fields(relation.owner) || has_fields(relation.other))
    check_embedded(subject, relation);
  else
    check_implicit(subject, relation);
}

}  // namespace refract::validation
