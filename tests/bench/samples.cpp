#include "bench/samples.h"

#include <algorithm>
#include <cmath>

namespace refract::bench {

double milliseconds_between(Clock::time_point begin, Clock::time_point end) {
  return std::chrono::duration<double, std::milli>(end - begin).count();
}

double milliseconds_since(Clock::time_point begin) {
  return milliseconds_between(begin, Clock::now());
}

double Samples::percentile(double percent) const {
  std::vector<double> sorted = values_;
  std::ranges::sort(sorted);
  const double rank = std::ceil(percent / 100 * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

}  // namespace refract::bench
