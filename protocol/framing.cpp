#include "protocol/framing.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace refract::protocol {
namespace {

constexpr std::string_view kLengthHeader = "content-length";
constexpr std::string_view kTypeHeader = "content-type";
constexpr std::size_t kTail = 64;  // bytes, of a line that is too long: fits a Content-Length with any number

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view text, std::string_view lower_case) {
  return std::ranges::equal(text, lower_case, {}, lower);
}

std::string_view trimmed(std::string_view text) {
  auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_name_character(char c) {
  c = lower(c);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool is_header_name(std::string_view name) {
  if (name.empty() || !std::ranges::all_of(name, is_name_character)) return false;
  // "X-Content-Length" is a header; "123Content-Length" is the rest of a message and a header.
  auto before = name.size() - std::min(name.size(), kLengthHeader.size());
  return before == 0 || name[before - 1] == '-' || !equal_ignoring_case(name.substr(before), kLengthHeader);
}

// Where a Content-Length header begins after other bytes of the same line: after a message whose length was given too
// short, its rest precedes the header. npos: nowhere. Finds the last one.
std::size_t header_after_garbage(std::string_view line) {
  auto at = std::string_view::npos;
  for (std::size_t begin = 1; begin + kLengthHeader.size() < line.size(); ++begin) {
    if (line[begin + kLengthHeader.size()] == ':' &&
        equal_ignoring_case(line.substr(begin, kLengthHeader.size()), kLengthHeader)) {
      at = begin;
    }
  }
  return at;
}

// LSP 3.17: the charset is utf-8; "utf8" is to be accepted too.
bool asks_for_other_charset(std::string_view content_type) {
  std::string lowered(content_type);
  std::ranges::transform(lowered, lowered.begin(), lower);
  auto at = lowered.find("charset=");
  if (at == std::string::npos) return false;
  std::string charset = lowered.substr(at + 8);
  std::erase(charset, '"');
  charset = charset.substr(0, charset.find_first_of("; \t"));
  return charset != "utf-8" && charset != "utf8";
}

}  // namespace

void FrameDecoder::feed(std::string_view bytes, const Sink& sink) {
  while (!bytes.empty()) {
    switch (state_) {
      case State::header:
        bytes = feed_header(bytes, sink);
        break;
      case State::body:
        bytes = feed_body(bytes, sink);
        break;
      case State::skip:
        bytes = feed_skip(bytes, sink);
        break;
    }
  }
}

std::string_view FrameDecoder::feed_header(std::string_view bytes, const Sink& sink) {
  auto end = bytes.find('\n');
  line_.append(bytes.substr(0, end));
  if (line_.size() > limits_.header_line) line_cut_ = true;
  // The tail is kept, because a header can follow the garbage: as many bytes in whatever pieces the line arrived.
  if (line_cut_) line_.erase(0, line_.size() - std::min({line_.size(), limits_.header_line, kTail}));
  if (end == std::string_view::npos) return {};
  end_line(sink);
  return bytes.substr(end + 1);
}

void FrameDecoder::end_line(const Sink& sink) {
  std::string line = std::move(line_);
  bool cut = line_cut_;
  line_.clear();
  line_cut_ = false;
  if (!line.empty() && line.back() == '\r') line.pop_back();

  if (line.empty() && !cut) {
    end_block(sink);
    return;
  }
  std::string_view header = line;
  auto colon = header.find(':');
  bool sensible = !cut && colon != std::string_view::npos && is_header_name(trimmed(header.substr(0, colon)));
  if (!sensible) {
    auto after = header_after_garbage(header);
    report_garbage(sink);
    if (after == std::string_view::npos) return;
    begin_block();
    header.remove_prefix(after);
    colon = header.find(':');
  }
  block_empty_ = false;
  read_header(trimmed(header.substr(0, colon)), trimmed(header.substr(colon + 1)));
}

void FrameDecoder::read_header(std::string_view name, std::string_view value) {
  if (equal_ignoring_case(name, kTypeHeader) && asks_for_other_charset(value)) {
    charset_error_ = {.kind = FramingError::Kind::unsupported_charset,
                      .message = "Content-Type asks for a charset other than utf-8",
                      .head = {}};
  }
  if (!equal_ignoring_case(name, kLengthHeader)) return;

  std::uint64_t length = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (value.empty() || error != std::errc{} || end != value.data() + value.size() || length > limits_.plausible) {
    block_error_ = {.kind = FramingError::Kind::bad_length,
                    .message = "Content-Length is not a number of bytes: \"" + std::string(value.substr(0, 40)) + "\"",
                    .head = {}};
  } else if (length_ && *length_ != length) {
    block_error_ = {.kind = FramingError::Kind::conflicting_lengths,
                    .message = "two Content-Length headers contradict each other",
                    .head = {}};
  } else {
    length_ = length;
  }
}

void FrameDecoder::end_block(const Sink& sink) {
  if (block_empty_) return;  // empty lines between messages do no harm
  if (!block_error_ && !length_) {
    block_error_ = {
        .kind = FramingError::Kind::missing_length, .message = "a header block without Content-Length", .head = {}};
  }
  if (block_error_) {
    // The length of the message is unknown: whatever follows is skipped up to the next Content-Length.
    if (!in_garbage_) sink(std::move(*block_error_));
    in_garbage_ = true;
    begin_block();
    return;
  }
  in_garbage_ = false;
  begin_body(sink);
}

void FrameDecoder::begin_body(const Sink& sink) {
  remaining_ = *length_;
  auto charset_error = std::move(charset_error_);
  begin_block();
  if (charset_error) {
    begin_skip(std::move(*charset_error), sink);
  } else if (remaining_ > limits_.message) {
    begin_skip({.kind = FramingError::Kind::too_large,
                .message = "a message of " + std::to_string(remaining_) + " bytes; at most " +
                           std::to_string(limits_.message) + " are read",
                .head = {}},
               sink);
  } else if (remaining_ == 0) {
    sink(Frame{});
  } else {
    // The announced length is not trusted with memory before its bytes have come.
    body_.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, 1 << 20)));
    state_ = State::body;
  }
}

