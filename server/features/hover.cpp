#include "features/hover.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "features/configuration_texts.h"
#include "features/database_side.h"
#include "features/doc_texts.h"
#include "features/type_texts.h"
#include "schema/attributes.h"
#include "schema/referential_action.h"
#include "syntax/locate.h"
#include "validation/rules/preview_features.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;
using syntax::Located;
using syntax::LocatedKind;

std::string code_block(std::string_view text) {
  return fmt::format("```prisma\n{}\n```\n", text);
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string_view keyword(const schema::Declaration& declaration) {
  switch (declaration.kind) {
    case syntax::BlockKind::view:
      return "view";
    case syntax::BlockKind::composite_type:
      return "type";
    case syntax::BlockKind::enumeration:
      return "enum";
    default:
      return "model";
  }
}

// What an enum is in the databases that have no types of this kind.
std::string enum_line(const Snapshot& snapshot, const schema::Declaration& declaration) {
  if (snapshot.provider() != schema::Provider::mysql)
    return "The database has no type for it; its values are stored as text.\n";
  std::vector<std::string> values;
  for (const schema::EnumValue& value : declaration.values) values.push_back(fmt::format("'{}'", value.database_name));
  return fmt::format("The database has no type for it; its columns are `ENUM({})`.\n", fmt::join(values, ", "));
}

std::string table_line(const Snapshot& snapshot, const schema::Declaration& declaration) {
  const auto provider = provider_in_force(snapshot);
  if (declaration.kind == syntax::BlockKind::composite_type) return {};
  if (declaration.is_enum() && !has_enum_types(provider)) return enum_line(snapshot, declaration);
  const std::string_view what = declaration.is_enum()                         ? "Enum"
                                : declaration.kind == syntax::BlockKind::view ? "View"
                                                                              : table_name_word(provider);
  const std::string schema = declaration.database_schema ? *declaration.database_schema + "." : std::string();
  return fmt::format("{} `{}{}` in the database.\n", what, schema, declaration.database_name);
}

std::string describe_declaration(const Snapshot& snapshot, const Placed& placed, const migrate::History* history) {
  const schema::Declaration& declaration = *placed;
  std::string out;
  if (declaration.is_enum()) {
    std::string body = fmt::format("enum {} {{\n", declaration.name);
    for (const schema::EnumValue& value : declaration.values) {
      body += fmt::format("  {}{}\n", value.name,
                          value.database_name == value.name ? "" : fmt::format(" @map(\"{}\")", value.database_name));
    }
    out = code_block(body + "}");
  } else {
    const auto relations =
        static_cast<std::size_t>(std::ranges::count_if(declaration.fields, &schema::Field::is_relation));
    out = code_block(fmt::format("{} {}", keyword(declaration), declaration.name));
    out += counted(declaration.fields.size() - relations, "field", "fields");
    if (relations > 0) out += ", " + counted(relations, "relation", "relations");
    out += ". ";
  }
  out += table_line(snapshot, declaration);
  if (!declaration.is_enum()) out += table_side(snapshot, placed, history);
  if (!declaration.block->documentation.empty()) out += fmt::format("\n{}\n", declaration.block->documentation);
  return out;
}

std::string action_text(schema::ReferentialAction action, bool given) {
  return fmt::format("`{}`{}", schema::to_string(action), given ? "" : " (by default)");
}

std::string owner_text(const Snapshot& snapshot, const Placed& owner, const schema::Field& field) {
  const schema::Actions actions = schema::actions_of(snapshot, *owner, field);
  return fmt::format("On delete {}, on update {}.", action_text(actions.on_delete, actions.on_delete_given),
                     action_text(actions.on_update, actions.on_update_given));
}

std::string describe_relation(const Snapshot& snapshot, const Placed& placed, const schema::Field& field) {
  const auto relation = snapshot.relation_of(placed, field);
  if (!relation) return {};
  const std::string_view kind = relation->kind == schema::RelationKind::many_to_many ? "Many-to-many"
                                : relation->kind == schema::RelationKind::one_to_one ? "One-to-one"
                                                                                     : "One-to-many";
  std::string out = fmt::format("\n{} relation `{}`", kind, relation->name);
  const bool owns = relation->owner.field == &field;
  const schema::RelationEnd& opposite = owns ? relation->other : relation->owner;
  if (opposite.field != nullptr)
    out += fmt::format(", the other side is `{}.{}`", field.type_name, opposite.field->name);
  out += ".";
  if (relation->kind != schema::RelationKind::many_to_many && relation->owner.model != nullptr &&
      relation->owner.field != nullptr && relation->owner.field->relation &&
      relation->owner.field->relation->has_fields) {
    out += " " + owner_text(snapshot, *relation->owner.model, *relation->owner.field);
  }
  return out + "\n";
}

std::string describe_field(const Snapshot& snapshot, const Placed& placed, const schema::Field& field,
                           const migrate::History* history) {
  const std::string_view text = placed->block->text;
  std::string out = code_block(text.substr(field.syntax->range.begin, field.syntax->range.size()));
  if (field.is_relation()) {
    out += foreign_key_side(snapshot, placed, field) + describe_relation(snapshot, placed, field);
  } else if (placed->kind != syntax::BlockKind::composite_type) {
    out += column_side(snapshot, placed, field, history);
  }
  if (!field.syntax->documentation.empty()) out += fmt::format("\n{}\n", field.syntax->documentation);
  return out;
}

std::string describe_native_type(const Snapshot& snapshot, std::string_view name) {
  const auto provider = provider_in_force(snapshot);
  const schema::NativeTypeSpec* type =
      provider ? schema::find_native_type(*provider, name.substr(name.find('.') + 1)) : nullptr;
  if (type == nullptr) return {};
  std::string scalars;
  for (const schema::ScalarType scalar : type->scalars) {
    if (!scalars.empty()) scalars += ", ";
    scalars += fmt::format("`{}`", schema::to_string(scalar));
  }
  return fmt::format("{}{}\n\nOn fields of type {}.\n", code_block(fmt::format("@{}", name)), type->doc, scalars);
}

// Whether the database in force has the function.
bool is_known(const Snapshot& snapshot, const schema::FunctionSpec& function) {
  return function.providers.empty() ||
         std::ranges::find(function.providers, snapshot.provider()) != function.providers.end();
}

const schema::Connector& connector_of(const Snapshot& snapshot) {
  return schema::connector(snapshot.provider(), snapshot.options().version);
}

std::string describe_attribute(const Snapshot& snapshot, const syntax::Block& block,
                               const syntax::Attribute& attribute) {
  const std::string_view name = attribute.name.text;
  if (name.find('.') != std::string_view::npos) return describe_native_type(snapshot, name);
  const schema::AttributeSpec* spec = schema::find_attribute(name, attribute.block);
  if (spec == nullptr) return {};
  const schema::Connector& connector = connector_of(snapshot);
  const auto provider = provider_in_force(snapshot);
  std::string out = code_block(fmt::format("{}{}", attribute.block ? "@@" : "@", name)) +
                    worded(spec->doc, provider, block.kind) + "\n";
  if (!schema::knows(connector, *spec) && provider) return out + "\n" + unsupported_note(snapshot, false) + "\n";
  for (const schema::ArgumentSpec& argument : spec->arguments) {
    if (provider && !schema::knows(connector, *spec, argument)) continue;
    out += fmt::format("\n- `{}`{}{}", argument.name, argument.required ? " (required)" : "",
                       argument.doc.empty() ? "" : fmt::format(": {}", worded(argument.doc, provider, block.kind)));
  }
  return out;
}

// Of the attribute, of a field in its list, or of a function.
std::string describe_argument(const Snapshot& snapshot, const syntax::Block& block, const Located& word) {
  if (word.attribute == nullptr) return {};
  const schema::AttributeSpec* spec = schema::find_attribute(word.attribute->name.text, word.attribute->block);
  if (spec == nullptr) return {};
  std::span<const schema::ArgumentSpec> arguments = spec->arguments;
  bool known = true;
  if (word.function != nullptr) {
    const schema::FunctionSpec* function = schema::find_default_function(word.function->value);
    const bool is_default = spec->name == "default";
    if (is_default && function == nullptr) return {};
    arguments = is_default ? function->arguments : schema::index_field_arguments();
    known = !is_default || is_known(snapshot, *function);
  }
  const auto found = std::ranges::find(arguments, word.token.text, &schema::ArgumentSpec::name);
  if (found == arguments.end()) return {};
  known = known && schema::knows(connector_of(snapshot), *spec, *found);
  const std::string note = unsupported_note(snapshot, known);
  return fmt::format("{}{}\n{}", code_block(fmt::format("{}:", found->name)),
                     worded(found->doc, provider_in_force(snapshot), block.kind),
                     note.empty() ? note : fmt::format("\n{}\n", note));
}

// What the type is, and what a field of it is stored as.
std::string describe_scalar(const Snapshot& snapshot, const Located& word) {
  const auto scalar = schema::scalar_from(word.token.text);
  if (!scalar) return {};
  std::string out = code_block(word.token.text) + std::string(scalar_doc(*scalar)) + "\n";
  const schema::Datasource* datasource = snapshot.datasource();
  if (datasource == nullptr || !datasource->provider) return out;
  const schema::Connector& connector = connector_of(snapshot);
  const bool known = (*scalar != schema::ScalarType::decimal || connector.decimal) &&
                     (*scalar != schema::ScalarType::json || connector.json);
  if (!known) return out + "\n" + unsupported_note(snapshot, known) + "\n";
  const auto native = std::ranges::find_if(word.field->attributes, [](const syntax::Attribute& attribute) {
    return attribute.name.text.find('.') != std::string_view::npos;
  });
  std::string stored(stored_as(*datasource->provider, *scalar));
  if (native != word.field->attributes.end()) {
    stored = native->name.text.substr(native->name.text.find('.') + 1);
    std::vector<std::string_view> given;
    for (const syntax::Argument& argument : native->arguments) {
      if (argument.value) given.push_back(argument.value->text);
    }
    if (!given.empty()) stored += fmt::format("({})", fmt::join(given, ", "));
  }
  if (stored.empty()) return out;
  if (word.field->type->arity == syntax::Arity::list) stored += "[]";
  return out + fmt::format("\nStored as `{}` in {}.\n", stored, schema::display_name(*datasource->provider));
}

// An action of a relation.
std::string describe_path(const Snapshot& snapshot, const Located& word) {
  if (word.attribute == nullptr || word.attribute->name.text != "relation" || !word.argument || !word.argument->name)
    return {};
  const std::string_view argument = word.argument->name->text;
  if (argument != "onDelete" && argument != "onUpdate") return {};
  using enum schema::ReferentialAction;
  for (const schema::ReferentialAction action : {cascade, restrict_, no_action, set_null, set_default}) {
    if (word.token.text == schema::to_string(action))
      return fmt::format("{}{}\n", code_block(fmt::format("{}: {}", argument, word.token.text)),
                         action_doc(snapshot, action));
  }
  return {};
}

std::string describe_property(const syntax::Block& block, std::string_view key) {
  const auto properties =
      block.kind == syntax::BlockKind::datasource ? datasource_properties() : generator_properties();
  const auto found = std::ranges::find(properties, key, &PropertySpec::key);
  return found == properties.end() ? std::string() : fmt::format("{}{}\n", code_block(found->key), found->doc);
}

std::string_view feature_state_text(validation::FeatureState state) {
  using enum validation::FeatureState;
  switch (state) {
    case active:
    case hidden:
      return "A preview feature of the Prisma version in use.";
    case deprecated:
      return "No preview feature any more: it is part of Prisma, and the name can be removed.";
    case withdrawn:
      return "The feature is withdrawn and will be removed.";
    case renamed:
      return "The feature has another name on this database.";
    case unknown:
      return "The Prisma version in use does not have the feature.";
  }
  return {};
}

// A value in a datasource or generator.
std::string describe_value(const Snapshot& snapshot, const syntax::Block& block, const Located& word) {
  const std::string& value = word.expression->value;
  const std::string_view key = word.property->key.text;
  if (block.kind == syntax::BlockKind::datasource && key == "relationMode") {
    const std::string_view doc = relation_mode_doc(value);
    return doc.empty() ? std::string() : fmt::format("{}{}\n", code_block(word.token.text), doc);
  }
  if (block.kind == syntax::BlockKind::datasource && key == "provider") {
    const auto provider = schema::provider_from(value);
    return !provider
               ? std::string()
               : fmt::format("{}The schema is for {}.\n", code_block(word.token.text), schema::display_name(*provider));
  }
  if (block.kind != syntax::BlockKind::generator || key != "previewFeatures") return {};
  const schema::Datasource* datasource = snapshot.datasource();
  const auto provider = datasource == nullptr ? std::nullopt : datasource->provider;
  const auto state = validation::feature_state(value, snapshot.options().version, provider);
  const std::string_view doc = feature_doc(value);
  if (doc.empty() && state == validation::FeatureState::unknown) return {};
  return fmt::format("{}{}{}{}\n", code_block(word.token.text), doc, doc.empty() ? "" : "\n\n",
                     feature_state_text(state));
}

std::string describe_function(const Snapshot& snapshot, const syntax::Block& block, std::string_view name) {
  const schema::FunctionSpec* function = schema::find_default_function(name);
  if (function == nullptr) return {};
  const std::string note = unsupported_note(snapshot, is_known(snapshot, *function));
  return fmt::format("{}{}\n{}", code_block(fmt::format("{}()", function->name)),
                     worded(function->doc, provider_in_force(snapshot), block.kind),
                     note.empty() ? note : fmt::format("\n{}\n", note));
}

std::string describe_word(const Snapshot& snapshot, const syntax::Block& block, const Located& word) {
  switch (word.kind) {
    case LocatedKind::attribute_name:
      return describe_attribute(snapshot, block, *word.attribute);
    case LocatedKind::argument_name:
      return describe_argument(snapshot, block, word);
    case LocatedKind::field_type:
      return describe_scalar(snapshot, word);
    case LocatedKind::path:
      return describe_path(snapshot, word);
    case LocatedKind::property_key:
      return describe_property(block, word.token.text);
    case LocatedKind::string:
      return word.property == nullptr ? std::string() : describe_value(snapshot, block, word);
    case LocatedKind::function_name:
      return describe_function(snapshot, block, word.token.text);
    default:
      return {};
  }
}

// A relation's name, and that of a schema of the database.
std::string describe_text(const Snapshot& snapshot, const Symbol& symbol) {
  if (symbol.kind == SymbolKind::relation_name)
    return std::string(std::string_view(describe_relation(snapshot, *symbol.declaration, *symbol.field)).substr(1));
  if (symbol.kind != SymbolKind::database_schema) return {};
  const auto members = static_cast<std::size_t>(std::ranges::count_if(
      snapshot.declarations(), [&](const Placed& placed) { return placed->database_schema == symbol.name; }));
  return fmt::format("Schema `{}` of the database, with {}.\n", symbol.name,
                     counted(members, "declaration", "declarations"));
}

}  // namespace

