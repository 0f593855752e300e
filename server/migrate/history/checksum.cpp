#include "migrate/history/checksum.h"

#include <nettle/sha2.h>

#include <array>
#include <cstdint>

namespace refract::migrate {
namespace {

using Digest = std::array<std::uint8_t, SHA256_DIGEST_SIZE>;

Digest sha256(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  Digest digest{};
  sha256_digest(&context, digest.size(), digest.data());
  return digest;
}

// `padded`: two digits a byte. Early versions of Prisma wrote one where the first is zero.
std::string hex_of(const Digest& digest, bool padded) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : digest) {
    if (padded || byte >= 16) hex += kDigits[byte >> 4];
    hex += kDigits[byte & 0xf];
  }
  return hex;
}

std::string with_line_ends(std::string_view text, std::string_view line_end) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool pair = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (pair) ++at;
    if (text[at] == '\n') {
      result += line_end;
    } else {
      result += text[at];
    }
  }
  return result;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  return hex_of(sha256(bytes), true);
}

bool matches_checksum(std::string_view text, std::string_view checksum) {
  const auto matches = [&](std::string_view form) {
    const Digest digest = sha256(form);
    return hex_of(digest, true) == checksum || hex_of(digest, false) == checksum;
  };
  return matches(text) || matches(with_line_ends(text, "\n")) || matches(with_line_ends(text, "\r\n"));
}

}  // namespace refract::migrate
