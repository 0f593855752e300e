#include <algorithm>

#include <fmt/format.h>

#include "schema/naming.h"
#include "schema/new_members.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/pieces.h"
#include "validation/rules/schema_checks.h"

// Rules on both sides of a relation. A relation is checked with the model of its owner.
namespace refract::validation {
namespace {

using schema::Field;
using schema::Index;
using schema::ReferentialAction;
using schema::Relation;
using schema::RelationEnd;
using schema::RelationKind;
using syntax::Arity;

Place line_of(const RelationEnd& end) {
  return {(*end.model)->block.get(), end.field->syntax->line};
}
bool gives_fields(const RelationEnd& end) {
  return end.field->relation && !end.field->relation->fields.empty();
}
bool gives_references(const RelationEnd& end) {
  return end.field->relation && !end.field->relation->references.empty();
}
bool gives_actions(const RelationEnd& end) {
  return end.field->relation && (end.field->relation->on_delete || end.field->relation->on_update);
}
std::string name_of(const RelationEnd& end) {
  return fmt::format("{}.{}", (*end.model)->name, end.field->name);
}

// A free name for the field of `model` that is the other side of `opposite`, a field of `type`.
std::string free_name(const Subject& subject, const schema::Declaration& model, std::string_view type, bool list,
                      std::string_view opposite) {
  return schema::relation_field_name_beside(type, list, opposite, subject.environment.version,
                                            [&](const std::string& name) { return model.find_field(name) != nullptr; });
}

class RelationCheck {
 public:
  // `groups` counts the conditional groups of diagnostics made for this model so far.
  RelationCheck(Subject& subject, const Relation& relation, int& groups)
      : subject_(subject), relation_(relation), owner_(relation.owner), other_(relation.other), groups_(groups) {}

  void run() {
    const bool complete = owner_.field && other_.field;
    if (complete) check_cascades(subject_, relation_);
    if (owner_.field && owner_.field->relation) check_owner();
    if (!complete) {
      report_missing_side();
      if (relation_.kind == RelationKind::one_to_one) check_unique();
      return;
    }
    if (relation_.kind == RelationKind::one_to_one)
      check_one_to_one();
    else
      check_one_to_many();
  }

 private:
  BlockDiagnostic& reject(Code code, Place at, std::string message, std::string help) {
    BlockDiagnostic& diagnostic = subject_.report.error(code, at, std::move(message)).advise(std::move(help));
    diagnostic.fact("relation", relation_.name);
    return diagnostic;
  }

  const schema::Declaration& owner_model() const { return **owner_.model; }
  const schema::Declaration& other_model() const { return **other_.model; }
  const schema::RelationAttribute& attribute() const { return *owner_.field->relation; }

  // The arguments of the owner, whatever the kind of relation.
  void check_owner() {
    const auto fields = fields_named(owner_model(), attribute().fields);
    const auto references = fields_named(other_model(), attribute().references);
    check_references_unique(references);
    if (attribute().has_fields && attribute().has_references && fields.size() != references.size()) {
      reject("relation-field-count", {owner_model().block.get(), attribute().attribute->span},
             fmt::format("`fields` names {} field(s), but `references` {}.", fields.size(), references.size()),
             "Name as many fields on both sides.");
    }
    check_arity(fields);
    const auto targets = attribute().has_references ? references : inferred_references();
    for (std::size_t i = 0; i < fields.size() && i < targets.size(); ++i) check_types(*fields[i], *targets[i]);
    check_set_null(fields);
  }

  // What a relation without `references` would refer to: the first key of required fields.
  std::vector<const Field*> inferred_references() {
    for (const Index* index : unique_criteria(other_model())) {
      const auto fields = fields_of(subject_.snapshot(), other_model(), *index);
      const bool strict = std::ranges::all_of(fields, [](const Field* field) {
        return field->arity != Arity::optional && field->kind != schema::TypeKind::unsupported;
      });
      if (strict) return fields;
    }
    return {};
  }

