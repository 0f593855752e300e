#pragma once

#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace refract {

// What went wrong outside the program: files, clients, databases. Bad schema text is never an Error but data
// (diagnostics). The front ends map codes to exit codes and to JSON-RPC errors.
enum class ErrorCode {
  usage,                 // a wrong argument or option
  not_found,             // a file, folder, declaration or migration that does not exist
  unreadable,            // exists, but cannot be read (permission, not UTF-8, a folder instead of a file)
  unwritable,            // cannot be created or written
  invalid_input,         // read, but malformed: SQL or JSON with a syntax error
  invalid_schema,        // the operation needs a schema without errors
  conflict,              // a replay or a rename that contradicts what exists
  database_unreachable,  // connection refused, unknown host, wrong password
  database_rights,       // connected, but not allowed
  database_failed,       // a statement failed
  missing_program,       // PostgreSQL's programs, npm and the like are not installed
  cancelled,             // the result is no longer needed
  internal,              // a defect of ours
};

// Where in a file; line and column count from 1, columns in characters.
struct ErrorPlace {
  std::string file;
  unsigned line = 1;
  unsigned column = 1;

  bool operator==(const ErrorPlace&) const = default;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  // One plain sentence: which thing, what is wrong, what to do. Never holds a connection string or other secret.
  std::string message;
  std::optional<ErrorPlace> at = {};  // which the message does not repeat

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string message) {
  return std::unexpected(Error{code, std::move(message)});
}
inline std::unexpected<Error> fail(Error error) {
  return std::unexpected(std::move(error));
}

}  // namespace refract
