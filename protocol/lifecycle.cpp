#include "protocol/lifecycle.h"

namespace refract::protocol {
namespace {

ResponseError refused(ErrorCode code, const char* message) {
  return {.code = code, .message = message, .data = nullptr};
}

}  // namespace

std::optional<ResponseError> Lifecycle::admit_request(std::string_view method) {
  switch (state_) {
    case State::created:
      if (method == "initialize") {
        state_ = State::initializing;
        return std::nullopt;
      }
      return refused(ErrorCode::server_not_initialized, "the first request must be \"initialize\"");
    case State::initializing:
      if (method == "initialize") break;
      return refused(ErrorCode::server_not_initialized, "\"initialize\" has not been answered yet");
    case State::running:
      if (method == "initialize") break;
      if (method == "shutdown") state_ = State::shut_down;
      return std::nullopt;
    case State::shut_down:
    case State::exited:
      return refused(ErrorCode::invalid_request, "after \"shutdown\" only \"exit\" may follow");
  }
  return refused(ErrorCode::invalid_request, "\"initialize\" may be sent once");
}

bool Lifecycle::admit_notification(std::string_view method) {
  if (method == "exit") {
    exit();
    return true;
  }
  return state_ == State::running;
}

void Lifecycle::initialize_answered(bool succeeded) {
  if (state_ == State::initializing) state_ = succeeded ? State::running : State::created;
}

void Lifecycle::client_gone() {
  exit();
}

void Lifecycle::exit() {
  if (state_ == State::exited) return;
  exit_code_ = state_ == State::shut_down ? 0 : 1;
  state_ = State::exited;
}

}  // namespace refract::protocol
