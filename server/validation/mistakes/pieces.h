#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/position.h"

// The pieces of text that the grammar rejects, read as other languages would write them.
namespace refract::validation {

enum class PieceKind {
  word,         // a name, path or number
  string,       // in whatever quotes; an unfinished one goes to the end of its line
  punctuation,  // one character; "@@" is one piece
  comment,      // with whatever marker, to the end of its line or of the comment
};

struct Piece {
  PieceKind kind = PieceKind::word;
  text::Range range;         // in the text that was read; nothing for a piece that was added
  std::string text;          // as it is to be written; empty: removed
  std::string_view content;  // string: what is between its quotes; comment: what follows its marker
  bool finished = true;      // string: it has its closing quote
  bool plain = true;         // false: the quotes or the marker are those of another language

  bool is(std::string_view wanted) const { return kind != PieceKind::string && text == wanted; }
  bool opens() const { return kind == PieceKind::punctuation && (text == "(" || text == "[" || text == "{"); }
  bool separates() const { return kind == PieceKind::punctuation && (text == "," || text == ";"); }
  bool closes() const { return kind == PieceKind::punctuation && (text == ")" || text == "]" || text == "}"); }
};

// The pieces of the lines in the range. Line breaks are none.
std::vector<Piece> pieces_of(std::string_view text, text::Range range);

// The length of the quotation mark of any language at a place; 0: none.
std::size_t quote_length(std::string_view text, std::size_t at);

// Whether an apostrophe is at the place, inside of a word: `it's`.
bool is_apostrophe(std::string_view text, std::size_t at);

// A string literal with this content as it is between other quotes: `it\'s "x"` becomes `"it's \"x\""`.
std::string requoted(std::string_view content);

// A string literal whose value this text is.
std::string string_literal(std::string_view value);

}  // namespace refract::validation
