#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "features/completion/completion_context.h"
#include "features/type_texts.h"
#include "schema/new_members.h"
#include "validation/rules/index_types.h"
#include "validation/rules/operator_classes.h"
#include "validation/rules/schema_checks.h"

namespace refract::features {
namespace {

using schema::ArgumentSpec;
using schema::ArgumentType;
using schema::AttributeSpec;
using schema::TypeKind;

bool is_one_of(const auto& range, const auto& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

// The declaration that the parts of a path before its last one lead to, through composite types.
const schema::Placed* follow(const CompletionContext& context, const schema::Placed* from, std::string_view path) {
  while (from != nullptr) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) return from;
    const schema::Field* field = (*from)->find_field(path.substr(0, dot));
    from =
        field != nullptr && field->kind == TypeKind::composite_type ? context.snapshot.find(field->type_name) : nullptr;
    path.remove_prefix(dot + 1);
  }
  return nullptr;
}

void add_field(CompletionContext& context, std::string_view name, std::string_view type,
               std::string_view documentation) {
  CompletionItem& item = context.add(CompletionKind::field, name, type, documentation);
  // After a dot only the last part of the path is being typed.
  const std::size_t dot = context.cursor.word_text.rfind('.');
  if (dot != std::string_view::npos) item.replace.begin += static_cast<text::Offset>(dot + 1);
}

// The types, in order, of the fields on the other side of a relation's foreign key: those that `references` names or
// would name, or with `referenced` those that `fields` names. Empty: not known.
std::vector<std::string_view> key_types(const CompletionContext& context, bool referenced) {
  const schema::Field* field =
      context.declaration ? (*context.declaration)->find_field(context.cursor.field_name) : nullptr;
  const schema::Placed* target = context.snapshot.find(context.cursor.field_type_name);
  if (!field || !field->relation || !target) return {};
  const auto& names = referenced ? field->relation->fields : field->relation->references;
  const schema::Declaration& model = referenced ? **context.declaration : **target;
  std::vector<std::string_view> types;
  for (const std::string_view name : names) {
    const schema::Field* named = model.find_field(name);
    types.push_back(named ? named->type_name : std::string_view());
  }
  if (names.empty() && !referenced)
    for (const schema::Field* named : schema::referenceable_key(model)) types.push_back(named->type_name);
  return types;
}

// Whether the field may be the next one on its side of the foreign key.
bool fits_key(const CompletionContext& context, const schema::Field& field, bool referenced,
              const std::vector<std::string_view>& types, std::size_t given) {
  const schema::Field* relation =
      context.declaration ? (*context.declaration)->find_field(context.cursor.field_name) : nullptr;
  const bool required = relation && relation->arity == syntax::Arity::required;
  if (!referenced && required && field.arity == syntax::Arity::optional) return false;
  const bool sets_null = relation && relation->relation &&
                         (relation->relation->on_delete == schema::ReferentialAction::set_null ||
                          relation->relation->on_update == schema::ReferentialAction::set_null);
  if (!referenced && sets_null && field.arity == syntax::Arity::required) return false;
  return given >= types.size() || types[given].empty() || types[given] == field.type_name;
}

// Whether the field may be in the list of the index, key or id around. `alone`: nothing else is in it.
bool may_be_in_list(const CompletionContext& context, const schema::Field& field, bool alone) {
  const std::string_view attribute = context.cursor.attribute;
  const schema::Declaration& model = **context.declaration;
  const auto kind = attribute == "id"         ? schema::IndexKind::id
                    : attribute == "unique"   ? schema::IndexKind::unique
                    : attribute == "fulltext" ? schema::IndexKind::fulltext
                                              : schema::IndexKind::normal;
  if (kind == schema::IndexKind::id &&
      (field.arity != syntax::Arity::required || field.kind == TypeKind::composite_type))
    return false;
  if (!alone && field.kind == TypeKind::composite_type) return false;
  if (alone && kind == schema::IndexKind::unique && context.snapshot.provider() == schema::Provider::mongodb) {
    const schema::Index* key = model.primary_key();
    if (key && key->fields.size() == 1 && key->fields.front().path.front() == field.name) return false;
  }
  // With what is in the list it would be the same as another one.
  auto given = context.line.array_elements();
  given.push_back(field.name);
  const bool repeated = std::ranges::any_of(model.indexes, [&](const schema::Index& other) {
    const bool here = other.attribute != nullptr &&
                      other.attribute->range.shifted(context.declaration->start).touches(context.at.offset);
    return !here && other.kind == kind && kind != schema::IndexKind::id && !other.map &&
           std::ranges::is_permutation(other.fields, given, {}, [](const schema::IndexField& part) {
             return part.path.size() == 1 ? part.path.front() : std::string_view();
           });
  });
  if (repeated) return false;
  const std::string_view native = field.native_type ? std::string_view(field.native_type->name) : std::string_view();
  if (field.native_type &&
      !validation::may_be_indexed(context.connector().provider, kind, native, field.native_type->arguments, false))
    return false;
  const std::string_view algorithm = context.line.argument_value("type");
  return algorithm.empty() || context.snapshot.provider() != schema::Provider::postgresql ||
         validation::takes_without_class(algorithm, field, native);
}

// Whether another relation of the model has the fields given and this one as its key: both would have one name.
bool is_key_of_another(const CompletionContext& context, const schema::Field& field,
                       std::vector<std::string_view> given) {
  given.push_back(field.name);
  return std::ranges::any_of((*context.declaration)->fields, [&](const schema::Field& other) {
    return other.name != context.cursor.field_name && other.relation && !other.relation->map &&
           other.relation->fields == given;
  });
}

// In `references`: what is missing of each key of the model that has the fields named so far, all at once.
void add_references(CompletionContext& context, const schema::Placed& target) {
  const auto given = context.line.array_elements();
  const auto types = key_types(context, true);
  std::vector<std::string> offered;
  for (const schema::Index* key : validation::unique_criteria(*target)) {
    std::vector<const schema::Field*> left;
    std::size_t known = 0;
    bool usable = types.empty() || types.size() == key->fields.size();
    for (const schema::IndexField& part : key->fields) {
      const schema::Field* field = part.path.size() == 1 ? target->find_field(part.path.front()) : nullptr;
      usable = usable && field != nullptr;
      if (!usable) break;
      if (is_one_of(given, field->name)) {
        usable = left.empty();
        ++known;
      } else {
        usable = fits_key(context, *field, true, types, given.size() + left.size());
        left.push_back(field);
      }
    }
    if (!usable || known != given.size() || left.empty()) continue;
    std::vector<std::string_view> names;
    for (const schema::Field* field : left) names.push_back(field->name);
    std::string text = fmt::format("{}", fmt::join(names, ", "));
    if (is_one_of(offered, text)) continue;
    add_field(context, text, fmt::format("{} of {}", left.front()->type_name, target->name),
              left.size() == 1 ? std::string_view(left.front()->syntax->documentation) : std::string_view());
    offered.push_back(std::move(text));
  }
}

// The fields that are allowed in a list of an attribute and not yet in it.
void add_fields(CompletionContext& context, const schema::Placed* declaration, bool relation) {
  const auto given = context.line.array_elements();
  const std::string_view typed = context.cursor.word_text;
  declaration = follow(context, declaration, typed);
  if (declaration == nullptr) return;
  const std::size_t dot = typed.rfind('.');
  const std::string prefix(dot == std::string_view::npos ? std::string_view() : typed.substr(0, dot + 1));
  const auto types = relation ? key_types(context, false) : std::vector<std::string_view>();
  for (const schema::Field& field : (*declaration)->fields) {
    if (!field.is_stored() || is_one_of(given, prefix + std::string(field.name))) continue;
    const bool key = field.kind != TypeKind::composite_type && field.arity != syntax::Arity::list;
    if (relation && (!key || !fits_key(context, field, false, types, given.size()))) continue;
    if (relation && is_key_of_another(context, field, given)) continue;
    if (!relation && dot == std::string_view::npos && !may_be_in_list(context, field, given.empty())) continue;
    add_field(context, field.name, fmt::format("{} of {}", field.type_name, (*declaration)->name),
              field.syntax->documentation);
  }
}

// In a block that nothing closes yet the lines above have to do.
void add_fields_above(CompletionContext& context) {
  const auto given = context.line.array_elements();
  const std::string_view text = context.snapshot.files()[context.at.file].syntax->document().text();
  for (const auto& [name, type] : fields_above(text, context.at.offset)) {
    const schema::Placed* declared = context.snapshot.find(type);
    const bool kept =
        declared != nullptr && ((*declared)->is_enum() || (*declared)->kind == syntax::BlockKind::composite_type);
    if ((kept || schema::scalar_from(type)) && !is_one_of(given, name)) add_field(context, name, type, {});
  }
}

void add_plain(CompletionContext& context, std::initializer_list<std::string_view> values, std::string_view detail) {
  for (const std::string_view value : values) context.add(CompletionKind::value, value, detail, {});
}

bool has_native_type(const CompletionContext& context) {
  return std::ranges::any_of(context.line.attributes(),
                             [](std::string_view name) { return name.find('.') != std::string_view::npos; });
}

// MongoDB generates ids alone, as an ObjectId.
bool may_have_auto(const CompletionContext& context) {
  const auto scalar = schema::scalar_from(context.cursor.field_type_name);
  const schema::NativeTypeSpec* object_id = schema::find_native_type(context.snapshot.provider(), "ObjectId");
  if (!scalar || object_id == nullptr || !is_one_of(object_id->scalars, *scalar)) return false;
  if (context.snapshot.datasource() == nullptr || context.cursor.block_kind != syntax::BlockKind::model) return false;
  const auto given = context.line.attributes();
  const bool fits =
      !has_native_type(context) || is_one_of(given, fmt::format("{}.ObjectId", context.snapshot.datasource()->name));
  return fits && is_one_of(given, std::string_view("id"));
}

void add_function(CompletionContext& context, const schema::FunctionSpec& function) {
  // The parentheses may be there already, and most functions are called without arguments.
  const bool called = context.line.is_followed_by("(");
  if (function.name == "auto" && !may_have_auto(context)) return;
  const bool takes_text = function.name == "dbgenerated";
  const std::string name(function.name);
  Insertion insertion;
  if (called) insertion.plain = name;
  if (takes_text && !called) insertion.snippet = name + "(\"${1}\")$0";
  const bool object_id = function.name == "auto" && !has_native_type(context) && context.line.is_followed_by(")");
  if (object_id) insertion.plain = fmt::format("auto()) @{}.ObjectId", context.snapshot.datasource()->name);
  CompletionItem& item = context.add(CompletionKind::function, name + (takes_text ? "(\"\")" : "()"), "function",
                                     context.worded(function.doc), std::move(insertion), takes_text ? 3 : 1);
  // With what closes the attribute.
  if (object_id) item.replace.end = context.line.end_of_next();
}

// Whether the field may have autoincrement().
bool may_count(const CompletionContext& context, std::optional<schema::ScalarType> scalar) {
  const schema::Connector& connector = context.connector();
  if (!connector.auto_increment) return false;
  if (scalar == schema::ScalarType::int_ && !connector.auto_increment_int) return false;
  if (context.declaration == nullptr) return true;
  const schema::Declaration& model = **context.declaration;
  const auto is_first_of = [&](const schema::Index& index) {
    return !index.fields.empty() && index.fields.front().path.size() == 1 &&
           index.fields.front().path.front() == context.cursor.field_name;
  };
  const schema::Index* key = model.primary_key();
  const bool in_key = key != nullptr && is_first_of(*key) && key->fields.size() == 1;
  if (!connector.auto_increment_off_id && !in_key) return false;
  if (!connector.auto_increment_unindexed && std::ranges::none_of(model.indexes, is_first_of)) return false;
  return connector.auto_increment_repeated || std::ranges::none_of(model.fields, [&](const schema::Field& field) {
           return field.name != context.cursor.field_name && field.default_value && field.default_value->expression &&
                  field.default_value->expression->value == "autoincrement";
         });
}

void add_default_values(CompletionContext& context) {
  const std::string_view type = context.cursor.field_type_name;
  const auto scalar = schema::scalar_from(type);
  const bool list = context.line.type_arity() == syntax::Arity::list;
  const bool element = context.cursor.place == syntax::CursorPlace::array_element;
  if (list && !element) {
    context.add(CompletionKind::snippet, "[]", "list", "The elements of a new record's list.",
                {.plain = {}, .snippet = "[${1}]$0"});
  } else if (const schema::Placed* declared = context.snapshot.find(type);
             declared != nullptr && (*declared)->is_enum()) {
    for (const schema::EnumValue& value : (*declared)->values) {
      context.add(CompletionKind::enum_value, value.name, fmt::format("value of {}", type),
                  value.syntax->documentation);
    }
  } else if (scalar == schema::ScalarType::boolean) {
    add_plain(context, {"true", "false"}, "Boolean");
  }
  if (element) return;
  for (const schema::FunctionSpec& function : schema::default_functions()) {
    const bool known = function.providers.empty() || is_one_of(function.providers, context.snapshot.provider());
    const bool fits = function.scalars.empty() || (scalar && !list && is_one_of(function.scalars, *scalar));
    if (function.name == "autoincrement" && !may_count(context, scalar)) continue;
    if (context.cursor.block_kind == syntax::BlockKind::composite_type &&
        !schema::may_be_in_composite_type(function.name))
      continue;
    if (known && fits && function.since <= context.version()) add_function(context, function);
  }
}

void add_schemas(CompletionContext& context) {
  const schema::Datasource* datasource = context.snapshot.datasource();
  if (datasource == nullptr) return;
  const bool quoted = context.cursor.place == syntax::CursorPlace::string_content;
  for (const std::string& name : datasource->schemas) {
    context.add(CompletionKind::value, name, "schema of the datasource", {},
                {.plain = quoted ? std::string() : fmt::format("\"{}\"", name), .snippet = {}});
  }
}

// SetNull needs optional fields.
void add_actions(CompletionContext& context) {
  const schema::Connector& connector = context.connector();
  const schema::Datasource* datasource = context.snapshot.datasource();
  const bool emulated = datasource != nullptr && !datasource->foreign_keys;
  const schema::Field* field =
      context.declaration == nullptr ? nullptr : (*context.declaration)->find_field(context.cursor.field_name);
  const bool required =
      field != nullptr && field->relation && std::ranges::any_of(field->relation->fields, [&](std::string_view name) {
        const schema::Field* key = (*context.declaration)->find_field(name);
        return key != nullptr && key->arity == syntax::Arity::required;
      });
  for (const schema::ReferentialAction action : emulated ? connector.emulated_actions : connector.referential_actions) {
    if (required && action == schema::ReferentialAction::set_null) continue;
    context.add(CompletionKind::value, schema::to_string(action), "referential action",
                action_doc(context.snapshot, action));
  }
}

// The index types that take the fields given.
void add_algorithms(CompletionContext& context) {
  const auto takes = [&](std::string_view algorithm, const schema::IndexField& part) {
    const schema::Field* field =
        part.path.size() == 1 ? (*context.declaration)->find_field(part.path.front()) : nullptr;
    if (field == nullptr || part.has_operator_class()) return true;
    return validation::takes_without_class(algorithm, *field, field->native_type ? field->native_type->name : "");
  };
  const schema::Index* index = nullptr;
  if (context.declaration != nullptr) {
    for (const schema::Index& one : (*context.declaration)->indexes) {
      if (one.attribute != nullptr &&
          one.attribute->range.shifted(context.declaration->start).touches(context.at.offset))
        index = &one;
    }
  }
  for (const std::string_view algorithm : context.connector().index_algorithms) {
    const bool fits = index == nullptr || std::ranges::all_of(index->fields, [&](const schema::IndexField& part) {
                        return takes(algorithm, part);
                      });
    if (fits) context.add(CompletionKind::value, algorithm, "index type", {});
  }
}

// The names that fields of the other side give and no field here has.
void add_relation_names(CompletionContext& context) {
  const schema::Placed* other = context.snapshot.find(context.cursor.field_type_name);
  if (other == nullptr || context.declaration == nullptr) return;
  const schema::Declaration& own = **context.declaration;
  const auto is_own = [&](const schema::Field& field) {
    return &own == &**other && field.name == context.cursor.field_name;
  };
  const auto is_taken = [&](const std::string& name) {
    // In a self-relation two fields have the name, here one of them does.
    return std::ranges::count_if(own.fields, [&](const schema::Field& field) {
             return field.type_name == (*other)->name && field.relation && field.relation->name == name &&
                    field.name != context.cursor.field_name;
           }) > (&own == &**other ? 1 : 0);
  };
  const bool quoted = context.cursor.place == syntax::CursorPlace::string_content;
  for (const schema::Field& field : (*other)->fields) {
    if (field.type_name != own.name || !field.relation || !field.relation->name || is_own(field)) continue;
    const std::string& name = *field.relation->name;
    if (name.empty() || is_taken(name)) continue;
    context.add(CompletionKind::value, name, fmt::format("relation of {}.{}", (*other)->name, field.name), {},
                {.plain = quoted ? std::string() : fmt::format("\"{}\"", name), .snippet = {}});
  }
}

// The operator classes that fit the index's type and the field.
void add_operator_classes(CompletionContext& context) {
  const std::string_view algorithm = context.line.argument_value("type");
  const schema::Field* field =
      context.declaration == nullptr ? nullptr : (*context.declaration)->find_field(context.cursor.function);
  for (const validation::OperatorClass& known : validation::operator_classes()) {
    if (field == nullptr || !validation::has_word(known.algorithms, algorithm)) continue;
    const bool fits = known.native_types.empty() ? field->arity == syntax::Arity::list
                      : field->native_type       ? validation::has_word(known.native_types, field->native_type->name)
                                                 : known.scalar != nullptr && field->kind == TypeKind::scalar &&
                                                 field->scalar == *known.scalar;
    if (fits) context.add(CompletionKind::value, known.name, "operator class", {});
  }
  context.add(CompletionKind::function, "raw(\"\")", "operator class",
              "The name of any operator class of the database.", {.plain = {}, .snippet = "raw(\"${1}\")$0"}, 3);
}

void add_function_argument(CompletionContext& context, const ArgumentSpec& argument) {
  if (is_one_of(context.cursor.given_arguments, argument.name)) return;
  // `false` is what is in force without it.
  const std::string_view value = argument.type == ArgumentType::boolean ? "true" : "";
  Insertion insertion;
  if (!context.line.is_followed_by(":")) {
    insertion = {.plain = fmt::format("{}: {}", argument.name, value),
                 .snippet = value.empty() ? fmt::format("{}: ${{1}}$0", argument.name) : std::string()};
  }
  context.add(CompletionKind::argument, argument.name, "argument", context.worded(argument.doc), std::move(insertion));
}

// Whether an argument of a field in the list fits here.
bool fits_field(const CompletionContext& context, const AttributeSpec& attribute, const ArgumentSpec& argument) {
  if (!schema::knows(context.connector(), attribute, argument)) return false;
  if (argument.type == ArgumentType::operator_class) return attribute.name == "index";
  return argument.name != "length" || has_length(context, context.cursor.function);
}

}  // namespace

