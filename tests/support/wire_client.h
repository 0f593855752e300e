#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/framing.h"
#include "protocol/json.h"

// A server as its own process and a client's end of the wire to it, for tests that go through real pipes and sockets.
// All waiting ends after a time limit, so that a server that hangs fails a test and does not stop the run.

namespace refract::test {

using protocol::Json;

inline constexpr std::chrono::milliseconds kPatience{20000};

// A process of ours. Killed and waited for on destruction.
class Process {
 public:
  struct Files {
    std::string input;   // path of standard input; empty: a pipe
    std::string output;  // path of standard output; empty: a pipe
  };

  explicit Process(const std::vector<std::string>& command, const Files& files = {});
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  pid_t pid() const { return pid_; }
  int input() const { return input_; }    // write end of its standard input
  int output() const { return output_; }  // read end of its standard output
  int errors() const { return errors_; }  // read end of its standard error
  void close_input();
  void close_output();
  void kill();
  // The exit code, or 128 + the signal that ended it. nullopt: it did not end in time.
  std::optional<int> wait(std::chrono::milliseconds limit = kPatience);
  // Waits for `text` on its standard error; gives all that was read.
  std::string read_errors_until(std::string_view text);
  // The most memory it has used so far, in KiB.
  std::size_t peak_memory_kib() const;

 private:
  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
  int errors_ = -1;
  std::optional<int> exit_code_;
};

// Frames messages and unframes answers over two descriptors, which it does not own.
class WireClient {
 public:
  WireClient(int input, int output) : input_(input), output_(output) {}

  void send_raw(std::string_view bytes);
  void send(const Json& message);
  // A request with a fresh id; gives the id.
  std::int64_t request(std::string_view method, Json params = nullptr);
  void notify(std::string_view method, Json params = nullptr);
  // The next message; a null value where none came in time or the server closed its end.
  Json receive(std::chrono::milliseconds limit = kPatience);
  // When the last byte of what receive() gave last was here: before it was parsed.
  std::chrono::steady_clock::time_point arrival() const { return arrival_; }
  // The answer to `id`; what comes before it is kept for received_before().
  Json answer(const Json& id);
  // request() and answer().
  Json call(std::string_view method, Json params = nullptr);
  // What answer() passed over.
  std::vector<Json> take_skipped();
  // Ends the handshake: `initialize` with these params, then `initialized`.
  Json initialize(Json params = {{"processId", nullptr}, {"rootUri", nullptr}, {"capabilities", Json::object()}});

 private:
  bool fill(std::chrono::milliseconds limit);

  int input_;
  int output_;
  std::int64_t next_id_ = 1;
  protocol::FrameDecoder decoder_;
  struct Message {
    std::string text;
    std::chrono::steady_clock::time_point arrival;
  };
  std::deque<Message> arrived_;
  std::chrono::steady_clock::time_point arrival_;
  std::vector<Json> skipped_;
};

// A connection to 127.0.0.1; -1 where it was refused.
int connect_to(std::uint16_t port);

}  // namespace refract::test
