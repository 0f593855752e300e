#include "live/session.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>

#include "live/tls_parameters.h"
#include "platform/library.h"
#include "platform/process.h"

namespace refract::live {
namespace {

// Where the module is, seen from the program's folder: beside it, where an installation has it, in a build folder.
constexpr std::array<std::string_view, 3> kModuleFolders{".", "../lib/refract", "../../lib"};

Result<Connect*> load_connect() {
  const std::filesystem::path program = platform::program_path().parent_path();
  for (const std::string_view folder : kModuleFolders) {
    const std::filesystem::path file = platform::library_file((program / folder).lexically_normal(), kModule);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) continue;
    const auto found = platform::function_in_library(file, kConnect);
    if (found) return reinterpret_cast<Connect*>(*found);
    return fail(
        ErrorCode::missing_program,
        fmt::format("PostgreSQL's client library cannot be loaded; install libpq5 and libpqxx. ({})", found.error()));
  }
  return fail(ErrorCode::missing_program,
              fmt::format("The module {}, which is needed to connect to a database, is missing; put it beside the "
                          "program ({}).",
                          platform::library_file({}, kModule).string(), platform::program_path().string()));
}

Result<Connect*> connect_function() {
  static const Result<Connect*> kFound = load_connect();
  return kFound;
}

}  // namespace

std::string array_literal(const std::vector<std::string>& texts) {
  std::string literal = "{";
  for (const std::string& text : texts) {
    literal += literal.size() > 1 ? ",\"" : "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') literal += '\\';
      literal += c;
    }
    literal += '"';
  }
  return literal += '}';
}

Session::Session(std::unique_ptr<DatabaseConnection> connection, std::string label)
    : connection_(std::move(connection)), label_(std::move(label)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::open(const ConnectionString& target) {
  const auto connect = connect_function();
  if (!connect) return fail(connect.error());
  std::string secret = target.secret();
  std::optional<IdentityFiles> identity;  // libpq reads the files while it connects
  if (target.identity()) {
    auto made = IdentityFiles::make(*target.identity());
    if (!made) return fail(made.error());
    identity = std::move(*made);
    secret += identity->settings();
  }
  Result<std::unique_ptr<DatabaseConnection>> connection;
  (*connect)(secret, target.label(), connection);
  if (!connection) return fail(connection.error());
  return Session(std::move(*connection), target.label());
}

Result<void> Session::execute(std::string_view sql, std::stop_token stop) {
  return connection_->execute(sql, std::move(stop));
}

ScriptResult Session::run_script(std::string_view sql, std::stop_token stop) {
  return connection_->run_script(sql, std::move(stop));
}

bool Session::in_transaction() const {
  return connection_->in_transaction();
}

Result<std::vector<Row>> Session::query(std::string_view sql,
                                        const std::vector<std::optional<std::string>>& parameters) {
  return connection_->query(sql, parameters);
}

Result<std::vector<std::vector<Row>>> Session::query_together(const std::vector<std::string>& queries,
                                                              std::string_view schema) {
  return connection_->query_together(queries, schema);
}

int Session::server_version() const {
  return connection_->server_version();
}

const std::string& Session::label() const {
  return label_;
}

}  // namespace refract::live
