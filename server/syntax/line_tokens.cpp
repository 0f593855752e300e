#include "syntax/line_tokens.h"

#include <algorithm>

#include "syntax/characters.h"
#include "text/unicode.h"

namespace refract::syntax {

namespace {

// A path may begin with anything a name may go on with: one is still typing it.
std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (const std::size_t length = name_length(text, at))
      at += length;
    else if (text[at] == '_' || text[at] == '-' || text[at] == '.')
      ++at;
    else
      break;
  }
  return at;
}

}  // namespace

std::vector<LineToken> tokens_of_line(std::string_view text, text::Offset begin, text::Offset end) {
  std::vector<LineToken> tokens;
  const std::string_view line = text.substr(0, end);
  for (std::size_t at = skip_space(line, begin); at < end; at = skip_space(line, at)) {
    LineToken token;
    std::size_t token_end = word_end(line, at);
    const std::string_view rest = line.substr(at);
    if (token_end > at) {
      token.kind = LineTokenKind::word;
    } else if (line[at] == '"') {
      token.kind = LineTokenKind::string;
      token_end = string_end(line, at);
      token.finished = token_end != std::string_view::npos;
      token_end = std::min<std::size_t>(token_end, end);
    } else if (rest.starts_with("//") || rest.starts_with("/*")) {
      token.kind = LineTokenKind::comment;
      token_end = end;
    } else {
      token.kind = LineTokenKind::punctuation;
      token_end = at + (rest.starts_with("@@") ? 2 : text::code_point_at(line, at).size);
    }
    token.range = {static_cast<text::Offset>(at), static_cast<text::Offset>(token_end)};
    tokens.push_back(token);
    at = token_end;
  }
  return tokens;
}

}  // namespace refract::syntax
