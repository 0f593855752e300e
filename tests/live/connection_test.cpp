#include "live/connection.h"

#include "support/catch.h"
#include "support/temporary_folder.h"

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
  CHECK(label("postgresql://me@[::1]:5433/app") == "database \"app\" at [::1]:5433");
  CHECK(label("postgresql:///app?host=/tmp/socket") == "database \"app\" at /tmp/socket");
  CHECK(label("host=/tmp user=me password=s3cret dbname=app") == "database \"app\"");
}

TEST_CASE("connection: an unescaped separator in a password is refused, not shown", "[live]") {
  for (const char* url :
       {"postgresql://me:s3/cret@h/app", "postgresql://me:s3?cret@h/app", "postgresql://me:s3#cret@h/app"}) {
    CHECK(label(url) ==
          "error: The database URL's user name or password contains one of / ? #; write them as %2F, %3F and %23.");
  }
  CHECK(label("postgresql://me:s3%2Fcret@h/app") == "database \"app\" at h");
}

TEST_CASE("connection: what is no PostgreSQL URL is refused without repeating it", "[live]") {
  for (const char* url : {"mysql://me:s3cret@h/app", "s3cret", "file:./dev.db", ""}) {
    const std::string message = label(url);
    CHECK(message.starts_with("error: The database URL does not begin with postgresql://"));
    CHECK(!message.contains("s3cret"));
  }
}

TEST_CASE("connection: what reaches libpq", "[live]") {
  CHECK(secret("postgresql://u@h/d?schema=app&connection_limit=5&pgbouncer=true") ==
        "user='u' host='h' dbname='d' connect_timeout='5' sslmode='prefer'");
  CHECK(secret("postgresql://u@h:1/d?pool_timeout=1&sslmode=require&schema=s&connect_timeout=3") ==
        "user='u' host='h' port='1' dbname='d' connect_timeout='3' sslmode='require'");
  CHECK(secret("postgresql://u:p@ss%2F'x\\@h/d").contains("password='p@ss/\\'x\\\\' host='h'"));
  CHECK(secret("postgresql://u:100%@h/d").contains("password='100%'"));
  CHECK(secret("postgresql://u@h/d?options=-c%20lock_timeout%3D1s").contains("options='-c lock_timeout=1s'"));
  CHECK(secret("postgresql://u@h1:1,h2/d").contains("host='h1,h2' port='1,5432'"));
  CHECK(ConnectionString::parse("postgresql://u@h/d?schema=my%20app").value().schema() == "my app");
  CHECK(ConnectionString::parse("postgresql://u@h/d").value().schema() == "public");
  CHECK(ConnectionString::parse("postgresql://u@h/d?pgbouncer=true").value().pooled());
}

TEST_CASE("connection: ports and timeouts that are no numbers", "[live]") {
  for (const char* url :
       {"postgresql://u:s3cret@h:abc/d", "postgresql://u:s3cret@h:70000/d", "postgresql://u:s3cret@h:0/d",
        "postgresql://u:s3cret@h:-1/d", "postgresql://u:s3cret@h/d?connect_timeout=soon"}) {
    INFO(url);
    CHECK(label(url).starts_with("error: The database URL's "));
    CHECK(!label(url).contains("s3cret"));
  }
  CHECK(label("prisma://accelerate.x/?api_key=s3cret")
            .starts_with("error: The database URL belongs to a Prisma service"));
  CHECK(label("postgresql://u@h/d%00x").contains("NUL byte"));
}

TEST_CASE("connection: TLS parameters have Prisma's meaning", "[live]") {
  const TemporaryFolder folder;
  folder.write("ca.pem", "");
  const auto parsed = [&](const std::string& parameters) {
    return ConnectionString::parse("postgresql://u:s3cret@h/d?" + parameters, folder.path());
  };
  const auto tls = [&](const std::string& parameters) {
    const auto target = parsed(parameters);
    if (!target) return target.error().message;
    return target->secret().substr(target->secret().find("sslmode"));
  };
  const std::string ca = (folder / "ca.pem").string();
  CHECK(tls("sslmode=disable") == "sslmode='disable'");
  CHECK(tls("sslmode=no-verify") == "sslmode='prefer'");
  CHECK(parsed("sslmode=no-verify")->notices().size() == 1);
  CHECK(parsed("sslmode=require")->notices().empty());
  // The server's authority: not checked unless sslaccept asks for it, which is said.
  CHECK(tls("sslmode=require&sslcert=ca.pem") == "sslmode='require'");
  CHECK(parsed("sslmode=require&sslcert=ca.pem")->notices().size() == 1);
  CHECK(tls("sslmode=require&sslcert=ca.pem&sslaccept=strict") == "sslmode='verify-full' sslrootcert='" + ca + "'");
  CHECK(tls("sslcert=" + ca + "&sslaccept=strict") == "sslmode='verify-full' sslrootcert='" + ca + "'");
  CHECK(tls("sslaccept=strict").starts_with("sslmode='verify-full'"));
  CHECK(tls("sslaccept=yes").starts_with("sslmode='verify-full'"));
  CHECK(tls("sslmode=verify-ca&sslrootcert=ca.pem") == "sslmode='verify-ca' sslrootcert='" + ca + "'");
  CHECK(tls("sslmode=require&sslrootcert=ca.pem") == "sslmode='require' sslrootcert='" + ca + "'");
  for (const char* parameters :
       {"sslcert=none.pem", "sslrootcert=none.pem&sslmode=verify-full", "sslidentity=none.p12"}) {
    CHECK(tls(parameters).contains("which does not exist; correct it"));
    CHECK(!tls(parameters).contains("s3cret"));
  }
  CHECK(parsed("sslmode=disable&sslaccept=strict")->notices().size() == 1);
  CHECK(parsed("sslkey=x")->notices().size() == 1);
  CHECK(parsed("ssl=true")->notices().size() == 1);
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
