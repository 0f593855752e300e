#include "validation/entries.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "validation/remedies.h"
#include "validation/second_stage.h"

namespace refract::validation {
namespace {

using schema::Declaration;
using schema::Placed;
using schema::Snapshot;

bool same_names(const Declaration& one, const Declaration& other) {
  return one.kind == other.kind && one.name == other.name && one.database_name == other.database_name &&
         one.database_schema == other.database_schema;
}

bool has_ambiguous_relations(const Environment& environment, const Placed& placed) {
  if (!placed->is_model() && placed->kind != syntax::BlockKind::view) return false;
  Report unused;
  Subject subject{environment, placed, *placed, unused};
  return std::ranges::any_of(placed->fields, [&](const schema::Field& field) {
    return field.is_relation() && !check_ambiguity(subject, field);
  });
}

}  // namespace

bool is_error(const Finding& finding) {
  return finding.severity == Severity::error;
}

std::shared_ptr<Entry> first_stage(const Environment& environment, const Placed& placed) {
  auto entry = std::make_shared<Entry>();
  entry->declaration = placed->shared_from_this();
  for (const schema::Field& field : placed->fields) {
    if (field.kind == schema::TypeKind::scalar || field.kind == schema::TypeKind::unsupported) continue;
    entry->depends_on_all_names |= field.kind == schema::TypeKind::unknown;
    if (std::ranges::find(entry->mentions, field.type_name) == entry->mentions.end()) {
      entry->mentions.push_back(field.type_name);
    }
  }
  Report report;
  Subject subject{environment, placed, *placed, report};
  check_syntax(subject.block(), report);
  check_names(subject);
  check_types(subject);
  check_attributes(subject);
  add_remedies(environment, report.findings());
  entry->first = std::move(report.findings());
  entry->has_errors = std::ranges::any_of(entry->first, is_error);
  entry->ambiguous_relations = has_ambiguous_relations(environment, placed);
  return entry;
}

void second_stage(const Environment& environment, const Placed& placed, Entry& entry) {
  const auto run = [&](auto check) {
    Report report;
    Subject subject{environment, placed, *placed, report};
    check(subject);
    add_remedies(environment, report.findings());
    return std::move(report.findings());
  };
  entry.has_second = true;
  switch (placed->kind) {
    case syntax::BlockKind::composite_type:
      entry.own = run(check_composite);
      return;
    case syntax::BlockKind::enumeration:
      entry.own = run(check_enum);
      return;
    default:
      break;
  }
  entry.before_models = run(check_unknown_functions);
  entry.own = run([&](Subject& subject) { entry.ambiguous = !check_model(subject); });
  entry.relations = run(check_relations);
  Report unused;
  entry.constraints = constraint_names(Subject{environment, placed, *placed, unused});
}

EntryPtr without_second_stage(const Entry& entry) {
  auto first_only = std::make_shared<Entry>();
  first_only->declaration = entry.declaration;
  first_only->mentions = entry.mentions;
  first_only->depends_on_all_names = entry.depends_on_all_names;
  first_only->first = entry.first;
  first_only->has_errors = entry.has_errors;
  first_only->ambiguous_relations = entry.ambiguous_relations;
  return first_only;
}

Changes changes_between(const Snapshot& now, const Snapshot& before) {
  Changes changes;
  const auto fresh = now.declarations();
  const auto old = before.declarations();
  std::size_t head = 0;
  while (head < fresh.size() && head < old.size() && fresh[head].declaration == old[head].declaration) ++head;
  std::size_t tail = 0;
  while (head + tail < fresh.size() && head + tail < old.size() &&
         fresh[fresh.size() - 1 - tail].declaration == old[old.size() - 1 - tail].declaration) {
    ++tail;
  }
  changes.same_names = fresh.size() == old.size();
  for (std::size_t i = head; i + tail < fresh.size(); ++i) {
    changes.names.push_back(fresh[i]->name);
    changes.same_names = changes.same_names && same_names(*fresh[i], *old[i]);
  }
  for (std::size_t i = head; i + tail < old.size(); ++i) changes.names.push_back(old[i]->name);
  // One that was edited is there as it was and as it is.
  std::ranges::sort(changes.names);
  const auto rest = std::ranges::unique(changes.names);
  changes.names.erase(rest.begin(), rest.end());
  std::ranges::transform(changes.names, std::back_inserter(changes.filters), filter_of);
  return changes;
}

bool is_stale(const EntryList& entries, std::size_t i, const Changes& changes) {
  if (!entries.may_concern(i, changes.filters)) return false;
  const Entry& entry = entries[i];
  return entry.depends_on_all_names || std::ranges::any_of(entry.mentions, [&](std::string_view name) {
           return std::ranges::find(changes.names, name) != changes.names.end();
         });
}

EntrySearch::EntrySearch(const EntryList& entries, std::span<const schema::Placed> declarations)
    : entries_(entries), declarations_(declarations) {
  const std::size_t shorter = std::min(entries.size(), declarations.size());
  while (head_ < shorter && declarations[head_].declaration == entries.declaration(head_)) ++head_;
  while (head_ + tail_ < shorter &&
         declarations[declarations.size() - 1 - tail_].declaration == entries.declaration(entries.size() - 1 - tail_)) {
    ++tail_;
  }
  for (std::size_t i = head_; i + tail_ < entries.size(); ++i) middle_.emplace(entries.declaration(i), i);
}

std::optional<std::size_t> EntrySearch::find(std::size_t declaration) const {
  const auto found = middle_.find(declarations_[declaration].declaration);
  return found == middle_.end() ? std::nullopt : std::optional(found->second);
}

NameFilter filter_of(std::string_view name) {
  std::size_t hash = std::hash<std::string_view>{}(name);
  NameFilter filter = 0;
  for (int bit = 0; bit < 4; ++bit, hash >>= 6) filter |= NameFilter{1} << (hash % 64);
  return filter;
}

void EntryList::begin(const EntryList& before) {
  owners_ = before.owners_;
  slots_.reserve(before.size() + 1);
}

void EntryList::add(EntryPtr entry) {
  slots_.push_back(slot_of(std::move(entry)));
}

void EntryList::replace(std::size_t i, EntryPtr entry) {
  slots_[i] = slot_of(std::move(entry));
}

void EntryList::finish() {
  owners_.take(std::exchange(fresh_, {}), slots_, std::mem_fn(&Slot::entry));
}

EntryList::Slot EntryList::slot_of(EntryPtr owned) {
  const Entry& entry = *fresh_.emplace_back(std::move(owned));
  Slot slot{&entry, entry.declaration.get(), filter_of(entry.declaration->name), 0};
  if (entry.depends_on_all_names) slot.names = ~NameFilter{0};
  for (const std::string_view name : entry.mentions) slot.names |= filter_of(name);
  if (!entry.first.empty()) slot.traits |= kSpeaksFirst;
  if (!entry.before_models.empty() || !entry.own.empty() || !entry.relations.empty() || entry.ambiguous) {
    slot.traits |= kSpeaksSecond;
  }
  if (entry.has_second) slot.traits |= kHasSecond;
  if (entry.has_errors || entry.ambiguous_relations) slot.traits |= kUnsound;
  return slot;
}

}  // namespace refract::validation
