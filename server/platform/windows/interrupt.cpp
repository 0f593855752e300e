#include "platform/interrupt.h"

#include <windows.h>

#include <array>
#include <csignal>
#include <mutex>

namespace refract::platform {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM};

std::mutex mutex;
const std::function<bool()>* current = nullptr;  // guarded by mutex

// Windows calls it on a separate thread. FALSE: the next handler, which ends the program.
BOOL WINAPI on_event(DWORD) {
  const std::lock_guard lock(mutex);
  return current != nullptr && (*current)() ? TRUE : FALSE;
}

}  // namespace

std::span<const int> termination_signals() {
  return kSignals;
}

struct InterruptHandler::State {
  std::function<bool()> handler;
};

InterruptHandler::InterruptHandler(std::function<bool()> handler)
    : state_(std::make_unique<State>(std::move(handler))) {
  const std::lock_guard lock(mutex);
  current = &state_->handler;
  ::SetConsoleCtrlHandler(on_event, TRUE);
}

InterruptHandler::~InterruptHandler() {
  ::SetConsoleCtrlHandler(on_event, FALSE);
  const std::lock_guard lock(mutex);
  current = nullptr;
}

}  // namespace refract::platform
