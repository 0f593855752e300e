#include "catalog/raw_parse.h"

#include <pg_query.h>

#include <memory>
#include <mutex>

namespace refract::catalog {
namespace {

// libpg_query counts AST locations in bytes from 0, but error positions in code points from 1.
std::size_t byte_offset(const std::string& text, int cursor_position) {
  std::size_t at = 0;
  for (int passed = 1; passed < cursor_position && at < text.size(); ++passed) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

// libpg_query points the process's stderr elsewhere while it parses: two calls at once would lose it for good.
std::mutex parsing;

struct FreeParse {
  void operator()(PgQueryParseResult* result) const { pg_query_free_parse_result(*result); }
};

}  // namespace

RawParse raw_parse(const std::string& sql) {
  PgQueryParseResult result;
  {
    const std::scoped_lock lock(parsing);
    result = pg_query_parse(sql.c_str());
  }
  const std::unique_ptr<PgQueryParseResult, FreeParse> owner(&result);
  if (result.error != nullptr) {
    return {std::nullopt, result.error->message, byte_offset(sql, result.error->cursorpos)};
  }
  auto document = json::Document::parse(result.parse_tree);
  if (!document) return {std::nullopt, "the statement is nested too deeply or is not UTF-8", 0};
  return {std::move(*document), {}, 0};
}

}  // namespace refract::catalog
