#include "protocol/jsonrpc.h"

#include "protocol/text_codec.h"

#include <string>

#include "support/catch.h"

using namespace refract::protocol;

namespace {

const Message& only(const Incoming& incoming) {
  REQUIRE(incoming.messages.size() == 1);
  return incoming.messages.front();
}

// Code and id of the answer to a message that is none.
void check_malformed(std::string_view text, ErrorCode code, std::optional<RequestId> id = std::nullopt) {
  INFO(text.substr(0, 200));
  auto incoming = parse(text);
  const auto* malformed = std::get_if<Malformed>(&only(incoming));
  REQUIRE(malformed);
  CHECK(malformed->error.code == code);
  CHECK_FALSE(malformed->error.message.empty());
  CHECK(malformed->id == id);
}

template <class M>
M read_as(std::string_view text) {
  INFO(text);
  auto incoming = parse(text);
  REQUIRE(std::holds_alternative<M>(only(incoming)));
  return std::get<M>(only(incoming));
}

}  // namespace

TEST_CASE("jsonrpc: requests, notifications and responses are distinguished", "[protocol]") {
  CHECK(read_as<Request>(R"({"jsonrpc":"2.0","id":1,"method":"a/b","params":{"x":1}})") ==
        Request{.id = 1, .method = "a/b", .params = {{"x", 1}}});
  CHECK(read_as<Request>(R"({"jsonrpc":"2.0","id":"one","method":"shutdown"})") ==
        Request{.id = "one", .method = "shutdown", .params = nullptr});
  CHECK(read_as<Request>(R"({"jsonrpc":"2.0","id":-3,"method":"m","params":null})").id == RequestId(-3));
  CHECK(read_as<Request>(R"({"jsonrpc":"2.0","id":2.0,"method":"m"})").id == RequestId(2));
  CHECK(read_as<Notification>(R"({"jsonrpc":"2.0","method":"exit"})") ==
        Notification{.method = "exit", .params = nullptr});

  auto good = read_as<Response>(R"({"jsonrpc":"2.0","id":5,"result":null})");
  CHECK(good.id == RequestId(5));
  CHECK((good.result && good.result->is_null()));

  auto bad = read_as<Response>(R"({"jsonrpc":"2.0","id":6,"error":{"code":-32800,"message":"no","data":[1]}})");
  REQUIRE_FALSE(bad.result);
  CHECK(bad.result.error() == ResponseError{ErrorCode::request_cancelled, "no", {1}});

  auto unknown = read_as<Response>(R"({"id":null,"jsonrpc":"2.0","error":{"code":-32700,"message":"?"}})");
  CHECK(unknown.id == std::nullopt);
}

TEST_CASE("jsonrpc: what is no message is answered", "[protocol]") {
  check_malformed("", ErrorCode::parse_error);
  check_malformed("{", ErrorCode::parse_error);
  check_malformed(R"({"jsonrpc":"2.0","id":1,"method":"m",})", ErrorCode::parse_error);
  check_malformed(R"({"jsonrpc":"2.0","id":1} {})", ErrorCode::parse_error);
  check_malformed("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\xfe\"}", ErrorCode::parse_error);
  check_malformed("7", ErrorCode::invalid_request);
  check_malformed("[]", ErrorCode::invalid_request);
  check_malformed("{}", ErrorCode::invalid_request);
  check_malformed(R"({"id":1,"method":"m"})", ErrorCode::invalid_request, 1);
  check_malformed(R"({"jsonrpc":"1.0","id":"x","method":"m"})", ErrorCode::invalid_request, "x");
  check_malformed(R"({"jsonrpc":"2.0","id":1,"method":7})", ErrorCode::invalid_request, 1);
  check_malformed(R"({"jsonrpc":"2.0","id":1})", ErrorCode::invalid_request, 1);
  check_malformed(R"({"jsonrpc":"2.0","id":null,"method":"m"})", ErrorCode::invalid_request);
  check_malformed(R"({"jsonrpc":"2.0","id":{},"method":"m"})", ErrorCode::invalid_request);
  check_malformed(R"({"jsonrpc":"2.0","id":1.5,"method":"m"})", ErrorCode::invalid_request);
  check_malformed(R"({"jsonrpc":"2.0","id":18446744073709551615,"method":"m"})", ErrorCode::invalid_request);
  check_malformed(R"({"jsonrpc":"2.0","id":1,"method":"m","params":3})", ErrorCode::invalid_params, 1);
  check_malformed(R"({"jsonrpc":"2.0","method":"m","params":"x"})", ErrorCode::invalid_request);
}

