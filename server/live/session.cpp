#include "live/session.h"

#include <fmt/format.h>

#include <pqxx/pipeline>
#include <pqxx/pqxx>

namespace refract::live {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// libpq's text names user and host and may be in the server's language: only its known reasons are passed on.
std::string unreachable(const ConnectionString& target, std::string_view said) {
  std::string_view reason = "the connection failed; check the URL and that the server is running";
  if (contains(said, "Connection refused") || contains(said, "No such file or directory")) {
    reason = "nothing listens there; start the server or correct host and port";
  } else if (contains(said, "password authentication failed") || contains(said, "no password supplied")) {
    reason = "the server refused the user name or password";
  } else if (contains(said, "could not translate host name")) {
    reason = "the host name is not known; check its spelling";
  } else if (contains(said, "does not exist")) {
    reason = "the server knows no such database or user; create it or correct the URL";
  } else if (contains(said, "pg_hba.conf")) {
    reason = "the server does not let this user in from here; add a line to its pg_hba.conf";
  } else if (contains(said, "timeout") || contains(said, "timed out")) {
    reason = "the server did not answer in time";
  } else if (contains(said, "SSL")) {
    reason = "the TLS handshake failed; check the URL's sslmode";
  } else if (contains(said, "too many")) {
    reason = "the server has no connection left; try again later";
  }
  return fmt::format("Cannot connect to the {}: {}.", target.label(), reason);
}

// PostgreSQL's message without the "ERROR:  " before and the line break behind.
std::string server_message(std::string_view said) {
  if (said.starts_with("ERROR:")) said.remove_prefix(6);
  while (said.starts_with(' ')) said.remove_prefix(1);
  while (!said.empty() && (said.back() == '\n' || said.back() == ' ')) said.remove_suffix(1);
  return std::string(said);
}

}  // namespace

struct Session::State {
  explicit State(const std::string& secret, std::string name) : connection(secret), label(std::move(name)) {}
  pqxx::connection connection;
  std::string label;
};

namespace {

// Runs `work` and turns what libpqxx throws into an Error.
template <class Work>
auto guarded(const std::string& label, Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const pqxx::insufficient_privilege& thrown) {
    return fail(ErrorCode::database_rights, server_message(thrown.what()));
  } catch (const pqxx::sql_error& thrown) {
    return fail(ErrorCode::database_failed, server_message(thrown.what()));
  } catch (const pqxx::broken_connection&) {
    return fail(ErrorCode::database_unreachable, fmt::format("The connection to the {} broke.", label));
  } catch (const std::exception& thrown) {
    return fail(ErrorCode::database_failed, server_message(thrown.what()));
  }
}

}  // namespace

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::open(const ConnectionString& target) {
  try {
    auto state = std::make_unique<State>(target.secret(), target.label());
    // Notices ("relation already exists, skipping") are not for stderr.
    state->connection.set_verbosity(pqxx::connection_base::normal);
    pqxx::nontransaction(state->connection).exec("SET client_min_messages = error");
    try {
      pqxx::nontransaction(state->connection).exec("SET lc_messages = 'C'");
    } catch (const pqxx::sql_error&) {
      // Only superusers may: for others the server speaks its own language.
    }
    return Session(std::move(state));
  } catch (const std::exception& thrown) {
    return fail(ErrorCode::database_unreachable, unreachable(target, thrown.what()));
  }
}

Result<void> Session::execute(std::string_view sql, std::stop_token stop) {
  return guarded(state_->label, [&]() -> Result<void> {
    pqxx::nontransaction work(state_->connection);
    const std::stop_callback break_off(stop, [this] {
      try {
        state_->connection.cancel_query();
      } catch (const std::exception&) {
        // The statement then runs to its end; whoever asked finds the token set.
      }
    });
    work.exec(std::string(sql));
    return {};
  });
}

namespace {

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

}  // namespace

Result<std::vector<std::vector<Row>>> Session::query_together(const std::vector<std::string>& queries) {
  return guarded(state_->label, [&]() -> Result<std::vector<std::vector<Row>>> {
    // Both major versions of libpqxx know this class; they name the isolation levels of others differently.
    pqxx::nontransaction work(state_->connection);
    std::vector<std::vector<Row>> answers;
    try {
      work.exec("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = public");
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

Result<std::vector<Row>> Session::query(std::string_view sql,
                                        const std::vector<std::optional<std::string>>& parameters) {
  return guarded(state_->label, [&]() -> Result<std::vector<Row>> {
    pqxx::nontransaction work(state_->connection);
    std::vector<const char*> values;
    for (const auto& parameter : parameters) values.push_back(parameter ? parameter->c_str() : nullptr);
    const pqxx::result result = values.empty()
                                    ? work.exec(std::string(sql))
                                    : work.exec_params(std::string(sql), pqxx::prepare::make_dynamic_params(values));
    return rows_of(result);
  });
}

Result<bool> Session::in_transaction() {
  // now() stands still within a transaction. Outside of one, and by the simple protocol (the other one begins the
  // transaction a little before the statement), it is the time of the statement.
  auto rows = query("SELECT now() <> statement_timestamp()");
  if (!rows) return fail(rows.error());
  return rows->at(0).at(0) == "t";
}

int Session::server_version() const {
  return state_->connection.server_version();
}

}  // namespace refract::live
