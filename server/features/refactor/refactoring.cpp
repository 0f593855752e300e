#include "features/refactor/refactoring.h"

#include "features/navigation.h"
#include "features/refactor/refactoring_families.h"

namespace refract::features {
namespace {

bool touch(text::Range one, text::Range other) {
  return one.begin <= other.end && other.begin <= one.end;
}

RefactoringContext context_in(const schema::Snapshot& snapshot, schema::FileRange at, const schema::Placed& placed) {
  RefactoringContext context{snapshot, at, placed, false, {}};
  context.at_header = touch(placed.in_file(placed->block->header_range).range, at.range);
  for (const schema::Field& field : placed->fields)
    if (field.syntax->type && touch(placed.in_file(field.syntax->range).range, at.range))
      context.fields.push_back(&field);
  return context;
}

}  // namespace

std::vector<Refactoring> refactorings(const schema::Snapshot& snapshot, schema::FileRange at) {
  std::vector<Refactoring> found;
  for (const schema::Placed& placed : declarations_in(snapshot, at)) {
    if (!placed->block->errors.empty()) continue;
    const RefactoringContext context = context_in(snapshot, at, placed);
    for (const auto& add : {add_enum_refactorings, add_arity_refactorings, add_index_refactorings,
                            add_timestamp_refactorings, add_many_to_many_refactorings, add_relation_refactorings,
                            add_extract_refactorings, add_order_refactorings, add_sort_refactorings})
      add(context, found);
  }
  // One whose change would reach into a broken block has no edits.
  std::erase_if(found, [](const Refactoring& one) { return one.edits.empty(); });
  return found;
}

}  // namespace refract::features
