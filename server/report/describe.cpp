#include "report/describe.h"

#include <fmt/format.h>

#include "text/encoding.h"

namespace refract::report {
namespace {

using protocol::Json;
using schema::Declaration;
using schema::Field;
using schema::Index;
using schema::Placed;
using schema::Snapshot;

std::string_view kind_name(const Declaration& declaration) {
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

std::string_view kind_name(schema::TypeKind kind) {
  switch (kind) {
    case schema::TypeKind::scalar:
      return "scalar";
    case schema::TypeKind::enumeration:
      return "enum";
    case schema::TypeKind::model:
      return "model";
    case schema::TypeKind::view:
      return "view";
    case schema::TypeKind::composite_type:
      return "type";
    case schema::TypeKind::unsupported:
      return "unsupported";
    case schema::TypeKind::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string_view arity_name(syntax::Arity arity) {
  switch (arity) {
    case syntax::Arity::required:
      return "required";
    case syntax::Arity::optional:
      return "optional";
    case syntax::Arity::list:
      return "list";
  }
  return "required";
}

std::string type_text(const Field& field) {
  std::string text(field.type_name);
  if (field.arity == syntax::Arity::list) text += "[]";
  if (field.arity == syntax::Arity::optional) text += "?";
  return text;
}

std::string_view index_name(schema::IndexKind kind) {
  switch (kind) {
    case schema::IndexKind::id:
      return "id";
    case schema::IndexKind::unique:
      return "unique";
    case schema::IndexKind::normal:
      return "index";
    case schema::IndexKind::fulltext:
      return "fulltext";
  }
  return "index";
}

std::string path_text(const schema::IndexField& field) {
  std::string text;
  for (const std::string_view part : field.path) {
    if (!text.empty()) text += '.';
    text += part;
  }
  return text;
}

Json relation_json(const Placed& declaration, const Field& field, const schema::Relation& relation) {
  const bool owns = relation.owner.model == &declaration && relation.owner.field == &field;
  const schema::RelationEnd& opposite = owns ? relation.other : relation.owner;
  Json json{{"name", relation.name},
            {"kind", relation.kind == schema::RelationKind::many_to_many ? "many-to-many"
                     : relation.kind == schema::RelationKind::one_to_one ? "one-to-one"
                                                                         : "one-to-many"}};
  if (field.relation && field.relation->has_fields) {
    json["fields"] = field.relation->fields;
    json["references"] = field.relation->references;
  }
  if (opposite.field != nullptr) json["opposite"] = fmt::format("{}.{}", field.type_name, opposite.field->name);
  return json;
}

Json field_json(const Snapshot& snapshot, const Placed& declaration, const Field& field) {
  Json json{{"name", field.name},
            {"type", field.type_name},
            {"kind", kind_name(field.kind)},
            {"arity", arity_name(field.arity)}};
  if (field.is_stored()) json["column"] = field.database_name;
  if (field.native_type) json["nativeType"] = field.native_type->attribute->name.text;
  if (field.default_value && field.default_value->expression != nullptr) {
    json["default"] = field.default_value->expression->text;
  }
  if (field.updated_at) json["updatedAt"] = true;
  if (field.ignored) json["ignored"] = true;
  if (field.syntax != nullptr && !field.syntax->documentation.empty())
    json["documentation"] = field.syntax->documentation;
  if (field.is_relation()) {
    if (const auto relation = snapshot.relation_of(declaration, field))
      json["relation"] = relation_json(declaration, field, *relation);
  }
  return json;
}

Json index_json(const Index& index) {
  Json fields = Json::array();
  for (const schema::IndexField& field : index.fields) fields.push_back(path_text(field));
  Json json{{"kind", index_name(index.kind)}, {"fields", std::move(fields)}};
  if (index.name) json["name"] = *index.name;
  if (index.map) json["map"] = *index.map;
  if (!index.algorithm.empty()) json["algorithm"] = index.algorithm;
  return json;
}

// The attributes of a field as they are in the text.
std::string attributes_text(const Declaration& declaration, const Field& field) {
  std::string text;
  if (field.syntax == nullptr) return text;
  for (const syntax::Attribute& attribute : field.syntax->attributes) {
    text += ' ';
    text += std::string_view(declaration.block->text).substr(attribute.range.begin, attribute.range.size());
  }
  return text;
}

}  // namespace

Json describe_json(const Snapshot& snapshot, const Placed& declaration) {
  const schema::FileRange at = declaration.in_file(declaration->block->name.range);
  const text::Position position =
      snapshot.files()[at.file].syntax->document().position_at(at.range.begin, text::Encoding::utf16);
  Json json{{"name", declaration->name},
            {"kind", kind_name(*declaration)},
            {"databaseName", declaration->database_name},
            {"file", snapshot.files()[at.file].path},
            {"line", position.line + 1}};
  if (declaration->database_schema) json["schema"] = *declaration->database_schema;
  if (declaration->ignored) json["ignored"] = true;
  if (!declaration->block->documentation.empty()) json["documentation"] = declaration->block->documentation;
  if (declaration->is_enum()) {
    Json values = Json::array();
    for (const schema::EnumValue& value : declaration->values) {
      values.push_back({{"name", value.name}, {"databaseName", value.database_name}});
    }
    json["values"] = std::move(values);
    return json;
  }
  Json fields = Json::array();
  for (const Field& field : declaration->fields) fields.push_back(field_json(snapshot, declaration, field));
  json["fields"] = std::move(fields);
  Json indexes = Json::array();
  for (const Index& index : declaration->indexes) indexes.push_back(index_json(index));
  json["indexes"] = std::move(indexes);
  return json;
}

Json describe_json(const Snapshot& snapshot) {
  Json files = Json::array();
  for (const schema::SourceFile& file : snapshot.files()) files.push_back(file.path);
  Json json{{"prisma", static_cast<int>(snapshot.options().version)},
            {"provider", schema::to_string(snapshot.provider())},
            {"files", std::move(files)},
            {"models", Json::array()},
            {"views", Json::array()},
            {"types", Json::array()},
            {"enums", Json::array()}};
  for (const Placed& declaration : snapshot.declarations()) {
    json[std::string(kind_name(*declaration)) + "s"].push_back(describe_json(snapshot, declaration));
  }
  return json;
}

std::string describe_text(const Snapshot&, const Placed& declaration) {
  std::string out = fmt::format("{} {}", kind_name(*declaration), declaration->name);
  if (declaration->mapped) out += fmt::format(" (in the database: {})", declaration->database_name);
  out += '\n';
  if (!declaration->block->documentation.empty()) out += fmt::format("  {}\n", declaration->block->documentation);
  for (const schema::EnumValue& value : declaration->values) out += fmt::format("  {}\n", value.name);
  std::size_t widest = 0;
  for (const Field& field : declaration->fields) widest = std::max(widest, field.name.size());
  for (const Field& field : declaration->fields) {
    out += fmt::format("  {:<{}}  {}{}\n", field.name, widest, type_text(field), attributes_text(*declaration, field));
  }
  for (const syntax::Attribute& attribute : declaration->block->attributes) {
    out += fmt::format(
        "  {}\n", std::string_view(declaration->block->text).substr(attribute.range.begin, attribute.range.size()));
  }
  return out;
}

std::string describe_text(const Snapshot& snapshot) {
  std::string out = fmt::format("Prisma {} schema for {}, {} file{}\n", static_cast<int>(snapshot.options().version),
                                schema::to_string(snapshot.provider()), snapshot.files().size(),
                                snapshot.files().size() == 1 ? "" : "s");
  for (const Placed& declaration : snapshot.declarations()) out += '\n' + describe_text(snapshot, declaration);
  return out;
}

}  // namespace refract::report
