#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "protocol/bindings.h"
#include "protocol/framing.h"
#include "protocol/jsonrpc.h"
#include "protocol/lifecycle.h"
#include "protocol/unique_function.h"

namespace refract::protocol {

// Takes messages, calls what is bound, and sees that every request is answered exactly once. Used on the strand only;
// answers may come from any thread.
class Dispatcher {
 public:
  struct Ports {
    std::function<void(std::string)> send;  // a message as JSON text; called on the strand
    std::function<void(Work)> strand;       // runs work on the strand; any thread
    std::function<void(Work)> pool;         // runs work anywhere else
    std::function<void(std::string)> log;   // one line; any thread
  };
  using ResponseCallback = UniqueFunction<void(Result<Json>)>;

  Dispatcher(Bindings bindings, Ports ports);
  ~Dispatcher();

  void receive(Incoming incoming);
  void reject(const FramingError& error);

  // Sends a request to the client. `answered` is called once, on the strand; abandon() passes it RequestFailed.
  void request(std::string method, Json params, ResponseCallback answered);
  // `params`: JSON text.
  void notify(std::string_view method, std::string_view params);

  // Asks every running request to stop.
  void stop_running();
  // Fails every pending request to the client, because the client disconnected.
  void abandon();
  // Requests of the client that are not answered yet.
  std::size_t running() const;
  // Called on the strand whenever the last running request has been answered.
  void on_idle(std::function<void()> idle);
  // Called on the strand when `initialize` succeeds, before its response is sent; gets the params of the request.
  void on_initialized(std::function<void(const Json& params)> initialized);

  Lifecycle& lifecycle();

 private:
  struct Core;
  std::shared_ptr<Core> core_;
};

}  // namespace refract::protocol
