#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "schema/new_members.h"
#include "validation/core/text_tools.h"
#include "validation/rules/schema_checks.h"

namespace refract::validation {
namespace {

using schema::Field;
using schema::Index;
using schema::IndexKind;
using schema::PrismaVersion;
using schema::TypeKind;

bool is_strict(const Subject& subject, const Index& index) {
  return std::ranges::all_of(fields_of(subject.snapshot(), subject.declaration, index), [](const Field* field) {
    return field->arity != syntax::Arity::optional && field->kind != TypeKind::unsupported;
  });
}

void check_unique_criterion(Subject& subject) {
  const schema::Declaration& model = subject.declaration;
  if (model.ignored) return;
  const auto criteria = unique_criteria(model);
  if (std::ranges::any_of(criteria, [&](const Index* index) { return is_strict(subject, *index); })) return;
  BlockDiagnostic& diagnostic = subject.report.error(
      "no-unique-criterion", subject.whole(),
      criteria.empty() ? fmt::format("The {} `{}` has no id and no unique field.", subject.kind(), model.name)
                       : fmt::format("No id or unique key of the {} `{}` has only required, supported fields.",
                                     subject.kind(), model.name));
  diagnostic.advise("Mark a required field with `@id` or `@unique`, or add `@@id([…])` or `@@unique([…])`.")
      .fact("declaration", std::string(model.name));
  const Field* id = model.find_field("id");
  if (!model.is_model()) return;
  const bool takes_id =
      id && id->kind == TypeKind::scalar && id->arity == syntax::Arity::required && !model.primary_key();
  if (takes_id) {
    const std::string attributes = id_attributes(subject.environment, *id);
    diagnostic.fix(fmt::format("Mark `id` with {}", attributes),
                   {add_attribute(subject.block(), *id->syntax, attributes)}, true);
  } else if (!id && !model.primary_key()) {
    diagnostic.fix("Add an id field", {add_member(subject.block(), schema::id_field(*subject.environment.style))});
  }
}

std::string joined_names(const Index& index) {
  std::string joined;
  for (const schema::IndexField& part : index.fields) {
    for (std::string_view name : part.path) {
      if (!joined.empty()) joined += '_';
      joined += name;
    }
  }
  return joined;
}

void check_key_name_against_fields(Subject& subject, const Index& index) {
  if (index.fields.size() <= 1) return;
  const std::string name = joined_names(index);
  const Field* field = subject.declaration.find_field(name);
  if (!field || field->is_relation()) return;
  subject.report
      .error("key-name-clash", subject.at(index.attribute->span),
             fmt::format("{} has the client name `{}`, which is a field's name too.", label_of(*index.attribute), name))
      .advise("Rename the field.")
      .see(subject.at(field->syntax->name.range), "The field is here.")
      .fact("name", name);
}

// Names given to keys for the client, against each other.
void check_client_names(Subject& subject) {
  const auto takes_name = [](const Index& index) {
    return index.name && (index.kind == IndexKind::id || index.kind == IndexKind::unique);
  };
  for (const Index& index : subject.declaration.indexes) {
    if (!takes_name(index)) continue;
    const auto same = std::ranges::count_if(subject.declaration.indexes, [&](const Index& other) {
      return takes_name(other) && *other.name == *index.name;
    });
    if (same < 2) continue;
    subject.report
        .error("duplicate-client-name", argument_or_attribute(subject, *index.attribute, "name"),
               fmt::format("Several keys of `{}` are named `{}`.", subject.declaration.name, *index.name))
        .advise("Give each another name.")
        .fact("name", *index.name);
  }
}

// The keys of a model that have a client name, by that name: the first of each kind and name.
class NamedKeys {
 public:
  explicit NamedKeys(const schema::Declaration& model) {
    for (const Index& index : model.indexes) {
      if (!index.attribute->block || !index.name) continue;
      if (index.kind == IndexKind::unique) uniques_.emplace(*index.name, &index);
      if (index.kind == IndexKind::id) ids_.emplace(*index.name, &index);
    }
  }

  // A key's client name must be no field's.
  void check(Subject& subject, const Field& field) const {
    for (const auto* keys : {&uniques_, &ids_}) {
      const auto taken = keys->find(field.name);
      if (taken == keys->end()) continue;
      const syntax::Attribute& attribute = *taken->second->attribute;
      subject.report
          .error("client-name-is-field", subject.whole(),
                 fmt::format("`{}` is the name of a field and of {}.", field.name, label_of(attribute)))
          .advise("Give the key another name.")
          .see(argument_or_attribute(subject, attribute, "name"), "The key is named here.")
          .fact("name", std::string(field.name));
    }
  }

