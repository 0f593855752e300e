#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "live/connection.h"
#include "live/database_connection.h"
#include "support/result.h"

namespace refract::live {

// PostgreSQL's literal of a text[], for a parameter.
std::string array_literal(const std::vector<std::string>& texts);

// One connection to PostgreSQL, outside any transaction unless the SQL begins one.
class Session {
 public:
  // Errors: database_unreachable, whose message has the connection's label and never its secret; missing_program, if
  // PostgreSQL's client library is not installed.
  static Result<Session> open(const ConnectionString& target);

  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  // Runs one or several statements by the simple protocol, as Prisma does: several make one implicit transaction.
  // A stop request cancels the running statement on the server.
  // Errors: database_rights (SQLSTATE 42501), database_unreachable (the connection broke), database_failed.
  Result<void> execute(std::string_view sql, std::stop_token stop = {});

  // The same for a script of which one has to know how far it came.
  ScriptResult run_script(std::string_view sql, std::stop_token stop = {});

  // Whether the SQL run so far left a transaction open, failed or not.
  bool in_transaction() const;

  // Runs one statement with parameters $1, $2, … and returns its rows.
  Result<std::vector<Row>> query(std::string_view sql, const std::vector<std::optional<std::string>>& parameters = {});

  // Runs queries without parameters, all of them as of one moment, and returns each one's rows.
  // Names that PostgreSQL prints are left unqualified in `schema` alone, whatever search_path the role has.
  Result<std::vector<std::vector<Row>>> query_together(const std::vector<std::string>& queries,
                                                       std::string_view schema = "public");

  // PostgreSQL's server_version_num: 150018.
  int server_version() const;

  // The target's label, for messages.
  const std::string& label() const;

 private:
  Session(std::unique_ptr<DatabaseConnection> connection, std::string label);
  std::unique_ptr<DatabaseConnection> connection_;
  std::string label_;
};

}  // namespace refract::live
