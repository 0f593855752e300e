#include "protocol/jsonrpc.h"

#include <algorithm>

#include "protocol/codec.h"

namespace refract::protocol {
namespace {

// Far above what any message of LSP needs; the recursion over JSON values (copying, writing) stays shallow.
constexpr int kDeepestNesting = 256;

bool nested_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepestNesting) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The UTF-16 unit of the escape `\uXXXX` at `at`; -1 if there is none.
int escaped_unit(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = 0;
  for (std::size_t digit = at + 2; digit < at + 6; ++digit) {
    int value = hex_digit(text[digit]);
    if (value < 0) return -1;
    unit = unit * 16 + value;
  }
  return unit;
}

bool is_high_surrogate(int unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(int unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

// Replaces escaped surrogates that lack their other half by \ufffd. False: there was none.
bool repair_surrogates(std::string& text) {
  bool repaired = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') continue;
    int unit = escaped_unit(text, at);
    if (is_high_surrogate(unit) && is_low_surrogate(escaped_unit(text, at + 6))) {
      at += 11;
    } else if (is_high_surrogate(unit) || is_low_surrogate(unit)) {
      text.replace(at, 6, "\\ufffd");
      repaired = true;
      at += 5;
    } else {
      ++at;
    }
  }
  return repaired;
}

Malformed malformed(ErrorCode code, std::string message, std::optional<RequestId> id = std::nullopt) {
  return {.id = std::move(id), .error = {.code = code, .message = std::move(message), .data = nullptr}};
}

Message read_response(const Json& json, std::optional<RequestId> id) {
  auto error = json.find("error");
  if (error == json.end() || error->is_null()) return Response{.id = std::move(id), .result = json.at("result")};
  ResponseError answered{
      .code = ErrorCode::unknown_error_code, .message = "an error without a message", .data = nullptr};
  if (error->is_object()) {
    read_or_keep(*error, "code", answered.code);
    read_or_keep(*error, "message", answered.message);
    read_or_keep(*error, "data", answered.data);
  }
  return Response{.id = std::move(id), .result = fail(std::move(answered))};
}

Message read_message(const Json& json) {
  if (!json.is_object()) return malformed(ErrorCode::invalid_request, "a message must be an object");
  auto id_member = json.find("id");
  std::optional<RequestId> id;
  if (id_member != json.end()) id = id_from_json(*id_member);

  if (auto version = json.find("jsonrpc"); version == json.end() || *version != "2.0") {
    return malformed(ErrorCode::invalid_request, "the member \"jsonrpc\" must be \"2.0\"", id);
  }
  auto method = json.find("method");
  if (method == json.end()) {
    bool answers = json.contains("result") || (json.contains("error") && !json.at("error").is_null());
    bool id_fits = id || (id_member != json.end() && id_member->is_null());
    if (answers && id_fits) return read_response(json, id);
    return malformed(ErrorCode::invalid_request, "a message needs a \"method\", or an \"id\" and a \"result\"", id);
  }
  if (!method->is_string()) return malformed(ErrorCode::invalid_request, "\"method\" must be a string", id);
  if (id_member != json.end() && !id) {
    return malformed(ErrorCode::invalid_request, "\"id\" must be a string or an integer");
  }
  Json params = nullptr;
  if (auto found = json.find("params"); found != json.end()) params = *found;
  if (!params.is_structured() && !params.is_null()) {
    if (!id) return malformed(ErrorCode::invalid_request, "\"params\" must be an object or an array");
    return malformed(ErrorCode::invalid_params, "\"params\" must be an object or an array", id);
  }
  auto name = method->get<std::string>();
  if (id) return Request{.id = std::move(*id), .method = std::move(name), .params = std::move(params)};
  return Notification{.method = std::move(name), .params = std::move(params)};
}

Incoming single(Message message) {
  Incoming incoming;
  incoming.messages.push_back(std::move(message));
  return incoming;
}

// Follows the members of the outermost object until its "id" or the end of what is there.
class IdFinder : public nlohmann::json_sax<Json> {
 public:
  std::optional<RequestId> found;

  bool null() override { return value(nullptr); }
  bool boolean(bool) override { return value(nullptr); }
  bool number_integer(number_integer_t number) override { return value(number); }
  bool number_unsigned(number_unsigned_t number) override { return value(number); }
  bool number_float(number_float_t, const string_t&) override { return value(nullptr); }
  bool string(string_t& text) override { return value(text); }
  bool binary(binary_t&) override { return value(nullptr); }
  bool start_object(std::size_t) override { return ++depth_ > 0; }
  bool end_object() override { return --depth_ > 0; }
  bool start_array(std::size_t) override { return ++depth_ > 1; }
  bool end_array() override { return --depth_ > 0; }
  bool key(string_t& name) override {
    at_id_ = depth_ == 1 && name == "id";
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override { return false; }

 private:
  bool value(const Json& json) {
    if (!at_id_ || depth_ != 1) return depth_ > 0;
    found = id_from_json(json);
    return false;
  }

  int depth_ = 0;
  bool at_id_ = false;
};

}  // namespace

Incoming parse(std::string_view text) {
  if (nested_too_deep(text)) return single(malformed(ErrorCode::parse_error, "the message is nested too deep"));
  Json json;
  try {
    json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) {
      std::string repaired(text);
      if (repair_surrogates(repaired)) json = Json::parse(repaired, nullptr, false);
    }
    if (json.is_discarded()) {
      return single(malformed(ErrorCode::parse_error, "the message is not JSON in UTF-8"));
    }
    if (!json.is_array()) return single(read_message(json));
    if (json.empty()) return single(malformed(ErrorCode::invalid_request, "a batch without messages"));
    Incoming incoming{.batch = true, .messages = {}};
    for (const Json& element : json) incoming.messages.push_back(read_message(element));
    return incoming;
  } catch (const Json::exception&) {
    return single(malformed(ErrorCode::parse_error, "the message cannot be read"));
  }
}

std::optional<RequestId> id_in_head(std::string_view head) {
  // Bytes of which the last are missing end in a parse error, after the members before them have been seen. A message
  // with an id but no method is an answer, and answers are not answered.
  IdFinder finder;
  Json::sax_parse(head, &finder, Json::input_format_t::json, false);
  if (finder.found && head.find("\"method\"") == std::string_view::npos) return std::nullopt;
  return finder.found;
}

Json to_message(const Request& request) {
  Json message = {{"jsonrpc", "2.0"}, {"id", id_to_json(request.id)}, {"method", request.method}};
  if (!request.params.is_null()) message["params"] = request.params;
  return message;
}

std::string answer_text(const std::optional<RequestId>& id, const Result<std::string>& result) {
  const std::string head = R"({"id":)" + serialise(id ? id_to_json(*id) : Json(nullptr)) + R"(,"jsonrpc":"2.0",)";
  if (result) {
    constexpr std::string_view kResult = R"("result":)";
    std::string text;
    text.reserve(head.size() + kResult.size() + result->size() + 1);
    return text.append(head).append(kResult).append(*result).append(1, '}');
  }
  Json error = {{"code", static_cast<int>(result.error().code)}, {"message", result.error().message}};
  if (!result.error().data.is_null()) error["data"] = result.error().data;
  return head + R"("error":)" + serialise(error) + "}";
}

std::string notification_text(std::string_view method, std::string_view params) {
  constexpr std::string_view kHead = R"({"jsonrpc":"2.0","method":)";
  constexpr std::string_view kParams = R"(,"params":)";
  const std::string name = serialise(Json(method));
  std::string text;
  text.reserve(kHead.size() + name.size() + kParams.size() + params.size() + 1);
  return text.append(kHead).append(name).append(kParams).append(params).append(1, '}');
}

std::string serialise(const Json& message) {
  return message.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json id_to_json(const RequestId& id) {
  return encode(id);
}

std::optional<RequestId> id_from_json(const Json& json) {
  try {
    return decode<RequestId>(json);
  } catch (const InvalidField&) {
    return std::nullopt;
  }
}

std::string to_string(const RequestId& id) {
  if (const auto* number = std::get_if<std::int64_t>(&id)) return std::to_string(*number);
  return "\"" + std::get<std::string>(id) + "\"";
}

}  // namespace refract::protocol
