#include "features/migration/sql_names.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

constexpr std::string_view kSchema = R"(
//- /a.prisma
model User {
  id    Int    @id
  email String @map("e_mail")
  role  Role   @default(USER)
  posts Post[]
  tags  Tag[]
  @@map("users")
}
enum Role {
  USER  @map("user")
  ADMIN
}
//- /b.prisma
model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}
model Tag {
  id    Int    @id
  users User[]
}
)";

// What the word with the cursor is: "User.email"; empty: nothing.
std::string meant(std::string sql) {
  INFO(sql);
  const std::size_t at = sql.find("$0");
  REQUIRE(at != std::string::npos);
  sql.erase(at, 2);
  const auto made = fixture(kSchema);
  const auto symbol = features::symbol_in_sql(*made.snapshot, sql, static_cast<text::Offset>(at));
  if (!symbol) return {};
  CHECK(symbol->referred_from.range.touches(static_cast<text::Offset>(at)));
  const std::string declared = test::shown(made, {symbol->declared_at});
  CHECK(declared.substr(declared.find('=') + 1) == symbol->name);
  if (symbol->kind == features::SymbolKind::declaration) return symbol->name;
  return std::string((*symbol->declaration)->name) + "." + symbol->name;
}

}  // namespace

TEST_CASE("sql names: tables and columns of CREATE TABLE", "[sql]") {
  CHECK(meant("CREATE TABLE \"us$0ers\" (\n  \"id\" INTEGER\n);") == "User");
  CHECK(meant("CREATE TABLE IF NOT EXISTS \"public\".\"us$0ers\" (\"id\" INTEGER);") == "User");
  CHECK(meant("CREATE TABLE \"users\" (\n  \"e_mail$0\" TEXT NOT NULL\n);") == "User.email");
  CHECK(meant("CREATE TABLE \"users\" (\n  \"role\" \"Ro$0le\" NOT NULL DEFAULT 'user'\n);") == "Role");
  CHECK(meant("CREATE TABLE \"users\" (\n  \"role\" \"Role\" NOT NULL DEFAULT 'us$0er'\n);") == "Role.USER");
  CHECK(meant("CREATE TABLE \"users\" (\n  CONSTRAINT \"users_pkey\" PRIMARY KEY (\"i$0d\")\n);") == "User.id");
}

TEST_CASE("sql names: ALTER TABLE, foreign keys, indexes, data", "[sql]") {
  const std::string key =
      "ALTER TABLE \"Post\" ADD CONSTRAINT \"k\" FOREIGN KEY (\"authorId\") REFERENCES \"users\"(\"id\") ON DELETE "
      "CASCADE ON UPDATE CASCADE, ADD COLUMN \"id\" INTEGER;";
  const auto in_key = [&](std::string_view word, std::size_t nth = 0) {
    std::string sql = key;
    std::size_t at = sql.find(word);
    while (nth-- > 0) at = sql.find(word, at + 1);
    return meant(sql.insert(at + 2, "$0"));
  };
  CHECK(in_key("\"Post\"") == "Post");
  CHECK(in_key("\"authorId\"") == "Post.authorId");
  CHECK(in_key("\"users\"") == "User");
  CHECK(in_key("\"id\"") == "User.id");
  CHECK(in_key("\"id\"", 1) == "Post.id");
  CHECK(in_key("CASCADE").empty());
  CHECK(in_key("\"k\"").empty());
  CHECK(meant("CREATE UNIQUE INDEX CONCURRENTLY \"x\" ON \"users\"(\"e_ma$0il\");") == "User.email");
  CHECK(meant("UPDATE us$0ers SET e_mail = 1;") == "User");
  CHECK(meant("UPDATE users SET E_M$0AIL = 1;") == "User.email");
  CHECK(meant("DELETE FROM \"users\" WHERE \"id$0\" = 1") == "User.id");
}

TEST_CASE("sql names: enum types, their values, and the table of a many-to-many relation", "[sql]") {
  CHECK(meant("CREATE TYPE \"Rol$0e\" AS ENUM ('user', 'ADMIN');") == "Role");
  CHECK(meant("CREATE TYPE \"Role\" AS ENUM ('user', 'AD$0MIN');") == "Role.ADMIN");
  CHECK(meant("ALTER TYPE \"Role\" ADD VALUE 'ADM$0IN';") == "Role.ADMIN");
  CHECK(meant("ALTER TABLE \"users\" ALTER COLUMN \"role\" TYPE \"Ro$0le\";") == "Role");
  CHECK(meant("CREATE TABLE \"_Tag$0ToUser\" (\"A\" INTEGER NOT NULL);") == "Tag.users");
}

TEST_CASE("sql names: comments, bodies and unknown names mean nothing", "[sql]") {
  CHECK(meant("-- \"us$0ers\"\nSELECT 1;").empty());
  CHECK(meant("/* \"us$0ers\" */").empty());
  CHECK(meant("DO $x$ BEGIN DROP TABLE \"us$0ers\"; END $x$;").empty());
  CHECK(meant("DROP TABLE \"Gone$0\";").empty());
  CHECK(meant("ALTER TABLE \"Gone\" DROP COLUMN \"i$0d\";").empty());
  CHECK(meant("ALTER TABLE \"public$0\".\"users\" DROP COLUMN \"id\";").empty());
  CHECK(meant("$0").empty());
}

TEST_CASE("sql names: a statement ends what was before; what does not parse is read as far as it goes", "[sql]") {
  CHECK(meant("ALTER TABLE \"users\" DROP COLUMN \"id\";\r\nALTER TABLE \"Post\" DROP COLUMN \"i$0d\";") == "Post.id");
  CHECK(meant("ALTER TABEL \"users\" ;;; ALTER TABLE \"users\" ADD COLUMN \"e_mail$0") == "User.email");
  CHECK(meant("ALTER TABLE \"say \"\"hi\"\"\" DROP x; UPDATE users SET i$0d = 'it''s'") == "User.id");
}
