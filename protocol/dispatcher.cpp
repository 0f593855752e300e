#include "protocol/dispatcher.h"

#include <map>
#include <utility>
#include <vector>

namespace refract::protocol {
namespace {

// The answers to one batch, sent together when the last one is there (JSON-RPC 2.0 §6).
struct Batch {
  std::size_t outstanding = 0;
  std::string answers;  // joined by commas
};

struct Running {
  std::stop_source stop;
  std::shared_ptr<Batch> batch;
};

}  // namespace

struct Dispatcher::Core : std::enable_shared_from_this<Dispatcher::Core> {
  Core(Bindings bindings, Ports ports) : bindings(std::move(bindings)), ports(std::move(ports)) {}

  void receive(Message message, const std::shared_ptr<Batch>& batch) {
    std::visit([&](auto& one) { take(one, batch); }, message);
  }

  void take(Request& request, const std::shared_ptr<Batch>& batch) {
    if (batch) ++batch->outstanding;
    if (running.contains(request.id)) {
      send_answer(request.id, fail(ErrorCode::invalid_request, "a request with this id is still running"), batch);
      return;
    }
    if (auto refusal = lifecycle.admit_request(request.method)) {
      send_answer(request.id, fail(std::move(*refusal)), batch);
      return;
    }
    bool initializes = request.method == "initialize";
    const auto* handler = bindings.find_request(request.method);
    if (!handler) {
      if (initializes) lifecycle.initialize_answered(false);
      if (request.method == "shutdown") {
        send_answer(request.id, "null", batch);
      } else {
        send_answer(request.id, fail(ErrorCode::method_not_found, "no such method: " + request.method), batch);
      }
      return;
    }
    Running& entry = running.emplace(request.id, Running{.stop = {}, .batch = batch}).first->second;
    RequestContext context{.id = request.id,
                           .method = request.method,
                           .stop = entry.stop.get_token(),
                           .work_done_token = work_done_token(request.params)};
    Bindings::Call call{.context = std::move(context),
                        .params = request.params,
                        .answer = answer_to(request, initializes),
                        .pool = ports.pool};
    try {
      (*handler)(std::move(call));
    } catch (const std::exception& thrown) {
      ports.log(request.method + ": " + thrown.what());
    }
  }

  void take(Notification& notification, const std::shared_ptr<Batch>&) {
    if (!lifecycle.admit_notification(notification.method)) return;
    if (notification.method == "$/cancelRequest") cancel(notification.params);
    const auto* handler = bindings.find_notification(notification.method);
    if (!handler) return;
    try {
      (*handler)(notification.params);
    } catch (const std::exception& thrown) {
      // A notification has no response.
      ports.log(notification.method + ": " + thrown.what());
    }
  }

  void take(Response& response, const std::shared_ptr<Batch>&) {
    const auto* number = response.id ? std::get_if<std::int64_t>(&*response.id) : nullptr;
    auto waiting = number ? outgoing.find(*number) : outgoing.end();
    if (waiting == outgoing.end()) {
      std::string why = response.result ? "" : ": " + response.result.error().message;
      ports.log("a response that matches no pending request" + why);
      return;
    }
    ResponseCallback answered = std::move(waiting->second);
    outgoing.erase(waiting);
    call_back(answered, std::move(response.result));
  }

  void take(Malformed& malformed, const std::shared_ptr<Batch>& batch) {
    if (batch) ++batch->outstanding;
    send_answer(malformed.id, fail(std::move(malformed.error)), batch);
  }

  void cancel(const Json& params) {
    if (!params.is_object()) return;
    auto id = params.find("id");
    auto wanted = id == params.end() ? std::nullopt : id_from_json(*id);
    if (!wanted) return;
    if (auto found = running.find(*wanted); found != running.end()) found->second.stop.request_stop();
  }

  Answer answer_to(const Request& request, bool initializes) {
    auto on_strand = [weak = weak_from_this(), id = request.id, initializes,
                      params = initializes ? request.params : Json(nullptr)](Result<std::string> result) mutable {
      auto core = weak.lock();
      if (!core) return;
      core->ports.strand(
          [weak, id = std::move(id), initializes, params = std::move(params), result = std::move(result)]() mutable {
            auto core = weak.lock();
            if (!core) return;
            if (initializes) core->initialize_answered(result.has_value(), params);
            core->finish(id, std::move(result));
          });
    };
    return Answer(request.method, std::move(on_strand), ports.log);
  }

