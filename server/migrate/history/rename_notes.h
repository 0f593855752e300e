#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migrate/diff/rename.h"

// The chosen renames and casts: renames.toml in the migrations folder, which Prisma ignores. A rename applies only
// while the migrations have the old name and the schema has the new one; a cast, only while its column would be
// recreated.
//
//   [renames]
//   "User.name" = "fullName"
//   [casts]
//   "User.rank" = "cast"
namespace refract::migrate {

inline constexpr const char* kRenameNotes = "renames.toml";

// Errors: invalid_input with file and line, for text that is not TOML, and for an entry that is not "name" = "name".
// Tables other than [renames] and [casts] are ignored.
Result<std::vector<RenameRequest>> parse_rename_notes(std::string_view text, const std::filesystem::path& path);

// The file's text before and after a rename is added.
struct NotesChange {
  std::filesystem::path path;
  std::string before;  // its present text
  std::string after;
  bool exists = false;
};
// What the file would be with the renames added; nothing is written. A rename of the same object is replaced; an entry
// whose new name is renamed again gets the newer name, unless it was carried out: the name is in `migrated` then, what
// the migrations make (may be null). An exchange of columns that is noted already is taken back.
// Errors: invalid_input, unreadable.
Result<NotesChange> with_renames(const std::filesystem::path& folder, std::span<const RenameRequest> renames,
                                 const catalog::Catalog* migrated = nullptr);

// Adds the rename to the folder's file, which is created if missing. Errors: invalid_input, unreadable, unwritable.
Result<void> note_rename(const std::filesystem::path& folder, const RenameRequest& rename,
                         const catalog::Catalog* migrated = nullptr);

// What the migrations call a thing of the schema: as it is, or by the name that it has before the renames noted.
std::string name_before(std::span<const RenameRequest> notes, const std::string& name,
                        const catalog::Catalog& migrated);

// The columns under [casts] of the same file, "User.rank" = "cast": their values are cast to their new type.
// Errors: those of parse_rename_notes.
Result<std::vector<std::string>> parse_cast_notes(std::string_view text, const std::filesystem::path& path);
// Adds the cast to the folder's file. Errors: those of note_rename.
Result<void> note_cast(const std::filesystem::path& folder, const std::string& column);

}  // namespace refract::migrate
