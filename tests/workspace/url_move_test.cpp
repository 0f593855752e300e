#include "workspace/url_move.h"

#include "support/catch.h"
#include "support/temporary_folder.h"

using namespace refract;
using refract::test::TemporaryFolder;

namespace {

struct Moved {
  std::string schema;
  std::string config;
  std::string title;
  bool created = false;
};

// A project of Prisma 7 with a datasource that has these lines, after the move. nullopt: it is not offered.
std::optional<Moved> moved(std::string_view lines, const char* config = nullptr,
                           std::string_view provider = "postgresql", bool has_dotenv = false) {
  const TemporaryFolder folder;
  folder.write("package.json", R"({"devDependencies": {"prisma": "7.1.0"}})");
  const std::string schema =
      "datasource db {\n  provider = \"" + std::string(provider) + "\"\n" + std::string(lines) + "}\n";
  if (has_dotenv) folder.write(".env", "U=x\n");
  folder.write("prisma/schema.prisma", schema);
  if (config != nullptr) folder.write("prisma.config.ts", config);
  const auto loaded = workspace::load_schema(
      workspace::project_of_file(folder / "prisma/schema.prisma", workspace::read_text_file), std::nullopt);
  REQUIRE(loaded);
  const auto move = workspace::url_move(loaded->project, *validation::Analysis::run(loaded->snapshot));
  if (!move) return std::nullopt;
  CHECK(move->config == folder / "prisma.config.ts");
  std::vector<text::Edit> edits;
  for (const validation::FileEdit& edit : move->schema) edits.push_back(edit.edit);
  return Moved{text::apply_edits(schema, edits), text::apply_edits(move->before, move->edits), move->title,
               !move->exists};
}

}  // namespace

TEST_CASE("url move: the address goes to a new prisma.config.ts", "[workspace]") {
  const auto result = moved("  url      = env(\"DATABASE_URL\")\n");
  REQUIRE(result);
  CHECK(result->schema == "datasource db {\n  provider = \"postgresql\"\n}\n");
  CHECK(result->title == "Move the connection URLs to `prisma.config.ts`");
  CHECK(result->created);
  CHECK(result->config.contains("schema: \"prisma/schema.prisma\""));
  CHECK(result->config.contains("path: \"prisma/migrations\""));
  CHECK(result->config.contains("url: env(\"DATABASE_URL\")"));
}

TEST_CASE("url move: directUrl is the URL, shadowDatabaseUrl goes along", "[workspace]") {
  const auto result =
      moved("  url = env(\"POOLED\")\n  directUrl = env(\"DIRECT\")\n  shadowDatabaseUrl = env(\"SHADOW\")\n");
  REQUIRE(result);
  CHECK(result->schema == "datasource db {\n  provider = \"postgresql\"\n}\n");
  CHECK(result->config.contains("    url: env(\"DIRECT\"),\n    shadowDatabaseUrl: env(\"SHADOW\"),\n"));
  CHECK_FALSE(result->config.contains("directUrl"));
  CHECK(
      result->config.contains("    // for the adapter of Prisma Client: env(\"POOLED\")\n    url: env(\"DIRECT\"),\n"));
}

TEST_CASE("url move: a comment behind an address stays", "[workspace]") {
  const auto result = moved("  url = env(\"U\") // pooled\n  directUrl = env(\"D\") /* for\n  migrations */\n");
  REQUIRE(result);
  CHECK(result->schema == "datasource db {\n  provider = \"postgresql\"\n  // pooled\n  /* for\n  migrations */\n}\n");
}

TEST_CASE("url move: a password is in no title", "[workspace]") {
  const auto result = moved("  url = \"postgresql://ada:secret@h/db\"\n");
  REQUIRE(result);
  CHECK_FALSE(result->title.contains("secret"));
  CHECK(result->config.contains("url: \"postgresql://ada:secret@h/db\""));
  CHECK_FALSE(result->config.contains("dotenv"));
}

TEST_CASE("url move: a configuration is completed, or has the address already", "[workspace]") {
  const auto completed = moved("  url = env(\"U\")\n",
                               "import { defineConfig } from \"prisma/config\";\nexport default defineConfig({\n"
                               "  schema: \"prisma/schema.prisma\",\n});\n");
  REQUIRE(completed);
  CHECK_FALSE(completed->created);
  CHECK(completed->config.contains("  datasource: {\n    url: env(\"U\"),\n  },\n  schema:"));
  const char* has = "export default { datasource: { url: process.env.U } };\n";
  const auto known = moved("  url = env(\"U\")\n", has);
  REQUIRE(known);
  CHECK(known->title == "Remove the connection URLs, which `prisma.config.ts` has");
  CHECK(known->config == has);
  // Another URL than the configuration's would be lost.
  CHECK_FALSE(moved("  url = env(\"V\")\n", has));
  CHECK_FALSE(moved("  url = env(\"U\")\n  directUrl = env(\"D\")\n", has));
  CHECK_FALSE(moved("  url = \"x\"\n", "export default { datasource: { url: load() } };\n"));
}

