#include "features/relation_graph.h"

#include <algorithm>

#include <fmt/format.h>

#include "features/navigation.h"
#include "schema/referential_action.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;

bool is_table(const schema::Declaration& declaration) {
  return declaration.kind == syntax::BlockKind::model || declaration.kind == syntax::BlockKind::view;
}

schema::FileRange name_of(const Placed& placed, const schema::Field& field) {
  return placed.in_file(field.syntax->name.range);
}

GraphEdge& edge_to(const Placed& model, std::vector<GraphEdge>& edges) {
  const auto found = std::ranges::find(edges, &model, &GraphEdge::model);
  return found != edges.end() ? *found : edges.emplace_back(GraphEdge{&model, {}, {}});
}

void add_detail(GraphEdge& edge, std::string_view detail) {
  if (!edge.detail.empty()) edge.detail += "; ";
  edge.detail += detail;
}

// Calls `visit(placed, field, relation)` for each relation field of other models, and of this one, that has it for
// its type and whose rows point here.
template <class Visit>
void for_each_reference(const Snapshot& snapshot, const Placed& model, Visit visit) {
  for (const Placed& placed : snapshot.declarations()) {
    for (const schema::Field& field : placed->fields) {
      if (!field.is_relation() || field.type_name != model->name) continue;
      const auto relation = snapshot.relation_of(placed, field);
      if (!relation) continue;
      const bool table = relation->kind == schema::RelationKind::many_to_many;
      if (table || relation->owner.field == &field) visit(placed, field, *relation);
    }
  }
}

}  // namespace

const Placed* graph_node(const Snapshot& snapshot, schema::FilePosition at) {
  const Placed* placed = nullptr;
  if (const auto symbol = symbol_at(snapshot, at); symbol && symbol->kind == SymbolKind::declaration) {
    placed = symbol->declaration;
  } else {
    placed = snapshot.declaration_at(at);
    if (placed != nullptr && !(*placed)->block->range.touches(at.offset - placed->start)) placed = nullptr;
  }
  return placed != nullptr && is_table(**placed) ? placed : nullptr;
}

std::vector<GraphEdge> referring_models(const Snapshot& snapshot, const Placed& model) {
  std::vector<GraphEdge> edges;
  for_each_reference(snapshot, model, [&](const Placed& from, const schema::Field& field, const schema::Relation& by) {
    GraphEdge& edge = edge_to(from, edges);
    edge.fields.push_back(name_of(from, field));
    if (by.kind == schema::RelationKind::many_to_many) {
      add_detail(edge, fmt::format("{}: many-to-many", field.name));
    } else {
      add_detail(edge, fmt::format("{}: on delete {}", field.name,
                                   schema::to_string(schema::actions_of(snapshot, *from, field).on_delete)));
    }
  });
  return edges;
}

std::vector<GraphEdge> cascading_models(const Snapshot& snapshot, const Placed& model) {
  std::vector<GraphEdge> edges;
  for_each_reference(snapshot, model, [&](const Placed& from, const schema::Field& field, const schema::Relation& by) {
    if (by.kind == schema::RelationKind::many_to_many) return;
    if (schema::actions_of(snapshot, *from, field).on_delete != schema::ReferentialAction::cascade) return;
    GraphEdge& edge = edge_to(from, edges);
    if (by.other.field != nullptr) edge.fields.push_back(name_of(*by.other.model, *by.other.field));
    add_detail(edge, fmt::format("deleted in cascade, through {}", field.name));
  });
  return edges;
}

}  // namespace refract::features
