#include <algorithm>

#include <fmt/format.h>

#include "syntax/characters.h"
#include "syntax/conflict_markers.h"
#include "validation/mistakes/mistake.h"

// Lines between the markers of Git.
namespace refract::validation {
namespace {

using syntax::ConflictMarker;

// What is longer, in bytes, is not looked through for the other markers.
constexpr std::size_t kMostBytes = 64 << 10;

text::Offset offset(std::size_t at) {
  return static_cast<text::Offset>(at);
}

ConflictMarker marker_at(std::string_view text, std::size_t at) {
  return syntax::conflict_marker(text.substr(syntax::skip_space(text, at)));
}

// The lines of the markers, each with its line break.
struct Conflict {
  text::Range current;
  std::optional<text::Range> base;
  text::Range divider;
  text::Range incoming;
};

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t line_break = text.substr(0, at).find_last_of("\r\n");
  return line_break == std::string_view::npos ? 0 : line_break + 1;
}

// Where the conflict begins that a marker belongs to; nullopt: none does.
std::optional<std::size_t> conflict_begin(std::string_view text, std::size_t marker) {
  for (std::size_t line = line_begin(text, marker); marker - line <= kMostBytes; line = line_begin(text, line - 1)) {
    const ConflictMarker found = marker_at(text, line);
    if (found == ConflictMarker::current) return line;
    if (line == 0 || (found == ConflictMarker::incoming && line < line_begin(text, marker))) break;
  }
  return std::nullopt;
}

// The conflict that a line's marker belongs to, if none of its markers is missing.
std::optional<Conflict> conflict_around(std::string_view text, std::size_t marker) {
  const auto begin = conflict_begin(text, marker);
  if (!begin) return std::nullopt;
  Conflict conflict;
  conflict.current = {offset(*begin), offset(syntax::next_line(text, *begin))};
  for (std::size_t at = conflict.current.end; at < text.size() && at - *begin <= kMostBytes;
       at = syntax::next_line(text, at)) {
    const text::Range line{offset(at), offset(syntax::next_line(text, at))};
    const bool divided = conflict.divider.end > 0;
    switch (marker_at(text, at)) {
      case ConflictMarker::none:
        continue;
      case ConflictMarker::base:
        if (divided || conflict.base) return std::nullopt;
        conflict.base = line;
        continue;
      case ConflictMarker::divider:
        if (divided) return std::nullopt;
        conflict.divider = line;
        continue;
      case ConflictMarker::incoming:
        conflict.incoming = line;
        return divided && line.end > marker ? std::optional(conflict) : std::nullopt;
      case ConflictMarker::current:
        return std::nullopt;
    }
  }
  return std::nullopt;
}

// What a marker's line says after the marker.
std::string_view label_of(std::string_view text, text::Range line) {
  constexpr std::size_t kLength = 7;
  const std::size_t begin = syntax::skip_space(text, syntax::skip_space(text, line.begin) + kLength);
  const std::size_t end = syntax::line_end(text, line.begin);
  return text.substr(begin, syntax::trim_space_end(text, begin, end) - begin);
}

std::string message_of(std::string_view current, std::string_view incoming) {
  if (current.empty() || incoming.empty()) return "A merge conflict is not resolved here.";
  return fmt::format("The merge conflict between `{}` and `{}` is not resolved.", current, incoming);
}

// The edits that remove ranges of a file from the blocks that they are in.
std::vector<BlockEdit> without(const syntax::File& file, std::initializer_list<text::Range> ranges) {
  std::vector<BlockEdit> edits;
  for (const text::Range& range : ranges) {
    for (text::Offset at = range.begin; at < range.end;) {
      const syntax::PlacedBlock* placed = file.block_at(at);
      const text::Offset end = std::min(range.end, placed->start + offset(placed->block->text.size()));
      edits.push_back({{placed->block, {at - placed->start, end - placed->start}}, ""});
      at = end;
    }
  }
  return edits;
}

}  // namespace

std::optional<Mistake> merge_conflict(const MistakeContext& context, const syntax::Block& block, text::Range line) {
  if (marker_at(block.text, line.begin) == ConflictMarker::none) return std::nullopt;
  context.look_around();
  const schema::FileRange at = context.snapshot.place_of(block, line);
  const syntax::File& file = *context.snapshot.files()[at.file].syntax;
  const std::string_view text = file.document().text();
  const auto conflict = conflict_around(text, at.range.begin);
  if (!conflict) {
    return Mistake{.code = "merge-conflict",
                   .message = "This line is a marker of a merge conflict, whose other markers are missing.",
                   .help = "Remove it, and what is not wanted of the lines around it.",
                   .title = {},
                   .edits = {},
                   .range = line};
  }
  const text::Offset start = at.range.begin - line.begin;
  const text::Range base{conflict->base.value_or(conflict->divider).begin, conflict->divider.end};
  Mistake mistake{
      .code = "merge-conflict",
      .message = message_of(label_of(text, conflict->current), label_of(text, conflict->incoming)),
      .help = "Keep the lines of one side, or what is wanted of both, and remove the markers.",
      .title = {},
      .edits = {},
      .range = {line.begin, std::min(conflict->incoming.end - start, offset(block.text.size()))},
      .choices = {
          {"Keep the current change", without(file, {conflict->current, {base.begin, conflict->incoming.end}})},
          {"Keep the incoming change", without(file, {{conflict->current.begin, base.end}, conflict->incoming})},
          {"Keep both", without(file, {conflict->current, base, conflict->incoming})}}};
  if (conflict->current.begin < start) {
    const syntax::PlacedBlock* first = file.block_at(conflict->current.begin);
    mistake.begins = Place{first->block, conflict->current.shifted(-first->start)};
    mistake.begins->range.end = std::min(mistake.begins->range.end, offset(first->block->text.size()));
  }
  return mistake;
}

}  // namespace refract::validation
