#include "protocol/progress.h"

#include <utility>

#include "protocol/lsp/progress.h"

namespace refract::protocol {

// The strand's, but for the token and the stop source.
struct Progress::State {
  enum class Phase { starting, shown, hidden, ended };

  ProgressRegistry* registry;
  std::function<void(Work)> strand;
  ProgressToken token;
  ProgressOptions options;
  std::stop_source stop;

  Phase phase = Phase::starting;
  std::string title;
  std::optional<std::string> message;
  std::optional<std::uint32_t> percentage;
};

namespace {

std::optional<std::string> unless_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

Progress::Progress(std::shared_ptr<State> state) : state_(std::move(state)) {}

Progress& Progress::operator=(Progress&& other) noexcept {
  if (this != &other) {
    end();
    state_ = std::move(other.state_);
  }
  return *this;
}

Progress::~Progress() {
  end();
}

void Progress::report(std::string message, std::optional<std::uint32_t> percentage) {
  if (!state_) return;
  state_->strand([state = state_, message = std::move(message), percentage]() mutable {
    state->registry->report(*state, std::move(message), percentage);
  });
}

void Progress::end(std::string message) {
  if (!state_) return;
  auto state = std::exchange(state_, nullptr);
  auto strand = state->strand;
  strand([state = std::move(state), message = std::move(message)]() mutable {
    state->registry->end(*state, std::move(message));
  });
}

std::stop_token Progress::stop() const {
  return state_ ? state_->stop.get_token() : std::stop_token();
}

ProgressRegistry::ProgressRegistry(Dispatcher& dispatcher, std::function<void(Work)> strand)
    : dispatcher_(dispatcher), strand_(std::move(strand)) {}

Progress ProgressRegistry::begin(std::optional<ProgressToken> client_token, std::string title,
                                 ProgressOptions options) {
  bool has_client_token = client_token.has_value();
  auto token = has_client_token ? std::move(*client_token)
                                : ProgressToken("server-progress-" + std::to_string(next_token_.fetch_add(1)));
  auto state = std::make_shared<Progress::State>(Progress::State{.registry = this,
                                                                 .strand = strand_,
                                                                 .token = std::move(token),
                                                                 .options = options,
                                                                 .stop = {},
                                                                 .title = std::move(title),
                                                                 .message = {},
                                                                 .percentage = {}});
  if (options.percentage) state->percentage = 0;
  strand_([this, state, has_client_token] { start(state, has_client_token); });
  return Progress(std::move(state));
}

void ProgressRegistry::allow_creation(bool allowed) {
  creation_allowed_ = allowed;
}

void ProgressRegistry::cancel(const ProgressToken& token) {
  auto found = shown_.find(token);
  if (found == shown_.end()) return;
  if (auto state = found->second.lock()) state->stop.request_stop();
}

void ProgressRegistry::start(const std::shared_ptr<Progress::State>& state, bool has_client_token) {
  if (has_client_token) {
    shown_[state->token] = state;
    show(*state);
  } else if (creation_allowed_) {
    shown_[state->token] = state;
    dispatcher_.request("window/workDoneProgress/create", encode(WorkDoneProgressCreateParams{.token = state->token}),
                        [this, state](Result<Json> created) {
                          if (state->phase != Progress::State::Phase::starting) return;
                          if (created) {
                            show(*state);
                          } else {
                            state->phase = Progress::State::Phase::hidden;
                          }
                        });
  } else {
    state->phase = Progress::State::Phase::hidden;
  }
}

void ProgressRegistry::show(Progress::State& state) {
  WorkDoneProgressBegin begin{.title = state.title,
                              .cancellable = state.options.cancellable ? std::optional(true) : std::nullopt,
                              .message = state.message,
                              .percentage = state.percentage};
  state.phase = Progress::State::Phase::shown;
  dispatcher_.notify("$/progress", text_of(ProgressParams{.token = state.token, .value = encode(begin)}));
}

void ProgressRegistry::report(Progress::State& state, std::string message, std::optional<std::uint32_t> percentage) {
  // What is said before the client has agreed to show it becomes part of the beginning.
  state.message = unless_empty(std::move(message));
  if (percentage) state.percentage = percentage;
  if (state.phase != Progress::State::Phase::shown) return;
  WorkDoneProgressReport report{.cancellable = {}, .message = state.message, .percentage = percentage};
  dispatcher_.notify("$/progress", text_of(ProgressParams{.token = state.token, .value = encode(report)}));
}

void ProgressRegistry::end(Progress::State& state, std::string message) {
  if (state.phase == Progress::State::Phase::shown) {
    WorkDoneProgressEnd end{.message = unless_empty(std::move(message))};
    dispatcher_.notify("$/progress", text_of(ProgressParams{.token = state.token, .value = encode(end)}));
  }
  state.phase = Progress::State::Phase::ended;
  shown_.erase(state.token);
}

}  // namespace refract::protocol
