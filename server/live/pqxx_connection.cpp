// The module refract_postgres (database_connection.h), the one place that includes libpqxx: what it throws becomes an
// Error here.

#include <fmt/format.h>
#include <libpq-fe.h>

#include <cstdlib>

#include <pqxx/pipeline>
#include <pqxx/pqxx>

#include <optional>

#include "live/database_connection.h"

namespace refract::live {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// libpq's text names user and host and may be in the server's language: only its known reasons are passed on.
std::string unreachable(const std::string& label, std::string_view said) {
  std::string_view reason = "the connection failed; check the URL and that the server is running";
  if (contains(said, "Connection refused") || contains(said, "No such file or directory")) {
    reason = "nothing listens there; start the server or correct host and port";
  } else if (contains(said, "password authentication failed") || contains(said, "no password supplied")) {
    reason = "the server refused the user name or password";
  } else if (contains(said, "could not translate host name")) {
    reason = "the host name is unknown; check its spelling";
  } else if (contains(said, "certificate verify failed") || contains(said, "does not match host name")) {
    reason = "the server's certificate is not the one that the URL asks for; check its sslcert and host";
  } else if (contains(said, "certificate") || contains(said, "private key")) {
    reason = "a certificate of the URL cannot be used; check sslcert and sslidentity";
  } else if (contains(said, "does not support SSL")) {
    reason = "the server does not support TLS, which the URL requires; enable it on the server";
  } else if (contains(said, "starting up") || contains(said, "shutting down") || contains(said, "recovery mode")) {
    reason = "the server is starting or stopping; try again in a moment";
  } else if (contains(said, "not permitted to log in") || contains(said, "permission denied for database")) {
    reason = "this user may not connect to the database; grant LOGIN and CONNECT";
  } else if (contains(said, "does not exist")) {
    reason = "the database or the user does not exist on the server; create it or correct the URL";
  } else if (contains(said, "pg_hba.conf")) {
    reason = "the server does not accept this user from this host; add a line to its pg_hba.conf";
  } else if (contains(said, "timeout") || contains(said, "timed out")) {
    reason = "the server did not answer in time";
  } else if (contains(said, "SSL")) {
    reason = "the TLS handshake failed; check the URL's sslmode";
  } else if (contains(said, "too many")) {
    reason = "the server has no free connection; try again later";
  }
  return fmt::format("Cannot connect to the {}: {}.", label, reason);
}

// PostgreSQL's message without the "ERROR:  " before and the line break after.
std::string server_message(std::string_view said) {
  if (said.starts_with("ERROR:")) said.remove_prefix(6);
  while (said.starts_with(' ')) said.remove_prefix(1);
  while (!said.empty() && (said.back() == '\n' || said.back() == ' ')) said.remove_suffix(1);
  return std::string(said);
}

// libpqxx gives the last result of a script and keeps its handle to itself; how far a script came is known from the
// number of results, which libpq gives one by one on the same connection.
#if PQXX_VERSION_MAJOR < 7
class Connection : public pqxx::connection_base {
 public:
  explicit Connection(const std::string& secret) : connection_base(policy_), policy_(secret) { init(); }
  ~Connection() { close(); }
  PGconn* handle() const { return policy_.handle; }

 private:
  struct Policy : pqxx::connect_direct {
    using connect_direct::connect_direct;
    PGconn* do_startconnect(PGconn* before) override { return handle = connect_direct::do_startconnect(before); }
    PGconn* handle = nullptr;
  };
  Policy policy_;
};
#else
class Connection : public pqxx::connection {
 public:
  explicit Connection(const std::string& secret) : Connection(PQconnectdb(secret.c_str())) {}
  PGconn* handle() const { return handle_; }

