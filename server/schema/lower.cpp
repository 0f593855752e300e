#include "schema/lower.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <tuple>

namespace refract::schema {
namespace {

using syntax::Argument;
using syntax::Attribute;
using syntax::Expression;
using syntax::ExpressionKind;

const Expression* value_of(const Attribute& attribute, std::string_view name, bool unnamed_too = false) {
  const Argument* argument = attribute.find_argument(name, unnamed_too);
  return argument && argument->value ? &*argument->value : nullptr;
}

std::optional<std::string> string_of(const Attribute& attribute, std::string_view name, bool unnamed_too = false) {
  const Expression* value = value_of(attribute, name, unnamed_too);
  if (!value || value->kind != ExpressionKind::string || value->value.empty()) return std::nullopt;
  return value->value;
}

// Unlike other names, that of @map and @@map may be empty.
std::optional<std::string> mapped_name(const Attribute& attribute) {
  const Expression* value = value_of(attribute, "name", true);
  return value && value->kind == ExpressionKind::string ? std::optional(value->value) : std::nullopt;
}

std::optional<bool> boolean_of(const Attribute& attribute, std::string_view name) {
  const Expression* value = value_of(attribute, name);
  if (!value || value->kind != ExpressionKind::path) return std::nullopt;
  if (value->value == "true") return true;
  if (value->value == "false") return false;
  return std::nullopt;
}

// Prisma takes any whole number for a length, negative ones only where the field itself has the attribute, and keeps
// as much of it as fits.
std::optional<std::uint32_t> length_of(const Expression* value, std::int64_t least) {
  if (!value || value->kind != ExpressionKind::number) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value->text.data(), value->text.data() + value->text.size(), number);
  if (error != std::errc{} || end != value->text.data() + value->text.size()) return std::nullopt;
  if (number < least) return std::nullopt;
  return static_cast<std::uint32_t>(number);
}

std::optional<SortOrder> sort_of(const Expression* value) {
  if (!value) return std::nullopt;
  if (value->is_path("Asc")) return SortOrder::ascending;
  if (value->is_path("Desc")) return SortOrder::descending;
  return std::nullopt;
}

const Expression* find_value(const std::vector<Argument>& arguments, std::string_view name) {
  for (const Argument& argument : arguments) {
    if (argument.name && argument.name->text == name && argument.value) return &*argument.value;
  }
  return nullptr;
}

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    parts.push_back(path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  parts.push_back(path);
  return parts;
}

// `a`, `a.b`, `a(sort: Desc, length: 5, ops: raw("…"))`.
std::optional<IndexField> lower_index_field(const Expression& element) {
  IndexField field;
  field.expression = &element;
  if (element.kind == ExpressionKind::path) {
    field.path = split_path(element.text);
    return field;
  }
  if (element.kind != ExpressionKind::function) return std::nullopt;
  field.path = split_path(element.text.substr(0, element.name_range.size()));
  field.sort = sort_of(find_value(element.arguments, "sort"));
  field.length = length_of(find_value(element.arguments, "length"), 0);
  if (const Expression* ops = find_value(element.arguments, "ops")) {
    if (ops->kind == ExpressionKind::path) {
      field.operator_class = ops->value;
    } else if (ops->kind == ExpressionKind::function && ops->value == "raw" && !ops->arguments.empty() &&
               ops->arguments.front().value) {
      field.operator_class = ops->arguments.front().value->value;
      field.raw_operator_class = true;
    }
  }
  return field;
}

std::optional<IndexKind> index_kind_of(const Attribute& attribute) {
  const std::string_view name = attribute.name.text;
  if (name == "id") return IndexKind::id;
  if (name == "unique") return IndexKind::unique;
  if (attribute.block && name == "index") return IndexKind::normal;
  if (attribute.block && name == "fulltext") return IndexKind::fulltext;
  return std::nullopt;
}

Index lower_index(IndexKind kind, const Attribute& attribute) {
  Index index;
  index.kind = kind;
  index.attribute = &attribute;
  index.name = string_of(attribute, "name");
  index.map = string_of(attribute, "map");
  // Schemas older than Prisma 3 name an index with `name:`.
  if (kind == IndexKind::normal && !index.map) index.map = index.name;
  index.clustered = boolean_of(attribute, "clustered");
  index.where = value_of(attribute, "where");
  if (const Expression* type = value_of(attribute, "type"); type && type->kind == ExpressionKind::path) {
    index.algorithm = type->text;
  }
  return index;
}

Index lower_field_index(IndexKind kind, const Attribute& attribute, std::string_view field, std::size_t position) {
  Index index = lower_index(kind, attribute);
  index.field = position;
  IndexField& part = index.fields.emplace_back();
  part.path = {field};
  part.sort = sort_of(value_of(attribute, "sort"));
  part.length = length_of(value_of(attribute, "length"), std::numeric_limits<std::int64_t>::min());
  return index;
}

Index lower_block_index(IndexKind kind, const Attribute& attribute) {
  Index index = lower_index(kind, attribute);
  const Expression* fields = value_of(attribute, "fields", true);
  if (!fields) return index;
  const auto add = [&](const Expression& element) {
    if (auto field = lower_index_field(element)) index.fields.push_back(std::move(*field));
  };
  if (fields->kind == ExpressionKind::array) {
    for (const Expression& element : fields->elements) add(element);
  } else {
    add(*fields);  // one field needs no brackets
  }
  return index;
}

std::vector<std::string_view> field_names(const Expression* value) {
  std::vector<std::string_view> names;
  if (!value) return names;
  if (value->kind == ExpressionKind::path) names.push_back(value->text);
  for (const Expression& element : value->elements) {
    if (element.kind == ExpressionKind::path) names.push_back(element.text);
  }
  return names;
}

std::optional<ReferentialAction> action_of(const Attribute& attribute, std::string_view name) {
  const Expression* value = value_of(attribute, name);
  if (!value || value->kind != ExpressionKind::path) return std::nullopt;
  return referential_action_from(value->text);
}

RelationAttribute lower_relation(const Attribute& attribute) {
  RelationAttribute relation;
  relation.attribute = &attribute;
  // Given both with its name and without, Prisma takes neither.
  const bool named = attribute.find_argument("name") != nullptr;
  const bool unnamed = std::ranges::any_of(attribute.arguments, [](const Argument& given) { return !given.name; });
  if (!named || !unnamed) relation.name = string_of(attribute, "name", true);
  const Argument* fields = attribute.find_argument("fields");
  const Argument* references = attribute.find_argument("references");
  relation.has_fields = fields && fields->value;
  relation.has_references = references && references->value;
  if (relation.has_fields) relation.fields = field_names(&*fields->value);
  if (relation.has_references) relation.references = field_names(&*references->value);
  relation.on_delete = action_of(attribute, "onDelete");
  relation.on_update = action_of(attribute, "onUpdate");
  relation.map = string_of(attribute, "map");
  return relation;
}

NativeType lower_native_type(const Attribute& attribute, std::size_t dot) {
  NativeType type;
  type.attribute = &attribute;
  type.name = attribute.name.text.substr(dot + 1);
  for (const Argument& argument : attribute.arguments) {
    if (argument.value) type.arguments.emplace_back(argument.value->text);
  }
  return type;
}

void lower_field_attribute(const Attribute& attribute, Field& field) {
  const std::string_view name = attribute.name.text;
  if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
    field.native_type = lower_native_type(attribute, dot);
  } else if (name == "map") {
    if (auto mapped = mapped_name(attribute)) {
      field.database_name = std::move(*mapped);
      field.mapped = true;
    }
  } else if (name == "ignore") {
    field.ignored = true;
  } else if (name == "updatedAt") {
    field.updated_at = true;
  } else if (name == "default") {
    field.default_value = DefaultValue{value_of(attribute, "value", true), string_of(attribute, "map"), &attribute};
  } else if (name == "relation") {
    field.relation = lower_relation(attribute);
  }
}

