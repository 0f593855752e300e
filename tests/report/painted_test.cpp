#include "report/painted.h"

#include "protocol/json.h"
#include "report/errors.h"
#include "support/catch.h"

using namespace refract;
using protocol::Json;
using report::painted;

TEST_CASE("painted: levels, plans, checks and states have colours, other lines none", "[report]") {
  CHECK(painted("danger: Table a is dropped. [drop-table]\n") ==
        "\033[1;31mdanger\033[0m: Table a is dropped. [drop-table]\n");
  CHECK(painted("m/1/migration.sql:3: warning: slow [x]\n  = Do that.\n") ==
        "m/1/migration.sql:3: \033[1;33mwarning\033[0m: slow [x]\n\033[2m  = Do that.\033[0m\n");
  CHECK(painted("- Create table a\n- Drop table b") ==
        "\033[32m- Create \033[0mtable a\n\033[1;31m- Drop \033[0mtable b");
  CHECK(painted("  ok  it runs\nFAIL  it fails\n").contains("\033[1;31mFAIL \033[0m it fails"));
  CHECK(painted("  1_init  applied (marked as applied, not run)\n  2_a  pending\n") ==
        "  1_init  \033[32mapplied\033[0m (marked as applied, not run)\n  2_a  \033[1;33mpending\033[0m\n");
  CHECK(painted("refract: The file x does not exist.\n").starts_with("\033[1;31mrefract\033[0m: "));
  for (const std::string_view plain : {"", "\n", "3 migrations", "SELECT 1;\n\n", "a\033[1mb: error: c"}) {
    CHECK(painted(plain) == plain);
  }
}

TEST_CASE("painted: SQL, schemas and help texts", "[report]") {
  CHECK(report::painted_sql("-- a 'b'\nDROP TABLE \"A B\", x; /* SET */ SELECT 'it''s -- no';") ==
        "\033[2m-- a 'b'\033[0m\n\033[1;34mDROP\033[0m \033[1;34mTABLE\033[0m \"A B\", x; \033[2m/* SET */\033[0m "
        "\033[1;34mSELECT\033[0m \033[32m'it'\033[0m\033[32m's -- no'\033[0m;");
  CHECK(report::painted_prisma("model A {\n  model model? @db.Text @map(\"x // @y\") // \"\n  @@id([a])\n}") ==
        "\033[1;34mmodel\033[0m A {\n  model model? \033[1;33m@db.Text\033[0m "
        "\033[1;33m@map\033[0m(\033[32m\"x // @y\"\033[0m) \033[2m// \"\033[0m\n  \033[1;33m@@id\033[0m([a])\n}");
  CHECK(report::painted_help(
            "Usage: refract x [OPTIONS]\n\nOptions:\n  -h,--help   Print this\n              and that\n") ==
        "\033[1mUsage:\033[0m refract x [OPTIONS]\n\n\033[1mOptions:\033[0m\n  \033[32m-h,--help\033[0m   Print "
        "this\n              and that\n");
  // Texts without an end.
  for (const std::string_view text : {"/*", "/* a", "'", "\"", "'a", "--", "a -"}) {
    CHECK(report::painted_sql(text).contains(text));
  }
  for (const std::string_view text : {"\"", "\"\\", "@", "@@", "/", "//", "model"}) {
    CHECK(report::painted_prisma(text).contains(text));
  }
}

TEST_CASE("error_text: in each format that programs read", "[report]") {
  const Error error{ErrorCode::not_found, "The file a, b does not exist.\nReally."};
  CHECK(Json::parse(report::error_text(error, "json", "1")) ==
        Json{{"error", {{"code", "not-found"}, {"message", error.message}}}});
  CHECK(report::error_text(error, "github", "1") == "::error title=refract::The file a, b does not exist.%0AReally.\n");
  const Json invocation = Json::parse(report::error_text(error, "sarif", "1"))["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["toolExecutionNotifications"][0]["message"]["text"] == error.message);
  CHECK(report::error_sentence(error) == error.message);
  const Error located{ErrorCode::unreadable, "no SQL", ErrorPlace{"m,1/a.sql", 3, 17}};
  CHECK(report::error_sentence(located) == "m,1/a.sql:3:17: no SQL");
  CHECK(report::error_text(located, "github", "1") == "::error file=m%2C1/a.sql,line=3,col=17,title=refract::no SQL\n");
  CHECK(Json::parse(report::error_text(located, "json", "1"))["error"]["at"] ==
        Json{{"file", "m,1/a.sql"}, {"line", 3}, {"column", 17}});
  CHECK(Json::parse(
            report::error_text(located, "sarif", "1"))["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]
                                                      ["locations"][0]["physicalLocation"]["region"]["startLine"] == 3);
  CHECK(report::error_text(error, "text", "1").empty());
  CHECK(report::error_text(error, "sql", "1").empty());
}
