#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace refract::platform {

#ifdef _WIN32
using Socket = std::uintptr_t;
#else
using Socket = int;
#endif

// Bytes from and to one client: pipes, sockets, files or a terminal. One thread reads, one at a time writes.
class Channel {
 public:
  virtual ~Channel() = default;

  // Waits for bytes and returns how many there are; 0: the end, or the client disconnected. nullopt: stop() was called.
  virtual std::optional<std::size_t> read(std::span<char> buffer) = 0;
  // Writes all bytes. False: the client disconnected, or the time that stop() allowed has passed.
  virtual bool write(std::string_view bytes) = 0;
  // Writes what can be written without waiting, and returns how many bytes that was: none also where that is not known
  // or the client disconnected.
  virtual std::size_t write_now(std::string_view) { return 0; }
  // Ends a pending read at once, and a pending write after `left_for_writes`. Call it once, from any thread.
  virtual void stop(std::chrono::milliseconds left_for_writes) = 0;
};

// Standard input and output, as bytes. They are taken away from the rest of the program: from then on it reads an empty
// standard input, and what it or a child prints to standard output goes to standard error.
std::unique_ptr<Channel> standard_channel();

// Over a connected socket, which the channel then owns.
std::unique_ptr<Channel> socket_channel(Socket socket);

}  // namespace refract::platform
