#pragma once

#include <string>
#include <string_view>

#include "catalog/parse/sql.h"

namespace refract::catalog::test {

// A catalog as lines that read like a short description of it; names of "public" stand alone.
std::string dump(const Catalog& catalog);

// Replays `sql` onto an empty database and compares the outcome, white space at both ends aside. Fails on any issue.
void check_catalog(std::string_view sql, std::string_view expected);

// The messages of replay, one a line: "error: …" or "opaque: …".
std::string issues_of(std::string_view sql);

// Steps of a text that must parse.
std::vector<Step> steps_of(std::string_view sql);

}  // namespace refract::catalog::test
