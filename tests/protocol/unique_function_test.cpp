#include "protocol/unique_function.h"

#include <string>

#include "support/catch.h"

using refract::protocol::UniqueFunction;

TEST_CASE("unique function: owns what cannot be copied, and passes arguments on", "[protocol]") {
  UniqueFunction<std::string(std::unique_ptr<int>, const std::string&)> join =
      [own = std::make_unique<int>(1)](std::unique_ptr<int> given, const std::string& text) {
        return std::to_string(*own + *given) + text;
      };
  REQUIRE(join);
  auto moved = std::move(join);
  CHECK(moved(std::make_unique<int>(2), "x") == "3x");
}

TEST_CASE("unique function: may be empty, and drops a result", "[protocol]") {
  UniqueFunction<void()> none;
  CHECK_FALSE(none);
  none = nullptr;
  CHECK_FALSE(none);
  int calls = 0;
  none = [&calls] { return ++calls; };
  none();
  CHECK(calls == 1);
}
