#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/local_checks.h"

namespace refract::validation {
namespace {

using schema::TypeKind;

// Reads the arguments by `read` and reports those left over.
template <class Read>
void with_arguments(Subject& subject, const syntax::Attribute* attribute, Read read) {
  if (!attribute) return;
  Arguments arguments(subject, *attribute);
  if (!arguments.usable()) return;
  read(arguments);
  arguments.finish();
}

constexpr auto kNoArguments = [](Arguments&) {};

std::optional<std::string> mapped_name(Subject& subject, Arguments& arguments) {
  const syntax::Expression* value = arguments.required("name");
  return value ? as_string(subject, *value) : std::nullopt;
}

// Column names given so far in a model. Prisma reads the fields in order and compares each with those before it.
struct ColumnNames {
  std::map<std::string, const schema::Field*, std::less<>> mapped;  // by @map
  std::map<const schema::Field*, std::string> name_of;
};

void report_column_clash(Subject& subject, const schema::Field& field, const std::string& column,
                         const schema::Field* other) {
  BlockDiagnostic& diagnostic =
      subject.report.error("duplicate-column", subject.at(field.syntax->line),
                           fmt::format("The field `{}` is stored as `{}`, as is another field of `{}`.", field.name,
                                       column, subject.declaration.name));
  diagnostic.advise("Give it another name in `@map`.")
      .fact("declaration", std::string(subject.declaration.name))
      .fact("field", std::string(field.name))
      .fact("column", column);
  if (other && other != &field) diagnostic.see(subject.at(other->syntax->name.range), "The other field is here.");
}

void check_field_map(Subject& subject, Arguments& arguments, const schema::Field& field, ColumnNames& columns) {
  const auto name = mapped_name(subject, arguments);
  if (!name) return;
  const bool composite = subject.declaration.kind == syntax::BlockKind::composite_type;
  const auto [place, fresh] = columns.mapped.insert_or_assign(*name, &field);
  const schema::Field* before = fresh ? nullptr : place->second;
  columns.name_of[&field] = *name;
  if (!fresh) report_column_clash(subject, field, *name, before);
  const schema::Field* namesake = subject.declaration.last_field(*name);
  if (!namesake || (namesake == &field && !composite) || (!composite && !namesake->is_stored())) return;
  const auto other = columns.name_of.find(namesake);
  if (other != columns.name_of.end() && (composite || other->second != *name)) return;
  report_column_clash(subject, field, *name, namesake);
}

void check_relation_field(Subject& subject, const schema::Field& field, schema::Target target) {
  AttributeSet attributes(subject, field.syntax->attributes, target);
  with_arguments(subject, attributes.single("relation"),
                 [&](Arguments& arguments) { check_relation_attribute(subject, arguments, field); });
  const auto reject = [&](std::string_view name, Code code, std::string_view cannot, std::string_view help,
                          bool wants_name) {
    const syntax::Attribute* attribute = attributes.single(name);
    if (!attribute) return;
    Arguments arguments(subject, *attribute);
    if (!arguments.usable()) return;
    subject.report.error(code, arguments.place(), fmt::format("The relation field `{}` {}.", field.name, cannot))
        .advise(std::string(help))
        .fact("declaration", std::string(subject.declaration.name))
        .fact("field", std::string(field.name))
        .fix(fmt::format("Remove @{}", name), {remove_attribute(subject.block(), *attribute)});
    if (wants_name) arguments.required("name");
  };
  reject("id", "id-on-relation", "cannot be the id", "Put `@id` on the scalar field of the relation.", false);
  with_arguments(subject, attributes.single("ignore"), kNoArguments);
  reject("default", "default-on-relation", "cannot have a default",
         "Put the default on the scalar field of the relation.", false);
  reject("map", "map-on-relation", "has no column to map",
         "Put `@map` on the scalar field of the relation; `@relation(map: …)` names the foreign key.", true);
  reject("unique", "unique-on-relation", "cannot be unique", "Put `@unique` on the scalar field of the relation.",
         false);
  attributes.finish();
}

void check_scalar_field(Subject& subject, const schema::Field& field, schema::Target target, ModelState& state,
                        ColumnNames& columns) {
  AttributeSet attributes(subject, field.syntax->attributes, target);
  with_arguments(subject, attributes.single("map"),
                 [&](Arguments& arguments) { check_field_map(subject, arguments, field, columns); });
  with_arguments(subject, attributes.single("ignore"), [&](Arguments& arguments) {
    if (field.kind != TypeKind::unsupported) return;
    subject.report
        .error("ignore-on-unsupported", arguments.place(),
               fmt::format("The field `{}` is ignored anyway, since its type is `Unsupported`.", field.name))
        .advise("Remove `@ignore`.")
        .fact("field", std::string(field.name))
        .fix("Remove @ignore", {remove_attribute(subject.block(), arguments.attribute())}, true);
  });
  with_arguments(subject, attributes.single("relation"), [&](Arguments& arguments) {
    subject.report
        .error("relation-on-scalar", arguments.place(),
               fmt::format("`@relation` is on the field `{}`, but its type `{}` is not a model.", field.name,
                           field.type_name))
        .advise("Remove `@relation`, or put it on a field whose type is a model.")
        .fact("field", std::string(field.name))
        .fix("Remove @relation", {remove_attribute(subject.block(), arguments.attribute())});
  });
  with_arguments(subject, attributes.single("id"),
                 [&](Arguments& arguments) { check_field_id(subject, arguments, field, state); });
  with_arguments(subject, attributes.single("updatedAt"), [&](Arguments& arguments) {
    const Place at = arguments.place();
    if (field.kind != TypeKind::scalar || field.scalar != schema::ScalarType::date_time) {
      subject.report
          .error("updated-at-type", at,
                 fmt::format("`@updatedAt` needs a DateTime, but `{}` is {}.", field.name, field.type_name))
          .advise("Change the type to `DateTime`, or remove `@updatedAt`.")
          .fact("field", std::string(field.name))
          .fix("Change the type to `DateTime`", {{subject.at(field.syntax->type->name.range), "DateTime"}}, true)
          .fix("Remove @updatedAt", {remove_attribute(subject.block(), arguments.attribute())});
    }
    if (field.arity == syntax::Arity::list) {
      subject.report
          .error("updated-at-list", at, fmt::format("`@updatedAt` is not allowed on the list `{}`.", field.name))
          .advise("Make the field a single `DateTime`, or remove `@updatedAt`.")
          .fact("field", std::string(field.name))
          .fix("Make it a single `DateTime`", {{subject.at(field.syntax->type->range), "DateTime"}}, true);
    }
  });
  with_arguments(subject, attributes.single("default"),
                 [&](Arguments& arguments) { check_default(subject, arguments, field); });
  if (field.kind == TypeKind::scalar) attributes.native_type();
  with_arguments(subject, attributes.single("unique"),
                 [&](Arguments& arguments) { check_field_unique(subject, arguments); });
  if (subject.environment.version >= schema::PrismaVersion::v6) {
    with_arguments(subject, attributes.single("shardKey"),
                   [&](Arguments& arguments) { check_field_shard_key(subject, arguments.attribute(), field, state); });
  }
  attributes.finish();
}

void check_schema_attribute(Subject& subject, AttributeSet& attributes) {
  with_arguments(subject, attributes.single("schema"), [&](Arguments& arguments) {
    // Prisma calls the argument `map` when it is named.
    if (const syntax::Expression* value = arguments.required("map")) as_string(subject, *value);
  });
}

void check_ignored_fields(Subject& subject) {
  const auto name_of = [](const syntax::Attribute& attribute) { return attribute.name.text; };

  for (const schema::Field& field : subject.declaration.fields) {
    if (!field.ignored || !field.is_stored() || field.kind == TypeKind::unsupported) continue;
    if (std::ranges::count(field.syntax->attributes, "ignore", name_of) > 1) continue;  // reported as repeated
    const syntax::Attribute* attribute = field.syntax->find_attribute("ignore");
    subject.report
        .error("ignore-in-ignored-model", subject.at(field.syntax->line),
               fmt::format("The field `{}` is ignored already, with its whole {}.", field.name, subject.kind()))
        .advise("Remove `@ignore` from the field.")
        .fact("field", std::string(field.name))
        .fix("Remove @ignore", {remove_attribute(subject.block(), *attribute)}, true);
  }
}

void check_model_attributes(Subject& subject) {
  const bool view = subject.declaration.kind == syntax::BlockKind::view;
  const auto field_target = view ? schema::Target::view_field : schema::Target::model_field;
  ModelState state;
  ColumnNames columns;
  for (const schema::Field& field : subject.declaration.fields) {
    if (field.kind == TypeKind::unknown) continue;
    if (field.is_relation())
      check_relation_field(subject, field, field_target);
    else
      check_scalar_field(subject, field, field_target, state, columns);
  }

  AttributeSet attributes(subject, subject.block().attributes, view ? schema::Target::view : schema::Target::model);
  with_arguments(subject, attributes.single("ignore"), [&](Arguments&) {
    check_ignored_fields(subject);
    state.ignored = true;
  });
  with_arguments(subject, attributes.single("id"),
                 [&](Arguments& arguments) { check_block_id(subject, arguments, state); });
  with_arguments(subject, attributes.single("map"), [&](Arguments& arguments) { mapped_name(subject, arguments); });
  check_schema_attribute(subject, attributes);
  for (const syntax::Attribute* attribute : attributes.repeated("index")) {
    with_arguments(subject, attribute, [&](Arguments& arguments) { check_block_index(subject, arguments); });
  }
  for (const syntax::Attribute* attribute : attributes.repeated("unique")) {
    with_arguments(subject, attribute, [&](Arguments& arguments) { check_block_unique(subject, arguments); });
  }
  for (const syntax::Attribute* attribute : attributes.repeated("fulltext")) {
    with_arguments(subject, attribute, [&](Arguments& arguments) { check_block_fulltext(subject, arguments); });
  }
  if (subject.environment.version >= schema::PrismaVersion::v6) {
    with_arguments(subject, attributes.single("shardKey"),
                   [&](Arguments& arguments) { check_block_shard_key(subject, arguments, state); });
  }
  check_key_arities(subject, state);
  attributes.finish();
}

void check_enum_attributes(Subject& subject) {
  for (const syntax::EnumValue& value : subject.block().values) {
    AttributeSet attributes(subject, value.attributes, schema::Target::enum_value);
    with_arguments(subject, attributes.single("map"), [&](Arguments& arguments) { mapped_name(subject, arguments); });
    attributes.finish();
  }
  AttributeSet attributes(subject, subject.block().attributes, schema::Target::enumeration);
  with_arguments(subject, attributes.single("map"), [&](Arguments& arguments) { mapped_name(subject, arguments); });
  check_schema_attribute(subject, attributes);
  attributes.finish();
}

std::string_view composite_block_advice(std::string_view attribute) {
  if (attribute == "map") return "A composite type has no name in the database; remove the attribute.";
  if (attribute == "id") return "Only models have an id; remove the attribute.";
  return "Put it on the model that uses the type, as in `@@unique([address.street])`.";
}

void check_composite_attributes(Subject& subject) {
  const syntax::Block& block = subject.block();
  for (const syntax::Attribute& attribute : block.attributes) {
    subject.report
        .error("block-attribute-on-composite-type", subject.at(attribute.span),
               fmt::format("The composite type `{}` cannot have `@@{}`.", block.name.text, attribute.name.text))
        .advise(std::string(composite_block_advice(attribute.name.text)))
        .fact("type", std::string(block.name.text))
        .fix(fmt::format("Remove @@{}", attribute.name.text), {remove_attribute(block, attribute)});
  }
  ColumnNames columns;
  for (const schema::Field& field : subject.declaration.fields) {
    for (const syntax::Attribute& attribute : field.syntax->attributes) {
      const std::string_view name = attribute.name.text;
      if (name != "relation" && name != "unique" && name != "id") continue;
      subject.report
          .error("attribute-on-composite-field", subject.at(field.syntax->line),
                 fmt::format("`@{}` is not allowed on the field `{}` of a composite type.", name, field.name))
          .advise("Keys and relations belong to the model that uses the type.")
          .fact("field", std::string(field.name))
          .fix(fmt::format("Remove @{}", name), {remove_attribute(block, attribute)});
    }
    if (field.kind == TypeKind::unknown || field.is_relation()) continue;
    AttributeSet attributes(subject, field.syntax->attributes, schema::Target::composite_field);
    if (field.kind == TypeKind::scalar) attributes.native_type();
    with_arguments(subject, attributes.single("map"),
                   [&](Arguments& arguments) { check_field_map(subject, arguments, field, columns); });
    with_arguments(subject, attributes.single("default"),
                   [&](Arguments& arguments) { check_composite_default(subject, arguments, field); });
    attributes.finish();
  }
}

}  // namespace

void check_attributes(Subject& subject) {
  switch (subject.declaration.kind) {
    case syntax::BlockKind::enumeration:
      return check_enum_attributes(subject);
    case syntax::BlockKind::composite_type:
      return check_composite_attributes(subject);
    default:
      return check_model_attributes(subject);
  }
}

}  // namespace refract::validation
