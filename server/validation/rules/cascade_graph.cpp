#include "validation/rules/cascade_graph.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "validation/rules/schema_checks.h"

namespace refract::validation {
namespace {

using schema::Declaration;
using schema::Field;

// Edges that are followed for one model. A schema where that is not enough has more tables than anyone has seen.
constexpr std::size_t kMostSteps = 10'000;
// Edges that are followed where ways run in circles, each of which can be taken in many orders.
constexpr std::size_t kMostStepsInCircles = 2'000;

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

// For each node of a graph, the nodes that its edges lead to.
using Nodes = std::vector<std::size_t>;
using Graph = std::vector<Nodes>;

// The strongly connected components of a graph, each after all that it leads to (Tarjan's algorithm).
std::vector<Nodes> components_of(const Graph& graph) {
  struct Visit {
    std::size_t node;
    std::size_t edge = 0;
  };
  std::vector<Nodes> components;
  Nodes number(graph.size(), kNone), lowest(graph.size(), kNone), open;
  std::vector<bool> closed(graph.size(), false);
  std::vector<Visit> path;
  std::size_t met = 0;
  const auto enter = [&](std::size_t node) {
    number[node] = lowest[node] = met++;
    open.push_back(node);
    path.push_back({node});
  };
  const auto close = [&](std::size_t first) {
    const auto begin = std::ranges::find(open.rbegin(), open.rend(), first).base() - 1;
    components.emplace_back(begin, open.end());
    for (const std::size_t node : components.back()) closed[node] = true;
    open.erase(begin, open.end());
  };
  for (std::size_t root = 0; root < graph.size(); ++root) {
    if (number[root] == kNone) enter(root);
    while (!path.empty()) {
      auto& [node, edge] = path.back();
      if (edge < graph[node].size()) {
        const std::size_t to = graph[node][edge++];
        if (number[to] == kNone)
          enter(to);
        else if (!closed[to])
          lowest[node] = std::min(lowest[node], number[to]);
        continue;
      }
      const std::size_t left = node;
      path.pop_back();
      if (lowest[left] == number[left]) close(left);
      if (!path.empty()) lowest[path.back().node] = std::min(lowest[path.back().node], lowest[left]);
    }
  }
  return components;
}

// What one model leads to without coming back to it. Prisma follows every way until it comes back to the model or to a
// self-relation, which makes it no way to count, or until no edge is left that it did not take yet.
class Reach {
 public:
  using Edge = CascadeGraph::Edge;

  // nullopt: it is too much to follow.
  static std::optional<Reach> of(const std::vector<std::vector<Edge>>& edges, std::size_t start) {
    Reach reach;
    const auto meet = [&](std::size_t model) {
      const auto [found, fresh] = reach.nodes_.try_emplace(model, reach.models_.size());
      if (fresh) reach.models_.push_back(model);
      return found->second;
    };
    std::size_t steps = edges[start].size();
    if (steps > kMostSteps) return std::nullopt;
    for (const Edge& edge : edges[start])
      if (edge.to != start) reach.firsts_.push_back(meet(edge.to));
    for (std::size_t node = 0; node < reach.models_.size(); ++node) {
      const std::size_t model = reach.models_[node];
      Nodes ways;
      for (const Edge& edge : edges[model]) {
        if (++steps > kMostSteps) return std::nullopt;
        if (edge.to != model && edge.to != start) ways.push_back(meet(edge.to));
      }
      reach.loses_some_.push_back(ways.size() < edges[model].size());
      reach.ways_.push_back(std::move(ways));
    }
    if (reach.find_ends() && reach.follow_all()) return reach;
    reach.count();
    return reach;
  }

  // The models that this edge of the start and another one lead to.
  Nodes shared(const Edge& edge, std::size_t most) const {
    Nodes found;
    const auto first = nodes_.find(edge.to);
    if (first == nodes_.end()) return found;
    if (const auto reached = reached_from_.find(first->second); reached != reached_from_.end()) {
      for (std::size_t node = 0; node < models_.size() && found.size() < most; ++node)
        if (reached->second[node] && reached_[node] > 1) found.push_back(models_[node]);
      return found;
    }
    walk(first->second, [&](std::size_t node) {
      if (reached_[node] > 1) found.push_back(models_[node]);
      return found.size() < most;
    });
    return found;
  }

 private:
  // Where a way ends: at a model that leads nowhere, or in a circle, at one whose edges are all taken by then. The
  // latter is a guess: it depends on how the way came there. True: there are circles.
  bool find_ends() {
    bool circles = false;
    ends_.assign(ways_.size(), false);
    for (const Nodes& component : components_of(ways_)) {
      const bool circle = component.size() > 1;
      circles |= circle;
      const bool ends = std::ranges::any_of(component, [&](std::size_t node) {
        return (!loses_some_[node] && (circle || ways_[node].empty())) ||
               std::ranges::any_of(ways_[node], [&](std::size_t to) { return ends_[to]; });
      });
      for (const std::size_t node : component) ends_[node] = ends;
    }
    return circles;
  }

