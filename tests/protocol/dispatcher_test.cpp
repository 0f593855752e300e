#include "protocol/dispatcher.h"

#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

#include "protocol/members.h"
#include "support/catch.h"

using namespace refract::protocol;

namespace {

struct Point {
  std::uint32_t x = 0;
  std::optional<std::string> name;
};
LSP_STRUCT(Point, x, name)

// A dispatcher whose strand runs at once and whose pool runs when told.
struct Desk {
  explicit Desk(Bindings bindings) {
    bindings.request("initialize",
                     [](const RequestContext&, const NoParams&) -> Result<Json> { return Json::object(); });
    dispatcher.emplace(std::move(bindings),
                       Dispatcher::Ports{.send = [this](const std::string& text) { sent.push_back(Json::parse(text)); },
                                         .strand = [](Work work) { work(); },
                                         .pool = [this](Work work) { pool.push_back(std::move(work)); },
                                         .log = [this](std::string line) { log.push_back(std::move(line)); }});
  }

  void initialize() {
    receive(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{}})");
    REQUIRE(take() == R"([{"id":0,"jsonrpc":"2.0","result":{}}])"_json);
  }
  void receive(std::string_view text) { dispatcher->receive(parse(text)); }
  void request(int id, const std::string& method, const Json& params = Json::object()) {
    receive(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump());
  }
  void notify(const std::string& method, const Json& params) {
    receive(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.dump());
  }
  Json take() { return std::exchange(sent, Json::array()); }
  // `id: result` or `id: !code` of each answer sent since the last call.
  std::vector<std::string> answers() {
    std::vector<std::string> lines;
    for (const Json& message : take()) {
      auto what = message.contains("result") ? message["result"].dump() : "!" + message["error"]["code"].dump();
      lines.push_back(message["id"].dump() + ": " + what);
    }
    return lines;
  }
  void run_pool() {
    while (!pool.empty()) {
      Work work = std::move(pool.front());
      pool.pop_front();
      work();
    }
  }

  Json sent = Json::array();
  std::vector<std::string> log;
  std::deque<Work> pool;
  std::optional<Dispatcher> dispatcher;
};

using Lines = std::vector<std::string>;

Result<Point> mirror(const RequestContext&, const Point& point) {
  return point;
}

}  // namespace

TEST_CASE("dispatcher: typed params and results", "[protocol]") {
  Bindings bind;
  bind.request("mirror", mirror);
  bind.request("nothing",
               [](const RequestContext&, const NoParams&) -> Result<std::optional<Point>> { return std::nullopt; });
  bind.request("refuse", [](const RequestContext&, const NoParams&) -> Result<Point> {
    return fail(ErrorCode::request_failed, "cannot", {{"why", 1}});
  });
  Desk desk(std::move(bind));
  desk.initialize();

  desk.request(1, "mirror", {{"x", 3}, {"name", nullptr}});
  CHECK(desk.answers() == Lines{R"(1: {"x":3})"});
  desk.request(2, "nothing");
  CHECK(desk.answers() == Lines{"2: null"});
  desk.receive(R"({"jsonrpc":"2.0","id":"three","method":"nothing"})");
  CHECK(desk.answers() == Lines{"\"three\": null"});
  desk.request(4, "refuse");
  CHECK(desk.take() ==
        R"([{"jsonrpc":"2.0","id":4,"error":{"code":-32803,"message":"cannot","data":{"why":1}}}])"_json);
}

