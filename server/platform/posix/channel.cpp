#include "platform/channel.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <string>

namespace refract::platform {
namespace {

using Clock = std::chrono::steady_clock;

bool would_block() {
  return errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK;
}

// No call blocks beyond poll(), which the wake-up pipe ends.
class DescriptorChannel : public Channel {
 public:
  // Owns both; they may be the same.
  DescriptorChannel(int input, int output) : input_(input), output_(output) {
    struct stat status {};
    const bool known = ::fstat(output, &status) == 0;
    output_is_socket_ = known && S_ISSOCK(status.st_mode);
    if (known && S_ISFIFO(status.st_mode)) open_pipe();
    if (::pipe(wake_.data()) != 0) wake_ = {-1, -1};
    for (const int end : wake_) {
      if (end >= 0) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
  }
  ~DescriptorChannel() override {
    for (const int end : wake_) {
      if (end >= 0) ::close(end);
    }
    ::close(input_);
    if (output_ != input_) ::close(output_);
    if (pipe_ >= 0) ::close(pipe_);
  }
  DescriptorChannel(const DescriptorChannel&) = delete;
  DescriptorChannel& operator=(const DescriptorChannel&) = delete;

  std::optional<std::size_t> read(std::span<char> buffer) override {
    for (;;) {
      std::array<pollfd, 2> watched = {{{input_, POLLIN, 0}, {wake_[0], POLLIN, 0}}};
      if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) return 0;
      if (watched[1].revents != 0) return std::nullopt;
      if (watched[0].revents == 0) continue;
      const ssize_t count = ::read(input_, buffer.data(), buffer.size());
      if (count >= 0) return static_cast<std::size_t>(count);
      if (!would_block()) return 0;
    }
  }

  bool write(std::string_view bytes) override {
    block_sigpipe();
    while (!bytes.empty()) {
      if (!wait_writable()) return false;
      const ssize_t count = write_some(bytes);
      if (count > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (count < 0 && !would_block()) {
        return false;
      }
    }
    return true;
  }

  std::size_t write_now(std::string_view bytes) override {
    if (pipe_ < 0 && !output_is_socket_) return 0;
    block_sigpipe();
    return static_cast<std::size_t>(std::max<ssize_t>(write_some(bytes), 0));
  }

  void stop(std::chrono::milliseconds left_for_writes) override {
    {
      const std::lock_guard lock(mutex_);
      if (deadline_) return;
      deadline_ = Clock::now() + left_for_writes;
    }
    const char byte = 0;
    // Never read: from here on the pipe stays readable for both threads.
    while (::write(wake_[1], &byte, 1) < 0 && errno == EINTR) continue;
  }

 private:
  // A client that closed its end must be an error code here, not a signal for the process.
  static void block_sigpipe() {
    thread_local const bool blocked = [] {
      sigset_t signals;
      sigemptyset(&signals);
      sigaddset(&signals, SIGPIPE);
      return ::pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0;
    }();
    static_cast<void>(blocked);
  }

  // The pipe once more, for this process alone: O_NONBLOCK on the descriptor that we were given would hold for all who
  // share it. And room for a large answer, so that it need not wait for the client to take it piece by piece. Only
  // Linux has these; either may fail, and changes nothing then.
  void open_pipe() {
#ifdef F_SETPIPE_SZ
    constexpr int kRoom = 1 << 20;
    pipe_ = ::open(("/proc/self/fd/" + std::to_string(output_)).c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    ::fcntl(output_, F_SETPIPE_SZ, kRoom);
#endif
  }

  ssize_t write_some(std::string_view bytes) const {
    if (pipe_ >= 0) return ::write(pipe_, bytes.data(), bytes.size());
#ifdef MSG_NOSIGNAL
    constexpr int kFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
#else
    constexpr int kFlags = MSG_DONTWAIT;
#endif
    if (output_is_socket_) return ::send(output_, bytes.data(), bytes.size(), kFlags);
    // A pipe that poll() calls writable takes this much without blocking, whatever its flags say.
    return ::write(output_, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
  }

  bool wait_writable() {
    for (;;) {
      const auto deadline = this->deadline();
      int timeout = -1;
      if (deadline) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*deadline - Clock::now()).count();
        timeout = static_cast<int>(std::max<std::int64_t>(left, 0));
      }
      std::array<pollfd, 2> watched = {{{output_, POLLOUT, 0}, {wake_[0], POLLIN, 0}}};
      // Once stopped, the wake-up has done its work, and the deadline ends the waiting.
      const int ready = ::poll(watched.data(), deadline ? 1 : 2, timeout);
      if (ready < 0 && errno != EINTR) return false;
      if (ready > 0 && watched[0].revents != 0) return true;
      if (ready == 0 && deadline) return false;
    }
  }

  std::optional<Clock::time_point> deadline() {
    const std::lock_guard lock(mutex_);
    return deadline_;
  }

  int input_;
  int output_;
  bool output_is_socket_ = false;
  int pipe_ = -1;  // to the output, where that is a pipe and could be opened once more
  std::array<int, 2> wake_ = {-1, -1};

  std::mutex mutex_;
  std::optional<Clock::time_point> deadline_;  // set by stop()
};

}  // namespace

std::unique_ptr<Channel> standard_channel() {
  const int input = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  // One line printed by a library or a child process would break the framing, one byte read would be lost.
  if (const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC); nothing >= 0) {
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
  }
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  return std::make_unique<DescriptorChannel>(input, output);
}

std::unique_ptr<Channel> socket_channel(Socket socket) {
  return std::make_unique<DescriptorChannel>(socket, socket);
}

}  // namespace refract::platform