Field lower_field(const syntax::Field& syntax, const ResolveType& resolve) {
  Field field;
  field.syntax = &syntax;
  field.name = syntax.name.text;
  field.database_name = syntax.name.text;
  if (syntax.type) {
    field.type_name = syntax.type->name.text;
    field.arity = syntax.type->arity;
    if (syntax.type->unsupported) {
      field.kind = TypeKind::unsupported;
    } else if (const auto scalar = scalar_from(field.type_name)) {
      field.kind = TypeKind::scalar;
      field.scalar = *scalar;
    } else {
      field.kind = resolve(field.type_name);
    }
  }
  for (const Attribute& attribute : syntax.attributes) lower_field_attribute(attribute, field);
  return field;
}

std::vector<std::string> strings_of(const Expression* value) {
  std::vector<std::string> strings;
  if (!value) return strings;
  if (value->kind == ExpressionKind::string) strings.push_back(value->value);
  for (const Expression& element : value->elements) {
    if (element.kind == ExpressionKind::string) strings.push_back(element.value);
  }
  return strings;
}

const Expression* property_value(const syntax::Block& block, std::string_view key) {
  const syntax::Property* property = block.find_property(key);
  return property && property->value ? &*property->value : nullptr;
}

}  // namespace

std::shared_ptr<const Declaration> lower_declaration(std::shared_ptr<const syntax::Block> block,
                                                     const ResolveType& resolve) {
  auto declaration = std::make_shared<Declaration>();
  declaration->kind = block->kind;
  declaration->name = block->name.text;
  declaration->database_name = block->name.text;
  declaration->fields.reserve(block->fields.size());
  for (const syntax::Field& field : block->fields) declaration->fields.push_back(lower_field(field, resolve));
  declaration->index_fields();
  for (std::size_t position = 0; position < block->fields.size(); ++position) {
    for (const Attribute& attribute : block->fields[position].attributes) {
      if (const auto kind = index_kind_of(attribute)) {
        declaration->indexes.push_back(
            lower_field_index(*kind, attribute, block->fields[position].name.text, position));
      }
    }
  }
  for (const syntax::EnumValue& value : block->values) {
    const Attribute* map = value.find_attribute("map");
    auto mapped = map ? mapped_name(*map) : std::nullopt;
    declaration->values.push_back({&value, value.name.text, mapped ? *mapped : std::string(value.name.text)});
  }
  for (const Attribute& attribute : block->attributes) {
    if (const auto kind = index_kind_of(attribute)) {
      declaration->indexes.push_back(lower_block_index(*kind, attribute));
    } else if (attribute.name.text == "map") {
      if (auto mapped = mapped_name(attribute)) {
        declaration->database_name = std::move(*mapped);
        declaration->mapped = true;
      }
    } else if (attribute.name.text == "schema") {
      const Expression* value = value_of(attribute, "map", true);
      // The empty name is a separate schema.
      if (value && value->kind == ExpressionKind::string) declaration->database_schema = value->value;
    } else if (attribute.name.text == "ignore") {
      declaration->ignored = true;
    }
  }
  declaration->block = std::move(block);
  return declaration;
}

