#include "support/toml.h"

#include "support/catch.h"

using refract::parse_toml;

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("toml: nesting of any depth is an error", "[support]") {
  constexpr std::size_t kDeep = 100'000;
  for (const std::string& text :
       {"a" + repeated(".a", kDeep) + " = 1\n", "[a" + repeated(".a", kDeep) + "]\n",
        "[[a" + repeated(" . a", kDeep) + "]]\n", "\n\"a\"" + repeated(".\"a\"", kDeep) + " = 1\n",
        "'a'" + repeated(".'a'", kDeep) + " = 1\n", "a = " + repeated("[", kDeep), "a = " + repeated("{a = ", kDeep),
        "a = " + repeated("{a.a.a.a = ", kDeep), "x = 1 # .\na" + repeated(".a", kDeep) + " = 1\n"}) {
    CAPTURE(text.substr(0, 40));
    CHECK_THROWS_AS(parse_toml(text), toml::parse_error);
  }
}

TEST_CASE("toml: dots that part no keys are text", "[support]") {
  const std::string dots = repeated("a.", 1'000);
  CHECK(parse_toml("a = \"" + dots + "\"\n")["a"].value<std::string>() == dots);
  CHECK(parse_toml("a = '" + dots + "' # " + dots + "\n")["a"].value<std::string>() == dots);
  CHECK(parse_toml("# " + dots + "\n\"" + dots + "\" = 1\n")[dots].value<int>() == 1);
  CHECK(parse_toml("a.b.c = 1\n")["a"]["b"]["c"].value<int>() == 1);
}
