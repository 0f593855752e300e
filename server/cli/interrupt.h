#pragma once

#include <stop_token>

#include "platform/interrupt.h"

namespace refract::cli {

// While it lives, the first request to end the program (Ctrl+C, SIGTERM) requests the current operation to stop, so
// that destructors run and nothing is left behind; the second one ends the program at once. Made before other threads
// start.
class Interrupt {
 public:
  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  platform::InterruptHandler handler_{[this] { return source_.request_stop(); }};
};

}  // namespace refract::cli
