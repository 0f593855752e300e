#include "validation/fixes/fix_effect.h"

#include <algorithm>
#include <string>

#include "syntax/characters.h"

namespace refract::validation {
namespace {

std::string text_at(const Analysis& analysis, schema::FileId file, text::Range range) {
  const std::string_view text = analysis.snapshot()->files()[file].syntax->document().text();
  const std::size_t begin = std::min<std::size_t>(range.begin, text.size());
  return std::string(text.substr(begin, range.size()));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

const syntax::Block* block_at(const Analysis& analysis, const schema::FileRange& at) {
  const syntax::PlacedBlock* placed = analysis.snapshot()->files()[at.file].syntax->block_at(at.range.begin);
  return placed ? placed->block : nullptr;
}

std::string key_of(const Diagnostic& diagnostic) {
  return std::string(diagnostic.code.name()) + '\n' + diagnostic.message;
}

bool is_configuration(const syntax::Block* block) {
  return block && (block->kind == syntax::BlockKind::datasource || block->kind == syntax::BlockKind::generator);
}

bool has_provider(const Analysis& analysis) {
  const schema::Datasource* datasource = analysis.snapshot()->datasource();
  return datasource && datasource->provider;
}

}  // namespace

FixEffect::FixEffect(const Analysis& before, const Analysis& after, const std::vector<FileEdit>& edits)
    : before_(before), after_(after), had_(index_of(before)), left_(index_of(after)) {
  for (const auto& [key, diagnostics] : left_) {
    const auto had = had_.find(key);
    if (had == had_.end() || had->second.size() < diagnostics.size())
      fresh_.insert(fresh_.end(), diagnostics.begin(), diagnostics.end());
  }
  std::map<schema::FileId, std::vector<text::Edit>> by_file;
  for (const FileEdit& edit : edits) by_file[edit.file].push_back(edit.edit);
  for (auto& [file, in_file] : by_file) {
    std::ranges::stable_sort(in_file, {}, [](const text::Edit& edit) { return edit.range.begin; });
    text::Offset shift = 0;  // wraps around where the text becomes shorter
    for (const text::Edit& edit : in_file) {
      const text::Offset begin = edit.range.begin + shift;
      replaced_[file].push_back({edit.range, {begin, begin + static_cast<text::Offset>(edit.text.size())}});
      shift += static_cast<text::Offset>(edit.text.size()) - edit.range.size();
    }
  }
}

const std::vector<FixEffect::Replaced>& FixEffect::replaced_in(schema::FileId file) const {
  static const std::vector<Replaced> kNone;
  const auto found = replaced_.find(file);
  return found == replaced_.end() ? kNone : found->second;
}

// Where a place of the new text was in the old one: a place, or all of the text that was replaced there.
text::Range FixEffect::earlier(schema::FileId file, text::Offset at) const {
  text::Offset shift = 0;
  for (const Replaced& one : replaced_in(file)) {
    if (at < one.after.begin) break;
    if (at < one.after.end) return one.before;
    shift = one.before.end - one.after.end;
  }
  return {at + shift, at + shift};
}

bool FixEffect::is_at(const Diagnostic& after, const Diagnostic& before) const {
  return after.at.file == before.at.file && earlier(after.at.file, after.at.range.begin).touches(before.at.range.begin);
}

FixEffect::Index FixEffect::index_of(const Analysis& analysis) {
  Index index;
  for (const Diagnostic& one : analysis.diagnostics()) index[key_of(one)].push_back(&one);
  return index;
}

bool FixEffect::resolves(std::span<const Diagnostic* const> fixed) const {
  const auto had = [&](const std::string& key) {
    const auto found = had_.find(key);
    return found == had_.end() ? 0 : found->second.size();
  };
  std::unordered_map<std::string, std::size_t> counts;
  for (const Diagnostic* one : fixed) ++counts[key_of(*one)];
  return std::ranges::all_of(fixed, [&](const Diagnostic* one) {
    const std::string key = key_of(*one);
    const auto left = left_.find(key);
    if (left == left_.end()) return true;
    // A fix may move it, so that its place alone does not tell.
    if (left->second.size() + counts.at(key) <= had(key)) return true;
    // The grammar says the same of each line. What another rule says again, it says of the same thing.
    return one->stage == Stage::syntax &&
           std::ranges::none_of(left->second, [&](const Diagnostic* other) { return is_at(*other, *one); });
  });
}

// Begins in the text that the fix wrote, and is no copy of what it replaced.
bool FixEffect::is_written(const Diagnostic& diagnostic) const {
  return std::ranges::any_of(replaced_in(diagnostic.at.file), [&](const Replaced& one) {
    if (!one.after.contains(diagnostic.at.range.begin)) return false;
    const std::string marked = text_at(after_, diagnostic.at.file, diagnostic.at.range);
    return text_at(before_, diagnostic.at.file, one.before).find(trimmed(marked)) == std::string::npos;
  });
}

// On a line that Prisma's grammar rejected before, or after the opening brace of a block, where it reads nothing.
bool FixEffect::was_unread(const schema::FileRange& at) const {
  const text::Range place = earlier(at.file, at.range.begin);
  const syntax::PlacedBlock* placed = before_.snapshot()->files()[at.file].syntax->block_at(place.begin);
  if (!placed) return false;
  const std::string_view text = placed->block->text;
  const std::size_t begin = std::min<std::size_t>(place.begin - placed->start, text.size());
  const std::size_t line_break = text.substr(0, begin).find_last_of("\r\n");
  const std::size_t line = line_break == std::string_view::npos ? 0 : line_break + 1;
  const std::size_t end = syntax::line_end(text, std::min<std::size_t>(begin + place.size(), text.size()));
  const text::Offset brace = placed->block->header_range.end;
  if (brace > 0 && begin >= brace && line < brace) return true;
  return std::ranges::any_of(placed->block->errors, [&](const syntax::SyntaxError& error) {
    return error.range.begin <= end && line < std::max(error.range.end, error.range.begin + 1);
  });
}

// A diagnostic that comes with a fix is not its doing if it was there before and only not found:
// - what a later stage finds, if it is not about text that the fix wrote: the stage did not come to it;
// - what the grammar rejects on a line that it rejected before, for another reason or as part of what was not
//   understood as a block;
// - what a rule reports that ends at its first finding, if it is about something else: a second misspelt key;
// - what is found in a datasource or generator besides what the fix wrote, since its rules go from key to key; and in
//   declarations, if the database was not known before.
bool FixEffect::is_caused(const Diagnostic& diagnostic, const Diagnostic& fixed) const {
  // Another one there was worded differently.
  const bool known = std::ranges::any_of(before_.diagnostics(), [&](const Diagnostic& one) {
    const bool same = one.at.range == fixed.at.range && one.at.file == fixed.at.file && one.code == fixed.code;
    return !same && one.code == diagnostic.code && is_at(diagnostic, one);
  });
  if (known) return false;
  const bool later = diagnostic.stage > fixed.stage;
  if (later && fixed.stage != Stage::syntax) return false;
  if (is_written(diagnostic)) return true;
  if (later) return false;
  if (diagnostic.stage < fixed.stage) return true;
  if (fixed.stage == Stage::syntax) return !was_unread(diagnostic.at);
  if (diagnostic.code == fixed.code && diagnostic.message != fixed.message) return false;
  if (!has_provider(before_) && has_provider(after_)) return false;
  const syntax::Block* block = block_at(before_, fixed.at);
  return !is_configuration(block) || diagnostic.at.file != fixed.at.file ||
         !is_configuration(block_at(after_, diagnostic.at)) ||
         block_at(after_, diagnostic.at)->name.text != block->name.text;
}

}  // namespace refract::validation
