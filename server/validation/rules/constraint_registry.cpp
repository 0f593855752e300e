#include "validation/rules/constraint_registry.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace refract::validation {
namespace {

using schema::ConstraintScope;

// Which kinds of names a scope holds.
bool holds(ConstraintScope scope, ConstraintKind kind) {
  using enum ConstraintScope;
  const bool index = kind == ConstraintKind::index, key = kind == ConstraintKind::primary_key,
             foreign = kind == ConstraintKind::foreign_key, value = kind == ConstraintKind::default_value;
  switch (scope) {
    case global_key:
    case model_key:
      return index;
    case global_foreign_key:
      return foreign;
    case global_primary_key_and_key:
    case model_primary_key_and_key:
      return index || key;
    case global_primary_foreign_key_default:
      return key || foreign || value;
    case model_primary_foreign_key_and_key:
      return index || key || foreign;
  }
  return false;
}

// The number under which the scope holds the name; nullopt: it does not. In a scope of one model each, the model's
// name is part of what has to differ, and what a list of another model wants is not there.
std::optional<std::uint64_t> key_of(ConstraintScope scope, const ConstraintName& name, std::string_view model) {
  if (!holds(scope, name.kind)) return std::nullopt;
  const std::uint64_t of_scope = name.hash ^ ((static_cast<std::uint64_t>(scope) + 1) * 0x9E3779B97F4A7C15U);
  if (is_global(scope)) return of_scope;
  if (name.model != model) return std::nullopt;
  return of_scope ^ (std::hash<std::string_view>{}(name.model) * 31);
}

}  // namespace

bool is_global(ConstraintScope scope) {
  using enum ConstraintScope;
  return scope == global_key || scope == global_foreign_key || scope == global_primary_key_and_key ||
         scope == global_primary_foreign_key_default;
}

template <class Visit>
void ConstraintRegistry::for_each_key(const Named& model, Visit visit) const {
  for (const ConstraintName& name : model.constraints) {
    for (const ConstraintScope scope : scopes_) {
      if (const auto key = key_of(scope, name, (*model.placed)->name)) visit(*key);
    }
  }
}

const ConstraintRegistry::Slot& ConstraintRegistry::find(std::uint64_t key) const {
  std::size_t at = key & (slots_.size() - 1);
  while (slots_[at].count != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

ConstraintRegistry::ConstraintRegistry(std::span<const ConstraintScope> scopes, std::span<const Named> models)
    : scopes_(scopes) {
  std::size_t total = 0;
  for (const Named& model : models) total += model.constraints.size() * scopes.size();
  std::size_t size = 64;
  while (size < total * 2) size *= 2;
  slots_.resize(size);
  for (const Named& model : models) {
    for_each_key(model, [&](std::uint64_t key) {
      Slot& slot = slots_[static_cast<std::size_t>(&find(key) - slots_.data())];
      slot = {key, slot.count + 1, model.declaration};
      distinct_ = distinct_ && slot.count == 1;
    });
  }
}

bool ConstraintRegistry::is_repeated(ConstraintScope scope, const ConstraintName& name, std::string_view model) const {
  const auto key = key_of(scope, name, model);
  return key && find(*key).count > 1;
}

bool ConstraintRegistry::stays_distinct(std::span<const Named> changed) const {
  std::unordered_set<std::uint64_t> added;
  bool distinct = true;
  for (const Named& model : changed) {
    for_each_key(model, [&](std::uint64_t key) {
      const Slot& slot = find(key);
      const bool taken =
          slot.count > 0 && std::ranges::find(changed, slot.declaration, &Named::declaration) == changed.end();
      distinct = distinct && !taken && added.insert(key).second;
    });
  }
  return distinct;
}

}  // namespace refract::validation
