#include "live/expression_writer.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "catalog/expression/expression.h"
#include "live/expression_forms.h"
#include "support/ascii.h"

namespace refract::test {
namespace {

const Type& type_named(std::string_view key) {
  return *std::ranges::find(expression_types(), key, &Type::key);
}

// What may stand for one another in a changed expression.
const std::vector<Words>& alternatives() {
  static const std::vector<Words> kAlternatives = {{"=", "<>", "<", ">", "<=", ">="},
                                                   {"+", "-", "*"},
                                                   {"&&", "@>", "<@"},
                                                   {"->", "->>"},
                                                   {"~", "!~", "~*"},
                                                   {"<<", ">>"},
                                                   {"AND", "OR"},
                                                   {"LEAST", "GREATEST"},
                                                   {"true", "false"},
                                                   {"ANY", "ALL"},
                                                   {"lower", "upper", "md5", "reverse", "initcap"},
                                                   {"ltrim", "rtrim", "btrim"},
                                                   {"floor", "ceil", "trunc"},
                                                   {"length", "octet_length", "bit_length"},
                                                   {"now", "clock_timestamp", "statement_timestamp"},
                                                   {"year", "month", "day"},
                                                   {"LIKE", "ILIKE"},
                                                   {"jsonb", "json"},
                                                   {"text", "varchar", "bpchar", "name"},
                                                   {"integer", "bigint", "smallint", "numeric"},
                                                   {"int", "int8", "float8"},
                                                   {"date", "timestamp", "timestamptz"},
                                                   {"bigint", "numeric"},
                                                   {"numeric", "float8"},
                                                   {"int4range", "int8range"}};
  return kAlternatives;
}

bool is_word(char c) {
  return ascii::is_letter_or_digit(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

struct Token {
  std::size_t begin = 0, end = 0;
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    std::size_t end = at + 1;
    if (c == '\'' || c == '"') {
      while (end < text.size() && (text[end] != c || text.substr(end + 1, 1) == std::string_view(&c, 1)))
        end += text[end] == c ? 2 : 1;
      ++end;
    } else if (text.substr(at, 2) == "$$") {
      end = text.find("$$", at + 2) + 2;
    } else if (is_word(c)) {
      while (end < text.size() && (is_word(text[end]) || (ascii::is_digit(c) && text[end] == '.'))) ++end;
    } else if (std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos) {
      while (end < text.size() && std::string_view("+-*/<>=~!@#%^&|`?").find(text[end]) != std::string_view::npos)
        ++end;
    }
    if (c != ' ' && end <= text.size()) tokens.push_back({at, end});
    at = std::max(end, at + 1);
  }
  return tokens;
}

}  // namespace

std::string ExpressionWriter::table(std::string_view name) {
  std::string columns;
  for (const Type& type : expression_types()) {
    for (const std::string_view column : type.columns) {
      std::string of(type.names.front());
      if (column == "v") of = "varchar(20)";
      if (column == "tstz") of = "timestamptz(3)";
      if (column == "m") of = "numeric(10,2)";
      columns += fmt::format("{}{} {}", columns.empty() ? "" : ", ", column, of);
    }
  }
  return fmt::format("CREATE TABLE {} ({});", name, columns);
}

const std::vector<std::string_view>& ExpressionWriter::columns() {
  static const auto kColumns = [] {
    Words all;
    for (const Type& type : expression_types()) all.insert(all.end(), type.columns.begin(), type.columns.end());
    return all;
  }();
  return kColumns;
}

std::string_view ExpressionWriter::column() {
  return one_of(columns());
}

std::string_view ExpressionWriter::type_of(std::string_view column) {
  for (const Type& type : expression_types()) {
    if (std::ranges::find(type.columns, column) != type.columns.end()) return type.key;
  }
  return {};
}

// A string constant in one of its spellings.
std::string ExpressionWriter::quoted(std::string_view text) {
  std::string plain = catalog::quote_literal(text);
  if (text.find("''") != std::string_view::npos) plain = fmt::format("'{}'", text);
  const bool simple = text.find_first_of("'\\$") == std::string_view::npos;
  switch (simple ? below(12) : 0) {
    case 1:
      return fmt::format("$${}$$", text);
    case 2:
      return "E" + plain;
    case 3:
      return "U&" + plain;
    default:
      return plain;
  }
}

std::string ExpressionWriter::literal(std::string_view key) {
  const Type& type = type_named(key);
  const std::string_view text = one_of(type.literals);
  const std::string_view name = one_of(type.names);
  const bool number = text.find_first_not_of("0123456789.-e") == std::string_view::npos;
  if (type.bare_literals && number && below(2) == 0) return std::string(text);
  if (key == "bool" && below(2) == 0) return below(2) == 0 ? "true" : "FALSE";
  switch (below(6)) {
    case 0:
      return fmt::format("CAST({} AS {})", quoted(text), name);
    case 1:
      return name.find_first_of("([.\"_") == std::string_view::npos ? fmt::format("{} '{}'", name, text)
                                                                    : fmt::format("{}::{}", quoted(text), name);
    case 2:
      return fmt::format("({})::{}", quoted(text), name);
    case 3:
      return key == "text" ? quoted(text) : fmt::format("{}::{}", quoted(text), name);
    default:
      return fmt::format("{}::{}", quoted(text), name);
  }
}

std::string ExpressionWriter::filled(std::string_view form, int depth, bool with_columns) {
  std::string text;
  for (std::size_t at = 0; at < form.size();) {
    const std::size_t open = form.find('{', at);
    if (open == std::string_view::npos) return text.append(form.substr(at));
    const std::size_t close = form.find('}', open);
    std::string_view type = form.substr(open + 1, close - open - 1);
    text += form.substr(at, open - at);
    if (type.starts_with('\'')) {
      text += quoted(one_of(type_named(type.substr(1)).literals));
    } else {
      const std::string part = of_type(type, depth - 1, with_columns);
      text += below(3) == 0 || part.find(' ') != std::string::npos ? "(" + part + ")" : part;
    }
    at = close + 1;
  }
  return text;
}

std::string ExpressionWriter::of_type(std::string_view key, int depth, bool with_columns) {
  const Type& type = type_named(key);
  if (depth > 0 && below(4) != 0) {
    std::vector<std::string_view> fitting;
    for (const Form& form : expression_forms()) {
      if (form.type == key) fitting.push_back(form.text);
    }
    if (!fitting.empty()) return filled(one_of(fitting), depth, with_columns);
  }
  if (with_columns && below(3) != 0) return std::string(one_of(type.columns));
  return literal(key);
}

std::string ExpressionWriter::of_any_type(int depth, bool with_columns) {
  return of_type(one_of(expression_types()).key, depth, with_columns);
}

std::optional<std::string> ExpressionWriter::other_token(std::string_view token) {
  std::string changed(token);
  for (const Words& words : alternatives()) {
    if (std::ranges::find(words, token) == words.end()) continue;
    changed = one_of(words);
    return changed != token ? std::optional(changed) : std::nullopt;
  }
  if (const std::string_view type = type_of(token); !type.empty()) {
    changed = column();
    return changed != token ? std::optional(changed) : std::nullopt;
  }
  const bool string = token.front() == '\'' || token.starts_with("$$");
  if (!string && !ascii::is_digit(token.front())) return std::nullopt;
  // One letter or digit of a constant.
  const std::size_t place = below(token.size());
  char& c = changed[place];
  if (ascii::is_digit(c)) {
    c = static_cast<char>('0' + (c - '0' + 1 + static_cast<char>(below(8))) % 10);
  } else if (ascii::is_letter(c)) {
    c = c == 'q' ? 'w' : 'q';
  } else {
    return std::nullopt;
  }
  return changed;
}

std::optional<std::string> ExpressionWriter::changed(std::string_view expression) {
  const std::vector<Token> tokens = tokens_of(expression);
  for (int attempt = 0; attempt < 8 && !tokens.empty(); ++attempt) {
    const Token token = one_of(tokens);
    const auto other = other_token(expression.substr(token.begin, token.end - token.begin));
    if (!other) continue;
    return fmt::format("{}{}{}", expression.substr(0, token.begin), *other, expression.substr(token.end));
  }
  return std::nullopt;
}

}  // namespace refract::test