 private:
  using Keys = std::unordered_map<std::string_view, const Index*>;
  Keys uniques_;
  Keys ids_;
};

void check_fulltext_count(Subject& subject) {
  if (!subject.connector().fulltext_index || subject.connector().fulltext_repeated) return;
  if (subject.environment.version == PrismaVersion::v5 && !subject.environment.preview("fullTextIndex")) return;
  const auto is_fulltext = [](const Index& index) { return index.kind == IndexKind::fulltext; };
  if (std::ranges::count_if(subject.declaration.indexes, is_fulltext) < 2) return;
  for (const Index& index : subject.declaration.indexes) {
    if (!is_fulltext(index)) continue;
    subject.report
        .error("several-fulltext-indexes", subject.at(index.attribute->span),
               "A collection has one full-text index at most.")
        .advise("Put all fields into one `@@fulltext`.");
  }
}

void check_shard_key(Subject& subject) {
  if (subject.environment.version < PrismaVersion::v6) return;
  const auto check = [&](const syntax::Attribute& attribute) {
    if (attribute.name.text != "shardKey") return;
    const syntax::Argument* fields = attribute.find_argument("fields", true);
    if (attribute.block && fields && fields->value && fields->value->kind == syntax::ExpressionKind::array &&
        fields->value->elements.empty()) {
      subject.report.error("empty-field-list", subject.at(attribute.span), "@@shardKey names no field.")
          .advise("Name at least one field.");
    }
    if (!subject.environment.preview("shardKeys")) {
      subject.report.error("attribute-needs-preview", subject.at(attribute.span), "Shard keys are a preview feature.")
          .advise("Add `previewFeatures = [\"shardKeys\"]` to the generator.")
          .fact("feature", std::string("shardKeys"));
    }
    if (!subject.connector().shard_keys) {
      subject.report
          .error("shard-key-unsupported", subject.at(attribute.span),
                 fmt::format("{} does not support shard keys.", database_name(subject.connector())))
          .advise("Remove it.")
          .fix("Remove it", {remove_attribute(subject.block(), attribute)});
    }
  };
  for (const Field& field : subject.declaration.fields) {
    for (const syntax::Attribute& attribute : field.syntax->attributes) check(attribute);
  }
  for (const syntax::Attribute& attribute : subject.block().attributes) check(attribute);
}

// On a view a unique index names the fields that identify a row, and has no other effect. Prisma counts every argument
// that only a real index could have, whatever the kind of the index.
void check_index_of_view(Subject& subject, const Index& index) {
  const syntax::Attribute& attribute = *index.attribute;
  const Place at = subject.at(attribute.span);
  if (index.kind != IndexKind::unique) {
    subject.report
        .error("key-on-view", at,
               fmt::format("A view has no {}.", index.kind == IndexKind::id ? "primary key" : "indexes"))
        .advise(index.kind == IndexKind::id ? "Use `@unique` to name the fields that identify a row." : "Remove it.")
        .fix(fmt::format("Remove {}", label_of(attribute)), {remove_attribute(subject.block(), attribute)});
  }
  if (index.kind == IndexKind::id) return;
  const auto reject = [&](std::string_view what) {
    subject.report
        .error("unique-argument-on-view", at,
               fmt::format("{} on a view only names the fields that are unique; it does not accept {}.",
                           label_of(attribute), what))
        .advise("Remove it.");
  };
  if (index.map) reject("name in the database");
  if (index.clustered) reject("`clustered`");
  for (const schema::IndexField& part : index.fields) {
    if (part.sort || part.length || part.has_operator_class()) reject("`sort`, `length` or `ops`");
  }
}

void check_view(Subject& subject) {
  if (!subject.environment.preview("views")) {
    subject.report
        .error("view-needs-preview", subject.whole(),
               fmt::format("The view `{}` needs a preview feature.", subject.declaration.name))
        .advise("Add `previewFeatures = [\"views\"]` to the generator.")
        .fact("feature", std::string("views"));
  }
  if (subject.environment.version == PrismaVersion::v5) return;
  for (const Index& index : subject.declaration.indexes) check_index_of_view(subject, index);
}

}  // namespace

bool check_model(Subject& subject) {
  const schema::Declaration& model = subject.declaration;
  const bool view = model.kind == syntax::BlockKind::view;
  if (view) check_view(subject);
  const bool as_table = !view || subject.environment.version == PrismaVersion::v5;
  if (as_table) {
    check_unique_criterion(subject);
    check_client_names(subject);
    if (const Index* key = model.primary_key()) {
      check_primary_key(subject, *key);
      check_key_name_against_fields(subject, *key);
    }
    check_fulltext_count(subject);
    check_provider_rules(subject);
    check_auto_increment(subject);
    check_shard_key(subject);
  }
  check_schema_of(subject);
  const NamedKeys named_keys(model);
  for (const Field& field : model.fields) {
    if (field.is_relation()) continue;
    check_scalar_field(subject, field);
    named_keys.check(subject, field);
  }
  for (const Field& field : model.fields) {
    if (!field.is_relation()) continue;
    if (!check_ambiguity(subject, field)) return false;
    named_keys.check(subject, field);
    check_relation_field(subject, field);
  }
  if (!as_table) return true;
  for (const Index& index : model.indexes) {
    if (index.kind == IndexKind::id) continue;
    check_index(subject, index);
    if (index.kind == IndexKind::unique) check_key_name_against_fields(subject, index);
  }
  return true;
}

void check_schema_of(Subject& subject) {
  const Environment& environment = subject.environment;
  const syntax::Attribute* attribute = subject.block().find_attribute("schema");
  const syntax::Argument* argument = attribute ? attribute->find_argument("map", true) : nullptr;
  const bool given = argument && argument->value;
  if (environment.version == PrismaVersion::v5 && !environment.preview("multiSchema")) {
    if (!given) return;
    subject.report
        .error("attribute-needs-preview", subject.at(argument->value->range),
               "`@@schema` is a preview feature in Prisma 5.")
        .advise("Add `previewFeatures = [\"multiSchema\"]` to the generator.")
        .fact("feature", std::string("multiSchema"));
    return;
  }
  if (!subject.connector().multi_schema) {
    if (!given) return;
    subject.report
        .error("schema-unsupported", subject.at(argument->value->range),
               fmt::format("There are no schemas {}.", on_database(subject.connector())))
        .advise("Remove `@@schema`.")
        .fix("Remove @@schema", {remove_attribute(subject.block(), *attribute)}, true);
    return;
  }
  if (!environment.datasource) return;
  const auto& schemas = environment.datasource->schemas;
  if (given) {
    if (std::ranges::find(schemas, argument->value->value) != schemas.end()) return;
    BlockDiagnostic& diagnostic =
        subject.report.error("unknown-schema", subject.at(argument->value->range),
                             fmt::format("The datasource lists no schema `{}`.", argument->value->value));
    diagnostic.advise("Add it to `schemas` of the datasource, or use a schema that is listed.")
        .fact("schema", argument->value->value);
    const std::vector<std::string_view> known(schemas.begin(), schemas.end());
    if (const auto meant = nearest(argument->value->value, known); !meant.empty()) {
      diagnostic.fix(fmt::format("Change to `{}`", meant),
                     {{subject.at(argument->value->range), fmt::format("\"{}\"", meant)}}, true);
    }
  } else if (!schemas.empty()) {
    subject.report
        .error("missing-schema", subject.whole(),
               fmt::format("The {} `{}` has no `@@schema`.", subject.kind(), subject.declaration.name))
        .advise("Add `@@schema`, since the datasource lists schemas.")
        .fix(fmt::format("Add @@schema(\"{}\")", schemas.front()),
             {add_member(subject.block(), fmt::format("@@schema(\"{}\")", schemas.front()))}, schemas.size() == 1);
  }
}

// The edits that turn an enum into String fields: values and defaults as they are in the database. Empty: some field
// uses it in a way that text cannot take over.
std::vector<BlockEdit> as_strings(const Subject& subject) {
  const schema::Declaration& type = subject.declaration;
  std::vector<BlockEdit> edits{remove_block(subject.block())};
  for (const schema::Placed& placed : subject.snapshot().declarations()) {
    for (const Field& field : placed->fields) {
      if (field.kind != TypeKind::enumeration || field.type_name != type.name) continue;
      edits.push_back({{placed->block.get(), field.syntax->type->name.range}, "String"});
      if (!field.default_value) continue;
      const syntax::Expression* value = field.default_value->expression;
      const auto known =
          value ? std::ranges::find(type.values, value->text, &schema::EnumValue::name) : type.values.end();
      if (known == type.values.end()) return {};
      edits.push_back({{placed->block.get(), value->range}, fmt::format("\"{}\"", known->database_name)});
    }
  }
  return edits;
}

void check_enum(Subject& subject) {
  if (!subject.connector().enums) {
    BlockDiagnostic& diagnostic =
        subject.report
            .error("enum-unsupported", subject.whole(),
                   fmt::format("{} does not support enums.", database_name(subject.connector())))
            .advise("Use `String` fields instead.")
            .fact("enum", std::string(subject.declaration.name));
    if (auto edits = as_strings(subject); !edits.empty()) diagnostic.fix("Use `String` fields", std::move(edits), true);
  }
  check_schema_of(subject);
}

}  // namespace refract::validation
