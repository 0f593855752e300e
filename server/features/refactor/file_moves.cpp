#include "features/refactor/file_moves.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "features/refactor/block_lines.h"
#include "schema/naming_style.h"
#include "support/ascii.h"
#include "text/lines.h"

namespace refract::features {
namespace {

using schema::FileId;
using schema::Placed;
using syntax::BlockKind;
using syntax::PlacedBlock;

// More than these to choose from are a list to search, not a menu.
constexpr std::size_t kMaxTargets = 12;

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}
std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);
}

// UserProfile as "user-profile", or as the schema's other files have it: UserProfile, user_profile.
std::string file_stem(const schema::Snapshot& snapshot, std::string_view name) {
  char joint = '-';
  for (const schema::SourceFile& file : snapshot.files()) {
    const std::string_view other = file_name(file.path);
    if (ascii::is_upper(other.front())) return std::string(name);
    if (other.find('_') != std::string_view::npos) joint = '_';
  }
  return schema::joined_words(name, joint);
}

class Mover {
 public:
  Mover(const schema::Snapshot& snapshot, FileId file, NewFiles new_files)
      : snapshot_(snapshot), file_(file), new_files_(new_files) {}

  const syntax::File& syntax(FileId file) const { return *snapshot_.files()[file].syntax; }
  std::string_view text(FileId file) const { return syntax(file).document().text(); }
  const std::string& path(FileId file) const { return snapshot_.files()[file].path; }

  bool is_valid(FileId file) const {
    return std::ranges::none_of(syntax(file).blocks(), [](const PlacedBlock& block) { return block.faulty; });
  }

  void add_moves(const Placed& moved, std::vector<Refactoring>& found) const {
    std::vector<FileId> targets;
    for (FileId other = 0; other < snapshot_.files().size(); ++other) {
      if (other != file_ && is_valid(other)) targets.push_back(other);
    }
    std::ranges::sort(targets, {}, [&](FileId other) -> const std::string& { return path(other); });
    if (targets.size() > kMaxTargets) targets.resize(kMaxTargets);
    const std::string what = fmt::format("Move {} to ", moved->name);
    for (const FileId target : targets) {
      Refactoring move{what + shown(path(target)), RefactoringKind::move, {}};
      take_out({moved.declaration}, move);
      append(target, block_text(*moved.declaration, text::line_break_of(text(target))), move);
      found.push_back(std::move(move));
    }
    const std::string own = fmt::format("{}{}.prisma", folder_of(path(file_)), file_stem(snapshot_, moved->name));
    if (new_files_ != NewFiles::join || is_taken(own, {})) return;
    Refactoring move{fmt::format("{}a new file, {}", what, shown(own)), RefactoringKind::move, {}};
    move.created.push_back({own, block_text(*moved.declaration, text::line_break_of(text(file_)))});
    take_out({moved.declaration}, move);
    // A file with nothing else in it would only change its name.
    if (move.deleted.empty()) found.push_back(std::move(move));
  }

