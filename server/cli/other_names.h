#pragma once

#include <string>
#include <string_view>

// What Prisma and others call a command or an option of ours, or what they have and Refract does not.
namespace refract::cli {

// The answer to a command that does not exist: `words` are one or two words after "refract", such as "db pull". Empty:
// they are no name that is known.
std::string_view other_command(std::string_view words);

// The same of an option, without dashes, of a command in full ("refract check").
std::string_view other_option(std::string_view command, std::string_view option);

}  // namespace refract::cli
