#include "live/tls_parameters.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "live/process.h"
#include "migrate/history/files.h"
#include "platform/folder.h"

namespace refract::live {
namespace {

namespace fs = std::filesystem;

// Where systems keep the certificates of the public authorities, which Prisma's TLS library knows by itself.
constexpr std::array kSystemAuthorities = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                           "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
                                           "/usr/local/share/certs/ca-root-nss.crt"};

std::string system_authorities() {
  std::error_code ignored;
  for (const char* file : kSystemAuthorities) {
    if (fs::exists(file, ignored)) return file;
  }
  return {};
}

Result<std::string> existing(const fs::path& folder, const std::string& name, std::string_view parameter) {
  std::error_code ignored;
  const fs::path path = (folder / name).lexically_normal();
  if (fs::is_regular_file(path, ignored)) return path.string();
  return fail(ErrorCode::usage, fmt::format("The database URL's {} names the file {}, which does not exist; correct it "
                                            "(a relative path starts at the schema's folder or, with Prisma 7, at "
                                            "that of prisma.config.*).",
                                            parameter, path.string()));
}

}  // namespace

bool TlsParameters::read(std::string_view key, const std::string& value) {
  if (key == "sslmode") {
    mode_ = value;
  } else if (key == "sslaccept") {
    accept_ = value;
  } else if (key == "sslcert") {
    authority_ = value;
  } else if (key == "sslrootcert") {
    root_authority_ = value;
  } else if (key == "sslidentity") {
    identity_ = value;
  } else if (key == "sslpassword") {
    password_ = value;
  } else if (key == "sslcrl" || key == "sslsni" || key == "ssl_min_protocol_version" ||
             key == "ssl_max_protocol_version") {
    passed_on_.emplace_back(key, value);
  } else if (key == "ssl" || key == "sslkey" || key == "tls") {
    without_effect_.emplace_back(key);
  } else {
    return false;
  }
  return true;
}

Result<TlsParameters::Resolved> TlsParameters::resolve(const fs::path& folder) const {
  Resolved resolved;
  resolved.settings = passed_on_;
  for (const std::string& key : without_effect_) {
    resolved.notices.push_back(key == "sslkey" ? "The URL's sslkey has no effect, as in Prisma; give the client's "
                                                 "certificate and key as sslidentity (a PKCS#12 file)."
                                               : fmt::format("The URL's {} has no effect, as in Prisma; use "
                                                             "sslmode=require.",
                                                             key));
  }

  const bool verifies = mode_ == "verify-ca" || mode_ == "verify-full";
  const bool strict = !accept_.empty() && accept_ != "accept_invalid_certs";
  std::string mode = mode_;
  if (mode.empty()) mode = "prefer";
  if (!verifies && mode != "disable" && mode != "prefer" && mode != "require") {
    resolved.notices.push_back(
        fmt::format("The URL's sslmode {} is unknown to Prisma, which treats it as prefer; valid "
                    "values: disable, prefer, require.",
                    mode));
    mode = "prefer";
  }
  if (strict && accept_ != "strict") {
    resolved.notices.push_back(
        fmt::format("The URL's sslaccept {} is unknown to Prisma, which treats it as strict; "
                    "valid values: strict, accept_invalid_certs.",
                    accept_));
  }
  if (strict && mode == "disable") {
    resolved.notices.emplace_back("The URL's sslaccept has no effect, because sslmode=disable turns TLS off.");
  } else if (strict) {
    mode = "verify-full";
  }

  std::string authority;
  if (!root_authority_.empty() && root_authority_ != "system") {
    auto file = existing(folder, root_authority_, "sslrootcert");
    if (!file) return fail(file.error());
    authority = std::move(*file);
  }
  if (!authority_.empty()) {
    auto file = existing(folder, authority_, "sslcert");
    if (!file) return fail(file.error());
    if (authority.empty() && mode.starts_with("verify")) {
      authority = std::move(*file);
    } else if (mode != "disable" && !mode.starts_with("verify")) {
      resolved.notices.emplace_back(
          "The URL's sslcert is not checked against the server, as in Prisma; add sslaccept=strict to verify the "
          "server's certificate.");
    }
  }
  if (authority.empty() && mode.starts_with("verify")) authority = system_authorities();
  resolved.settings.emplace_back("sslmode", mode);
  // libpq verifies by it also under sslmode=require.
  if (!authority.empty()) resolved.settings.emplace_back("sslrootcert", authority);
  if (!identity_.empty()) {
    auto file = existing(folder, identity_, "sslidentity");
    if (!file) return fail(file.error());
    resolved.identity = ClientIdentity{std::move(*file), password_};
  }
  return resolved;
}

Result<IdentityFiles> IdentityFiles::make(const ClientIdentity& identity) {
  std::error_code ignored;
  const fs::path prefix = fs::temp_directory_path(ignored) / "refract-identity-";
  auto folder = platform::make_private_folder(prefix);
  if (!folder) {
    return fail(ErrorCode::unwritable, fmt::format("Cannot create a temporary folder {}….", prefix.string()));
  }
  IdentityFiles files;
  files.folder_ = std::move(*folder);
  // The password goes through a file: a command line can be read by every user of the machine.
  const fs::path password = files.folder_ / "password";
  if (auto written = migrate::write_text(password, identity.password + "\n"); !written) return fail(written.error());
  for (const auto& [what, name] : {std::pair{"-nokeys", "client.crt"}, std::pair{"-nocerts", "client.key"}}) {
    // Older PKCS#12 files use ciphers that OpenSSL 3 reads only with -legacy.
    bool done = false;
    for (const bool legacy : {false, true}) {
      std::vector<std::string> arguments{"openssl",
                                         "pkcs12",
                                         what,
                                         "-clcerts",
                                         "-nodes",
                                         "-in",
                                         identity.file.string(),
                                         "-passin",
                                         "file:" + password.string(),
                                         "-out",
                                         (files.folder_ / name).string()};
      if (legacy) arguments.emplace_back("-legacy");
      const auto ran = run("/usr/bin/env", arguments, files.folder_ / "log", {});
      if (!ran) return fail(ran.error());
      if (ran->exit_code == 127) {
        return fail(ErrorCode::missing_program,
                    "The URL's sslidentity needs the program openssl; install it (Debian: apt-get install openssl).");
      }
      done = ran->exit_code == 0;
      if (done) break;
    }
    if (!done) {
      return fail(ErrorCode::usage,
                  fmt::format("The URL's sslidentity {} cannot be read as PKCS#12; check the file and "
                              "sslpassword.",
                              identity.file.string()));
    }
  }
  for (const char* name : {"client.crt", "client.key"}) {
    fs::permissions(files.folder_ / name, fs::perms::owner_read | fs::perms::owner_write, ignored);
  }
  return files;
}

IdentityFiles::~IdentityFiles() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::string IdentityFiles::settings() const {
  return fmt::format(" sslcert='{}' sslkey='{}'", (folder_ / "client.crt").string(), (folder_ / "client.key").string());
}

}  // namespace refract::live
