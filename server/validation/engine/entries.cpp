#include "validation/engine/entries.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

#include "support/common_ends.h"
#include "validation/fixes/fixes.h"
#include "validation/rules/schema_checks.h"

namespace refract::validation {
namespace {

using schema::Placed;

bool has_ambiguous_relations(const Environment& environment, const Placed& placed) {
  if (!is_table(*placed)) return false;
  Report unused;
  Subject subject{environment, placed, *placed, unused};
  return std::ranges::any_of(placed->fields, [&](const schema::Field& field) {
    return field.is_relation() && !check_ambiguity(subject, field);
  });
}

// What a diagnostic says of blocks that its declaration does not mention (a fix that edits all who refer to it) holds
// until any of them changes.
void note_reach(Entry& entry, const std::vector<BlockDiagnostic>& diagnostics) {
  const syntax::Block* own = entry.declaration->block.get();
  const auto is_far = [&](const Place& place) {
    return place.block != own && !std::ranges::binary_search(entry.mentions, place.block->name.text);
  };
  entry.depends_on_all_names |= std::ranges::any_of(diagnostics, [&](const BlockDiagnostic& diagnostic) {
    return is_far(diagnostic.at) ||
           std::ranges::any_of(diagnostic.related, [&](const auto& related) { return is_far(related.first); }) ||
           std::ranges::any_of(diagnostic.fixes, [&](const BlockFix& fix) {
             return std::ranges::any_of(fix.edits, [&](const BlockEdit& edit) { return is_far(edit.at); });
           });
  });
}

}  // namespace

bool is_error(const BlockDiagnostic& diagnostic) {
  return diagnostic.severity == Severity::error;
}

std::shared_ptr<Entry> run_local_checks(const Environment& environment, const Placed& placed) {
  auto entry = std::make_shared<Entry>();
  entry->declaration = placed->shared_from_this();
  for (const schema::Field& field : placed->fields) {
    if (field.kind == schema::TypeKind::scalar || field.kind == schema::TypeKind::unsupported) continue;
    entry->depends_on_all_names |= field.kind == schema::TypeKind::unknown;
    entry->mentions.push_back(field.type_name);
  }
  std::ranges::sort(entry->mentions);
  const auto repeated = std::ranges::unique(entry->mentions);
  entry->mentions.erase(repeated.begin(), repeated.end());
  Report report;
  Subject subject{environment, placed, *placed, report};
  check_syntax(environment, subject.block(), report);
  check_names(subject);
  check_types(subject);
  check_attributes(subject);
  add_fixes(environment, report.diagnostics());
  entry->first = std::move(report.diagnostics());
  note_reach(*entry, entry->first);
  entry->has_errors = std::ranges::any_of(entry->first, is_error);
  entry->looks_around = std::ranges::any_of(entry->first, &BlockDiagnostic::looks_around);
  entry->ambiguous_relations = has_ambiguous_relations(environment, placed);
  return entry;
}

void run_schema_checks(const Environment& environment, const Placed& placed, Entry& entry) {
  const auto run = [&](auto check) {
    Report report;
    Subject subject{environment, placed, *placed, report};
    check(subject);
    add_fixes(environment, report.diagnostics());
    note_reach(entry, report.diagnostics());
    return std::move(report.diagnostics());
  };
  entry.has_second = true;
  switch (placed->kind) {
    case syntax::BlockKind::composite_type:
      entry.own = run(check_composite);
      // Who uses the type from now on takes part in its fix.
      entry.depends_on_all_names |= !environment.connector->composite_types;
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

EntryPtr without_schema_checks(const Entry& entry) {
  auto first_only = std::make_shared<Entry>();
  first_only->declaration = entry.declaration;
  first_only->mentions = entry.mentions;
  first_only->depends_on_all_names = entry.depends_on_all_names;
  first_only->first = entry.first;
  first_only->has_errors = entry.has_errors;
  first_only->ambiguous_relations = entry.ambiguous_relations;
  return first_only;
}

bool is_stale(const EntryList& entries, std::size_t i, const Changes& changes) {
  const Entry& entry = entries[i];
  if (entry.depends_on_all_names && !changes.declarations.empty()) return true;
  // It did not change itself, but one of the same name did: another of them may be the one that is meant.
  if (changes.find(entry.declaration->name)) return true;
  // What it says may point into what changed; and what it did not look at because of an uncertainty it may have to look
  // at.
  const bool sensitive = entries.has(i, kLocalDiagnostics | kSchemaDiagnostics) || (entry.has_second && !entry.certain);
  return std::ranges::any_of(entry.mentions, [&](std::string_view name) {
    const Change* change = changes.find(name);
    return change && (sensitive || is_visible(*change, *entry.declaration));
  });
}

EntrySearch::EntrySearch(const EntryList& entries, std::span<const schema::Placed> declarations)
    : declarations_(declarations) {
  const auto ends = support::common_ends(entries.size(), declarations.size(), [&](std::size_t i, std::size_t j) {
    return entries.declaration(i) == declarations[j].declaration;
  });
  head_ = ends.head;
  tail_ = ends.tail;
  for (std::size_t i = head_; i + tail_ < entries.size(); ++i) middle_.emplace(entries.declaration(i), i);
}

std::optional<std::size_t> EntrySearch::find(std::size_t declaration) const {
  const auto found = middle_.find(declarations_[declaration].declaration);
  return found == middle_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t EntryList::next(std::size_t i, std::uint8_t traits) const {
  // Eight at a time: most have none.
  constexpr std::uint64_t kEach = 0x0101010101010101;
  const std::uint64_t wanted = kEach * traits;
  for (std::uint64_t eight = 0; i + sizeof eight <= traits_.size(); i += sizeof eight) {
    std::memcpy(&eight, traits_.data() + i, sizeof eight);
    if ((eight & wanted) != 0) break;
  }
  while (i < traits_.size() && !has(i, traits)) ++i;
  return i;
}

std::size_t EntryList::next_concerned(std::size_t i, std::span<const NameFilter> names) const {
  for (; i < names_.size(); ++i) {
    for (const NameFilter name : names) {
      if ((names_[i] & name) == name) return i;
    }
  }
  return i;
}

std::size_t EntryList::next_other(std::size_t i, const EntryList& other) const {
  const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(i);
  const auto found = std::mismatch(begin, entries_.end(), other.entries_.begin() + static_cast<std::ptrdiff_t>(i));
  return static_cast<std::size_t>(found.first - entries_.begin());
}

void EntryList::begin(const EntryList& before) {
  owners_ = before.owners_;
  entries_.reserve(before.size() + 1);
  declarations_.reserve(before.size() + 1);
  names_.reserve(before.size() + 1);
  traits_.reserve(before.size() + 1);
}

void EntryList::take(const EntryList& before, std::size_t first, std::size_t count) {
  const auto append = [&](auto& list, const auto& from) {
    const auto begin = from.begin() + static_cast<std::ptrdiff_t>(first);
    list.insert(list.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
  };
  append(entries_, before.entries_);
  append(declarations_, before.declarations_);
  append(names_, before.names_);
  append(traits_, before.traits_);
}

void EntryList::add(EntryPtr entry) {
  entries_.push_back(nullptr);
  declarations_.push_back(nullptr);
  names_.push_back(0);
  traits_.push_back(0);
  replace(size() - 1, std::move(entry));
}

void EntryList::replace(std::size_t i, EntryPtr owned) {
  const Entry& entry = *fresh_.emplace_back(std::move(owned));
  entries_[i] = &entry;
  declarations_[i] = entry.declaration.get();
  names_[i] = entry.depends_on_all_names ? ~NameFilter{0} : filter_of(entry.declaration->name);
  for (const std::string_view name : entry.mentions) names_[i] |= filter_of(name);
  traits_[i] = entry.has_second ? 0 : kLacksSchemaChecks;
  if (!entry.first.empty()) traits_[i] |= kLocalDiagnostics;
  if (entry.looks_around) traits_[i] |= kLooksAround;
  if (!entry.before_models.empty() || !entry.own.empty() || !entry.relations.empty() || entry.ambiguous)
    traits_[i] |= kSchemaDiagnostics;
  if (entry.has_errors || entry.ambiguous_relations) traits_[i] |= kInvalid;
}

void EntryList::finish() {
  owners_.take(std::exchange(fresh_, {}), entries_, std::identity{});
}

}  // namespace refract::validation