TEST_CASE("dispatcher: params that do not fit name the member", "[protocol]") {
  Bindings bind;
  bind.request("mirror", mirror);
  bind.request("many", [](const RequestContext&, const std::map<std::string, std::vector<Point>>&) -> Result<Json> {
    return nullptr;
  });
  bind.pooled("pooled",
              [](const RequestContext&, const Point& point) { return [point]() -> Result<Point> { return point; }; });
  bind.deferred("deferred", [](const RequestContext&, const Point&, Reply<Point>) {});
  Desk desk(std::move(bind));
  desk.initialize();
  auto error = [&](const char* method, const Json& params) {
    desk.request(1, method, params);
    auto sent = desk.take();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0]["error"]["code"] == -32602);
    return sent[0]["error"]["message"].get<std::string>();
  };
  CHECK(error("mirror", Json::object()) == "x: expected a value");
  CHECK(error("mirror", {{"x", -1}}) == "x: expected an integer from 0 to 4294967295");
  CHECK(error("mirror", {{"x", 4294967296}}) == "x: expected an integer from 0 to 4294967295");
  CHECK(error("mirror", {{"x", 1.5}}) == "x: expected an integer from 0 to 4294967295");
  CHECK(error("mirror", {{"x", 1}, {"name", 3}}) == "name: expected a string");
  CHECK(error("mirror", Json::array()) == "expected an object");
  CHECK(error("many", {{"a", {{{"x", 1}}, {{"x", "?"}}}}}) == "a[1].x: expected an integer from 0 to 4294967295");
  CHECK(error("pooled", Json::object()) == "x: expected a value");
  CHECK(error("deferred", Json::object()) == "x: expected a value");
}

TEST_CASE("dispatcher: unknown methods", "[protocol]") {
  Desk desk({});
  desk.initialize();
  desk.request(1, "textDocument/unheardOf");
  desk.request(2, "$/unheardOf");
  CHECK(desk.answers() == Lines{"1: !-32601", "2: !-32601"});
  desk.notify("$/unheardOf", Json::object());
  desk.notify("unheardOf", Json::object());
  CHECK(desk.answers().empty());
  CHECK(desk.log.empty());
}

TEST_CASE("dispatcher: exceptions become InternalError, without their text", "[protocol]") {
  Bindings bind;
  auto throwing = []() -> Result<Json> { throw std::runtime_error("password=hunter2"); };
  bind.request("inline", [=](const RequestContext&, const NoParams&) -> Result<Json> { return throwing(); });
  bind.request("odd", [](const RequestContext&, const NoParams&) -> Result<Json> { throw 7; });
  bind.pooled("pooled", [=](const RequestContext&, const NoParams&) { return throwing; });
  bind.deferred("deferred", [=](const RequestContext&, const NoParams&, Reply<Json>) { throw std::logic_error("oh"); });
  bind.notification("note", [=](const NoParams&) { throwing(); });
  Desk desk(std::move(bind));
  desk.initialize();
  desk.request(1, "inline");
  desk.request(2, "odd");
  desk.request(3, "pooled");
  desk.request(4, "deferred");
  desk.notify("note", Json::object());
  desk.run_pool();
  CHECK(desk.sent.dump().find("hunter2") == std::string::npos);
  CHECK(desk.answers() == Lines{"1: !-32603", "2: !-32603", "4: !-32603", "3: !-32603"});
  CHECK(desk.log == Lines{"inline: password=hunter2", "odd: an exception of unknown type", "deferred: oh",
                          "note: password=hunter2", "pooled: password=hunter2"});
}

TEST_CASE("dispatcher: every request is answered exactly once", "[protocol]") {
  Bindings bind;
  std::optional<Reply<int>> kept;
  bind.deferred("later",
                [&](const RequestContext&, const NoParams&, Reply<int> reply) { kept.emplace(std::move(reply)); });
  bind.deferred("twice", [](const RequestContext&, const NoParams&, Reply<int> reply) {
    reply(1);
    reply(2);
  });
  bind.deferred("never", [](const RequestContext&, const NoParams&, Reply<int>) {});
  Desk desk(std::move(bind));
  desk.initialize();

  desk.request(1, "later");
  CHECK(desk.dispatcher->running() == 1);
  CHECK(desk.answers().empty());
  desk.request(1, "later");  // the id is taken
  CHECK(desk.answers() == Lines{"1: !-32600"});
  (*kept)(7);
  CHECK(desk.answers() == Lines{"1: 7"});
  CHECK(desk.dispatcher->running() == 0);
  kept.reset();
  CHECK(desk.answers().empty());

  desk.request(2, "twice");
  desk.request(3, "never");
  CHECK(desk.answers() == Lines{"2: 1", "3: !-32603"});

  // An answer that comes when the dispatcher is gone goes nowhere.
  desk.request(4, "later");
  desk.dispatcher.reset();
  (*kept)(8);
  CHECK(desk.answers().empty());
}

