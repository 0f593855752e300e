#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/field_list.h"
#include "validation/rules/local_checks.h"

namespace refract::validation {
namespace {

constexpr std::string_view kActions[] = {"Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"};

void check_fields(Subject& subject, Arguments& arguments) {
  const syntax::Expression* fields = arguments.optional("fields");
  if (!fields) return;
  const ResolvedFields resolved = resolve_plain_fields(subject, *fields, subject.declaration, arguments.place());
  if (!resolved.usable) return;
  if (!resolved.unknown.empty()) {
    BlockDiagnostic& diagnostic =
        subject.report.error("relation-unknown-field", subject.at(fields->range),
                             fmt::format("`fields` names {}, which `{}` does not have.", list_of(resolved.unknown),
                                         subject.declaration.name));
    suggest_fields(subject, diagnostic, *fields, resolved.unknown, subject.declaration);
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
  const auto word = value ? as_constant(subject, *value) : std::nullopt;
  if (!word || schema::referential_action_from(*word)) return;
  BlockDiagnostic& diagnostic = subject.report.error("unknown-referential-action", subject.at(value->range),
                                                     fmt::format("The referential action `{}` does not exist.", *word));
  diagnostic.fact("action", std::string(*word));
  if (const auto meant = nearest(*word, kActions); !meant.empty()) {
    diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
        .fix(fmt::format("Change to `{}`", meant), {{subject.at(value->range), std::string(meant)}}, true);
  } else {
    diagnostic.advise(fmt::format("Use one of {}.", list_of(kActions)));
  }
}

}  // namespace

void check_relation_attribute(Subject& subject, Arguments& arguments, const schema::Field& field) {
  check_fields(subject, arguments);
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
