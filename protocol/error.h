#pragma once

#include <expected>
#include <string>
#include <utility>

#include "protocol/json.h"

namespace refract::protocol {

// The codes of JSON-RPC 2.0 §5.1 and of LSP 3.17 "ErrorCodes".
enum class ErrorCode : int {
  parse_error = -32700,       // the text is not JSON
  invalid_request = -32600,   // JSON, but no request; or one that the life cycle does not allow
  method_not_found = -32601,  // no handler is bound to the method
  invalid_params = -32602,    // the params do not have the method's shape
  internal_error = -32603,    // a defect of ours
  server_not_initialized = -32002,
  unknown_error_code = -32001,
  request_failed = -32803,     // well-formed, but cannot be done; the message says why, to a person
  server_cancelled = -32802,   // the server gave the request up itself
  content_modified = -32801,   // the document changed under the answer
  request_cancelled = -32800,  // the client asked for it with $/cancelRequest
};

// What a request is answered with when it has no result. `message` is one plain sentence and may be shown to a person.
struct ResponseError {
  ErrorCode code = ErrorCode::internal_error;
  std::string message;
  Json data = nullptr;  // null: absent on the wire

  bool operator==(const ResponseError&) const = default;
};

// What a handler answers with.
template <class T>
using Result = std::expected<T, ResponseError>;

inline std::unexpected<ResponseError> fail(ErrorCode code, std::string message, Json data = nullptr) {
  return std::unexpected(ResponseError{code, std::move(message), std::move(data)});
}
inline std::unexpected<ResponseError> fail(ResponseError error) {
  return std::unexpected(std::move(error));
}

}  // namespace refract::protocol
