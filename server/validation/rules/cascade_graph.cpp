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

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

// What one model leads to without coming back to it.
class Reach {
 public:
  using Edge = CascadeGraph::Edge;

  Reach(const std::vector<std::vector<Edge>>& edges, std::size_t start) : edges_(edges), start_(start) {}

  // False: it is too much to follow.
  bool explore() {
    std::vector<std::size_t> next;
    const auto meet = [&](std::size_t model) {
      if (model != start_ && models_.try_emplace(model).second) next.push_back(model);
    };
    for (const Edge& edge : edges_[start_]) meet(edge.to);
    while (!next.empty()) {
      const std::size_t model = next.back();
      next.pop_back();
      for (const Edge& edge : edges_[model]) {
        if (++steps_ > kMostSteps) return false;
        if (!is_way(model, edge)) continue;
        meet(edge.to);
        ++models_[model].ways;
        models_[edge.to].from.push_back(model);
      }
    }
    drop_ways_without_end();
    count();
    return true;
  }

  // The models that this edge of the start and another one lead to.
  std::vector<std::size_t> shared(const Edge& edge, std::size_t most) {
    std::vector<std::size_t> found;
    std::vector<std::size_t> next;
    std::unordered_map<std::size_t, bool> seen;
    const auto meet = [&](std::size_t model) {
      if (ends(model) && seen.try_emplace(model).second) next.push_back(model);
    };
    meet(edge.to);
    for (std::size_t i = 0; i < next.size() && found.size() < most; ++i) {
      if (models_[next[i]].reached > 1) found.push_back(next[i]);
      for (const Edge& further : edges_[next[i]])
        if (is_way(next[i], further)) meet(further.to);
    }
    return found;
  }

 private:
  struct Model {
    std::vector<std::size_t> from;
    std::size_t ways = 0;  // edges that go on and do not lead to a dead end
    bool dead = false;     // every way from here comes back to the start or to a self-relation
    int reached = 0;       // by how many edges of the start; 2: two or more
  };

  bool is_way(std::size_t model, const Edge& edge) const { return edge.to != model && edge.to != start_; }
  bool ends(std::size_t model) const {
    const auto found = models_.find(model);
    return found != models_.end() && !found->second.dead;
  }

  void drop_ways_without_end() {
    std::vector<std::size_t> next;
    const auto judge = [&](std::size_t place, Model& model) {
      if (model.ways > 0 || edges_[place].empty() || std::exchange(model.dead, true)) return;
      next.push_back(place);
    };
    for (auto& [place, model] : models_) judge(place, model);
    while (!next.empty()) {
      const std::size_t dead = next.back();
      next.pop_back();
      for (const std::size_t before : models_[dead].from) {
        Model& model = models_[before];
        --model.ways;
        judge(before, model);
      }
    }
  }

  // What is reached twice is not followed again: all that it leads to is reached twice too.
  void count() {
    for (const Edge& first : edges_[start_]) {
      std::vector<std::size_t> next;
      std::unordered_map<std::size_t, bool> seen;
      const auto meet = [&](std::size_t model) {
        if (!ends(model) || !seen.try_emplace(model).second || models_[model].reached > 1) return;
        ++models_[model].reached;
        next.push_back(model);
      };
      meet(first.to);
      while (!next.empty()) {
        const std::size_t model = next.back();
        next.pop_back();
        for (const Edge& edge : edges_[model])
          if (is_way(model, edge)) meet(edge.to);
      }
    }
  }

  const std::vector<std::vector<Edge>>& edges_;
  std::size_t start_;
  std::size_t steps_ = 0;
  std::unordered_map<std::size_t, Model> models_;
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
      const auto update = field.relation && field.relation->on_update ? *field.relation->on_update
                                                                      : schema::ReferentialAction::cascade;
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
  Reach reach(edges_, *place);
  if (!reach.explore()) return names;
  for (const std::size_t shared : reach.shared(edge, most)) names.push_back(snapshot_.declarations()[shared]->name);
  return names;
}

// Tarjan's algorithm: a component is complete after all that it leads to.
void CascadeGraph::find_components() {
  struct Visit {
    std::size_t model;
    std::size_t edge = 0;
  };
  components_.assign(edges_.size(), kNone);
  self_relations_.assign(edges_.size(), nullptr);
  std::vector<std::size_t> number(edges_.size(), kNone), lowest(edges_.size(), kNone);
  std::vector<std::size_t> open;
  std::vector<Visit> path;
  std::size_t met = 0;
  const auto enter = [&](std::size_t model) {
    number[model] = lowest[model] = met++;
    open.push_back(model);
    path.push_back({model});
  };
  const auto close = [&](std::size_t first) {
    const auto begin = std::ranges::find(open.rbegin(), open.rend(), first).base() - 1;
    const Field* self_relation = nullptr;
    for (auto it = begin; it != open.end(); ++it) {
      components_[*it] = first;
      for (const Edge& edge : edges_[*it]) {
        if (self_relation) break;
        self_relation = edge.to == *it ? edge.field : self_relations_[edge.to];
      }
    }
    for (auto it = begin; it != open.end(); ++it) self_relations_[*it] = self_relation;
    open.erase(begin, open.end());
  };
  for (std::size_t root = 0; root < edges_.size(); ++root) {
    if (number[root] == kNone) enter(root);
    while (!path.empty()) {
      auto& [model, edge] = path.back();
      if (edge < edges_[model].size()) {
        const std::size_t to = edges_[model][edge++].to;
        if (number[to] == kNone)
          enter(to);
        else if (components_[to] == kNone)
          lowest[model] = std::min(lowest[model], number[to]);
        continue;
      }
      const std::size_t left = model;
      path.pop_back();
      if (lowest[left] == number[left]) close(left);
      if (!path.empty()) lowest[path.back().model] = std::min(lowest[path.back().model], lowest[left]);
    }
  }
}

}  // namespace refract::validation
