#include "report/describe.h"

#include "report/encodings.h"
#include "report/explain.h"
#include "report/settings.h"
#include "support/catch.h"

using namespace refract;
using protocol::Json;

namespace {

constexpr std::string_view kSchema = R"(datasource db {
  provider = "postgresql"
}

/// Who writes.
model User {
  id    Int     @id @default(autoincrement())
  email String? @unique @db.VarChar(80)
  role  Role    @map("r")
  posts Post[]

  @@map("users")
  @@index([role, email], map: "by_role")
}

model Post {
  id     Int  @id
  userId Int
  user   User @relation(fields: [userId], references: [id])
}

enum Role {
  ADMIN
  GUEST @map("guest")
}
)";

std::shared_ptr<const schema::Snapshot> snapshot() {
  return schema::Snapshot::build({{"schema.prisma", syntax::File::parse(text::Document(std::string(kSchema)))}},
                                 {.version = schema::PrismaVersion::v7});
}

}  // namespace

TEST_CASE("describe: a model with its columns, indexes and relations", "[report]") {
  const auto of = snapshot();
  const Json user = report::describe_json(*of, *of->find("User"));
  CHECK(user["kind"] == "model");
  CHECK(user["databaseName"] == "users");
  CHECK(user["documentation"] == "Who writes.");
  CHECK(user["file"] == "schema.prisma");
  CHECK(user["line"] == 6);
  REQUIRE(user["fields"].size() == 4);
  CHECK(user["fields"][0] == Json{{"name", "id"},
                                  {"type", "Int"},
                                  {"kind", "scalar"},
                                  {"arity", "required"},
                                  {"column", "id"},
                                  {"default", "autoincrement()"}});
  CHECK(user["fields"][1]["arity"] == "optional");
  CHECK(user["fields"][1]["nativeType"] == "db.VarChar");
  CHECK(user["fields"][2]["column"] == "r");
  CHECK(user["fields"][2]["kind"] == "enum");
  const Json& posts = user["fields"][3];
  CHECK(posts["arity"] == "list");
  CHECK_FALSE(posts.contains("column"));
  CHECK(posts["relation"]["kind"] == "one-to-many");
  CHECK(posts["relation"]["opposite"] == "Post.user");
  CHECK_FALSE(posts["relation"].contains("fields"));
  const Json owner = report::describe_json(*of, *of->find("Post"))["fields"][2]["relation"];
  CHECK(owner["fields"] == Json::array({"userId"}));
  CHECK(owner["references"] == Json::array({"id"}));
  REQUIRE(user["indexes"].size() == 3);
  CHECK(user["indexes"].back() ==
        Json{{"kind", "index"}, {"fields", Json::array({"role", "email"})}, {"map", "by_role"}});
}

TEST_CASE("describe: a whole schema, by kind", "[report]") {
  const auto of = snapshot();
  const Json all = report::describe_json(*of);
  CHECK(all["prisma"] == 7);
  CHECK(all["provider"] == "postgresql");
  CHECK(all["files"] == Json::array({"schema.prisma"}));
  CHECK(all["models"].size() == 2);
  CHECK(all["views"].empty());
  CHECK(all["types"].empty());
  REQUIRE(all["enums"].size() == 1);
  CHECK(all["enums"][0]["values"][1] == Json{{"name", "GUEST"}, {"databaseName", "guest"}});
}

TEST_CASE("describe: as text, with the attributes as written", "[report]") {
  const auto of = snapshot();
  const std::string user = report::describe_text(*of, *of->find("User"));
  CHECK(
      user.starts_with("model User (in the database: users)\n  Who writes.\n"
                       "  id     Int @id @default(autoincrement())\n"
                       "  email  String? @unique @db.VarChar(80)\n"));
  CHECK(user.contains("@@index([role, email], map: \"by_role\")\n"));
  CHECK(report::describe_text(*of, *of->find("Role")) == "enum Role\n  ADMIN\n  GUEST\n");
  CHECK(report::describe_text(*of).starts_with("Prisma 7 schema for postgresql, 1 file\n\nmodel User"));
}

TEST_CASE("encodings: what GitHub and URIs take for syntax is escaped", "[report]") {
  CHECK(report::github_message("100%\r\na: b, c") == "100%25%0D%0Aa: b, c");
  CHECK(report::github_property("a: b, c") == "a%3A b%2C c");
  CHECK(report::uri_reference("a b/c.prisma") == "a%20b/c.prisma");
  CHECK(report::uri_reference("/a b.prisma") == "file:///a%20b.prisma");
  const Json log = report::sarif_log("1.2.3", Json::array({Json{{"id", "x"}}}), {{"results", Json::array()}});
  CHECK(log["version"] == "2.1.0");
  CHECK(log["runs"][0]["tool"]["driver"]["rules"][0]["id"] == "x");
  CHECK(log["runs"][0]["results"].empty());
}

TEST_CASE("settings: what is wrong in refract.toml, a line each", "[report]") {
  workspace::ProjectSettings settings;
  settings.file = "db/refract.toml";
  CHECK(report::settings_text(settings).empty());
  settings.problems.push_back(
      {.line = 3, .column = 1, .message = "The setting `x` does not exist.", .help = "Remove it."});
  CHECK(report::settings_text(settings) == "db/refract.toml:3:1: The setting `x` does not exist. Remove it.\n");
}

TEST_CASE("explain: by code, for terminals and editors", "[report]") {
  CHECK_FALSE(report::explanation_text("no-such-code"));
  CHECK_FALSE(report::explanation_markdown("no-such-code"));
  CHECK(report::explanation_text("unknown-type")->contains("unknown-type"));
  CHECK(report::explanation_markdown("drop-column")->starts_with("# `drop-column`: "));
  for (const std::string_view code : report::all_codes()) {
    CHECK(report::code_list_markdown().contains("`" + std::string(code) + "`"));
  }
}
