#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "protocol/bindings.h"
#include "protocol/event_loop.h"
#include "protocol/lifecycle.h"
#include "protocol/lsp/window.h"
#include "protocol/progress.h"
#include "protocol/transport.h"
#include "protocol/unique_function.h"

namespace refract::protocol {

// Times in milliseconds.
struct SessionOptions {
  int client_check_ms = 3000;   // how often to look whether the process of `initialize` still lives
  int drain_ms = 1000;          // after the end of input: how long running requests may still finish
  int flush_ms = 1000;          // after that: how long the client may take to read what is queued
  int pool_grace_ms = 5000;     // then: how long work on the pool may take to notice its stop token
  unsigned pool_threads = 0;    // 0: one a core, 4 at most
  bool end_on_signals = false;  // SIGINT, SIGTERM and SIGHUP end the session as a client that is gone does
  std::size_t message_limit = 64 * 1024 * 1024;  // bytes of a message that is still read
  std::function<void(std::string)> log;          // one line without line end; any thread. Empty: stderr
};

// One client, from its first byte to its last: transport, life cycle, dispatching, and what the server says on its own.
//
//   Session session(stdio_transport());
//   session.bind().request("initialize", …);
//   return session.run();
class Session {
 public:
  explicit Session(std::unique_ptr<Transport> transport, SessionOptions options = {});
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  // Before run(). `initialize` must be bound; `shutdown` may be, and answers null otherwise; `exit`, $/cancelRequest
  // and window/workDoneProgress/cancel are the session's own.
  Bindings& bind();

  // Serves the client on this thread until it has said `exit`, closed its end, or died. Returns the exit code of the
  // process: 0 after `shutdown`, else 1. Callbacks of unanswered requests have been called, with an error. Should work
  // on the pool ignore its stop token past `pool_grace_ms`, the process ends here, without unwinding.
  int run();

  // The rest may be called from any thread while run() runs.

  // On the strand, in order of arrival.
  void post(Work work);
  // On the pool. The token is requested when the session ends.
  void background(UniqueFunction<void(std::stop_token)> work);
  // For use on the strand.
  Timer timer();
  // Ends run() as if the client were gone.
  void end();

  template <class Params>
  void notify(std::string method, const Params& params) {
    send_notification(std::move(method), text_of(params));
  }
  // `answered` is called on the strand, once: void(Result<R>).
  template <class R, class Params, class Answered>
  void request(std::string method, const Params& params, Answered answered) {
    send_request(std::move(method), encode(params), [answered = std::move(answered)](Result<Json> result) mutable {
      if (!result) return answered(Result<R>(fail(std::move(result.error()))));
      Result<R> decoded = fail(ErrorCode::invalid_params, "");
      try {
        decoded = decode<R>(*result);
      } catch (const InvalidField& mismatch) {
        decoded = fail(ErrorCode::invalid_params, std::string("the client's answer does not fit: ") + mismatch.what());
      }
      answered(std::move(decoded));
    });
  }
  // As request(), where the method has no params.
  template <class R, class Answered>
  void request(std::string method, Answered answered) {
    request<R>(std::move(method), Json(nullptr), std::move(answered));
  }

  // window/logMessage: the client's output channel.
  void log_message(MessageType type, std::string message);
  // window/showMessage: in front of the person.
  void show_message(MessageType type, std::string message);
  // Begins a progress under the client's token, or under one of our own if there is none and the client lets servers
  // create them.
  Progress progress(std::optional<ProgressToken> client_token, std::string title, ProgressOptions options = {});

  // The strand only.
  Lifecycle::State state() const;

 private:
  void send_notification(std::string method, std::string params);
  void send_request(std::string method, Json params, UniqueFunction<void(Result<Json>)> answered);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace refract::protocol
