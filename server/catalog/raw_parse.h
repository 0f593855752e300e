#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "support/json.h"

namespace refract::catalog {

// What PostgreSQL's grammar makes of a text.
struct RawParse {
  std::optional<json::Document>
      tree;                      // {"stmts": [{"stmt": {Kind: {…}}, "stmt_location", "stmt_len"}]}; nullopt: error
  std::string error;             // PostgreSQL's message
  std::size_t error_offset = 0;  // bytes
};

// `sql` holds no NUL byte. Safe to call from several threads: calls wait for one another.
RawParse raw_parse(const std::string& sql);

}  // namespace refract::catalog
