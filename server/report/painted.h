#pragma once

#include <string>
#include <string_view>

namespace refract::report {

// The text of a command with colours for a terminal: levels and states of hazards, problems, migrations and checks,
// what a plan creates and drops, and help in grey. Its lines have the forms that the functions of this folder write;
// what has another form, or colours already, stays as it is.
std::string painted(std::string_view text);

// The same of a help text.
std::string painted_help(std::string_view text);

// SQL with colours for comments, strings and words in capitals; schema text with colours for comments, strings,
// attributes, and the keywords of blocks.
std::string painted_sql(std::string_view text);
std::string painted_prisma(std::string_view text);

}  // namespace refract::report
