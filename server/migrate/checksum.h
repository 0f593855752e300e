#pragma once

#include <string>
#include <string_view>

namespace refract::migrate {

// SHA-256 (FIPS 180-4) of the bytes, in lower-case hex: how Prisma recognises an edited migration.
std::string sha256_hex(std::string_view bytes);

}  // namespace refract::migrate
