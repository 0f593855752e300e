#include "syntax/format_scanner.h"

#include <algorithm>

#include "support/ascii.h"
#include "syntax/characters.h"
#include "text/unicode.h"

namespace refract::syntax {
namespace {

constexpr int kMaxDepth = 200;

bool is_ascii_byte(char byte) {
  return static_cast<unsigned char>(byte) < 0x80U;
}

// Takes back the place when a rule fails half way.
class Attempt {
 public:
  explicit Attempt(Scanner& scanner) : scanner_(scanner), begin_(scanner.at()) {}
  bool failed() {
    scanner_.move_to(begin_);
    return false;
  }

 private:
  Scanner& scanner_;
  std::size_t begin_;
};

// Counts one level of nesting while it lives.
class Level {
 public:
  explicit Level(int& depth) : depth_(depth) { ++depth_; }
  ~Level() { --depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  int& depth_;
};

}  // namespace

void Scanner::skip_white() {
  at_ = skip_space(text_, at_);
}

bool Scanner::line_end() {
  const auto length = newline_length(text_, at_);
  at_ += length;
  return length > 0;
}

void Scanner::to_line_end() {
  at_ = syntax::line_end(text_, at_);
}

bool Scanner::closes_on_line() const {
  const auto line = text_.substr(0, syntax::line_end(text_, at_));
  int open = 0;
  for (auto at = at_; at < line.size();) {
    if (line[at] == '"') {
      at = std::min(string_end(line, at), line.size());
    } else if (line.substr(at).starts_with("/*")) {
      const auto end = line.find("*/", at + 2);
      at = end == std::string_view::npos ? line.size() : end + 2;
    } else if (line.substr(at).starts_with("//")) {
      return false;
    } else {
      if (line[at] == '{') ++open;
      if (line[at] == '}' && --open < 0) return true;
      ++at;
    }
  }
  return false;
}

bool Scanner::blank_lines() {
  bool found = false;
  for (;;) {
    const auto begin = at_;
    skip_white();
    if (!line_end()) {
      at_ = begin;
      return found;
    }
    found = true;
  }
}

bool Scanner::literal(std::string_view word) {
  if (at_ >= text_.size() || text_[at_] != word.front() || !text_.substr(at_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

bool Scanner::identifier() {
  auto length = name_length(text_, at_);
  if (!dialect_.letters) {
    const auto name = text_.substr(at_, length);
    length = static_cast<std::size_t>(std::ranges::find_if_not(name, is_ascii_byte) - name.begin());
  }
  at_ += length;
  return length > 0;
}

bool Scanner::path() {
  if (!identifier()) return false;
  while (literal(".")) identifier();
  return true;
}

bool Scanner::line_comment() {
  if (!literal("//")) return false;
  to_line_end();
  return true;
}

bool Scanner::block_comment() {
  if (!dialect_.block_comments || !text_.substr(at_).starts_with("/*")) return false;
  const auto inside = at_ + 2;
  if (inside < searched_from_ || inside > search_result_) {
    searched_from_ = inside;
    search_result_ = text_.find("*/", inside);
  }
  if (search_result_ == std::string_view::npos) return false;
  at_ = search_result_ + 2;
  return true;
}

bool Scanner::string() {
  Attempt attempt(*this);
  if (!literal("\"")) return false;
  while (at_ < text_.size()) {
    const char byte = text_[at_];
    if (byte == '"') {
      ++at_;
      return true;
    }
    if (byte == '\\') {
      ++at_;  // whatever is after it belongs to the string, a control character too
      if (!at_end()) at_ += text::code_point_at(text_, at_).size;
    } else if (static_cast<unsigned char>(byte) < 0x20U) {
      break;
    } else {
      ++at_;
    }
  }
  return attempt.failed();
}

bool Scanner::number() {
  Attempt attempt(*this);
  literal("-");
  const auto digits = [this] {
    const auto begin = at_;
    while (at_ < text_.size() && ascii::is_digit(text_[at_])) ++at_;
    return at_ > begin;
  };
  if (!digits()) return attempt.failed();
  const auto whole = at_;
  if (!literal(".") || !digits()) at_ = whole;
  return true;
}

bool Scanner::base_type() {
  Attempt attempt(*this);
  if (literal("Unsupported(")) {
    skip_white();
    if (string()) {
      skip_white();
      if (literal(")")) return true;
    }
    attempt.failed();
  }
  return identifier();
}

bool Scanner::field_type(std::string& out) {
  Attempt attempt(*this);
  const auto begin = at_;
  if (literal("[")) {
    skip_white();
    const auto name = at_;
    if (!base_type()) return attempt.failed();
    out += since(name);
    skip_white();
    if (!literal("]")) return attempt.failed();
    out += "[]";
    return true;
  }
  if (!base_type()) return false;
  out += since(begin);
  const auto name_end = at_;
  skip_white();
  if (literal("[]")) {
    out += "[]";
    const auto list_end = at_;
    skip_white();
    if (literal("?")) {
      out += '?';
    } else {
      at_ = list_end;
    }
  } else if (literal("?")) {
    out += '?';
  } else if (!dialect_.loses_marks || !literal("!")) {
    at_ = name_end;
  }
  return true;
}

bool Scanner::attribute(std::string& out) {
  const auto begin = at_;
  if (!path()) return false;
  out += since(begin);
  const auto path_end = at_;
  const auto written = out.size();
  skip_white();
  if (!arguments(out)) {
    out.resize(written);
    at_ = path_end;
  }
  return true;
}

bool Scanner::expression(std::string& out) {
  const auto begin = at_;
  const auto written = out.size();
  if (depth_ > kMaxDepth) return false;
  const Level level(depth_);
  std::size_t path_end = begin;
  if (path()) {
    path_end = at_;
    out += since(begin);
    skip_white();
    if (arguments(out)) return true;
    out.resize(written);
    at_ = begin;
  }
  if (array(out) || object(out)) return true;
  out.resize(written);
  // A number is tried before a path: of `1a` only the "1" is read, and the line turns out broken.
  if (!number() && !string()) {
    if (path_end == begin) return false;
    at_ = path_end;
  }
  out += since(begin);
  return true;
}

// Reads items with commas between them, and writes them with ", " between.
template <typename Item>
bool Scanner::separated_by_commas(Item item, std::string& out) {
  if (!item()) return false;
  for (;;) {
    const auto end = at_;
    const auto written = out.size();
    skip_white();
    if (literal(",")) {
      out += ", ";
      skip_white();
      if (item()) continue;
    }
    at_ = end;
    out.resize(written);
    return true;
  }
}

bool Scanner::arguments(std::string& out) {
  Attempt attempt(*this);
  if (!literal("(")) return false;
  out += '(';
  skip_white();
  const auto written = out.size();
  if (!separated_by_commas([&] { return argument(out); }, out)) out.resize(written);
  skip_white();
  if (literal(",") && !dialect_.loses_marks) out += ',';
  skip_white();
  if (!literal(")")) return attempt.failed();
  out += ')';
  return true;
}

bool Scanner::argument(std::string& out) {
  const auto begin = at_;
  const auto written = out.size();
  if (identifier()) {
    const auto name = since(begin);
    skip_white();
    if (literal(":")) {
      out += name;
      out += ": ";
      const auto colon_end = at_;
      const auto value = out.size();
      skip_white();
      if (!expression(out)) {
        out.resize(value);
        at_ = colon_end;
      }
      return true;
    }
    at_ = begin;
    out.resize(written);
  }
  return expression(out);
}

bool Scanner::array(std::string& out) {
  Attempt attempt(*this);
  if (!literal("[")) return false;
  out += '[';
  skip_white();
  const auto written = out.size();
  if (!separated_by_commas([&] { return expression(out); }, out)) out.resize(written);
  skip_white();
  if (!literal("]")) return attempt.failed();
  out += ']';
  return true;
}

bool Scanner::object(std::string& out) {
  Attempt attempt(*this);
  if (!dialect_.objects || !literal("{")) return false;
  const auto entry = [&] {
    Attempt whole(*this);
    const auto begin = at_;
    if (!identifier()) return false;
    out += since(begin);
    skip_white();
    if (!literal(":")) return whole.failed();
    out += ": ";
    skip_white();
    return expression(out) || whole.failed();
  };
  out += "{ ";
  skip_white();
  const auto written = out.size();
  if (!separated_by_commas(entry, out)) out.resize(written);
  skip_white();
  if (!literal("}")) return attempt.failed();
  out += " }";
  return true;
}

}  // namespace refract::syntax
