#pragma once

#include <string_view>
#include <vector>

#include "catalog/step.h"
#include "catalog/tree/tree.h"

namespace refract::catalog {

// How PostgreSQL requires a statement to be sent.
enum class Sending {
  anywhere,     // inside or outside of a transaction
  begins,       // opens a transaction block: BEGIN, START TRANSACTION
  ends,         // ends the block: COMMIT, ROLLBACK, PREPARE TRANSACTION
  continues,    // ends the block and opens the next one: COMMIT AND CHAIN
  alone,        // refuses a transaction block: CREATE INDEX CONCURRENTLY, VACUUM
  in_block,     // refuses to run outside of an explicit block: SAVEPOINT, RELEASE, ROLLBACK TO
  procedure,    // DO, CALL: may end transactions itself if it is sent alone
  never,        // a DO block that always fails: it runs a command that PostgreSQL refuses inside a function
  from_client,  // COPY … FROM STDIN: reads rows that a script cannot contain
};

// How a statement with this tree has to be sent. `text`: the statement as written.
struct SendingRule {
  Sending sending = Sending::anywhere;
  std::string_view command = {};  // its name as PostgreSQL's messages spell it; empty if `sending` is `anywhere`
};
SendingRule sending_of(std::string_view kind, const tree::Value& body, std::string_view text);

// One statement of a text.
struct SentStatement {
  SqlRange range;
  SendingRule rule;
};

}  // namespace refract::catalog
