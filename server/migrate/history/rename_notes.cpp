#include "migrate/history/rename_notes.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "migrate/history/files.h"

namespace refract::migrate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead =
    "# Renames for the next migration, instead of drop and add. Keep this file under version control until that\n"
    "# migration is written; entries that were applied have no effect any more and can be removed.\n"
    "[renames]\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// A bare key or a quoted string at the front of `rest`, which is moved after it. nullopt: neither is there.
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

constexpr std::string_view kCastsHead =
    "# Columns whose values the next migration casts to their new type, instead of dropping and recreating them.\n"
    "[casts]\n";
constexpr std::string_view kCast = "cast";  // the value of such a column

struct Line {
  std::string_view text;
  std::optional<RenameRequest> rename;  // an entry under [renames]
  std::optional<std::string> cast;      // one under [casts]
  bool valid = true;
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
      line.valid = close != std::string_view::npos && ends_there(rest.substr(close + 1));
      table = line.valid ? trimmed(rest.substr(1, close - 1)) : std::string_view();
      continue;
    }
    const bool renames = table == "renames";
    if ((!renames && table != "casts") || ends_there(rest)) continue;
    auto from = take_word(rest);
    rest = trimmed(rest);
    if (from && rest.starts_with('=')) {
      rest.remove_prefix(1);
      auto to = take_word(rest);
      const bool whole = to && ends_there(rest);
      if (whole && renames) line.rename = RenameRequest{std::move(*from), std::move(*to)};
      if (whole && !renames && *to == kCast) line.cast = std::move(*from);
    }
    line.valid = line.rename.has_value() || line.cast.has_value();
  }
  return lines;
}

Result<std::string> read_notes(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return std::string();
  auto content = read_text(path);
  if (!content) return content;
  if (auto valid = parse_rename_notes(*content, path); !valid) return fail(valid.error());
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
    if (!lines[at].valid) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("{}:{}: this line is invalid; write a rename as \"Table.column\" = \"newColumn\" below "
                              "[renames], and a cast as \"Table.column\" = \"{}\" below [casts].",
                              path.string(), at + 1, kCast));
    }
    if (lines[at].rename) notes.push_back(*lines[at].rename);
  }
  return notes;
}

std::vector<std::string> parse_cast_notes(std::string_view text) {
  std::vector<std::string> notes;
  for (Line& line : lines_of(text)) {
    if (line.cast) notes.push_back(std::move(*line.cast));
  }
  return notes;
}

Result<void> note_cast(const fs::path& folder, const std::string& column) {
  const fs::path path = folder / kRenameNotes;
  auto content = read_notes(path);
  if (!content) return fail(content.error());
  const std::vector<std::string> noted = parse_cast_notes(*content);
  if (std::ranges::find(noted, column) != noted.end()) return {};
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return unwritable(folder, error);
  const std::string entry = fmt::format("{} = {}\n", quoted_word(column), quoted_word(kCast));
  std::size_t at = 0;
  for (const Line& line : lines_of(*content)) {
    at += line.text.size() + 1;
    if (!trimmed(line.text).starts_with("[casts]")) continue;
    if (at > content->size()) content->push_back('\n');
    return write_text(path, content->insert(at, entry));
  }
  const bool cut = !content->empty() && !content->ends_with('\n');
  return write_text(
      path, fmt::format("{}{}{}{}{}", *content, cut ? "\n" : "", content->empty() ? "" : "\n", kCastsHead, entry));
}

Result<NotesChange> with_rename(const fs::path& folder, const RenameRequest& rename) {
  NotesChange change{folder / kRenameNotes, {}, {}, false};
  auto content = read_notes(change.path);
  if (!content) return fail(content.error());
  std::error_code error;
  change.exists = fs::exists(change.path, error);
  change.before = std::move(*content);
  const std::string from = first_name(change.before, rename.from);
  change.after = without(change.before, from);
  const std::string entry = fmt::format("{} = {}\n", quoted_word(from), quoted_word(rename.to));
  // After the header, wherever it is.
  std::size_t at = 0;
  for (const Line& line : lines_of(change.after)) {
    at += line.text.size() + 1;
    if (!trimmed(line.text).starts_with("[renames]")) continue;
    change.after.insert(at, entry);
    return change;
  }
  change.after += fmt::format("{}{}{}", change.after.empty() ? "" : "\n", kHead, entry);
  return change;
}

Result<void> note_rename(const fs::path& folder, const RenameRequest& rename) {
  const auto change = with_rename(folder, rename);
  if (!change) return fail(change.error());
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return unwritable(folder, error);
  return write_text(change->path, change->after);
}

}  // namespace refract::migrate
