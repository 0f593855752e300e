#include "catalog/tree/raw_parse.h"

#include <pg_query.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>

#include "platform/thread.h"
#include "support/ascii.h"

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

// libpg_query redirects the process's stderr while it parses: two concurrent calls would lose the original for good.
std::mutex parsing;

// The digits of the number at or after `at`, without leading zeros, if it is negative: -(7). Skips words, white space
// and parentheses. Empty: the number is not negative, or there is none.
std::string_view negative_number(std::string_view sql, std::size_t at) {
  at = std::min(sql.find_first_of("-0123456789;,", at), sql.size());
  if (at == sql.size() || sql[at] != '-') return {};
  const std::size_t digits = sql.find_first_not_of(" \t\r\n(", at + 1);
  if (digits == std::string_view::npos) return {};
  const std::size_t end = std::min(sql.find_first_not_of("0123456789", digits), sql.size());
  const std::string_view number = sql.substr(digits, end - digits);
  // JSON allows no leading zeros.
  return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

// Whether a minus precedes a digit, with only white space and parentheses between, even in a comment.
bool may_hold_negative_numbers(std::string_view sql) {
  for (std::size_t minus = sql.find('-'); minus != std::string_view::npos; minus = sql.find('-', minus + 1)) {
    const std::size_t after = sql.find_first_not_of(" \t\r\n\f\v(", minus + 1);
    if (after != std::string_view::npos && ascii::is_digit(sql[after])) return true;
  }
  return false;
}

// libpg_query 15 writes integers only where they are above zero, so that -1 looks like 0: the text distinguishes them.
std::string with_negative_numbers(std::string_view tree, std::string_view sql) {
  struct Gap {
    std::string_view before, after;  // the number belongs between the two; the location follows
  };
  static constexpr Gap kGaps[] = {{R"("A_Const":{"ival":{)", R"(},"location":)"},
                                  {R"("arg":{"Integer":{)", R"(}},"defaction":"DEFELEM_UNSPEC","location":)"}};
  std::string result;
  if (!may_hold_negative_numbers(sql)) return result;
  for (const Gap& gap : kGaps) {
    const std::string pattern = std::string(gap.before).append(gap.after);
    std::string corrected;
    std::size_t copied = 0;
    const std::boyer_moore_horspool_searcher searcher(pattern.begin(), pattern.end());
    for (auto found = std::search(tree.begin(), tree.end(), searcher); found != tree.end();
         found = std::search(found + 1, tree.end(), searcher)) {
      const auto at = static_cast<std::size_t>(found - tree.begin());
      std::size_t location = 0;
      const std::string_view number = tree.substr(at + pattern.size(), 20);
      std::from_chars(number.data(), number.data() + number.size(), location);
      const std::string_view digits = negative_number(sql, location);
      if (digits.empty()) continue;
      const std::size_t place = at + gap.before.size();
      corrected.append(tree.substr(copied, place - copied)).append(R"("ival":-)").append(digits);
      copied = place;
    }
    if (copied == 0) continue;
    corrected.append(tree.substr(copied));
    result = std::move(corrected);
    tree = result;
  }
  return result;
}

// PostgreSQL's scanner reads a run of operator characters to its end and then gives back all but the first one or two:
// where comments open in comments (/*/*/*…) and where operators end in + or - (+++…). Where such a run is longer than
// any in real SQL; npos: nowhere.
std::size_t endless_run(std::string_view sql) {
  constexpr std::size_t kLongest = 2'000;
  const auto find = [&](std::string_view characters, std::string_view pair) {
    for (std::size_t at = sql.find(pair); at != std::string_view::npos; at = sql.find(pair, at)) {
      const std::size_t end = std::min(sql.find_first_not_of(characters, at), sql.size());
      if (end - at > kLongest && sql.substr(at + pair.size(), end - at).contains(pair)) return at;
      at = end;
    }
    return std::string_view::npos;
  };
  return std::min(find("+-*/<>=~!@#%^&|`?", "/*"), std::min(find("+-", "++"), find("+-", "-+")));
}

// Without the rest of the text, which PostgreSQL quotes where a string or a comment has no end.
std::string shortened(std::string message) {
  constexpr std::size_t kLongest = 300;
  if (message.size() <= kLongest) return message;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) --end;
  return message.substr(0, end) + "…";
}

// The grammar's tree is walked by recursion, about 120 bytes of stack a level, and two bytes of text make a level
// (1+1+1…): a long text gets a thread whose stack has room for the worst. The pages are only touched when needed.
constexpr std::size_t kLongText = 32 * 1024;
constexpr std::size_t kStackPerByte = 128;

PgQueryParseResult parse_here(const std::string& sql) {
  const std::scoped_lock lock(parsing);
  return pg_query_parse(sql.c_str());
}