 private:
  explicit Connection(PGconn* handle) : pqxx::connection(seize_raw_connection(handle)), handle_(handle) {}
  PGconn* handle_;
};
#endif

struct State {
  explicit State(const std::string& secret, std::string name) : connection(secret), label(std::move(name)) {}
  Connection connection;
  std::string label;
};

// Runs `work` and turns what libpqxx throws into an Error.
template <class Work>
auto guarded(const std::string& label, Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const pqxx::insufficient_privilege& thrown) {
    return fail(ErrorCode::database_rights, server_message(thrown.what()));
  } catch (const pqxx::sql_error& thrown) {
    // 25006: read_only_sql_transaction.
    if (thrown.sqlstate() == "25006") {
      return fail(
          ErrorCode::database_rights,
          fmt::format("The {} accepts no writes: it is a standby, or its sessions are read-only; connect to the "
                      "primary, or as a role that may write.",
                      label));
    }
    return fail(ErrorCode::database_failed, server_message(thrown.what()));
  } catch (const pqxx::broken_connection&) {
    return fail(ErrorCode::database_unreachable, fmt::format("The connection to the {} was lost.", label));
  } catch (const std::exception& thrown) {
    return fail(ErrorCode::database_failed, server_message(thrown.what()));
  }
}

// The settings by which the server ends an idle connection or a long transaction; a role or database can set them. This
// program may be idle between statements.
std::vector<std::string> breaking_settings(int version) {
  std::vector<std::string> names{"idle_in_transaction_session_timeout"};
  if (version >= 140000) names.emplace_back("idle_session_timeout");
  if (version >= 170000) names.emplace_back("transaction_timeout");
  return names;
}

// The `options` of a connection string in libpq's form.
std::string options_in(const std::string& secret) {
  PQconninfoOption* all = PQconninfoParse(secret.c_str(), nullptr);
  std::string options;
  for (const PQconninfoOption* one = all; one != nullptr && one->keyword != nullptr; ++one) {
    if (std::string_view(one->keyword) == "options" && one->val != nullptr) options = one->val;
  }
  PQconninfoFree(all);
  return options;
}

std::string quoted_setting(std::string_view value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text += '\'';
}

// Connects so that the server does not break the connection while it waits. Settings given at the start win over those
// of role and database, and RESET leads back to them; a pooler may refuse them, and they are set afterwards then.
std::unique_ptr<State> connected(const std::string& secret, const std::string& label) {
  auto state = std::make_unique<State>(secret, label);
  const std::vector<std::string> names = breaking_settings(state->connection.server_version());
  bool breaks = false;
  try {
    std::string question = "SET client_min_messages = error; SELECT true";
    for (const std::string& name : names) question += fmt::format(" AND pg_catalog.current_setting('{}') = '0'", name);
    breaks = std::string_view(pqxx::nontransaction(state->connection).exec(question).at(0).at(0).c_str()) != "t";
  } catch (const pqxx::broken_connection&) {
    breaks = true;  // it was idle for too long already
  }
  if (!breaks) return state;
  std::string options = options_in(secret);
  std::string set = "SET client_min_messages = error";
  for (const std::string& name : names) {
    options += fmt::format(" -c {}=0", name);
    set += fmt::format("; SET {} = 0", name);
  }
  try {
    state = std::make_unique<State>(secret + " options=" + quoted_setting(options), label);
  } catch (const pqxx::broken_connection&) {
    state = std::make_unique<State>(secret, label);
  }
  pqxx::nontransaction(state->connection).exec(set);
  return state;
}

class PqxxConnection : public DatabaseConnection {
 public:
  explicit PqxxConnection(std::unique_ptr<State> state) : state_(std::move(state)) {}

  Result<void> execute(std::string_view sql, std::stop_token stop) override;
  ScriptResult run_script(std::string_view sql, std::stop_token stop) override;
  bool in_transaction() const override;
  Result<std::vector<Row>> query(std::string_view sql,
                                 const std::vector<std::optional<std::string>>& parameters) override;
  Result<std::vector<std::vector<Row>>> query_together(const std::vector<std::string>& queries,
                                                       std::string_view schema) override;
  int server_version() const override;

