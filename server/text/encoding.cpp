#include "text/encoding.h"

namespace refract::text {
namespace {

// Bytes of the character that starts at `at`; 0 where the bytes are not valid UTF-8 (RFC 3629, table 3-7 of the
// Unicode standard: the second byte's range depends on the first).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(at);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(at + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return follows(at + 1, low, high) && follows(at + 2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return follows(at + 1, low, high) && follows(at + 2) && follows(at + 3) ? 4 : 0;
  }
  return 0;
}

struct Step {
  std::size_t bytes;
  std::uint32_t units;
};

Step step_at(std::string_view text, std::size_t at, Encoding encoding) {
  std::size_t bytes = sequence_length(text, at);
  if (bytes == 0) bytes = 1;
  if (encoding == Encoding::utf8) return {bytes, static_cast<std::uint32_t>(bytes)};
  return {bytes, bytes == 4 ? 2U : 1U};
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = sequence_length(text, at);
    if (bytes == 0) return at;
    at += bytes;
  }
  return std::nullopt;
}

std::uint32_t length_in(std::string_view text, Encoding encoding) {
  if (encoding == Encoding::utf8) return static_cast<std::uint32_t>(text.size());
  std::uint32_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Step step = step_at(text, at, encoding);
    at += step.bytes;
    units += step.units;
  }
  return units;
}

std::size_t prefix_of(std::string_view text, std::uint32_t units, Encoding encoding) {
  std::size_t at = 0;
  std::uint32_t counted = 0;
  while (at < text.size()) {
    const Step step = step_at(text, at, encoding);
    if (counted + step.units > units) break;
    counted += step.units;
    at += step.bytes;
  }
  return at;
}

}  // namespace refract::text
