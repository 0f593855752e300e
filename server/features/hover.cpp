#include "features/hover.h"

#include <fmt/format.h>

#include <algorithm>

#include "features/database_side.h"
#include "schema/attributes.h"
#include "schema/referential_action.h"
#include "syntax/locate.h"

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

std::string table_line(const schema::Declaration& declaration) {
  const std::string_view what = declaration.is_enum()                         ? "Enum"
                                : declaration.kind == syntax::BlockKind::view ? "View"
                                                                              : "Table";
  if (declaration.kind == syntax::BlockKind::composite_type) return {};
  const std::string schema = declaration.database_schema ? *declaration.database_schema + "." : std::string();
  return fmt::format("{} `{}{}` in the database.\n", what, schema, declaration.database_name);
}

std::string describe_declaration(const Snapshot& snapshot, const Placed& placed, const migrate::History* history) {
  const schema::Declaration& declaration = *placed;
  std::string out;
  if (declaration.is_enum()) {
    std::string body = fmt::format("enum {} {{\n", declaration.name);
    for (const schema::EnumValue& value : declaration.values) body += fmt::format("  {}\n", value.name);
    out = code_block(body + "}");
  } else {
    const auto relations =
        static_cast<std::size_t>(std::ranges::count_if(declaration.fields, &schema::Field::is_relation));
    out = code_block(fmt::format("{} {}", keyword(declaration), declaration.name));
    out += counted(declaration.fields.size() - relations, "field", "fields");
    if (relations > 0) out += ", " + counted(relations, "relation", "relations");
    out += ". ";
  }
  out += table_line(declaration);
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
  const schema::NativeTypeSpec* type = schema::find_native_type(snapshot.provider(), name.substr(name.find('.') + 1));
  if (type == nullptr) return {};
  std::string scalars;
  for (const schema::ScalarType scalar : type->scalars) {
    if (!scalars.empty()) scalars += ", ";
    scalars += fmt::format("`{}`", schema::to_string(scalar));
  }
  return fmt::format("{}{}\n\nOn fields of type {}.\n", code_block(fmt::format("@{}", name)), type->doc, scalars);
}

std::string describe_attribute(const Snapshot& snapshot, const syntax::Attribute& attribute) {
  const std::string_view name = attribute.name.text;
  if (name.find('.') != std::string_view::npos) return describe_native_type(snapshot, name);
  const schema::AttributeSpec* spec = schema::find_attribute(name, attribute.block);
  if (spec == nullptr) return {};
  std::string out = code_block(fmt::format("{}{}", attribute.block ? "@@" : "@", name)) + std::string(spec->doc) + "\n";
  for (const schema::ArgumentSpec& argument : spec->arguments) {
    out += fmt::format("\n- `{}`{}{}", argument.name, argument.required ? " (required)" : "",
                       argument.doc.empty() ? "" : fmt::format(": {}", argument.doc));
  }
  return out;
}

std::string describe_argument(const Located& word) {
  if (word.attribute == nullptr) return {};
  const schema::AttributeSpec* spec = schema::find_attribute(word.attribute->name.text, word.attribute->block);
  if (spec == nullptr) return {};
  const auto found = std::ranges::find(spec->arguments, word.token.text, &schema::ArgumentSpec::name);
  if (found == spec->arguments.end()) return {};
  return fmt::format("{}{}\n", code_block(fmt::format("{}:", found->name)), found->doc);
}

std::string describe_scalar(std::string_view name) {
  const auto scalar = schema::scalar_from(name);
  return scalar ? code_block(name) + "A scalar type of Prisma.\n" : std::string();
}

std::string describe_word(const Snapshot& snapshot, const Located& word) {
  switch (word.kind) {
    case LocatedKind::attribute_name:
      return describe_attribute(snapshot, *word.attribute);
    case LocatedKind::argument_name:
      return describe_argument(word);
    case LocatedKind::field_type:
      return describe_scalar(word.token.text);
    case LocatedKind::function_name: {
      const schema::FunctionSpec* function = schema::find_default_function(word.token.text);
      return function == nullptr
                 ? std::string()
                 : fmt::format("{}{}\n", code_block(fmt::format("{}()", function->name)), function->doc);
    }
    default:
      return {};
  }
}

}  // namespace

std::string describe(const Snapshot& snapshot, const Symbol& symbol, const migrate::History* history) {
  const Placed& placed = *symbol.declaration;
  switch (symbol.kind) {
    case SymbolKind::declaration:
      return describe_declaration(snapshot, placed, history);
    case SymbolKind::field:
      return describe_field(snapshot, placed, *placed->find_field(symbol.name), history);
    case SymbolKind::enum_value: {
      const syntax::EnumValue* value = placed->block->find_value(symbol.name);
      std::string out = code_block(fmt::format("{}.{}", placed->name, symbol.name));
      if (!value->documentation.empty()) out += fmt::format("\n{}\n", value->documentation);
      return out;
    }
  }
  return {};
}

std::optional<Hover> hover(const Snapshot& snapshot, schema::FilePosition at, const migrate::History* history) {
  if (const auto symbol = symbol_at(snapshot, at)) {
    return Hover{symbol->referred_from.range, describe(snapshot, *symbol, history)};
  }
  const syntax::PlacedBlock* placed = snapshot.files()[at.file].syntax->block_at(at.offset);
  if (placed == nullptr) return std::nullopt;
  const Located word = syntax::locate(*placed->block, at.offset - placed->start);
  if (!word) return std::nullopt;
  std::string markdown = describe_word(snapshot, word);
  if (markdown.empty()) return std::nullopt;
  const Placed* declaration = snapshot.declaration_at(at);
  if (word.kind == LocatedKind::attribute_name && declaration != nullptr) {
    if (const std::string sql = index_side(snapshot, *declaration, *word.attribute); !sql.empty())
      markdown += "\n" + sql;
  }
  return Hover{placed->in_file(word.token.range), std::move(markdown)};
}

}  // namespace refract::features
