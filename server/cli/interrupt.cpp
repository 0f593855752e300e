#include "cli/interrupt.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>

namespace refract::cli {

Interrupt::Interrupt() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&set, signal);
  ::pthread_sigmask(SIG_BLOCK, &set, &before_);
  ended_ = ::eventfd(0, EFD_CLOEXEC);
  const int signals = ::signalfd(-1, &set, SFD_CLOEXEC);
  watcher_ = std::thread([this, signals] {
    watch(signals);
    ::close(signals);
  });
}

Interrupt::~Interrupt() {
  ::eventfd_write(ended_, 1);
  watcher_.join();
  ::close(ended_);
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interrupt::watch(int signals) {
  std::array<pollfd, 2> sources{pollfd{signals, POLLIN, 0}, pollfd{ended_, POLLIN, 0}};
  for (;;) {
    if (::poll(sources.data(), sources.size(), -1) < 0) continue;
    if (sources[1].revents != 0) return;
    signalfd_siginfo received{};
    if (::read(signals, &received, sizeof received) != sizeof received) continue;
    if (source_.request_stop()) continue;
    const int signal = static_cast<int>(received.ssi_signo);
    ::signal(signal, SIG_DFL);
    sigset_t one;
    ::sigemptyset(&one);
    ::sigaddset(&one, signal);
    ::raise(signal);
    ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  }
}

}  // namespace refract::cli
