#include "migrate/history/sql_problem.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace refract::migrate {
namespace {

struct Sign {
  std::string_view words;  // in capitals
  std::string_view says;
};

// What PostgreSQL 16 and later read and the grammar of 15 does not.
constexpr std::array kNewer = {
    Sign{"JSON_TABLE", "17"},       Sign{"JSON_EXISTS", "17"},    Sign{"JSON_QUERY", "17"},
    Sign{"JSON_VALUE", "17"},       Sign{"JSON_ARRAYAGG", "16"},  Sign{"JSON_OBJECTAGG", "16"},
    Sign{"IS JSON", "16"},          Sign{"SET EXPRESSION", "17"}, Sign{"NOT MATCHED BY SOURCE", "17"},
    Sign{"MERGE INTO", "17"},       Sign{"STORAGE", "16"},        Sign{"VIRTUAL", "18"},
    Sign{"WITHOUT OVERLAPS", "18"}, Sign{"PERIOD", "18"},         Sign{"ENFORCED", "18"}};

constexpr std::array kDialects = {
    Sign{"`", "MySQL"},          Sign{"AUTO_INCREMENT", "MySQL"}, Sign{"ENGINE=", "MySQL"},
    Sign{"ENGINE =", "MySQL"},   Sign{"PRAGMA", "SQLite"},        Sign{"AUTOINCREMENT", "SQLite"},
    Sign{"[DBO]", "SQL Server"}, Sign{"NVARCHAR", "SQL Server"},  Sign{"BEGIN TRY", "SQL Server"}};

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
  const auto sign = std::ranges::find_if(kNewer, [&](const Sign& one) { return near.contains(one.words); });
  if (sign != kNewer.end()) return sign->says;
  // CONSTRAINT … NOT NULL column: the first word that is wrong is NOT.
  const bool named_not_null = upper(error.message).ends_with("\"NOT\"") && near.contains("NOT NULL");
  return named_not_null && upper(sql.substr(begin, error.range.begin - begin)).contains("CONSTRAINT")
             ? "18"
             : std::string_view();
}

// The line with the error and what follows it in its statement, as far as it helps to decide.
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

SqlProblem explain(std::string_view sql, const catalog::SqlError& error) {
  if (error.message.starts_with("a command of psql")) {
    return {false, error.message + "; psql commands are not SQL, so remove it"};
  }
  const std::string text = around(sql, error.range.begin);
  for (const Sign& sign : kDialects) {
    if (!text.contains(sign.words)) continue;
    return {false,
            fmt::format("the SQL does not parse: {}; it looks like {} SQL, but migrations must be PostgreSQL SQL",
                        error.message, sign.says)};
  }
  if (const std::string_view version = newer_version(error, sql); !version.empty()) {
    return {true, fmt::format("this syntax requires PostgreSQL {} or later; Refract uses the grammar of PostgreSQL 15, "
                              "so the effect of the statement is unknown",
                              version)};
  }
  return {false, fmt::format("the SQL does not parse: {}", error.message)};
}

}  // namespace refract::migrate
