#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "text/position.h"

namespace refract::text {

// The UTF-8 byte order mark.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The offset of the first byte that is not valid UTF-8 (overlong forms and surrogates included); nullopt: all valid.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// How many units of the encoding the text takes. Invalid bytes count one unit each.
std::uint32_t length_in(std::string_view text, Encoding encoding);

// The byte length of the longest prefix of the text that takes no more than `units` units. A count that ends
// inside a character (a surrogate pair, a multi-byte sequence) is rounded down to its start.
std::size_t prefix_of(std::string_view text, std::uint32_t units, Encoding encoding);

}  // namespace refract::text
