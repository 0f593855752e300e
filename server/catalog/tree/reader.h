#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace refract::catalog {

// Reads words, names and literals off a short piece of SQL. Each read_… moves past what it read and the white space
// after it, and leaves the place alone when something else is there.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) { skip_space(); }

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  std::size_t position() const { return at_; }
  void rewind(std::size_t position) { at_ = position; }

  bool take(std::string_view symbol);
  // An unquoted word, folded to lower case, when it is `word`, for example "current_timestamp".
  bool take_word(std::string_view word);
  // An unquoted word, folded.
  std::optional<std::string> read_word();
  // A name: an unquoted word folded, or a quoted one as it is.
  std::optional<std::string> read_name(bool* quoted = nullptr);
  // 'it''s', E'a\n', B'101' (the bits), without the quotes.
  std::optional<std::string> read_string();
  // Digits with an optional fraction and exponent, no sign.
  std::optional<std::string> read_number();

 private:
  void skip_space();
  std::optional<std::string> read_quoted(char quote);
  std::optional<std::string> read_escaped();

  std::string_view text_;
  std::size_t at_ = 0;
};

// Appends a code point as UTF-8; an invalid one becomes U+FFFD.
void append_utf8(std::string& text, std::uint32_t code_point);

}  // namespace refract::catalog
