#include "protocol/text_codec.h"

namespace refract::protocol {

void append_string(TextBuffer& out, std::string_view value) {
  // Nearly all is; to look at every byte without a branch is quickest.
  bool plain = true;
  for (const char letter : value) {
    const auto byte = static_cast<unsigned char>(letter);
    plain &= byte >= 0x20 && byte < 0x7f && letter != '"' && letter != '\\';
  }
  if (!plain) {
    out.append(serialise(Json(value)));
    return;
  }
  out.reserve(value.size() + 2);
  out.append('"');
  out.append(value);
  out.append('"');
}

}  // namespace refract::protocol
