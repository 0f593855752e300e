#include "workspace/yaml.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <utility>

namespace refract::workspace {
namespace {

using Keys = std::vector<std::string>;

// Limits for what aliases repeat, and for what is inside of each other.
constexpr std::size_t kMaxAliases = 1000;
constexpr std::size_t kMaxCopies = 10'000;
constexpr std::size_t kMaxDepth = 64;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::string_view(" \t\r\n").contains(text.front())) text.remove_prefix(1);
  while (!text.empty() && std::string_view(" \t\r\n").contains(text.back())) text.remove_suffix(1);
  return text;
}

// The offset after the quoted text that begins at `at`.
std::size_t after_quotes(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
      ++at;  // '' is a quote in quotes
    }
  }
  return text.size();
}

// Where the comment begins; without one the end.
std::size_t comment_begin(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const bool at_word = at == 0 || std::string_view(" \t[{,").contains(line[at - 1]);
    if (line[at] == '#' && (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t')) return at;
    at = at_word && (line[at] == '"' || line[at] == '\'') ? after_quotes(line, at) : at + 1;
  }
  return line.size();
}

std::string unquoted(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) return std::string(text);
  const char quote = text.front();
  const std::size_t end = after_quotes(text, 0);
  std::string result;
  for (std::size_t at = 1; at + 1 < end; ++at) {
    if (text[at] == (quote == '"' ? '\\' : quote) && at + 2 < end) ++at;
    result += text[at];
  }
  return result;
}

// The offset of the colon after a key at the beginning of the text; npos: there is none. `flow`: inside of brackets.
std::size_t colon_of(std::string_view text, bool flow) {
  std::size_t at = 0;
  if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
    at = after_quotes(text, 0);
    while (at < text.size() && text[at] == ' ') ++at;
    return at < text.size() && text[at] == ':' ? at : std::string_view::npos;
  }
  for (; at < text.size(); ++at) {
    if (flow && std::string_view(",]}").contains(text[at])) return std::string_view::npos;
    if (text[at] == ':' && (at + 1 == text.size() || std::string_view(" \t\r\n").contains(text[at + 1]))) return at;
  }
  return std::string_view::npos;
}

// How many brackets of flow style the text opens and does not close; negative: it closes more.
std::ptrdiff_t open_brackets(std::string_view text) {
  std::ptrdiff_t open = 0;
  for (std::size_t at = 0; at < text.size();) {
    const bool at_word = at == 0 || std::string_view(" \t\n[{,").contains(text[at - 1]);
    if (at_word && (text[at] == '"' || text[at] == '\'')) {
      at = after_quotes(text, at);
      continue;
    }
    if (text[at] == '{' || text[at] == '[') ++open;
    if (text[at] == '}' || text[at] == ']') --open;
    ++at;
  }
  return open;
}

class YamlReader {
 public:
  explicit YamlReader(std::string_view text) : rest_(text) {}

  std::vector<YamlEntry> read() {
    while (!rest_.empty()) {
      const std::string_view whole = next_line();
      const std::string_view line = whole.substr(0, comment_begin(whole));
      const std::size_t indent = line.find_first_not_of(' ');
      if (indent == std::string_view::npos || trimmed(line).empty() || line.starts_with("---")) continue;
      read_line(indent, trimmed(line.substr(indent)));
    }
    return std::move(entries_);
  }

 private:
  struct Level {
    std::size_t indent = 0;
    std::string key;
  };

