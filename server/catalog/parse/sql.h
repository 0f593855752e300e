#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "catalog/parse/sending.h"
#include "catalog/search_path.h"
#include "catalog/step.h"
#include "support/result.h"

namespace refract::catalog {

struct SqlError {
  std::string message;  // our words where we raise it, PostgreSQL's where its grammar does
  SqlRange range;
};

struct ParsedSql {
  std::vector<Step> steps;                // in the order of the text; one ALTER TABLE with three actions is three steps
  std::vector<SqlError> errors;           // a text that does not parse has exactly one, and no steps
  std::vector<SentStatement> statements;  // every one, in the order of the text; none where it does not parse
};

// Lowers SQL by PostgreSQL's own grammar (libpg_query). Unqualified names stay unresolved (schema empty) until
// replay, which knows search_path.
ParsedSql parse_sql(std::string_view sql);

// Statement by statement: those that the grammar refuses are errors, one each, and the others' steps are kept. For
// texts with a mistake in them, written for another program (psql's own commands) or for a newer PostgreSQL.
ParsedSql parse_leniently(std::string_view sql);

// The same for many texts, answers in their order, byte ranges relative to each text. Faster than one by one: the
// valid texts go through the grammar together.
std::vector<ParsedSql> parse_many(std::span<const std::string_view> texts);

struct ReplayIssue {
  std::size_t step = 0;  // index into the steps
  bool error = false;    // true: PostgreSQL would have raised it (missing column, duplicate table); false: opaque
  std::string message;
};

// Applies the steps to the catalog as PostgreSQL would, implied names and CASCADE included. After an issue of
// kind error the catalog is as that step left it (unchanged by it) and replay goes on with the next step.
std::vector<ReplayIssue> replay(std::span<const Step> steps, Catalog& catalog);

class Replayer;

// What a session holds beside the catalog, between two texts.
struct ReplayState {
  SearchPath path{{"public"}};
  bool uncertain = false;  // something opaque went before
};

// Replays text after text onto one catalog as one connection would: the search_path that a text sets, its temporary
// tables and a transaction that it leaves open are there for the next.
class Replay {
 public:
  explicit Replay(Catalog& catalog, ReplayState state = {});  // `catalog` has to stay where it is
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;
  ~Replay();

  std::vector<ReplayIssue> run(std::span<const Step> steps);
  // Of a text that is run step by step, from the first to the last, the one at `at`: afterwards that is the next, past
  // those that it took along.
  std::vector<ReplayIssue> run_step(std::span<const Step> text, std::size_t& at);
  // With the catalog as it is, where a later session may go on from. nullopt: a transaction is open.
  std::optional<ReplayState> state() const;
  // Ends the session: temporary tables go.
  void finish();
  bool has_temporary_tables() const;
  // Where unqualified names are looked for at this moment.
  const std::vector<std::string>& search_path() const;

 private:
  std::unique_ptr<Replayer> replayer_;
};

}  // namespace refract::catalog
