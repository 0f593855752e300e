#include "protocol/text_codec.h"

#include <algorithm>

namespace refract::protocol {

void append_string(std::string& out, std::string_view value) {
  const bool plain = std::ranges::all_of(value, [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x20 && byte < 0x7f && letter != '"' && letter != '\\';
  });
  if (!plain) {
    out += serialise(Json(value));
    return;
  }
  out += '"';
  out += value;
  out += '"';
}

}  // namespace refract::protocol