TEST_CASE("jsonrpc: nesting has an end", "[protocol]") {
  check_malformed(std::string(1000000, '['), ErrorCode::parse_error);
  check_malformed(std::string(300, '[') + std::string(300, ']'), ErrorCode::parse_error);
  std::string deep = std::string(200, '[') + std::string(200, ']');
  CHECK(read_as<Request>(R"({"jsonrpc":"2.0","id":1,"method":"m","params":)" + deep + "}").params.is_array());
  // Brackets in a string are no nesting.
  CHECK(read_as<Notification>(R"({"jsonrpc":"2.0","method":"\"\\)" + std::string(5000, '[') + "\"}").method.size() ==
        5002);
}

TEST_CASE("jsonrpc: half a surrogate pair is one character", "[protocol]") {
  auto text = [](const char* escaped) {
    auto message =
        read_as<Notification>(R"({"jsonrpc":"2.0","method":"m","params":[")" + std::string(escaped) + "\"]}");
    return message.params.at(0).get<std::string>();
  };
  CHECK(text(R"(\ud83d\ude00)") == "😀");
  CHECK(text(R"(a\ud83db)") == "a\ufffdb");
  CHECK(text(R"(\ude00\ud83d)") == "\ufffd\ufffd");
  CHECK(text(R"(\ud83d\ud83d\ude00)") == "\ufffd😀");
  CHECK(text(R"(\\ud83d \ud83d)") == "\\ud83d \ufffd");
}

TEST_CASE("jsonrpc: batches", "[protocol]") {
  auto incoming = parse(R"([{"jsonrpc":"2.0","id":1,"method":"m"},{"jsonrpc":"2.0","method":"n"},3])");
  CHECK(incoming.batch);
  REQUIRE(incoming.messages.size() == 3);
  CHECK(std::holds_alternative<Request>(incoming.messages[0]));
  CHECK(std::holds_alternative<Notification>(incoming.messages[1]));
  CHECK(std::holds_alternative<Malformed>(incoming.messages[2]));
}

TEST_CASE("jsonrpc: messages are written as the specification wants them", "[protocol]") {
  CHECK(to_message(Request{.id = 3, .method = "m", .params = nullptr}) ==
        Json::parse(R"({"jsonrpc":"2.0","id":3,"method":"m"})"));
  CHECK(notification_text("n", "[1]") == R"({"jsonrpc":"2.0","method":"n","params":[1]})");
  CHECK(answer_text("x", "null") == R"({"id":"x","jsonrpc":"2.0","result":null})");
  CHECK(answer_text(std::nullopt, fail(ErrorCode::parse_error, "no")) ==
        R"({"id":null,"jsonrpc":"2.0","error":{"code":-32700,"message":"no"}})");
  CHECK(serialise(Json("a\xff")) == "\"a\ufffd\"");
}

TEST_CASE("jsonrpc: text made without a tree is what the tree would give", "[protocol]") {
  for (const std::string text :
       {"plain", "", "\"quoted\" \\ and\nbroken\t", "h\u00e9\u00e9 \U0001f600", "bad \xff end", "\x7f"}) {
    INFO(text);
    CHECK(text_of(text) == serialise(Json(text)));
  }
  std::string ascii;
  for (int letter = 0; letter < 0x80; ++letter) ascii += static_cast<char>(letter);
  CHECK(text_of(ascii) == serialise(Json(ascii)));
  using Values = std::vector<std::optional<std::variant<std::int64_t, std::string>>>;
  const Values values = {std::int64_t{-3}, std::string("s"), std::nullopt};
  CHECK(text_of(values) == R"([-3,"s",null])");
  CHECK(text_of(Values()) == "[]");
  CHECK(text_of(true) == "true");
  CHECK(text_of(Json{{"a", 1.5}}) == R"({"a":1.5})");
  CHECK(text_of(std::map<std::string, int>{{"a", 1}, {"b\n", 2}}) == R"({"a":1,"b\n":2})");
  CHECK(text_of(std::map<std::string, int>()) == "{}");
  // What is text already is put in as it is.
  CHECK(text_of(std::vector{JsonText{"[1, 2]"}, JsonText{}}) == "[[1, 2],null]");
  CHECK(encode(JsonText{"[1, 2]"}) == Json::parse("[1,2]"));
  CHECK(decode<JsonText>(Json::parse("[1, 2]")).text == "[1,2]");
}

TEST_CASE("jsonrpc: the id of a message of which the head is known", "[protocol]") {
  auto head = [](std::string text) { return id_in_head(text); };
  CHECK(head(R"({"jsonrpc":"2.0","id":7,"method":"m","params":{"id":9,"te)") == RequestId(7));
  CHECK(head(R"({"id":"x","method":"m","params":{)") == RequestId("x"));
  CHECK(head(R"({"params":{"id":9},"method":"m","id":7,)") == RequestId(7));
  CHECK(head(R"({"jsonrpc":"2.0","method":"m","params":{"id":9,"te)") == std::nullopt);
  CHECK(head(R"({"jsonrpc":"2.0","id":7,"result":[)") == std::nullopt);
  CHECK(head(R"([{"id":7,"method":"m"},)") == std::nullopt);
  CHECK(head("junk") == std::nullopt);
}
