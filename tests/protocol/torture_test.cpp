// A real server process over real pipes and real TCP.

#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <thread>

#include "support/catch.h"
#include "support/wire_client.h"

using namespace refract::test;
using refract::protocol::frame;

namespace {

// A server and its one client, over `--tcp` or standard input and output.
struct Wire {
  explicit Wire(bool tcp, std::vector<std::string> options = {}) : process(command(tcp, std::move(options))) {
    if (!tcp) {
      client.emplace(process.input(), process.output());
      return;
    }
    auto told = process.read_errors_until("\n");
    auto colon = told.rfind(':');
    REQUIRE(told.starts_with("listening on 127.0.0.1:"));
    port = static_cast<std::uint16_t>(std::atoi(told.c_str() + colon + 1));
    socket = connect_to(port);
    REQUIRE(socket >= 0);
    client.emplace(socket, socket);
  }
  ~Wire() { hang_up(); }

  static std::vector<std::string> command(bool tcp, std::vector<std::string> options) {
    options.insert(options.begin(), REFRACT_TEST_SERVER);
    if (tcp) options.push_back("--tcp");
    return options;
  }
  void hang_up() {
    if (socket >= 0) ::close(std::exchange(socket, -1));
    process.close_input();
  }
  WireClient* operator->() { return &*client; }

  Process process;
  std::uint16_t port = 0;
  int socket = -1;
  std::optional<WireClient> client;
};

int error_code(const Json& answer) {
  return answer.is_object() && answer.contains("error") ? answer["error"]["code"].get<int>() : 0;
}

void check_alive(Wire& wire) {
  auto answer = wire->call("test/echo", {{"still", "here"}});
  REQUIRE(answer.is_object());
  CHECK(answer["result"] == Json{{"still", "here"}});
}

// Ends the server as a polite client does.
void check_polite_end(Wire& wire) {
  auto answer = wire->call("shutdown");
  REQUIRE(answer.is_object());
  CHECK(answer["result"].is_null());
  wire->notify("exit");
  CHECK(wire.process.wait() == 0);
}

}  // namespace

TEST_CASE("torture: a whole session, in single bytes and in one piece", "[protocol]") {
  bool tcp = GENERATE(false, true);
  Wire wire(tcp);
  std::string stream;
  auto add = [&](const char* text) { stream += frame(text); };
  add(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}})");
  add(R"({"jsonrpc":"2.0","method":"initialized","params":{}})");
  add(R"({"jsonrpc":"2.0","id":2,"method":"test/echo","params":{"é":"😀"}})");
  add(R"({"jsonrpc":"2.0","id":3,"method":"shutdown"})");
  if (GENERATE(false, true)) {
    for (char byte : stream) wire->send_raw({&byte, 1});
  } else {
    wire->send_raw(stream);
  }
  CHECK(wire->receive()["result"]["capabilities"] == Json{{"hoverProvider", true}});
  CHECK(wire->receive() == Json::parse(R"({"jsonrpc":"2.0","id":2,"result":{"é":"😀"}})"));
  CHECK(wire->receive() == Json::parse(R"({"jsonrpc":"2.0","id":3,"result":null})"));
  wire->send_raw(frame(R"({"jsonrpc":"2.0","method":"exit"})"));
  CHECK(wire.process.wait() == 0);
}

TEST_CASE("torture: malformed messages are answered, and the server lives on", "[protocol]") {
  bool tcp = GENERATE(false, true);
  Wire wire(tcp);
  wire->initialize();
  auto refused = [&](std::string_view bytes, int code) {
    INFO(bytes.substr(0, 100));
    wire->send_raw(bytes);
    auto answer = wire->receive();
    REQUIRE(answer.is_object());
    CHECK(error_code(answer) == code);
    CHECK(answer["id"].is_null());
    check_alive(wire);
  };
  refused(frame("{\"jsonrpc\":"), -32700);
  refused(frame(""), -32700);
  refused(frame("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xc3\x28\"}"), -32700);
  refused(frame(std::string(1000000, '[')), -32700);
  refused(frame(R"({"a":)" + std::string(1000000, '{')), -32700);
  refused(frame("[]"), -32600);
  refused(frame("\"hello\""), -32600);
  refused("Content-Length: -1\r\n\r\n{}", -32700);
  refused("Content-Length: much\r\n\r\n{}", -32700);
  refused("Content-Length: 18446744073709551616\r\n\r\n{}", -32700);
  refused("Content-Type: text\r\n\r\n{}", -32700);
  refused("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", -32700);
  check_polite_end(wire);
}

