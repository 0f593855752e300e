#include "bench/repeat.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace refract::bench {
namespace {

bool is_word(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '_';
}

enum class Kind { word, string, comment, other };

struct Token {
  Kind kind = Kind::other;
  std::string_view text;
};

// The next token, at least one byte.
Token next_token(std::string_view text) {
  std::size_t end = 1;
  if (text.starts_with("//")) return {Kind::comment, text.substr(0, text.find('\n'))};
  if (text.front() == '"') {
    while (end < text.size() && text[end] != '"' && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
    return {Kind::string, text.substr(0, end + 1)};
  }
  if (!is_word(text.front())) return {Kind::other, text.substr(0, 1)};
  while (end < text.size() && is_word(text[end])) ++end;
  return {Kind::word, text.substr(0, end)};
}

bool declares(std::string_view keyword) {
  return keyword == "model" || keyword == "view" || keyword == "type" || keyword == "enum";
}

// All top-level blocks but the datasource and generators, and the names they declare.
struct Declarations {
  std::string text;
  std::set<std::string, std::less<>> names;
};

Declarations declarations_of(std::string_view schema) {
  Declarations found;
  bool inside = false;
  while (!schema.empty()) {
    const std::string_view line = schema.substr(0, std::min(schema.find('\n'), schema.size() - 1) + 1);
    schema.remove_prefix(line.size());
    const std::size_t space = line.find(' ');
    if (space != std::string_view::npos && declares(line.substr(0, space)) &&
        line.find('{') != std::string_view::npos) {
      inside = true;
      found.names.emplace(next_token(line.substr(space + 1)).text);
    }
    if (inside) found.text += line;
    if (line.starts_with("}")) inside = false;
  }
  return found;
}

// One copy: declared names get the suffix wherever they are, mapped names too.
std::string copy_of(const Declarations& declarations, std::string_view suffix) {
  std::string copy;
  bool mapped = false;  // the string that comes next is a name of the database
  for (std::string_view rest = declarations.text; !rest.empty();) {
    const Token token = next_token(rest);
    rest.remove_prefix(token.text.size());
    if (token.kind == Kind::string && mapped) {
      copy += token.text.substr(0, token.text.size() - 1);
      copy += suffix;
      copy += '"';
      mapped = false;
      continue;
    }
    copy += token.text;
    if (token.kind == Kind::word && declarations.names.contains(token.text)) copy += suffix;
    if (token.kind == Kind::word) mapped = token.text == "map";
  }
  return copy;
}

}  // namespace

std::string repeated(std::string_view schema, std::size_t lines) {
  std::string text(schema);
  const Declarations declarations = declarations_of(schema);
  const auto count = [](std::string_view of) { return static_cast<std::size_t>(std::ranges::count(of, '\n')); };
  std::size_t have = count(text);
  const std::size_t each = count(declarations.text);
  if (each == 0) return text;
  for (int copy = 2; have < lines; ++copy, have += each)
    text += copy_of(declarations, fmt::format("{}{}", kCopyMark, copy));
  return text;
}

}  // namespace refract::bench
