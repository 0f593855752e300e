#pragma once

#include <string>
#include <string_view>

#include "support/result.h"

namespace refract::live {

// A database URL. What goes into messages is `label()`; the URL itself holds a password and leaves this class only
// towards libpq.
class ConnectionString {
 public:
  // Accepts postgresql:// and postgres:// URLs with Prisma's own parameters (schema, connection_limit, pgbouncer,
  // …), which are taken out before libpq sees them, and libpq's key=value form for unix sockets.
  // Errors: usage, when it is neither, or when user name or password hold an unescaped / ? or #; the message does
  // not repeat the text.
  static Result<ConnectionString> parse(std::string_view url);

  const std::string& secret() const { return libpq_; }
  // Safe to show: `database "app" at localhost:5432`.
  const std::string& label() const { return label_; }
  // The `schema` parameter; "public" where there is none.
  const std::string& schema() const { return schema_; }

 private:
  std::string libpq_;
  std::string label_;
  std::string schema_ = "public";
};

// A message that may repeat what the user typed, every word with a password in it taken out: a URL of the form
// scheme://user:password@… and libpq's password=….
std::string without_secrets(std::string_view message);

}  // namespace refract::live
