#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/snapshot.h"

// What changed in the declarations of a schema since an earlier analysis, and which declarations that affects.
namespace refract::validation {

// A Bloom filter over names, a few bits for each: nearly always right that a name is not in it. It may contain a name
// if it has all bits of the name's own filter.
using NameFilter = std::uint64_t;
NameFilter filter_of(std::string_view name);

// A model or a view: what relations lie between.
bool is_table(const schema::Declaration& declaration);

// A declaration that was changed, removed or added.
struct Change {
  std::string_view name;
  // Whether the change may affect every declaration that names this one. If not, it is a model or view before and now,
  // and only fields changed that are neither relations nor part of an id or unique key: rules read such fields of
  // another model only where a relation names them.
  bool wide = true;
  std::vector<std::string_view> fields;  // the names of those fields, as they were and as they are; unless wide
  std::vector<std::string_view> models;  // to which its relations refer that contain one of them; unless wide
};

struct Changes {
  std::vector<Change> declarations;  // by name
  std::vector<NameFilter> filters;   // of each
  bool same_names = false;           // the declarations' names and tables are those of before

  const Change* find(std::string_view name) const;
};

// `namesakes`: some declarations may share a name, so that the one that is meant may be another than the one that
// changed.
Changes changes_between(const schema::Snapshot& now, const schema::Snapshot& before, bool namesakes);

// Whether a declaration that names the changed one may see the difference.
bool is_visible(const Change& change, const schema::Declaration& from);

}  // namespace refract::validation
