#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace refract::live {

// A client certificate with its key: Prisma's `sslidentity` (a PKCS#12 file) and `sslpassword`.
struct ClientIdentity {
  std::filesystem::path file;
  std::string password;
};

// A database URL. What goes into messages is `label()`; the URL itself holds a password and leaves this class only
// towards libpq.
class ConnectionString {
 public:
  // Accepts postgresql:// and postgres:// URLs with the meaning that Prisma gives their parameters (sslcert is the
  // server's certificate authority, sslaccept=strict verifies, an unknown sslmode counts as prefer), and libpq's
  // key=value form for unix sockets. Relative paths of certificates count from `folder`.
  // Errors: usage, when it is neither, when user name or password hold an unescaped / ? or #, when the port or a
  // timeout is no number, or a file that it names does not exist; the message does not repeat the text.
  static Result<ConnectionString> parse(std::string_view url, const std::filesystem::path& folder = {});

  // In libpq's key=value form.
  const std::string& secret() const { return libpq_; }
  // Safe to show: `database "app" at localhost:5432`.
  const std::string& label() const { return label_; }
  // The `schema` parameter; "public" if there is none.
  const std::string& schema() const { return schema_; }
  // The schema that the project's migrations and a schema without `schemas` know as "public": Prisma works in the one
  // that the URL names. Where the datasource lists its schemas, each has its own name (keep_schema_names).
  const std::string& default_schema() const { return default_schema_; }
  void keep_schema_names() { default_schema_ = "public"; }
  // Another database of the same server.
  ConnectionString with_database(std::string_view name) const;
  // pgbouncer=true: it connects through a transaction pooler, which keeps no session state.
  bool pooled() const { return pooled_; }
  const std::optional<ClientIdentity>& identity() const { return identity_; }
  // Parameters that do not do what they seem to, one sentence each, no secret in it.
  const std::vector<std::string>& notices() const { return notices_; }

 private:
  std::string libpq_;
  std::string label_;
  std::string schema_ = "public";
  std::string default_schema_ = "public";
  bool pooled_ = false;
  std::optional<ClientIdentity> identity_;
  std::vector<std::string> notices_;
};

// A message that may repeat what the user typed, every word with a password in it taken out: a URL of the form
// scheme://user:password@… and libpq's password=….
std::string without_secrets(std::string_view message);

// Takes libpq's environment variables that say which server, database, user or settings are meant out of this process,
// so that a URL alone decides, as with Prisma. To be called before a second thread exists.
void forget_libpq_environment();

}  // namespace refract::live
