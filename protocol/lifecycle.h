#pragma once

#include <optional>
#include <string_view>

#include "protocol/error.h"

namespace refract::protocol {

// The life cycle of LSP 3.17 as a pure state machine: created → initializing → running → shut_down → exited.
class Lifecycle {
 public:
  enum class State { created, initializing, running, shut_down, exited };

  State state() const { return state_; }
  int exit_code() const { return exit_code_; }

  // nullopt: the request may be handled (and `initialize`, `shutdown` have moved the state). Otherwise its answer.
  std::optional<ResponseError> admit_request(std::string_view method);
  // False: the notification is to be dropped. `exit` is always admitted and moves the state.
  bool admit_notification(std::string_view method);
  // The answer to `initialize`, once known: a failed one may be tried again.
  void initialize_answered(bool succeeded);
  // The client is gone, or closed its end without `exit`.
  void client_gone();

 private:
  void exit();

  State state_ = State::created;
  int exit_code_ = 1;  // of the process, when nothing better is known
};

}  // namespace refract::protocol
