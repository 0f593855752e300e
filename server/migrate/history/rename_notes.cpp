#include "migrate/history/rename_notes.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "migrate/history/files.h"
#include "support/toml.h"

namespace refract::migrate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead =
    "# Renames for the next migration, instead of drop and add. Keep this file under version control until that\n"
    "# migration is written; entries that were applied have no effect any more and can be removed.\n"
    "[renames]\n";

constexpr std::string_view kCastsHead =
    "# Columns whose values the next migration casts to their new type, instead of dropping and recreating them.\n"
    "[casts]\n";
constexpr std::string_view kRenames = "renames";
constexpr std::string_view kCasts = "casts";
constexpr std::string_view kCast = "cast";  // the value of such a column

// One entry of the file. `line` counts from 1.
struct Note {
  std::string from;
  std::string to;
  std::size_t line = 0;
};

// The table [renames] or [casts] of the file.
struct Notes {
  std::size_t line = 0;     // below which its entries are written; 0: there is none
  std::string prefix = {};  // of the keys written there: "renames." where the table has no header of its own
  std::vector<Note> notes;  // as in the file
};

std::unexpected<Error> invalid(const fs::path& path, std::size_t line) {
  return fail(ErrorCode::invalid_input,
              fmt::format("{}:{}: this line is invalid; write a rename as \"Table.column\" = \"newColumn\" below "
                          "[renames], and a cast as \"Table.column\" = \"{}\" below [casts].",
                          path.string(), line, kCast));
}

// The entries of a table. A key that is not quoted, Table.column, is a table of its own to TOML.
Result<void> add_notes(const toml::table& table, const std::string& prefix, const fs::path& path,
                       std::vector<Note>& notes) {
  for (const auto& [key, node] : table) {
    const std::string from = prefix + std::string(key.str());
    const std::size_t line = key.source().begin.line;
    if (const toml::table* columns = node.as_table(); columns != nullptr && !columns->is_inline()) {
      if (auto added = add_notes(*columns, from + ".", path, notes); !added) return added;
      continue;
    }
    auto to = node.value_exact<std::string>();
    if (!to || to->empty() || from.empty()) return invalid(path, line);
    notes.push_back({from, std::move(*to), line});
  }
  return {};
}

// Where a line, counted from 1, ends in the text.
std::size_t end_of_line(std::string_view text, std::size_t line) {
  std::size_t at = 0;
  for (; line > 0 && at < text.size(); --line) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return at;
}

// Where the table's next entry is to be written. TOML makes a table out of [renames.User], below which entries belong
// to that one, and out of renames.User.name = "fullName", after which a header [renames] is an error.
void find_place(std::string_view text, std::string_view table, std::size_t line, Notes& notes) {
  const std::size_t begin = end_of_line(text, line - 1);
  const std::string first(text.substr(begin, end_of_line(text, line) - begin));
  const std::size_t sign = first.find_first_not_of(" \t\xEF\xBB\xBF");
  if (sign != std::string::npos && first[sign] != '[') {
    notes.line = line;
    notes.prefix = std::string(table) + '.';
    return;
  }
  const toml::table alone = parse_toml(first);
  const toml::table* own = alone[table].as_table();
  if (own != nullptr && own->empty()) notes.line = line;
}

// Errors: invalid_input.
Result<Notes> notes_of(std::string_view text, std::string_view table, const fs::path& path) try {
  const toml::table root = parse_toml(text);
  Notes found;
  const toml::node* node = root.get(table);
  if (node == nullptr) return found;
  const std::size_t line = node->source().begin.line;
  if (!node->is_table() || node->as_table()->is_inline()) return invalid(path, line);
  find_place(text, table, line, found);
  if (auto added = add_notes(*node->as_table(), "", path, found.notes); !added) return fail(added.error());
  std::ranges::sort(found.notes, {}, &Note::line);
  return found;
} catch (const toml::parse_error& wrong) {
  return invalid(path, wrong.source().begin.line);
}

std::string entry_of(const std::string& from, std::string_view to) {
  const auto quoted = [](std::string_view text) {
    std::ostringstream out;
    out << toml::toml_formatter(toml::value<std::string>(text), toml::format_flags::none);
    return std::move(out).str();
  };
  return fmt::format("{} = {}\n", quoted(from), quoted(to));
}

// The text with an entry more, at the table's place; `head` begins the table if there is none.
std::string with_entry(std::string text, const Notes& notes, std::string_view head, const std::string& entry) {
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  if (notes.line == 0) return fmt::format("{}{}{}{}", text, text.empty() ? "" : "\n", head, entry);
  return text.insert(end_of_line(text, notes.line), notes.prefix + entry);
}

Result<std::string> read_notes(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return std::string();
  auto content = read_text(path);
  if (!content) return content;
  if (auto valid = parse_rename_notes(*content, path); !valid) return fail(valid.error());
  if (auto valid = parse_cast_notes(*content, path); !valid) return fail(valid.error());
  return content;
}

