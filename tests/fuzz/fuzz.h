#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

// A fuzz target reads one input and stops the program where a promise is broken. `./dev fuzz` runs each under
// libFuzzer; without libFuzzer, driver.cpp runs it over its corpus and over random changes to that.

namespace refract::fuzz {

// Like assert(), in every build.
inline void expect(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

void run(std::string_view input);

}  // namespace refract::fuzz
