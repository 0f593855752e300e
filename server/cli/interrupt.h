#pragma once

#include <signal.h>

#include <stop_token>
#include <thread>

namespace refract::cli {

// While it lives, the first SIGINT, SIGTERM or SIGHUP asks the work under way to stop, so that destructors run and
// nothing is left behind; the second one ends the program at once. Made before other threads start: they inherit that
// these signals are blocked.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  void watch(int signals);

  std::stop_source source_;
  sigset_t before_{};
  int ended_ = -1;  // an eventfd that wakes the watcher
  std::thread watcher_;
};

}  // namespace refract::cli