TEST_CASE("dispatcher: cancellation", "[protocol]") {
  Bindings bind;
  int computed = 0;
  bind.pooled("slow", [&](const RequestContext& context, const NoParams&) {
    return [&, stop = context.stop]() -> Result<int> {
      ++computed;
      if (stop.stop_requested()) return fail(ErrorCode::request_cancelled, "noticed");
      return 1;
    };
  });
  std::optional<Reply<std::string>> kept;
  std::stop_token token;
  bind.deferred("deferred", [&](const RequestContext& context, const NoParams&, Reply<std::string> reply) {
    token = context.stop;
    kept.emplace(std::move(reply));
  });
  Desk desk(std::move(bind));
  desk.initialize();

  desk.request(1, "slow");
  desk.request(2, "slow");
  desk.notify("$/cancelRequest", {{"id", 1}});
  desk.run_pool();
  CHECK(desk.answers() == Lines{"1: !-32800", "2: 1"});
  CHECK(computed == 1);  // what was cancelled before its turn is not computed

  desk.request(3, "deferred");
  CHECK_FALSE(token.stop_requested());
  desk.notify("$/cancelRequest", {{"id", 99}});
  desk.notify("$/cancelRequest", {{"id", "3"}});
  desk.notify("$/cancelRequest", Json::array());
  CHECK_FALSE(token.stop_requested());
  desk.notify("$/cancelRequest", {{"id", 3}});
  CHECK(token.stop_requested());
  (*kept)("still good");  // the handler decides what its cancelled work is worth
  CHECK(desk.answers() == Lines{"3: \"still good\""});
  desk.notify("$/cancelRequest", {{"id", 3}});
  CHECK(desk.answers().empty());

  desk.request(4, "deferred");
  desk.dispatcher->stop_running();
  CHECK(token.stop_requested());
}

TEST_CASE("dispatcher: the life cycle holds for every method", "[protocol]") {
  Bindings bind;
  int notes = 0;
  bind.request("mirror", mirror);
  bind.notification("note", [&](const NoParams&) { ++notes; });
  Desk desk(std::move(bind));
  desk.notify("note", Json::object());
  desk.request(1, "mirror", {{"x", 1}});
  CHECK(desk.answers() == Lines{"1: !-32002"});
  CHECK(notes == 0);
  desk.initialize();
  desk.request(2, "initialize");
  desk.notify("note", Json::object());
  CHECK(desk.answers() == Lines{"2: !-32600"});
  CHECK(notes == 1);
  desk.receive(R"({"jsonrpc":"2.0","id":3,"method":"shutdown"})");
  desk.request(4, "mirror", {{"x", 1}});
  desk.notify("note", Json::object());
  CHECK(desk.answers() == Lines{"3: null", "4: !-32600"});
  CHECK(notes == 1);
  desk.receive(R"({"jsonrpc":"2.0","method":"exit"})");
  CHECK(desk.dispatcher->lifecycle().exit_code() == 0);
}