 private:
  std::unique_ptr<State> state_;
};

// While the result lives, a request to stop cancels the query that the connection runs.
auto cancels_query(Connection& connection, const std::stop_token& stop) {
  return std::stop_callback(stop, [&connection] {
    try {
      connection.cancel_query();
    } catch (const std::exception&) {
      // The statement then runs to its end; the caller finds the token set.
    }
  });
}

Result<void> PqxxConnection::execute(std::string_view sql, std::stop_token stop) {
  return guarded(state_->label, [&]() -> Result<void> {
    pqxx::nontransaction work(state_->connection);
    const auto cancelling = cancels_query(state_->connection, stop);
    work.exec(std::string(sql));
    return {};
  });
}

// Constants in expressions are printed by these settings, which a role or database may have its own of.
constexpr const char* kPlainOutput =
    "SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC'; "
    "SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL lc_monetary = 'C'; "
    "SET LOCAL quote_all_identifiers = off";

std::vector<Row> rows_of(const pqxx::result& result) {
  std::vector<Row> rows;
  rows.reserve(static_cast<std::size_t>(result.size()));
  for (const auto& row : result) {
    Row fields;
    fields.reserve(static_cast<std::size_t>(row.size()));
    for (const auto& field : row)
      fields.push_back(field.is_null() ? std::nullopt : std::optional<std::string>(field.c_str()));
    rows.push_back(std::move(fields));
  }
  return rows;
}

Result<std::vector<std::vector<Row>>> PqxxConnection::query_together(const std::vector<std::string>& queries,
                                                                     std::string_view schema) {
  return guarded(state_->label, [&]() -> Result<std::vector<std::vector<Row>>> {
    // Both major versions of libpqxx know this class; they name the isolation levels of others differently.
    pqxx::nontransaction work(state_->connection);
    std::vector<std::vector<Row>> answers;
    try {
      work.exec("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = " +
                work.quote_name(std::string(schema)));
      work.exec(kPlainOutput);
      // The pipeline holds what it is given until the first answer is asked for, and sends it as one message.
      pqxx::pipeline together(work);
      together.retain(static_cast<int>(queries.size()) + 1);
      std::vector<pqxx::pipeline::query_id> sent;
      for (const std::string& query : queries) sent.push_back(together.insert(query));
      together.insert("COMMIT");
      for (const auto id : sent) answers.push_back(rows_of(together.retrieve(id)));
      together.complete();
    } catch (const std::exception&) {
      try {
        work.exec("ROLLBACK");
      } catch (const std::exception&) {
        // The connection is gone, and its transaction with it.
      }
      throw;
    }
    return answers;
  });
}

pqxx::result exec_with(pqxx::nontransaction& work, const std::string& sql,
                       const std::vector<std::optional<std::string>>& parameters) {
#if PQXX_VERSION_MAJOR < 7
  std::vector<const char*> values;
  for (const auto& parameter : parameters) values.push_back(parameter ? parameter->c_str() : nullptr);
  return work.exec_params(sql, pqxx::prepare::make_dynamic_params(values));
#else
  pqxx::params values;
  for (const auto& parameter : parameters) values.append(parameter);
#if PQXX_VERSION_MINOR < 10
  return work.exec_params(sql, values);
#else
  return work.exec(sql, values);
#endif
#endif
}

Result<std::vector<Row>> PqxxConnection::query(std::string_view sql,
                                               const std::vector<std::optional<std::string>>& parameters) {
  return guarded(state_->label, [&]() -> Result<std::vector<Row>> {
    pqxx::nontransaction work(state_->connection);
    const std::string text(sql);
    return rows_of(parameters.empty() ? work.exec(text) : exec_with(work, text, parameters));
  });
}

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using OwnedResult = std::unique_ptr<PGresult, ClearResult>;

std::string field_of(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? "" : text;
}

