#pragma once

#include <string>
#include <vector>

#include "migrate/diff/plan.h"

namespace refract::migrate {

// How a database differs from the structure that is expected of it.
struct Difference {
  enum class Kind {
    more,   // it has something that is not expected
    less,   // something is missing
    other,  // the same thing is otherwise
  };
  Kind kind = Kind::other;
  std::string sentence;  // "The database has more: column User.age."
  std::string name;      // by which it may be excepted: "User.age", an index, a constraint
  std::string owner;     // the table that it belongs to, by which it may be excepted too; may be empty
};

// `present` beside `expected`, as schemas describe them. Nothing where both are the same.
std::vector<Difference> differences(const catalog::Catalog& present, const catalog::Catalog& expected,
                                    const DiffOptions& options);

}  // namespace refract::migrate
