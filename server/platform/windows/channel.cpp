#include "platform/channel.h"

// Before windows.h, which would bring an older version.
#include <winsock2.h>

#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdio.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "platform/windows/handle.h"

namespace refract::platform {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxAtOnce = 1 << 20;  // bytes

DWORD part_of(std::size_t size) {
  return static_cast<DWORD>(std::min(size, kMaxAtOnce));
}

// Pipes and consoles cannot be waited for together with an event, so a thread that waits in a read or write is
// interrupted.
class HandleChannel : public Channel {
 public:
  HandleChannel(Handle input, Handle output) : input_(std::move(input)), output_(std::move(output)) {}
  ~HandleChannel() override {
    if (ender_.joinable()) ender_.join();
  }

  std::optional<std::size_t> read(std::span<char> buffer) override {
    Busy busy(reader_);
    if (stopped_) return std::nullopt;
    DWORD count = 0;
    const BOOL done = ::ReadFile(input_.get(), buffer.data(), part_of(buffer.size()), &count, nullptr);
    if (stopped_) return std::nullopt;
    return done != 0 ? count : 0;
  }

  bool write(std::string_view bytes) override {
    Busy busy(writer_);
    while (!bytes.empty()) {
      if (expired_) return false;
      DWORD count = 0;
      if (::WriteFile(output_.get(), bytes.data(), part_of(bytes.size()), &count, nullptr) == 0) return false;
      bytes.remove_prefix(count);
    }
    return true;
  }

  void stop(std::chrono::milliseconds left_for_writes) override {
    if (stopped_.exchange(true)) return;
    ender_ = std::thread([this, deadline = Clock::now() + left_for_writes] {
      // Repeated, because a thread may be about to enter its call.
      while (reader_.running || writer_.running) {
        interrupt(reader_);
        if (Clock::now() >= deadline) {
          expired_ = true;
          interrupt(writer_);
        }
        ::Sleep(1);
      }
      expired_ = true;
    });
  }

 private:
  // A thread that is inside read() or write().
  struct Caller {
    std::atomic<bool> running = false;
    std::atomic<HANDLE> thread = nullptr;
    ~Caller() {
      if (thread != nullptr) ::CloseHandle(thread);
    }
  };
  struct Busy {
    explicit Busy(Caller& it) : caller(it) {
      if (caller.thread == nullptr) {
        HANDLE own = nullptr;
        ::DuplicateHandle(::GetCurrentProcess(), ::GetCurrentThread(), ::GetCurrentProcess(), &own, 0, FALSE,
                          DUPLICATE_SAME_ACCESS);
        caller.thread = own;
      }
      caller.running = true;
    }
    ~Busy() { caller.running = false; }
    Caller& caller;
  };

  static void interrupt(Caller& caller) {
    if (caller.running) ::CancelSynchronousIo(caller.thread);
  }

  Handle input_;
  Handle output_;
  Caller reader_;
  Caller writer_;
  std::atomic<bool> stopped_ = false;
  std::atomic<bool> expired_ = false;
  std::thread ender_;
};

class SocketChannel : public Channel {
 public:
  explicit SocketChannel(Socket socket) : socket_(socket) {}
  ~SocketChannel() override { ::closesocket(socket_); }

  std::optional<std::size_t> read(std::span<char> buffer) override {
    while (!stopped_) {
      if (!ready(false)) continue;
      const int count = ::recv(socket_, buffer.data(), static_cast<int>(part_of(buffer.size())), 0);
      return count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    return std::nullopt;
  }

  bool write(std::string_view bytes) override {
    while (!bytes.empty()) {
      if (stopped_ && Clock::now() >= deadline_.load()) return false;
      if (!ready(true)) continue;
      const int count = ::send(socket_, bytes.data(), static_cast<int>(part_of(bytes.size())), 0);
      if (count < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  void stop(std::chrono::milliseconds left_for_writes) override {
    if (stopped_) return;
    deadline_ = Clock::now() + left_for_writes;
    stopped_ = true;
  }

 private:
  // Waits for a moment at most, so that stop() is noticed.
  bool ready(bool to_write) const {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(socket_, &set);
    timeval moment{0, 20'000};
    return ::select(0, to_write ? nullptr : &set, to_write ? &set : nullptr, nullptr, &moment) != 0;
  }

  SOCKET socket_;
  std::atomic<bool> stopped_ = false;
  std::atomic<Clock::time_point> deadline_ = Clock::time_point();
};

Handle copy_of(DWORD stream) {
  HANDLE copy = INVALID_HANDLE_VALUE;
  ::DuplicateHandle(::GetCurrentProcess(), ::GetStdHandle(stream), ::GetCurrentProcess(), &copy, 0, FALSE,
                    DUPLICATE_SAME_ACCESS);
  return Handle(copy);
}

}  // namespace

std::unique_ptr<Channel> standard_channel() {
  // Handles know nothing of line ends; only the C library's text mode would change them.
  auto channel = std::make_unique<HandleChannel>(copy_of(STD_INPUT_HANDLE), copy_of(STD_OUTPUT_HANDLE));
  // One line printed by a library or a child process would break the framing, one byte read would be lost.
  if (const int nothing = ::_wopen(L"NUL", _O_RDONLY); nothing >= 0) {
    ::_dup2(nothing, ::_fileno(stdin));
    ::_close(nothing);
  }
  ::_dup2(::_fileno(stderr), ::_fileno(stdout));
  ::SetStdHandle(STD_OUTPUT_HANDLE, ::GetStdHandle(STD_ERROR_HANDLE));
  return channel;
}

std::unique_ptr<Channel> socket_channel(Socket socket) {
  return std::make_unique<SocketChannel>(socket);
}

}  // namespace refract::platform
