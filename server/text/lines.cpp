#include "text/lines.h"

namespace refract::text {

std::string with_line_breaks(std::string_view text, std::string_view line_break) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n') {
      out += line_break;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace refract::text
