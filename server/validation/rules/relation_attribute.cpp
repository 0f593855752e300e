#include <fmt/format.h>

#include "schema/new_members.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/meant_action.h"
#include "validation/rules/field_list.h"
#include "validation/rules/local_checks.h"

namespace refract::validation {
namespace {

// Adds the fields that `fields` names and the model lacks, each with the type of what `references` names. Nothing where
// one of them is not known.
void offer_key_fields(Subject& subject, BlockDiagnostic& diagnostic, const std::vector<std::string_view>& unknown,
                      const schema::Field& field) {
  const schema::Placed* target = subject.snapshot().find(field.type_name);
  if (!target || !field.relation) return;
  std::vector<const schema::Field*> referenced;
  if (field.relation->has_references) {
    for (const std::string_view name : field.relation->references) referenced.push_back((*target)->find_field(name));
  } else {
    referenced = schema::referenceable_key(**target);
  }
  const auto& fields = field.relation->fields;
  if (fields.size() != referenced.size()) return;
  const syntax::Arity arity =
      field.arity == syntax::Arity::optional ? syntax::Arity::optional : syntax::Arity::required;
  const auto relation = subject.snapshot().relation_of(subject.placed, field);
  const bool unique = relation && relation->kind == schema::RelationKind::one_to_one;
  std::vector<schema::KeyColumn> key;
  std::vector<std::string> added;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool known = std::ranges::find(unknown, fields[i]) == unknown.end();
    key.push_back({std::string(fields[i]), known ? subject.declaration.find_field(fields[i]) : nullptr, referenced[i]});
    if (known) continue;
    if (!referenced[i] || !referenced[i]->is_stored() || referenced[i]->kind == schema::TypeKind::unsupported) return;
    added.push_back(schema::field_of_type(fields[i], referenced[i]->type_name, arity) +
                    (unique && fields.size() == 1 ? " @unique" : ""));
  }
  std::vector<BlockEdit> edits;
  for (const std::string& line :
       schema::key_members(*subject.environment.style, subject.declaration, **target, key, arity, unique))
    edits.push_back(add_member(subject.block(), line));
  const std::vector<std::string_view> names(added.begin(), added.end());
  diagnostic.advise(fmt::format("Add {} to `{}`.", list_of(names), subject.declaration.name))
      .fix(fmt::format("Add {}", list_of(names)), std::move(edits), true);
}

void check_fields(Subject& subject, Arguments& arguments, const schema::Field& field) {
  const syntax::Expression* fields = arguments.optional("fields");
  if (!fields) return;
  const ResolvedFields resolved = resolve_plain_fields(subject, *fields, subject.declaration, arguments.place());
  if (!resolved.usable) return;
  if (!resolved.unknown.empty()) {
    BlockDiagnostic& diagnostic =
        subject.report.error("relation-unknown-field", subject.at(fields->range),
                             fmt::format("`fields` names {}, which `{}` does not have.", list_of(resolved.unknown),
                                         subject.declaration.name));
    // A misspelt name is likelier than a missing field; but not that the model's id were meant, which is no foreign
    // key.
    const schema::Index* id = subject.declaration.primary_key();
    const auto is_id = [&](const schema::Field& candidate) {
      return id && id->fields.size() == 1 && id->fields.front().path.front() == candidate.name;
    };
    suggest_fields(subject, diagnostic, *fields, resolved.unknown, subject.declaration, is_id);
    if (diagnostic.fixes.empty()) offer_key_fields(subject, diagnostic, resolved.unknown, field);
  }
  if (!resolved.relations.empty()) {
    subject.report
        .error("relation-over-relation", subject.at(fields->range),
               fmt::format("`fields` names {}, which is a relation itself.", list_of(resolved.relations)))
        .advise("Name the scalar fields of the relation.");
  }
}

void check_references(Subject& subject, Arguments& arguments, const schema::Field& field) {
  const syntax::Expression* references = arguments.optional("references");
  const schema::Placed* target = subject.snapshot().find(field.type_name);
  if (!references || !target) return;
  const ResolvedFields resolved = resolve_plain_fields(subject, *references, **target, arguments.place());
  if (!resolved.usable) return;
  if (!resolved.unknown.empty()) {
    BlockDiagnostic& diagnostic = subject.report.error(
        "relation-unknown-reference", arguments.place(),
        fmt::format("`references` names {}, which `{}` does not have.", list_of(resolved.unknown), field.type_name));
    diagnostic.see({(*target)->block.get(), (*target)->block->name.range},
                   fmt::format("`{}` is declared here.", field.type_name));
    suggest_fields(subject, diagnostic, *references, resolved.unknown, **target);
  }
  if (!resolved.relations.empty()) {
    subject.report
        .error("relation-references-relation", arguments.place(),
               fmt::format("`references` names {}, which is a relation of `{}`.", list_of(resolved.relations),
                           field.type_name))
        .advise("Name scalar fields of the other model, such as its id.");
  }
}

void check_action(Subject& subject, Arguments& arguments, std::string_view name) {
  const syntax::Expression* value = arguments.optional(name);
  if (!value) return;
  const auto offer = [&](BlockDiagnostic& diagnostic, std::string_view meant) {
    diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
        .fix(fmt::format("Change to `{}`", meant), {{subject.at(value->range), std::string(meant)}}, true);
  };
  if (value->kind != syntax::ExpressionKind::path) {
    report_wrong_value(subject.report, subject.at(value->range), "A plain word", *value);
    const bool string = value->kind == syntax::ExpressionKind::string;
    if (const auto meant = string ? meant_action(value->value) : std::string_view(); !meant.empty())
      offer(subject.report.diagnostics().back(), meant);
    return;
  }
  const std::string_view word = value->text;
  if (schema::referential_action_from(word)) return;
  BlockDiagnostic& diagnostic = subject.report.error("unknown-referential-action", subject.at(value->range),
                                                     fmt::format("The referential action `{}` does not exist.", word));
  diagnostic.fact("action", std::string(word));
  if (const auto meant = meant_action(word); !meant.empty())
    offer(diagnostic, meant);
  else
    diagnostic.advise(fmt::format("Use one of {}.", list_of(referential_actions())));
}

}  // namespace

void check_relation_attribute(Subject& subject, Arguments& arguments, const schema::Field& field) {
  check_fields(subject, arguments, field);
  check_references(subject, arguments, field);
  if (const syntax::Expression* name = arguments.unnamed_or("name")) {
    const auto text = as_string(subject, *name);
    if (text && text->empty()) {
      subject.report
          .error("empty-relation-name", arguments.place(),
                 fmt::format("The relation of `{}` has an empty name.", field.name))
          .advise("Give it a name, or remove the argument.")
          .fact("field", std::string(field.name));
    }
  }
  check_action(subject, arguments, "onDelete");
  check_action(subject, arguments, "onUpdate");
  arguments.text("map");
}

}  // namespace refract::validation
