#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "platform/channel.h"
#include "protocol/transport.h"

namespace refract::protocol {
namespace {

// Answers up to this size are written by who has them, which spares waking another thread. In bytes.
constexpr std::size_t kMostWrittenAtOnce = 64 * 1024;

// One thread reads, one writes what the client does not take at once.
class ChannelTransport : public Transport {
 public:
  explicit ChannelTransport(std::unique_ptr<platform::Channel> channel) : channel_(std::move(channel)) {}
  ~ChannelTransport() override { close(0); }

  void start(Events events) override {
    events_ = std::move(events);
    reader_ = std::thread([this] { read_all(); });
    writer_ = std::thread([this] { write_all(); });
  }

  void write(std::string bytes) override {
    {
      std::lock_guard lock(mutex_);
      if (closing_ || broken_) return;
      if (queue_.empty() && !writing_ && bytes.size() <= kMostWrittenAtOnce) bytes.erase(0, channel_->write_now(bytes));
      if (bytes.empty()) return;
      queue_.push_back(std::move(bytes));
    }
    changed_.notify_one();
  }

  void close(int flush_ms) override {
    // Before the writer may end: what it writes from now on has this much time.
    channel_->stop(std::chrono::milliseconds(flush_ms));
    {
      std::lock_guard lock(mutex_);
      closing_ = true;
    }
    changed_.notify_one();
    if (reader_.joinable()) reader_.join();
    if (writer_.joinable()) writer_.join();
  }

 private:
  void read_all() {
    std::array<char, 64 * 1024> buffer;
    while (true) {
      const auto count = channel_->read(buffer);
      if (!count) return;
      if (*count == 0) break;
      std::lock_guard lock(event_mutex_);
      if (!closed_reported_) events_.received({buffer.data(), *count});
    }
    report_closed();
  }

  void write_all() {
    while (true) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
      if (queue_.empty()) return;
      std::string bytes = std::move(queue_.front());
      queue_.pop_front();
      writing_ = true;
      lock.unlock();
      const bool written = channel_->write(bytes);
      lock.lock();
      writing_ = false;
      if (written) continue;
      broken_ = true;
      queue_.clear();
      if (closing_) return;
      lock.unlock();
      report_closed();
      return;
    }
  }

  void report_closed() {
    std::lock_guard lock(event_mutex_);
    if (!std::exchange(closed_reported_, true)) events_.closed();
  }

  const std::unique_ptr<platform::Channel> channel_;
  Events events_;
  std::thread reader_;
  std::thread writer_;

  std::mutex event_mutex_;  // events come one at a time, from whichever thread
  bool closed_reported_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> queue_;
  bool writing_ = false;  // something that was taken from the queue
  bool closing_ = false;
  bool broken_ = false;
};

}  // namespace

std::unique_ptr<Transport> stdio_transport() {
  return channel_transport(platform::standard_channel());
}

std::unique_ptr<Transport> channel_transport(std::unique_ptr<platform::Channel> channel) {
  return std::make_unique<ChannelTransport>(std::move(channel));
}

}  // namespace refract::protocol
