#include "validation/mistakes/pieces.h"

#include <algorithm>
#include <array>

#include "support/ascii.h"
#include "syntax/characters.h"
#include "text/unicode.h"

namespace refract::validation {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Characters that open a string somewhere, with those that close it. Text editors exchange the typographic ones.
struct Quotes {
  std::string_view open;
  std::array<std::string_view, 4> close;
};
constexpr Quotes kQuotes[] = {
    {"\"", {"\"", "”", "“"}},
    {"'", {"'", "’", "‘"}},
    {"`", {"`", "´"}},
    {"“", {"”", "“", "\""}},
    {"”", {"”", "“", "\""}},
    {"„", {"“", "”", "\""}},
    {"‘", {"’", "‘", "'"}},
    {"’", {"’", "‘", "'"}},
    {"‚", {"‘", "’", "'"}},
    {"«", {"»"}},
    {"»", {"«"}},
    {"´", {"´", "`", "'"}},
};

const Quotes* quotes_at(std::string_view text, std::size_t at) {
  const auto* const found =
      std::ranges::find_if(kQuotes, [&](const Quotes& quotes) { return text.substr(at).starts_with(quotes.open); });
  return found == std::end(kQuotes) ? nullptr : found;
}

// Where the first of the closing marks is in a line, outside of escapes; kNone: nowhere.
std::size_t find_close(std::string_view line, std::size_t at, std::string_view close) {
  for (; at < line.size(); ++at) {
    if (line[at] == '\\')
      ++at;
    else if (!close.empty() && line.substr(at).starts_with(close))
      return at;
  }
  return kNone;
}

std::size_t word_end(std::string_view line, std::size_t at) {
  while (at < line.size()) {
    if (const std::size_t length = syntax::name_length(line, at))
      at += length;
    else if (is_apostrophe(line, at))
      at += quote_length(line, at);
    else if (line[at] == '_' || line[at] == '$' || line[at] == '.' || (line[at] == '-' && line.substr(at, 2) != "--"))
      ++at;
    else
      break;
  }
  return at;
}

class LineReader {
 public:
  // `line`: the text up to the line's end.
  LineReader(std::string_view line, std::vector<Piece>& pieces) : line_(line), pieces_(pieces) {}

  void read_from(std::size_t at) {
    for (at = syntax::skip_space(line_, at); at < line_.size(); at = syntax::skip_space(line_, at)) at = read(at);
  }

 private:
  std::size_t read(std::size_t at) {
    const std::string_view rest = line_.substr(at);
    for (const std::string_view marker : {"//", "/*", "#", "--"}) {
      if (!rest.starts_with(marker)) continue;
      const std::size_t close = marker == "/*" ? line_.find("*/", at + 2) : kNone;
      Piece& comment = add(PieceKind::comment, at, close == kNone ? line_.size() : close + 2);
      comment.content = rest.substr(marker.size(), comment.range.size() - marker.size());
      comment.plain = marker.starts_with('/');
      return comment.range.end;
    }
    if (const Quotes* quotes = quotes_at(line_, at)) return read_string(at, *quotes);
    if (const std::size_t end = word_end(line_, at); end > at) {
      add(PieceKind::word, at, end);
      return end;
    }
    const std::size_t length = rest.starts_with("@@") ? 2 : text::code_point_at(line_, at).size;
    add(PieceKind::punctuation, at, at + length);
    return at + length;
  }

  std::size_t read_string(std::size_t at, const Quotes& quotes) {
    const std::size_t begin = at + quotes.open.size();
    for (const std::string_view close : quotes.close) {
      const std::size_t found = find_close(line_, begin, close);
      if (found == kNone) continue;
      Piece& string = add(PieceKind::string, at, found + close.size());
      string.content = line_.substr(begin, found - begin);
      string.plain = quotes.open == "\"" && close == "\"";
      return found + close.size();
    }
    Piece& string = add(PieceKind::string, at, line_.size());
    string.content = line_.substr(begin);
    string.plain = quotes.open == "\"";
    string.finished = false;
    return line_.size();
  }

  Piece& add(PieceKind kind, std::size_t begin, std::size_t end) {
    Piece& piece = pieces_.emplace_back();
    piece.kind = kind;
    piece.range = {static_cast<text::Offset>(begin), static_cast<text::Offset>(end)};
    piece.text = line_.substr(begin, end - begin);
    return piece;
  }

  std::string_view line_;
  std::vector<Piece>& pieces_;
};

}  // namespace

std::vector<Piece> pieces_of(std::string_view text, text::Range range) {
  std::vector<Piece> pieces;
  const std::string_view all = text.substr(0, range.end);
  for (std::size_t at = range.begin; at < all.size(); at = syntax::next_line(all, at)) {
    LineReader(all.substr(0, syntax::line_end(all, at)), pieces).read_from(at);
  }
  return pieces;
}

std::size_t quote_length(std::string_view text, std::size_t at) {
  const Quotes* quotes = quotes_at(text, at);
  return quotes ? quotes->open.size() : 0;
}

bool is_apostrophe(std::string_view text, std::size_t at) {
  const std::string_view mark = text.substr(at, quote_length(text, at));
  if (mark != "'" && mark != "’" && mark != "‘" && mark != "´" && mark != "`") return false;
  return at > 0 && ascii::is_letter_or_digit(text[at - 1]) && syntax::name_length(text, at + mark.size()) > 0;
}

std::string requoted(std::string_view content) {
  std::string result = "\"";
  for (std::size_t at = 0; at < content.size(); ++at) {
    if (content[at] == '\\' && at + 1 < content.size()) {
      if (content[at + 1] != '\'' && content[at + 1] != '`') result += '\\';
      result += content[++at];
    } else {
      if (content[at] == '"') result += '\\';
      result += content[at];
    }
  }
  return result + '"';
}

std::string string_literal(std::string_view value) {
  std::string result = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

}  // namespace refract::validation