void complete_argument_values(CompletionContext& context, const ArgumentSpec& argument,
                              const AttributeSpec& attribute) {
  switch (argument.type) {
    case ArgumentType::referential_action:
      add_actions(context);
      break;
    case ArgumentType::index_algorithm:
      add_algorithms(context);
      break;
    case ArgumentType::sort_order:
      add_plain(context, {"Asc", "Desc"}, "sort order");
      break;
    case ArgumentType::boolean:
      add_plain(context, {"true", "false"}, "Boolean");
      break;
    case ArgumentType::default_value:
      add_default_values(context);
      break;
    case ArgumentType::condition:
      context.add(CompletionKind::function, "raw(\"\")", "condition", "A condition in SQL.",
                  {.plain = {}, .snippet = "raw(\"${1}\")$0"});
      break;
    case ArgumentType::field_list:
    case ArgumentType::index_field_list:
      if (attribute.name == "relation" && argument.name == "references") {
        const schema::Placed* target = context.snapshot.find(context.cursor.field_type_name);
        if (target != nullptr) add_references(context, *target);
      } else if (context.declaration == nullptr) {
        add_fields_above(context);
      } else {
        add_fields(context, context.declaration, attribute.name == "relation");
      }
      break;
    case ArgumentType::string:
      if (attribute.name == "schema") {
        add_schemas(context);
      } else if (attribute.name == "relation" && argument.name == "name") {
        add_relation_names(context);
      } else if (attribute.name == "map" || argument.name == "map") {
        complete_database_names(context, attribute);
      }
      break;
    case ArgumentType::integer:
    case ArgumentType::operator_class:
      break;
  }
}

