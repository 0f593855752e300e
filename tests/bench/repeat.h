#pragma once

#include <string>
#include <string_view>

namespace refract::bench {

// Stands before a copy's number (from 2 on) at the end of each of its names.
inline constexpr char kCopyMark = 'X';

// The schema followed by copies of its models, views, composite types and enums under other names, until it has at
// least `lines` lines. Names that the database must not see twice (`map:`, `@@map`) differ in each copy as well.
std::string repeated(std::string_view schema, std::size_t lines);

}  // namespace refract::bench
