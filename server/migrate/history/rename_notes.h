#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "migrate/diff/rename.h"

// The committed note of chosen renames: renames.toml in the migrations folder, which Prisma passes by. A note counts
// as long as the schema and the migrations are as it says, and means nothing afterwards.
//
//   [renames]
//   "User.name" = "fullName"
//   [casts]
//   "User.rank" = "cast"
namespace refract::migrate {

inline constexpr const char* kRenameNotes = "renames.toml";

// Errors: invalid_input with file and line, for what is no TOML, and for an entry that is not "name" = "name".
// Other tables than [renames] and [casts] are ignored.
Result<std::vector<RenameRequest>> parse_rename_notes(std::string_view text, const std::filesystem::path& path);

// The folder's file with a note more.
struct NotesChange {
  std::filesystem::path path;
  std::string before;  // its present text
  std::string after;
  bool exists = false;
};
// What note_rename() would write; nothing is written. Errors: invalid_input, unreadable.
Result<NotesChange> with_rename(const std::filesystem::path& folder, const RenameRequest& rename);

// Notes the rename in the folder's file, which is made if there is none; one of the same thing is replaced,
// and one that led to it goes on to the new name.
// Errors: invalid_input, unreadable, unwritable.
Result<void> note_rename(const std::filesystem::path& folder, const RenameRequest& rename);

// The columns under [casts] of the same file, "User.rank" = "cast": their values are cast to their new type.
// Errors: those of parse_rename_notes.
Result<std::vector<std::string>> parse_cast_notes(std::string_view text, const std::filesystem::path& path);
// Notes the cast in the folder's file. Errors: those of note_rename.
Result<void> note_cast(const std::filesystem::path& folder, const std::string& column);

}  // namespace refract::migrate
