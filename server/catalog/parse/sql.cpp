#include "catalog/parse/sql.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "catalog/expression/parameters.h"
#include "catalog/parse/lower.h"
#include "catalog/tree/raw_parse.h"
#include "catalog/tree/reader.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

constexpr std::string_view kSeparator = "\n;\n";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kPsqlCommand = "a psql command, which only psql understands";
// Texts are joined up to this length, and longer ones are parsed by themselves. The grammar's tree takes a hundred
// times the text's room, which has to be got from the system and filled: more at a time is slower.
constexpr std::size_t kJoinLimit = 12 * 1024;
constexpr int kJoinAttempts = 4;
// A text this long holds data for the most part: its statements are taken one by one, those that only bring rows
// without the grammar, whose tree takes a hundred times the text's room.
constexpr std::size_t kDataText = 4 * 1024 * 1024;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

// The first byte at or after `at` that is neither white space nor comment.
std::size_t skip_blank(std::string_view sql, std::size_t at) {
  if (at == 0 && sql.starts_with(kByteOrderMark)) at = kByteOrderMark.size();
  while (at < sql.size()) {
    if (is_space(sql[at]) || sql[at] == ';') {
      ++at;
    } else if (sql.substr(at, 2) == "--") {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (sql.substr(at, 2) == "/*") {
      int depth = 0;
      do {
        const std::string_view pair = sql.substr(at, 2);
        const int change = pair == "/*" ? 1 : pair == "*/" ? -1 : 0;
        depth += change;
        at += change == 0 ? 1 : 2;
      } while (depth > 0 && at < sql.size());
    } else {
      break;
    }
  }
  return std::min(at, sql.size());
}

// Lines of a text, asked in ascending order of offsets.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  std::uint32_t line_at(std::size_t offset) {
    line_ += static_cast<std::uint32_t>(std::count(text_.begin() + at_, text_.begin() + offset, '\n'));
    at_ = offset;
    return line_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 0;
};

ParsedSql failed(std::string_view sql, std::string message, std::size_t offset) {
  offset = std::min(offset, sql.size());
  std::size_t end = offset;
  while (end < sql.size() && !is_space(sql[end]) && sql[end] != ';' && sql[end] != ',' && sql[end] != ')') ++end;
  if (end == offset && end < sql.size()) ++end;
  ParsedSql parsed;
  parsed.errors.push_back(
      {std::move(message),
       {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(end), LineCounter(sql).line_at(offset)}});
  return parsed;
}

ParsedSql parse_text(std::string_view sql, std::string copy);
ParsedSql parse_whole(std::string_view sql);

struct Part {
  std::size_t index;  // into the texts asked for
  std::string_view text;
  std::size_t begin;  // offset inside the joined text
};

// Hands each statement to its text. False where a statement spans two texts: one of them ends inside a comment or
// a string, and only looks valid beside its neighbour.
bool distribute(const json::Value& root, std::size_t joined_size, std::span<const Part> parts,
                std::vector<ParsedSql>& answers) {
  std::size_t at = 0;
  std::optional<LineCounter> lines;
  for (const json::Value& raw : root["stmts"].items()) {
    const std::size_t raw_begin = static_cast<std::size_t>(raw["stmt_location"].integer());
    const auto length = static_cast<std::size_t>(raw["stmt_len"].integer());
    const std::size_t raw_end = length == 0 ? joined_size : raw_begin + length;
    while (at + 1 < parts.size() && raw_begin + 1 >= parts[at + 1].begin) {
      ++at;
      lines.reset();
    }
    const Part& part = parts[at];
    const bool last = at + 1 == parts.size();
    if (!last && raw_end > part.begin + part.text.size() + 1) return false;
    const std::size_t from = raw_begin < part.begin ? 0 : raw_begin - part.begin;
    const std::size_t begin = skip_blank(part.text, from);
    std::size_t end = std::min(raw_end - part.begin, part.text.size());
    if (begin >= end) return false;
    while (end > begin && is_space(part.text[end - 1])) --end;
    if (!lines) lines.emplace(part.text);
    const SqlRange range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), lines->line_at(begin)};
    ParsedSql& answer = answers[part.index];
    Lowering lowering(part.text.substr(begin, end - begin), range, answer.steps);
    lower_statement(raw["stmt"], lowering);
    const tree::Node statement = tree::node(raw["stmt"]);
    answer.statements.push_back({range, sending_of(statement.kind, statement.body, lowering.statement())});
  }
  return true;
}

