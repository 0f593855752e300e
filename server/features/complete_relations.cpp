#include "features/complete_relations.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "features/incomplete_relations.h"
#include "schema/naming.h"
#include "schema/new_members.h"
#include "text/unicode.h"
#include "validation/rules/valid_declarations.h"

// The rule is that of prisma-engines, psl/psl-core/src/reformat.rs.
namespace refract::features {
namespace {

using schema::Declaration;
using schema::Field;
using schema::Index;
using schema::IndexKind;
using schema::Placed;
using syntax::Arity;
using Inline = IncompleteRelation;

// The fields of what identifies a row: the primary key, else the first unique key.
std::vector<const Field*> first_key(const Declaration& model) {
  const Index* key = model.primary_key();
  if (key == nullptr) {
    const auto unique = std::ranges::find(model.indexes, IndexKind::unique, &Index::kind);
    if (unique == model.indexes.end()) return {};
    key = &*unique;
  }
  std::vector<const Field*> fields;
  for (const auto& part : key->fields)
    if (const Field* field = part.path.size() == 1 ? model.find_field(part.path.front()) : nullptr)
      fields.push_back(field);
  return fields;
}

bool has_fields(const Field* field) {
  return field && field->relation && field->relation->has_fields;
}

// A scalar field that carries the foreign key, as Prisma would name it.
struct KeyField {
  std::string name;
  Arity arity = Arity::required;
  const Field* existing = nullptr;  // the referencing model has it already
  const Field* referenced = nullptr;
};

std::vector<KeyField> key_fields(const Inline& relation) {
  std::vector<KeyField> fields;
  for (const Field* referenced : first_key(**relation.referenced)) {
    KeyField& field = fields.emplace_back();
    field.name =
        text::with_first_letter((*relation.referenced)->name, false) + text::with_first_letter(referenced->name, true);
    field.referenced = referenced;
    const Field* existing = (*relation.referencing)->find_field(field.name);
    if (existing && !existing->is_relation()) field.existing = existing;
    if (field.existing) {
      field.arity = field.existing->arity;
    } else {
      field.arity = relation.forward ? relation.forward->arity : Arity::optional;
    }
  }
  return fields;
}

std::string fields_argument(const Inline& relation) {
  std::vector<std::string> names;
  for (KeyField& field : key_fields(relation)) names.push_back(std::move(field.name));
  return fmt::format("fields: [{}]", fmt::join(names, ", "));
}

std::string references_argument(const Inline& relation) {
  std::vector<std::string_view> names;
  if (relation.forward && relation.forward->relation && relation.forward->relation->has_references) {
    names = relation.forward->relation->references;
  } else {
    for (const Field* field : schema::referenceable_key(**relation.referenced)) names.push_back(field->name);
  }
  return fmt::format("references: [{}]", fmt::join(names, ", "));
}

class Completion {
 public:
  explicit Completion(const schema::Snapshot& snapshot) : snapshot_(snapshot) {}

  // In the order of the relations: edits at one place keep it, and so the new fields are where Prisma puts them.
  std::vector<validation::FileEdit> run() {
    for (const Inline& relation : incomplete_relations(snapshot_)) {
      if (!relation.back) add_back_field(relation);
      if (!relation.forward) add_forward_field(relation);
      if (!has_fields(relation.forward)) add_key_fields(relation);
      if (relation.forward) add_arguments(relation);
    }
    return std::move(edits_);
  }

 private:
  void add_back_field(const Inline& relation) {
    const Declaration& model = **relation.referencing;
    add_member(*relation.referenced, fmt::format("{} {}{}{}", name_of(model, !relation.one_to_one), model.name,
                                                 relation.one_to_one ? "?" : "[]", model.ignored ? " @ignore" : ""));
  }

  void add_forward_field(const Inline& relation) {
    const auto keys = key_fields(relation);
    const bool optional =
        std::ranges::any_of(keys, [](const KeyField& field) { return field.arity == Arity::optional; });
    const Declaration& model = **relation.referenced;
    add_member(*relation.referencing,
               fmt::format("{} {}{} @relation({}, {})", name_of(model, false), model.name, optional ? "?" : "",
                           fields_argument(relation), references_argument(relation)));
  }

  void add_key_fields(const Inline& relation) {
    for (const KeyField& field : key_fields(relation)) {
      if (field.existing) continue;
      if (field.referenced->kind != schema::TypeKind::scalar) return;
      const std::string_view native = schema::native_type_text(**relation.referenced, *field.referenced);
      const std::string line =
          fmt::format("{}{}{}", schema::field_of_type(field.name, field.referenced->type_name, field.arity),
                      native.empty() ? "" : " ", native);
      add_member(*relation.referencing, line);
    }
  }

  void add_arguments(const Inline& relation) {
    const Field& field = *relation.forward;
    if (!field.relation) {
      // After the whole type: of `Type ?` Prisma takes the name only, and breaks the line.
      add(*relation.referencing, field.syntax->type->range.end,
          fmt::format(" @relation({}, {})", fields_argument(relation), references_argument(relation)));
      return;
    }
    std::vector<std::string> missing;
    if (!field.relation->has_fields) missing.push_back(fields_argument(relation));
    if (!field.relation->has_references) missing.push_back(references_argument(relation));
    if (missing.empty()) return;
    const syntax::Attribute& attribute = *field.relation->attribute;
    const std::string text = fmt::format("{}", fmt::join(missing, ", "));
    // Prisma puts them after the parentheses of `@relation()`, which no version reads.
    if (attribute.arguments.empty())
      add(*relation.referencing, attribute.range.end, "(" + text + ")");
    else
      add(*relation.referencing, attribute.range.end - 1, ", " + text);
  }

  std::string name_of(const Declaration& model, bool list) const {
    return schema::relation_field_name(model.name, list, snapshot_.options().version);
  }

  // In front of the closing brace.
  void add_member(const Placed& model, const std::string& line) {
    add(model, model->block->range.end - 1, line + "\n");
  }

  void add(const Placed& model, text::Offset at, std::string text) {
    edits_.push_back({model.file, {text::Range{at, at}.shifted(model.start), std::move(text)}});
  }

  const schema::Snapshot& snapshot_;
  std::vector<validation::FileEdit> edits_;
};

}  // namespace

std::vector<validation::FileEdit> complete_relations(const schema::Snapshot& snapshot) {
  auto edits = Completion(snapshot).run();
  // Asked last, for most schemas miss nothing.
  if (!edits.empty() && !validation::declarations_are_valid(snapshot)) edits.clear();
  return edits;
}

}  // namespace refract::features
