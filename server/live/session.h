#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "live/connection.h"
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

// PostgreSQL's literal of a text[], for a parameter.
std::string array_literal(const std::vector<std::string>& texts);

// One connection to PostgreSQL, outside any transaction unless the SQL says so. The one place that includes
// libpqxx: what it throws becomes an Error here.
class Session {
 public:
  // Errors: database_unreachable, in our words, with the connection's label and never its secret.
  static Result<Session> open(const ConnectionString& target);

  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  // Runs one or several statements by the simple protocol, as Prisma does: several make one implicit transaction.
  // Asked to stop, it has the server break off what it is doing.
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
  struct State;
  explicit Session(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refract::live