  void initialize_answered(bool succeeded, const Json& params) {
    lifecycle.initialize_answered(succeeded);
    if (succeeded && initialized) initialized(params);
  }

  void finish(const RequestId& id, Result<std::string> result) {
    auto found = running.find(id);
    if (found == running.end()) return;
    auto batch = std::move(found->second.batch);
    running.erase(found);
    send_answer(id, result, batch);
    if (running.empty() && idle) idle();
  }

  void send_answer(const std::optional<RequestId>& id, const Result<std::string>& result,
                   const std::shared_ptr<Batch>& batch) {
    if (!batch) {
      ports.send(answer_text(id, result));
      return;
    }
    if (!batch->answers.empty()) batch->answers += ',';
    batch->answers += answer_text(id, result);
    --batch->outstanding;
    send_if_complete(*batch);
  }

  void send_if_complete(Batch& batch) {
    if (batch.outstanding == 0 && !batch.answers.empty()) ports.send("[" + std::exchange(batch.answers, {}) + "]");
  }

  void call_back(ResponseCallback& answered, Result<Json> result) {
    try {
      answered(std::move(result));
    } catch (const std::exception& thrown) {
      ports.log(std::string("in the callback for a client response: ") + thrown.what());
    }
  }

  static std::optional<ProgressToken> work_done_token(const Json& params) {
    if (!params.is_object()) return std::nullopt;
    auto token = params.find("workDoneToken");
    return token == params.end() ? std::nullopt : id_from_json(*token);
  }

  Bindings bindings;
  Ports ports;
  Lifecycle lifecycle;
  std::map<RequestId, Running> running;
  std::map<std::int64_t, ResponseCallback> outgoing;
  std::int64_t next_id = 1;
  std::function<void()> idle;
  std::function<void(const Json&)> initialized;
};

Dispatcher::Dispatcher(Bindings bindings, Ports ports)
    : core_(std::make_shared<Core>(std::move(bindings), std::move(ports))) {}
Dispatcher::~Dispatcher() = default;

void Dispatcher::receive(Incoming incoming) {
  std::shared_ptr<Batch> batch;
  if (incoming.batch) {
    batch = std::make_shared<Batch>();
    ++batch->outstanding;  // held until all of its messages have been taken
  }
  for (Message& message : incoming.messages) core_->receive(std::move(message), batch);
  if (batch) {
    --batch->outstanding;
    core_->send_if_complete(*batch);
  }
}

void Dispatcher::reject(const FramingError& error) {
  bool well_framed =
      error.kind == FramingError::Kind::too_large || error.kind == FramingError::Kind::unsupported_charset;
  auto id = well_framed ? id_in_head(error.head) : std::nullopt;
  auto code = well_framed ? ErrorCode::invalid_request : ErrorCode::parse_error;
  core_->ports.log(error.message);
  core_->send_answer(id, fail(code, error.message), nullptr);
}

void Dispatcher::request(std::string method, Json params, ResponseCallback answered) {
  auto id = core_->next_id++;
  core_->outgoing.emplace(id, std::move(answered));
  core_->ports.send(serialise(to_message(Request{.id = id, .method = std::move(method), .params = std::move(params)})));
}

void Dispatcher::notify(std::string_view method, std::string_view params) {
  core_->ports.send(notification_text(method, params));
}

void Dispatcher::stop_running() {
  for (auto& [id, entry] : core_->running) entry.stop.request_stop();
}

void Dispatcher::abandon() {
  auto outgoing = std::exchange(core_->outgoing, {});
  for (auto& [id, answered] : outgoing) {
    core_->call_back(answered, fail(ErrorCode::request_failed, "the client disconnected"));
  }
}

std::size_t Dispatcher::running() const {
  return core_->running.size();
}
void Dispatcher::on_idle(std::function<void()> idle) {
  core_->idle = std::move(idle);
}
void Dispatcher::on_initialized(std::function<void(const Json&)> initialized) {
  core_->initialized = std::move(initialized);
}
Lifecycle& Dispatcher::lifecycle() {
  return core_->lifecycle;
}

}  // namespace refract::protocol
