#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "protocol/unique_function.h"

namespace refract::protocol {

using Work = UniqueFunction<void()>;

// Runs its work on the strand once, after a delay. Starting again replaces what waits, which is what debouncing wants.
// Used on the strand only. Destroying it cancels.
class Timer {
 public:
  Timer(Timer&&) noexcept;
  Timer& operator=(Timer&&) noexcept;
  ~Timer();

  void start(std::chrono::milliseconds delay, Work work);
  void cancel();

 private:
  friend class EventLoop;
  struct Impl;
  Timer(std::shared_ptr<void> loop, std::shared_ptr<Impl> impl);
  std::shared_ptr<void> loop_;  // what the timer belongs to outlives it
  std::shared_ptr<Impl> impl_;
};

// The strand (the thread that is in run()) and a small pool of threads. What work throws is logged.
class EventLoop {
 public:
  using Log = std::function<void(std::string)>;

  // 0 threads: as many as there are cores, 4 at most.
  EventLoop(unsigned pool_threads, Log log);
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;
  // Waits for the pool's running work; work that has not begun is dropped.
  ~EventLoop();

  // Any thread. In the order of arrival.
  void post(Work work);
  // Any thread. On the strand at once where that is where we are, else as post().
  void dispatch(Work work);
  // Any thread.
  void post_to_pool(Work work);
  bool on_strand() const;
  Timer timer();

  // Runs the strand's work on this thread until stop().
  void run();
  // Any thread. Work that waits is dropped when the loop is destroyed.
  void stop();
  // Calls `handler` on the strand at the first SIGINT, SIGTERM or SIGHUP.
  void on_termination_signal(Work handler);
  // True: the pool has no work, or ended it within `limit`.
  bool wait_for_pool(std::chrono::milliseconds limit);

  // Functions that may outlive the loop: they do nothing once it is gone.
  std::function<void(Work)> dispatcher() const;
  std::function<void(Work)> pool_poster() const;

 private:
  friend class Timer;
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace refract::protocol
