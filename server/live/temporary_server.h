#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "live/connection.h"
#include "support/result.h"

namespace refract::live {

// A PostgreSQL server of our own in a temporary folder: unix socket only, no durability, removed with the object.
// Should this process die before that, the kernel ends the server and a child that outlives us removes the folder.
// Under root it runs as the user "postgres" (or "nobody"), because PostgreSQL refuses root.
class TemporaryServer {
 public:
  // Errors: missing_program, when PostgreSQL's server programs are not installed (looked for in
  // $REFRACT_POSTGRES_BIN, PATH and /usr/lib/postgresql/*/bin); internal, with what initdb or postgres said;
  // cancelled.
  static Result<TemporaryServer> start(std::stop_token stop = {});

  // Whether PostgreSQL's server programs are here.
  static bool available();

  TemporaryServer(TemporaryServer&&) noexcept;
  TemporaryServer& operator=(TemporaryServer&&) noexcept;
  ~TemporaryServer();

  // The database "postgres" of the server.
  const ConnectionString& connection() const;
  // A new, empty database. Errors: database_failed.
  Result<ConnectionString> create_database(const std::string& name) const;

 private:
  struct State;
  explicit TemporaryServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refract::live
