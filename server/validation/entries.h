#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "support/owners.h"
#include "validation/rules.h"
#include "validation/whole_schema.h"

// What an analysis keeps of each declaration, and how a later one finds what still holds.
namespace refract::validation {

// All that one declaration was found to say, by stage and by Prisma's order within the second.
struct Entry : std::enable_shared_from_this<Entry> {
  std::shared_ptr<const schema::Declaration> declaration;
  std::vector<std::string_view> mentions;  // declarations its fields name
  bool depends_on_all_names = false;       // unknown types: what was meant changes with any name
  std::vector<Finding> first;
  bool has_errors = false;           // in `first`
  bool ambiguous_relations = false;  // so that no relation of it can be told
  bool has_second = false;
  std::vector<Finding> before_models;
  std::vector<Finding> own;
  bool ambiguous = false;
  std::vector<Finding> relations;
  std::vector<ConstraintName> constraints;
};
using EntryPtr = std::shared_ptr<const Entry>;

// The first stage's findings of a declaration, and all that an entry says whether or not it gets to the second.
std::shared_ptr<Entry> first_stage(const Environment& environment, const schema::Placed& placed);
// Adds the second stage's.
void second_stage(const Environment& environment, const schema::Placed& placed, Entry& entry);

// The entry as it was before the second stage.
EntryPtr without_second_stage(const Entry& entry);

bool is_error(const Finding& finding);

// What of an entry decides whether it has to be looked at, so that the others need not be.
inline constexpr std::uint8_t kSpeaksFirst = 1, kSpeaksSecond = 2, kHasSecond = 4, kUnsound = 8;

// A set of names in which one that is not there is nearly always seen not to be: Bloom's, a few bits a name. A set
// holds a name's filter where it has all of its bits.
using NameFilter = std::uint64_t;
NameFilter filter_of(std::string_view name);

// The entries of a snapshot's declarations, in their order. Going through them touches only what stands here.
class EntryList {
 public:
  std::size_t size() const { return slots_.size(); }
  const Entry& operator[](std::size_t i) const { return *slots_[i].entry; }
  bool has(std::size_t i, std::uint8_t traits) const { return (slots_[i].traits & traits) != 0; }
  // Whether one of these may be the declaration's name, or named by its fields.
  bool may_concern(std::size_t i, std::span<const NameFilter> names) const {
    for (const NameFilter name : names) {
      if ((slots_[i].names & name) == name) return true;
    }
    return false;
  }
  const schema::Declaration* declaration(std::size_t i) const { return slots_[i].declaration; }
  bool is_same(std::size_t i, const EntryList& other) const { return slots_[i].entry == other.slots_[i].entry; }

  // Begins as the successor of another list, from which most entries will be taken.
  void begin(const EntryList& before);
  // `count` entries from the one at `first` on.
  void take(const EntryList& before, std::size_t first, std::size_t count = 1) {
    const auto begin = before.slots_.begin() + static_cast<std::ptrdiff_t>(first);
    slots_.insert(slots_.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
  }
  void add(EntryPtr entry);
  void replace(std::size_t i, EntryPtr entry);
  // To be called when the list is complete.
  void finish();

 private:
  struct Slot {
    const Entry* entry = nullptr;
    const schema::Declaration* declaration = nullptr;
    NameFilter names = 0;  // its own, and those that its fields mention
    std::uint8_t traits = 0;
  };
  Slot slot_of(EntryPtr entry);

  std::vector<Slot> slots_;
  std::vector<EntryPtr> fresh_;  // until the list is complete
  support::Owners<Entry> owners_;
};

// Finds the entries of a snapshot's declarations in an older list. Those before and behind what changed are at hand.
class EntrySearch {
 public:
  EntrySearch(const EntryList& entries, std::span<const schema::Placed> declarations);

  // So many at the beginning, and at the end, are the same in both, in their order.
  std::size_t head() const { return head_; }
  std::size_t tail() const { return tail_; }
  // Where the entry of a declaration between them is; nullopt: it is a new one.
  std::optional<std::size_t> find(std::size_t declaration) const;

 private:
  const EntryList& entries_;
  std::span<const schema::Placed> declarations_;
  std::size_t head_ = 0;
  std::size_t tail_ = 0;
  std::unordered_map<const schema::Declaration*, std::size_t> middle_;
};

struct Changes {
  std::vector<std::string_view> names;  // whose declaration is another one than before, or gone, or new
  std::vector<NameFilter> filters;      // of each
  bool same_names = false;              // the declarations' names and tables are those of before
};
Changes changes_between(const schema::Snapshot& now, const schema::Snapshot& before);

// Whether the first stage of an entry has to be done again.
bool is_stale(const EntryList& entries, std::size_t i, const Changes& changes);

}  // namespace refract::validation
