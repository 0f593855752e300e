#pragma once

#include <vector>

#include "features/refactor/refactoring.h"

// The families that refactorings() asks, one a file.
namespace refract::features {

// A declaration that the range touches, and which part of it.
struct RefactoringContext {
  const schema::Snapshot& snapshot;
  schema::FileRange at;
  const schema::Placed& placed;              // its block has no syntax error
  bool at_header = false;                    // touches the line with the name
  std::vector<const schema::Field*> fields;  // whose lines it touches

  const schema::Connector& connector() const {
    return schema::connector(snapshot.provider(), snapshot.options().version);
  }
  // The only field that is touched; nullptr: none, or several.
  const schema::Field* field() const { return fields.size() == 1 ? fields.front() : nullptr; }
};

void add_enum_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found);
void add_arity_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found);
void add_index_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found);
void add_timestamp_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found);
void add_many_to_many_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found);
void add_relation_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found);
void add_extract_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found);
void add_order_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found);
void add_sort_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found);

}  // namespace refract::features
