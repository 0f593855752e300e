#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/snapshot.h"

// What happened to the declarations of a schema since an earlier analysis, and who can see it.
namespace refract::validation {

// A set of names in which one that is not there is nearly always seen not to be: Bloom's, a few bits a name. A set
// holds a name's filter where it has all of its bits.
using NameFilter = std::uint64_t;
NameFilter filter_of(std::string_view name);

// A model or a view: what relations lie between.
bool is_table(const schema::Declaration& declaration);

// A declaration that is another one than before, or gone, or new.
struct Change {
  std::string_view name;
  // Whether all that name it may see a difference. Where not, it is a model or view before and now, the difference
  // lies in fields that are neither relations nor part of an id or unique key, and no rule looks at those of a model
  // but where a relation names them.
  bool wide = true;
  std::vector<std::string_view> fields;  // the names of those fields, as they were and as they are; unless wide
  std::vector<std::string_view> models;  // at which relations of its own point that hold one of them; unless wide
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
