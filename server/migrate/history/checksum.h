#pragma once

#include <string>
#include <string_view>

namespace refract::migrate {

// SHA-256 (FIPS 180-4) of the bytes, in lower-case hex: how Prisma recognises an edited migration.
std::string sha256_hex(std::string_view bytes);

// Whether a recorded checksum is that of the text, with its own line ends, with LF or with CRLF: version control
// changes them. As in Prisma, the form without leading zeros counts too.
bool matches_checksum(std::string_view text, std::string_view checksum);

}  // namespace refract::migrate
