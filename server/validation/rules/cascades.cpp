#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "schema/referential_action.h"
#include "validation/core/text_tools.h"
#include "validation/rules/cascade_graph.h"
#include "validation/rules/schema_checks.h"

// Referential actions that run in circles, or reach a table on several ways: SQL Server refuses both, and without
// foreign keys Prisma itself does with the circles.
namespace refract::validation {
namespace {

using schema::Declaration;
using schema::Field;
using schema::ReferentialAction;
using schema::Relation;

// So many of the models that are reached on several ways are named.
constexpr std::size_t kMostNamed = 3;

const CascadeGraph& graph_of(const Environment& environment) {
  if (!environment.cascades) environment.cascades = std::make_shared<const CascadeGraph>(environment);
  return *environment.cascades;
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
    if (!refused && environment_.foreign_keys) return;
    const CascadeGraph& graph = graph_of(environment_);
    const CascadeGraph::Edge* edge = graph.find(start_, field_);
    if (!edge) return;
    check_cycle(graph, *edge);
    if (refused && environment_.foreign_keys) check_paths(graph, *edge);
  }

 private:
  void reject(Code code, std::string message) {
    subject_.report.error(code, subject_.at(field_.syntax->line), std::move(message))
        .advise("Set `onDelete: NoAction, onUpdate: NoAction` on one relation of the cycle or path.")
        .fact("model", std::string(start_.name))
        .fact("field", std::string(field_.name));
  }

  void check_cycle(const CascadeGraph& graph, const CascadeGraph::Edge& edge) {
    const Field* beyond = graph.self_relation_beyond(edge);
    if (field_.type_name == start_.name) {
      reject("self-relation-cascade", fmt::format("The self-relation `{}` would cascade endlessly.", field_.name));
    } else if (graph.leads_back(start_, edge)) {
      reject("cascade-cycle",
             fmt::format("The referential actions that start at `{}` lead back to `{}`.", field_.name, start_.name));
    } else if (beyond) {
      reject("self-relation-cascade",
             fmt::format("The referential actions that start at `{}` reach the self-relation `{}` of `{}`, which would "
                         "cascade endlessly.",
                         field_.name, beyond->name, beyond->type_name));
    }
  }

  void check_paths(const CascadeGraph& graph, const CascadeGraph::Edge& edge) {
    auto names = graph.also_reached_by_others(start_, edge, kMostNamed + 1);
    if (names.empty()) return;
    const bool more = names.size() > kMostNamed;
    names.resize(std::min(names.size(), kMostNamed));
    reject("several-cascade-paths",
           fmt::format("A change in {} reaches `{}` by several paths.",
                       more ? fmt::format("`{}` and others", fmt::join(names, "`, `")) : list_of(names), start_.name));
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
