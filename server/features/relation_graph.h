#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

// The relations between models as a graph, shown as a call hierarchy: the outgoing calls of a model are the models that
// lose rows when one of its rows is deleted, the incoming calls are the models that refer to it.

// The model or view that the cursor is about: its name, a field of its type, or any place inside it. nullptr: none.
const schema::Placed* graph_node(const schema::Snapshot& snapshot, schema::FilePosition at);

// One model beside another, with the relation fields that connect them.
struct GraphEdge {
  const schema::Placed* model = nullptr;
  std::vector<schema::FileRange> fields;  // names of the relation fields
  std::string detail;                     // "author: on delete Cascade"
};

// The models whose rows point to this one's, through a foreign key or an implicit relation table; `fields` are theirs.
std::vector<GraphEdge> referring_models(const schema::Snapshot& snapshot, const schema::Placed& model);

// The models whose rows are deleted along with one of this model's; `fields` are this model's own, and none where
// it has no field for the relation.
std::vector<GraphEdge> cascading_models(const schema::Snapshot& snapshot, const schema::Placed& model);

}  // namespace refract::features
