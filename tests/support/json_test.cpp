#include "support/json.h"

#include "support/catch.h"

using refract::json::Document;
using refract::json::Value;

TEST_CASE("json: values are read by key and place", "[support]") {
  const auto document = Document::parse(R"({"name": "é\n", "list": [1, "two", true], "inner": {"a": -5}})");
  REQUIRE(document);
  const Value root = document->root();
  CHECK(root["name"].string() == "é\n");
  CHECK(root["inner"]["a"].integer() == -5);
  REQUIRE(root["list"].items().size() == 3);
  CHECK(root["list"].items()[0].integer() == 1);
  CHECK(root["list"].items()[2].boolean());
  CHECK(root.members().size() == 3);
  CHECK(root.members()[1].first == "list");
  CHECK(root.first_member().first == "name");
}

TEST_CASE("json: asking for what is not there gives an empty answer", "[support]") {
  const auto document = Document::parse(R"({"number": 5, "nothing": {}})");
  REQUIRE(document);
  const Value root = document->root();
  CHECK_FALSE(root["gone"].exists());
  CHECK_FALSE(root["gone"]["deeper"].exists());
  CHECK(root["gone"].string().empty());
  CHECK(root["gone"].integer(7) == 7);
  CHECK(root["number"].items().empty());
  CHECK(root["number"].string().empty());
  CHECK(root["nothing"].exists());
  CHECK(root["nothing"].is_object());
  CHECK_FALSE(root["nothing"].first_member().second.exists());
  CHECK(Value().items().empty());
}

TEST_CASE("json: text that is none is an error", "[support]") {
  for (const char* text : {"", "{", "{\"a\": }", "nonsense", "[1,]"}) {
    const auto document = Document::parse(text);
    REQUIRE_FALSE(document);
    CHECK(document.error().code == refract::ErrorCode::invalid_input);
  }
}
