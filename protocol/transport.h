#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace refract::platform {
class Channel;
}  // namespace refract::platform

namespace refract::protocol {

// A way to one client, as a stream of bytes in each direction.
class Transport {
 public:
  struct Events {
    // Both are called from a thread of the transport, one at a time.
    std::function<void(std::string_view)> received;
    std::function<void()> closed;  // once: no more bytes will come
  };

  virtual ~Transport() = default;

  // Begins to read. Once.
  virtual void start(Events events) = 0;
  // Queues bytes for writing, whole and in order; never waits for the client. Any thread. Dropped once the client is
  // gone or close() was called.
  virtual void write(std::string bytes) = 0;
  // Writes what is queued, for `flush_ms` milliseconds at most, and ends all threads. No event follows its return.
  // Must not be called from an event.
  virtual void close(int flush_ms) = 0;
};

// Over standard input and output, be they pipes, sockets, files or a terminal. It takes them for itself: from then on
// the process reads an empty standard input, and what it or a child prints to standard output goes to standard error.
std::unique_ptr<Transport> stdio_transport();

std::unique_ptr<Transport> channel_transport(std::unique_ptr<platform::Channel> channel);

// Listens on 127.0.0.1 and waits for one client; a second one is refused. Port 0 picks a free one. `listening` is
// called with the port. Errors: one sentence.
std::expected<std::unique_ptr<Transport>, std::string> tcp_transport(
    std::uint16_t port, const std::function<void(std::uint16_t)>& listening);

// Says "listening on 127.0.0.1:PORT" on stderr, one line.
void announce_port(std::uint16_t port);

}  // namespace refract::protocol
