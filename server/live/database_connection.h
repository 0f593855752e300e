#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace refract::live {

// One row as text; nullopt is SQL's NULL.
using Row = std::vector<std::optional<std::string>>;

// Why a statement of a script failed.
struct StatementError {
  Error error;                             // as of Session::execute; the message without its place
  std::string state;                       // SQLSTATE; empty where the connection broke
  std::size_t offset = std::string::npos;  // of the place that the server names, in bytes of the script
};

// What became of a script.
struct ScriptResult {
  std::size_t completed = 0;  // statements that ended well, before the one that failed
  std::optional<StatementError> failure;
};

// What a Session forwards to; see there. Implemented in a module of its own, which is loaded for the first connection:
// libpq brings twenty libraries (Kerberos, LDAP, TLS), and loading them would double the time that the language server
// and `refract check` take to start, which never connect.
class DatabaseConnection {
 public:
  virtual ~DatabaseConnection() = default;
  virtual Result<void> execute(std::string_view sql, std::stop_token stop) = 0;
  virtual ScriptResult run_script(std::string_view sql, std::stop_token stop) = 0;
  virtual bool in_transaction() const = 0;
  virtual Result<std::vector<Row>> query(std::string_view sql,
                                         const std::vector<std::optional<std::string>>& parameters) = 0;
  virtual Result<std::vector<std::vector<Row>>> query_together(const std::vector<std::string>& queries,
                                                               std::string_view schema) = 0;
  virtual int server_version() const = 0;
};

// The module's file, without what the system adds, and the one function that it offers.
inline constexpr const char* kModule = "refract_postgres";
inline constexpr const char* kConnect = "refract_connect";
// `secret`: in libpq's form; `label`: for messages. Errors: database_unreachable.
using Connect = void(const std::string& secret, const std::string& label,
                     Result<std::unique_ptr<DatabaseConnection>>& connection);

}  // namespace refract::live
