#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "schema/new_members.h"
#include "support/ascii.h"
#include "text/unicode.h"
#include "validation/core/text_tools.h"
#include "validation/fixes/fix_context.h"
#include "validation/rules/schema_checks.h"

// Relations: arguments that are missing, or are on the wrong side.
namespace refract::validation {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 2> kActions = {"onDelete", "onUpdate"};
constexpr std::array<std::string_view, 5> kSide = {"fields", "references", "onDelete", "onUpdate", "map"};
constexpr std::array<std::string_view, 1> kReferences = {"references"};

const syntax::Attribute* relation_of(const FixContext& context) {
  return context.field ? context.field->find_attribute("relation") : nullptr;
}

void remove_from_relation(FixContext& context, Names names, std::string title) {
  const syntax::Attribute* relation = relation_of(context);
  if (!relation) return;
  auto edits = without_arguments(context.block, *relation, names);
  if (!edits.empty()) context.diagnostic.fix(std::move(title), std::move(edits));
}

// Only on the side that holds no key: the other one needs its arguments.
void remove_where_no_key(FixContext& context, Names names, std::string title) {
  const syntax::Attribute* relation = relation_of(context);
  if (relation && !relation->find_argument("fields")) remove_from_relation(context, names, std::move(title));
}

std::string_view only_id_of(const FixContext& context, std::string_view model) {
  const schema::Placed* target = context.environment.snapshot->find(model);
  const schema::Index* key = target ? (*target)->primary_key() : nullptr;
  if (!key || key->fields.size() != 1 || key->fields.front().path.size() != 1) return {};
  return key->fields.front().path.front();
}

void offer_argument(FixContext& context, const syntax::Attribute& relation, const std::string& argument) {
  context.diagnostic.fix(fmt::format("Add `{}`", argument), {add_argument(context.block, relation, argument)}, true);
}

void add_references(FixContext& context) {
  const schema::Field* field = context.schema_field();
  const schema::Placed* target = field ? context.environment.snapshot->find(field->type_name) : nullptr;
  if (!target || !field->relation || field->relation->has_references) return;
  std::vector<const schema::Field*> columns;
  for (const std::string_view name : field->relation->fields) columns.push_back(context.declaration->find_field(name));
  std::vector<std::string_view> key;
  for (const schema::Field* one : schema::referenceable_key(**target, columns)) key.push_back(one->name);
  if (!key.empty())
    offer_argument(context, *field->relation->attribute, fmt::format("references: [{}]", fmt::join(key, ", ")));
}

// The field that by its name and type holds the key of a relation: `authorId` of `author`.
const schema::Field* key_of(const FixContext& context, const schema::Field& relation) {
  const std::string_view id = only_id_of(context, relation.type_name);
  const schema::Placed* target = context.environment.snapshot->find(relation.type_name);
  if (id.empty() || !target) return nullptr;
  const std::string column = std::string(relation.name) + ascii::with_upper_first(id);
  const schema::Field* key = context.declaration->find_field(column);
  const schema::Field* referred = (*target)->find_field(id);
  return key && referred && key->type_name == referred->type_name ? key : nullptr;
}

void add_fields(FixContext& context) {
  const schema::Field* field = context.schema_field();
  if (!field || !field->relation || field->relation->has_fields) return;
  const schema::Field* key = key_of(context, *field);
  if (key) offer_argument(context, *field->relation->attribute, fmt::format("fields: [{}]", key->name));
}

// `fields: [author]`.
void name_key(FixContext& context) {
  const schema::Field* field = context.schema_field();
  const schema::Field* key = field ? key_of(context, *field) : nullptr;
  if (key) {
    context.diagnostic.fix(fmt::format("Name `{}`", key->name),
                           {{context.diagnostic.at, fmt::format("[{}]", key->name)}}, true);
  }
}

void name_id(FixContext& context) {
  const schema::Field* field = context.schema_field();
  if (!field || !field->relation) return;
  const syntax::Argument* references = field->relation->attribute->find_argument("references");
  const std::string_view id = only_id_of(context, field->type_name);
  if (!references || !references->value || id.empty()) return;
  context.diagnostic.fix(fmt::format("Refer to `{}`", id),
                         {{context.at(references->value->range), fmt::format("[{}]", id)}}, true);
}

void name_in_order(FixContext& context) {
  const schema::Field* field = context.schema_field();
  const schema::Placed* target = field ? context.environment.snapshot->find(field->type_name) : nullptr;
  if (!target || !field->relation || field->relation->fields.size() != field->relation->references.size()) return;
  const auto& references = field->relation->references;
  for (const schema::Index* key : unique_criteria(**target)) {
    std::vector<std::string_view> ordered, fields;
    for (const schema::IndexField& part : key->fields) {
      const auto place = std::ranges::find(references, part.path.back());
      if (place == references.end()) break;
      ordered.push_back(*place);
      fields.push_back(field->relation->fields[static_cast<std::size_t>(place - references.begin())]);
    }
    if (ordered.size() != references.size()) continue;
    const syntax::Attribute& attribute = *field->relation->attribute;
    const syntax::Argument* given_fields = attribute.find_argument("fields");
    const syntax::Argument* given_references = attribute.find_argument("references");
    if (!given_fields || !given_references) return;
    context.diagnostic.fix(
        "Name the fields in the key's order",
        {{context.at(given_fields->value->range), fmt::format("[{}]", fmt::join(fields, ", "))},
         {context.at(given_references->value->range), fmt::format("[{}]", fmt::join(ordered, ", "))}},
        true);
    return;
  }
}

// The fields of the foreign key, and the relation field over them.
void make_key_optional(FixContext& context) {
  const schema::Field* relation = context.schema_field();
  if (!relation || !relation->relation || !context.declaration) return;
  std::vector<BlockEdit> edits;
  std::vector<std::string_view> names;
  const auto make_optional = [&](const schema::Field& field) {
    if (field.arity != syntax::Arity::required || std::ranges::find(names, field.name) != names.end()) return;
    const text::Offset end = field.syntax->type->range.end;
    edits.push_back({context.at({end, end}), "?"});
    names.push_back(field.name);
  };
  for (const schema::Field* field : fields_named(*context.declaration, relation->relation->fields))
    make_optional(*field);
  make_optional(*relation);
  if (!edits.empty()) context.diagnostic.fix(fmt::format("Make {} optional", list_of(names)), std::move(edits), true);
}

void remove_actions_of(FixContext& context, std::string_view action) {
  const syntax::Attribute* relation = relation_of(context);
  if (!relation) return;
  std::vector<std::string_view> names;
  for (std::string_view name : kActions) {
    const syntax::Argument* argument = relation->find_argument(name);
    if (argument && argument->value && argument->value->is_path(action)) names.push_back(name);
  }
  auto edits = without_arguments(context.block, *relation, names);
  if (!edits.empty()) context.diagnostic.fix(fmt::format("Remove `{}`", action), std::move(edits));
}

// The action that the diagnostic marks.
void remove_marked_action(FixContext& context) {
  if (!context.attribute) return;
  for (const syntax::Argument& argument : context.attribute->arguments) {
    if (!argument.name || !argument.value || argument.value->range != context.diagnostic.at.range) continue;
    const std::string_view names[] = {argument.name->text};
    context.diagnostic.fix(fmt::format("Remove `{}`", argument.name->text),
                           without_arguments(context.block, *context.attribute, names));
    return;
  }
}

// Referential actions that run in a circle.
void take_no_action(FixContext& context) {
  const syntax::Attribute* relation = relation_of(context);
  if (!relation || relation->arguments.empty()) return;
  std::string arguments;
  for (const syntax::Argument& argument : relation->arguments) {
    if (argument.name && std::ranges::find(kActions, argument.name->text) != kActions.end()) continue;
    arguments += arguments.empty() ? "" : ", ";
    arguments += context.text(argument.range);
  }
  const text::Range inside{relation->arguments.front().range.begin, relation->arguments.back().range.end};
  context.diagnostic.fix("Set both actions to `NoAction`",
                         {{context.at(inside), arguments + ", onDelete: NoAction, onUpdate: NoAction"}}, true);
}

// Two fields of a self-relation that have no name yet are its two sides.
void name_self_relation(FixContext& context) {
  if (!context.declaration) return;
  std::vector<const schema::Field*> sides;
  for (const schema::Field& field : context.declaration->fields) {
    if (field.is_relation() && field.type_name == context.declaration->name &&
        (!field.relation || !field.relation->name))
      sides.push_back(&field);
  }
  const schema::Field* here = context.schema_field();
  if (sides.size() != 2 || !here || here->type_name != context.declaration->name) return;
  const std::string name = fmt::format("\"{}\"", sides.front()->name);
  std::vector<BlockEdit> edits;
  for (const schema::Field* side : sides) edits.push_back(add_to_relation(context.block, *side->syntax, name));
  context.diagnostic.fix("Name them as the two sides of one relation", std::move(edits));
}

// Both sides of the relation at the field, where it has them, this one first.
std::optional<std::pair<schema::RelationEnd, schema::RelationEnd>> sides_at(const FixContext& context) {
  const schema::Field* field = context.schema_field();
  const schema::Placed* here =
      context.declaration ? context.environment.snapshot->find(context.declaration->name) : nullptr;
  const auto relation = field && here ? context.environment.snapshot->relation_of(*here, *field) : std::nullopt;
  if (!relation || !relation->owner.field || !relation->other.field) return std::nullopt;
  if (relation->owner.field == field) return std::pair(relation->owner, relation->other);
  return std::pair(relation->other, relation->owner);
}

// MongoDB has no table between two models: each side keeps the ids of the other one.
void keep_keys_in_lists(FixContext& context) {
  const auto sides = sides_at(context);
  if (!sides) return;
  const bool self = sides->first.model == sides->second.model;
  const schema::NamingStyle& style = *context.environment.style;
  std::vector<BlockEdit> edits;
  std::vector<std::string> names;
  const auto add = [&](const schema::RelationEnd& end, const schema::RelationEnd& other) {
    const schema::Declaration& here = **end.model;
    const std::string_view id = only_id_of(context, (*other.model)->name);
    const schema::Field* key = id.empty() ? nullptr : (*other.model)->find_field(id);
    if (!key || end.field->arity != syntax::Arity::list) return false;
    if (end.field->relation && (end.field->relation->has_fields || end.field->relation->has_references)) return false;
    const std::string base =
        self ? std::string(end.field->name)
             : schema::relation_field_name((*other.model)->name, false, context.environment.version);
    const std::string name = style.field_name(here, text::with_first_letter(base, false) + "Ids");
    if (here.find_field(name)) return false;
    const std::string arguments = fmt::format("fields: [{}], references: [{}]", name, id);
    const syntax::Attribute* relation = end.field->syntax->find_attribute("relation");
    edits.push_back(relation ? add_argument(*here.block, *relation, arguments)
                             : add_attribute(*here.block, *end.field->syntax, fmt::format("@relation({})", arguments)));
    edits.push_back(add_member(*here.block, schema::scalar_field(style, here, name, key->type_name, syntax::Arity::list,
                                                                 schema::native_type_text(**other.model, *key))));
    names.push_back(fmt::format("{}.{}", here.name, name));
    return true;
  };
  const bool one = sides->first.field == sides->second.field;
  if (one || !add(sides->first, sides->second) || !add(sides->second, sides->first)) return;
  const std::vector<std::string_view> added(names.begin(), names.end());
  context.diagnostic.fix(fmt::format("Keep the keys in {}", list_of(added)), std::move(edits), true);
}

// A table between the two models has the keys.
void remove_keys_of_lists(FixContext& context) {
  constexpr std::array<std::string_view, 2> kKey = {"fields", "references"};
  const auto sides = sides_at(context);
  if (!sides) return;
  std::vector<BlockEdit> edits;
  const auto remove_from = [&](const schema::RelationEnd& end) {
    const syntax::Attribute* relation = end.field->syntax->find_attribute("relation");
    if (relation)
      std::ranges::move(without_arguments(*(*end.model)->block, *relation, kKey), std::back_inserter(edits));
  };
  remove_from(sides->first);
  if (sides->second.field != sides->first.field) remove_from(sides->second);
  if (!edits.empty()) context.diagnostic.fix("Remove `fields` and `references` on both sides", std::move(edits), true);
}

// Both sides of a one-to-one relation have the key: that of one of them goes, and the side is optional then.
void keep_one_key(FixContext& context) {
  const auto sides = sides_at(context);
  if (!sides) return;
  const auto has_key = [](const schema::RelationEnd& end) {
    return end.field->relation && end.field->relation->has_fields;
  };
  if (!has_key(sides->first) || !has_key(sides->second)) return;
  for (const schema::RelationEnd& loses : {sides->first, sides->second}) {
    const syntax::Block& block = *(*loses.model)->block;
    auto edits = without_arguments(block, *loses.field->relation->attribute, kSide);
    const text::Offset type_end = loses.field->syntax->type->range.end;
    if (loses.field->arity == syntax::Arity::required) insert_at(edits, {&block, {type_end, type_end}}, "?");
    context.diagnostic.fix(fmt::format("Remove the key from `{}.{}`", (*loses.model)->name, loses.field->name),
                           std::move(edits));
  }
}

// `fields` on one side and `references` on the other: both go to the side with `fields`.
void join_arguments(FixContext& context) {
  const auto sides = sides_at(context);
  if (!sides) return;
  const auto has = [](const schema::RelationEnd& end, std::string_view argument) {
    return end.field->relation && end.field->relation->attribute->find_argument(argument) != nullptr;
  };
  const schema::RelationEnd* keeps = has(sides->first, "fields") ? &sides->first : &sides->second;
  const schema::RelationEnd* gives = keeps == &sides->first ? &sides->second : &sides->first;
  if (!has(*keeps, "fields") || has(*keeps, "references") || !has(*gives, "references")) return;
  const syntax::Block& from = *(*gives->model)->block;
  const syntax::Argument& references = *gives->field->relation->attribute->find_argument("references");
  const std::string text(std::string_view(from.text).substr(references.range.begin, references.range.size()));
  std::vector<BlockEdit> edits = without_arguments(from, *gives->field->relation->attribute, kReferences);
  edits.push_back(add_argument(*(*keeps->model)->block, *keeps->field->relation->attribute, text));
  context.diagnostic.fix(fmt::format("Move `references` to `{}.{}`", (*keeps->model)->name, keeps->field->name),
                         std::move(edits), true);
}

}  // namespace

