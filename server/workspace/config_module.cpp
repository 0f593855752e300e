#include "workspace/config_module.h"

#include <cctype>
#include <filesystem>

#include "support/ascii.h"

namespace refract::workspace {
namespace {

// Limit for constants that refer to constants; it also ends a cycle.
constexpr int kMaxDepth = 8;

bool is_word(char c) {
  return ascii::is_letter_or_digit(c) || c == '_' || c == '$';
}

// The offset after the comment at `at`, or `at` if there is none.
std::size_t after_comment(std::string_view source, std::size_t at) {
  const std::string_view rest = source.substr(at);
  if (rest.starts_with("//")) return std::min(source.find('\n', at), source.size());
  if (!rest.starts_with("/*")) return at;
  const std::size_t end = source.find("*/", at + 2);
  return end == std::string_view::npos ? source.size() : end + 2;
}

// Whether an assignment operator begins at `at`: `=`, `??=`, `||=`.
bool assigns(const auto& tokens, std::size_t at) {
  const auto mark = [&](std::size_t place, std::string_view text) {
    return place < tokens.size() && tokens[place].text == text;
  };
  for (const std::string_view twice : {"?", "|", "&"}) {
    if (mark(at, twice) && mark(at + 1, twice)) return mark(at + 2, "=");
  }
  return mark(at, "=") && !mark(at + 1, "=") && !mark(at + 1, ">");
}

// The index after the member accesses that begin at `at`, such as `.a.b` and `["a"]`.
std::size_t after_members(const auto& tokens, std::size_t at) {
  while (at + 1 < tokens.size()) {
    if (tokens[at].text == ".") {
      at += 2;
    } else if (tokens[at].text == "[" && at + 2 < tokens.size() && tokens[at + 2].text == "]") {
      at += 3;
    } else {
      break;
    }
  }
  return at;
}

// Whether a member of an object is set after it was made: `config.url = …`, `Object.assign(config, …)`.
bool is_changed(const auto& tokens, std::string_view name) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].text != name || (at > 0 && tokens[at - 1].text == ".")) continue;
    if (at > 1 && tokens[at - 1].text == "(" && tokens[at - 2].text == "assign") return true;
    const std::size_t after = after_members(tokens, at + 1);
    if (after > at + 1 && assigns(tokens, after)) return true;
  }
  return false;
}

// Whether the file sets the environment variable itself.
bool sets_variable(const auto& tokens, std::string_view name) {
  for (std::size_t at = 0; at + 2 < tokens.size(); ++at) {
    if (tokens[at].text != "env" || (tokens[at + 1].text != "." && tokens[at + 1].text != "[")) continue;
    if (tokens[at + 2].text == name && assigns(tokens, after_members(tokens, at + 1))) return true;
  }
  return false;
}

}  // namespace

ConfigModule::ConfigModule(std::string_view source) {
  for (std::size_t at = 0; at < source.size();) {
    if (std::isspace(static_cast<unsigned char>(source[at])) != 0) {
      ++at;
      continue;
    }
    if (const std::size_t after = after_comment(source, at); after > at) {
      at = after;
      continue;
    }
    const char first = source[at];
    if (first == '"' || first == '\'' || first == '`') {
      Token token{Kind::string, {}, 0};
      for (++at; at < source.size() && source[at] != first; ++at) {
        if (source[at] == '\\' && at + 1 < source.size()) ++at;
        // A template with a substitution, or a string without its closing quote.
        if ((first == '`' && source.substr(at).starts_with("${")) || (first != '`' && source[at] == '\n')) {
          token.kind = Kind::unknown;
        }
        token.text += source[at];
      }
      ++at;
      token.end = std::min(at, source.size());
      tokens_.push_back(std::move(token));
    } else if (is_word(first)) {
      std::size_t end = at;
      while (end < source.size() && is_word(source[end])) ++end;
      tokens_.push_back({Kind::word, std::string(source.substr(at, end - at)), end});
      at = end;
    } else {
      ++at;
      tokens_.push_back({Kind::punctuation, std::string(1, first), at});
    }
  }
}

bool ConfigModule::is(std::size_t at, std::string_view text) const {
  return at < tokens_.size() && tokens_[at].kind != Kind::string && tokens_[at].text == text;
}

