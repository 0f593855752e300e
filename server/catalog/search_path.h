#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/step.h"

namespace refract::catalog {

// Where a session looks for unqualified names and creates them, through its SETs and transactions. What ROLLBACK takes
// back is whatever is put in place of it: a copy holds all of its state.
class SearchPath {
 public:
  // `schemas`: what the session begins with, and RESET restores.
  explicit SearchPath(std::vector<std::string> schemas) : now_{schemas, true}, default_(std::move(schemas)) {}

  const std::vector<std::string>& schemas() const { return now_.schemas; }
  void apply(const SetSearchPath& step);
  // What was SET LOCAL ends with the transaction.
  void end_transaction();

 private:
  struct Value {
    std::vector<std::string> schemas;
    bool by_default = false;  // no SET is in force
  };

  Value now_;
  std::vector<std::string> default_;
  std::optional<Value> after_;  // what SET LOCAL hides until the transaction ends
};

// The schemas in a value that is one text, as set_config() takes it: names between commas, folded to lower case unless
// they are quoted. "$user" is left out. nullopt: PostgreSQL refuses the text.
std::optional<std::vector<std::string>> parse_search_path(std::string_view text);

}  // namespace refract::catalog