std::string without_mark(std::string_view sql) {
  std::string copy(sql);
  if (sql.starts_with(kByteOrderMark)) copy.replace(0, kByteOrderMark.size(), kByteOrderMark.size(), ' ');
  return copy;
}

// The table that INSERT INTO names, where the statement is one. Every other kind goes through the grammar.
std::optional<QualifiedName> inserted_into(std::string_view statement) {
  Reader reader(statement.substr(0, 512));
  if (!reader.take_word("insert") || !reader.take_word("into")) return std::nullopt;
  auto name = reader.read_name();
  if (!name) return std::nullopt;
  if (!reader.take(".")) return QualifiedName{"", std::move(*name)};
  auto second = reader.read_name();
  return second ? std::optional(QualifiedName{std::move(*name), std::move(*second)}) : std::nullopt;
}

// Statements one by one. `stop`: at the first that the grammar refuses.
class PieceParser {
 public:
  explicit PieceParser(std::string_view sql) : sql_(sql), lines_(sql) {}

  // What lies between the two offsets: a statement, or something else.
  void take(std::size_t begin, std::size_t end) {
    begin = skip_blank(sql_.substr(0, end), begin);
    // A command of psql's own ends with its line, and no semicolon divides it from what follows.
    while (begin < end && sql_[begin] == '\\') {
      const std::size_t line_end = std::min(sql_.find('\n', begin), end);
      parsed.errors.push_back({std::string(kPsqlCommand), range(begin, line_end)});
      begin = skip_blank(sql_.substr(0, end), line_end);
    }
    while (end > begin && is_space(sql_[end - 1])) --end;
    if (begin < end) take_statement(begin, end);
  }

  // All of the text as one statement.
  SentStatement whole() { return {range(skip_blank(sql_, 0), sql_.size()), {}}; }

  ParsedSql parsed;

 private:
  SqlRange range(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), lines_.line_at(begin)};
  }

  void take_statement(std::size_t begin, std::size_t end) {
    const SqlRange whole = range(begin, end);
    const std::string_view text = sql_.substr(begin, end - begin);
    if (auto table = sql_.size() > kDataText ? inserted_into(text) : std::nullopt) {
      parsed.statements.push_back({whole, {}});
      const auto* last = parsed.steps.empty() ? nullptr : std::get_if<DataStatement>(&parsed.steps.back().change);
      if (last == nullptr || last->verb != "INSERT" || last->tables != std::vector{*table})
        parsed.steps.push_back({DataStatement{"INSERT", {std::move(*table)}}, whole});
      return;
    }
    const auto moved = [&](SqlRange inner) {
      return SqlRange{inner.begin + whole.begin, inner.end + whole.begin, inner.line + whole.line};
    };
    // A byte order mark is one at the beginning of a file alone, which is passed over here.
    ParsedSql one = parse_text(text, std::string(text));
    if (one.statements.empty()) parsed.statements.push_back({whole, {}});
    for (const SentStatement& statement : one.statements)
      parsed.statements.push_back({moved(statement.range), statement.rule});
    for (Step& step : one.steps) {
      step.origin = moved(step.origin);
      parsed.steps.push_back(std::move(step));
    }
    for (SqlError& error : one.errors) parsed.errors.push_back({std::move(error.message), moved(error.range)});
  }

  std::string_view sql_;
  LineCounter lines_;
};

// The piece with which the statement of the piece at `at` ends: the scanner alone divides a body that is SQL itself
// (BEGIN ATOMIC … END) at its semicolons.
std::size_t last_piece(std::string_view sql, const std::vector<Piece>& pieces, std::size_t at) {
  const auto text = [&](std::size_t last) {
    return std::string(sql.substr(pieces[at].begin, pieces[last].end - pieces[at].begin));
  };
  if (!ascii::to_lower(text(at)).contains("atomic")) return at;
  for (std::size_t last = at; last < pieces.size(); ++last) {
    if (raw_parse(text(last)).tree) return last;
  }
  return at;
}

