#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "protocol/codec.h"
#include "protocol/error.h"
#include "protocol/event_loop.h"
#include "protocol/jsonrpc.h"
#include "protocol/lsp/base.h"
#include "protocol/text_codec.h"
#include "protocol/unique_function.h"

// The table of methods: what is bound to which function, and where it runs.

namespace refract::protocol {

// What a handler may know of the request besides its params. Copy what outlives the call.
struct RequestContext {
  RequestId id;
  std::string method;
  std::stop_token stop;  // requested by $/cancelRequest, and when the session ends
  std::optional<ProgressToken> work_done_token;
};

// The params of a method that has none; whatever the client sends is accepted.
struct NoParams {};
// The result of a method that has none: JSON null.
using NoResult = std::monostate;

// The one answer to a request, callable from any thread, with its result as JSON text: what is large is written where
// it was computed, on the pool. Dropped without being called, it answers InternalError.
class Answer {
 public:
  using Send = UniqueFunction<void(Result<std::string>)>;
  using Log = std::function<void(std::string)>;

  Answer(std::string method, Send send, Log log);
  Answer(Answer&&) noexcept = default;
  Answer& operator=(Answer&&) = delete;
  ~Answer();

  // Only the first call counts.
  void operator()(Result<std::string> result);
  // Answers with what `compute` returns. This is the last catch: InvalidField becomes InvalidParams, any other
  // exception InternalError, logged in full and sent to the client without its text, which may hold a secret.
  void complete(const std::function<Result<std::string>()>& compute);

 private:
  std::string method_;
  Send send_;
  Log log_;
};

// An Answer with the method's result type.
template <class R>
class Reply {
 public:
  explicit Reply(Answer answer) : answer_(std::move(answer)) {}

  void operator()(Result<R> result) {
    answer_.complete([&]() -> Result<std::string> {
      if (!result) return fail(std::move(result.error()));
      return text_of(std::move(*result));
    });
  }

 private:
  Answer answer_;
};

class Bindings {
 public:
  struct Call {
    RequestContext context;
    const Json& params;
    Answer answer;
    const std::function<void(Work)>& pool;
  };
  using RequestHandler = std::function<void(Call)>;
  using NotificationHandler = std::function<void(const Json& params)>;

  // Runs on the strand, in arrival order: for what is fast or changes state.
  //   handler: Result<R>(const RequestContext&, const P&)
  template <class Handler>
  void request(std::string method, Handler handler);

  // Begins on the strand, where a snapshot can be taken, and computes on the pool. A request that was cancelled before
  // its turn came is answered RequestCancelled without computing.
  //   starter: Job(const RequestContext&, const P&); Job: Result<R>()
  template <class Starter>
  void pooled(std::string method, Starter starter);

  // Begins on the strand and answers later, from any thread: for what waits on the client or on a process.
  //   handler: void(const RequestContext&, const P&, Reply<R>)
  template <class Handler>
  void deferred(std::string method, Handler handler);

  // Runs on the strand, in arrival order.
  //   handler: void(const P&)
  template <class Handler>
  void notification(std::string method, Handler handler);

  // nullptr: nothing is bound.
  const RequestHandler* find_request(std::string_view method) const;
  const NotificationHandler* find_notification(std::string_view method) const;

 private:
  template <class Signature>
  struct Parts;
  template <class R, class... Arguments>
  struct Parts<std::function<R(Arguments...)>> {
    using Returned = R;
    template <std::size_t index>
    using Argument = std::remove_cvref_t<std::tuple_element_t<index, std::tuple<Arguments...>>>;
  };
  template <class Handler>
  using PartsOf = Parts<decltype(std::function{std::declval<Handler>()})>;
  template <class R>
  struct ReplyResult;
  template <class R>
  struct ReplyResult<Reply<R>> {
    using Type = R;
  };

  template <class P>
  static P decode_params(const Json& params) {
    if constexpr (std::is_same_v<P, NoParams>) {
      return {};
    } else {
      return decode<P>(params);
    }
  }
  template <class R>
  static Result<std::string> encode_result(Result<R> result) {
    if (!result) return fail(std::move(result.error()));
    return text_of(std::move(*result));
  }
  static Result<std::string> cancelled();

  std::map<std::string, RequestHandler, std::less<>> requests_;
  std::map<std::string, NotificationHandler, std::less<>> notifications_;
};

template <class Handler>
void Bindings::request(std::string method, Handler handler) {
  using Params = typename PartsOf<Handler>::template Argument<1>;
  requests_[std::move(method)] = [handler = std::move(handler)](Call call) {
    call.answer.complete(
        [&] { return encode_result(handler(std::as_const(call.context), decode_params<Params>(call.params))); });
  };
}

template <class Starter>
void Bindings::pooled(std::string method, Starter starter) {
  using Params = typename PartsOf<Starter>::template Argument<1>;
  using Job = typename PartsOf<Starter>::Returned;
  requests_[std::move(method)] = [starter = std::move(starter)](Call call) {
    std::optional<Job> job;
    // Only what fails before the job exists is answered here.
    try {
      job.emplace(starter(std::as_const(call.context), decode_params<Params>(call.params)));
    } catch (...) {
      call.answer.complete([]() -> Result<std::string> { throw; });
      return;
    }
    call.pool([job = std::move(*job), answer = std::move(call.answer), stop = call.context.stop]() mutable {
      answer.complete([&] { return stop.stop_requested() ? cancelled() : encode_result(job()); });
    });
  };
}

template <class Handler>
void Bindings::deferred(std::string method, Handler handler) {
  using Params = typename PartsOf<Handler>::template Argument<1>;
  using R = typename ReplyResult<typename PartsOf<Handler>::template Argument<2>>::Type;
  requests_[std::move(method)] = [handler = std::move(handler)](Call call) {
    std::optional<Params> params;
    try {
      params.emplace(decode_params<Params>(call.params));
    } catch (...) {
      call.answer.complete([]() -> Result<std::string> { throw; });
      return;
    }
    // A throwing handler drops its Reply, which answers InternalError; the dispatcher logs the exception.
    handler(std::as_const(call.context), std::as_const(*params), Reply<R>(std::move(call.answer)));
  };
}

template <class Handler>
void Bindings::notification(std::string method, Handler handler) {
  using Params = typename PartsOf<Handler>::template Argument<0>;
  notifications_[std::move(method)] = [handler = std::move(handler)](const Json& params) {
    handler(decode_params<Params>(params));
  };
}

}  // namespace refract::protocol