std::optional<PgQueryParseResult> parse_with_room(const std::string& sql) {
  if (sql.size() < kLongText) return parse_here(sql);
  std::optional<PgQueryParseResult> result;
  const std::size_t stack = kLongText * kStackPerByte + sql.size() * kStackPerByte;
  if (!platform::run_with_stack(stack, [&] { result = parse_here(sql); })) return std::nullopt;
  return result;
}

struct FreeSplit {
  void operator()(PgQuerySplitResult* result) const { pg_query_free_split_result(*result); }
};

struct FreePlpgsql {
  void operator()(PgQueryPlpgsqlParseResult* result) const { pg_query_free_plpgsql_parse_result(*result); }
};

struct FreeParse {
  void operator()(PgQueryParseResult* result) const { pg_query_free_parse_result(*result); }
};

}  // namespace

RawParse raw_parse(const std::string& sql) {
  if (const std::size_t run = endless_run(sql); run != std::string::npos)
    return {std::nullopt, "the operators or comments are too long", run};
  std::optional<PgQueryParseResult> parsed = parse_with_room(sql);
  if (!parsed) return {std::nullopt, "the text is too long for the available memory", 0};
  PgQueryParseResult& result = *parsed;
  const std::unique_ptr<PgQueryParseResult, FreeParse> owner(&result);
  if (result.error != nullptr) {
    return {std::nullopt, shortened(result.error->message), byte_offset(sql, result.error->cursorpos)};
  }
  const std::string corrected = with_negative_numbers(result.parse_tree, sql);
  auto document = json::Document::parse(corrected.empty() ? std::string_view(result.parse_tree) : corrected);
  if (!document) return {std::nullopt, "the statement is nested too deeply or is not UTF-8", 0};
  return {std::move(*document), {}, 0};
}

RawParse raw_parse_expression(std::string_view sql) {
  if (sql.find('\0') != std::string_view::npos) return {};
  return raw_parse("SELECT " + std::string(sql));
}

std::optional<json::Value> expression_of(const RawParse& parse) {
  if (!parse.tree) return std::nullopt;
  const auto statements = parse.tree->root()["stmts"].items();
  if (statements.size() != 1) return std::nullopt;
  const auto targets = statements[0]["stmt"]["SelectStmt"]["targetList"].items();
  if (targets.size() != 1 || targets[0]["ResTarget"]["name"].exists()) return std::nullopt;
  return targets[0]["ResTarget"]["val"];
}

namespace {

bool is_name_byte(char c) {
  return ascii::is_digit(c) || ascii::is_letter(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

// The same text with every numeral made of digits alone. PostgreSQL 16 reads 1_000 and 0x1F, which the scanner of 15
// refuses; where statements end does not depend on them.
std::string with_plain_numerals(std::string sql) {
  for (std::size_t at = 0; at < sql.size(); ++at) {
    if (!is_name_byte(sql[at])) continue;
    const bool numeral = ascii::is_digit(sql[at]);
    for (; at < sql.size() && is_name_byte(sql[at]) && sql[at] != '$'; ++at) {
      if (numeral && static_cast<unsigned char>(sql[at]) < 0x80) sql[at] = '1';
    }
  }
  return sql;
}

std::optional<std::vector<Piece>> split(const std::string& sql) {
  if (endless_run(sql) != std::string::npos) return std::nullopt;
  const std::scoped_lock lock(parsing);
  PgQuerySplitResult result = pg_query_split_with_scanner(sql.c_str());
  const std::unique_ptr<PgQuerySplitResult, FreeSplit> owner(&result);
  if (result.error != nullptr) return std::nullopt;
  std::vector<Piece> pieces;
  pieces.reserve(static_cast<std::size_t>(result.n_stmts));
  for (int at = 0; at < result.n_stmts; ++at) {
    const auto begin = static_cast<std::size_t>(result.stmts[at]->stmt_location);
    pieces.push_back({begin, begin + static_cast<std::size_t>(result.stmts[at]->stmt_len)});
  }
  return pieces;
}

}  // namespace

std::optional<std::vector<Piece>> split_statements(const std::string& sql) {
  auto pieces = split(sql);
  return pieces ? std::move(pieces) : split(with_plain_numerals(sql));
}

std::optional<json::Document> parse_plpgsql(const std::string& statement) {
  if (statement.size() > kLongText || statement.find('\0') != std::string::npos) return std::nullopt;
  const std::scoped_lock lock(parsing);
  PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(statement.c_str());
  const std::unique_ptr<PgQueryPlpgsqlParseResult, FreePlpgsql> owner(&result);
  if (result.error != nullptr) return std::nullopt;
  auto document = json::Document::parse(result.plpgsql_funcs);
  return document ? std::optional(std::move(*document)) : std::nullopt;
}

}  // namespace refract::catalog
