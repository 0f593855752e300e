#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "protocol/dispatcher.h"
#include "protocol/lsp/base.h"

namespace refract::protocol {

struct ProgressOptions {
  bool cancellable = false;  // the client may offer a cancel button
  bool percentage = false;   // reports will give a percentage; the client then shows a bar from the start
};

// Progress of one piece of work, shown by the client (LSP 3.17 "Work Done Progress"). Any thread may report. It ends by
// end() or its destruction; what is said after that is dropped. Where the client shows no progress, nothing is sent.
class Progress {
 public:
  Progress(Progress&&) noexcept = default;
  Progress& operator=(Progress&& other) noexcept;
  ~Progress();

  // percentage: 0 to 100, never falling; nullopt where it is unknown.
  void report(std::string message, std::optional<std::uint32_t> percentage = std::nullopt);
  void end(std::string message = {});
  // Requested when the person presses the client's cancel button.
  std::stop_token stop() const;

 private:
  friend class ProgressRegistry;
  struct State;
  explicit Progress(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

// All progress of one session. It must outlive the strand's work.
class ProgressRegistry {
 public:
  // `strand` runs work on the strand; what happens there is sent through `dispatcher`.
  ProgressRegistry(Dispatcher& dispatcher, std::function<void(Work)> strand);

  // Any thread.
  Progress begin(std::optional<ProgressToken> client_token, std::string title, ProgressOptions options);

  // The strand only: whether the client lets servers create progress (window.workDoneProgress).
  void allow_creation(bool allowed);
  // The strand only: window/workDoneProgress/cancel.
  void cancel(const ProgressToken& token);

 private:
  friend class Progress;
  void start(const std::shared_ptr<Progress::State>& state, bool has_client_token);
  void show(Progress::State& state);
  void report(Progress::State& state, std::string message, std::optional<std::uint32_t> percentage);
  void end(Progress::State& state, std::string message);

  Dispatcher& dispatcher_;
  std::function<void(Work)> strand_;
  std::atomic<std::uint64_t> next_token_ = 1;
  bool creation_allowed_ = false;
  std::map<ProgressToken, std::weak_ptr<Progress::State>> shown_;
};

}  // namespace refract::protocol