bool has_length(const CompletionContext& context, std::string_view field_name) {
  const schema::Field* field =
      context.declaration == nullptr ? nullptr : (*context.declaration)->find_field(field_name);
  // What is not known may have one.
  return field == nullptr || (field->kind == TypeKind::scalar && (field->scalar == schema::ScalarType::string ||
                                                                  field->scalar == schema::ScalarType::bytes));
}

void complete_function_arguments(CompletionContext& context, const AttributeSpec& attribute) {
  const syntax::Cursor& cursor = context.cursor;
  std::vector<ArgumentSpec> arguments;
  if (attribute.name == "default") {
    const schema::FunctionSpec* function = schema::find_default_function(cursor.function);
    if (function == nullptr) return;
    arguments.assign(function->arguments.begin(), function->arguments.end());
  } else if (std::ranges::find(attribute.arguments, ArgumentType::index_field_list, &ArgumentSpec::type) !=
             attribute.arguments.end()) {
    std::ranges::copy_if(schema::index_field_arguments(), std::back_inserter(arguments),
                         [&](const ArgumentSpec& argument) { return fits_field(context, attribute, argument); });
  }
  if (cursor.argument.empty()) {
    for (const ArgumentSpec& argument : arguments) add_function_argument(context, argument);
  } else if (const ArgumentSpec* argument = meant_argument(arguments, cursor.argument)) {
    argument->type == ArgumentType::operator_class ? add_operator_classes(context)
                                                   : complete_argument_values(context, *argument, attribute);
  }
}

}  // namespace refract::features