std::string describe(const Snapshot& snapshot, const Symbol& symbol, const migrate::History* history) {
  if (!is_declared(symbol)) return describe_text(snapshot, symbol);
  const Placed& placed = *symbol.declaration;
  switch (symbol.kind) {
    case SymbolKind::declaration:
      return describe_declaration(snapshot, placed, history);
    case SymbolKind::field:
      return describe_field(snapshot, placed, *placed->find_field(symbol.name), history);
    case SymbolKind::enum_value: {
      const syntax::EnumValue* value = placed->block->find_value(symbol.name);
      std::string out = code_block(fmt::format("{}.{}", placed->name, symbol.name));
      const auto described = std::ranges::find(placed->values, symbol.name, &schema::EnumValue::name);
      if (described != placed->values.end() && described->database_name != symbol.name)
        out += fmt::format("`{}` in the database.\n", described->database_name);
      if (!value->documentation.empty()) out += fmt::format("\n{}\n", value->documentation);
      return out;
    }
    default:
      return {};
  }
}

std::optional<Hover> hover(const Snapshot& snapshot, schema::FilePosition at, const migrate::History* history) {
  if (const auto symbol = symbol_at(snapshot, at)) {
    if (std::string text = describe(snapshot, *symbol, history); !text.empty())
      return Hover{symbol->referred_from.range, std::move(text)};
  }
  const syntax::PlacedBlock* placed = snapshot.files()[at.file].syntax->block_at(at.offset);
  if (placed == nullptr) return std::nullopt;
  const Located word = syntax::locate(*placed->block, at.offset - placed->start);
  if (!word) return std::nullopt;
  std::string markdown = describe_word(snapshot, *placed->block, word);
  if (markdown.empty()) return std::nullopt;
  const Placed* declaration = snapshot.declaration_at(at);
  if (word.kind == LocatedKind::attribute_name && declaration != nullptr) {
    if (const std::string sql = index_side(snapshot, *declaration, *word.attribute); !sql.empty())
      markdown += "\n" + sql;
  }
  return Hover{placed->in_file(word.token.range), std::move(markdown)};
}

}  // namespace refract::features
