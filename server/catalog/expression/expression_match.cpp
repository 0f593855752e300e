#include <algorithm>

#include "catalog/expression/constant_form.h"
#include "catalog/expression/typed_form.h"

namespace refract::catalog {
namespace {

// A moment inside a constant: alone, or one of a list's or range's.
void remove_moment(std::string_view& form) {
  form.remove_prefix(std::min(form.find_first_of("',)]}"), form.size()));
}

}  // namespace

// `"".` matches any schema, and none.
bool same_forms(std::string_view one, std::string_view other) {
  constexpr std::string_view kAnySchema = "\"\".";
  while (!one.empty() && !other.empty()) {
    if (one.front() == kMomentOfReading || other.front() == kMomentOfReading) {
      remove_moment(one);
      remove_moment(other);
      continue;
    }
    if (one.front() == other.front() && one.starts_with(kAnySchema) == other.starts_with(kAnySchema)) {
      one.remove_prefix(1);
      other.remove_prefix(1);
      continue;
    }
    std::string_view& bare = one.starts_with(kAnySchema) ? one : other;
    std::string_view& qualified = one.starts_with(kAnySchema) ? other : one;
    if (!bare.starts_with(kAnySchema) || !qualified.starts_with('"')) return false;
    const std::size_t end = qualified.find("\".", 1);
    if (end == std::string_view::npos) return false;
    bare.remove_prefix(kAnySchema.size());
    qualified.remove_prefix(end + 2);
  }
  return one.empty() && other.empty();
}

bool same_expression(std::string_view one, const ExpressionPlace& place, std::string_view other,
                     const ExpressionPlace& other_place) {
  if (one == other) return true;
  return same_forms(typed_form(one, place), typed_form(other, other_place));
}

}  // namespace refract::catalog
