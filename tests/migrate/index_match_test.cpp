#include "migrate/diff/index_match.h"

#include <string>
#include <vector>

#include "support/catch.h"

using namespace refract;
using migrate::IndexesByKey;
using migrate::IndexMatch;
using migrate::Side;

namespace {

catalog::Index index_with(std::string predicate, std::string column = "a") {
  catalog::Index index;
  index.name = predicate;
  index.method = "btree";
  index.columns.push_back({.column = std::move(column)});
  if (!predicate.empty()) index.predicate = std::move(predicate);
  return index;
}

}  // namespace

TEST_CASE("index match: indexes that match have one key, or one of them has none", "[migrate]") {
  const std::vector<std::string> conditions{"",
                                            "a > 1",
                                            "(a > 1)",
                                            "a > 2",
                                            "a > 1 AND b",
                                            "f(a) > 1",
                                            "public.f(a) > 1",
                                            "\"public\".\"f\"(a) > 1",
                                            "aux.f(a) > 1",
                                            "b = 'x'::\"E\"",
                                            "b = 'x'::public.\"E\"",
                                            "b = 'x'",
                                            "c > 'now'",
                                            "c > '2024-01-01'",
                                            "d = '\"x\".'",
                                            "d = '\"\".'",
                                            "e = 'say \"hi\"'",
                                            "\"we\"\"ird\".f(a) > 1"};
  IndexMatch match;
  std::size_t matched = 0;
  for (const std::string& one : conditions) {
    for (const std::string& other : conditions) {
      CAPTURE(one, other);
      const catalog::Index from = index_with(one), to = index_with(other);
      const std::string from_key = match.key_of(from, Side::from, true), to_key = match.key_of(to, Side::to, true);
      if (!match(from, to, true, true)) continue;
      ++matched;
      CHECK((from_key == to_key || from_key.empty() || to_key.empty()));
    }
  }
  CHECK(matched > conditions.size());
  CHECK(match.key_of(index_with("a > 1"), Side::from, true) != match.key_of(index_with("a > 2"), Side::from, true));
  CHECK(match.key_of(index_with("a > 1"), Side::from, false) == match.key_of(index_with("a > 2"), Side::from, false));
}

TEST_CASE("index match: the first that matches is found, with a key or without", "[migrate]") {
  const catalog::Index one = index_with("1"), two = index_with("2"), three = index_with("3");
  IndexesByKey indexes;
  indexes.add(&one, "");
  indexes.add(&two, "k");
  indexes.add(&three, "k");
  const auto any = [](const catalog::Index&) { return true; };
  const auto is = [](const catalog::Index& wanted) {
    return [&](const catalog::Index& found) { return &found == &wanted; };
  };
  CHECK(indexes.find("k", any) == &one);
  CHECK(indexes.find("k", is(three)) == &three);
  CHECK(indexes.find("other", is(one)) == &one);
  CHECK(indexes.find("other", is(two)) == nullptr);
  CHECK(indexes.find("", is(two)) == &two);
}
