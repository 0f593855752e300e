#include "features/reference_lenses.h"

#include <string_view>
#include <unordered_map>

namespace refract::features {

std::vector<ReferenceLens> reference_lenses(const schema::Snapshot& snapshot, schema::FileId file) {
  std::unordered_map<std::string_view, std::size_t> counts;
  for (const schema::Placed& placed : snapshot.declarations()) {
    for (const schema::Field& field : placed->fields) {
      if (field.kind != schema::TypeKind::scalar && field.kind != schema::TypeKind::unsupported)
        ++counts[field.type_name];
    }
  }
  std::vector<ReferenceLens> lenses;
  for (const schema::Placed& placed : snapshot.declarations()) {
    if (placed.file != file || snapshot.find(placed->name) != &placed) continue;
    if (const auto count = counts.find(placed->name); count != counts.end()) {
      lenses.push_back({placed.in_file(placed->block->name.range).range, count->second});
    }
  }
  return lenses;
}

}  // namespace refract::features
