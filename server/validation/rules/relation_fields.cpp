#include <algorithm>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/schema_checks.h"

// Rules on one relation field, before it is seen together with its opposite.
namespace refract::validation {
namespace {

using schema::Field;
using schema::Index;
using schema::Provider;
using schema::ReferentialAction;

void check_ignored(Subject& subject, const Field& field) {
  const schema::Placed* target = subject.snapshot().find(field.type_name);
  if (!target || !(*target)->ignored || field.ignored || subject.declaration.ignored) return;
  subject.report
      .error("relation-to-ignored-model", subject.at(field.syntax->line),
             fmt::format("The relation field `{}` refers to the ignored model `{}`, so the field must be ignored too.",
                         field.name, field.type_name))
      .advise("Add `@ignore`.")
      .fact("field", std::string(field.name))
      .fix("Add @ignore", {add_attribute(subject.block(), *field.syntax, "@ignore")}, true);
}

void check_action(Subject& subject, const Field& field, std::string_view argument,
                  std::optional<ReferentialAction> action) {
  if (!action) return;
  const schema::Connector& connector = subject.connector();
  const auto allowed = subject.environment.foreign_keys ? connector.referential_actions : connector.emulated_actions;
  if (std::ranges::find(allowed, *action) != allowed.end()) return;
  std::vector<std::string_view> names;
  for (ReferentialAction one : allowed) names.push_back(schema::to_string(one));
  // Both leave the other record as it is.
  const ReferentialAction alike =
      *action == ReferentialAction::restrict_ ? ReferentialAction::no_action : ReferentialAction::restrict_;
  BlockDiagnostic& diagnostic =
      subject.report
          .error("referential-action-unsupported", argument_or_attribute(subject, *field.relation->attribute, argument),
                 fmt::format("The referential action `{}` is not supported {}{}.", schema::to_string(*action),
                             on_database(connector), subject.environment.foreign_keys ? "" : " without foreign keys"))
          .advise(fmt::format("Use one of {}.", list_of(names)))
          .fact("field", std::string(field.name))
          .fact("action", std::string(schema::to_string(*action)));
  const syntax::Argument& given = *field.relation->attribute->find_argument(argument);
  const bool plain = *action == ReferentialAction::restrict_ || *action == ReferentialAction::no_action;
  for (const ReferentialAction one : allowed) {
    const std::string name(schema::to_string(one));
    diagnostic.fix(fmt::format("Change to `{}`", name), {{subject.at(given.value->range), name}},
                   plain && one == alike);
  }
  diagnostic.fix(fmt::format("Remove `{}`", argument),
                 {remove_argument(subject.block(), field.relation->attribute->arguments, given)});
}

void check_map(Subject& subject, const Field& field) {
  if (!field.relation->map) return;
  if (subject.connector().named_foreign_keys) {
    return check_database_name_length(subject, *field.relation->attribute, field.relation->map);
  }
  const syntax::Attribute& attribute = *field.relation->attribute;
  subject.report
      .error("relation-map-unsupported", subject.at(attribute.span),
             fmt::format("Foreign keys cannot be named {}.", on_database(subject.connector())))
      .advise("Remove `map`.")
      .fix("Remove `map`", {remove_argument(subject.block(), attribute.arguments, *attribute.find_argument("map"))},
           true);
}

bool begins_with(const Index& index, const std::vector<std::string_view>& fields) {
  if (index.fields.size() < fields.size()) return false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (index.fields[i].path.size() != 1 || index.fields[i].path.front() != fields[i]) return false;
  }
  return true;
}

void check_missing_index(Subject& subject, const Field& field) {
  if (subject.environment.foreign_keys || subject.environment.is(Provider::mongodb)) return;
  if (!field.relation->has_fields) return;
  const auto& fields = field.relation->fields;
  for (const Index& index : subject.declaration.indexes) {
    if (begins_with(index, fields)) return;
  }
  const std::string attribute = fmt::format("@@index([{}])", fmt::join(fields, ", "));
  subject.report
      .warning("relation-without-index", subject.at(field.relation->attribute->span),
               fmt::format("Without a foreign key there is no index for the relation `{}`.", field.name))
      .advise(fmt::format("Add `{}`.", attribute))
      .fact("field", std::string(field.name))
      .fix(fmt::format("Add {}", attribute), {add_member(subject.block(), attribute)}, true);
}

std::string native_of(const Field& field) {
  return field.native_type ? std::string(field.native_type->attribute->name.text) : std::string();
}

void check_mongodb_types(Subject& subject, const Field& field) {
  const schema::Placed* target = subject.snapshot().find(field.type_name);
  if (!subject.environment.is(Provider::mongodb) || !target) return;
  const auto fields = fields_named(subject.declaration, field.relation->fields);
  const auto references = fields_named(**target, field.relation->references);
  for (std::size_t i = 0; i < fields.size() && i < references.size(); ++i) {
    if (native_of(*fields[i]) == native_of(*references[i])) continue;
    BlockDiagnostic& diagnostic =
        subject.report.warning("mongodb-relation-native-type", subject.at(fields[i]->syntax->line),
                               fmt::format("`{}` and `{}.{}` have different native types, so MongoDB cannot join them.",
                                           fields[i]->name, field.type_name, references[i]->name));
    diagnostic.advise("Give both the same native type.")
        .see({(*target)->block.get(), references[i]->syntax->range}, "The other field is here.")
        .fact("field", std::string(fields[i]->name));
    if (!fields[i]->native_type) {
      const std::string attribute = "@" + native_of(*references[i]);
      diagnostic.fix(fmt::format("Add {}", attribute), {add_attribute(subject.block(), *fields[i]->syntax, attribute)},
                     true);
    }
  }
}

}  // namespace

bool check_ambiguity(Subject& subject, const Field& field) {
  std::vector<std::string_view> competing;
  for (const std::uint32_t place : subject.declaration.relation_fields(field.type_name, field.relation_name()))
    competing.push_back(subject.declaration.fields[place].name);
  if (competing.size() < 2) return true;
  const bool self = field.type_name == subject.declaration.name;
  const bool named = field.relation && field.relation->name;
  if (self && named && competing.size() == 2) return true;
  BlockDiagnostic& diagnostic = subject.report.error(
      "ambiguous-relation", subject.at(field.syntax->line),
      fmt::format("The relation fields {} of `{}` all refer to `{}`{}, so their relations are ambiguous.",
                  list_of(competing), subject.declaration.name, field.type_name,
                  named ? " under one relation name" : ""));
  diagnostic
      .advise(self && competing.size() == 2 && !named
                  ? "If both are sides of one relation, give both the same name: `@relation(\"name\")`."
                  : "Give each relation a different name, the same on both sides: `@relation(\"name\")`.")
      .fact("declaration", std::string(subject.declaration.name))
      .fact("fields", std::vector<std::string>(competing.begin(), competing.end()));
  return false;
}

void check_relation_field(Subject& subject, const Field& field) {
  const bool uncertain = subject.environment.is_uncertain(field.type_name);
  if (!uncertain) check_ignored(subject, field);
  if (!field.relation) return;
  check_action(subject, field, "onDelete", field.relation->on_delete);
  check_action(subject, field, "onUpdate", field.relation->on_update);
  check_map(subject, field);
  check_missing_index(subject, field);
  if (!uncertain) check_mongodb_types(subject, field);
}

}  // namespace refract::validation