// libpq counts characters from 1.
std::size_t byte_offset(std::string_view text, const std::string& position) {
  std::size_t at = 0;
  for (long passed = std::atol(position.c_str()) - 1; passed > 0 && at < text.size(); --passed) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

StatementError statement_error(const PGresult* result, std::string_view sql) {
  StatementError failure;
  failure.state = field_of(result, PG_DIAG_SQLSTATE);
  failure.error = {failure.state == "42501" ? ErrorCode::database_rights : ErrorCode::database_failed,
                   field_of(result, PG_DIAG_MESSAGE_PRIMARY)};
  if (failure.error.message.empty()) failure.error.message = server_message(PQresultErrorMessage(result));
  for (const auto& [code, title] : {std::pair(PG_DIAG_MESSAGE_DETAIL, "DETAIL"), {PG_DIAG_MESSAGE_HINT, "HINT"}}) {
    if (const std::string text = field_of(result, code); !text.empty())
      failure.error.message += fmt::format("\n{}:  {}", title, text);
  }
  if (const std::string position = field_of(result, PG_DIAG_STATEMENT_POSITION); !position.empty())
    failure.offset = byte_offset(sql, position);
  return failure;
}

// Rows that a COPY sends are passed over; one that reads rows from a client gets none.
void end_copy(PGconn* handle, ExecStatusType status) {
  if (status != PGRES_COPY_OUT) PQputCopyEnd(handle, "a script cannot contain the rows of COPY FROM STDIN");
  if (status == PGRES_COPY_IN) return;
  char* row = nullptr;
  while (PQgetCopyData(handle, &row, 0) > 0) PQfreemem(row);
}

ScriptResult PqxxConnection::run_script(std::string_view sql, std::stop_token stop) {
  PGconn* handle = state_->connection.handle();
  ScriptResult outcome;
  const auto cancelling = cancels_query(state_->connection, stop);
  const auto lost = [&] {
    outcome.failure = StatementError{
        {ErrorCode::database_unreachable, fmt::format("The connection to the {} was lost.", state_->label)}, {}};
    return outcome;
  };
  if (PQsendQuery(handle, std::string(sql).c_str()) == 0) return lost();
  while (const OwnedResult result{PQgetResult(handle)}) {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
      end_copy(handle, status);
    } else if (status == PGRES_FATAL_ERROR) {
      if (PQstatus(handle) != CONNECTION_OK) return lost();
      if (!outcome.failure) outcome.failure = statement_error(result.get(), sql);
    } else if (status != PGRES_EMPTY_QUERY) {
      ++outcome.completed;
    }
  }
  return PQstatus(handle) == CONNECTION_OK ? outcome : lost();
}

bool PqxxConnection::in_transaction() const {
  const auto status = PQtransactionStatus(state_->connection.handle());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

int PqxxConnection::server_version() const {
  return state_->connection.server_version();
}

Result<std::unique_ptr<DatabaseConnection>> connect(const std::string& secret, const std::string& label) {
  try {
    auto state = connected(secret, label);
    // Notices ("relation already exists, skipping") are not for stderr.
    PQsetErrorVerbosity(state->connection.handle(), PQERRORS_DEFAULT);
    try {
      pqxx::nontransaction(state->connection).exec("SET lc_messages = 'C'");
    } catch (const pqxx::sql_error&) {
      // Only superusers may: for others the server's messages are in its own language.
    }
    return std::make_unique<PqxxConnection>(std::move(state));
  } catch (const std::exception& thrown) {
    return fail(ErrorCode::database_unreachable, unreachable(label, thrown.what()));
  }
}

}  // namespace
}  // namespace refract::live

#ifdef _WIN32
__declspec(dllexport)
#endif
    extern "C" void refract_connect(const std::string& secret, const std::string& label,
                                    refract::Result<std::unique_ptr<refract::live::DatabaseConnection>>& connection) {
  connection = refract::live::connect(secret, label);
}
