#include "live/connection.h"

#include "support/catch.h"

namespace refract::test {
namespace {

using live::ConnectionString;

std::string label(std::string_view url) {
  const auto parsed = ConnectionString::parse(url);
  return parsed ? parsed->label() : "error: " + parsed.error().message;
}

std::string secret(std::string_view url) {
  return ConnectionString::parse(url).value().secret();
}

}  // namespace

TEST_CASE("connection: a label shows database and place, never user or password", "[live]") {
  CHECK(label("postgresql://me:s3cret@db.host:5433/app?schema=x") == "database \"app\" at db.host:5433");
  CHECK(label("postgres://me:s3cret@localhost/a%20b") == "database \"a b\" at localhost");
  CHECK(label("postgresql://me:p@ss@localhost/app") == "database \"app\" at localhost");
  CHECK(label("postgresql:///app?host=/tmp/socket") == "database \"app\" at /tmp/socket");
  CHECK(label("host=/tmp user=me password=s3cret dbname=app") == "database app");
}

TEST_CASE("connection: an unescaped separator in a password is refused, not shown", "[live]") {
  for (const char* url :
       {"postgresql://me:s3/cret@h/app", "postgresql://me:s3?cret@h/app", "postgresql://me:s3#cret@h/app"}) {
    CHECK(label(url) ==
          "error: The database URL's user name or password holds one of / ? #; write them as %2F, %3F and %23.");
  }
  CHECK(label("postgresql://me:s3%2Fcret@h/app") == "database \"app\" at h");
}

TEST_CASE("connection: what is no PostgreSQL URL is refused without repeating it", "[live]") {
  for (const char* url : {"mysql://me:s3cret@h/app", "s3cret", "file:./dev.db", ""}) {
    const std::string told = label(url);
    CHECK(told.starts_with("error: The database URL does not begin with postgresql://"));
    CHECK(!told.contains("s3cret"));
  }
}

TEST_CASE("connection: Prisma's own parameters do not reach libpq", "[live]") {
  CHECK(secret("postgresql://u@h/d?schema=app&connection_limit=5&pgbouncer=true") == "postgresql://u@h/d");
  CHECK(secret("postgresql://u@h/d?pool_timeout=1&sslmode=require&schema=s&connect_timeout=3") ==
        "postgresql://u@h/d?sslmode=require&connect_timeout=3");
  CHECK(ConnectionString::parse("postgresql://u@h/d?schema=my%20app").value().schema() == "my app");
  CHECK(ConnectionString::parse("postgresql://u@h/d").value().schema() == "public");
}

TEST_CASE("connection: a message's secrets are taken out", "[live]") {
  CHECK(live::without_secrets("no file postgresql://me:s3cret@h/db here") == "no file (a database URL) here");
  CHECK(live::without_secrets("--x=postgresql://me:s3cret@h") == "(a database URL)");
  CHECK(live::without_secrets("host=h password=s3cret\tdb") == "host=h (a database URL)\tdb");
  CHECK(live::without_secrets("password='s3 cret' x") == "(a database URL) x");
  CHECK(live::without_secrets("such as postgresql://user@host:5432/name, see https://x.org/a:b \n") ==
        "such as postgresql://user@host:5432/name, see https://x.org/a:b \n");
  CHECK(live::without_secrets("").empty());
}

}  // namespace refract::test
