#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/error.h"
#include "protocol/json.h"

// JSON-RPC 2.0 messages.

namespace refract::protocol {

using RequestId = std::variant<std::int64_t, std::string>;

struct Request {
  RequestId id;
  std::string method;
  Json params;  // object or array; null: absent

  bool operator==(const Request&) const = default;
};

struct Notification {
  std::string method;
  Json params;  // object or array; null: absent

  bool operator==(const Notification&) const = default;
};

// The client's answer to a request of ours.
struct Response {
  std::optional<RequestId> id;  // nullopt: null, the answer to a request whose id could not be read
  Result<Json> result;
};

// A message of another form. The sender is answered with `error`, under `id` where it could be read.
struct Malformed {
  std::optional<RequestId> id;
  ResponseError error;
};

using Message = std::variant<Request, Notification, Response, Malformed>;

struct Incoming {
  bool batch = false;  // the answers belong in one array
  std::vector<Message> messages;
};

// Reads the text of one frame; never throws. Text that is not JSON, not UTF-8, or nested deeper than 256 levels gives
// one Malformed with ParseError. A UTF-16 surrogate escaped without its other half, as JavaScript writes one when an
// emoji is typed in two steps, is read as U+FFFD: one unit too, so that columns agree.
Incoming parse(std::string_view text);

// The id of a request of which only the first bytes are known; nullopt if those bytes do not contain it.
std::optional<RequestId> id_in_head(std::string_view head);

Json to_message(const Request& request);

// The text of an answer whose result is JSON text already.
std::string answer_text(const std::optional<RequestId>& id, const Result<std::string>& result);

// The text of a notification whose params are JSON text already.
std::string notification_text(std::string_view method, std::string_view params);

// As text in UTF-8. Bytes that are not UTF-8 become U+FFFD.
std::string serialise(const Json& message);

Json id_to_json(const RequestId& id);
// nullopt where `json` is neither a string nor an integer of 64 bits.
std::optional<RequestId> id_from_json(const Json& json);
// For logs.
std::string to_string(const RequestId& id);

}  // namespace refract::protocol
