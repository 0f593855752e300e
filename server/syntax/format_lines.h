#pragma once

#include <string>
#include <string_view>

// Line ends around a layout, which knows "\n" alone.
namespace refract::syntax {

// The text with "\n" for each of its line ends: "\r\n", "\r" and "\n".
std::string with_line_feeds(std::string_view text);

// `laid_out`, whose line ends are "\n", with the line ends of the text that it was made from. In a text with several
// kinds of them each line keeps its own; lines that the layout adds take the kind that most lines have.
std::string with_line_ends_of(std::string_view original, std::string_view laid_out);

}  // namespace refract::syntax
