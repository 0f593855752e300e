#include "features/parallel_lists.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace refract::features {
namespace {

using Path = std::vector<std::string_view>;

// The lists on the way of an indexed path: `a` and `a.b` of a.b.c where both are lists.
std::vector<Path> lists_on(const schema::Snapshot& snapshot, const schema::Declaration& model, const Path& path) {
  std::vector<Path> lists;
  const schema::Declaration* holder = &model;
  for (std::size_t length = 1; length <= path.size() && holder != nullptr; ++length) {
    const schema::Field* field = holder->find_field(path[length - 1]);
    if (field == nullptr) break;
    const auto end = path.begin() + static_cast<std::ptrdiff_t>(length);
    if (field->arity == syntax::Arity::list) lists.emplace_back(path.begin(), end);
    const schema::Placed* type = snapshot.find(field->type_name);
    holder = type == nullptr ? nullptr : type->declaration;
  }
  return lists;
}

// Lists of which one lies in the other are indexed together.
bool are_nested(const Path& one, const Path& other) {
  const std::size_t common = std::min(one.size(), other.size());
  return std::equal(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(common), other.begin());
}

std::optional<std::pair<Path, Path>> parallel(const schema::Snapshot& snapshot, const schema::Declaration& model,
                                              const schema::Index& index) {
  std::vector<Path> seen;
  for (const schema::IndexField& part : index.fields) {
    for (Path& list : lists_on(snapshot, model, part.path)) {
      const auto other = std::ranges::find_if(seen, [&](const Path& one) { return !are_nested(one, list); });
      if (other != seen.end()) return std::pair(*other, std::move(list));
      // A chain of lists that contain each other is decided by its innermost.
      if (seen.empty() || list.size() > seen.back().size()) seen.assign(1, list);
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Rejection> parallel_lists(const schema::Snapshot& snapshot) {
  std::vector<Rejection> found;
  for (const schema::Placed& placed : snapshot.declarations()) {
    if (!placed->is_model() || snapshot.find(placed->name) != &placed) continue;
    for (const schema::Index& index : placed->indexes) {
      if (index.attribute == nullptr || index.fields.size() < 2 || index.kind == schema::IndexKind::fulltext) continue;
      const auto lists = parallel(snapshot, *placed, index);
      if (!lists) continue;
      found.push_back({placed->shared_from_this(), index.attribute->span,
                       fmt::format("MongoDB rejects documents with elements in both `{}` and `{}`: one index cannot "
                                   "have two lists.",
                                   fmt::join(lists->first, "."), fmt::join(lists->second, ".")),
                       "Keep one of them in the index."});
    }
  }
  return found;
}

}  // namespace refract::features
