#pragma once

#include <chrono>
#include <vector>

namespace refract::bench {

using Clock = std::chrono::steady_clock;

double milliseconds_between(Clock::time_point begin, Clock::time_point end);
double milliseconds_since(Clock::time_point begin);

// Timings of one thing, in milliseconds.
class Samples {
 public:
  void add(double milliseconds) { values_.push_back(milliseconds); }
  bool empty() const { return values_.empty(); }
  // The smallest value that at least `percent` of the values do not exceed (nearest rank). There must be one.
  double percentile(double percent) const;

 private:
  std::vector<double> values_;
};

}  // namespace refract::bench
