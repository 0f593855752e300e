#pragma once

#include <cstdint>
#include <string>

namespace refract::test {

// Two PostgreSQL schemas, the second the first with some changes; the same for the same seed.
struct SchemaPair {
  std::string before;
  std::string after;
};
SchemaPair schema_pair(std::uint64_t seed);

}  // namespace refract::test
