#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Recognises the pieces of a line for the formatter, and writes what is in parentheses in its canonical spacing.
//
// Why a separate scanner and not the tree-sitter tree or the typed Block: Prisma's formatter lays out exactly the
// lines that its grammar accepts as a whole, and keeps every other line as it is. tree-sitter repairs a broken line
// its own way, and the typed Block holds no commas and no comments. Where a line is accepted decides bytes of the
// answer, so the rules are written down here as ordered choices without backtracking, as Prisma reads them.
namespace refract::syntax {

// What the major versions of Prisma differ in.
struct Dialect {
  bool letters = true;         // names of letters beyond ASCII
  bool block_comments = true;  // `/* … */`
  bool objects = true;         // `{ a: 1 }` as a value
  // As Prisma's formatter does: the colon of `name: Type` and the "!" of `Type!` (both from Prisma 1) and a comma
  // before a closing parenthesis are not written. Otherwise a line with such a mark of Prisma 1 has no rule.
  bool loses_marks = false;
};

// A place in the text that moves on with what it recognises. Every function that returns bool leaves the place
// where it was when it answers false; what it has written by then is for the caller to drop.
class Scanner {
 public:
  Scanner(std::string_view text, Dialect dialect) : text_(text), dialect_(dialect) {}

  std::string_view text() const { return text_; }
  std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }
  bool at_end() const { return at_ == text_.size(); }
  std::string_view since(std::size_t begin) const { return text_.substr(begin, at_ - begin); }

  // Spaces of all kinds and tabs, no line ends.
  void skip_white();
  bool line_end();     // "\n", "\r\n" or "\r"
  void to_line_end();  // moves in front of it, or to the end of the text
  // Whether the rest of the line has a "}" that closes what was opened before it, strings and comments aside.
  bool closes_on_line() const;
  bool blank_lines();  // one or more lines of white space only, from within a line as well

  bool literal(std::string_view word);
  bool identifier();
  bool path();          // identifiers joined by dots
  bool line_comment();  // `//` or `///` to the end of the line
  bool block_comment();
  bool trailing_comment() { return line_comment() || block_comment(); }

  const Dialect& dialect() const { return dialect_; }

  bool base_type();  // a name or `Unsupported("…")`
  // `Int`, `String[]`, `[String]`, `Unsupported("x")?`; a list is written with the brackets at its end.
  bool field_type(std::string& out);
  // A path and its arguments, if any: what follows "@" or "@@".
  bool attribute(std::string& out);
  bool expression(std::string& out);

 private:
  bool arguments(std::string& out);
  bool argument(std::string& out);
  bool array(std::string& out);
  bool object(std::string& out);
  bool number();
  bool string();
  template <typename Item>
  bool separated_by_commas(Item item, std::string& out);

  std::string_view text_;
  Dialect dialect_;
  std::size_t at_ = 0;
  // The last search for "*/": from where and what it found, so that a text full of "/*" is not searched once for each.
  std::size_t searched_from_ = std::string_view::npos;
  std::size_t search_result_ = 0;
  int depth_ = 0;  // of nested values: a line nested too deep counts as broken instead of ending the stack
};

}  // namespace refract::syntax