// "User." of "User.name".
std::string owner_of(const std::string& name) {
  return name.substr(0, name.rfind('.') + 1);
}

// What is renamed a second time before it was migrated keeps the name it had at first.
std::string first_name(std::span<const RenameRequest> notes, const std::string& from,
                       const catalog::Catalog* migrated) {
  if (migrated != nullptr && has_named(*migrated, from)) return from;
  const std::string owner = owner_of(from);
  for (const RenameRequest& note : notes) {
    if (owner_of(note.from) == owner && owner + note.to == from) return note.from;
  }
  return from;
}

// Without the entry for `from`; `removed` says whether there was one.
Result<std::string> without(std::string text, const std::string& from, const fs::path& path, bool& removed) {
  const auto notes = notes_of(text, kRenames, path);
  if (!notes) return fail(notes.error());
  const auto noted = std::ranges::find(notes->notes, from, &Note::from);
  removed = noted != notes->notes.end();
  if (!removed) return text;
  const std::size_t begin = end_of_line(text, noted->line - 1);
  return text.erase(begin, end_of_line(text, noted->line) - begin);
}

Result<std::string> with_rename(std::string text, const RenameRequest& rename, const fs::path& path,
                                const catalog::Catalog* migrated) {
  const auto noted = parse_rename_notes(text, path);
  if (!noted) return fail(noted.error());
  const bool exchange = is_exchange(rename);
  bool removed = false;
  if (exchange) {
    // The way back from one that was carried out.
    const RenameRequest back = inverse_exchange(rename);
    auto rest = without(std::move(text), back.from, path, removed);
    if (!rest) return rest;
    text = std::move(*rest);
  }
  const std::string from = exchange ? rename.from : first_name(*noted, rename.from, migrated);
  auto rest = without(std::move(text), from, path, removed);
  if (!rest || (exchange && removed)) return rest;
  if (removed && owner_of(from) + rename.to == from) return rest;  // it has its first name again
  const auto notes = notes_of(*rest, kRenames, path);
  if (!notes) return fail(notes.error());
  return with_entry(std::move(*rest), *notes, kHead, entry_of(from, rename.to));
}

}  // namespace

Result<std::vector<RenameRequest>> parse_rename_notes(std::string_view text, const fs::path& path) {
  auto found = notes_of(text, kRenames, path);
  if (!found) return fail(found.error());
  std::vector<RenameRequest> notes;
  for (Note& note : found->notes) notes.push_back({std::move(note.from), std::move(note.to)});
  return notes;
}

Result<std::vector<std::string>> parse_cast_notes(std::string_view text, const fs::path& path) {
  auto found = notes_of(text, kCasts, path);
  if (!found) return fail(found.error());
  std::vector<std::string> notes;
  for (Note& note : found->notes) {
    if (note.to != kCast) return invalid(path, note.line);
    notes.push_back(std::move(note.from));
  }
  return notes;
}

Result<void> note_cast(const fs::path& folder, const std::string& column) {
  const fs::path path = folder / kRenameNotes;
  auto content = read_notes(path);
  if (!content) return fail(content.error());
  const auto notes = notes_of(*content, kCasts, path);
  if (!notes) return fail(notes.error());
  if (std::ranges::find(notes->notes, column, &Note::from) != notes->notes.end()) return {};
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return unwritable(folder, error);
  return write_text(path, with_entry(std::move(*content), *notes, kCastsHead, entry_of(column, kCast)));
}

Result<NotesChange> with_renames(const fs::path& folder, std::span<const RenameRequest> renames,
                                 const catalog::Catalog* migrated) {
  NotesChange change{folder / kRenameNotes, {}, {}, false};
  auto content = read_notes(change.path);
  if (!content) return fail(content.error());
  std::error_code error;
  change.exists = fs::exists(change.path, error);
  change.before = *content;
  change.after = std::move(*content);
  for (const RenameRequest& rename : renames) {
    auto added = with_rename(std::move(change.after), rename, change.path, migrated);
    if (!added) return fail(added.error());
    change.after = std::move(*added);
  }
  return change;
}

Result<void> note_rename(const fs::path& folder, const RenameRequest& rename, const catalog::Catalog* migrated) {
  const auto change = with_renames(folder, std::span(&rename, 1), migrated);
  if (!change) return fail(change.error());
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return unwritable(folder, error);
  return write_text(change->path, change->after);
}

std::string name_before(std::span<const RenameRequest> notes, const std::string& name,
                        const catalog::Catalog& migrated) {
  std::string first = first_name(notes, name, &migrated);
  const std::size_t dot = first.rfind('.');
  if (dot == std::string::npos || has_named(migrated, first)) return first;
  return name_before(notes, first.substr(0, dot), migrated) + first.substr(dot);
}

}  // namespace refract::migrate
