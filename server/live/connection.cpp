#include "live/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "support/percent.h"

namespace refract::live {
namespace {

// Parameters that libpq knows and Prisma passes on; all others are Prisma's own or unknown to libpq, which would
// refuse the whole URL because of them.
constexpr std::array<std::string_view, 10> kLibpqParameters = {
    "sslmode",         "sslcert", "sslkey", "sslrootcert", "application_name",
    "connect_timeout", "options", "host",   "port",        "client_encoding"};

}  // namespace

std::string without_secrets(std::string_view message) {
  std::string safe;
  while (!message.empty()) {
    const std::size_t blank = message.find_first_not_of(" \t\n");
    const std::size_t begin = std::min(blank, message.size());
    safe += message.substr(0, begin);
    message.remove_prefix(begin);
    std::size_t end = std::min(message.find_first_of(" \t\n"), message.size());
    std::string_view word = message.substr(0, end);
    const std::size_t scheme = word.find("://");
    const bool url = scheme != std::string_view::npos && word.find('@', scheme) != std::string_view::npos &&
                     word.find(':', scheme + 3) < word.rfind('@');
    const std::size_t password = word.find("password=");
    if (password != std::string_view::npos && message.substr(password + 9).starts_with('\'')) {
      // A quoted value may hold blanks.
      end = std::min(message.find('\'', password + 10), message.size() - 1) + 1;
      word = message.substr(0, end);
    }
    safe += url || password != std::string_view::npos ? "(a database URL)" : word;
    message.remove_prefix(end);
  }
  return safe;
}

Result<ConnectionString> ConnectionString::parse(std::string_view url) {
  ConnectionString parsed;
  const std::size_t scheme = url.starts_with("postgresql://") ? 13 : url.starts_with("postgres://") ? 11 : 0;
  if (scheme == 0) {
    if (url.find("://") != std::string_view::npos || url.find('=') == std::string_view::npos) {
      return fail(
          ErrorCode::usage,
          "The database URL does not begin with postgresql://; give one such as postgresql://user@host:5432/name.");
    }
    parsed.libpq_ = url;
    const std::size_t name = url.find("dbname=");
    const std::string_view value =
        name == std::string_view::npos ? "" : url.substr(name + 7, url.find(' ', name) - name - 7);
    parsed.label_ = value.empty() ? "database" : fmt::format("database {}", value);
    return parsed;
  }

  // libpq ends the authority at the first slash or question mark, so a password that holds one unescaped would be
  // taken for a host, and shown as such.
  const std::size_t authority_end = std::min(url.find_first_of("/?#", scheme), url.size());
  if (url.substr(scheme, authority_end - scheme).find('@') == std::string_view::npos &&
      url.find('@', authority_end) != std::string_view::npos) {
    return fail(ErrorCode::usage,
                "The database URL's user name or password holds one of / ? #; write them as %2F, %3F and %23.");
  }

  const std::size_t question = url.find('?', scheme);
  const std::string_view base = url.substr(0, question);
  std::string host_override;
  std::string kept;
  for (std::string_view rest = question == std::string_view::npos ? "" : url.substr(question + 1); !rest.empty();) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::string_view key = pair.substr(0, pair.find('='));
    const std::string value = pair.size() > key.size() ? percent_decoded(pair.substr(key.size() + 1)) : std::string();
    if (key == "schema" && !value.empty()) parsed.schema_ = value;
    if (key == "host") host_override = value;
    if (std::ranges::find(kLibpqParameters, key) != kLibpqParameters.end()) {
      kept += kept.empty() ? '?' : '&';
      kept += pair;
    }
  }
  parsed.libpq_ = std::string(base) + kept;

  std::string_view authority = base.substr(scheme);
  const std::size_t slash = authority.find('/');
  const std::string name =
      slash == std::string_view::npos ? std::string() : percent_decoded(authority.substr(slash + 1));
  authority = authority.substr(0, slash);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  const std::string host = !host_override.empty() ? host_override : percent_decoded(authority);
  parsed.label_ = fmt::format("database \"{}\" at {}", name, host.empty() ? "the local socket" : host);
  return parsed;
}

}  // namespace refract::live
