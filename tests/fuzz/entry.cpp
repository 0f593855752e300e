#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz.h"

// The names are the sanitizers'.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)

// libpg_query keeps a byte of each PL/pgSQL text that it cannot parse.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:pg_query_raw_parse\n";
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  refract::fuzz::run({reinterpret_cast<const char*>(data), size});
  return 0;
}

// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
