#pragma once

#include <span>
#include <string>
#include <vector>

#include "live/session.h"
#include "migrate/history/history.h"

namespace refract::live {

// A statement of a migration of which it is known before it runs that PostgreSQL refuses it.
struct KnownFailure {
  std::string place;        // path:line:column
  std::string message;      // a sentence without its full stop
  bool unparsed = false;    // no server reads it
  bool unsendable = false;  // it cannot even be tried: a NUL byte
};

// Those of the migrations that are to be applied. What the grammar in use refuses counts where the server's does, too;
// what the offline replay says about objects counts where a replay onto the structure that the database has says it
// too. `schema`: that of the URL. Errors: those of introspect.
Result<std::vector<KnownFailure>> known_failures(Session& session, const std::string& schema,
                                                 const migrate::History& history,
                                                 std::span<const migrate::Migration* const> pending);

}  // namespace refract::live