TEST_CASE("torture: a length too short", "[protocol]") {
  Wire wire(false);
  wire->initialize();
  wire->send_raw(
      "Content-Length: 10\r\n\r\n"
      R"({"jsonrpc":"2.0","id":9,"method":"test/echo"})");
  CHECK(error_code(wire->receive()) == -32700);
  check_alive(wire);
  auto passed_over = wire->take_skipped();
  REQUIRE(passed_over.size() == 1);
  CHECK(error_code(passed_over[0]) == -32700);
  check_polite_end(wire);
}

TEST_CASE("torture: a huge message is refused by its id, and not kept in memory", "[protocol]") {
  bool tcp = GENERATE(false, true);
  Wire wire(tcp);
  wire->initialize();
  auto before = wire.process.peak_memory_kib();
  std::string huge = R"({"jsonrpc":"2.0","id":"huge","method":"test/echo","params":{"text":")";
  huge += std::string(65 * 1024 * 1024, 'x') + "\"}}";
  wire->send_raw(frame(huge));
  auto answer = wire->answer("huge");
  CHECK(error_code(answer) == -32600);
  check_alive(wire);
  CHECK(wire.process.peak_memory_kib() < before + 16 * 1024);
  check_polite_end(wire);
}

TEST_CASE("torture: large messages below the limit go both ways", "[protocol]") {
  bool tcp = GENERATE(false, true);
  Wire wire(tcp, {"--limit", "8000000"});
  wire->initialize();
  Json params = {{"text", std::string(7900000, 'y')}};
  auto answer = wire->call("test/echo", params);
  CHECK((answer["result"] == params));
  wire->send_raw("Content-Length: 8000001\r\n\r\n" + std::string(8000001, ' '));
  CHECK(error_code(wire->receive()) == -32600);
  check_polite_end(wire);
}

TEST_CASE("torture: a client that writes much before it reads", "[protocol]") {
  bool tcp = GENERATE(false, true);
  Wire wire(tcp);
  wire->initialize();
  // More than the buffers of a pipe or socket hold, in both directions.
  Json params = {{"text", std::string(100000, 'z')}};
  std::set<std::int64_t> open;
  for (int count = 0; count < 200; ++count) open.insert(wire->request("test/echo", params));
  while (!open.empty()) {
    auto answer = wire->receive();
    REQUIRE(answer.is_object());
    CHECK(open.erase(answer["id"].get<std::int64_t>()) == 1);
  }
  check_polite_end(wire);
}

TEST_CASE("torture: random bytes", "[protocol]") {
  Wire wire(false);
  wire->initialize();
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::string garbage;
    for (auto left = random() % 5000; left > 0; --left) garbage += static_cast<char>(random());
    wire->send_raw(garbage);
    check_alive(wire);
  }
  for (const auto& skipped : wire->take_skipped()) CHECK(error_code(skipped) == -32700);
  check_polite_end(wire);
}

TEST_CASE("torture: unknown methods", "[protocol]") {
  Wire wire(false);
  wire->initialize();
  CHECK(error_code(wire->call("textDocument/unheardOf", Json::object())) == -32601);
  CHECK(error_code(wire->call("$/unheardOf")) == -32601);
  wire->notify("$/unheardOf", Json::object());
  wire->notify("unheardOf");
  CHECK(error_code(wire->call("test/sleep", {{"ms", "long"}})) == -32602);
  CHECK(error_code(wire->call("test/sleep")) == -32602);
  CHECK(error_code(wire->call("test/forget")) == -32603);
  auto thrown = wire->call("test/throw", Json::object());
  CHECK(error_code(thrown) == -32603);
  CHECK(thrown.dump().find("hunter2") == std::string::npos);
  check_alive(wire);
  CHECK(wire->take_skipped().empty());
  check_polite_end(wire);
}