  void check_references_unique(const std::vector<const Field*>& references) {
    if (references.empty()) return;
    std::vector<std::string_view> wanted;
    for (const Field* field : references) wanted.push_back(field->name);
    std::vector<std::string_view> sorted = wanted;
    std::ranges::sort(sorted);
    bool same_set = false, same_order = false;
    for (const Index* index : unique_criteria(other_model())) {
      std::vector<std::string_view> key;
      for (const Field* field : fields_of(subject_.snapshot(), other_model(), *index)) key.push_back(field->name);
      same_order |= key == wanted;
      std::ranges::sort(key);
      same_set |= key == sorted;
    }
    if (!same_set) {
      BlockDiagnostic& diagnostic =
          reject("relation-references-not-unique", line_of(owner_),
                 fmt::format("`references` names {}, which is neither an id nor a unique key of `{}`.", list_of(wanted),
                             other_model().name),
                 "Refer to the id, or make the fields unique.");
      if (references.size() == 1 && references.front()->arity != Arity::list) {
        diagnostic.fix(fmt::format("Make `{}` unique", name_of({other_.model, references.front()})),
                       {add_attribute(*other_model().block, *references.front()->syntax, "@unique")});
      } else if (references.size() > 1) {
        const std::string line = fmt::format("@@unique([{}])", fmt::join(wanted, ", "));
        diagnostic.fix(fmt::format("Add {} to `{}`", line, other_model().name),
                       {add_member(*other_model().block, line)});
      }
    } else if (!same_order && references.size() > 1 && subject_.connector().references_in_key_order) {
      reject("relation-references-order", line_of(owner_),
             fmt::format("`references` names {} in a different order than the key of `{}`.", list_of(wanted),
                         other_model().name),
             "Use the order of the key.");
    }
  }

  void check_arity(const std::vector<const Field*>& fields) {
    if (owner_.field->arity != Arity::required) return;
    const auto optional =
        std::ranges::find_if(fields, [](const Field* field) { return field->arity == Arity::optional; });
    if (optional == fields.end()) return;
    reject("relation-required-over-optional", line_of(owner_),
           fmt::format("The relation `{}` is required, but its field `{}` is optional.", owner_.field->name,
                       (*optional)->name),
           "Make the relation optional, or the field required.")
        .fix("Make the relation optional", {make_optional(owner_)}, true);
  }

  void check_types(const Field& field, const Field& reference) {
    const bool same = field.kind == reference.kind &&
                      (field.kind == schema::TypeKind::unsupported
                           ? field.syntax->type->unsupported_type == reference.syntax->type->unsupported_type
                           : field.type_name == reference.type_name);
    if (same) return;
    BlockDiagnostic& diagnostic =
        reject("relation-field-type", line_of(owner_),
               fmt::format("`{}` is {}, but `{}.{}`, which it refers to, is {}.", field.name, field.type_name,
                           other_model().name, reference.name, reference.type_name),
               "Give both the same type.");
    diagnostic.see({owner_model().block.get(), field.syntax->range}, "The field is here.")
        .see({other_model().block.get(), reference.syntax->range}, "The field referred to is here.");
    if (reference.kind != schema::TypeKind::scalar || field.default_value) return;
    // With its native type, which the database compares.
    const std::string_view native = schema::native_type_text(other_model(), reference);
    std::vector<BlockEdit> edits{
        {{owner_model().block.get(), field.syntax->type->name.range}, std::string(reference.type_name)}};
    if (field.native_type) {
      const syntax::Attribute& given = *field.native_type->attribute;
      edits.push_back(native.empty() ? remove_attribute(*owner_model().block, given)
                                     : BlockEdit{{owner_model().block.get(), given.range}, std::string(native)});
    } else if (!native.empty()) {
      edits.push_back(add_attribute(*owner_model().block, *field.syntax, native));
    }
    diagnostic.fix(
        fmt::format("Change `{}` to {}{}{}", field.name, reference.type_name, native.empty() ? "" : " ", native),
        std::move(edits), true);
  }

