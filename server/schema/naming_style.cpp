#include "schema/naming_style.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "schema/naming.h"
#include "support/ascii.h"

namespace refract::schema {
namespace {

using Tables = SchemaStyle::Tables;

// Letters beyond ASCII count as small ones.
bool is_small(char c) {
  return !ascii::is_upper(c) && !ascii::is_digit(c) && c != '_';
}

std::string snake_plural(std::string_view name) {
  return joined_words(plural(camel_case(name)), '_');
}

std::string in_capitals(std::string_view name) {
  std::string capitals(name);
  std::ranges::transform(capitals, capitals.begin(), [](char c) { return ascii::to_upper(c); });
  return capitals;
}

// What @@map makes of a declaration's name; empty: it is as named.
std::string table_name(Tables tables, std::string_view name) {
  const bool plural = tables == Tables::snake_plural || tables == Tables::capitals_plural;
  std::string snake = plural ? snake_plural(name) : joined_words(name, '_');
  switch (tables) {
    case Tables::as_named:
      return {};
    case Tables::snake:
    case Tables::snake_plural:
      return snake;
    case Tables::capitals:
    case Tables::capitals_plural:
      return in_capitals(snake);
  }
  return {};
}

// How many declarations of a kind have which @@map. Of two styles with as many the first one counts.
struct TableVotes {
  int all = 0;
  std::array<std::pair<Tables, int>, 4> mapped = {
      {{Tables::snake, 0}, {Tables::snake_plural, 0}, {Tables::capitals, 0}, {Tables::capitals_plural, 0}}};