TEST_CASE("torture: before initialize and after shutdown", "[protocol]") {
  bool tcp = GENERATE(false, true);
  Wire wire(tcp);
  wire->notify("test/say", {{"text", "too early"}});
  CHECK(error_code(wire->call("test/echo", Json::object())) == -32002);
  CHECK(error_code(wire->call("shutdown")) == -32002);
  wire->initialize();
  CHECK(error_code(wire->call("initialize", Json::object())) == -32600);
  CHECK(wire->call("shutdown").contains("result"));
  CHECK(error_code(wire->call("test/echo", Json::object())) == -32600);
  wire->notify("test/say", {{"text", "too late"}});
  CHECK(error_code(wire->call("shutdown")) == -32600);
  CHECK(wire->take_skipped().empty());
  wire->notify("exit");
  CHECK(wire.process.wait() == 0);
}

TEST_CASE("torture: exit codes", "[protocol]") {
  bool tcp = GENERATE(false, true);
  Wire wire(tcp);
  SECTION("exit at once") {
    wire->notify("exit");
    CHECK(wire.process.wait() == 1);
  }
  SECTION("exit without shutdown") {
    wire->initialize();
    wire->notify("exit");
    CHECK(wire.process.wait() == 1);
  }
  SECTION("the client is gone before it said anything") {
    wire.hang_up();
    CHECK(wire.process.wait() == 1);
  }
  SECTION("the client is gone") {
    wire->initialize();
    wire.hang_up();
    CHECK(wire.process.wait() == 1);
  }
  SECTION("the client is gone in the middle of a message") {
    wire->initialize();
    wire->send_raw("Content-Length: 100\r\n\r\n{");
    wire.hang_up();
    CHECK(wire.process.wait() == 1);
  }
  SECTION("the client is gone while a request runs") {
    wire->initialize();
    wire->request("test/sleep", {{"ms", 60000}});
    wire.hang_up();
    CHECK(wire.process.wait() == 1);
  }
  SECTION("the client is gone after shutdown") {
    wire->initialize();
    wire->call("shutdown");
    wire.hang_up();
    CHECK(wire.process.wait() == 0);
  }
  SECTION("a signal") {
    wire->initialize();
    ::kill(wire.process.pid(), SIGTERM);
    CHECK(wire.process.wait() == 1);
  }
}

TEST_CASE("torture: a client that reads no more", "[protocol]") {
  Wire wire(false);
  wire->initialize();
  wire.process.close_output();
  wire->request("test/echo", Json::object());
  CHECK(wire.process.wait() == 1);
}

TEST_CASE("torture: a client that never reads does not keep the server", "[protocol]") {
  Wire wire(false);
  wire->initialize();
  wire->request("test/echo", {{"text", std::string(1000000, 'x')}});
  wire->request("shutdown");
  wire->notify("exit");
  CHECK(wire.process.wait() == 0);
}

TEST_CASE("torture: the process named in initialize", "[protocol]") {
  bool tcp = GENERATE(false, true);
  Process editor({"sleep", "600"});
  Wire wire(tcp, {"--check", "50"});
  wire->initialize({{"processId", editor.pid()}, {"rootUri", nullptr}, {"capabilities", Json::object()}});
  check_alive(wire);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  check_alive(wire);
  editor.kill();
  SECTION("its parent has not waited for it") {
    CHECK(wire.process.wait() == 1);
  }
  SECTION("nothing of it is left") {
    editor.wait();
    CHECK(wire.process.wait() == 1);
  }
}

TEST_CASE("torture: cancellation", "[protocol]") {
  bool tcp = GENERATE(false, true);
  Wire wire(tcp);
  wire->initialize();
  auto slow = wire->request("test/sleep", {{"ms", 60000}});
  check_alive(wire);  // the strand is free meanwhile
  wire->notify("$/cancelRequest", {{"id", slow}});
  CHECK(error_code(wire->answer(slow)) == -32800);
  check_polite_end(wire);
}