ParsedSql parse_pieces(std::string_view sql, bool stop) {
  const std::string copy = without_mark(sql);
  // What comes after a NUL byte is never read.
  const auto pieces = copy.contains('\0') ? std::nullopt : split_statements(copy);
  PieceParser parser(sql);
  if (!pieces) {
    ParsedSql parsed = parse_whole(sql);
    // A text that the scanner cannot divide still is one that deploy would send.
    if (!stop && parsed.statements.empty()) parsed.statements.push_back(parser.whole());
    return parsed;
  }
  // The scanner leaves out what has no keyword in it, which is no statement either: the gaps count too.
  std::size_t done = 0;
  for (std::size_t at = 0; at < pieces->size(); ++at) {
    const std::size_t begin = (*pieces)[at].begin;
    at = last_piece(copy, *pieces, at);
    if (begin > done) parser.take(done, begin);
    done = (*pieces)[at].end;
    parser.take(begin, done);
    if (stop && !parser.parsed.errors.empty()) break;
  }
  if (!stop || parser.parsed.errors.empty()) parser.take(done, sql.size());
  if (stop && !parser.parsed.errors.empty()) {
    parser.parsed.steps.clear();
    parser.parsed.statements.clear();
  }
  return std::move(parser.parsed);
}

// `copy`: the text as the grammar gets it.
ParsedSql parse_text(std::string_view sql, std::string copy) {
  if (const std::size_t nul = copy.find('\0'); nul != std::string::npos) {
    return failed(sql, "SQL must not contain a NUL byte", nul);
  }
  RawParse raw = raw_parse(copy);
  if (!raw.tree) {
    const bool psql = raw.error_offset < sql.size() && sql[raw.error_offset] == '\\';
    return failed(sql, psql ? std::string(kPsqlCommand) : std::move(raw.error), raw.error_offset);
  }
  if (may_hold_parameters(copy)) {
    if (const auto misplaced = misplaced_parameter(raw.tree->root()))
      return failed(sql, "syntax error at or near \"$" + std::to_string(misplaced->number) + "\"", misplaced->offset);
  }
  std::vector<ParsedSql> answers(1);
  const Part whole{0, sql, 0};
  distribute(raw.tree->root(), sql.size(), {&whole, 1}, answers);
  return std::move(answers.front());
}

ParsedSql parse_whole(std::string_view sql) {
  return parse_text(sql, without_mark(sql));
}

ParsedSql parse_alone(std::string_view sql) {
  return sql.size() > kDataText ? parse_pieces(sql, true) : parse_whole(sql);
}

bool joinable(std::string_view text) {
  return text.size() < kJoinLimit && text.find('\0') == std::string_view::npos && !text.starts_with(kByteOrderMark) &&
         !may_hold_parameters(text);
}

// Parses texts in one go, which saves the parser's and the reader's beginnings. `waiting`: indices of `texts`.
void parse_joined(std::span<const std::string_view> texts, std::vector<std::size_t> waiting,
                  std::vector<ParsedSql>& answers) {
  for (int attempt = 0; attempt < kJoinAttempts && waiting.size() > 1; ++attempt) {
    std::string joined;
    std::vector<Part> parts;
    for (const std::size_t i : waiting) {
      parts.push_back({i, texts[i], joined.size()});
      joined.append(texts[i]).append(kSeparator);
    }
    RawParse raw = raw_parse(joined);
    if (raw.tree) {
      if (distribute(raw.tree->root(), joined.size(), parts, answers)) return;
      for (const std::size_t i : waiting) answers[i] = {};
      break;
    }
    // The text that holds the error is parsed by itself, which gives the error its place; the others try again.
    const auto after = std::ranges::upper_bound(parts, raw.error_offset, {}, &Part::begin);
    const std::size_t failing = static_cast<std::size_t>(after - parts.begin()) - 1;
    answers[parts[failing].index] = parse_alone(parts[failing].text);
    waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(failing));
  }
  for (const std::size_t i : waiting) answers[i] = parse_alone(texts[i]);
}

}  // namespace

ParsedSql parse_sql(std::string_view sql) {
  return parse_alone(sql);
}

ParsedSql parse_leniently(std::string_view sql) {
  return parse_pieces(sql, false);
}

std::vector<ParsedSql> parse_many(std::span<const std::string_view> texts) {
  std::vector<ParsedSql> answers(texts.size());
  std::vector<std::size_t> waiting;
  std::size_t size = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!joinable(texts[i])) {
      answers[i] = parse_alone(texts[i]);
      continue;
    }
    if (size + texts[i].size() > kJoinLimit) {
      parse_joined(texts, std::exchange(waiting, {}), answers);
      size = 0;
    }
    waiting.push_back(i);
    size += texts[i].size();
  }
  parse_joined(texts, std::move(waiting), answers);
  return answers;
}

}  // namespace refract::catalog
