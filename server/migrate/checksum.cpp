#include "migrate/checksum.h"

#include <openssl/evp.h>

#include <array>

namespace refract::migrate {

std::string sha256_hex(std::string_view bytes) {
  // Looking the algorithm up costs more than a small migration: once is enough.
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::array<unsigned char, 32> digest{};
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm, nullptr);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 0xf];
  }
  return hex;
}

}  // namespace refract::migrate
