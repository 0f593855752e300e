// A server with a few methods of its own, for torture_test.cpp.
//   protocol_test_server [--tcp] [--limit BYTES] [--check MS] [--drain MS]

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "protocol/lsp/initialize.h"
#include "protocol/lsp/workspace.h"
#include "protocol/members.h"
#include "protocol/session.h"

using namespace refract::protocol;

namespace refract::test {

struct SleepParams {
  std::int64_t ms = 0;
};
LSP_STRUCT(SleepParams, ms)

}  // namespace refract::test

namespace {

using refract::test::SleepParams;

Result<InitializeResult> on_initialize(const RequestContext&, const InitializeParams&) {
  InitializeResult result;
  result.capabilities.hoverProvider = true;
  result.serverInfo = ServerInfo{.name = "test server", .version = {}};
  return result;
}

Result<Json> on_echo(const RequestContext&, const Json& params) {
  return params;
}

Result<Json> on_throw(const RequestContext&, const Json&) {
  throw std::runtime_error("password=hunter2");
}

Result<NoResult> on_noise(const RequestContext&, const NoParams&) {
  std::puts("a stray line");
  std::fflush(stdout);
  return NoResult{};
}

// Sleeps on the pool, unless it is cancelled.
auto on_sleep(const RequestContext& context, const SleepParams& params) {
  return [stop = context.stop, left = params.ms]() mutable -> Result<std::string> {
    for (; left > 0; left -= 5) {
      if (stop.stop_requested()) return fail(ErrorCode::request_cancelled, "cancelled");
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return "slept";
  };
}

void on_forget(const RequestContext&, const NoParams&, Reply<Json>) {}

void bind_all(Session& session) {
  Bindings& bind = session.bind();
  bind.request("initialize", on_initialize);
  bind.request("test/echo", on_echo);
  bind.request("test/throw", on_throw);
  bind.request("test/noise", on_noise);
  bind.pooled("test/sleep", on_sleep);
  bind.deferred("test/forget", on_forget);
  bind.deferred("test/ask", [&session](const RequestContext&, const NoParams&, Reply<std::vector<Json>> reply) {
    ConfigurationParams question{.items = {{.scopeUri = {}, .section = "test"}}};
    session.request<std::vector<Json>>(
        "workspace/configuration", question,
        [reply = std::move(reply)](Result<std::vector<Json>> answer) mutable { reply(std::move(answer)); });
  });
  bind.deferred("test/work", [&session](const RequestContext& context, const NoParams&, Reply<std::string> reply) {
    auto progress = session.progress(context.work_done_token, "Working", {.cancellable = true, .percentage = true});
    session.background([progress = std::move(progress), reply = std::move(reply)](std::stop_token) mutable {
      progress.report("half way", 50);
      progress.end("done");
      reply("worked");
    });
  });
  bind.notification("test/say", [&session](const Json& params) {
    session.log_message(MessageType::info, params.at("text").get<std::string>());
  });
}

}  // namespace

int main(int argc, char** argv) {
  bool tcp = false;
  SessionOptions options;
  options.end_on_signals = true;
  for (int index = 1; index < argc; ++index) {
    std::string_view argument = argv[index];
    auto number = [&] { return index + 1 < argc ? std::atoi(argv[++index]) : 0; };
    if (argument == "--tcp") tcp = true;
    if (argument == "--limit") options.message_limit = static_cast<std::size_t>(number());
    if (argument == "--check") options.client_check_ms = number();
    if (argument == "--drain") options.drain_ms = number();
  }
  std::unique_ptr<Transport> transport;
  if (tcp) {
    auto accepted = tcp_transport(0, announce_port);
    if (!accepted) return std::fprintf(stderr, "%s\n", accepted.error().c_str()), 2;
    transport = std::move(*accepted);
  } else {
    transport = stdio_transport();
  }
  Session session(std::move(transport), options);
  bind_all(session);
  return session.run();
}
