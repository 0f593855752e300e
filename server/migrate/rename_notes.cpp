#include "migrate/rename_notes.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "migrate/files.h"

namespace refract::migrate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead =
    "# Renames that the next migration makes in place of dropping and adding. Keep this file under version control\n"
    "# until that migration is; entries that are done mean nothing any more and may go.\n"
    "[renames]\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// A bare key or a quoted string at the front of `rest`, which is moved behind it. nullopt: neither stands there.
std::optional<std::string> take_word(std::string_view& rest) {
  rest = trimmed(rest);
  if (rest.empty()) return std::nullopt;
  const char quote = rest.front();
  if (quote != '"' && quote != '\'') {
    const std::size_t end = std::min(rest.find_first_of(" \t=#\"'"), rest.size());
    std::string word(rest.substr(0, end));
    rest.remove_prefix(end);
    return word.empty() ? std::nullopt : std::optional(word);
  }
  std::string word;
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (rest[at] == quote) {
      rest.remove_prefix(at + 1);
      return word.empty() ? std::nullopt : std::optional(word);
    }
    if (rest[at] == '\\' && quote == '"' && at + 1 < rest.size()) ++at;
    word += rest[at];
  }
  return std::nullopt;
}

std::string quoted_word(std::string_view word) {
  std::string text = "\"";
  for (const char c : word) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"";
}

struct Line {
  std::string_view text;
  bool in_renames = false;              // under [renames]
  std::optional<RenameRequest> rename;  // an entry
  bool sound = true;
};

bool ends_there(std::string_view rest) {
  rest = trimmed(rest);
  return rest.empty() || rest.front() == '#';
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  std::string_view table;
  while (!text.empty()) {
    Line& line = lines.emplace_back();
    line.text = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.text.size() + 1));
    std::string_view rest = trimmed(line.text);
    if (rest.starts_with('[')) {
      const std::size_t close = rest.find(']');
      line.sound = close != std::string_view::npos && ends_there(rest.substr(close + 1));
      table = line.sound ? trimmed(rest.substr(1, close - 1)) : std::string_view();
      continue;
    }
    line.in_renames = table == "renames";
    if (!line.in_renames || ends_there(rest)) continue;
    auto from = take_word(rest);
    rest = trimmed(rest);
    if (from && rest.starts_with('=')) {
      rest.remove_prefix(1);
      if (auto to = take_word(rest); to && ends_there(rest)) line.rename = RenameRequest{std::move(*from), *to};
    }
    line.sound = line.rename.has_value();
  }
  return lines;
}

Result<std::string> read_notes(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return std::string();
  auto content = read_text(path);
  if (!content) return content;
  if (auto sound = parse_rename_notes(*content, path); !sound) return fail(sound.error());
  return content;
}

// What is renamed a second time before it was migrated keeps the name it had at first.
std::string first_name(std::string_view text, const std::string& from) {
  const std::size_t dot = from.rfind('.');
  const std::string owner = dot == std::string::npos ? "" : from.substr(0, dot + 1);
  for (const Line& line : lines_of(text)) {
    if (!line.rename) continue;
    const std::size_t noted_dot = line.rename->from.rfind('.');
    const std::string noted_owner = noted_dot == std::string::npos ? "" : line.rename->from.substr(0, noted_dot + 1);
    if (noted_owner == owner && owner + line.rename->to == from) return line.rename->from;
  }
  return from;
}

// The text without the note of that thing.
std::string without(std::string_view text, std::string_view from) {
  std::string kept;
  for (const Line& line : lines_of(text)) {
    if (!line.rename || line.rename->from != from) kept += fmt::format("{}\n", line.text);
  }
  return kept;
}

}  // namespace

Result<std::vector<RenameRequest>> parse_rename_notes(std::string_view text, const fs::path& path) {
  std::vector<RenameRequest> notes;
  const std::vector<Line> lines = lines_of(text);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (!lines[at].sound) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("{}:{}: this is no note of a rename; write it as \"Table.column\" = \"newColumn\".",
                              path.string(), at + 1));
    }
    if (lines[at].rename) notes.push_back(*lines[at].rename);
  }
  return notes;
}

Result<void> note_rename(const fs::path& folder, const RenameRequest& rename) {
  const fs::path path = folder / kRenameNotes;
  const auto content = read_notes(path);
  if (!content) return fail(content.error());
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return unwritable(folder, error);
  const std::string from = first_name(*content, rename.from);
  std::string text = without(*content, from);
  const std::string entry = fmt::format("{} = {}\n", quoted_word(from), quoted_word(rename.to));
  // Behind the header, wherever it stands.
  std::size_t at = 0;
  for (const Line& line : lines_of(text)) {
    at += line.text.size() + 1;
    if (trimmed(line.text).starts_with("[renames]")) return write_text(path, text.insert(at, entry));
  }
  return write_text(path, fmt::format("{}{}{}{}", text, text.empty() ? "" : "\n", kHead, entry));
}

}  // namespace refract::migrate
