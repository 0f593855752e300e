#include "features/workspace_symbols.h"

#include "features/fixture.h"

using namespace refract;
using features::fuzzy_score;
using test::fixture;

namespace {

constexpr std::string_view kSchema =
    "//- /a.prisma\nmodel UserAccount {\n  id Int @id\n  emailAddress String @map(\"mail\")\n  @@map(\"accounts\")\n}\n"
    "//- /b.prisma\nenum Role {\n  ADMIN @map(\"root\")\n}\ntype Geo {\n  lat Float\n}\nview Seen {\n  user "
    "Int\n}\nmodel {\n}\n";

std::string found(std::string_view query, std::size_t most = 256) {
  const auto made = fixture(kSchema);
  std::string out;
  for (const auto& symbol : features::workspace_symbols(*made.snapshot, query, most)) {
    const auto& text = made.files[symbol.at.file].second;
    CHECK(symbol.name.starts_with(text.substr(symbol.at.range.begin, symbol.at.range.size())));
    if (!out.empty()) out += ", ";
    if (!symbol.container.empty()) out += symbol.container + ".";
    out += symbol.name;
  }
  return out;
}

}  // namespace

TEST_CASE("workspace symbols: every declaration for an empty query, in order", "[symbols]") {
  CHECK(found("") == "UserAccount, Role, Geo, Seen");
}

TEST_CASE("workspace symbols: by parts of words, best first", "[symbols]") {
  CHECK(found("ua") == "UserAccount");
  CHECK(found("emadd") == "UserAccount.emailAddress");
  CHECK(found("user") == "Seen.user, UserAccount");
  CHECK(found("user", 1) == "Seen.user");
  CHECK(found("admin") == "Role.ADMIN");
  CHECK(found("zzz").empty());
}

TEST_CASE("workspace symbols: by the name in the database, which is reported then", "[symbols]") {
  CHECK(found("accounts") == "UserAccount → accounts");
  CHECK(found("mail") == "UserAccount.emailAddress → mail");
  CHECK(found("root") == "Role.ADMIN → root");
}

TEST_CASE("workspace symbols: the score", "[symbols]") {
  CHECK(fuzzy_score("", "x") > 0);
  CHECK(fuzzy_score("abc", "ab") == 0);
  CHECK(fuzzy_score("ba", "ab") == 0);
  CHECK(fuzzy_score(std::string(65, 'a'), std::string(70, 'a')) == 0);
  CHECK(fuzzy_score(std::string(64, 'a'), std::string(70, 'a')) > 0);
  // A place that begins a word is not taken where what follows would find none then.
  CHECK(fuzzy_score("ab", "x_bab_a") > 0);
  CHECK(fuzzy_score("po", "Post") > fuzzy_score("po", "Report"));
  CHECK(fuzzy_score("pt", "PostTag") > fuzzy_score("pt", "Opt"));
  CHECK(fuzzy_score("user", "User") > fuzzy_score("user", "UserAccount"));
}
