#include "catalog/parse/name_uses.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/catch.h"

using namespace refract::catalog;

namespace {

// The names, with their qualifiers; strings between quotes, tests for NULL with a question mark.
std::string names_in(std::string_view sql) {
  std::vector<std::string> found;
  for (const NameUse& use : name_uses(sql)) {
    const std::string qualified = use.qualifier.empty() ? use.name : use.qualifier + "." + use.name;
    found.push_back(use.string ? "'" + use.name + "'" : qualified + (use.null_test ? "?" : ""));
  }
  return fmt::format("{}", fmt::join(found, " "));
}

}  // namespace

TEST_CASE("name uses: a number ends where PostgreSQL ends it", "[catalog]") {
  CHECK(names_in("FOR i IN 1..NEW.seats LOOP") == "for i in new new.seats loop");
  CHECK(names_in("FOR i IN 1.5..seats LOOP") == "for i in seats loop");
  CHECK(names_in("FOR i IN low..NEW.seats LOOP") == "for i in low new new.seats loop");
  CHECK(names_in("SELECT 1.5e3, 1e-5, 0x1F, 1_000, .5, 2.+a.b") == "select a a.b");
  CHECK(names_in("SELECT $1.email, $2||name, $$it$$") == "select email name it 'it'");
  CHECK(names_in("x[1:NEW.seats].part") == "x new new.seats part");
}

TEST_CASE("name uses: escapes are decoded", "[catalog]") {
  CHECK(names_in("E'SELECT email\\nFROM \"User\"'") == "select email from User 'SELECT email\nFROM \"User\"'");
  CHECK(names_in("e'em\\x61il \\145 \\u0061 it\\'s' x") == "email e a it s 's' 'email e a it's' x");
  CHECK(names_in("E'a\\\\b' x") == "a b 'a\\b' x");
  CHECK(names_in("E'never ends") == "never ends 'never ends'");
  CHECK(names_in("U&\"d\\0061ta\".U&\"\\+000062\\\\\" x") == "data data.b\\ x");
  CHECK(names_in("U&\"d!0061t!!\" UESCAPE '!', u&'\\0061'") == "dat! a 'a'");
  CHECK(names_in("U & 'a', u.b") == "u a 'a' u u.b");
}

TEST_CASE("name uses: tests for NULL in each of their forms", "[catalog]") {
  CHECK(names_in("a IS NULL AND b IS NOT NULL OR c ISNULL OR t.d NOTNULL") ==
        "a? is null and b? is not null or c? isnull or t t.d? notnull");
  CHECK(names_in("a = b, \"c\" \"isnull\"") == "a b c isnull");
}

TEST_CASE("name uses: a line comment ends before the line break, whichever it is", "[catalog]") {
  const std::string_view sql = "-- one\r\na -- two\rb -- three\nc -- four";
  std::string comments;
  for (const LineComment& one : line_comments(sql))
    comments += fmt::format("[{}]", sql.substr(one.begin, one.end - one.begin));
  CHECK(comments == "[-- one][-- two][-- three][-- four]");
  CHECK(names_in(sql) == "a b c");
}

TEST_CASE("name uses: may_name() misses no name", "[catalog]") {
  for (const auto& [sql, name] : std::vector<std::pair<std::string, std::string>>{
           {"NEW.\"a\"\"b\"", "a\"b"}, {"E'\\x61'", "a"}, {"U&\"!0061\" UESCAPE '!'", "a"}, {"'it''s'", "it's"}}) {
    INFO(sql);
    CHECK(may_name(sql, name));
    CHECK(name_uses(sql).back().name == name);
  }
  CHECK(names_plainly("\"a\"\"b\" > 1", "a\"b"));
  CHECK_FALSE(may_name("SELECT email", "name"));
}

TEST_CASE("name uses: the strings of SQL, and those in them", "[catalog]") {
  CHECK(strings_in("c = E'it\\x73' AND \"d\" = 'b' AND e = 'b'") == std::set<std::string>{"its", "b"});
  CHECK(strings_in("DO $$ BEGIN EXECUTE 'SELECT ''x'''; END $$").contains("x"));
  CHECK(strings_in("SELECT \"a\", b -- 'c'").empty());
}
