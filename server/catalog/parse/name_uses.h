#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace refract::catalog {

// A name or a string that is in a piece of SQL, as PostgreSQL reads it: unquoted names folded to lower case.
struct NameUse {
  std::string name;       // of a string its value
  std::string qualifier;  // the name before the dot: NEW of NEW.email, as "new"; empty: there is none
  bool string = false;
  bool quoted = false;     // written between double quotes
  bool null_test = false;  // followed by IS NULL, IS NOT NULL, ISNULL or NOTNULL
  std::size_t depth = 0;   // in how many strings it is nested: 1 in the body of a function
};

// The names in SQL in their order, comments left out. The text of a string is read as SQL too, as that of a function's
// body or of EXECUTE is; text that is no SQL gives words that name nothing.
std::vector<NameUse> name_uses(std::string_view sql);

// A comment that begins with two dashes, as byte offsets; the line break is not part of it.
struct LineComment {
  std::size_t begin = 0;
  std::size_t end = 0;
};
// Those outside of strings, in their order.
std::vector<LineComment> line_comments(std::string_view sql);

// Whether name_uses() may find the name or a string of that value, in any case: quick. Can be true wrongly, never false
// wrongly.
bool may_name(std::string_view sql, std::string_view name);

// Whether the name is outside of strings: a constant of an expression names nothing.
bool names_plainly(std::string_view sql, std::string_view name);
// The values of the strings, however they are written, and of those that are in a string.
std::set<std::string> strings_in(std::string_view sql);

}  // namespace refract::catalog