std::string_view FrameDecoder::feed_body(std::string_view bytes, const Sink& sink) {
  auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size()));
  body_.append(bytes.substr(0, taken));
  remaining_ -= taken;
  if (remaining_ == 0) {
    state_ = State::header;
    sink(Frame{std::exchange(body_, {})});
  }
  return bytes.substr(taken);
}

void FrameDecoder::begin_skip(FramingError error, const Sink& sink) {
  if (remaining_ == 0) {
    sink(std::move(error));
    return;
  }
  skip_error_ = std::move(error);
  state_ = State::skip;
}

std::string_view FrameDecoder::feed_skip(std::string_view bytes, const Sink& sink) {
  auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size()));
  remaining_ -= taken;
  if (skip_error_) {
    std::string& head = skip_error_->head;
    head.append(bytes.substr(0, std::min(taken, limits_.head - head.size())));
    // The answer does not wait for the rest, which may never come.
    if (head.size() == limits_.head || remaining_ == 0) {
      sink(std::move(*skip_error_));
      skip_error_.reset();
    }
  }
  if (remaining_ == 0) state_ = State::header;
  return bytes.substr(taken);
}

void FrameDecoder::begin_block() {
  block_empty_ = true;
  length_.reset();
  block_error_.reset();
  charset_error_.reset();
}

void FrameDecoder::report_garbage(const Sink& sink) {
  if (in_garbage_) return;
  in_garbage_ = true;
  sink(FramingError{
      .kind = FramingError::Kind::garbage, .message = "bytes that are neither a header nor a message", .head = {}});
}

std::string frame(std::string_view message) {
  const std::string header = "Content-Length: " + std::to_string(message.size()) + "\r\n\r\n";
  std::string framed;
  framed.reserve(header.size() + message.size());
  return framed.append(header).append(message);
}

}  // namespace refract::protocol
