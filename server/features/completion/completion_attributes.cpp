#include <fmt/format.h>

#include <algorithm>

#include "features/completion/completion_context.h"
#include "support/ascii.h"
#include "validation/rules/default_content.h"
#include "validation/rules/index_types.h"
#include "validation/rules/operator_classes.h"

namespace refract::features {
namespace {

using schema::AttributeSpec;
using schema::ScalarType;
using schema::Target;
using syntax::BlockKind;

std::optional<Target> member_target(BlockKind kind) {
  switch (kind) {
    case BlockKind::model:
      return Target::model_field;
    case BlockKind::view:
      return Target::view_field;
    case BlockKind::composite_type:
      return Target::composite_field;
    case BlockKind::enumeration:
      return Target::enum_value;
    default:
      return std::nullopt;
  }
}

std::optional<Target> block_target(BlockKind kind) {
  switch (kind) {
    case BlockKind::model:
      return Target::model;
    case BlockKind::view:
      return Target::view;
    case BlockKind::enumeration:
      return Target::enumeration;
    default:
      return std::nullopt;
  }
}

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// Since Prisma 6 a view has neither a primary key nor indexes.
bool fits_view(const CompletionContext& context, const AttributeSpec& spec) {
  if (context.cursor.block_kind != BlockKind::view || context.version() == schema::PrismaVersion::v5) return true;
  return spec.name != "id" && spec.name != "index" && spec.name != "fulltext";
}

// Whether no relation field that is not ignored itself refers to the model: then the model may be ignored.
bool may_be_ignored(const CompletionContext& context) {
  if (context.declaration == nullptr) return true;
  const schema::Declaration& model = **context.declaration;
  return std::ranges::all_of(model.fields, [&](const schema::Field& field) {
    const schema::Placed* other = field.is_relation() ? context.snapshot.find(field.type_name) : nullptr;
    if (other == nullptr || other == context.declaration || (*other)->ignored) return true;
    return std::ranges::none_of(
        (*other)->fields, [&](const schema::Field& back) { return back.type_name == model.name && !back.ignored; });
  });
}

// Whether the provider and the generators' preview features know the attribute.
bool fits_connector(const CompletionContext& context, const AttributeSpec& spec) {
  const schema::Connector& connector = context.connector();
  if (!schema::knows(connector, spec)) return false;
  if (spec.name == "ignore" && spec.block) return may_be_ignored(context);
  if (spec.name == "schema") {
    const schema::Datasource* datasource = context.snapshot.datasource();
    const bool allowed =
        context.version() != schema::PrismaVersion::v5 || context.snapshot.has_preview_feature("multiSchema");
    return allowed && datasource != nullptr && !datasource->schemas.empty();
  }
  if (spec.name == "shardKey") return context.snapshot.has_preview_feature("shardKeys");
  return true;
}

// A model has one primary key. The one that the cursor is in does not count.
bool has_other_key(const CompletionContext& context) {
  if (context.declaration == nullptr) return false;
  const schema::Index* key = (*context.declaration)->primary_key();
  if (key == nullptr || key->attribute == nullptr) return false;
  return !key->attribute->range.shifted(context.declaration->start).touches(context.at.offset);
}

// Whether a field of this type may have the attribute.
bool type_takes(const CompletionContext& context, const AttributeSpec& spec, std::string_view type) {
  const auto scalar = schema::scalar_from(type);
  const bool unsupported = type.starts_with("Unsupported");
  const schema::Placed* declared = scalar ? nullptr : context.snapshot.find(type);
  // A type that is not declared may become anything.
  if (!scalar && !unsupported && declared == nullptr) return true;
  const bool composite = declared != nullptr && (*declared)->kind == BlockKind::composite_type;
  const bool relation = declared != nullptr && !composite && !(*declared)->is_enum();
  const syntax::Arity arity = context.line.type_arity();
  if (spec.name == "relation") return relation;
  if (spec.name == "ignore") {
    const bool with_model = context.declaration != nullptr && (*context.declaration)->ignored;
    return !unsupported && !with_model;
  }
  if (relation) return false;
  if (spec.name == "updatedAt") return scalar == ScalarType::date_time && arity != syntax::Arity::list;
  if (spec.name == "id") {
    const bool fits = !scalar || validation::may_be_id(context.connector().provider, *scalar);
    return fits && arity == syntax::Arity::required && !composite && !unsupported;
  }
  if (spec.name == "default") return !composite;
  return true;
}

bool fits_field(const CompletionContext& context, const AttributeSpec& spec) {
  const auto given = context.line.attributes();
  // An id is unique by itself.
  if (spec.name == "unique" && contains(given, "id")) return false;
  if (spec.name == "id" && (contains(given, "unique") || has_other_key(context))) return false;
  if (spec.name == "unique" && context.declaration != nullptr) {
    const auto same = [&](const schema::Index& index) {
      return index.kind == schema::IndexKind::unique && !index.map && index.attribute != nullptr &&
             index.attribute->block && index.fields.size() == 1 && index.fields.front().path.size() == 1 &&
             index.fields.front().path.front() == context.cursor.field_name;
    };
    if (std::ranges::any_of((*context.declaration)->indexes, same)) return false;
  }
  if (spec.name == "unique" || spec.name == "id") {
    const auto kind = spec.name == "id" ? schema::IndexKind::id : schema::IndexKind::unique;
    const auto long_type = [&](std::string_view name) {
      const std::size_t dot = name.find('.');
      return dot != std::string_view::npos &&
             !validation::may_be_indexed(context.connector().provider, kind, name.substr(dot + 1),
                                         {std::string(context.line.begin_of_arguments(name))}, false);
    };
    if (std::ranges::any_of(given, long_type)) return false;
  }
  return type_takes(context, spec, context.cursor.field_type_name);
}

bool takes(const schema::NativeTypeSpec& type, ScalarType scalar) {
  return std::ranges::find(type.scalars, scalar) != type.scalars.end();
}

// Whether the default that is on the line is one of this type.
bool default_fits(const CompletionContext& context, std::string_view type) {
  std::string_view value = context.line.begin_of_arguments("default");
  if (value.empty()) return true;
  const auto scalar = schema::scalar_from(type);
  const schema::Placed* declared = context.snapshot.find(type);
  const bool is_enum = !scalar && declared != nullptr && (*declared)->is_enum();
  if (!scalar && !is_enum) return false;
  if (value.ends_with('(')) {
    const schema::FunctionSpec* function = schema::find_default_function(value.substr(0, value.size() - 1));
    if (function == nullptr || function->scalars.empty()) return true;
    if (function->name == "autoincrement" && scalar == ScalarType::int_ && !context.connector().auto_increment_int)
      return false;
    return scalar && std::ranges::find(function->scalars, *scalar) != function->scalars.end();
  }
  const bool list = context.line.type_arity() == syntax::Arity::list;
  if (list != (value.front() == '[')) return false;
  if (list) value.remove_prefix(1);
  if (value.empty()) return true;
  if (is_enum) return (*declared)->block->find_value(value) != nullptr;
  const bool word = value == "true" || value == "false";
  const bool number = ascii::is_digit(value.front()) || value.front() == '-';
  const bool whole = scalar == ScalarType::int_ || scalar == ScalarType::big_int;
  if (number && whole && value.contains('.')) return false;
  const bool string = value.front() == '"' && value.size() > 1;
  if (!word && !number && !string) return false;
  if (string && !validation::is_content_of(*scalar, value.substr(1, value.size() - 2), context.version())) return false;
  return schema::takes_literal(*scalar, word     ? schema::LiteralKind::boolean
                                        : number ? schema::LiteralKind::number
                                                 : schema::LiteralKind::string);
}

// Whether it is there already, at the cursor itself left out.
bool is_given(const CompletionContext& context, const AttributeSpec& spec) {
  if (spec.repeatable) return false;
  if (!spec.block) return contains(context.line.attributes(), spec.name);
  if (context.cursor.block == nullptr) return false;
  if (spec.name == "id") return has_other_key(context);
  const syntax::Attribute* given = context.cursor.block->block->find_attribute(spec.name);
  return given != nullptr && !context.cursor.block->in_file(given->range).touches(context.at.offset);
}

// What is inside the parentheses of an inserted attribute; "$" marks where one types on. Empty: no parentheses.
std::string_view arguments_of(const AttributeSpec& spec) {
  if (spec.name == "relation") return "fields: [${1}], references: [${2}]";
  if (spec.name == "default") return "${1}";
  if (spec.name == "map" || spec.name == "schema") return "\"${1}\"";
  return spec.block && spec.name != "ignore" ? "[${1}]" : "";
}

// The list side of a relation, and both sides of a many-to-many one, hold no fields.
bool relation_holds_key(const CompletionContext& context) {
  return context.line.type_arity() != syntax::Arity::list;
}

// The item replaces the attribute's text; directly after a parenthesis a space comes before it.
void place_attribute(const CompletionContext& context, CompletionItem& item) {
  item.replace = context.line.attribute_range();
  const std::string_view text = context.snapshot.files()[context.at.file].syntax->document().text();
  if (item.replace.begin > 0 && text[item.replace.begin - 1] == ')') item.insert.insert(0, " ");
}

void add_attribute(CompletionContext& context, const AttributeSpec& spec) {
  const std::string name = fmt::format("{}{}", spec.block ? "@@" : "@", spec.name);
  std::string snippet;
  std::string_view arguments = arguments_of(spec);
  if (spec.name == "relation" && !relation_holds_key(context)) arguments = "\"${1}\"";
  std::string plain;
  // The one name that the key of a document has.
  const bool document_key = spec.name == "id" && !spec.block && !context.line.is_followed_by("(") &&
                            context.snapshot.provider() == schema::Provider::mongodb &&
                            !contains(context.line.attributes(), "map") && context.cursor.field_name != "_id";
  if (document_key) plain = "@id @map(\"_id\")";
  if (!arguments.empty() && !context.line.is_followed_by("(")) snippet = fmt::format("{}({})$0", name, arguments);
  CompletionItem& item = context.add(CompletionKind::attribute, name, "attribute", context.worded(spec.doc),
                                     {.plain = std::move(plain), .snippet = std::move(snippet)});
  place_attribute(context, item);
}

// The datasource's name, after whose dot the native types follow.
void add_native_prefix(CompletionContext& context, const schema::Datasource& datasource, ScalarType scalar) {
  const auto types = schema::native_types(context.snapshot.provider());
  if (std::ranges::none_of(types, [&](const auto& type) { return takes(type, scalar); })) return;
  const std::string prefix = fmt::format("{}.", datasource.name);
  const std::string_view text = context.snapshot.files()[context.at.file].syntax->document().text();
  if (text.substr(context.cursor.word.begin, context.cursor.word.size()).starts_with(prefix)) return;
  const auto given = context.line.attributes();
  if (std::ranges::any_of(given, [&](std::string_view name) { return name.starts_with(prefix); })) return;
  CompletionItem& item =
      context.add(CompletionKind::attribute, fmt::format("@{}", datasource.name), "native types",
                  "The type of the column in the database.", {.plain = fmt::format("@{}", prefix), .snippet = {}}, 2);
  place_attribute(context, item);
}

void add_native_type(CompletionContext& context, const schema::NativeTypeSpec& type, text::Range replace) {
  const bool has_arguments = context.line.is_followed_by("(");
  if (type.min_arguments == 0 || has_arguments) {
    context.add(CompletionKind::native_type, type.name, "native type", type.doc).replace = replace;
  }
  if (type.max_arguments == 0 || has_arguments) return;
  std::string places;
  for (int i = 1; i <= std::max<int>(type.min_arguments, 1); ++i)
    places += fmt::format("{}${{{}}}", i > 1 ? ", " : "", i);
  context
      .add(CompletionKind::native_type, fmt::format("{}()", type.name), "native type", type.doc,
           {.plain = {}, .snippet = fmt::format("{}({})$0", type.name, places)})
      .replace = replace;
}

// The kinds of indexes that the field at the cursor is in, one over a prefix of its value left out. Its line need not
// parse.
std::vector<schema::IndexKind> index_kinds(const CompletionContext& context) {
  std::vector<schema::IndexKind> kinds;
  const auto given = context.line.attributes();
  if (contains(given, "id")) kinds.push_back(schema::IndexKind::id);
  if (contains(given, "unique")) kinds.push_back(schema::IndexKind::unique);
  if (context.declaration == nullptr) return kinds;
  for (const schema::Index& index : (*context.declaration)->indexes) {
    const bool has_field = std::ranges::any_of(index.fields, [&](const schema::IndexField& part) {
      return part.path.size() == 1 && part.path.front() == context.cursor.field_name && !part.length;
    });
    if (has_field) kinds.push_back(index.kind);
  }
  return kinds;
}

// Whether the types and operator classes of PostgreSQL's indexes over the field take the native type.
bool takes_index_types(const CompletionContext& context, ScalarType scalar, std::string_view native) {
  if (context.declaration == nullptr || context.snapshot.provider() != schema::Provider::postgresql) return true;
  schema::Field field;
  field.kind = schema::TypeKind::scalar;
  field.scalar = scalar;
  field.arity = context.line.type_arity();
  const auto takes = [&](const schema::Index& index, const schema::IndexField& part) {
    if (part.path.size() != 1 || part.path.front() != context.cursor.field_name || part.raw_operator_class) return true;
    if (part.operator_class.empty())
      return index.algorithm.empty() || validation::takes_without_class(index.algorithm, field, native);
    const auto* known = validation::find_operator_class(part.operator_class);
    return known == nullptr || known->native_types.empty() || validation::has_word(known->native_types, native);
  };
  return std::ranges::all_of((*context.declaration)->indexes, [&](const schema::Index& index) {
    return std::ranges::all_of(index.fields, [&](const schema::IndexField& part) { return takes(index, part); });
  });
}

// After "@db.": the native types that the field's type may be kept as.
void complete_native_types(CompletionContext& context, std::size_t dot) {
  const schema::Datasource* datasource = context.snapshot.datasource();
  const auto scalar = schema::scalar_from(context.cursor.field_type_name);
  if (datasource == nullptr || !scalar || context.cursor.word_text.substr(0, dot) != datasource->name) return;
  text::Range replace = context.cursor.word;
  replace.begin += static_cast<text::Offset>(dot + 1);
  const auto kinds = index_kinds(context);
  for (const schema::NativeTypeSpec& type : schema::native_types(context.snapshot.provider())) {
    const bool indexed = std::ranges::all_of(kinds, [&](schema::IndexKind kind) {
      return validation::may_be_indexed(context.snapshot.provider(), kind, type.name, {}, false);
    });
    if (indexed && takes(type, *scalar) && takes_index_types(context, *scalar, type.name))
      add_native_type(context, type, replace);
  }
}

// Whether a field of this type may be where the index has the field at the cursor.
bool fits_index(const CompletionContext& context, const schema::Index& index, std::string_view type) {
  const std::string_view name = context.cursor.field_name;
  const auto scalar = schema::scalar_from(type);
  std::string_view native;
  for (const std::string_view attribute : context.line.attributes())
    if (const std::size_t dot = attribute.find('.'); dot != std::string_view::npos) native = attribute.substr(dot + 1);
  for (const schema::IndexField& part : index.fields) {
    if (part.path.empty() || part.path.front() != name) continue;
    if (index.kind == schema::IndexKind::id && scalar && !validation::may_be_id(context.connector().provider, *scalar))
      return false;
    const schema::Placed* declared = context.snapshot.find(type);
    const bool composite = !scalar && declared != nullptr && (*declared)->kind == BlockKind::composite_type;
    if (composite && (index.fields.size() > 1 || part.path.size() > 1 || index.kind == schema::IndexKind::id))
      return part.path.size() > 1;
    if (context.snapshot.provider() != schema::Provider::postgresql || part.raw_operator_class) continue;
    schema::Field field;
    field.kind = scalar ? schema::TypeKind::scalar : schema::TypeKind::enumeration;
    field.scalar = scalar.value_or(ScalarType::string);
    field.arity = context.line.type_arity();
    if (part.operator_class.empty()) {
      const std::string_view algorithm = index.algorithm.empty() ? std::string_view("BTree") : index.algorithm;
      if (!validation::takes_without_class(algorithm, field, native)) return false;
    } else if (const auto* known = validation::find_operator_class(part.operator_class)) {
      if (field.arity != syntax::Arity::list && (known->scalar == nullptr || scalar != *known->scalar)) return false;
    }
  }
  if (index.where == nullptr) return true;
  // `{ name: "x" }`
  const std::string_view condition = index.where->text;
  const std::size_t at = condition.find(fmt::format("{}:", name));
  if (at == std::string_view::npos) return true;
  const std::size_t value = condition.find_first_not_of(' ', at + name.size() + 1);
  if (value == std::string_view::npos) return true;
  const char first = condition[value];
  if (first == '"') return !scalar || validation::takes_in_condition(*scalar, schema::LiteralKind::string);
  if (ascii::is_digit(first)) return scalar && validation::takes_in_condition(*scalar, schema::LiteralKind::number);
  const bool word = condition.substr(value).starts_with("true") || condition.substr(value).starts_with("false");
  return !word || scalar == ScalarType::boolean;
}

// A field of a foreign key has the type of what it refers to, and the other way round.
bool fits_keys(const CompletionContext& context, std::string_view type) {
  if (context.declaration == nullptr) return true;
  const std::string_view name = context.cursor.field_name;
  const auto place_in = [](const std::vector<std::string_view>& names, std::string_view wanted) {
    return static_cast<std::size_t>(std::ranges::find(names, wanted) - names.begin());
  };
  const auto type_at = [](const schema::Declaration& model, const std::vector<std::string_view>& names,
                          std::size_t place) -> std::string_view {
    const schema::Field* field = place < names.size() ? model.find_field(names[place]) : nullptr;
    return field == nullptr || field->kind == schema::TypeKind::unknown ? std::string_view() : field->type_name;
  };
  const schema::Declaration& model = **context.declaration;
  for (const schema::Index& index : model.indexes)
    if (!fits_index(context, index, type)) return false;
  for (const schema::Field& relation : model.fields) {
    const schema::Placed* other = relation.is_relation() ? context.snapshot.find(relation.type_name) : nullptr;
    if (other == nullptr) continue;
    if (relation.relation) {
      const auto wanted = type_at(**other, relation.relation->references, place_in(relation.relation->fields, name));
      if (!wanted.empty() && wanted != type) return false;
    }
    for (const schema::Field& back : (*other)->fields) {
      if (back.type_name != model.name || !back.relation) continue;
      const auto wanted = type_at(**other, back.relation->fields, place_in(back.relation->references, name));
      if (!wanted.empty() && wanted != type) return false;
    }
  }
  return true;
}

}  // namespace

bool attributes_fit(const CompletionContext& context, std::string_view type) {
  const auto scalar = schema::scalar_from(type);
  for (const std::string_view name : context.line.attributes()) {
    const std::size_t dot = name.find('.');
    if (dot != std::string_view::npos) {
      const auto* native = schema::find_native_type(context.snapshot.provider(), name.substr(dot + 1));
      if (!scalar || (native != nullptr && !takes(*native, *scalar))) return false;
      continue;
    }
    const AttributeSpec* spec = schema::find_attribute(name, false);
    if (spec != nullptr && !type_takes(context, *spec, type)) return false;
  }
  return default_fits(context, type) && fits_keys(context, type);
}

void complete_attributes(CompletionContext& context) {
  const bool block = context.cursor.place != syntax::CursorPlace::field_attribute;
  const BlockKind kind = context.cursor.block_kind;
  const std::size_t dot = context.cursor.word_text.find('.');
  if (!block && dot != std::string_view::npos) {
    complete_native_types(context, dot);
    return;
  }
  const auto target = block ? block_target(kind) : member_target(kind);
  if (!target) return;
  const bool field = !block && kind != BlockKind::enumeration;
  for (const AttributeSpec& spec : schema::attributes()) {
    if (spec.block != block || (spec.targets & static_cast<std::uint8_t>(*target)) == 0) continue;
    if (!fits_connector(context, spec) || !fits_view(context, spec) || is_given(context, spec)) continue;
    if (field && !fits_field(context, spec)) continue;
    add_attribute(context, spec);
  }
  const schema::Datasource* datasource = context.snapshot.datasource();
  const auto scalar = schema::scalar_from(context.cursor.field_type_name);
  if (field && datasource != nullptr && scalar) add_native_prefix(context, *datasource, *scalar);
}

}  // namespace refract::features
