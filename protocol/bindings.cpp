#include "protocol/bindings.h"

#include <exception>

namespace refract::protocol {

Answer::Answer(std::string method, Send send, Log log)
    : method_(std::move(method)), send_(std::move(send)), log_(std::move(log)) {}

Answer::~Answer() {
  if (send_) (*this)(fail(ErrorCode::internal_error, "the server gave up on " + method_ + " without an answer"));
}

void Answer::operator()(Result<std::string> result) {
  if (auto send = std::exchange(send_, nullptr)) send(std::move(result));
}

void Answer::complete(const std::function<Result<std::string>()>& compute) {
  Result<std::string> result;
  try {
    result = compute();
  } catch (const InvalidField& mismatch) {
    result = fail(ErrorCode::invalid_params, mismatch.what());
  } catch (const std::exception& thrown) {
    log_(method_ + ": " + thrown.what());
    result = fail(ErrorCode::internal_error, "a defect of the server: " + method_ + " failed");
  } catch (...) {
    log_(method_ + ": an exception of unknown type");
    result = fail(ErrorCode::internal_error, "a defect of the server: " + method_ + " failed");
  }
  (*this)(std::move(result));
}

Result<std::string> Bindings::cancelled() {
  return fail(ErrorCode::request_cancelled, "cancelled by the client");
}

const Bindings::RequestHandler* Bindings::find_request(std::string_view method) const {
  auto found = requests_.find(method);
  return found == requests_.end() ? nullptr : &found->second;
}

const Bindings::NotificationHandler* Bindings::find_notification(std::string_view method) const {
  auto found = notifications_.find(method);
  return found == notifications_.end() ? nullptr : &found->second;
}

}  // namespace refract::protocol