  // If no argument names the fields of the key, they count as required.
  void check_set_null(const std::vector<const Field*>& fields) {
    const bool required = !attribute().has_fields || std::ranges::any_of(fields, [](const Field* field) {
      return field->arity == Arity::required;
    });
    if (!required) return;
    const bool accepted = subject_.environment.is(schema::Provider::postgresql) && subject_.environment.foreign_keys;
    for (const auto& action : {attribute().on_delete, attribute().on_update}) {
      if (action != ReferentialAction::set_null) continue;
      const std::string message =
          fmt::format("`SetNull` is not allowed for `{}`: a field of its foreign key is required.", owner_.field->name);
      BlockDiagnostic& diagnostic = accepted ? subject_.report.warning("set-null-on-required", line_of(owner_), message)
                                             : subject_.report.error("set-null-on-required", line_of(owner_), message);
      diagnostic.advise("Make the fields optional, or use another action.").fact("relation", relation_.name);
    }
  }

  void report_missing_side() {
    const RelationEnd& present = owner_.field ? owner_ : other_;
    const RelationEnd& missing = owner_.field ? other_ : owner_;
    const schema::Declaration& here = **present.model;
    const schema::Declaration& there = **missing.model;
    BlockDiagnostic& diagnostic =
        reject("relation-without-opposite", line_of(present),
               fmt::format("The relation `{}` has no opposite field on `{}`.", name_of(present), there.name),
               fmt::format("Add a field of type `{}` to `{}`.", here.name, there.name));
    diagnostic.see({there.block.get(), there.block->name.range}, fmt::format("`{}` is declared here.", there.name))
        .fact("model", std::string(here.name))
        .fact("field", std::string(present.field->name))
        .fact("opposite", std::string(there.name));
    const std::string relation_name = relation_.explicitly_named ? relation_.name : std::string();
    const bool paired = offer_name(diagnostic, present, missing);
    const bool key_opposite =
        schema::is_key_opposite(*subject_.environment.style, here, *present.field, there, subject_.environment.version);
    if (present.field->arity != Arity::list && !key_opposite) {
      const bool one = relation_.kind == RelationKind::one_to_one;
      const std::string name = free_name(subject_, there, here.name, !one, present.field->name);
      const std::string field = schema::field_of_type(name, here.name, one ? Arity::optional : Arity::list);
      std::vector<BlockEdit> edits{add_member(*there.block, field + schema::relation_name_attribute(relation_name))};
      std::string title = fmt::format("Add `{}` to `{}`", field, there.name);
      // Without its foreign key the relation would still be incomplete.
      if (const auto names = add_key(edits); !names.empty())
        title +=
            fmt::format(", and the foreign key {}", list_of(std::vector<std::string_view>(names.begin(), names.end())));
      diagnostic.fix(std::move(title), std::move(edits), !paired);
      return;
    }
    const std::string name = free_name(subject_, there, here.name, false, present.field->name);
    const auto key = key_to(there, name, here);
    if (key.empty()) return;
    std::string members = fmt::format("{} @relation({})", schema::field_of_type(name, here.name, key_arity(key)),
                                      schema::relation_arguments(relation_name, key));
    std::vector<std::string_view> added{name};
    for (const schema::KeyColumn& column : key)
      if (!column.existing) added.push_back(column.name);
    for (const std::string& line : key_members(there, here, key, Arity::optional, false)) members += "\n" + line;
    diagnostic.fix(fmt::format("Add {} to `{}`", list_of(added), there.name), {add_member(*there.block, members)});
  }

