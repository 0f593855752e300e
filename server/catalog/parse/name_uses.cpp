#include "catalog/parse/name_uses.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "catalog/tree/reader.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

// A function body contains statements, a statement may contain a string to execute, and that string a constant. Deeper
// strings name nothing.
constexpr std::size_t kMaxDepth = 4;

bool starts_name(char c) {
  return c == '_' || ascii::is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) {
  return starts_name(c) || ascii::is_digit(c) || c == '$';
}

// Decodes the text of U&'…' or U&"…": \0061 and \+000061 are code points, a doubled escape character is one.
std::string with_characters(std::string_view text, char escape) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != escape) {
      decoded += text[at++];
      continue;
    }
    ++at;
    if (at >= text.size() || text[at] == escape) {
      decoded += escape;
      at = std::min(at + 1, text.size());
      continue;
    }
    const bool six = text[at] == '+';
    if (six) ++at;
    std::uint32_t code = 0;
    for (const std::size_t end = std::min(at + (six ? 6 : 4), text.size()); at < end; ++at) {
      const int digit = ascii::hex_value(text[at]);
      if (digit < 0) break;
      code = code * 16 + static_cast<std::uint32_t>(digit);
    }
    append_utf8(decoded, code);
  }
  return decoded;
}

class Scanner {
 public:
  Scanner(std::string_view sql, std::size_t depth, std::vector<NameUse>& found)
      : sql_(sql), depth_(depth), found_(found) {}

  void run() {
    while (at_ < sql_.size()) step();
  }

  void collect_comments(std::vector<LineComment>& comments) { comments_ = &comments; }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0'; }

  void step() {
    const char c = peek();
    if (c == '-' && peek(1) == '-') {
      const std::size_t begin = at_;
      at_ = std::min(sql_.find_first_of("\r\n", at_), sql_.size());
      if (comments_ != nullptr) comments_->push_back({begin, at_});
    } else if (c == '/' && peek(1) == '*') {
      skip_comment();
    } else if (c == '\'') {
      add_string(quoted('\''));
    } else if (c == '"') {
      name(quoted('"'), true);
    } else if (c == '$' && ascii::is_digit(peek(1))) {
      for (++at_; ascii::is_digit(peek());) ++at_;  // a parameter; $1.email names a part of it
      end_name();
    } else if (c == '$' && dollar_string()) {
      return;
    } else if (ascii::is_digit(c)) {
      // 1.5e3, 0x1F, 1_000; in 1..10 the dots are an operator.
      while (continues_name(peek()) || (peek() == '.' && peek(1) != '.')) ++at_;
      end_name();
    } else if (starts_name(c)) {
      word();
    } else if (c == '.' && peek(1) == '.') {
      at_ += 2;
      end_name();
    } else {
      if (c == '.') {
        connected_ = true;
      } else if (!is_space(c)) {
        end_name();
        null_test_ = 0;
      }
      ++at_;
    }
  }

  // Forgets the previous name: it does not qualify what follows.
  void end_name() {
    previous_.reset();
    connected_ = false;
  }

  static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

  void skip_comment() {
    std::size_t open = 0;
    while (at_ < sql_.size()) {
      if (peek() == '/' && peek(1) == '*') {
        ++open;
        at_ += 2;
      } else if (peek() == '*' && peek(1) == '/') {
        at_ += 2;
        if (--open == 0) return;
      } else {
        ++at_;
      }
    }
  }

