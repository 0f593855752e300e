#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "live/connection.h"
#include "support/result.h"

namespace refract::live {

// Where a verification runs.
struct VerifyPlace {
  // A server of the user's own, where the migrations need roles, extensions or settings that a temporary one lacks.
  // nullopt: a temporary server.
  std::optional<ConnectionString> server = std::nullopt;
  // The database that `server` names is the project's own, which never serves itself, empty or not.
  bool names_own_database = false;
  std::string preparation = {};  // SQL to run before the first migration (prisma.config's migrations.initShadowDb)
};

// An empty database for one verification, gone with the object: on a temporary server; or created on the server given;
// or, where the role may not create one, the very database that the URL names, if it is empty and not the project's,
// and emptied afterwards.
class VerifyDatabase {
 public:
  // Errors: those of TemporaryServer and Session; conflict, when the role may not create a database and the one named
  // is the project's or not empty.
  static Result<VerifyDatabase> make(const VerifyPlace& place, std::stop_token stop);

  VerifyDatabase(VerifyDatabase&&) noexcept;
  VerifyDatabase& operator=(VerifyDatabase&&) noexcept;
  ~VerifyDatabase();

  const ConnectionString& connection() const;

 private:
  struct State;
  explicit VerifyDatabase(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refract::live