TEST_CASE("url move: a path of SQLite means the same file from the configuration", "[workspace]") {
  const auto to = [](std::string_view url, const char* config = nullptr) {
    const auto result = moved("  url = \"" + std::string(url) + "\"\n", config, "sqlite");
    return result ? result->config : std::string();
  };
  CHECK(to("file:./dev.db").contains("url: \"file:./prisma/dev.db\""));
  CHECK(to("file:dev.db?connection_limit=1").contains("url: \"file:./prisma/dev.db?connection_limit=1\""));
  CHECK(to("file:../dev.db").contains("url: \"file:./dev.db\""));
  CHECK(to("file:../../dev.db").contains("url: \"file:../dev.db\""));
  CHECK(to("file:/var/dev.db").contains("url: \"file:/var/dev.db\""));
  CHECK(
      to("file:./dev.db", "export default { datasource: { url: 'file:prisma/dev.db' } };\n").contains("prisma/dev.db"));
  CHECK(to("file:./dev.db", "export default { datasource: { url: 'file:dev.db' } };\n").empty());
}

TEST_CASE("url move: a relative path of a certificate means the same file from the configuration", "[workspace]") {
  const auto to = [](std::string_view url, std::string_view provider, const char* config = nullptr) {
    const auto result = moved("  url = \"" + std::string(url) + "\"\n", config, provider);
    return result ? result->config : std::string();
  };
  CHECK(to("postgresql://u:p%40@h/d?sslmode=require&sslcert=ca.pem&sslidentity=../c.p12&sslpassword=x", "postgresql")
            .contains("url: \"postgresql://u:p%40@h/d?sslmode=require&sslcert=prisma/ca.pem&sslidentity=c.p12&"
                      "sslpassword=x\""));
  CHECK(to("postgresql://h/d?sslkey=./k.pem", "cockroachdb").contains("sslkey=prisma/k.pem\""));
  CHECK(to("mysql://h/d?sslcert=../../my%20ca.pem", "mysql").contains("sslcert=../my%20ca.pem\""));
  CHECK(to("mongodb://h/d?tls=true&tlsCAFile=ca.pem", "mongodb").contains("tls=true&tlsCAFile=prisma/ca.pem\""));
  CHECK(to("sqlserver://h:1433;database=d;trustServerCertificateCA=ca.crt;encrypt=true", "sqlserver")
            .contains("database=d;trustServerCertificateCA=prisma/ca.crt;encrypt=true\""));
  CHECK(to("sqlserver://h:1433;trustServerCertificateCA={../a b.crt}", "sqlserver").contains("CA={a b.crt}\""));
  // What is no relative path stays as it is written.
  for (const char* url : {"postgresql://h/d?sslcert=/etc/ca.pem&x=%41", "postgresql://h/d?sslrootcert=system",
                          "postgresql://h/d?sslcert=&sslmode=prefer&&a", "postgresql://h/sslcert=ca.pem"}) {
    CHECK(to(url, "postgresql").contains("url: \"" + std::string(url) + "\""));
  }
  CHECK(to("postgresql://h/d?sslcert=ca.pem", "postgresql",
           "export default { datasource: { url: 'postgresql://h/d?sslcert=./prisma/ca.pem' } };\n")
            .contains("./prisma/ca.pem"));
  CHECK(to("postgresql://h/d?sslcert=ca.pem", "postgresql",
           "export default { datasource: { url: 'postgresql://h/d?sslcert=ca.pem' } };\n")
            .empty());
}

TEST_CASE("url move: a configuration that gets a variable loads the .env file that has it", "[workspace]") {
  const char* config = "import { defineConfig } from \"prisma/config\";\nexport default defineConfig({});\n";
  const auto result = moved("  url = env(\"U\")\n", config, "postgresql", true);
  REQUIRE(result);
  CHECK(result->config.starts_with("import \"dotenv/config\";\nimport { env, defineConfig }"));
  const std::string loads = std::string("import \"dotenv/config\";\n") + config;
  const auto already = moved("  url = env(\"U\")\n", loads.c_str(), "postgresql", true);
  REQUIRE(already);
  CHECK(already->config.find("dotenv") == already->config.rfind("dotenv"));
  CHECK_FALSE(moved("  url = env(\"U\")\n", config)->config.contains("dotenv"));
}

TEST_CASE("url move: not offered where the address would be lost", "[workspace]") {
  CHECK_FALSE(moved("  url = env(\"U\")\n", "export default load();\n"));
  CHECK_FALSE(moved("  url = 7\n"));
  CHECK_FALSE(moved(""));
}