std::optional<std::size_t> ConfigModule::constant_value(std::string_view name) const {
  if (is_changed(tokens_, name)) return std::nullopt;
  for (std::size_t at = 0; at + 2 < tokens_.size(); ++at) {
    if (!is(at, "const") || tokens_[at + 1].text != name) continue;
    // A type can be between the name and the value: `const base: PrismaConfig = {`.
    for (std::size_t begin = at + 2; begin + 1 < tokens_.size() && !is(begin, ";"); ++begin) {
      if (is(begin, "=")) return is(begin + 1, ">") ? std::nullopt : std::optional(begin + 1);
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> ConfigModule::call_of(std::size_t at, std::string_view function) const {
  if (at >= tokens_.size() || tokens_[at].kind != Kind::word) return std::nullopt;
  const auto call = [&](std::size_t end) { return is(end, "(") || is(end, "<") ? std::optional(end) : std::nullopt; };
  if (is(at, function)) return call(at + 1);
  for (const char* module : {"prisma/config", "@prisma/config"}) {
    const std::string name = imported_as(module, function).value_or(std::string());
    if (name == tokens_[at].text) return call(at + 1);
    // "cfg.defineConfig"
    const bool whole = is(at + 1, ".") && is(at + 2, function) && name.starts_with(tokens_[at].text + ".");
    if (whole) return call(at + 3);
  }
  return std::nullopt;
}

std::optional<std::size_t> ConfigModule::object_at(std::size_t at) const {
  for (int depth = 0; depth < kMaxDepth && at < tokens_.size(); ++depth) {
    if (is(at, "{")) return at + 1;
    if (const auto call = call_of(at, "defineConfig"); call && is(*call, "(")) {
      at = *call + 1;
    } else if (is(at, "(")) {
      ++at;
    } else if (tokens_[at].kind == Kind::word) {
      const auto value = constant_value(tokens_[at].text);
      if (!value) return std::nullopt;
      at = *value;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> ConfigModule::exported_object() const {
  for (std::size_t at = 0; at + 1 < tokens_.size(); ++at) {
    if (is(at, "export") && is(at + 1, "default")) return object_at(at + 2);
    if (is(at, "exports") && is(at + 1, "=")) return object_at(at + 2);
  }
  return std::nullopt;
}

std::optional<std::size_t> ConfigModule::member(std::size_t at, std::string_view key) const {
  int depth = 0;
  bool at_key = true;
  std::optional<std::size_t> found;  // of a repeated key the last counts
  for (; at < tokens_.size(); ++at) {
    const Token& token = tokens_[at];
    if (token.kind == Kind::punctuation) {
      const char mark = token.text.front();
      if (mark == '{' || mark == '(' || mark == '[') ++depth;
      if ((mark == '}' || mark == ')' || mark == ']') && --depth < 0) return found;
      at_key = depth == 0 && mark == ',';
      continue;
    }
    if (depth == 0 && at_key && token.text == key) {
      if (is(at + 1, ":")) {
        found = at + 2;
      } else if (token.kind == Kind::word && (is(at + 1, ",") || is(at + 1, "}") || is(at + 1, "("))) {
        found = at;
      }
    }
    // `get url() {`, `async url() {`
    at_key = depth == 0 && at_key && (token.text == "get" || token.text == "async");
  }
  return found;
}

bool ConfigModule::has_unknown_members(std::size_t at) const {
  int depth = 0;
  for (; at < tokens_.size(); ++at) {
    if (tokens_[at].kind != Kind::punctuation) continue;
    const char mark = tokens_[at].text.front();
    if (depth == 0 && is(at, ".") && is(at + 1, ".") && is(at + 2, ".")) return true;
    if (depth == 0 && mark == '[' && at > 0 && (is(at - 1, ",") || is(at - 1, "{"))) return true;
    if (mark == '{' || mark == '(' || mark == '[') ++depth;
    if ((mark == '}' || mark == ')' || mark == ']') && --depth < 0) return false;
  }
  return false;
}

std::optional<std::size_t> ConfigModule::find(const std::vector<std::string_view>& keys, bool& unknown) const {
  unknown = false;
  auto object = exported_object();
  if (!object) {
    unknown = true;
    return std::nullopt;
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto value = member(*object, keys[i]);
    if (!value) {
      unknown = has_unknown_members(*object);
      return std::nullopt;
    }
    // `{ url: "a", ...base }`: a spread after the key can override it.
    if (has_unknown_members(*value)) {
      unknown = true;
      return std::nullopt;
    }
    if (i + 1 == keys.size()) return value;
    object = object_at(*value);
    if (!object) {
      unknown = true;
      return std::nullopt;
    }
  }
  return std::nullopt;
}

bool ConfigModule::has(const std::vector<std::string_view>& keys) const {
  bool unknown = false;
  return find(keys, unknown).has_value() || unknown;
}

bool ConfigModule::ends(std::size_t at) const {
  while (is(at, "!")) ++at;
  // `value as string`, `value satisfies Url`: what follows is a type.
  if (is(at, "as") || is(at, "satisfies")) return true;
  return at >= tokens_.size() || is(at, ",") || is(at, "}") || is(at, ")") || is(at, "]") || is(at, ";") ||
         is(at, "const") || is(at, "export");
}

bool ConfigModule::operand_at(std::size_t& at, int depth, std::vector<ConfigOperand>& found) const {
  if (at >= tokens_.size() || depth > kMaxDepth) return false;
  if (is(at, "(")) {
    ++at;
    if (!alternatives_at(at, depth + 1, found)) return false;
    while (at < tokens_.size() && !is(at, ")")) ++at;
    ++at;
    return true;
  }
  const bool process_env = is(at, "process") && is(at + 1, ".") && is(at + 2, "env");
  if (const auto call = process_env ? std::nullopt : call_of(at, "env")) {
    std::size_t name = *call;
    // `env<Env>("X")`
    if (is(name, "<")) {
      while (name < tokens_.size() && !is(name, "(")) ++name;
    }
    if (!is(name, "(") || name + 1 >= tokens_.size() || tokens_[name + 1].kind != Kind::string || !is(name + 2, ")"))
      return false;
    if (sets_variable(tokens_, tokens_[name + 1].text)) return false;
    found.push_back({true, tokens_[name + 1].text, true});
    at = name + 3;
    return true;
  }
  if (process_env) {
    at += 3;
    if (is(at, "?")) ++at;
    if (is(at, ".") && is(at + 1, "[")) ++at;
    const bool bracket = is(at, "[");
    if (!bracket && !is(at, ".")) return false;
    if (at + 1 >= tokens_.size() || tokens_[at + 1].kind != (bracket ? Kind::string : Kind::word)) return false;
    if (sets_variable(tokens_, tokens_[at + 1].text)) return false;
    found.push_back({true, tokens_[at + 1].text});
    at += bracket ? 3 : 2;
    return true;
  }
  if (tokens_[at].kind == Kind::string) {
    std::string text = tokens_[at++].text;
    while (is(at, "+") && at + 1 < tokens_.size() && tokens_[at + 1].kind == Kind::string) {
      text += tokens_[at + 1].text;
      at += 2;
    }
    found.push_back({false, std::move(text)});
    return true;
  }
  if (tokens_[at].kind != Kind::word) return false;
  auto value = constant_value(tokens_[at].text);
  if (!value || !alternatives_at(*value, depth + 1, found)) return false;
  ++at;
  return true;
}

bool ConfigModule::alternatives_at(std::size_t& at, int depth, std::vector<ConfigOperand>& found) const {
  while (true) {
    if (!operand_at(at, depth, found)) return false;
    std::size_t next = at;
    while (is(next, "!")) ++next;
    const bool or_else = is(next, "|") && is(next + 1, "|");
    if (!or_else && !(is(next, "?") && is(next + 1, "?"))) return ends(at);
    if (or_else) {
      for (ConfigOperand& operand : found) operand.accepts_empty = false;
    }
    at = next + 2;
  }
}

ConfigValue ConfigModule::value_of(const std::vector<std::string_view>& keys) const {
  ConfigValue value;
  bool unknown = false;
  auto at = find(keys, unknown);
  value.present = at.has_value() || unknown;
  if (!at) return value;
  if (is(*at, "undefined") && ends(*at + 1)) return {};
  value.known = alternatives_at(*at, 0, value.alternatives);
  if (!value.known) value.alternatives.clear();
  return value;
}

std::optional<std::vector<std::string>> ConfigModule::list_of(const std::vector<std::string_view>& keys) const {
  bool unknown = false;
  const auto found = find(keys, unknown);
  if (!found) return std::nullopt;
  std::size_t at = *found;
  if (at < tokens_.size() && tokens_[at].kind == Kind::word) at = constant_value(tokens_[at].text).value_or(at);
  if (!is(at, "[")) return std::nullopt;
  std::vector<std::string> texts;
  for (++at; at < tokens_.size() && !is(at, "]"); ++at) {
    if (is(at, ",")) continue;
    if (tokens_[at].kind != Kind::string) return std::nullopt;
    texts.push_back(tokens_[at].text);
  }
  return texts;
}

bool ConfigModule::imports(std::string_view module) const {
  for (std::size_t at = 1; at < tokens_.size(); ++at) {
    if (tokens_[at].kind != Kind::string || tokens_[at].text != module) continue;
    if (is(at - 1, "import") || is(at - 1, "from") || (is(at - 1, "(") && at > 1 && is(at - 2, "require")) ||
        (is(at - 1, "(") && at > 1 && is(at - 2, "import"))) {
      return true;
    }
  }
  return false;
}

bool ConfigModule::calls(std::string_view function) const {
  for (std::size_t at = 0; at < tokens_.size(); ++at) {
    if (is(at, function) && is(at + 1, "(")) return true;
  }
  return false;
}

std::optional<std::vector<std::string>> ConfigModule::environment_files() const {
  std::vector<std::string> files;
  for (std::size_t at = 0; at + 2 < tokens_.size(); ++at) {
    const bool node = is(at, "loadEnvFile") && is(at + 1, "(") && !is(at + 2, ")");
    const bool dotenv = is(at, "config") && is(at + 1, "(") && is(at + 2, "{");
    std::optional<std::size_t> value;
    if (node) value = at + 2;
    if (dotenv) value = member(at + 3, "path");
    if (!value) continue;
    if (is(*value, "[")) {
      for (++*value; *value < tokens_.size() && !is(*value, "]"); ++*value) {
        if (is(*value, ",")) continue;
        if (tokens_[*value].kind != Kind::string) return std::nullopt;
        files.push_back(tokens_[*value].text);
      }
      continue;
    }
    auto file = path_at(*value, 0);
    if (!file) return std::nullopt;
    files.push_back(std::move(*file));
  }
  return files;
}

std::optional<std::string> ConfigModule::joined(std::size_t& at, int depth) const {
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

std::optional<std::string> ConfigModule::path_at(std::size_t& at, int depth) const {
  if (at >= tokens_.size() || depth > kMaxDepth) return std::nullopt;
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
  // The module's own folder; paths are relative to it.
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
  if (tokens_[at].kind != Kind::word) return std::nullopt;
  auto value = constant_value(tokens_[at++].text);
  return value ? path_at(*value, depth + 1) : std::nullopt;
}

std::optional<std::string> ConfigModule::path_of(const std::vector<std::string_view>& keys) const {
  bool unknown = false;
  auto at = find(keys, unknown);
  if (!at) return std::nullopt;
  auto path = path_at(*at, 0);
  return path && !path->empty() && ends(*at) ? path : std::nullopt;
}

std::optional<std::string> ConfigModule::path_passed_to(std::string_view function) const {
  for (std::size_t at = 0; at < tokens_.size(); ++at) {
    if (!is(at, function) || !is(at + 1, "(")) continue;
    std::size_t argument = at + 2;
    if (auto path = path_at(argument, 0); path && !path->empty() && ends(argument)) return path;
  }
  return std::nullopt;
}

std::optional<std::size_t> ConfigModule::object_begin(const std::vector<std::string_view>& keys) const {
  auto object = exported_object();
  for (const std::string_view key : keys) {
    if (!object) return std::nullopt;
    const auto value = member(*object, key);
    object = value ? object_at(*value) : std::nullopt;
  }
  if (!object || has_unknown_members(*object)) return std::nullopt;
  return tokens_[*object - 1].end;
}

std::optional<std::size_t> ConfigModule::import_brace(std::string_view module) const {
  for (std::size_t at = 2; at < tokens_.size(); ++at) {
    if (tokens_[at].kind != Kind::string || tokens_[at].text != module) continue;
    const bool imported = is(at - 1, "from");
    const bool required = at > 3 && is(at - 1, "(") && is(at - 2, "require") && is(at - 3, "=");
    std::size_t close = at - (imported ? 2 : 4);
    if ((!imported && !required) || !is(close, "}")) continue;
    while (close > 0 && !is(close, "{")) --close;
    if (close > 0 && !is(close - 1, "type")) return close;
  }
  return std::nullopt;
}

std::optional<std::size_t> ConfigModule::imported_names_begin(std::string_view module) const {
  const auto brace = import_brace(module);
  return brace ? std::optional(tokens_[*brace].end) : std::nullopt;
}

std::optional<std::string> ConfigModule::imported_as(std::string_view module, std::string_view name) const {
  if (const auto brace = import_brace(module)) {
    for (std::size_t at = *brace + 1; at + 2 < tokens_.size() && !is(at, "}"); ++at) {
      if (!is(at, name) || is(at - 1, "as") || is(at - 1, ":")) continue;
      if (is(at + 1, ",") || is(at + 1, "}")) return std::string(name);
      return tokens_[at + 2].text;
    }
  }
  for (std::size_t at = 3; at < tokens_.size(); ++at) {
    if (tokens_[at].kind != Kind::string || tokens_[at].text != module) continue;
    // `import * as cfg from`, `const cfg = require(`
    const bool imported = is(at - 1, "from") && is(at - 3, "as");
    const bool required = at > 4 && is(at - 1, "(") && is(at - 2, "require") && is(at - 3, "=");
    const std::size_t word = imported ? at - 2 : at - 4;
    if ((imported || required) && tokens_[word].kind == Kind::word) return tokens_[word].text + "." + std::string(name);
  }
  return std::nullopt;
}

bool ConfigModule::uses_name(std::string_view name) const {
  for (std::size_t at = 0; at < tokens_.size(); ++at) {
    if (is(at, name) && (at == 0 || !is(at - 1, "."))) return true;
  }
  return false;
}

bool ConfigModule::is_es_module() const {
  for (std::size_t at = 0; at + 1 < tokens_.size(); ++at) {
    if (is(at, "export") && is(at + 1, "default")) return true;
  }
  return false;
}

}  // namespace refract::workspace
