#include "platform/interrupt.h"

#include <pthread.h>
#include <signal.h>

#include <array>
#include <atomic>
#include <thread>

namespace refract::platform {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

sigset_t signal_set(std::span<const int> signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  return set;
}

// The default action of a signal that is blocked here.
void end_by(int signal) {
  ::signal(signal, SIG_DFL);
  ::raise(signal);
  const sigset_t set = signal_set(std::span(&signal, 1));
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace

std::span<const int> termination_signals() {
  return kSignals;
}

struct InterruptHandler::State {
  std::function<bool()> handler;
  sigset_t before{};
  std::atomic<bool> ended = false;
  std::thread watcher;

  void watch() const {
    const sigset_t set = signal_set(kSignals);
    int signal = 0;
    while (sigwait(&set, &signal) == 0 && !ended) {
      if (!handler()) end_by(signal);
    }
  }
};

InterruptHandler::InterruptHandler(std::function<bool()> handler) : state_(std::make_unique<State>()) {
  state_->handler = std::move(handler);
  const sigset_t set = signal_set(kSignals);
  ::pthread_sigmask(SIG_BLOCK, &set, &state_->before);
  state_->watcher = std::thread([this] { state_->watch(); });
}

InterruptHandler::~InterruptHandler() {
  state_->ended = true;
  ::pthread_kill(state_->watcher.native_handle(), SIGTERM);  // only wakes the watcher
  state_->watcher.join();
  ::pthread_sigmask(SIG_SETMASK, &state_->before, nullptr);
}

}  // namespace refract::platform
