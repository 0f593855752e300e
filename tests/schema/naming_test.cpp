#include "schema/naming.h"

#include <string_view>
#include <utility>

#include "support/catch.h"

using namespace refract::schema;

TEST_CASE("naming: camel case", "[schema]") {
  const std::pair<std::string_view, std::string_view> kCases[] = {{"User", "user"},
                                                                  {"UserAccount", "userAccount"},
                                                                  {"user_account", "userAccount"},
                                                                  {"USER_ACCOUNT", "userAccount"},
                                                                  {"ABTest", "abtest"},
                                                                  {"fooBX", "fooBX"},
                                                                  {"Foo2bar", "foo2Bar"},
                                                                  {"Post_", "post"},
                                                                  {"Äpfel", "Äpfel"},
                                                                  {"größeB", "größeB"},
                                                                  {"日B", "日b"}};
  for (const auto& [name, expected] : kCases) CHECK(camel_case(name) == expected);
}

TEST_CASE("naming: plurals", "[schema]") {
  const std::pair<std::string_view, std::string_view> kCases[] = {{"user", "users"},
                                                                  {"box", "boxes"},
                                                                  {"boxes", "boxes"},
                                                                  {"category", "categories"},
                                                                  {"day", "days"},
                                                                  {"query", "queries"},
                                                                  {"person", "people"},
                                                                  {"salesPerson", "salesPersons"},
                                                                  {"child", "children"},
                                                                  {"mouse", "mice"},
                                                                  {"index", "indices"},
                                                                  {"leaf", "leaves"},
                                                                  {"wife", "wives"},
                                                                  {"analysis", "analyses"},
                                                                  {"criterion", "criteria"},
                                                                  {"data", "data"},
                                                                  {"hero", "heroes"},
                                                                  {"photo", "photos"},
                                                                  {"cactus", "cacti"},
                                                                  {"orderStatus", "orderStatuses"},
                                                                  {"bus", "buses"},
                                                                  {"alias", "aliases"},
                                                                  {"axis", "axes"},
                                                                  {"canvas", "canvas"},
                                                                  {"ox", "oxen"},
                                                                  {"foot", "feet"},
                                                                  {"information", "information"},
                                                                  {"news", "news"},
                                                                  {"x1", "x1s"}};
  for (const auto& [word, expected] : kCases) CHECK(plural(word) == expected);
}

TEST_CASE("naming: Prisma 5 takes a model's name as it is", "[schema]") {
  CHECK(relation_field_name("UserAccount", true, PrismaVersion::v5) == "UserAccount");
  CHECK(relation_field_name("UserAccount", true, PrismaVersion::v6) == "userAccounts");
  CHECK(relation_field_name("UserAccount", false, PrismaVersion::v7) == "userAccount");
}
