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

// Prints a text that was generated from the input, if $REFRACT_FUZZ_SHOW is set: the input itself shows nothing.
inline void show(std::string_view title, std::string_view text) {
  if (std::getenv("REFRACT_FUZZ_SHOW") == nullptr) return;
  std::fprintf(stderr, "--- %.*s\n%.*s\n", static_cast<int>(title.size()), title.data(), static_cast<int>(text.size()),
               text.data());
}

void run(std::string_view input);

}  // namespace refract::fuzz
