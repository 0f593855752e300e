#include "platform/interrupt.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "support/catch.h"

using refract::platform::InterruptHandler;

TEST_CASE("interrupt: the handler is called for each signal, and none is left when it goes", "[platform]") {
  std::atomic<int> calls = 0;
  {
    const InterruptHandler handler([&] {
      ++calls;
      return true;
    });
    for (const int signal : refract::platform::termination_signals()) {
      const int before = calls;
      ::kill(::getpid(), signal);
      while (calls == before) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  CHECK(calls == static_cast<int>(refract::platform::termination_signals().size()));
  sigset_t now;
  ::pthread_sigmask(SIG_BLOCK, nullptr, &now);
  CHECK(sigismember(&now, SIGTERM) == 0);
}

TEST_CASE("interrupt: what the handler refuses ends the program", "[platform]") {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
    const InterruptHandler handler([] { return false; });
    ::kill(::getpid(), SIGTERM);
    for (;;) ::pause();
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGTERM);
}