  // One way after the other, as Prisma does. False: there are too many.
  bool follow_all() {
    struct Step {
      std::size_t node;
      std::size_t way = 0;
      bool stuck = true;  // no way is left from here
    };
    reached_.assign(ways_.size(), 0);
    std::vector<std::vector<bool>> taken;
    for (const Nodes& ways : ways_) taken.emplace_back(ways.size(), false);
    std::size_t steps = 0;
    for (const std::size_t first : firsts_) {
      const auto [found, fresh] = reached_from_.try_emplace(first, ways_.size(), false);
      std::vector<bool>& reached = found->second;
      std::vector<Step> path;
      if (fresh) path.push_back({first, 0, !loses_some_[first]});
      while (!path.empty()) {
        if (++steps > kMostStepsInCircles) {
          reached_from_.clear();
          return false;
        }
        auto& [node, way, stuck] = path.back();
        while (way < ways_[node].size() && taken[node][way]) ++way;
        if (way < ways_[node].size()) {
          stuck = false;
          taken[node][way] = true;
          const std::size_t to = ways_[node][way];
          path.push_back({to, 0, !loses_some_[to]});
          continue;
        }
        if (stuck)
          for (const Step& step : path) reached[step.node] = true;
        path.pop_back();
        if (path.empty()) break;
        Step& before = path.back();
        taken[before.node][before.way++] = false;
      }
      for (std::size_t node = 0; node < reached.size(); ++node) reached_[node] += reached[node] ? 1 : 0;
    }
    return true;
  }

  // What is reached twice is not followed again: all that it leads to is reached twice too.
  void count() {
    reached_.assign(ways_.size(), 0);
    for (const std::size_t first : firsts_)
      walk(first, [&](std::size_t node) {
        if (reached_[node] > 1) return false;
        ++reached_[node];
        return true;
      });
  }

  // Visits the nodes that ways with an end lead to, the nearest first, and goes on from those where `visit` says so.
  template <class Visit>
  void walk(std::size_t first, Visit visit) const {
    Nodes next;
    std::vector<bool> seen(ways_.size(), false);
    const auto meet = [&](std::size_t node) {
      if (!ends_[node] || seen[node]) return;
      seen[node] = true;
      next.push_back(node);
    };
    meet(first);
    for (std::size_t i = 0; i < next.size(); ++i) {
      if (!visit(next[i])) continue;
      for (const std::size_t to : ways_[next[i]]) meet(to);
    }
  }

  std::unordered_map<std::size_t, std::size_t> nodes_;  // by model
  Nodes models_;                                        // by node
  Graph ways_;                                          // without those back to the start and self-relations
  std::vector<bool> loses_some_;                        // by node: it has such edges
  Nodes firsts_;                                        // where the edges of the start lead
  std::vector<bool> ends_;                              // by node: a way from here ends
  std::vector<int> reached_;                            // by node: by how many edges of the start; 2: two or more
  // By the node where an edge of the start leads: what it leads to. Empty: walk() finds it.
  std::unordered_map<std::size_t, std::vector<bool>> reached_from_;
};

}  // namespace

CascadeGraph::CascadeGraph(const Environment& environment) : snapshot_(*environment.snapshot) {
  const auto declarations = snapshot_.declarations();
  edges_.resize(declarations.size());
  for (std::size_t i = 0; i < declarations.size(); ++i) {
    const schema::Placed& placed = declarations[i];
    if (environment.is_uncertain(placed->name) || snapshot_.find(placed->name) != &placed) continue;
    for (const Field& field : placed->fields) {
      if (!field.is_relation()) continue;
      const auto relation = snapshot_.relation_of(placed, field);
      if (!relation || relation->kind == schema::RelationKind::many_to_many) continue;
      const bool owns = relation->owner.field == &field;
      if ((!owns && !claimed_twice(*relation)) || !relation->other.field || !relation->owner.field) continue;
      const auto update =
          field.relation && field.relation->on_update ? *field.relation->on_update : schema::ReferentialAction::cascade;
      if (!triggers_modification(on_delete_of(environment, *placed, field)) && !triggers_modification(update)) continue;
      const schema::Placed& target = *(owns ? relation->other.model : relation->owner.model);
      edges_[i].push_back({&field, static_cast<std::size_t>(&target - declarations.data())});
    }
  }
  find_components();
}

std::optional<std::size_t> CascadeGraph::place_of(const Declaration& model) const {
  const schema::Placed* placed = snapshot_.find(model.name);
  if (!placed) return std::nullopt;
  return static_cast<std::size_t>(placed - snapshot_.declarations().data());
}

const CascadeGraph::Edge* CascadeGraph::find(const Declaration& model, const Field& field) const {
  const auto place = place_of(model);
  if (!place) return nullptr;
  // In the order of the fields, which lie in one piece.
  const auto found = std::ranges::lower_bound(edges_[*place], &field, {}, &Edge::field);
  return found == edges_[*place].end() || found->field != &field ? nullptr : &*found;
}

bool CascadeGraph::leads_back(const Declaration& model, const Edge& edge) const {
  const auto place = place_of(model);
  return place && components_[*place] == components_[edge.to];
}

std::vector<std::string_view> CascadeGraph::also_reached_by_others(const Declaration& model, const Edge& edge,
                                                                   std::size_t most) const {
  std::vector<std::string_view> names;
  const auto place = place_of(model);
  if (!place || edges_[*place].size() < 2) return names;
  const auto reach = Reach::of(edges_, *place);
  if (!reach) return names;
  for (const std::size_t shared : reach->shared(edge, most)) names.push_back(snapshot_.declarations()[shared]->name);
  return names;
}

void CascadeGraph::find_components() {
  Graph graph(edges_.size());
  for (std::size_t model = 0; model < edges_.size(); ++model)
    for (const Edge& edge : edges_[model]) graph[model].push_back(edge.to);
  components_.assign(edges_.size(), kNone);
  self_relations_.assign(edges_.size(), nullptr);
  for (const Nodes& component : components_of(graph)) {
    const Field* self_relation = nullptr;
    for (const std::size_t model : component) {
      components_[model] = component.front();
      for (const Edge& edge : edges_[model])
        if (!self_relation) self_relation = edge.to == model ? edge.field : self_relations_[edge.to];
    }
    for (const std::size_t model : component) self_relations_[model] = self_relation;
  }
}

}  // namespace refract::validation
