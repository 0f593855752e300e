#include "validation/engine/changes.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>
#include <utility>

#include "support/common_ends.h"

namespace refract::validation {
namespace {

using schema::Declaration;
using schema::Field;
using schema::Snapshot;

bool same_names(const Declaration& one, const Declaration& other) {
  return one.kind == other.kind && one.name == other.name && one.database_name == other.database_name &&
         one.database_schema == other.database_schema;
}

std::string_view text_of(const Declaration& declaration, text::Range range) {
  return std::string_view(declaration.block->text).substr(range.begin, range.size());
}

bool same_attributes(const Declaration& one, const Declaration& other) {
  return std::ranges::equal(one.block->attributes, other.block->attributes,
                            [&](const syntax::Attribute& left, const syntax::Attribute& right) {
                              return text_of(one, left.range) == text_of(other, right.range);
                            });
}

// The fields that are not the same in both, between the first ones that are and the last.
std::pair<std::span<const Field>, std::span<const Field>> changed_fields(const Declaration& one,
                                                                         const Declaration& other) {
  const auto same = [&](std::size_t i, std::size_t j) {
    const Field& left = one.fields[i];
    const Field& right = other.fields[j];
    return left.kind == right.kind && text_of(one, left.syntax->range) == text_of(other, right.syntax->range);
  };
  const auto [head, tail] = support::common_ends(one.fields.size(), other.fields.size(), same);
  const auto middle = [head = head, tail = tail](const Declaration& declaration) {
    return std::span(declaration.fields).subspan(head, declaration.fields.size() - head - tail);
  };
  return {middle(one), middle(other)};
}

bool overlap(std::span<const std::string_view> some, std::span<const std::string_view> others) {
  return std::ranges::find_first_of(some, others) != some.end();
}

bool has_plain_fields(const Declaration& declaration, std::span<const Field> changed,
                      std::span<const std::string_view> names) {
  const bool plain = std::ranges::none_of(changed, [](const Field& field) {
    return field.is_relation() || field.kind == schema::TypeKind::composite_type;
  });
  return plain && std::ranges::none_of(declaration.indexes, [&](const schema::Index& index) {
           const bool key = index.kind == schema::IndexKind::id || index.kind == schema::IndexKind::unique;
           return key && std::ranges::any_of(index.fields, [&](const schema::IndexField& field) {
                    return !field.path.empty() && std::ranges::find(names, field.path.front()) != names.end();
                  });
         });
}

Change change_of(const Declaration& before, const Declaration& now) {
  Change change{.name = now.name};
  if (!same_names(before, now) || before.mapped != now.mapped || before.ignored != now.ignored || !is_table(now) ||
      !same_attributes(before, now)) {
    return change;
  }
  const auto [old_fields, new_fields] = changed_fields(before, now);
  for (const auto fields : {old_fields, new_fields}) {
    for (const Field& field : fields) change.fields.push_back(field.name);
  }
  if (!has_plain_fields(before, old_fields, change.fields) || !has_plain_fields(now, new_fields, change.fields)) {
    return change;
  }
  change.wide = false;
  for (const Field& field : now.fields) {
    if (field.relation && overlap(field.relation->fields, change.fields)) change.models.push_back(field.type_name);
  }
  return change;
}

}  // namespace

bool is_table(const Declaration& declaration) {
  return declaration.is_model() || declaration.kind == syntax::BlockKind::view;
}

NameFilter filter_of(std::string_view name) {
  std::size_t hash = std::hash<std::string_view>{}(name);
  NameFilter filter = 0;
  for (int bit = 0; bit < 4; ++bit, hash >>= 6) filter |= NameFilter{1} << (hash % 64);
  return filter;
}

const Change* Changes::find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(declarations, name, {}, &Change::name);
  return found != declarations.end() && found->name == name ? &*found : nullptr;
}

Changes changes_between(const Snapshot& now, const Snapshot& before, bool namesakes) {
  Changes changes;
  const auto fresh = now.declarations();
  const auto old = before.declarations();
  const auto [head, tail] = support::common_ends(fresh.size(), old.size(), [&](std::size_t i, std::size_t j) {
    return fresh[i].declaration == old[j].declaration;
  });
  changes.same_names = fresh.size() == old.size();
  for (std::size_t i = head; changes.same_names && i + tail < fresh.size(); ++i)
    changes.same_names = same_names(*fresh[i], *old[i]);
  if (changes.same_names && !namesakes) {
    for (std::size_t i = head; i + tail < fresh.size(); ++i) {
      if (fresh[i].declaration != old[i].declaration) changes.declarations.push_back(change_of(*old[i], *fresh[i]));
    }
  } else {
    for (std::size_t i = head; i + tail < fresh.size(); ++i) changes.declarations.push_back({.name = fresh[i]->name});
    for (std::size_t i = head; i + tail < old.size(); ++i) changes.declarations.push_back({.name = old[i]->name});
  }
  std::ranges::sort(changes.declarations, {}, &Change::name);
  const auto rest = std::ranges::unique(changes.declarations, {}, &Change::name);
  changes.declarations.erase(rest.begin(), rest.end());
  std::ranges::transform(changes.declarations, std::back_inserter(changes.filters), filter_of, &Change::name);
  return changes;
}

bool is_visible(const Change& change, const Declaration& from) {
  if (change.wide || std::ranges::find(change.models, from.name) != change.models.end()) return true;
  return std::ranges::any_of(from.fields, [&](const Field& field) {
    return field.relation && field.type_name == change.name && overlap(field.relation->references, change.fields);
  });
}

}  // namespace refract::validation
