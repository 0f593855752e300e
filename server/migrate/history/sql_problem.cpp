#include "migrate/history/sql_problem.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace refract::migrate {
namespace {

struct SyntaxMarker {
  std::string_view words;   // in capitals
  std::string_view origin;  // a version of PostgreSQL, or another database
};

// Syntax that PostgreSQL 16 and later accept and the grammar of 15 rejects.
constexpr std::array kNewer = {SyntaxMarker{"JSON_TABLE", "17"},
                               SyntaxMarker{"JSON_EXISTS", "17"},
                               SyntaxMarker{"JSON_QUERY", "17"},
                               SyntaxMarker{"JSON_VALUE", "17"},
                               SyntaxMarker{"JSON_ARRAYAGG", "16"},
                               SyntaxMarker{"JSON_OBJECTAGG", "16"},
                               SyntaxMarker{"IS JSON", "16"},
                               SyntaxMarker{"SET EXPRESSION", "17"},
                               SyntaxMarker{"NOT MATCHED BY SOURCE", "17"},
                               SyntaxMarker{"MERGE INTO", "17"},
                               SyntaxMarker{"STORAGE", "16"},
                               SyntaxMarker{"VIRTUAL", "18"},
                               SyntaxMarker{"WITHOUT OVERLAPS", "18"},
                               SyntaxMarker{"PERIOD", "18"},
                               SyntaxMarker{"ENFORCED", "18"}};

constexpr std::array kDialects = {SyntaxMarker{"`", "MySQL"},
                                  SyntaxMarker{"AUTO_INCREMENT", "MySQL"},
                                  SyntaxMarker{"ENGINE=", "MySQL"},
                                  SyntaxMarker{"ENGINE =", "MySQL"},
                                  SyntaxMarker{"PRAGMA", "SQLite"},
                                  SyntaxMarker{"AUTOINCREMENT", "SQLite"},
                                  SyntaxMarker{"[DBO]", "SQL Server"},
                                  SyntaxMarker{"NVARCHAR", "SQL Server"},
                                  SyntaxMarker{"BEGIN TRY", "SQL Server"}};

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return result;
}

std::string_view newer_version(const catalog::SqlError& error, std::string_view sql) {
  // 1_000 and 0x1F.
  if (error.message.starts_with("trailing junk after numeric literal")) {
    const std::string token = upper(sql.substr(error.range.begin, error.range.end - error.range.begin));
    const bool based = token.starts_with("0X") || token.starts_with("0O") || token.starts_with("0B");
    return based || (token.contains('_') && !token.starts_with('_')) ? "16" : std::string_view();
  }
  // Only what is next to the error indicates a newer grammar.
  const std::size_t end = std::min(error.range.end + std::size_t{24}, sql.size());
  const std::size_t begin = error.range.begin > 24 ? error.range.begin - 24 : 0;
  const std::string near = upper(sql.substr(begin, end - begin));
  const auto sign = std::ranges::find_if(kNewer, [&](const SyntaxMarker& one) { return near.contains(one.words); });
  if (sign != kNewer.end()) return sign->origin;
  // CONSTRAINT … NOT NULL column: the first word that is wrong is NOT.
  const bool named_not_null = upper(error.message).ends_with("\"NOT\"") && near.contains("NOT NULL");
  return named_not_null && upper(sql.substr(begin, error.range.begin - begin)).contains("CONSTRAINT")
             ? "18"
             : std::string_view();
}

// The statement from up to 400 bytes before the error to 100 after it, in capitals.
std::string around(std::string_view sql, std::size_t offset) {
  constexpr std::size_t kBefore = 400, kAfter = 100;
  offset = std::min(offset, sql.size());
  const std::size_t statement = offset == 0 ? std::string_view::npos : sql.rfind(';', offset - 1);
  std::size_t begin = statement == std::string_view::npos ? 0 : statement + 1;
  if (offset - begin > kBefore) begin = offset - kBefore;
  const std::size_t end = std::min(sql.find(';', offset), std::min(sql.size(), offset + kAfter));
  return upper(sql.substr(begin, end - begin));
}

}  // namespace

SqlProblem describe_problem(std::string_view sql, const catalog::SqlError& error) {
  if (error.message.starts_with("a psql command")) {
    return {false, error.message + "; remove it, because migrations contain only SQL"};
  }
  const std::string text = around(sql, error.range.begin);
  for (const SyntaxMarker& sign : kDialects) {
    if (!text.contains(sign.words)) continue;
    return {false,
            fmt::format("the SQL does not parse: {}; it looks like {} SQL, but migrations must be PostgreSQL SQL",
                        error.message, sign.origin)};
  }
  if (const std::string_view version = newer_version(error, sql); !version.empty()) {
    return {true, fmt::format("this syntax requires PostgreSQL {} or later; Refract uses the grammar of PostgreSQL 15, "
                              "so the effect of the statement is unknown",
                              version)};
  }
  return {false, fmt::format("the SQL does not parse: {}", error.message)};
}

}  // namespace refract::migrate
