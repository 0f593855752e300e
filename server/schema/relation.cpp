#include <algorithm>
#include <tuple>

#include "schema/snapshot.h"

// How relation fields find each other: the rule is Prisma's (prisma-engines, psl/parser-database/src/relations.rs).
namespace refract::schema {
namespace {

// The first field of the other model that points back under the same relation name.
const Field* opposite_field(const Declaration& model, const Field& field, const Declaration& other) {
  for (const std::uint32_t place : other.relation_fields(model.name, field.relation_name())) {
    const Field& candidate = other.fields[place];
    if (&candidate != &field) return &candidate;
  }
  return nullptr;
}

bool has_fields(const Field& field) {
  return field.relation && field.relation->has_fields;
}

bool unique_over(const Declaration& model, const std::vector<std::string_view>& fields) {
  return std::ranges::any_of(model.indexes, [&](const Index& index) {
    return index.kind == IndexKind::unique &&
           std::ranges::equal(index.fields, fields, [](const IndexField& part, std::string_view name) {
             return part.path.size() == 1 && part.path.front() == name;
           });
  });
}

// True where the first end owns a relation whose arity alone does not decide it.
bool sorts_first(const RelationEnd& one, const RelationEnd& two) {
  return std::tuple((*one.model)->name, one.field->name) <= std::tuple((*two.model)->name, two.field->name);
}

}  // namespace

std::optional<Relation> Snapshot::relation_of(const Placed& model, const Field& field) const {
  using syntax::Arity;
  if (!field.is_relation()) return std::nullopt;
  const Placed* target = find(field.type_name);
  if (!target) return std::nullopt;

  Relation relation;
  if (const std::string* name = field.relation_name()) {
    relation.name = *name;
    relation.explicitly_named = true;
  } else {
    const auto [first, second] = std::minmax(model->name, (*target)->name);
    relation.name = std::string(first) + "To" + std::string(second);
  }

  const RelationEnd here{&model, &field};
  const RelationEnd there{target, opposite_field(*model, field, **target)};
  bool here_owns = true;
  if (!there.field) {
    if (field.arity == Arity::list) {
      here_owns = false;
    } else if (has_fields(field) && unique_over(*model, field.relation->fields)) {
      relation.kind = RelationKind::one_to_one;
    }
  } else if (field.arity == Arity::list && there.field->arity == Arity::list) {
    relation.kind = RelationKind::many_to_many;
    here_owns = sorts_first(here, there);
  } else if (field.arity == Arity::list || there.field->arity == Arity::list) {
    here_owns = field.arity != Arity::list;
  } else {
    relation.kind = RelationKind::one_to_one;
    if (field.arity != there.field->arity) {
      here_owns = field.arity == Arity::required;
    } else if (field.arity == Arity::optional && has_fields(field) != has_fields(*there.field)) {
      here_owns = has_fields(field);
    } else {
      here_owns = sorts_first(here, there);
    }
  }
  relation.owner = here_owns ? here : there;
  relation.other = here_owns ? there : here;
  return relation;
}

}  // namespace refract::schema
