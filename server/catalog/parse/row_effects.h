#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/catalog.h"
#include "catalog/tree/tree.h"

namespace refract::catalog {

// What a statement does to rows when it runs, wherever in it that is written: inside WITH, EXPLAIN ANALYZE, COPY or
// CREATE TABLE AS. Names as written. What a function, a rule or a prepared statement would do is left out.
struct RowEffects {
  // The columns of which it writes over values that rows have: UPDATE, MERGE … UPDATE, ON CONFLICT DO UPDATE.
  std::set<std::pair<QualifiedName, std::string>> overwritten;
  std::set<QualifiedName> written_to;    // by INSERT, UPDATE, DELETE, MERGE or COPY … FROM
  std::set<QualifiedName> deleted_from;  // by DELETE, MERGE … DELETE
  std::set<std::string> calls;           // functions, without their schema
  bool executes = false;                 // a prepared statement
  bool narrows_type = false;             // a composite type loses an attribute, or one gets another type
};
// Whether EXPLAIN, of which this is the tree, has ANALYZE.
bool runs_its_statement(const tree::Value& explain);
RowEffects row_effects(std::string_view statement);

}  // namespace refract::catalog
