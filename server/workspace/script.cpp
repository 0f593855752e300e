#include "workspace/script.h"

#include <cctype>
#include <filesystem>

#include "support/ascii.h"

namespace refract::workspace {
namespace {

// Constants that refer to constants: nobody goes further, and a circle ends.
constexpr int kDeepest = 8;

bool is_word(char c) {
  return ascii::is_letter_or_digit(c) || c == '_' || c == '$';
}

// Behind the comment that begins at `at`; `at`: none does.
std::size_t behind_comment(std::string_view source, std::size_t at) {
  const std::string_view rest = source.substr(at);
  if (rest.starts_with("//")) return std::min(source.find('\n', at), source.size());
  if (!rest.starts_with("/*")) return at;
  const std::size_t end = source.find("*/", at + 2);
  return end == std::string_view::npos ? source.size() : end + 2;
}

}  // namespace

Script::Script(std::string_view source) {
  for (std::size_t at = 0; at < source.size();) {
    if (std::isspace(static_cast<unsigned char>(source[at])) != 0) {
      ++at;
      continue;
    }
    if (const std::size_t behind = behind_comment(source, at); behind > at) {
      at = behind;
      continue;
    }
    const char first = source[at];
    if (first == '"' || first == '\'' || first == '`') {
      Token token{Kind::string, {}};
      for (++at; at < source.size() && source[at] != first; ++at) {
        if (source[at] == '\\' && at + 1 < source.size()) ++at;
        // A template with a value in it, or a string that its line does not end.
        if ((first == '`' && source.substr(at).starts_with("${")) || (first != '`' && source[at] == '\n')) {
          token.kind = Kind::unknown;
        }
        token.text += source[at];
      }
      ++at;
      tokens_.push_back(std::move(token));
    } else if (is_word(first)) {
      std::size_t end = at;
      while (end < source.size() && is_word(source[end])) ++end;
      tokens_.push_back({Kind::word, std::string(source.substr(at, end - at))});
      at = end;
    } else {
      tokens_.push_back({Kind::punctuation, std::string(1, first)});
      ++at;
    }
  }
}

bool Script::is(std::size_t at, std::string_view text) const {
  return at < tokens_.size() && tokens_[at].kind != Kind::string && tokens_[at].text == text;
}

std::optional<std::size_t> Script::exported_object() const {
  for (std::size_t at = 0; at < tokens_.size(); ++at) {
    if (is(at, "defineConfig") && is(at + 1, "(") && is(at + 2, "{")) return at + 3;
    if (is(at, "default") && is(at + 1, "{")) return at + 2;
    if (is(at, "exports") && is(at + 1, "=") && is(at + 2, "{")) return at + 3;
  }
  // `const config: PrismaConfig = { … }; export default config`
  for (std::size_t at = 0; at < tokens_.size(); ++at) {
    if (!is(at, "default") || at + 1 >= tokens_.size() || tokens_[at + 1].kind != Kind::word) continue;
    for (std::size_t other = 0; other + 1 < tokens_.size(); ++other) {
      if (!is(other, "const") || tokens_[other + 1].text != tokens_[at + 1].text) continue;
      for (std::size_t begin = other + 2; begin < tokens_.size() && !is(begin, ";"); ++begin) {
        if (is(begin, "=") && is(begin + 1, "{")) return begin + 2;
      }
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> Script::value_of(std::size_t at, std::string_view key) const {
  int depth = 0;
  bool at_key = true;
  for (; at < tokens_.size(); ++at) {
    const Token& token = tokens_[at];
    if (token.kind == Kind::punctuation) {
      const char mark = token.text.front();
      if (mark == '{' || mark == '(' || mark == '[') ++depth;
      if ((mark == '}' || mark == ')' || mark == ']') && --depth < 0) return std::nullopt;
      at_key = depth == 0 && mark == ',';
      continue;
    }
    if (depth == 0 && at_key && token.text == key) {
      if (is(at + 1, ":")) return at + 2;
      if (token.kind == Kind::word && (is(at + 1, ",") || is(at + 1, "}"))) return at;
    }
    at_key = false;
  }
  return std::nullopt;
}

std::optional<std::string> Script::constant(std::string_view name, int depth) const {
  for (std::size_t at = 0; at + 2 < tokens_.size(); ++at) {
    if (!is(at, "const") || tokens_[at + 1].text != name || !is(at + 2, "=")) continue;
    std::size_t value = at + 3;
    return path_at(value, depth + 1);
  }
  return std::nullopt;
}

std::optional<std::string> Script::joined(std::size_t& at, int depth) const {
  std::filesystem::path path;
  while (!is(at, ")")) {
    const auto part = path_at(at, depth + 1);
    if (!part) return std::nullopt;
    path /= *part;
    if (is(at, ",")) ++at;
  }
  ++at;
  return path.string();
}

std::optional<std::string> Script::path_at(std::size_t& at, int depth) const {
  if (at >= tokens_.size() || depth > kDeepest) return std::nullopt;
  if (tokens_[at].kind == Kind::string) {
    std::string text = tokens_[at++].text;
    while (is(at, "+")) {
      ++at;
      const auto more = path_at(at, depth + 1);
      if (!more) return std::nullopt;
      text += *more;
    }
    return text;
  }
  if (is(at, "path") && is(at + 1, ".")) at += 2;
  if ((is(at, "join") || is(at, "resolve")) && is(at + 1, "(")) {
    at += 2;
    return joined(at, depth);
  }
  // The script's own folder, which paths count from.
  if (is(at, "__dirname")) {
    ++at;
    return std::string();
  }
  if (is(at, "import") && is(at + 2, "meta") && is(at + 4, "dirname")) {
    at += 5;
    return std::string();
  }
  if (is(at, "process") && is(at + 2, "cwd") && is(at + 3, "(") && is(at + 4, ")")) {
    at += 5;
    return std::string();
  }
  if (tokens_[at].kind == Kind::word) return constant(tokens_[at++].text, depth);
  return std::nullopt;
}

std::optional<std::string> Script::path_of(const std::vector<std::string_view>& keys) const {
  auto at = exported_object();
  for (std::size_t i = 0; at && i < keys.size(); ++i) {
    at = value_of(*at, keys[i]);
    if (at && i + 1 < keys.size()) at = is(*at, "{") ? std::optional(*at + 1) : std::nullopt;
  }
  if (!at) return std::nullopt;
  auto path = path_at(*at, 0);
  return path && !path->empty() ? path : std::nullopt;
}

}  // namespace refract::workspace