  // The text between quotes; the scanner is at the opening one.
  std::string quoted(char quote) {
    std::string text;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] != quote) {
        text += sql_[at_];
      } else if (peek(1) == quote) {
        text += sql_[at_++];
      } else {
        ++at_;
        break;
      }
    }
    return text;
  }

  // Reads E'…'; the scanner is at the quote.
  std::string escaped() {
    Reader reader(sql_);
    reader.rewind(at_ - 1);
    std::optional<std::string> text = reader.read_string();
    if (!text) return std::string(sql_.substr(std::exchange(at_, sql_.size()) + 1));
    at_ = reader.position();
    return std::move(*text);
  }

  // Reads U&'…' or U&"…", and UESCAPE '!'; the scanner is at the quote.
  std::string unicode(char quote) {
    const std::string text = quoted(quote);
    Reader rest(sql_.substr(at_));
    if (rest.take_word("uescape")) {
      if (const auto escape = rest.read_string(); escape && escape->size() == 1) {
        at_ += rest.position();
        return with_characters(text, escape->front());
      }
    }
    return with_characters(text, '\\');
  }

  // $$ … $$, $tag$ … $tag$. False: the dollar sign begins something else.
  bool dollar_string() {
    std::size_t end = at_ + 1;
    while (end < sql_.size() && continues_name(sql_[end]) && sql_[end] != '$') ++end;
    if (end >= sql_.size() || sql_[end] != '$') return false;
    const std::string_view tag = sql_.substr(at_, end + 1 - at_);
    const std::size_t close = std::min(sql_.find(tag, end + 1), sql_.size());
    std::string text(sql_.substr(end + 1, close - end - 1));
    at_ = std::min(close + tag.size(), sql_.size());
    add_string(std::move(text));
    return true;
  }

  void add_string(std::string text) {
    end_name();
    if (depth_ < kMaxDepth) Scanner(text, depth_ + 1, found_).run();
    found_.push_back({.name = std::move(text), .qualifier = {}, .string = true, .depth = depth_});
  }

  void word() {
    std::string folded;
    const std::size_t begin = at_;
    while (continues_name(peek())) folded += ascii::to_lower(sql_[at_++]);
    // E'…', B'…', X'…', N'…', U&'…', U&"…".
    const bool prefix = at_ - begin == 1 && peek() == '\'';
    if (prefix && folded.find_first_of("ebxn") == 0) {
      add_string(folded == "e" ? escaped() : quoted('\''));
    } else if (folded == "u" && peek() == '&' && (peek(1) == '\'' || peek(1) == '"')) {
      const char quote = sql_[++at_];
      quote == '"' ? name(unicode(quote), true) : add_string(unicode(quote));
    } else {
      name(std::move(folded), false);
    }
  }

  void name(std::string text, bool quoted) {
    NameUse use{.name = std::move(text), .qualifier = {}, .quoted = quoted, .depth = depth_};
    if (connected_ && previous_) use.qualifier = found_[*previous_].name;
    // name IS [NOT] NULL, name ISNULL, name NOTNULL
    const bool keyword = !quoted && !connected_;
    if (keyword && previous_ && (use.name == "isnull" || use.name == "notnull")) {
      found_[*previous_].null_test = true;
      null_test_ = 0;
    } else if (keyword && use.name == "is") {
      tested_ = previous_;
      null_test_ = 1;
    } else if (keyword && use.name == "not" && null_test_ == 1) {
      null_test_ = 2;
    } else {
      if (keyword && use.name == "null" && null_test_ > 0 && tested_) found_[*tested_].null_test = true;
      null_test_ = 0;
    }
    connected_ = false;
    previous_ = found_.size();
    found_.push_back(std::move(use));
  }

  std::string_view sql_;
  std::size_t depth_;
  std::vector<NameUse>& found_;
  std::vector<LineComment>* comments_ = nullptr;
  std::size_t at_ = 0;
  std::optional<std::size_t> previous_;  // the name just before, where only space or a dot is between
  std::optional<std::size_t> tested_;    // the name before IS
  int null_test_ = 0;                    // 1 after IS, 2 after IS NOT
  bool connected_ = false;               // a dot follows the name before
};

}  // namespace

std::vector<NameUse> name_uses(std::string_view sql) {
  std::vector<NameUse> found;
  Scanner(sql, 0, found).run();
  return found;
}

std::vector<LineComment> line_comments(std::string_view sql) {
  std::vector<LineComment> comments;
  std::vector<NameUse> names;
  Scanner scanner(sql, 0, names);
  scanner.collect_comments(comments);
  scanner.run();
  return comments;
}

bool may_name(std::string_view sql, std::string_view name) {
  // Quotes are written twice, and any character can be written as an escape: E'…', U&"…" with or without UESCAPE.
  if (name.contains('"') || name.contains('\'') || sql.contains('\\') || sql.contains("U&") || sql.contains("u&"))
    return true;
  const auto same = [](char one, char other) { return ascii::to_lower(one) == ascii::to_lower(other); };
  return !std::ranges::search(sql, name, same).empty();
}

bool names_plainly(std::string_view sql, std::string_view name) {
  if (!may_name(sql, name)) return false;
  const std::vector<NameUse> uses = name_uses(sql);
  return std::ranges::any_of(uses,
                             [&](const NameUse& use) { return use.name == name && !use.string && use.depth == 0; });
}

std::set<std::string> strings_in(std::string_view sql) {
  std::set<std::string> strings;
  for (NameUse& use : name_uses(sql)) {
    if (use.string) strings.insert(std::move(use.name));
  }
  return strings;
}

}  // namespace refract::catalog
