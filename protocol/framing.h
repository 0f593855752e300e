#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

// The base protocol of LSP 3.17: a header block with Content-Length (in bytes), an empty line, the message.

namespace refract::protocol {

// One message's text, not yet known to be JSON.
struct Frame {
  std::string text;

  bool operator==(const Frame&) const = default;
};

struct FramingError {
  enum class Kind {
    garbage,              // bytes that are no header; skipped up to the next Content-Length
    missing_length,       // a header block without Content-Length
    bad_length,           // Content-Length is no number, negative, or beyond any message
    conflicting_lengths,  // two Content-Length headers that differ
    unsupported_charset,  // Content-Type asks for other than UTF-8; the message is skipped
    too_large,            // above the limit; the message is skipped without being kept
  };
  Kind kind = Kind::garbage;
  std::string message;
  std::string head;  // the first bytes of a message that is skipped, so that the id of a request may be found

  bool operator==(const FramingError&) const = default;
};

struct FramingLimits {
  std::size_t message = 64 * 1024 * 1024;            // bytes of a message that is still read
  std::uint64_t plausible = std::uint64_t{4} << 30;  // bytes; a longer Content-Length is taken for a mistake
  std::size_t header_line = 8 * 1024;                // bytes of a header line
  std::size_t head = 4 * 1024;                       // bytes kept of a message that is skipped
};

// Cuts a stream of bytes into messages, in whatever pieces the bytes arrive. After bytes that make no sense it goes on
// at the next Content-Length header; one run of such bytes is one error.
class FrameDecoder {
 public:
  using Sink = std::function<void(std::variant<Frame, FramingError>)>;

  explicit FrameDecoder(FramingLimits limits = {}) : limits_(limits) {}

  // Takes the next bytes; calls `sink` for each message and error that they complete, in order.
  void feed(std::string_view bytes, const Sink& sink);

 private:
  enum class State { header, body, skip };

  std::string_view feed_header(std::string_view bytes, const Sink& sink);
  std::string_view feed_body(std::string_view bytes, const Sink& sink);
  std::string_view feed_skip(std::string_view bytes, const Sink& sink);
  void end_line(const Sink& sink);
  void end_block(const Sink& sink);
  void begin_body(const Sink& sink);
  void begin_skip(FramingError error, const Sink& sink);
  void read_header(std::string_view name, std::string_view value);
  void begin_block();
  void report_garbage(const Sink& sink);

  FramingLimits limits_;
  State state_ = State::header;

  std::string line_;         // the header line so far, without its end
  bool line_cut_ = false;    // the line was longer than the limit, and only its tail is in line_
  bool block_empty_ = true;  // no line of this header block seen yet
  std::optional<std::uint64_t> length_;
  std::optional<FramingError> block_error_;
  std::optional<FramingError> charset_error_;
  bool in_garbage_ = false;  // the run of senseless bytes that we are in has been reported

  std::string body_;
  std::uint64_t remaining_ = 0;             // bytes of the message still to come
  std::optional<FramingError> skip_error_;  // to be reported once its head is complete
};

// The message with its header, ready to be written.
std::string frame(std::string_view message);

}  // namespace refract::protocol
