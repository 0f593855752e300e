#include "features/incomplete_relations.h"

#include <optional>
#include <string>
#include <tuple>

// The rule is that of prisma-engines, psl/parser-database/src/relations.rs, for what a relation is while one side of it
// is missing.
namespace refract::features {
namespace {

using schema::Field;
using schema::Placed;
using syntax::Arity;

bool has_fields(const Field& field) {
  return field.relation && field.relation->has_fields;
}

// The relation that this field introduces. nullopt: it is not a relation, is many-to-many, or its other side introduces
// it.
std::optional<IncompleteRelation> introduced_by(const schema::Snapshot& snapshot, const Placed& model,
                                                const Field& field) {
  const auto relation = snapshot.relation_of(model, field);
  if (!relation) return std::nullopt;
  const bool owns = relation->owner.field == &field;
  const schema::RelationEnd& there = owns ? relation->other : relation->owner;
  const bool one_to_one = relation->kind == schema::RelationKind::one_to_one;
  const IncompleteRelation forward{&model, there.model, &field, there.field, one_to_one};
  if (!there.field) {
    if (field.arity == Arity::list) return IncompleteRelation{there.model, &model, nullptr, &field, false};
    return forward;
  }
  if (field.arity == Arity::list) return std::nullopt;
  if (there.field->arity == Arity::list) return forward;

  const bool sorts_last = std::tuple(model->name, field.name) > std::tuple((*there.model)->name, there.field->name);
  if (field.arity == Arity::required) {
    if (there.field->arity == Arity::required && sorts_last) return std::nullopt;
    return forward;
  }
  if (there.field->arity == Arity::required) return std::nullopt;
  if (has_fields(field)) return forward;
  if (has_fields(*there.field) || sorts_last) return std::nullopt;
  return forward;
}

bool is_complete(const IncompleteRelation& relation) {
  return relation.back && relation.forward && has_fields(*relation.forward) &&
         relation.forward->relation->has_references;
}

}  // namespace

std::vector<IncompleteRelation> incomplete_relations(const schema::Snapshot& snapshot) {
  std::vector<IncompleteRelation> relations;
  for (const Placed& model : snapshot.declarations()) {
    if (!model->is_model() && model->kind != syntax::BlockKind::view) continue;
    for (const Field& field : model->fields) {
      const auto relation = introduced_by(snapshot, model, field);
      if (relation && !is_complete(*relation)) relations.push_back(*relation);
    }
  }
  return relations;
}

}  // namespace refract::features
