#include <fmt/format.h>

#include <algorithm>

#include "features/refactor/refactoring_families.h"
#include "features/refactor/schema_change.h"
#include "schema/naming.h"
#include "schema/new_members.h"
#include "support/ascii.h"
#include "syntax/characters.h"

// Between a String field and an enum.
namespace refract::features {
namespace {

using schema::Field;
using schema::Placed;
using syntax::Expression;
using syntax::ExpressionKind;

// The literals of a default, one or a list. nullopt: it is something else.
std::optional<std::vector<const Expression*>> literals_of(const Field& field, ExpressionKind kind) {
  std::vector<const Expression*> found;
  if (!field.default_value) return found;
  const Expression* value = field.default_value->expression;
  if (value == nullptr) return std::nullopt;
  if (value->kind == ExpressionKind::array) {
    for (const Expression& element : value->elements) found.push_back(&element);
  } else {
    found.push_back(value);
  }
  if (!std::ranges::all_of(found, [&](const Expression* one) { return one->kind == kind; })) return std::nullopt;
  return found;
}

// A name made of a text: letters, digits and underscores, a letter first.
std::string value_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if (ascii::is_letter_or_digit(c) || (c == '_' && !name.empty())) {
      if (ascii::is_digit(c) && name.empty()) name += "VALUE_";
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (name.ends_with('_')) name.pop_back();
  return name.empty() ? "VALUE" : name;
}

struct Value {
  std::string name;
  std::string text;
};

// `a, b` or `a | b` in the comment at the field's line end; empty: it lists no such words.
std::vector<std::string> values_in_comment(const syntax::Block& block, const syntax::Field& field) {
  const std::size_t end = syntax::line_end(block.text, field.range.end);
  std::string_view rest = std::string_view(block.text).substr(field.range.end, end - field.range.end);
  const std::size_t slashes = rest.find("//");
  if (slashes == std::string_view::npos) return {};
  rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of('/', slashes)));
  const char separator = rest.find('|') != std::string_view::npos ? '|' : ',';
  std::vector<std::string> values;
  for (;;) {
    const std::size_t part_end = std::min(rest.find(separator), rest.size());
    std::string_view part = rest.substr(0, part_end);
    part.remove_prefix(std::min(part.find_first_not_of(" \t\"'`"), part.size()));
    part = part.substr(0, part.find_last_not_of(" \t\"'`.") + 1);
    if (part.empty() || value_name(part) != part) return {};
    values.emplace_back(part);
    if (part_end == rest.size()) break;
    rest.remove_prefix(part_end + 1);
  }
  return values.size() < 2 ? std::vector<std::string>{} : values;
}

// A native type that means no more than "text": an enum can replace it.
bool is_plain_text(const Field& field) {
  if (!field.native_type) return true;
  constexpr std::string_view kText[] = {"Text", "VarChar", "Char", "String", "NVarChar", "NChar", "TinyText"};
  return contains(kText, field.native_type->name);
}

// Whether the field's type matters elsewhere: in a foreign key, or in an index that asks something of it.
bool type_is_bound(const schema::Snapshot& snapshot, const Placed& placed, const Field& field) {
  const bool in_relation = std::ranges::any_of(placed->fields, [&](const Field& other) {
    const auto relation = snapshot.relation_of(placed, other);
    if (!relation || !relation->owner.field || !relation->owner.field->relation) return false;
    const schema::RelationAttribute& attribute = *relation->owner.field->relation;
    return (relation->owner.model == &placed && contains(attribute.fields, field.name)) ||
           (relation->other.model == &placed && contains(attribute.references, field.name));
  });
  return in_relation || std::ranges::any_of(placed->indexes, [&](const schema::Index& index) {
           const bool special = index.kind == schema::IndexKind::fulltext || !index.algorithm.empty() ||
                                index.where != nullptr ||
                                std::ranges::any_of(index.fields, [](const schema::IndexField& part) {
                                  return part.length || part.has_operator_class();
                                });
           return special && (index.where != nullptr || has_field(index, field.name));
         });
}

