#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "validation/rules/rules.h"

namespace refract::validation {

// Which models a change of a row goes on to by referential actions, for all models of a schema. It points into the
// snapshot of its environment.
class CascadeGraph {
 public:
  explicit CascadeGraph(const Environment& environment);

  struct Edge {
    const schema::Field* field = nullptr;  // a relation field with an action that modifies rows
    std::size_t to = 0;                    // the model that it refers to, by its place among the declarations
  };

  // The edge of the model's relation field; nullptr: its actions modify nothing.
  const Edge* find(const schema::Declaration& model, const schema::Field& field) const;
  // Whether the edge of the model leads back to it.
  bool leads_back(const schema::Declaration& model, const Edge& edge) const;
  // A self-relation among what the edge leads to; nullptr: there is none.
  const schema::Field* self_relation_beyond(const Edge& edge) const { return self_relations_[edge.to]; }
  // Models that the edge and another one of the same model both lead to, the nearest first, `most` of them at most.
  // Only ways that end count, as Prisma has it: one that comes back to the model, or to a self-relation, is no such
  // way. Empty also where there is too much to follow.
  std::vector<std::string_view> also_reached_by_others(const schema::Declaration& model, const Edge& edge,
                                                       std::size_t most) const;

 private:
  std::optional<std::size_t> place_of(const schema::Declaration& model) const;
  void find_components();

  const schema::Snapshot& snapshot_;
  std::vector<std::vector<Edge>> edges_;              // by model
  std::vector<std::size_t> components_;               // by model: those with the same number lead to each other
  std::vector<const schema::Field*> self_relations_;  // by model: one that it has or leads to
};

}  // namespace refract::validation