void fix_relations(FixContext& context) {
  const Code code = context.diagnostic.code;
  if (code == "relation-without-references") return add_references(context);
  if (code == "relation-without-fields") return add_fields(context);
  if (code == "relation-over-relation" || code == "relation-unknown-field") return name_key(context);
  if (code == "relation-references-relation" || code == "relation-unknown-reference") return name_id(context);
  if (code == "unknown-referential-action") return remove_marked_action(context);
  if (code == "relation-references-order") return name_in_order(context);
  if (code == "relation-arguments-on-list")
    return remove_from_relation(context, kSide, "Remove the key from this side");
  if (code == "relation-references-twice") {
    remove_where_no_key(context, kReferences, "Remove `references`");
    return keep_one_key(context);
  }
  if (code == "relation-fields-twice") return keep_one_key(context);
  if (code == "relation-actions-twice") return remove_where_no_key(context, kActions, "Remove the actions");
  if (code == "relation-actions-misplaced") return remove_from_relation(context, kActions, "Remove the actions");
  if (code == "many-to-many-actions") return remove_from_relation(context, kActions, "Remove the actions");
  if (code == "many-to-many-references" && !context.environment.is(schema::Provider::mongodb)) {
    return remove_from_relation(context, kReferences, "Remove `references`");
  }
  if (code == "empty-relation-name") {
    constexpr std::array<std::string_view, 2> kName = {"", "name"};
    return remove_from_relation(context, kName, "Remove the name");
  }
  if (code == "set-null-on-required") {
    make_key_optional(context);
    return remove_actions_of(context, "SetNull");
  }
  if (code == "many-to-many-unsupported") {
    if (context.environment.is(schema::Provider::mongodb)) return keep_keys_in_lists(context);
    return remove_keys_of_lists(context);
  }
  if (code == "mysql-set-default") return remove_actions_of(context, "SetDefault");
  if (code == "self-relation-cascade" || code == "cascade-cycle" || code == "several-cascade-paths") {
    return take_no_action(context);
  }
  if (code == "relation-arguments-split") return join_arguments(context);
  if (code == "ambiguous-relation") {
    name_self_relation(context);
    name_pairs(context);
  }
}

}  // namespace refract::validation
