#include "features/highlights.h"

#include "features/linked_editing.h"
#include "features/navigation.h"

namespace refract::features {

std::vector<Highlight> highlights(const schema::Snapshot& snapshot, schema::FilePosition at) {
  std::vector<Highlight> found;
  if (const auto symbol = symbol_at(snapshot, at)) {
    for (const schema::FileRange& place : references_in_file(snapshot, *symbol, at.file)) {
      found.push_back({place.range, place == symbol->declared_at ? HighlightKind::declaration : HighlightKind::use});
    }
    return found;
  }
  for (const text::Range range : linked_ranges(snapshot, at)) found.push_back({range, HighlightKind::use});
  return found;
}

}  // namespace refract::features
