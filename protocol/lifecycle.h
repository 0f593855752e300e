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

  // nullopt: handle the request (`initialize` and `shutdown` have changed the state). Otherwise the error to answer.
  std::optional<ResponseError> admit_request(std::string_view method);
  // False: drop the notification. `exit` is always admitted and changes the state.
  bool admit_notification(std::string_view method);
  // Called with the outcome of `initialize`; after a failure the client may send it again.
  void initialize_answered(bool succeeded);
  // The client disconnected without sending `exit`.
  void client_gone();

 private:
  void exit();

  State state_ = State::created;
  int exit_code_ = 1;  // of the process, unless `exit` follows `shutdown`
};

}  // namespace refract::protocol