  // Where a name on one side alone makes one relation two: the name for both. False: there is no such other field.
  bool offer_name(BlockDiagnostic& diagnostic, const RelationEnd& present, const RelationEnd& missing) {
    const bool named = relation_.explicitly_named;
    const Field* other = lone_opposite(present, missing, !named);
    if (!other) return false;
    const RelationEnd end{missing.model, other};
    const std::string& name = named ? relation_.name : *other->relation->name;
    const RelationEnd& unnamed = named ? end : present;
    const std::string argument = string_literal(name);
    std::vector<BlockEdit> edits;
    const bool with_key = !add_key(edits, named ? std::string() : name).empty();
    if (named || !with_key)
      edits.push_back(add_to_relation(*(*unnamed.model)->block, *unnamed.field->syntax, argument));
    const std::string help = fmt::format("Give `{}` the relation name {} too.", name_of(unnamed), argument);
    diagnostic.advise(help).fix(help.substr(0, help.size() - 1), std::move(edits), true);
    return true;
  }

  // The only field of the other model that lacks its opposite too, with a relation name or without.
  const Field* lone_opposite(const RelationEnd& present, const RelationEnd& missing, bool named) const {
    constexpr std::size_t kMostFields = 200;  // a larger model is not searched, since that takes time for each field
    const schema::Declaration& there = **missing.model;
    if (there.fields.size() > kMostFields) return nullptr;
    const Field* found = nullptr;
    for (const Field& field : there.fields) {
      if (!field.is_relation() || field.type_name != (*present.model)->name || &field == present.field) continue;
      if ((field.relation && field.relation->name.has_value()) != named) continue;
      const auto relation = subject_.snapshot().relation_of(*missing.model, field);
      if (!relation || (relation->owner.field && relation->other.field)) continue;
      if (found) return nullptr;
      found = &field;
    }
    return found;
  }

  std::vector<schema::KeyColumn> key_to(const schema::Declaration& from, std::string_view relation_field,
                                        const schema::Declaration& to) const {
    return schema::key_columns(*subject_.environment.style, from, relation_field, schema::referenceable_key(to));
  }

  std::vector<std::string> key_members(const schema::Declaration& from, const schema::Declaration& to,
                                       std::span<const schema::KeyColumn> key, Arity arity, bool unique) const {
    return schema::key_members(*subject_.environment.style, from, to, key, arity, unique);
  }

  // What a relation over these columns can be: required if all are there and required. Rows that are there have no
  // value for a column that is added.
  static Arity key_arity(std::span<const schema::KeyColumn> key) {
    const bool required = std::ranges::all_of(key, [](const schema::KeyColumn& column) {
      return column.existing && column.existing->arity == Arity::required;
    });
    return required ? Arity::required : Arity::optional;
  }

  // One-to-one: the fields that hold the key are a unique key themselves.
  void check_unique() {
    if (!owner_.field || !owner_.field->relation || !attribute().has_fields) return;
    const auto& fields = attribute().fields;
    for (const Index* index : unique_criteria(owner_model())) {
      const bool same =
          std::ranges::equal(index->fields, fields, [](const schema::IndexField& part, std::string_view name) {
            return part.path.size() == 1 && part.path.front() == name;
          });
      if (same) return;
    }
    BlockDiagnostic& diagnostic = reject("one-to-one-not-unique", line_of(owner_),
                                         fmt::format("The fields {} of the one-to-one relation `{}` are not unique.",
                                                     list_of(fields), owner_.field->name),
                                         "Add `@unique` or `@@unique`, or make the other side a list.");
    std::vector<BlockEdit> edits;
    std::string title;
    if (fields.size() == 1) {
      const Field* field = owner_model().find_field(fields.front());
      if (!field) return;
      edits.push_back(add_attribute(*owner_model().block, *field->syntax, "@unique"));
      title = fmt::format("Make `{}` unique", field->name);
    } else if (!fields.empty()) {
      const std::string line = fmt::format("@@unique([{}])", fmt::join(fields, ", "));
      edits.push_back(add_member(*owner_model().block, line));
      title = fmt::format("Add {}", line);
    }
    if (edits.empty()) return;
    // The side without the key is optional, which Prisma asks for only after that.
    if (other_.field && other_.field->arity == Arity::required) {
      edits.push_back(make_optional(other_));
      title += fmt::format(" and make `{}` optional", name_of(other_));
    }
    diagnostic.fix(std::move(title), std::move(edits), true);
    if (other_.field) {
      const syntax::FieldType& type = *other_.field->syntax->type;
      diagnostic.fix(fmt::format("Make `{}` a list", name_of(other_)),
                     {{{(*other_.model)->block.get(), {type.name.range.end, type.range.end}}, "[]"}});
    }
  }

