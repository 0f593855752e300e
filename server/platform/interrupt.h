#pragma once

#include <functional>
#include <memory>
#include <span>

namespace refract::platform {

// The signals that ask a program to end (SIGINT, SIGTERM, …).
std::span<const int> termination_signals();

// While it lives, a request to end the program (Ctrl+C, SIGTERM, a closed terminal) calls `handler` on a thread of its
// own. True: the request is taken care of. False: the program ends at once, as it would without a handler.
// Created before other threads start: they inherit that these signals are blocked.
class InterruptHandler {
 public:
  explicit InterruptHandler(std::function<bool()> handler);
  ~InterruptHandler();
  InterruptHandler(const InterruptHandler&) = delete;
  InterruptHandler& operator=(const InterruptHandler&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace refract::platform
