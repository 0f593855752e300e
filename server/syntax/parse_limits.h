#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// What tree-sitter is given. Its runtime up to 0.20.7 counts the children of a node in 16 bits, and an error's node can
// take everything that is still open as its children: from 65,536 on it frees memory at a wrong address. Open brackets
// are what keeps things open, so a text has a limited number of them, and with it a limited depth.
namespace refract::syntax {

// A text is parsed whole up to this size in bytes; a longer one in slices of whole members. Tokens of such a text are
// too few to fill a node.
inline constexpr std::size_t kMaxSlice = 30'000;
// A longer line, in bytes, is parsed alone: tree-sitter may try every rest of an unclosed string as a token.
inline constexpr std::size_t kMaxLine = 2'000;
// No schema that Prisma accepts has this many brackets on one line outside of its strings. A bracket keeps less than
// ten things open.
inline constexpr std::size_t kMaxBrackets = 4'000;

// True if the text can be parsed as it is.
bool within_limits(std::string_view text);

// A member of any length for the parser: a text of the same length and the same tokens, with what is in strings and
// comments blanked, so that no bracket is in them. nullopt: it has too many brackets, or a string without its end.
std::optional<std::string> blanked_member(std::string_view text);

}  // namespace refract::syntax
