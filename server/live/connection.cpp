#include "live/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "live/tls_parameters.h"
#include "platform/environment.h"
#include "support/percent.h"
#include "support/url.h"

namespace refract::live {
namespace {

// Seconds to wait for a server, as Prisma does.
constexpr std::string_view kConnectTimeout = "5";

// Parameters of a URL that go to libpq as they are. Those of TLS are read by read_tls; all others are Prisma's own or
// unknown to libpq, which would refuse the whole URL because of them.
constexpr std::array<std::string_view, 18> kLibpqParameters = {"application_name", "fallback_application_name",
                                                               "options",          "client_encoding",
                                                               "hostaddr",         "target_session_attrs",
                                                               "channel_binding",  "require_auth",
                                                               "gssencmode",       "krbsrvname",
                                                               "keepalives",       "keepalives_idle",
                                                               "keepalives_count", "keepalives_interval",
                                                               "tcp_user_timeout", "load_balance_hosts",
                                                               "passfile",         "replication"};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string quoted(std::string_view value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text += '\'';
}

bool is_number(std::string_view text, int most) {
  int number = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && number >= 0 && number <= most;
}

// libpq's key=value form, one pair after the other.
class Settings {
 public:
  void add(std::string_view key, std::string_view value) {
    text_ += fmt::format("{}{}={}", text_.empty() ? "" : " ", key, quoted(value));
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// The value of a key in libpq's key=value form, without its quotes. Empty: the key is missing.
std::string value_in(std::string_view text, std::string_view wanted) {
  std::size_t at = 0;
  const auto skip_blanks = [&] {
    while (at < text.size() && is_blank(text[at])) ++at;
  };
  std::string found;
  while (skip_blanks(), at < text.size()) {
    const std::size_t equals = text.find('=', at);
    if (equals == std::string_view::npos) break;
    std::string_view key = text.substr(at, equals - at);
    while (!key.empty() && is_blank(key.back())) key.remove_suffix(1);
    at = equals + 1;
    skip_blanks();
    std::string value;
    const bool quote = at < text.size() && text[at] == '\'';
    if (quote) ++at;
    for (; at < text.size() && (quote ? text[at] != '\'' : !is_blank(text[at])); ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      value += text[at];
    }
    if (quote) ++at;
    if (key == wanted) found = std::move(value);
  }
  return found;
}

struct HostList {
  std::string hosts;  // both as libpq takes them, joined by commas
  std::string ports;
};

// "h", "h:5432", "[::1]:5432", or several with commas between. Errors: usage.
Result<HostList> read_hosts(std::string_view authority) {
  HostList list;
  bool any_port = false;
  while (true) {
    const std::size_t end = std::min(authority.find(','), authority.size());
    std::string_view one = authority.substr(0, end);
    std::string_view port;
    std::string host;
    if (one.starts_with('[')) {
      const std::size_t close = std::min(one.find(']'), one.size());
      host = one.substr(1, close - 1);
      one.remove_prefix(std::min(close + 1, one.size()));
      if (one.starts_with(':')) port = one.substr(1);
    } else {
      const std::size_t colon = std::min(one.find(':'), one.size());
      host = percent_decoded(one.substr(0, colon));
      if (colon < one.size()) port = one.substr(colon + 1);
    }
    if (!port.empty() && (!is_number(port, 65535) || port == "0")) {
      return fail(ErrorCode::usage,
                  "The database URL's port is not a number from 1 to 65535; correct it (a : in the password is %3A).");
    }
    any_port = any_port || !port.empty();
    list.hosts += (list.hosts.empty() ? "" : ",") + host;
    list.ports += fmt::format("{}{}", list.ports.empty() ? "" : ",", port.empty() ? "5432" : port);
    if (end == authority.size()) break;
    authority.remove_prefix(end + 1);
  }
  if (!any_port) list.ports.clear();
  return list;
}

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

Result<ConnectionString> ConnectionString::parse(std::string_view url, const std::filesystem::path& folder) {
  ConnectionString parsed;
  const std::size_t scheme = url.starts_with("postgresql://") ? 13 : url.starts_with("postgres://") ? 11 : 0;
  if (scheme == 0) {
    if (url.starts_with("prisma://") || url.starts_with("prisma+postgres://")) {
      return fail(ErrorCode::usage,
                  "The database URL belongs to a Prisma service, which a PostgreSQL client cannot connect to; use the "
                  "database's own URL as directUrl or with --url.");
    }
    if (url.find("://") != std::string_view::npos || url.find('=') == std::string_view::npos) {
      return fail(
          ErrorCode::usage,
          "The database URL does not begin with postgresql://; give one such as postgresql://user@host:5432/name.");
    }
    parsed.libpq_ = url;
    if (value_in(url, "connect_timeout").empty()) parsed.libpq_ += fmt::format(" connect_timeout={}", kConnectTimeout);
    const std::string name = value_in(url, "dbname");
    parsed.label_ = name.empty() ? "database" : fmt::format("database \"{}\"", name);
    return parsed;
  }

  // A URL ends the authority at the first slash or question mark, so a password that holds one unescaped would be
  // taken for a host, and shown as such.
  const std::size_t authority_end = std::min(url.find_first_of("/?#", scheme), url.size());
  if (url.substr(scheme, authority_end - scheme).find('@') == std::string_view::npos &&
      url.find('@', authority_end) != std::string_view::npos) {
    return fail(ErrorCode::usage,
                "The database URL's user name or password contains one of / ? #; write them as %2F, %3F and %23.");
  }
  if (url.find('\0') != std::string_view::npos || percent_decoded(url).find('\0') != std::string::npos) {
    return fail(ErrorCode::usage, "The database URL contains a NUL byte; remove it.");
  }

  const std::size_t question = url.find('?', scheme);
  std::string_view authority = url.substr(scheme, std::min(question, url.size()) - scheme);
  const std::size_t slash = std::min(authority.find('/'), authority.size());
  const std::string name = percent_decoded(authority.substr(std::min(slash + 1, authority.size())));
  authority = authority.substr(0, slash);

  Settings settings;
  // The last @, as in Prisma's URL parser: a password may contain others.
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view credentials = authority.substr(0, at);
    authority.remove_prefix(at + 1);
    const std::size_t colon = std::min(credentials.find(':'), credentials.size());
    if (colon > 0) settings.add("user", percent_decoded(credentials.substr(0, colon)));
    if (colon < credentials.size()) settings.add("password", percent_decoded(credentials.substr(colon + 1)));
  }
  auto hosts = read_hosts(authority);
  if (!hosts) return fail(hosts.error());

  TlsParameters tls;
  std::string timeout(kConnectTimeout);
  parsed.schema_ = parsed.default_schema_ = schema_of_url(url);
  for (const auto& [key, value] : url_parameters(url)) {
    if (key == "pgbouncer") parsed.pooled_ = value == "true";
    if (key == "host" && !value.empty()) hosts->hosts = value;
    if (key == "port" && !value.empty()) hosts->ports = value;
    if (key == "connect_timeout") timeout = value;
    if (tls.read(key, value)) continue;
    if (std::ranges::find(kLibpqParameters, key) != kLibpqParameters.end()) settings.add(key, value);
  }
  if (!is_number(timeout, 86'400)) {
    return fail(ErrorCode::usage, "The database URL's connect_timeout is not a number of seconds; correct it.");
  }
  if (!hosts->hosts.empty()) settings.add("host", hosts->hosts);
  if (!hosts->ports.empty()) settings.add("port", hosts->ports);
  if (!name.empty()) settings.add("dbname", name);
  settings.add("connect_timeout", timeout);

  auto resolved = tls.resolve(folder);
  if (!resolved) return fail(resolved.error());
  for (const auto& [key, value] : resolved->settings) settings.add(key, value);
  parsed.identity_ = std::move(resolved->identity);
  parsed.notices_ = std::move(resolved->notices);

  const std::string port = hosts->ports.find(',') == std::string::npos ? hosts->ports : "";
  const bool bracketed = hosts->hosts.find(':') != std::string::npos && !port.empty();
  parsed.libpq_ = settings.take();
  parsed.label_ = fmt::format("database \"{}\" at {}", name,
                              hosts->hosts.empty() ? "the local socket"
                              : bracketed          ? fmt::format("[{}]:{}", hosts->hosts, port)
                              : port.empty()       ? hosts->hosts
                                                   : fmt::format("{}:{}", hosts->hosts, port));
  return parsed;
}

ConnectionString ConnectionString::with_database(std::string_view name) const {
  ConnectionString other = *this;
  // If a key is repeated, libpq uses the last one.
  other.libpq_ += fmt::format(" dbname={}", quoted(name));
  const std::size_t place = label_.find(" at ");
  other.label_ = fmt::format("database \"{}\"{}", name, place == std::string::npos ? "" : label_.substr(place));
  return other;
}

void forget_libpq_environment() {
  for (const char* variable : {"PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE", "PGSERVICEFILE",
                               "PGOPTIONS", "PGTARGETSESSIONATTRS", "PGLOADBALANCEHOSTS", "PGTZ", "PGDATESTYLE",
                               "PGCLIENTENCODING", "PGGEQO", "PGSSLMODE", "PGREQUIRESSL", "PGREQUIREPEER"}) {
    platform::remove_variable(variable);
  }
}

}  // namespace refract::live
