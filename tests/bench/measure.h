#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench/places.h"
#include "bench/samples.h"

namespace refract::bench {

struct Row {
  std::string name;
  Samples samples;  // empty: the server gave no answer
};

// What one server needs for one schema.
struct Measured {
  std::vector<Row> rows;  // the same rows for every server
  Samples start;          // from before the process is made until the answer to `initialize`
  double peak_megabytes = 0;
};

inline constexpr std::chrono::seconds kLongestRow{10};

// Starts the server a few times, then runs each row `repeat` times, or until kLongestRow is over.
// Throws std::runtime_error where the server does not start.
Measured measure(const std::vector<std::string>& command, const std::filesystem::path& schema, const Places& places,
                 int repeat);

}  // namespace refract::bench
