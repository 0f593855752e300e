#include "protocol/framing.h"

#include <algorithm>
#include <vector>

#include "fuzz/fuzz.h"

namespace refract::fuzz {

namespace {

using Answer = std::variant<protocol::Frame, protocol::FramingError>;

std::vector<Answer> decode(std::string_view bytes, std::size_t piece) {
  std::vector<Answer> answers;
  protocol::FrameDecoder decoder({.message = 4096, .plausible = 1 << 20, .header_line = 256, .head = 64});
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    decoder.feed(bytes.substr(at, piece), [&](Answer answer) { answers.push_back(std::move(answer)); });
  }
  return answers;
}

}  // namespace

// The messages do not depend on the pieces in which their bytes arrive.
void run(std::string_view input) {
  const std::vector<Answer> whole = decode(input, std::max<std::size_t>(input.size(), 1));
  for (const std::size_t piece : {1, 7, 64}) {
    expect(decode(input, piece) == whole, "the messages are the same in pieces as at once");
  }
}

}  // namespace refract::fuzz
