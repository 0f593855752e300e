#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "features/refactor/member_lines.h"
#include "features/refactor/refactoring_families.h"
#include "features/refactor/schema_change.h"

// Fields by name, each group between blank lines or attributes by itself: the primary key first, then what is stored,
// then relations. Comments go along with their field.
namespace refract::features {
namespace {

using schema::Field;

struct Member {
  text::Range lines;
  const Field* field = nullptr;
};

auto rank(const schema::Declaration& model, const Field& field) {
  const schema::Index* key = model.primary_key();
  const int kind = key != nullptr && has_field(*key, field.name) ? 0 : field.is_relation() ? 2 : 1;
  return std::tuple(kind, field.name);
}

}  // namespace

void add_order_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found) {
  const schema::Declaration& model = *context.placed;
  if (!context.at_header || model.fields.size() < 2) return;
  std::vector<Member> members;
  for (const Field& field : model.fields) {
    const text::Range lines = member_lines(*model.block, field.syntax->range);
    // Two on one line are no lines to swap.
    if (!members.empty() && lines.begin < members.back().lines.end) return;
    members.push_back({lines, &field});
  }
  SchemaChange change;
  bool changed = false;
  for (auto begin = members.begin(); begin != members.end();) {
    auto end = begin + 1;
    while (end != members.end() && end->lines.begin == (end - 1)->lines.end) ++end;
    std::vector<Member> sorted(begin, end);
    std::ranges::stable_sort(sorted, {}, [&](const Member& member) { return rank(model, *member.field); });
    for (const Member& member : sorted) {
      if (begin->field != member.field) {
        changed = true;
        change.replace(context.placed, begin->lines, model.block->text.substr(member.lines.begin, member.lines.size()));
      }
      ++begin;
    }
  }
  if (!changed) return;
  found.push_back({fmt::format("Sort the fields of {} by name", model.name), RefactoringKind::rewrite,
                   change.edits(context.snapshot)});
}

}  // namespace refract::features