  void count(const Declaration& declaration) {
    ++all;
    if (!declaration.mapped) return;
    for (auto& [tables, count] : mapped)
      if (declaration.database_name == table_name(tables, declaration.name)) ++count;
  }
  Tables winner() const {
    const auto most = std::ranges::max_element(mapped, {}, &std::pair<Tables, int>::second);
    return most->second * 2 <= all ? Tables::as_named : most->first;
  }
};

// By MongoDB, which generates ObjectIds alone.
bool is_generated(const Field& field) {
  const auto* value = field.default_value ? field.default_value->expression : nullptr;
  return value && value->kind == syntax::ExpressionKind::function && value->value == "auto";
}

// nullopt: the model's id is not one field of a scalar type, it is a foreign key too, or MongoDB does not take it. @map
// says nothing about other models, except for MongoDB's and one in capitals.
std::optional<IdStyle> id_of(const Declaration& model, bool mongodb) {
  const Index* key = model.primary_key();
  if (key == nullptr || !key->field) return std::nullopt;
  const Field& field = model.fields[*key->field];
  const bool refers = std::ranges::any_of(model.fields, [&](const Field& other) {
    return other.relation && std::ranges::find(other.relation->fields, field.name) != other.relation->fields.end();
  });
  if (field.kind != TypeKind::scalar || refers) return std::nullopt;
  if (mongodb && (field.database_name != "_id" || (is_generated(field) && !field.native_type))) return std::nullopt;
  const bool capitals = field.mapped && field.database_name == in_capitals(joined_words(field.name, '_'));
  IdStyle id{.type = std::string(field.type_name), .attributes = {}, .native_type = {}};
  for (const syntax::Attribute& attribute : field.syntax->attributes) {
    const bool map = attribute.name.text == "map";
    if (map && !mongodb && !capitals) continue;
    const std::string_view written =
        std::string_view(model.block->text).substr(attribute.range.begin, attribute.range.size());
    const std::string_view text = map && capitals ? std::string_view("@map(\"ID\")") : written;
    id.attributes += fmt::format("{}{}", id.attributes.empty() ? "" : " ", text);
    if (field.native_type && field.native_type->attribute == &attribute) id.native_type = text;
  }
  return id;
}

IdStyle usual_id(const Snapshot& snapshot) {
  const Provider provider = snapshot.provider();
  if (provider == Provider::mongodb) {
    const std::string native = fmt::format("@{}.ObjectId", snapshot.datasource()->name);
    return {"String", fmt::format("@id @default(auto()) @map(\"_id\") {}", native), native};
  }
  return {provider == Provider::cockroachdb ? "BigInt" : "Int", "@id @default(autoincrement())", ""};
}

}  // namespace

std::string joined_words(std::string_view name, char joint) {
  std::string joined;
  for (std::size_t i = 0; i < name.size(); ++i) {
    // A word begins where capitals begin, and with the last of several capitals.
    const bool begins = i > 0 && ascii::is_upper(name[i]) && name[i - 1] != '_' &&
                        (!ascii::is_upper(name[i - 1]) || (i + 1 < name.size() && is_small(name[i + 1])));
    if (begins) joined += joint;
    joined += name[i] == '_' ? joint : ascii::to_lower(name[i]);
  }
  return joined;
}

void NamingStyle::FieldVotes::count(const Declaration& model) {
  for (const Field& field : model.fields) {
    if (!field.is_stored()) continue;
    ++all;
    if (field.mapped && field.database_name == in_capitals(joined_words(field.name, '_')) &&
        field.database_name != field.name)
      ++capitals;
    if (field.name.find('_') != std::string_view::npos) ++snake;
    if (std::ranges::none_of(field.name, ascii::is_upper)) continue;
    ++camel;
    if (field.mapped && field.database_name == joined_words(field.name, '_')) ++snake_mapped;
  }
}

const NamingStyle::FieldVotes& NamingStyle::votes_of(const Declaration& model) const {
  if (voter_ != &model) {
    voter_ = &model;
    votes_ = FieldVotes();
    votes_.count(model);
  }
  return votes_;
}

const SchemaStyle& NamingStyle::style() const {
  if (style_) return *style_;
  FieldVotes fields;
  TableVotes models;
  TableVotes enums;
  std::map<std::string, std::pair<IdStyle, int>> ids;  // by type and attributes
  const bool mongodb = snapshot_.provider() == Provider::mongodb;
  for (const Placed& placed : snapshot_.declarations()) {
    fields.count(*placed);
    if (placed->is_enum()) enums.count(*placed);
    if (!placed->is_model()) continue;
    models.count(*placed);
    if (auto id = id_of(*placed, mongodb)) {
      auto& [style, count] = ids[id->type + id->attributes];
      style = *std::move(id);
      ++count;
    }
  }
  style_.emplace();
  style_->snake_fields = fields.are_snake();
  style_->mapped_fields = fields.are_mapped();
  style_->capital_columns = fields.are_capitals();
  style_->models = models.winner();
  style_->enums = enums.winner();
  const auto most = std::ranges::max_element(ids, {}, [](const auto& entry) { return entry.second.second; });
  style_->id = most == ids.end() ? usual_id(snapshot_) : most->second.first;
  return *style_;
}

std::string NamingStyle::field_name(const Declaration& model, std::string_view camel) const {
  const FieldVotes& votes = votes_of(model);
  const bool snake = votes.empty() ? style().snake_fields : votes.are_snake();
  return snake ? joined_words(camel, '_') : std::string(camel);
}

std::string NamingStyle::column_attribute(const Declaration& model, std::string_view field) const {
  const std::string column = joined_words(field, '_');
  const FieldVotes& votes = votes_of(model);
  const bool capitals = votes.all == 0 ? style().capital_columns : votes.are_capitals();
  if (capitals) return fmt::format(" @map(\"{}\")", in_capitals(column));
  if (column == field) return {};
  const bool mapped = votes.empty() ? style().mapped_fields : votes.are_mapped();
  return mapped ? fmt::format(" @map(\"{}\")", column) : std::string();
}

std::string NamingStyle::table_attribute(syntax::BlockKind kind, std::string_view name) const {
  const bool is_enum = kind == syntax::BlockKind::enumeration;
  if (!is_enum && kind != syntax::BlockKind::model) return {};
  const Tables tables = is_enum ? style().enums : style().models;
  return tables == Tables::as_named ? std::string() : fmt::format("@@map(\"{}\")", table_name(tables, name));
}

}  // namespace refract::schema
