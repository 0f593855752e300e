#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "protocol/transport.h"

namespace refract::protocol {
namespace {

using Clock = std::chrono::steady_clock;

// One thread reads, one writes. Asio's descriptors are not used: they refuse regular files. No call ever blocks beyond
// poll(), which the wake-up pipe ends.
class DescriptorTransport : public Transport {
 public:
  DescriptorTransport(int input, int output) : input_(input), output_(output) {
    struct stat status {};
    const bool known = ::fstat(output, &status) == 0;
    output_is_socket_ = known && S_ISSOCK(status.st_mode);
    if (known && S_ISFIFO(status.st_mode)) open_pipe();
    if (::pipe(wake_.data()) != 0) wake_ = {-1, -1};
    for (int end : wake_) {
      if (end >= 0) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
  }

  ~DescriptorTransport() override {
    close(0);
    for (int end : wake_) {
      if (end >= 0) ::close(end);
    }
    ::close(input_);
    if (output_ != input_) ::close(output_);
    if (pipe_ >= 0) ::close(pipe_);
  }

  void start(Events events) override {
    events_ = std::move(events);
    reader_ = std::thread([this] { read_all(); });
    writer_ = std::thread([this] { write_all(); });
  }

  void write(std::string bytes) override {
    {
      std::lock_guard lock(mutex_);
      if (closing_ || broken_) return;
      queue_.push_back(std::move(bytes));
    }
    changed_.notify_one();
  }

  void close(int flush_ms) override {
    {
      std::lock_guard lock(mutex_);
      if (!closing_) deadline_ = Clock::now() + std::chrono::milliseconds(flush_ms);
      closing_ = true;
    }
    changed_.notify_one();
    char byte = 0;
    // Never read: from here on the pipe stays readable for both threads.
    while (::write(wake_[1], &byte, 1) < 0 && errno == EINTR) continue;
    if (reader_.joinable()) reader_.join();
    if (writer_.joinable()) writer_.join();
  }

 private:
  void read_all() {
    std::array<char, 64 * 1024> buffer;
    while (true) {
      std::array<pollfd, 2> watched = {{{input_, POLLIN, 0}, {wake_[0], POLLIN, 0}}};
      if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) break;
      if (watched[1].revents != 0) return;
      if (watched[0].revents == 0) continue;
      auto count = ::read(input_, buffer.data(), buffer.size());
      if (count > 0) {
        std::lock_guard lock(event_mutex_);
        if (!closed_reported_) events_.received({buffer.data(), static_cast<std::size_t>(count)});
      } else if (count == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) {
        break;
      }
    }
    report_closed();
  }

  void write_all() {
    block_sigpipe();
    while (true) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
      if (queue_.empty()) return;
      std::string bytes = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      if (write_whole(bytes)) continue;
      lock.lock();
      broken_ = true;
      queue_.clear();
      if (closing_) return;
      lock.unlock();
      report_closed();
      return;
    }
  }

  // A client that closed its end must be an error code here, not a signal for the process.
  static void block_sigpipe() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  }

  // False: the client is gone, or time is up.
  bool write_whole(std::string_view bytes) {
    while (!bytes.empty()) {
      if (!wait_writable()) return false;
      auto count = write_some(bytes);
      if (count > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (count < 0 && errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
        return false;
      }
    }
    return true;
  }

  // The pipe once more, for this process alone: O_NONBLOCK on the descriptor that we were given would hold for all who
  // share it. And room for a large answer, so that it need not wait for the client to take it piece by piece. Either
  // may fail, and changes nothing then.
  void open_pipe() {
#ifdef F_SETPIPE_SZ
    constexpr int kRoom = 1 << 20;
    pipe_ = ::open(("/proc/self/fd/" + std::to_string(output_)).c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    ::fcntl(output_, F_SETPIPE_SZ, kRoom);
#endif
  }

  ssize_t write_some(std::string_view bytes) {
    if (pipe_ >= 0) return ::write(pipe_, bytes.data(), bytes.size());
    if (output_is_socket_) return ::send(output_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    // A pipe that poll() calls writable takes this much without blocking, whatever its flags say.
    return ::write(output_, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
  }

  bool wait_writable() {
    while (true) {
      auto deadline = this->deadline();
      int timeout = -1;
      if (deadline) {
        auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*deadline - Clock::now()).count();
        timeout = static_cast<int>(std::max<std::int64_t>(left, 0));
      }
      std::array<pollfd, 2> watched = {{{output_, POLLOUT, 0}, {wake_[0], POLLIN, 0}}};
      // Once we are closing, the wake-up has done its work, and the deadline ends the waiting.
      int ready = ::poll(watched.data(), deadline ? 1 : 2, timeout);
      if (ready < 0 && errno != EINTR) return false;
      if (ready > 0 && watched[0].revents != 0) return true;
      if (ready == 0 && deadline) return false;
    }
  }

  std::optional<Clock::time_point> deadline() {
    std::lock_guard lock(mutex_);
    return closing_ ? std::optional(deadline_) : std::nullopt;
  }

  void report_closed() {
    std::lock_guard lock(event_mutex_);
    if (!std::exchange(closed_reported_, true)) events_.closed();
  }

  int input_;
  int output_;
  bool output_is_socket_ = false;
  int pipe_ = -1;  // to the output, where that is a pipe and could be opened once more
  std::array<int, 2> wake_ = {-1, -1};
  Events events_;
  std::thread reader_;
  std::thread writer_;

  std::mutex event_mutex_;  // events come one at a time, from whichever thread
  bool closed_reported_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> queue_;
  bool closing_ = false;
  bool broken_ = false;
  Clock::time_point deadline_;
};

}  // namespace

std::unique_ptr<Transport> stdio_transport() {
  int input = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  // One line printed by a library or a child process would break the framing, one byte read would be lost.
  if (int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC); nothing >= 0) {
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
  }
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  return descriptor_transport(input, output);
}

std::unique_ptr<Transport> descriptor_transport(int input, int output) {
  return std::make_unique<DescriptorTransport>(input, output);
}

}  // namespace refract::protocol