  void both(Code code, const std::string& message, const std::string& help) {
    for_both(code, message, help, [](BlockDiagnostic&) {});
  }

  // The same with a fix for each.
  template <typename Offer>
  void for_both(Code code, const std::string& message, const std::string& help, Offer offer) {
    offer(reject(code, line_of(owner_), message, help).see(line_of(other_), "The other side is here."));
    offer(reject(code, line_of(other_), message, help).see(line_of(owner_), "The other side is here."));
  }

  void check_one_to_one() {
    const std::string sides = fmt::format("`{}` and `{}`", name_of(owner_), name_of(other_));
    if (!gives_fields(owner_) && !gives_fields(other_)) {
      for_both("relation-without-fields", fmt::format("Neither of {} has `fields`.", sides),
               "Add `fields` to one of them.", [&](BlockDiagnostic& diagnostic) { offer_key(diagnostic); });
    }
    if (!gives_references(owner_) && !gives_references(other_)) {
      both("relation-without-references", fmt::format("Neither of {} has `references`.", sides),
           "Add `references` to one of them.");
    }
    if (gives_references(owner_) && gives_references(other_)) {
      both("relation-references-twice", fmt::format("Both {} have `references`.", sides), "Keep it on one side only.");
    }
    if (gives_fields(owner_) && gives_fields(other_)) {
      both("relation-fields-twice", fmt::format("Both {} have `fields`.", sides), "Keep it on one side only.");
    }
    if (gives_actions(owner_) && gives_actions(other_)) {
      both("relation-actions-twice", fmt::format("Both {} have referential actions.", sides),
           "Keep them on the side with `fields`.");
    } else if (gives_actions(other_)) {
      reject("relation-actions-misplaced", line_of(other_),
             fmt::format("Referential actions belong to the side with `fields`, not to `{}`.", name_of(other_)),
             fmt::format("Move them to `{}`.", name_of(owner_)));
    }
    check_unique();
    check_one_to_one_sides();
    subject_.report.only_if_clean(0);
  }

  // Prisma reports these only for schemas that are valid up to here.
  void check_one_to_one_sides() {
    subject_.report.only_if_clean(++groups_);
    if (gives_fields(owner_) && gives_references(other_)) {
      both("relation-arguments-split",
           fmt::format("`{}` has `fields`, but `{}` has `references`.", name_of(owner_), name_of(other_)),
           "Put both on the same side.");
    }
    if (gives_references(owner_) && gives_fields(other_)) {
      reject("relation-arguments-split", line_of(owner_),
             fmt::format("`{}` has `references`, but `{}` has `fields`.", name_of(owner_), name_of(other_)),
             "Put both on the same side.");
    }
    subject_.report.only_if_clean(++groups_);
    if (other_.field->arity == Arity::required) {
      reject("one-to-one-back-required", line_of(other_),
             fmt::format("The side without the key, `{}`, cannot be required.", name_of(other_)),
             fmt::format("Make it optional: `{}?`.", other_.field->type_name))
          .fix("Make it optional", {make_optional(other_)}, true);
    }
    subject_.report.only_if_clean(++groups_);
    const bool other_has =
        other_.field->relation && (other_.field->relation->has_fields || other_.field->relation->has_references);
    if (owner_.field->arity == Arity::required && other_has) {
      reject("relation-arguments-on-optional-side", line_of(other_),
             fmt::format("The foreign key is on the optional side, `{}`.", name_of(other_)),
             fmt::format("Move `fields` and `references` to `{}`, or make both sides optional.", name_of(owner_)));
    }
  }