Datasource lower_datasource(std::shared_ptr<const syntax::Block> block) {
  Datasource datasource;
  datasource.name = block->name.text;
  if (const Expression* provider = property_value(*block, "provider");
      provider && provider->kind == ExpressionKind::string) {
    datasource.provider_text = provider->value;
    datasource.provider = provider_from(provider->value);
  }
  const Expression* mode = property_value(*block, "relationMode");
  if (!mode) mode = property_value(*block, "referentialIntegrity");  // its name before Prisma 4.5
  datasource.relation_mode_given = mode != nullptr;
  if (datasource.provider) datasource.foreign_keys = connector(*datasource.provider).foreign_keys;
  if (mode && mode->kind == ExpressionKind::string) datasource.foreign_keys = mode->value == "foreignKeys";
  datasource.schemas = strings_of(property_value(*block, "schemas"));
  datasource.has_url = block->find_property("url") != nullptr;
  datasource.block = std::move(block);
  return datasource;
}

Generator lower_generator(std::shared_ptr<const syntax::Block> block) {
  Generator generator;
  generator.name = block->name.text;
  if (const Expression* provider = property_value(*block, "provider");
      provider && provider->kind == ExpressionKind::string) {
    generator.provider = provider->value;
  }
  generator.preview_features = strings_of(property_value(*block, "previewFeatures"));
  generator.block = std::move(block);
  return generator;
}

namespace {

// Of fewer fields each is compared with the name.
constexpr std::size_t kManyFields = 32;

// By type, those without a relation name first.
std::tuple<std::string_view, bool, std::string_view> relation_key(std::string_view type, const std::string* name) {
  return {type, name != nullptr, name ? std::string_view(*name) : std::string_view()};
}

}  // namespace

void Declaration::index_fields() {
  for (std::uint32_t place = 0; place < fields.size(); ++place) {
    if (fields.size() > kManyFields) fields_by_name_.push_back(place);
    if (fields[place].is_relation()) fields_by_relation_.push_back(place);
  }
  std::ranges::stable_sort(fields_by_name_, {}, [&](std::uint32_t place) { return fields[place].name; });
  std::ranges::stable_sort(fields_by_relation_, {}, [&](std::uint32_t place) {
    return relation_key(fields[place].type_name, fields[place].relation_name());
  });
}

const Field* Declaration::find_field(std::string_view field_name) const {
  if (fields_by_name_.empty()) {
    const auto found = std::ranges::find(fields, field_name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
  }
  const auto name_of = [&](std::uint32_t place) { return fields[place].name; };
  const auto found = std::ranges::lower_bound(fields_by_name_, field_name, {}, name_of);
  return found == fields_by_name_.end() || name_of(*found) != field_name ? nullptr : &fields[*found];
}

const Field* Declaration::last_field(std::string_view field_name) const {
  if (fields_by_name_.empty()) {
    const auto found = std::ranges::find(fields.rbegin(), fields.rend(), field_name, &Field::name);
    return found == fields.rend() ? nullptr : &*found;
  }
  const auto name_of = [&](std::uint32_t place) { return fields[place].name; };
  const auto after = std::ranges::upper_bound(fields_by_name_, field_name, {}, name_of);
  return after == fields_by_name_.begin() || name_of(*(after - 1)) != field_name ? nullptr : &fields[*(after - 1)];
}

std::span<const std::uint32_t> Declaration::relation_fields(std::string_view type_name,
                                                            const std::string* relation_name) const {
  const auto found = std::ranges::equal_range(
      fields_by_relation_, relation_key(type_name, relation_name), {},
      [&](std::uint32_t place) { return relation_key(fields[place].type_name, fields[place].relation_name()); });
  return {found.begin(), found.end()};
}

const Index* Declaration::primary_key() const {
  for (const Index& index : indexes) {
    if (index.kind == IndexKind::id) return &index;
  }
  return nullptr;
}

}  // namespace refract::schema