  std::string_view next_line() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return line;
  }

  Keys path() const {
    Keys keys;
    for (const Level& level : levels_) keys.push_back(level.key);
    return keys;
  }

  void read_line(std::size_t indent, std::string_view text) {
    const bool item = text == "-" || text.starts_with("- ");
    // The elements of a list may be as far to the left as its key.
    while (!levels_.empty() && (levels_.back().indent > indent ||
                                (levels_.back().indent == indent && (!item || levels_.back().key == "-")))) {
      levels_.pop_back();
    }
    if (levels_.size() >= kMaxDepth) return;
    if (item) {
      levels_.push_back({indent, "-"});
      const std::string_view content = trimmed(text.substr(1));
      if (content.empty()) return;
      const std::size_t inner = indent + (text.size() - trimmed(text.substr(1)).size());
      if (colon_of(content, false) == std::string_view::npos) {
        read_value(indent, std::string(content));
      } else {
        read_line(inner, content);
      }
      return;
    }
    const std::size_t colon = colon_of(text, false);
    if (colon == std::string_view::npos) return;
    levels_.push_back({indent, unquoted(text.substr(0, colon))});
    read_value(indent, std::string(trimmed(text.substr(colon + 1))));
  }

  // The value of the last key, of which the first line is given.
  void read_value(std::size_t indent, std::string text) {
    const Keys keys = path();
    std::string anchor;
    take_anchor(text, anchor);
    if (text.starts_with('|') || text.starts_with('>')) {
      skip_text(indent);
    } else if (text.starts_with('{') || text.starts_with('[')) {
      for (std::ptrdiff_t open = open_brackets(text); open > 0 && !rest_.empty();) {
        const std::string_view whole = next_line();
        const std::string_view line = whole.substr(0, comment_begin(whole));
        text.append("\n").append(line);
        open += open_brackets(line);
      }
      std::size_t at = 0;
      read_flow(text, at, keys);
    } else if (!text.empty()) {
      add(keys, text);
    }
    if (!anchor.empty()) anchors_[anchor] = keys;
  }

  // `&name ` at the beginning, and a tag.
  static void take_anchor(std::string& text, std::string& anchor) {
    while (text.starts_with('&') || text.starts_with('!')) {
      const std::size_t end = std::min(text.find_first_of(" \t\n"), text.size());
      if (text.front() == '&') anchor = text.substr(1, end - 1);
      text.erase(0, std::min(text.find_first_not_of(" \t\n", end), text.size()));
    }
  }

  void skip_text(std::size_t indent) {
    while (!rest_.empty()) {
      const std::string_view before = rest_;
      const std::string_view line = next_line();
      if (trimmed(line).empty() || line.find_first_not_of(' ') > indent) continue;
      rest_ = before;
      return;
    }
  }

  // One value in brackets, from `at`.
  void read_flow(std::string_view text, std::size_t& at, const Keys& keys) {
    const auto skip_space = [&] {
      while (at < text.size() && std::string_view(" \t\r\n").contains(text[at])) ++at;
    };
    const char close = text[at] == '{' ? '}' : ']';
    for (++at;;) {
      skip_space();
      if (at >= text.size() || text[at] == close) break;
      if (text[at] == ',') {
        ++at;
        continue;
      }
      Keys inner = keys;
      const std::size_t colon = colon_of(text.substr(at), true);
      if (close == '}' && colon != std::string_view::npos) {
        inner.push_back(unquoted(text.substr(at, colon)));
        at += colon + 1;
        skip_space();
      } else {
        inner.emplace_back("-");
      }
      if (at < text.size() && (text[at] == '{' || text[at] == '[') && inner.size() < kMaxDepth) {
        read_flow(text, at, inner);
        continue;
      }
      const std::size_t begin = at;
      if (at < text.size() && (text[at] == '"' || text[at] == '\'')) at = after_quotes(text, at);
      at = std::min(text.find_first_of(",]}", at), text.size());
      add(inner, text.substr(begin, at - begin));
      if (at < text.size() && text[at] != ',' && text[at] != close) ++at;
    }
    if (at < text.size()) ++at;
  }

  // A scalar, or what an alias stands for.
  void add(const Keys& keys, std::string_view written) {
    std::string text(trimmed(written));
    std::string anchor;
    take_anchor(text, anchor);
    if (!anchor.empty()) anchors_[anchor] = keys;
    if (!text.starts_with('*')) {
      entries_.push_back({keys, unquoted(text)});
    } else if (const auto target = anchors_.find(text.substr(1)); target != anchors_.end()) {
      copy(target->second, keys);
    }
  }

  void copy(const Keys& from, Keys to) {
    if (++aliases_ > kMaxAliases) return;
    const bool merge = to.back() == "<<";
    if (merge) to.pop_back();
    const std::size_t count = entries_.size();
    for (std::size_t i = 0; i < count; ++i) {
      const Keys& known = entries_[i].keys;
      if (known.size() < from.size() || !std::equal(from.begin(), from.end(), known.begin())) continue;
      if (++copies_ > kMaxCopies) return;
      Keys copied = to;
      copied.insert(copied.end(), known.begin() + static_cast<std::ptrdiff_t>(from.size()), known.end());
      if (copied.empty()) continue;
      // What the mapping has itself counts.
      if (merge && std::ranges::find(entries_, copied, &YamlEntry::keys) != entries_.end()) continue;
      entries_.push_back({std::move(copied), std::string(entries_[i].value)});
    }
  }

  std::string_view rest_;
  std::vector<Level> levels_;
  std::vector<YamlEntry> entries_;
  std::map<std::string, Keys> anchors_;
  std::size_t aliases_ = 0;
  std::size_t copies_ = 0;
};

}  // namespace

std::vector<YamlEntry> read_yaml(std::string_view text) {
  return YamlReader(text).read();
}

const std::string* find_scalar(const std::vector<YamlEntry>& entries, const std::vector<std::string_view>& keys) {
  // The last one of several counts, as after a merged mapping.
  const auto from_end = std::views::reverse(entries);
  const auto found =
      std::ranges::find_if(from_end, [&](const YamlEntry& entry) { return std::ranges::equal(entry.keys, keys); });
  return found == from_end.end() ? nullptr : &found->value;
}

}  // namespace refract::workspace
