#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "support/owners.h"
#include "validation/engine/changes.h"
#include "validation/rules/rules.h"
#include "validation/rules/whole_schema.h"

// What an analysis caches for each declaration, and how a later one finds what is still valid.
namespace refract::validation {

// The diagnostics of one declaration: of the local checks, then of the schema checks in Prisma's order.
struct Entry : std::enable_shared_from_this<Entry> {
  std::shared_ptr<const schema::Declaration> declaration;
  std::vector<std::string_view> mentions;  // declarations its fields name
  bool depends_on_all_names = false;       // what it suggests or edits: for unknown types; places far away
  std::vector<BlockDiagnostic> first;
  bool has_errors = false;           // in `first`
  bool looks_around = false;         // something in `first` depends on the text of other blocks
  bool ambiguous_relations = false;  // so that none of its relations is certain
  bool has_second = false;
  bool certain = false;  // nothing that the schema checks read was uncertain
  std::vector<BlockDiagnostic> before_models;
  std::vector<BlockDiagnostic> own;
  bool ambiguous = false;
  std::vector<BlockDiagnostic> relations;
  std::vector<ConstraintName> constraints;
};
using EntryPtr = std::shared_ptr<const Entry>;

// The entry of a declaration with the diagnostics of the local checks, and what holds with or without schema checks.
std::shared_ptr<Entry> run_local_checks(const Environment& environment, const schema::Placed& placed);
// Adds the diagnostics of the schema checks.
void run_schema_checks(const Environment& environment, const schema::Placed& placed, Entry& entry);

// The entry as it was before the schema checks.
EntryPtr without_schema_checks(const Entry& entry);

bool is_error(const BlockDiagnostic& diagnostic);

// What of an entry decides whether it has to be looked at, so that the others need not be.
inline constexpr std::uint8_t kLocalDiagnostics = 1, kSchemaDiagnostics = 2, kLacksSchemaChecks = 4, kInvalid = 8,
                              kLooksAround = 16;

// The entries of a snapshot's declarations, in their order. What is asked of all of them at every edit is in lists
// of its own, so that going through one touches no more than it has to.
class EntryList {
 public:
  std::size_t size() const { return entries_.size(); }
  const Entry& operator[](std::size_t i) const { return *entries_[i]; }
  const schema::Declaration* declaration(std::size_t i) const { return declarations_[i]; }
  bool has(std::size_t i, std::uint8_t traits) const { return (traits_[i] & traits) != 0; }
  // The first from `i` on with one of these traits, or size().
  std::size_t next(std::size_t i, std::uint8_t traits) const;
  // The first from `i` on whose declaration's name, or one that its fields name, may be among these; or size().
  std::size_t next_concerned(std::size_t i, std::span<const NameFilter> names) const;
  // The first from `i` on that is another one than the other list's at the same place, or size(). The other has as
  // many.
  std::size_t next_other(std::size_t i, const EntryList& other) const;

  // Begins as the successor of another list, from which most entries will be taken.
  void begin(const EntryList& before);
  // `count` entries from the one at `first` on.
  void take(const EntryList& before, std::size_t first, std::size_t count = 1);
  void add(EntryPtr entry);
  void replace(std::size_t i, EntryPtr entry);
  // To be called when the list is complete.
  void finish();

 private:
  std::vector<const Entry*> entries_;
  std::vector<const schema::Declaration*> declarations_;
  std::vector<NameFilter> names_;  // its own, and those that its fields mention
  std::vector<std::uint8_t> traits_;
  std::vector<EntryPtr> fresh_;  // until the list is complete
  support::Owners<Entry> owners_;
};

// Finds the entries of a snapshot's declarations in an older list. Those before and after what changed are at hand.
class EntrySearch {
 public:
  EntrySearch(const EntryList& entries, std::span<const schema::Placed> declarations);

  // So many at the beginning, and at the end, are the same in both, in their order.
  std::size_t head() const { return head_; }
  std::size_t tail() const { return tail_; }
  // Where the entry of a declaration between them is; nullopt: it is a new one.
  std::optional<std::size_t> find(std::size_t declaration) const;

 private:
  std::span<const schema::Placed> declarations_;
  std::size_t head_ = 0;
  std::size_t tail_ = 0;
  std::unordered_map<const schema::Declaration*, std::size_t> middle_;
};

// Whether an entry whose declaration names what changed has to be rebuilt. One without diagnostics stays if the
// change is not visible to it.
bool is_stale(const EntryList& entries, std::size_t i, const Changes& changes);

}  // namespace refract::validation
