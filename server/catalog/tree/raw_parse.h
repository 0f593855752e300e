#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// An expression as the one target of a SELECT.
RawParse raw_parse_expression(std::string_view sql);
// The expression in the answer; nullopt: the text is no single expression.
std::optional<json::Value> expression_of(const RawParse& parse);

// The statements of a text by PostgreSQL's scanner alone, valid or not. nullopt: a string or a comment has no end.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::optional<std::vector<Piece>> split_statements(const std::string& sql);

// PL/pgSQL's own parser over a DO or CREATE FUNCTION statement: [{"PLpgSQL_function": {…}}]. nullopt: it refuses.
std::optional<json::Document> parse_plpgsql(const std::string& statement);

}  // namespace refract::catalog
