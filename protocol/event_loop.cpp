#include "protocol/event_loop.h"

#include <utility>  // Boost 1.74's Asio uses it without including it

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include "platform/interrupt.h"

namespace refract::protocol {

namespace asio = boost::asio;

namespace {

unsigned pool_size(unsigned wanted) {
  if (wanted != 0) return wanted;
  return std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
}

}  // namespace

struct EventLoop::Impl {
  Impl(unsigned pool_threads, Log log)
      : pool(pool_size(pool_threads)),
        keep_ticking(asio::make_work_guard(clock)),
        keep_running(asio::make_work_guard(strand)),
        clock_thread([this] { clock.run(); }),
        log(std::move(log)) {}

  void perform(Work& work) {
    try {
      work();
    } catch (const std::exception& thrown) {
      log(std::string("a piece of work failed: ") + thrown.what());
    } catch (...) {
      log("a piece of work failed with an exception of unknown type");
    }
  }

  void post(Work work) {
    // Asio's queue wants a copyable function in Boost 1.74.
    asio::post(strand, [this, shared = std::make_shared<Work>(std::move(work))] { perform(*shared); });
  }

  void dispatch(Work work) {
    if (std::this_thread::get_id() == strand_thread) {
      perform(work);
    } else {
      post(std::move(work));
    }
  }

  void post_to_pool(Work work) {
    {
      std::lock_guard lock(mutex);
      if (closed) return;
      ++pool_work;
    }
    asio::post(pool, [this, shared = std::make_shared<Work>(std::move(work))]() mutable {
      perform(*shared);
      shared.reset();  // what the work holds may answer a request when it goes
      std::lock_guard lock(mutex);
      if (--pool_work == 0) pool_idle.notify_all();
    });
  }

  void close() {
    {
      std::lock_guard lock(mutex);
      closed = true;
    }
    pool.stop();
    pool.join();
    strand.stop();
    clock.stop();
    clock_thread.join();
  }

  // Of timers and signals. A thread of its own waits for them in the kernel, and hands them to the strand: a thread
  // that waits there is woken for work with Asio's lock held, and finds that lock taken.
  asio::io_context clock;
  asio::io_context strand;
  asio::thread_pool pool;
  asio::executor_work_guard<asio::io_context::executor_type> keep_ticking;
  asio::executor_work_guard<asio::io_context::executor_type> keep_running;
  std::thread clock_thread;
  std::optional<asio::signal_set> signals;
  std::atomic<std::thread::id> strand_thread;
  Log log;

  std::mutex mutex;
  std::condition_variable pool_idle;
  std::size_t pool_work = 0;
  bool closed = false;
};

struct Timer::Impl : std::enable_shared_from_this<Timer::Impl> {
  explicit Impl(EventLoop::Impl& loop) : loop(loop), timer(loop.clock) {}

  void expired(std::uint64_t number) {
    if (number != start_number || !work) return;
    Work due = std::exchange(work, {});
    loop.perform(due);
  }

  EventLoop::Impl& loop;
  asio::steady_timer timer;
  Work work;
  // An expiry may already be queued when the timer is started again or cancelled; only the last start counts.
  std::uint64_t start_number = 0;
};

Timer::Timer(std::shared_ptr<void> loop, std::shared_ptr<Impl> impl) : loop_(std::move(loop)), impl_(std::move(impl)) {}
Timer::Timer(Timer&&) noexcept = default;

Timer& Timer::operator=(Timer&& other) noexcept {
  if (impl_) cancel();
  impl_ = std::move(other.impl_);
  loop_ = std::move(other.loop_);
  return *this;
}

Timer::~Timer() {
  if (impl_) cancel();
}

void Timer::start(std::chrono::milliseconds delay, Work work) {
  impl_->work = std::move(work);
  impl_->timer.expires_after(delay);
  auto number = ++impl_->start_number;
  impl_->timer.async_wait([impl = impl_, number](const boost::system::error_code& error) {
    if (!error) impl->loop.post([impl, number] { impl->expired(number); });
  });
}

void Timer::cancel() {
  ++impl_->start_number;
  impl_->work = {};
  impl_->timer.cancel();
}

EventLoop::EventLoop(unsigned pool_threads, Log log) : impl_(std::make_shared<Impl>(pool_threads, std::move(log))) {}
EventLoop::~EventLoop() {
  impl_->close();
}

void EventLoop::post(Work work) {
  impl_->post(std::move(work));
}
void EventLoop::dispatch(Work work) {
  impl_->dispatch(std::move(work));
}
void EventLoop::post_to_pool(Work work) {
  impl_->post_to_pool(std::move(work));
}
bool EventLoop::on_strand() const {
  return std::this_thread::get_id() == impl_->strand_thread;
}
Timer EventLoop::timer() {
  return Timer(impl_, std::make_shared<Timer::Impl>(*impl_));
}

void EventLoop::run() {
  impl_->strand_thread = std::this_thread::get_id();
  impl_->strand.run();
  impl_->strand_thread = std::thread::id();
}

void EventLoop::stop() {
  impl_->strand.stop();
}

void EventLoop::on_termination_signal(Work handler) {
  impl_->signals.emplace(impl_->clock);
  for (const int signal : platform::termination_signals()) impl_->signals->add(signal);
  impl_->signals->async_wait([impl = impl_.get(), shared = std::make_shared<Work>(std::move(handler))](
                                 const boost::system::error_code& error, int) {
    if (!error) impl->post([shared] { (*shared)(); });
  });
}

bool EventLoop::wait_for_pool(std::chrono::milliseconds limit) {
  std::unique_lock lock(impl_->mutex);
  return impl_->pool_idle.wait_for(lock, limit, [this] { return impl_->pool_work == 0; });
}

std::function<void(Work)> EventLoop::dispatcher() const {
  return [weak = std::weak_ptr(impl_)](Work work) {
    if (auto impl = weak.lock()) impl->dispatch(std::move(work));
  };
}

std::function<void(Work)> EventLoop::pool_poster() const {
  return [weak = std::weak_ptr(impl_)](Work work) {
    if (auto impl = weak.lock()) impl->post_to_pool(std::move(work));
  };
}

}  // namespace refract::protocol
