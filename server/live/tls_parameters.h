#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "live/connection.h"

namespace refract::live {

// What a database URL says of TLS, in Prisma's terms, for libpq. Prisma's: `sslmode` disable, prefer or require;
// `sslcert`, the server's certificate authority; `sslaccept` strict or accept_invalid_certs (the default);
// `sslidentity` and `sslpassword`, the client's certificate. libpq's stronger forms (verify-ca, verify-full,
// sslrootcert) are understood too, as whoever writes them asks for more than Prisma's default.
class TlsParameters {
 public:
  // Takes a parameter in; false: it is not about TLS.
  bool read(std::string_view key, const std::string& value);

  struct Resolved {
    std::vector<std::pair<std::string, std::string>> settings;  // for libpq
    std::optional<ClientIdentity> identity;
    std::vector<std::string> notices;  // one sentence each
  };
  // Relative paths count from `folder`. Errors: usage, when a file does not exist.
  Result<Resolved> resolve(const std::filesystem::path& folder) const;

 private:
  std::string mode_;
  std::string accept_;
  std::string authority_;       // Prisma's sslcert
  std::string root_authority_;  // libpq's sslrootcert
  std::string identity_;
  std::string password_;
  std::vector<std::pair<std::string, std::string>> passed_on_;
  std::vector<std::string> without_effect_;
};

// The client identity as the two PEM files that libpq wants, in a folder of mode 0700 that goes with the object.
class IdentityFiles {
 public:
  // Errors: missing_program, when openssl is not installed; usage, when the file or the password is wrong.
  static Result<IdentityFiles> make(const ClientIdentity& identity);

  IdentityFiles(IdentityFiles&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  IdentityFiles& operator=(IdentityFiles&& other) noexcept {
    std::swap(folder_, other.folder_);
    return *this;
  }
  ~IdentityFiles();

  // What to add to a connection string in libpq's key=value form.
  std::string settings() const;

 private:
  IdentityFiles() = default;
  std::filesystem::path folder_;
};

}  // namespace refract::live