std::vector<Value> values_of(const Placed& placed, const Field& field, const std::vector<const Expression*>& defaults) {
  std::vector<Value> values;
  const auto add = [&](const std::string& text) {
    if (contains(values, text, &Value::text)) return;
    const std::string name = schema::free_name(
        value_name(text), [&](const std::string& tried) { return contains(values, tried, &Value::name); });
    values.push_back({name, text});
  };
  for (const std::string& text : values_in_comment(*placed->block, *field.syntax)) add(text);
  for (const Expression* literal : defaults) add(literal->value);
  if (values.empty()) add("VALUE");
  return values;
}

void add_extraction(const RefactoringContext& context, const Field& field, std::vector<Refactoring>& found) {
  if (field.kind != schema::TypeKind::scalar || field.scalar != schema::ScalarType::string) return;
  if (!context.connector().enums || !is_plain_text(field) || type_is_bound(context.snapshot, context.placed, field))
    return;
  const auto defaults = literals_of(field, ExpressionKind::string);
  if (!defaults) return;
  // An enum's value is a name; the empty text has none that the database would keep.
  if (std::ranges::any_of(*defaults, [](const Expression* one) { return one->value.empty(); })) return;
  const std::vector<Value> values = values_of(context.placed, field, *defaults);
  std::string name = pascal_case(field.name);
  if (context.snapshot.find(name)) name = pascal_case(context.placed->name) + name;
  name = free_type_name(context.snapshot, name);
  SchemaChange change;
  change.replace(context.placed, field.syntax->type->name.range, name);
  if (field.native_type) change.remove(context.placed, *field.native_type->attribute);
  for (const Expression* literal : *defaults) {
    const auto value = std::ranges::find(values, literal->value, &Value::text);
    change.replace(context.placed, literal->range, value->name);
  }
  std::vector<std::string> members;
  for (const Value& value : values) {
    members.push_back(value.name == value.text ? value.name
                                               : fmt::format("{} @map({})", value.name, quoted(value.text)));
  }
  change.add_block_after(context.placed,
                         schema::new_block(schema::NamingStyle(context.snapshot), syntax::BlockKind::enumeration, name,
                                           members, context.placed->database_schema));
  found.push_back({fmt::format("Turn {} into the enum {}", field.name, name), RefactoringKind::extract,
                   change.edits(context.snapshot)});
}

// nullopt: a field uses it in a way that text cannot represent.
std::optional<SchemaChange> inlined(const schema::Snapshot& snapshot, const Placed& enumeration) {
  SchemaChange change;
  for (const Placed& placed : snapshot.declarations()) {
    for (const Field& field : placed->fields) {
      if (field.kind != schema::TypeKind::enumeration || field.type_name != enumeration->name) continue;
      const auto defaults = literals_of(field, ExpressionKind::path);
      if (!defaults || type_is_bound(snapshot, placed, field)) return std::nullopt;
      change.replace(placed, field.syntax->type->name.range, "String");
      for (const Expression* literal : *defaults) {
        const auto value = std::ranges::find(enumeration->values, literal->value, &schema::EnumValue::name);
        if (value == enumeration->values.end()) return std::nullopt;
        change.replace(placed, literal->range, quoted(value->database_name));
      }
    }
  }
  change.remove_block(enumeration);
  return change;
}

void add_inlining(const RefactoringContext& context, const Placed& enumeration, std::vector<Refactoring>& found) {
  const bool declared_once = std::ranges::count(context.snapshot.declarations(), enumeration->name,
                                                [](const Placed& placed) { return placed->name; }) == 1;
  if (!declared_once) return;
  const auto change = inlined(context.snapshot, enumeration);
  if (!change) return;
  found.push_back({fmt::format("Replace the enum {} by String", enumeration->name), RefactoringKind::inlined,
                   change->edits(context.snapshot)});
}

}  // namespace

void add_enum_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found) {
  if (context.placed->is_enum() && context.at_header) add_inlining(context, context.placed, found);
  const Field* field = context.field();
  if (field == nullptr) return;
  if (context.placed->is_model()) add_extraction(context, *field, found);
  if (field->kind != schema::TypeKind::enumeration) return;
  if (const Placed* enumeration = context.snapshot.find(field->type_name)) add_inlining(context, *enumeration, found);
}

}  // namespace refract::features
