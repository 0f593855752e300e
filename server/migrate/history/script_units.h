#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/parse/sending.h"

// How a script is sent to PostgreSQL: `deploy`, `rollback` and `verify` send it so, and what they would run into is
// known from here without a database.
namespace refract::migrate {

enum class UnitKind {
  transaction,  // every statement may run in a transaction block: one is put around them
  as_written,   // sent in one message as it is: it begins and ends transactions itself, or is a lone DO or CALL
  alone,        // one statement that refuses a transaction block
};

// Consecutive statements that are sent together.
struct ScriptUnit {
  UnitKind kind = UnitKind::transaction;
  std::size_t first = 0;  // of Script::statements
  std::size_t count = 0;

  friend bool operator==(const ScriptUnit&, const ScriptUnit&) = default;
};

struct Script {
  std::string_view sql;                            // the text it was read from
  std::vector<catalog::SentStatement> statements;  // all of it
  std::vector<ScriptUnit> units;                   // the statements to run, each in one unit; none: nothing to run
  bool closed = true;                              // every transaction that it begins ends

  // Whether all of it takes effect or nothing.
  bool one_transaction() const;
  // What is sent for a unit, and where in `sql` that begins. A script that is one unit is sent whole.
  struct Sent {
    std::string_view text;
    std::size_t begin = 0;
  };
  Sent sent(const ScriptUnit& unit) const;
  // Of the statements of a unit that is sent as written, the number that have taken effect where the one at `failed`
  // (counted within the unit) fails: those up to the last COMMIT.
  std::size_t committed(const ScriptUnit& unit, std::size_t failed) const;
  // Of the first `done` statements, those that the script itself takes back by ROLLBACK or ROLLBACK TO, in their order.
  std::vector<std::size_t> taken_back(std::size_t done) const;

 private:
  std::string savepoint_of(std::size_t at) const;  // the name in SAVEPOINT and ROLLBACK TO
};

// `sql` has to outlive the answer. `first`: the statements before it took effect already and are in no unit.
Script read_script(std::string_view sql, std::size_t first = 0);

// What PostgreSQL refuses because of how a script would be sent, whatever the database holds.
struct ScriptProblem {
  catalog::SqlRange range;
  std::string message;  // one sentence, without a full stop
};
std::vector<ScriptProblem> script_problems(std::span<const catalog::SentStatement> statements);

// A place in a text, counted from 1; columns in characters.
struct ScriptPlace {
  std::size_t line = 1;
  std::size_t column = 1;
};
// Its column alone, for which the lines before need not be counted.
std::size_t column_of(std::string_view sql, std::size_t offset);
ScriptPlace place_of(std::string_view sql, std::size_t offset);

}  // namespace refract::migrate
