#pragma once

#include <vector>

#include "syntax/ast.h"

namespace refract::syntax {

enum class LineTokenKind {
  word,         // a name or path, or a number: what one types on without a break
  string,       // quotes included; an unfinished one goes to the end of the line
  punctuation,  // one character, except that "@@" is one token
  comment,      // to the end of the line
};

struct LineToken {
  LineTokenKind kind = LineTokenKind::word;
  text::Range range;
  bool finished = true;  // string: it has its closing quote

  bool is(std::string_view text, std::string_view wanted) const {
    return kind == LineTokenKind::punctuation && text.substr(range.begin, range.size()) == wanted;
  }
};

// The tokens of the line in [begin, end), however broken it is. Anything that is no token is punctuation.
std::vector<LineToken> tokens_of_line(std::string_view text, text::Offset begin, text::Offset end);

}  // namespace refract::syntax
