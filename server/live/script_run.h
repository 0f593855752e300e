#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "live/session.h"
#include "migrate/history/script_units.h"

namespace refract::live {

// Why a script ended before its end, and what of it took effect.
struct ScriptFailure {
  Error error;                                // PostgreSQL's message, without its place
  std::optional<migrate::ScriptPlace> place;  // in the script; nullopt: at its end, or not known
  std::size_t statement = 0;                  // the one that failed, from 1; 0: not known
  std::size_t done = 0;                       // so many statements, from the first, took effect
  std::size_t taken_back = 0;                 // of these, undone by the script itself: ROLLBACK
  bool certain = true;                        // false: the failed statement may have taken effect in part
  std::vector<std::string> left;              // what it left behind: "the invalid index by_id"
  bool lost = false;                          // the connection broke, and the server may have gone on

  bool left_nothing() const { return done == 0 && certain && left.empty() && !lost; }
  // `line 3, column 8: relation "x" does not exist`.
  std::string message() const;
};

// How the progress of a script is recorded. `done`: so many statements took effect, all of them at the end.
struct ScriptRecord {
  // First within each transaction of ours; where it fails, so do the statements.
  std::function<Result<void>()> begin = {};
  // Within the transaction of the statements where they have one of ours, else after them.
  std::function<Result<void>(std::size_t done)> mark = {};
  // The same as SQL, for what is sent in one message with statements that have transactions of their own.
  std::function<std::string(std::size_t done)> mark_sql = {};
};

// Runs the units of a script. Ends without an open transaction, whether it ends well or
// not. What the script sets stays set, as in Prisma's one session.
// nullopt: all of it took effect and is marked. A mark that fails is the failure of its statements.
std::optional<ScriptFailure> run_script(Session& session, const migrate::Script& script,
                                        const ScriptRecord& record = {}, std::stop_token stop = {});

}  // namespace refract::live
