#include "protocol/session.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "platform/process.h"
#include "protocol/dispatcher.h"
#include "protocol/framing.h"
#include "protocol/jsonrpc.h"
#include "protocol/lsp/progress.h"

namespace refract::protocol {
namespace {

void log_to_stderr(const std::string& line) {
  std::fprintf(stderr, "%s\n", line.c_str());
}

SessionOptions with_log(SessionOptions options) {
  if (!options.log) options.log = log_to_stderr;
  return options;
}

// A member of nested objects; null if there is none.
const Json& nested(const Json& json, std::initializer_list<const char*> keys) {
  static const Json kNull = nullptr;
  const Json* at = &json;
  for (const char* key : keys) {
    if (!at->is_object() || !at->contains(key)) return kNull;
    at = &at->at(key);
  }
  return *at;
}

}  // namespace

struct Session::Impl {
  Impl(std::unique_ptr<Transport> transport, SessionOptions given)
      : options(with_log(std::move(given))),
        transport(std::move(transport)),
        decoder(FramingLimits{.message = options.message_limit}),
        loop(options.pool_threads, options.log) {}

  ~Impl() {
    background_stop.request_stop();
    transport->close(0);
  }

  void listen() {
    dispatcher.emplace(std::move(bindings),
                       Dispatcher::Ports{.send = [this](const std::string& text) { transport->write(frame(text)); },
                                         .strand = loop.dispatcher(),
                                         .pool = loop.pool_poster(),
                                         .log = options.log});
    progress.emplace(*dispatcher, loop.dispatcher());
    dispatcher->on_initialized([this](const Json& params) { learn_client(params); });
    transport->start({.received = [this](std::string_view bytes) { received(bytes); },
                      .closed = [this] { loop.post([this] { input_ended(); }); }});
  }

  // On the transport's thread, so that the strand gets messages, not bytes.
  void received(std::string_view bytes) {
    decoder.feed(bytes, [this](std::variant<Frame, FramingError> piece) {
      if (auto* whole = std::get_if<Frame>(&piece)) {
        loop.post([this, incoming = parse(whole->text)]() mutable { receive(std::move(incoming)); });
      } else {
        loop.post([this, error = std::move(std::get<FramingError>(piece))] { dispatcher->reject(error); });
      }
    });
  }

  void receive(Incoming incoming) {
    if (dispatcher->lifecycle().state() == Lifecycle::State::exited) return;
    dispatcher->receive(std::move(incoming));
    if (dispatcher->lifecycle().state() == Lifecycle::State::exited) drain();
  }

  void input_ended() {
    dispatcher->lifecycle().client_gone();
    drain();
  }

  // The input may be a file, or a pipe that was closed right after the last request: what runs gets a moment to
  // answer.
  void drain() {
    if (std::exchange(draining, true)) return;
    dispatcher->abandon();
    if (dispatcher->running() == 0) return loop.stop();
    dispatcher->on_idle([this] { loop.stop(); });
    drain_timer.emplace(loop.timer());
    drain_timer->start(std::chrono::milliseconds(options.drain_ms), [this] { loop.stop(); });
  }

  void client_gone() {
    dispatcher->lifecycle().client_gone();
    loop.stop();
  }

  void learn_client(const Json& params) {
    const Json& creates = nested(params, {"capabilities", "window", "workDoneProgress"});
    progress->allow_creation(creates.is_boolean() && creates.get<bool>());
    const Json& process = nested(params, {"processId"});
    if (!process.is_number_integer()) return;
    client_process = process.get<std::int64_t>();
    watch_timer.emplace(loop.timer());
    watch_client();
  }

  void watch_client() {
    if (!platform::process_alive(client_process)) {
      options.log("the client's process " + std::to_string(client_process) + " is gone");
      return client_gone();
    }
    watch_timer->start(std::chrono::milliseconds(options.client_check_ms), [this] { watch_client(); });
  }

  // LSP 3.17: until `initialize` came, the server says nothing.
  bool may_send() {
    auto state = dispatcher->lifecycle().state();
    return state != Lifecycle::State::created && state != Lifecycle::State::exited;
  }

  SessionOptions options;
  std::unique_ptr<Transport> transport;
  FrameDecoder decoder;
  Bindings bindings;
  std::optional<Dispatcher> dispatcher;
  std::optional<ProgressRegistry> progress;
  std::stop_source background_stop;
  bool draining = false;
  std::int64_t client_process = 0;
  // Last, so that it goes first: it waits for the pool, whose work may use all of the above.
  EventLoop loop;
  std::optional<Timer> drain_timer;
  std::optional<Timer> watch_timer;
};

Session::Session(std::unique_ptr<Transport> transport, SessionOptions options)
    : impl_(std::make_unique<Impl>(std::move(transport), std::move(options))) {
  impl_->bindings.notification("window/workDoneProgress/cancel", [this](const WorkDoneProgressCancelParams& params) {
    impl_->progress->cancel(params.token);
  });
}

Session::~Session() = default;

Bindings& Session::bind() {
  return impl_->bindings;
}

int Session::run() {
  Impl& impl = *impl_;
  if (impl.options.end_on_signals) impl.loop.on_termination_signal([&impl] { impl.client_gone(); });
  impl.listen();
  impl.loop.run();

  impl.dispatcher->stop_running();
  impl.background_stop.request_stop();
  impl.dispatcher->abandon();
  impl.transport->close(impl.options.flush_ms);
  int exit_code = impl.dispatcher->lifecycle().exit_code();
  if (!impl.loop.wait_for_pool(std::chrono::milliseconds(impl.options.pool_grace_ms))) {
    impl.options.log("work on the pool does not end; leaving it behind");
    std::_Exit(exit_code);
  }
  return exit_code;
}

void Session::post(Work work) {
  impl_->loop.post(std::move(work));
}

void Session::background(UniqueFunction<void(std::stop_token)> work) {
  impl_->loop.post_to_pool([work = std::move(work), stop = impl_->background_stop.get_token()]() mutable {
    if (!stop.stop_requested()) work(stop);
  });
}

Timer Session::timer() {
  return impl_->loop.timer();
}

void Session::end() {
  impl_->loop.post([this] { impl_->client_gone(); });
}

void Session::log_message(MessageType type, std::string message) {
  impl_->loop.dispatch([this, type, message = std::move(message)] {
    if (impl_->may_send()) {
      impl_->dispatcher->notify("window/logMessage", text_of(LogMessageParams{.type = type, .message = message}));
    }
  });
}

void Session::show_message(MessageType type, std::string message) {
  impl_->loop.dispatch([this, type, message = std::move(message)] {
    if (impl_->may_send()) {
      impl_->dispatcher->notify("window/showMessage", text_of(ShowMessageParams{.type = type, .message = message}));
    }
  });
}

Progress Session::progress(std::optional<ProgressToken> client_token, std::string title, ProgressOptions options) {
  return impl_->progress->begin(std::move(client_token), std::move(title), options);
}

Lifecycle::State Session::state() const {
  return impl_->dispatcher->lifecycle().state();
}

void Session::send_notification(std::string method, std::string params) {
  impl_->loop.dispatch(
      [this, method = std::move(method), params = std::move(params)] { impl_->dispatcher->notify(method, params); });
}

void Session::send_request(std::string method, Json params, Dispatcher::ResponseCallback answered) {
  impl_->loop.dispatch(
      [this, method = std::move(method), params = std::move(params), answered = std::move(answered)]() mutable {
        impl_->dispatcher->request(std::move(method), std::move(params), std::move(answered));
      });
}

}  // namespace refract::protocol
