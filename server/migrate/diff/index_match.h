#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/expression/typed_form.h"

// Which indexes of the two sides of a table are the same. Each expression is read once, and an index is compared with
// those alone that may match it.
namespace refract::migrate {

enum class Side { from, to };

class IndexMatch {
 public:
  IndexMatch() = default;
  IndexMatch(const catalog::ExpressionPlace& from, const catalog::ExpressionPlace& to) : from_{from, {}}, to_{to, {}} {}

  // Whether two indexes differ in nothing but their names. `from_schema`: an operator class that one of them leaves
  // out is the default one alone; else a database's may have any. `predicates`: these are compared too.
  bool operator()(const catalog::Index& from, const catalog::Index& to, bool from_schema, bool predicates);

  // The same text for any two that match; empty: the index may match others too.
  std::string key_of(const catalog::Index& index, Side side, bool predicates);

 private:
  struct Forms {
    catalog::ExpressionPlace place;
    std::unordered_map<std::string, std::string> by_sql;

    const std::string& of(const std::string& sql);
  };

  bool same(const std::string& one, const std::string& other);
  bool same(const std::optional<std::string>& one, const std::optional<std::string>& other);

  Forms from_, to_;
};

// Indexes of one side by their keys.
class IndexesByKey {
 public:
  void add(const catalog::Index* index, const std::string& key) {
    (key.empty() ? without_key_ : by_key_[key]).push_back(indexes_.size());
    indexes_.push_back(index);
  }

  // The first that `matches` holds for, of those that may match an index with this key; nullptr: none.
  template <class Matches>
  const catalog::Index* find(const std::string& key, const Matches& matches) const {
    if (key.empty()) {
      for (const catalog::Index* index : indexes_) {
        if (matches(*index)) return index;
      }
      return nullptr;
    }
    const auto same_key = by_key_.find(key);
    const std::size_t keyed = same_key == by_key_.end() ? indexes_.size() : first_of(same_key->second, matches);
    const std::size_t first = std::min(keyed, first_of(without_key_, matches));
    return first == indexes_.size() ? nullptr : indexes_[first];
  }

 private:
  template <class Matches>
  std::size_t first_of(const std::vector<std::size_t>& places, const Matches& matches) const {
    for (const std::size_t place : places) {
      if (matches(*indexes_[place])) return place;
    }
    return indexes_.size();
  }

  std::vector<const catalog::Index*> indexes_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_key_;
  std::vector<std::size_t> without_key_;
};

}  // namespace refract::migrate
