#pragma once

#include <string>

#include "protocol/text_codec.h"
#include "support/catch.h"

namespace refract::test {

// `text` read as a T and written again is the same JSON: nothing lost, nothing added, null still null.
template <class T>
void check_round_trip(const char* text) {
  INFO(text);
  auto json = protocol::Json::parse(text);
  auto value = protocol::decode<T>(json);
  CHECK(protocol::encode(value) == json);
  CHECK(protocol::Json::parse(protocol::text_of(value)) == json);
  bool same = protocol::decode<T>(protocol::encode(value)) == value;
  CHECK(same);
}

// `text` is no T; the reason names the member.
template <class T>
void check_unfit(const char* text, const std::string& reason) {
  INFO(text);
  CHECK_THROWS_WITH(protocol::decode<T>(protocol::Json::parse(text)), reason);
}

}  // namespace refract::test
