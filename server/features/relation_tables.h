#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/navigation.h"

namespace refract::features {

// What a new name does to the table of an implicit many-to-many relation: the table is named after the relation or its
// models, and its column A refers to the model, in a self-relation to the field's side, whose name sorts first.
struct RelationTableChange {
  schema::Relation relation;  // as it is before
  std::string table;
  std::string table_after;  // if the database's names follow
  bool exchanges = false;   // A and B
};

// The relations whose table a new name of the symbol changes. Empty where the database has no such tables.
std::vector<RelationTableChange> relation_table_changes(const schema::Snapshot& snapshot, const Symbol& symbol,
                                                        std::string_view new_name);

}  // namespace refract::features
