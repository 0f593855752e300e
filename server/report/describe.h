#pragma once

#include <string>

#include "protocol/json.h"
#include "schema/snapshot.h"

namespace refract::report {

// The whole schema as structure: {"prisma", "provider", "files", "models": […], "views", "types", "enums"}.
protocol::Json describe_json(const schema::Snapshot& snapshot);
// One declaration: name, kind, database name, place, documentation, fields with their types, columns and
// relations, indexes, enum values.
protocol::Json describe_json(const schema::Snapshot& snapshot, const schema::Placed& declaration);

// The same as readable text.
std::string describe_text(const schema::Snapshot& snapshot);
std::string describe_text(const schema::Snapshot& snapshot, const schema::Placed& declaration);

}  // namespace refract::report