TEST_CASE("torture: the server asks the client, says things, and shows progress", "[protocol]") {
  Wire wire(false);
  bool creates = GENERATE(true, false);
  wire->initialize(
      {{"processId", nullptr}, {"rootUri", nullptr}, {"capabilities", {{"window", {{"workDoneProgress", creates}}}}}});
  auto ask = wire->request("test/ask");
  auto question = wire->receive();
  CHECK(question["method"] == "workspace/configuration");
  CHECK(question["params"] == Json::parse(R"({"items":[{"section":"test"}]})"));
  wire->send({{"jsonrpc", "2.0"}, {"id", question["id"]}, {"result", {"red"}}});
  CHECK(wire->answer(ask)["result"] == Json::array({"red"}));

  wire->notify("test/say", {{"text", "hello"}});
  CHECK(wire->receive()["params"] == Json{{"type", 3}, {"message", "hello"}});

  auto values = [](const std::vector<Json>& messages) {
    Json all = Json::array();
    for (const auto& message : messages) {
      CHECK(message["method"] == "$/progress");
      all.push_back(message["params"]["value"]);
    }
    return all;
  };
  auto begun = R"({"kind":"begin","title":"Working","cancellable":true,"percentage":0})"_json;
  auto half = R"({"kind":"report","message":"half way","percentage":50})"_json;
  auto done = R"({"kind":"end","message":"done"})"_json;
  CHECK(wire->call("test/work", {{"workDoneToken", "mine"}})["result"] == "worked");
  CHECK(values(wire->take_skipped()) == Json::array({begun, half, done}));

  auto work = wire->request("test/work");
  if (creates) {
    auto create = wire->receive();
    CHECK(create["method"] == "window/workDoneProgress/create");
    wire->send({{"jsonrpc", "2.0"}, {"id", create["id"]}, {"result", nullptr}});
  }
  CHECK(wire->answer(work)["result"] == "worked");
  // The work may have ended before the client agreed to see it: then nothing is shown of it, and never half.
  check_alive(wire);
  auto shown = values(wire->take_skipped());
  if (!creates) CHECK(shown.empty());
  if (!shown.empty()) CHECK(shown.back() == done);
  check_polite_end(wire);
}

TEST_CASE("torture: files instead of pipes", "[protocol]") {
  auto folder = std::filesystem::temp_directory_path() / ("refract-protocol-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  {
    std::ofstream input(folder / "in", std::ios::binary);
    input << frame(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})")
          << frame(R"({"jsonrpc":"2.0","id":2,"method":"test/sleep","params":{"ms":50}})")
          << frame(R"({"jsonrpc":"2.0","id":3,"method":"shutdown"})");
  }
  Process process({REFRACT_TEST_SERVER}, {.input = folder / "in", .output = folder / "out"});
  CHECK(process.wait() == 0);
  std::ifstream file(folder / "out", std::ios::binary);
  std::string output((std::istreambuf_iterator<char>(file)), {});
  // What was asked before the input ended is answered, though slowly.
  CHECK(output.find(R"({"id":2,"jsonrpc":"2.0","result":"slept"})") != std::string::npos);
  CHECK(output.find(R"({"id":3,"jsonrpc":"2.0","result":null})") != std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST_CASE("torture: what the process prints does not reach the client", "[protocol]") {
  Wire wire(false);
  wire->initialize();
  CHECK(wire->call("test/noise").contains("result"));
  CHECK(wire.process.read_errors_until("a stray line\n").ends_with("a stray line\n"));
  check_polite_end(wire);
}

TEST_CASE("torture: TCP serves one client", "[protocol]") {
  Wire wire(true);
  wire->initialize();
  CHECK(connect_to(wire.port) == -1);
  check_alive(wire);
  check_polite_end(wire);
}

TEST_CASE("torture: a TCP client that only stops sending gets its answers", "[protocol]") {
  Wire wire(true);
  wire->initialize();
  auto slow = wire->request("test/sleep", {{"ms", 50}});
  ::shutdown(wire.socket, SHUT_WR);
  CHECK(wire->answer(slow)["result"] == "slept");
  CHECK(wire.process.wait() == 1);
}
