#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/core/text_tools.h"
#include "validation/rules/field_list.h"
#include "validation/rules/local_checks.h"

// @id, @unique, @shardKey and their block forms, @@index and @@fulltext: their local checks.
namespace refract::validation {
namespace {

constexpr std::array<std::string_view, 6> kAlgorithms{"BTree", "Hash", "Gist", "Gin", "SpGist", "Brin"};

void check_sort(Subject& subject, Arguments& arguments) {
  const syntax::Expression* value = arguments.optional("sort");
  const auto word = value ? as_constant(subject, *value) : std::nullopt;
  if (!word || *word == "Asc" || *word == "Desc") return;
  subject.report.error("sort-order", arguments.place(), fmt::format("`{}` is not a sort order.", *word))
      .advise("Write `Asc` or `Desc`.");
}

void check_client_name(Subject& subject, Arguments& arguments, const std::optional<std::string>& name) {
  if (!name || std::ranges::all_of(*name, [](char c) { return c == '_' || ascii::is_letter_or_digit(c); })) {
    return;
  }
  subject.report
      .error("client-name-characters", arguments.place(),
             fmt::format("The name `{}` of {} cannot be used in the client.", *name, arguments.label()))
      .advise("Use letters, digits and underscores; `map:` names it in the database.")
      .fact("name", *name);
}

void report_second_id(Subject& subject, std::string message, const syntax::Attribute& extra) {
  subject.report.error("several-ids", subject.whole(), std::move(message))
      .advise("Keep one; for a key of several fields use `@@id([…])` alone.")
      .fact("declaration", std::string(subject.declaration.name))
      .see(subject.at(extra.range), "This is the second one.")
      .fix("Remove the second id", {remove_attribute(subject.block(), extra)});
}

std::string optional_names(const ResolvedFields& resolved) {
  std::vector<std::string_view> names;
  for (const schema::Field* field : resolved.fields) {
    if (field->arity != syntax::Arity::required) names.push_back(field->name);
  }
  return names.empty() ? std::string() : list_of(names);
}

void report_relation_fields(Subject& subject, Arguments& arguments, Code code, const ResolvedFields& resolved) {
  std::vector<std::string_view> keys;
  for (std::string_view name : resolved.relations) {
    const schema::Field* field = subject.declaration.find_field(name.substr(0, name.find('.')));
    if (field && field->relation)
      keys.insert(keys.end(), field->relation->fields.begin(), field->relation->fields.end());
  }
  BlockDiagnostic& diagnostic = subject.report.error(code, arguments.place(),
                                                     fmt::format("{} names {}, which is a relation and has no column.",
                                                                 arguments.label(), list_of(resolved.relations)));
  diagnostic.fact("declaration", std::string(subject.declaration.name))
      .fact("fields", std::vector<std::string>(resolved.relations.begin(), resolved.relations.end()));
  diagnostic.advise(keys.empty() ? std::string("Name scalar fields only.")
                                 : fmt::format("Use {} instead.", list_of(keys)));
}

void check_index_fields(Subject& subject, Arguments& arguments) {
  const syntax::Expression* fields = arguments.required("fields");
  if (!fields) return;
  const ResolvedFields resolved = resolve_index_fields(subject, *fields, arguments.place(), true);
  if (!resolved.usable) return;
  if (!resolved.unknown.empty()) {
    BlockDiagnostic& diagnostic =
        subject.report.error("unknown-index-field", arguments.place(),
                             fmt::format("{} names {}, which `{}` does not have.", arguments.label(),
                                         list_of(resolved.unknown), subject.declaration.name));
    suggest_fields(subject, diagnostic, *fields, resolved.unknown, subject.declaration);
  }
  if (!resolved.relations.empty()) report_relation_fields(subject, arguments, "relation-in-index", resolved);
}

}  // namespace

void check_field_id(Subject& subject, Arguments& arguments, const schema::Field& field, ModelState& state) {
  if (state.primary_key) {
    report_second_id(
        subject, fmt::format("The {} `{}` has several fields with `@id`.", subject.kind(), subject.declaration.name),
        arguments.attribute());
    return;
  }
  arguments.text("map");
  if (const syntax::Expression* length = arguments.optional("length")) as_integer(subject, *length);
  check_sort(subject, arguments);
  arguments.boolean("clustered");
  state.primary_key = &arguments.attribute();
  state.primary_key_field = &field;
}

void check_field_unique(Subject& subject, Arguments& arguments) {
  arguments.text("map");
  if (const syntax::Expression* length = arguments.optional("length")) as_integer(subject, *length);
  check_sort(subject, arguments);
  arguments.boolean("clustered");
  check_index_condition(subject, arguments);
}

void check_field_shard_key(Subject& subject, const syntax::Attribute& attribute, const schema::Field& field,
                           ModelState& state) {
  if (!state.shard_key) {
    state.shard_key = &attribute;
    state.shard_key_field = &field;
    return;
  }
  subject.report
      .error("several-shard-keys", subject.whole(),
             fmt::format("The model `{}` has several fields with `@shardKey`.", subject.declaration.name))
      .advise("Keep one, or use `@@shardKey([…])` alone.")
      .fix("Remove the second shard key", {remove_attribute(subject.block(), attribute)});
}

void check_block_id(Subject& subject, Arguments& arguments, ModelState& state) {
  const syntax::Expression* fields = arguments.required("fields");
  if (!fields) return;
  const ResolvedFields resolved = resolve_index_fields(subject, *fields, arguments.place(), false);
  if (!resolved.usable) return;
  if (!resolved.unknown.empty()) {
    BlockDiagnostic& diagnostic = subject.report.error(
        "unknown-id-field", subject.at(fields->range),
        fmt::format("@@id names {}, which `{}` does not have.", list_of(resolved.unknown), subject.declaration.name));
    suggest_fields(subject, diagnostic, *fields, resolved.unknown, subject.declaration);
  }
  if (!resolved.relations.empty()) report_relation_fields(subject, arguments, "relation-in-id", resolved);
  if (!resolved.resolved()) return;
  const bool passed_over = state.ignored && subject.environment.version >= schema::PrismaVersion::v6;
  if (const std::string names = optional_names(resolved); !names.empty() && !passed_over) {
    subject.report
        .error("optional-id-field", arguments.place(), fmt::format("@@id names {}, which is not required.", names))
        .advise("All fields of an id are required: make it required, or use `@@unique`.")
        .fact("declaration", std::string(subject.declaration.name));
  }
  if (state.primary_key) {
    report_second_id(subject,
                     fmt::format("The {} `{}` has both `@id` and `@@id`.", subject.kind(), subject.declaration.name),
                     arguments.attribute());
  }
  arguments.text("map");
  check_client_name(subject, arguments, arguments.text("name"));
  arguments.boolean("clustered");
  state.primary_key = &arguments.attribute();
  state.primary_key_field = nullptr;
}

void check_block_unique(Subject& subject, Arguments& arguments) {
  check_index_fields(subject, arguments);
  const auto name = arguments.text("name");
  arguments.text("map");
  check_client_name(subject, arguments, name);
  arguments.boolean("clustered");
  check_index_condition(subject, arguments);
}

void check_block_index(Subject& subject, Arguments& arguments) {
  check_index_fields(subject, arguments);
  const auto name = arguments.text("name");
  const auto map = arguments.text("map");
  if (name && map) {
    subject.report
        .error("index-name-and-map", arguments.place(),
               "`name` is an old spelling of `map` here, so only one can be given.")
        .advise("Keep `map`.")
        .fix("Remove `name`",
             {remove_argument(subject.block(), arguments.attribute().arguments,
                              *arguments.attribute().find_argument("name"))},
             true);
  }
  if (const syntax::Expression* type = arguments.optional("type")) {
    const auto word = as_constant(subject, *type);
    if (word && std::ranges::find(kAlgorithms, *word) == kAlgorithms.end()) {
      BlockDiagnostic& diagnostic = subject.report.error("unknown-index-type", arguments.place(),
                                                         fmt::format("The index type `{}` does not exist.", *word));
      diagnostic.fact("type", std::string(*word));
      if (const auto meant = nearest(*word, kAlgorithms); !meant.empty()) {
        diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
            .fix(fmt::format("Change to `{}`", meant), {{subject.at(type->range), std::string(meant)}}, true);
      } else {
        diagnostic.advise(fmt::format("The index types are {}.", list_of(kAlgorithms)));
      }
    }
  }
  arguments.boolean("clustered");
  check_index_condition(subject, arguments);
}

void check_block_fulltext(Subject& subject, Arguments& arguments) {
  check_index_fields(subject, arguments);
  arguments.text("map");
}

void check_block_shard_key(Subject& subject, Arguments& arguments, ModelState& state) {
  const syntax::Expression* fields = arguments.required("fields");
  if (!fields) return;
  const ResolvedFields resolved = resolve_plain_fields(subject, *fields, subject.declaration, arguments.place());
  if (!resolved.usable) return;
  if (!resolved.unknown.empty()) {
    BlockDiagnostic& diagnostic =
        subject.report.error("unknown-shard-key-field", subject.at(fields->range),
                             fmt::format("@@shardKey names {}, which `{}` does not have.", list_of(resolved.unknown),
                                         subject.declaration.name));
    suggest_fields(subject, diagnostic, *fields, resolved.unknown, subject.declaration);
  }
  if (!resolved.relations.empty()) report_relation_fields(subject, arguments, "relation-in-shard-key", resolved);
  if (!resolved.resolved()) return;
  if (const std::string names = optional_names(resolved); !names.empty() && !state.ignored) {
    subject.report
        .error("optional-shard-key-field", arguments.place(),
               fmt::format("@@shardKey names {}, which is not required.", names))
        .advise("Make it required.");
  }
  if (state.shard_key) {
    subject.report
        .error("several-shard-keys", subject.whole(),
               fmt::format("The model `{}` has both `@shardKey` and `@@shardKey`.", subject.declaration.name))
        .advise("Keep one of them.")
        .fix("Remove @@shardKey", {remove_attribute(subject.block(), arguments.attribute())});
  }
  state.shard_key = &arguments.attribute();
  state.shard_key_field = nullptr;
}

void check_key_arities(Subject& subject, const ModelState& state) {
  if (state.ignored) return;
  const auto check = [&](const syntax::Attribute* attribute, const schema::Field* field, Code code,
                         std::string_view what) {
    if (!attribute || !field || field->arity == syntax::Arity::required) return;
    BlockDiagnostic& diagnostic =
        subject.report.error(code, subject.at(attribute->span),
                             fmt::format("The field `{}` is part of {} and must be required.", field->name, what));
    diagnostic.fact("field", std::string(field->name));
    diagnostic.advise("Make it required, or use another field.");
    if (field->arity == syntax::Arity::optional) {
      diagnostic.fix("Make the field required", {{subject.at(field->syntax->type->arity_range), ""}}, true);
    }
  };
  check(state.primary_key, state.primary_key_field, "optional-id", "the id");
  check(state.shard_key, state.shard_key_field, "optional-shard-key", "the shard key");
}

}  // namespace refract::validation