TEST_CASE("dispatcher: requests to the client", "[protocol]") {
  Desk desk({});
  desk.initialize();
  Lines heard;
  auto hear = [&](const char* name) {
    return [&heard, name](Result<Json> answer) {
      heard.push_back(name + std::string(": ") + (answer ? answer->dump() : "!" + answer.error().message));
    };
  };
  desk.dispatcher->request("workspace/configuration", {{"items", Json::array()}}, hear("a"));
  desk.dispatcher->request("workspace/codeLens/refresh", nullptr, hear("b"));
  desk.dispatcher->request("c", nullptr, [](Result<Json>) { throw std::runtime_error("c went wrong"); });
  desk.dispatcher->request("d", nullptr, hear("d"));
  CHECK(desk.take() == R"([
    {"jsonrpc":"2.0","id":1,"method":"workspace/configuration","params":{"items":[]}},
    {"jsonrpc":"2.0","id":2,"method":"workspace/codeLens/refresh"},
    {"jsonrpc":"2.0","id":3,"method":"c"},
    {"jsonrpc":"2.0","id":4,"method":"d"}])"_json);
  desk.receive(R"({"jsonrpc":"2.0","id":2,"result":null})");
  desk.receive(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"unknown here"}})");
  desk.receive(R"({"jsonrpc":"2.0","id":1,"result":1})");
  desk.receive(R"({"jsonrpc":"2.0","id":"1","result":1})");
  desk.receive(R"({"jsonrpc":"2.0","id":3,"result":1})");
  CHECK(heard == Lines{"b: null", "a: !unknown here"});
  desk.dispatcher->abandon();
  desk.dispatcher->abandon();
  CHECK(heard == Lines{"b: null", "a: !unknown here", "d: !the client disconnected"});
  CHECK(desk.answers().empty());
  CHECK(desk.log == Lines{"a response that matches no pending request", "a response that matches no pending request",
                          "in the callback for a client response: c went wrong"});
}

TEST_CASE("dispatcher: a batch is answered in one array, when the last answer is there", "[protocol]") {
  Bindings bind;
  bind.request("mirror", mirror);
  bind.pooled("slow", [](const RequestContext&, const NoParams&) { return []() -> Result<int> { return 5; }; });
  Desk desk(std::move(bind));
  desk.initialize();
  desk.receive(R"([{"jsonrpc":"2.0","id":1,"method":"slow"},{"jsonrpc":"2.0","id":2,"method":"mirror","params":{"x":2}},
                   {"jsonrpc":"2.0","method":"note"},7])");
  CHECK(desk.sent.empty());
  desk.run_pool();
  auto sent = desk.take();
  REQUIRE(sent.size() == 1);
  REQUIRE(sent[0].size() == 3);
  CHECK(sent[0][0]["id"] == 2);
  CHECK(sent[0][1]["error"]["code"] == -32600);
  CHECK(sent[0][2]["result"] == 5);
  desk.receive(R"([{"jsonrpc":"2.0","method":"note"}])");  // nothing to answer: no message, not an empty array
  CHECK(desk.sent.empty());
}

TEST_CASE("dispatcher: framing errors are answered, with the id where it is known", "[protocol]") {
  Desk desk({});
  desk.dispatcher->reject(
      {.kind = FramingError::Kind::too_large, .message = "big", .head = R"({"id":5,"method":"m",)"});
  desk.dispatcher->reject({.kind = FramingError::Kind::garbage, .message = "junk", .head = ""});
  CHECK(desk.answers() == Lines{"5: !-32600", "null: !-32700"});
}

TEST_CASE("dispatcher: work done tokens reach the handler", "[protocol]") {
  Bindings bind;
  std::optional<ProgressToken> seen;
  bind.request("work", [&](const RequestContext& context, const NoParams&) -> Result<NoResult> {
    seen = context.work_done_token;
    return NoResult{};
  });
  Desk desk(std::move(bind));
  desk.initialize();
  desk.request(1, "work", {{"workDoneToken", "t"}});
  CHECK(seen == ProgressToken("t"));
  desk.request(2, "work", {{"workDoneToken", 7}});
  CHECK(seen == ProgressToken(7));
  desk.request(3, "work");
  CHECK(seen == std::nullopt);
}
