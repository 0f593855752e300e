#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "validation/rules.h"
#include "validation/whole_schema.h"

// What an analysis keeps of each declaration, and how a later one finds what still holds.
namespace refract::validation {

// All that one declaration was found to say, by stage and by Prisma's order within the second.
struct Entry {
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

// What an entry has to say, so that the silent ones need not be looked at.
inline constexpr std::uint8_t kSpeaksFirst = 1, kSpeaksSecond = 2, kHasSecond = 4;
std::uint8_t speech_of(const Entry& entry);

// Finds the entry of a declaration in an older list, where most stand in the same order.
class EntrySearch {
 public:
  explicit EntrySearch(std::span<const EntryPtr> entries) : entries_(entries) {}

  EntryPtr find(const std::shared_ptr<const schema::Declaration>& declaration) {
    if (next_ < entries_.size() && entries_[next_]->declaration == declaration) return entries_[next_++];
    if (next_ + 1 < entries_.size() && entries_[next_ + 1]->declaration == declaration) {
      next_ += 2;
      return entries_[next_ - 1];
    }
    if (by_declaration_.empty()) {
      for (std::size_t i = next_; i < entries_.size(); ++i) by_declaration_.emplace(entries_[i]->declaration.get(), i);
    }
    const auto found = by_declaration_.find(declaration.get());
    if (found == by_declaration_.end()) return nullptr;
    next_ = found->second + 1;
    return entries_[found->second];
  }

 private:
  std::span<const EntryPtr> entries_;
  std::size_t next_ = 0;
  std::unordered_map<const schema::Declaration*, std::size_t> by_declaration_;
};

struct Changes {
  std::vector<std::string_view> names;  // whose declaration is another one than before, or gone, or new
  bool same_names = false;              // the declarations' names and tables are those of before
};
Changes changes_between(const schema::Snapshot& now, const schema::Snapshot& before);

// Whether the entry's first stage has to be done again.
bool is_stale(const Entry& entry, const std::vector<std::string_view>& changed);

// Whether the entries state the same names for their constraints, entry by entry.
bool same_constraint_names(std::span<const EntryPtr> now, std::span<const EntryPtr> before);

}  // namespace refract::validation