  void check_one_to_many() {
    if (!gives_fields(owner_)) {
      BlockDiagnostic& diagnostic =
          reject("relation-without-fields", line_of(owner_),
                 fmt::format("The relation `{}` has no `fields`.", name_of(owner_)), "Add `fields` to `@relation`.");
      offer_key(diagnostic);
    }
    if (!gives_references(owner_)) {
      reject("relation-without-references", line_of(owner_),
             fmt::format("The relation `{}` has no `references`.", name_of(owner_)),
             "Add `references` to `@relation`.");
    }
    if (gives_fields(other_) || gives_references(other_)) {
      reject("relation-arguments-on-list", line_of(other_),
             fmt::format("The list `{}` cannot have the foreign key.", name_of(other_)),
             fmt::format("Move `fields` and `references` to `{}`.", name_of(owner_)));
    }
    if (gives_actions(other_)) {
      reject("relation-actions-misplaced", line_of(other_),
             fmt::format("Referential actions belong to the side with `fields`, not to `{}`.", name_of(other_)),
             fmt::format("Move them to `{}`.", name_of(owner_)));
    }
  }

  // A key for a relation without arguments: the fields that it has by their names, or new ones.
  void offer_key(BlockDiagnostic& diagnostic) {
    std::vector<BlockEdit> edits;
    const auto names = add_key(edits);
    if (names.empty()) return;
    diagnostic.fix(
        fmt::format("Put the foreign key in {}", list_of(std::vector<std::string_view>(names.begin(), names.end()))),
        std::move(edits), true);
  }

  static BlockEdit make_optional(const RelationEnd& end) {
    const text::Offset after = end.field->syntax->type->range.end;
    return {{(*end.model)->block.get(), {after, after}}, "?"};
  }

  // Adds the edits that give the owner its key, and this name unless it is empty, and answers the names of its fields.
  // Empty: it has one, or none is obvious.
  std::vector<std::string> add_key(std::vector<BlockEdit>& edits, const std::string& relation_name = {}) const {
    const syntax::Attribute* given = owner_.field ? owner_.field->syntax->find_attribute("relation") : nullptr;
    if (!owner_.field || (given && (given->find_argument("fields") || given->find_argument("references")))) return {};
    const auto key = key_to(owner_model(), owner_.field->name, other_model());
    if (key.empty()) return {};
    const std::string arguments = schema::relation_arguments(relation_name, key);
    const syntax::Block& block = *owner_model().block;
    edits.push_back(given ? add_argument(block, *given, arguments)
                          : add_attribute(block, *owner_.field->syntax, fmt::format("@relation({})", arguments)));
    std::vector<std::string> names;
    const bool unique = relation_.kind == RelationKind::one_to_one;
    for (const schema::KeyColumn& column : key) names.push_back(column.name);
    for (const std::string& line : key_members(owner_model(), other_model(), key, owner_.field->arity, unique))
      edits.push_back(add_member(block, line));
    // Of a one-to-one relation the side without the key is optional.
    if (unique && other_.field && other_.field->arity == Arity::required) edits.push_back(make_optional(other_));
    return names;
  }

  Subject& subject_;
  const Relation& relation_;
  const RelationEnd& owner_;
  const RelationEnd& other_;
  int& groups_;
};

}  // namespace

void check_relations(Subject& subject) {
  int groups = 0;
  for (const Field& field : subject.declaration.fields) {
    if (!field.is_relation()) continue;
    auto relation = subject.snapshot().relation_of(subject.placed, field);
    if (!relation || subject.environment.is_uncertain(field.type_name)) continue;
    const Field* first = relation->owner.field ? relation->owner.field : relation->other.field;
    if (first != &field && claimed_twice(*relation))
      std::swap(relation->owner, relation->other);
    else if (first != &field)
      continue;
    if (relation->kind == RelationKind::many_to_many)
      check_many_to_many(subject, *relation);
    else
      RelationCheck(subject, *relation, groups).run();
  }
}

}  // namespace refract::validation
