#include "support/percent.h"

#include <fmt/format.h>

#include "support/ascii.h"

namespace refract {
namespace {

template <typename IsPlain>
std::string encoded(std::string_view text, IsPlain is_plain) {
  std::string out;
  for (const char c : text) {
    if (is_plain(c))
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  using ascii::hex_value;
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::string percent_encoded(std::string_view text, std::string_view special) {
  return encoded(text, [&](char c) { return special.find(c) == std::string_view::npos; });
}

std::string percent_encoded_path(std::string_view path) {
  return encoded(path, [](char c) {
    return ascii::is_letter_or_digit(c) || std::string_view("-._~/").find(c) != std::string_view::npos;
  });
}

}  // namespace refract
