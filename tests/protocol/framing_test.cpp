#include "protocol/framing.h"

#include <random>
#include <string>
#include <vector>

#include "support/catch.h"

using namespace refract::protocol;

namespace {

using Kind = FramingError::Kind;

std::string name(Kind kind) {
  switch (kind) {
    case Kind::garbage:
      return "garbage";
    case Kind::missing_length:
      return "missing_length";
    case Kind::bad_length:
      return "bad_length";
    case Kind::conflicting_lengths:
      return "conflicting_lengths";
    case Kind::unsupported_charset:
      return "unsupported_charset";
    case Kind::too_large:
      return "too_large";
  }
  return "?";
}

// What the decoder makes of the pieces, one line each: `text` or `!kind head`.
std::vector<std::string> decode(const std::vector<std::string>& pieces, FramingLimits limits = {}) {
  FrameDecoder decoder(limits);
  std::vector<std::string> seen;
  for (const auto& piece : pieces) {
    decoder.feed(piece, [&](const std::variant<Frame, FramingError>& found) {
      if (const auto* whole = std::get_if<Frame>(&found)) {
        seen.push_back(whole->text);
      } else {
        const auto& error = std::get<FramingError>(found);
        CHECK_FALSE(error.message.empty());
        seen.push_back("!" + name(error.kind) + (error.head.empty() ? "" : " " + error.head));
      }
    });
  }
  return seen;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("framing: one message, in however many pieces", "[protocol]") {
  std::string stream =
      frame("{\"a\":1}") + frame("[]") + "content-length:3\r\nContent-Type: x; charset=utf8\r\n\r\nabc";
  Lines expected = {"{\"a\":1}", "[]", "abc"};
  CHECK(decode({stream}) == expected);

  Lines bytes;
  for (char byte : stream) bytes.emplace_back(1, byte);
  CHECK(decode(bytes) == expected);

  for (std::size_t first = 0; first <= stream.size(); ++first) {
    for (std::size_t second = first; second <= stream.size(); ++second) {
      Lines pieces = {stream.substr(0, first), stream.substr(first, second - first), stream.substr(second)};
      if (decode(pieces) != expected) FAIL("split at " << first << " and " << second);
    }
  }
}

TEST_CASE("framing: what headers may look like", "[protocol]") {
  CHECK(decode({"CONTENT-LENGTH:   2  \r\n\r\n{}"}) == Lines{"{}"});
  CHECK(decode({"X-Other: 5\r\nContent-Length: 2\r\nX-Content-Length: 9\r\n\r\n{}"}) == Lines{"{}"});
  CHECK(decode({"Content-Length: 2\n\n{}"}) == Lines{"{}"});
  CHECK(decode({"\r\n\r\nContent-Length: 2\r\n\r\n{}\r\n\r\nContent-Length: 1\r\n\r\n3"}) == Lines{"{}", "3"});
  CHECK(decode({"Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\n3"}) == Lines{"", "3"});
  CHECK(decode({"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"}) == Lines{"{}"});
  CHECK(decode({"Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=\"utf-8\"\r\n\r\n{}"}) ==
        Lines{"{}"});
}

TEST_CASE("framing: after an error it goes on at the next header", "[protocol]") {
  std::string good = frame("{}");
  CHECK(decode({"Content-Length: -5\r\n\r\n{\"a\":1}" + good}) == Lines{"!bad_length", "{}"});
  CHECK(decode({"Content-Length: +5\r\n\r\n12345" + good}) == Lines{"!bad_length", "{}"});
  CHECK(decode({"Content-Length: 5 bytes\r\n\r\n12345" + good}) == Lines{"!bad_length", "{}"});
  CHECK(decode({"Content-Length:\r\n\r\n12345" + good}) == Lines{"!bad_length", "{}"});
  CHECK(decode({"Content-Length: 99999999999999999999999\r\n\r\n12345" + good}) == Lines{"!bad_length", "{}"});
  CHECK(decode({"Content-Length: 5000000000\r\n\r\n12345" + good}) == Lines{"!bad_length", "{}"});
  CHECK(decode({"Content-Type: a\r\n\r\n{\"a\":1}" + good}) == Lines{"!missing_length", "{}"});
  CHECK(decode({"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}" + good}) == Lines{"!conflicting_lengths", "{}"});
  CHECK(decode({"{\"a\":1}\n{\"b\":2}\n" + good}) == Lines{"!garbage", "{}"});
  CHECK(decode({"Content-Length: 3\r\n\r\n{\"a\":1}" + good + good}) == Lines{"{\"a", "!garbage", "{}", "{}"});
  CHECK(decode({std::string(100000, 'x') + good}) == Lines{"!garbage", "{}"});
  CHECK(decode({std::string(100000, 'x') + "\n" + good}) == Lines{"!garbage", "{}"});
  CHECK(decode({"Content-Length: 2\r\nContent-Type: x; charset=utf-16\r\n\r\n[]" + good}) ==
        Lines{"!unsupported_charset []", "{}"});
}

TEST_CASE("framing: a length too long takes from the next message, and then recovers", "[protocol]") {
  std::string broken = "Content-Length: 12\r\n\r\n{\"a\":1}";
  CHECK(decode({broken + frame("{}") + frame("[1]")}) == Lines{"{\"a\":1}Conte", "!missing_length", "[1]"});
}

TEST_CASE("framing: a line above the limit means the same in whatever pieces it arrives", "[protocol]") {
  const FramingLimits limits{.header_line = 128};
  for (const std::size_t behind : {0, 20, 40, 80, 120}) {
    const std::string text =
        std::string(200, 'x') + "Content-Length: 2" + std::string(behind, ' ') + "\r\n\r\n{}" + frame("[]");
    const Lines whole = decode({text}, limits);
    for (std::size_t piece = 1; piece < text.size(); ++piece) {
      std::vector<std::string> pieces;
      for (std::size_t at = 0; at < text.size(); at += piece) pieces.push_back(text.substr(at, piece));
      CHECK(decode(pieces, limits) == whole);
    }
    CHECK(whole.back() == "[]");
  }
}

TEST_CASE("framing: a message above the limit is skipped, its head is reported at once", "[protocol]") {
  FramingLimits limits{.message = 10, .head = 4};
  CHECK(decode({"Content-Length: 11\r\n\r\n12345678901" + frame("{}")}, limits) == Lines{"!too_large 1234", "{}"});
  CHECK(decode({"Content-Length: 11\r\n\r\n12345"}, limits) == Lines{"!too_large 1234"});
  CHECK(decode({frame("1234567890")}, limits) == Lines{"1234567890"});
  CHECK(decode({"Content-Length: 11\r\n\r\n123", "45", "678901", frame("{}")}, limits) ==
        Lines{"!too_large 1234", "{}"});
}

TEST_CASE("framing: whatever comes, a message after it is read", "[protocol]") {
  std::mt19937 random(20261123);
  const std::vector<std::string> scraps = {"Content-Length",
                                           "content-length:",
                                           " 7",
                                           "\r\n",
                                           "\n",
                                           "\r",
                                           "{\"id\":1}",
                                           ":",
                                           "-1",
                                           "{",
                                           "\r\n\r\n",
                                           "[[[",
                                           "\xff\xfe",
                                           std::string(1, 0),
                                           "X-Y: z",
                                           "é"};
  for (int round = 0; round < 3000; ++round) {
    std::string garbage;
    auto pieces = random() % 12;
    for (std::size_t piece = 0; piece < pieces; ++piece) garbage += scraps[random() % scraps.size()];
    // A garbage header may announce up to 7 bytes, or a few 7s; two good messages outlast it.
    std::string stream = garbage;
    for (int message = 0; message < 80; ++message) stream += frame("{\"good\":true}");
    auto cut = random() % stream.size();
    auto seen = decode({stream.substr(0, cut), stream.substr(cut)}, {.message = 1000, .plausible = 800});
    if (seen.empty() || seen.back() != "{\"good\":true}") {
      UNSCOPED_INFO(garbage);
      FAIL("round " << round);
    }
  }
}
