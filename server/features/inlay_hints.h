#pragma once

#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

enum class HintKind { database_type, referential_action, relation_table, mapped_name, constraint_name };

struct InlayHint {
  HintKind kind = HintKind::database_type;
  text::Offset at = 0;  // in the file asked about; the hint is after this place
  std::string label;
  std::string tooltip;
};

// Which kinds are wanted.
struct HintOptions {
  bool database_type = true;
  bool referential_action = true;
  bool relation_table = true;
  bool mapped_name = true;
  bool constraint_name = false;  // long, and useful only for writing SQL
  bool operator==(const HintOptions&) const = default;
};

// What the database has and the schema does not state, for the part of a file within `range`, in the order of the text:
// the column's type where no native type is given, the referential actions and the constraints' names that are not
// written, the table of an implicit many-to-many relation, the table's name where @@map gives it another one.
// Types and names of constraints are PostgreSQL's; there are none for other databases.
std::vector<InlayHint> inlay_hints(const schema::Snapshot& snapshot, schema::FileId file, text::Range range,
                                   const HintOptions& options = {});

}  // namespace refract::features
