#include "protocol/text_codec.h"

#include <array>

namespace refract::protocol {
namespace {

// How a byte of ASCII is written: 0 as it is, 'u' by its number, else by this letter after a backslash.
constexpr std::array<char, 0x80> kEscapes = [] {
  std::array<char, 0x80> escapes{};
  for (std::size_t control = 0; control < 0x20; ++control) escapes[control] = 'u';
  escapes['\b'] = 'b';
  escapes['\t'] = 't';
  escapes['\n'] = 'n';
  escapes['\f'] = 'f';
  escapes['\r'] = 'r';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}();

void append_escaped(TextBuffer& out, std::string_view ascii) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::size_t copied = 0;
  for (std::size_t at = 0; at < ascii.size(); ++at) {
    const auto byte = static_cast<unsigned char>(ascii[at]);
    const char escape = kEscapes[byte];
    if (escape == 0) continue;
    out.append(ascii.substr(copied, at - copied));
    out.append('\\');
    out.append(escape);
    if (escape == 'u') {
      out.append("00");
      out.append(kDigits[byte / 16]);
      out.append(kDigits[byte % 16]);
    }
    copied = at + 1;
  }
  out.append(ascii.substr(copied));
}

}  // namespace

void append_string(TextBuffer& out, std::string_view value) {
  // Nearly all is plain; to look at every byte without a branch is quickest.
  bool plain = true;
  bool ascii = true;
  for (const char letter : value) {
    const auto byte = static_cast<unsigned char>(letter);
    ascii &= byte < 0x80;
    plain &= byte >= 0x20 && letter != '"' && letter != '\\';
  }
  if (!ascii) {  // it may be invalid UTF-8, which the library replaces
    out.append(serialise(Json(value)));
    return;
  }
  out.reserve(value.size() + 2);
  out.append('"');
  if (plain) {
    out.append(value);
  } else {
    append_escaped(out, value);
  }
  out.append('"');
}

}  // namespace refract::protocol