  // Models and views into a file each, types and enums along with the only one that has fields of them.
  void add_split(std::vector<Refactoring>& found) const {
    if (new_files_ == NewFiles::stay_out) return;
    std::map<std::string_view, std::set<std::string_view>> users = users_of_types();
    std::vector<const schema::Declaration*> leads;
    std::map<std::string_view, std::vector<const schema::Declaration*>> followers;
    std::vector<const schema::Declaration*> all;
    for (const Placed& placed : snapshot_.declarations()) {
      if (placed.file != file_) continue;
      all.push_back(placed.declaration);
      const std::string_view lead = lead_of(*placed.declaration, users);
      if (lead == placed->name)
        leads.push_back(placed.declaration);
      else
        followers[lead].push_back(placed.declaration);
    }
    if (leads.size() < 2) return;
    Refactoring split{"Split this file into one for each model", RefactoringKind::move, {}};
    if (new_files_ == NewFiles::with_folder_configured) split.title += " (Prisma then needs the folder as its schema)";
    std::vector<const schema::Declaration*> moved;
    std::set<std::string> taken;
    for (const schema::Declaration* lead : leads) {
      const std::string stem = std::string(folder_of(path(file_))) + file_stem(snapshot_, lead->name);
      // Its own file already, by the name.
      if (ascii::to_lower(stem + ".prisma") == ascii::to_lower(path(file_))) {
        std::erase_if(all, [&](const schema::Declaration* one) { return one == lead; });
        continue;
      }
      std::string name = stem + ".prisma";
      for (int i = 2; is_taken(name, taken); ++i) name = fmt::format("{}-{}.prisma", stem, i);
      taken.insert(ascii::to_lower(name));
      const std::string_view eol = text::line_break_of(text(file_));
      std::string content = block_text(*lead, eol);
      moved.push_back(lead);
      for (const schema::Declaration* follower : followers[lead->name]) {
        content += std::string(eol) + block_text(*follower, eol);
        moved.push_back(follower);
      }
      split.created.push_back({std::move(name), std::move(content)});
    }
    take_out(moved, split);
    found.push_back(std::move(split));
  }

  void add_join(std::vector<Refactoring>& found) const {
    const std::size_t count = snapshot_.files().size();
    if (count < 2) return;
    Refactoring join{"Join all files of the schema in this one", RefactoringKind::move, {}};
    std::vector<FileId> others;
    for (FileId other = 0; other < count; ++other) {
      if (!is_valid(other)) return;
      if (other != file_) others.push_back(other);
    }
    std::ranges::sort(others, {}, [&](FileId other) -> const std::string& { return path(other); });
    const std::string_view eol = text::line_break_of(text(file_));
    std::string added;
    for (const FileId other : others) {
      std::string_view content = text(other);
      while (content.starts_with('\n') || content.starts_with("\r\n")) content.remove_prefix(content.find('\n') + 1);
      while (!content.empty() && text::is_blank(content.substr(content.size() - 1))) content.remove_suffix(1);
      join.deleted.push_back(other);
      if (content.empty()) continue;
      if (!added.empty()) added += eol;
      added += text::with_line_breaks(content, eol);
      added += eol;
    }
    append(file_, added, join);
    found.push_back(std::move(join));
  }

 private:
  // The part of a path that distinguishes it from the others: without the folder that they share.
  std::string shown(std::string_view of) const {
    std::string_view shared = folder_of(path(file_));
    for (const schema::SourceFile& file : snapshot_.files()) {
      while (!std::string_view(file.path).starts_with(shared)) shared = folder_of(shared.substr(0, shared.size() - 1));
    }
    return std::string(of.substr(shared.size()));
  }

  bool is_taken(const std::string& wanted, const std::set<std::string>& others) const {
    const std::string folded = ascii::to_lower(wanted);
    return others.contains(folded) || std::ranges::any_of(snapshot_.files(), [&](const schema::SourceFile& file) {
             return ascii::to_lower(file.path) == folded;
           });
  }

  // With the comments right above it and the one after its closing brace, and a line break at its end.
  std::string block_text(const schema::Declaration& declaration, std::string_view eol) const {
    const auto& blocks = syntax(file_).blocks();
    const auto placed = std::ranges::find(blocks, declaration.block.get(), &PlacedBlock::block);
    const text::Range range = lines_of_block(text(file_), *placed);
    std::string result = text::with_line_breaks(text(file_).substr(range.begin, range.size()), eol);
    if (!result.ends_with('\n')) result += eol;
    return result;
  }

  // A blank line parts what is added from what is there.
  void append(FileId file, const std::string& block, Refactoring& change) const {
    const std::string_view old = text(file);
    const std::string_view eol = text::line_break_of(old);
    std::string added;
    if (!text::is_blank(old)) {
      if (!old.ends_with('\n')) added += eol;
      if (!old.ends_with("\n\n") && !old.ends_with("\n\r\n")) added += eol;
    }
    const auto end = static_cast<text::Offset>(old.size());
    change.edits.push_back({file, {{end, end}, added + block}});
  }

