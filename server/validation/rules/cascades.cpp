#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "schema/referential_action.h"
#include "validation/core/text_tools.h"
#include "validation/rules/schema_checks.h"

// Referential actions that run in circles, or reach a table on several ways: SQL Server refuses both, and without
// foreign keys Prisma itself does with the circles.
namespace refract::validation {
namespace {

using schema::Declaration;
using schema::Field;
using schema::ReferentialAction;
using schema::Relation;

constexpr std::size_t kMaxPaths = 100'000;  // a schema with more ways than this gets no answer here

struct Edge {
  const Declaration* from = nullptr;
  const Field* field = nullptr;
  const Declaration* to = nullptr;
  bool modifies = false;
};

std::vector<Edge> edges_from(const Environment& environment, const schema::Placed& placed) {
  std::vector<Edge> edges;
  if (environment.is_uncertain(placed->name)) return edges;
  for (const Field& field : placed->fields) {
    if (!field.is_relation()) continue;
    const auto relation = environment.snapshot->relation_of(placed, field);
    if (!relation || relation->kind == schema::RelationKind::many_to_many) continue;
    const bool owns = relation->owner.field == &field;
    if ((!owns && !claimed_twice(*relation)) || !relation->other.field || !relation->owner.field) continue;
    const schema::Placed& target = *(owns ? relation->other.model : relation->owner.model);
    const ReferentialAction update =
        field.relation && field.relation->on_update ? *field.relation->on_update : ReferentialAction::cascade;
    edges.push_back(
        {placed.declaration, &field, target.declaration,
         triggers_modification(on_delete_of(environment, *placed, field)) || triggers_modification(update)});
  }
  return edges;
}

class CascadeCheck {
 public:
  CascadeCheck(Subject& subject, const Relation& relation)
      : subject_(subject),
        environment_(subject.environment),
        field_(*relation.owner.field),
        start_(subject.declaration) {}

  void run() {
    const bool refused = subject_.connector().cascade_cycles_rejected;
    if (refused || !environment_.foreign_keys) check_cycle();
    if (refused && environment_.foreign_keys) check_paths();
  }

 private:
  std::vector<Edge> edges_of(const Declaration& model) {
    const schema::Placed* placed = environment_.snapshot->find(model.name);
    return placed ? edges_from(environment_, *placed) : std::vector<Edge>{};
  }

  void reject(Code code, std::string message) {
    subject_.report.error(code, subject_.at(field_.syntax->line), std::move(message))
        .advise("Set `onDelete: NoAction, onUpdate: NoAction` on one relation of the cycle or path.")
        .fact("model", std::string(start_.name))
        .fact("field", std::string(field_.name));
  }

  void check_cycle() {
    std::set<const Field*> visited;
    std::vector<Edge> next;
    for (const Edge& edge : edges_of(start_)) {
      if (edge.field == &field_) next.push_back(edge);
    }
    while (!next.empty()) {
      const Edge edge = next.back();
      next.pop_back();
      visited.insert(edge.field);
      if (!edge.modifies) continue;
      if (edge.from == edge.to) {
        return reject("self-relation-cascade",
                      fmt::format("The self-relation `{}` would cascade endlessly.", field_.name));
      }
      if (edge.to == &start_) {
        return reject("cascade-cycle", fmt::format("The referential actions that start at `{}` lead back to `{}`.",
                                                   field_.name, start_.name));
      }
      for (const Edge& further : edges_of(*edge.to)) {
        if (!visited.contains(further.field)) next.push_back(further);
      }
    }
  }

  struct Path {
    Edge edge;
    const Field* first;
    std::set<const Field*> used;
    std::set<std::string_view> models;
  };

  void check_paths() {
    const auto modifying = [&](const Declaration& model) {
      auto edges = edges_of(model);
      std::erase_if(edges, [](const Edge& edge) { return !edge.modifies; });
      return edges;
    };
    const auto from_here = modifying(start_);
    if (std::ranges::none_of(from_here, [&](const Edge& edge) { return edge.field == &field_; })) return;
    std::map<const Field*, std::set<std::string_view>> reached;
    std::vector<Path> next;
    for (const Edge& edge : from_here) next.push_back({edge, edge.field, {}, {}});
    for (std::size_t walked = 0; !next.empty() && walked < kMaxPaths; ++walked) {
      Path path = std::move(next.back());
      next.pop_back();
      path.used.insert(path.edge.field);
      if (path.edge.from == path.edge.to || path.edge.to == &start_) continue;
      path.models.insert(path.edge.to->name);
      std::vector<Path> further;
      for (const Edge& edge : modifying(*path.edge.to)) {
        if (!path.used.contains(edge.field)) further.push_back({edge, path.first, path.used, path.models});
      }
      if (further.empty()) reached[path.first].insert(path.models.begin(), path.models.end());
      std::ranges::move(further, std::back_inserter(next));
    }
    std::set<std::string_view> twice;
    for (const auto& [first, models] : reached) {
      if (first == &field_) continue;
      std::ranges::set_intersection(models, reached[&field_], std::inserter(twice, twice.end()));
    }
    if (twice.empty()) return;
    const std::vector<std::string_view> names(twice.begin(), twice.end());
    reject("several-cascade-paths",
           fmt::format("A change in {} reaches `{}` by several paths.", list_of(names), start_.name));
  }

  Subject& subject_;
  const Environment& environment_;
  const Field& field_;
  const Declaration& start_;
};

}  // namespace

bool claimed_twice(const Relation& relation) {
  const auto claims = [](const schema::RelationEnd& end) {
    return end.field && end.field->arity == syntax::Arity::optional && end.field->relation &&
           end.field->relation->has_fields;
  };
  return relation.kind == schema::RelationKind::one_to_one && claims(relation.owner) && claims(relation.other);
}

bool triggers_modification(ReferentialAction action) {
  return action != ReferentialAction::no_action && action != ReferentialAction::restrict_;
}

ReferentialAction on_delete_of(const Environment& environment, const Declaration& model, const Field& field) {
  if (field.relation && field.relation->on_delete) return *field.relation->on_delete;
  const auto allowed =
      environment.foreign_keys ? environment.connector->referential_actions : environment.connector->emulated_actions;
  return schema::default_on_delete(model, field, allowed);
}

void check_cascades(Subject& subject, const Relation& relation) {
  CascadeCheck(subject, relation).run();
}

}  // namespace refract::validation