  // Takes declarations out of the file, each with the blank lines below it; what is left empty is deleted.
  void take_out(const std::vector<const schema::Declaration*>& declarations, Refactoring& change) const {
    const std::string_view old = text(file_);
    std::vector<text::Range> gone;
    for (const PlacedBlock& placed : syntax(file_).blocks()) {
      const bool leaves = std::ranges::any_of(
          declarations, [&](const schema::Declaration* one) { return one->block.get() == placed.block; });
      if (!leaves) continue;
      text::Range range = lines_of_block(old, placed);
      for (std::size_t line = old.find('\n', range.end);
           line != std::string_view::npos && text::is_blank(old.substr(range.end, line - range.end));
           line = old.find('\n', range.end)) {
        range.end = static_cast<text::Offset>(line + 1);
      }
      if (!gone.empty() && range.begin <= gone.back().end)
        gone.back().end = range.end;
      else
        gone.push_back(range);
    }
    // What goes from the end takes the blank lines above it along.
    if (!gone.empty() && text::is_blank(old.substr(gone.back().end))) {
      gone.back().end = static_cast<text::Offset>(old.size());
      const std::size_t above = old.substr(0, gone.back().begin).find_last_not_of(" \t\r\n");
      if (above != std::string_view::npos) gone.back().begin = static_cast<text::Offset>(old.find('\n', above) + 1);
    }
    std::string left;
    text::Offset kept = 0;
    for (const text::Range& range : gone) {
      left += old.substr(kept, range.begin - kept);
      kept = range.end;
    }
    if (text::is_blank(left) && text::is_blank(old.substr(kept))) {
      change.deleted.push_back(file_);
      return;
    }
    for (const text::Range& range : gone) change.edits.push_back({file_, {range, ""}});
  }

  // The declarations with fields of each type or enum, wherever they are.
  std::map<std::string_view, std::set<std::string_view>> users_of_types() const {
    std::map<std::string_view, std::set<std::string_view>> users;
    for (const Placed& placed : snapshot_.declarations()) {
      for (const schema::Field& field : placed->fields) {
        if (field.kind == schema::TypeKind::enumeration || field.kind == schema::TypeKind::composite_type)
          users[field.type_name].insert(placed->name);
      }
    }
    return users;
  }

  // The declaration whose file this one goes into: itself, or the only one of this file that uses it.
  std::string_view lead_of(const schema::Declaration& declaration,
                           const std::map<std::string_view, std::set<std::string_view>>& users) const {
    std::string_view lead = declaration.name;
    std::set<std::string_view> passed;
    for (const Placed* at = snapshot_.find(lead); at && passed.insert(lead).second; at = snapshot_.find(lead)) {
      if (at->declaration->kind == BlockKind::model || at->declaration->kind == BlockKind::view) break;
      const auto found = users.find(lead);
      if (found == users.end() || found->second.size() != 1) break;
      const Placed* user = snapshot_.find(*found->second.begin());
      if (!user || user->file != file_) break;
      lead = user->declaration->name;
    }
    return lead;
  }

  const schema::Snapshot& snapshot_;
  FileId file_;
  NewFiles new_files_;
};

}  // namespace

std::vector<Refactoring> file_moves(const schema::Snapshot& snapshot, schema::FileRange at, NewFiles new_files) {
  const Mover mover(snapshot, at.file, new_files);
  std::vector<Refactoring> found;
  if (!mover.is_valid(at.file)) return found;
  const PlacedBlock* under = mover.syntax(at.file).block_at(at.range.begin);
  if (!under || under->kind == BlockKind::filler) return found;
  const text::Range header = under->in_file(under->block->header_range);
  if (at.range.begin > header.end || at.range.end < header.begin) return found;
  for (const Placed& placed : snapshot.declarations()) {
    if (placed.file == at.file && placed->block.get() == under->block) mover.add_moves(placed, found);
  }
  mover.add_split(found);
  mover.add_join(found);
  return found;
}

}  // namespace refract::features
