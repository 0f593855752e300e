#include "validation/mistakes/invisible.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "syntax/characters.h"
#include "text/lines.h"
#include "text/unicode.h"

namespace refract::validation {
namespace {

enum class Meaning {
  nothing,     // removed
  line_break,  // of another system
};

struct Row {
  char32_t first;
  std::string_view name;  // of Unicode
  Meaning meaning = Meaning::nothing;
};

// Sorted. White space that Prisma reads as such is none of them.
constexpr Row kRows[] = {
    {0x0000, "NULL"},
    {0x0008, "BACKSPACE"},
    {0x000B, "LINE TABULATION", Meaning::line_break},
    {0x000C, "FORM FEED", Meaning::line_break},
    {0x001A, "SUBSTITUTE"},
    {0x001B, "ESCAPE"},
    {0x007F, "DELETE"},
    {0x0085, "NEXT LINE", Meaning::line_break},
    {0x00AD, "SOFT HYPHEN"},
    {0x034F, "COMBINING GRAPHEME JOINER"},
    {0x061C, "ARABIC LETTER MARK"},
    {0x17B4, "KHMER VOWEL INHERENT AQ"},
    {0x17B5, "KHMER VOWEL INHERENT AA"},
    {0x180E, "MONGOLIAN VOWEL SEPARATOR"},
    {0x200B, "ZERO WIDTH SPACE"},
    {0x200C, "ZERO WIDTH NON-JOINER"},
    {0x200D, "ZERO WIDTH JOINER"},
    {0x200E, "LEFT-TO-RIGHT MARK"},
    {0x200F, "RIGHT-TO-LEFT MARK"},
    {0x2028, "LINE SEPARATOR", Meaning::line_break},
    {0x2029, "PARAGRAPH SEPARATOR", Meaning::line_break},
    {0x202A, "LEFT-TO-RIGHT EMBEDDING"},
    {0x202B, "RIGHT-TO-LEFT EMBEDDING"},
    {0x202C, "POP DIRECTIONAL FORMATTING"},
    {0x202D, "LEFT-TO-RIGHT OVERRIDE"},
    {0x202E, "RIGHT-TO-LEFT OVERRIDE"},
    {0x2060, "WORD JOINER"},
    {0x2061, "FUNCTION APPLICATION"},
    {0x2062, "INVISIBLE TIMES"},
    {0x2063, "INVISIBLE SEPARATOR"},
    {0x2064, "INVISIBLE PLUS"},
    {0x2066, "LEFT-TO-RIGHT ISOLATE"},
    {0x2067, "RIGHT-TO-LEFT ISOLATE"},
    {0x2068, "FIRST STRONG ISOLATE"},
    {0x2069, "POP DIRECTIONAL ISOLATE"},
    {0x206A, "INHIBIT SYMMETRIC SWAPPING"},
    {0x206B, "ACTIVATE SYMMETRIC SWAPPING"},
    {0x206C, "INHIBIT ARABIC FORM SHAPING"},
    {0x206D, "ACTIVATE ARABIC FORM SHAPING"},
    {0x206E, "NATIONAL DIGIT SHAPES"},
    {0x206F, "NOMINAL DIGIT SHAPES"},
    {0x2800, "BRAILLE PATTERN BLANK"},
    {0xFE00, "VARIATION SELECTOR-1"},
    {0xFE0E, "VARIATION SELECTOR-15"},
    {0xFE0F, "VARIATION SELECTOR-16"},
    {0xFEFF, "ZERO WIDTH NO-BREAK SPACE, the byte order mark"},
    {0xFFF9, "INTERLINEAR ANNOTATION ANCHOR"},
    {0xFFFA, "INTERLINEAR ANNOTATION SEPARATOR"},
    {0xFFFB, "INTERLINEAR ANNOTATION TERMINATOR"},
    {0xFFFC, "OBJECT REPLACEMENT CHARACTER"},
};
static_assert(std::ranges::is_sorted(kRows, {}, &Row::first));

const Row* row_of(char32_t value) {
  const auto* const found = std::ranges::lower_bound(kRows, value, {}, &Row::first);
  return found != std::end(kRows) && found->first == value ? found : nullptr;
}

// A line break is one where something is on both sides of it.
std::string written_for(const Row& row, std::string_view text, text::Range line, text::Range at) {
  if (row.meaning != Meaning::line_break) return {};
  const bool before = syntax::skip_space(text, line.begin) < at.begin;
  const std::size_t next = syntax::skip_space(text, at.end);
  const bool comment = text.substr(next).starts_with("//");
  const bool after = next < line.end && syntax::newline_length(text, next) == 0 && !comment;
  if (!before || !after) return {};
  return std::string(text::line_break_of(text)) + std::string(indent_at(text, at.begin));
}

}  // namespace

std::vector<InvisibleCharacter> invisible_characters(std::string_view text, text::Range range) {
  std::vector<InvisibleCharacter> found;
  for (const Piece& piece : pieces_of(text, range)) {
    if (piece.kind != PieceKind::punctuation) continue;
    const Row* row = row_of(text::code_point_at(text, piece.range.begin).value);
    if (!row) continue;
    found.push_back({.range = piece.range,
                     .value = row->first,
                     .name = fmt::format("U+{:04X} ({})", static_cast<std::uint32_t>(row->first), row->name),
                     .replacement = written_for(*row, text, range, piece.range)});
  }
  return found;
}

Correction invisible_correction(const std::vector<InvisibleCharacter>& characters) {
  std::vector<std::string_view> names;
  for (const InvisibleCharacter& one : characters) {
    if (std::ranges::find(names, one.name) == names.end()) names.emplace_back(one.name);
  }
  const bool one = names.size() == 1;
  return {.code = "invisible-character",
          .at = characters.front().range.begin,
          .message =
              fmt::format("The line contains the invisible character{} {}.", one ? "" : "s", fmt::join(names, " and ")),
          .help = one && characters.size() == 1 ? "Remove it." : "Remove them.",
          .title = fmt::format("Remove {}", one ? names.front() : "the invisible characters")};
}

Mistake invisible_mistake(const syntax::Block& block, text::Range line,
                          const std::vector<InvisibleCharacter>& characters) {
  Correction correction = invisible_correction(characters);
  Mistake mistake{.code = correction.code,
                  .message = std::move(correction.message),
                  .help = std::move(correction.help),
                  .title = std::move(correction.title),
                  .edits = {},
                  .range = line,
                  .place = characters.front().range};
  for (const InvisibleCharacter& one : characters) mistake.edits.push_back({{&block, one.range}, one.replacement});
  return mistake;
}

std::string without_invisible(std::string_view text, text::Range range,
                              const std::vector<InvisibleCharacter>& characters) {
  std::string clean;
  text::Offset from = range.begin;
  for (const InvisibleCharacter& one : characters) {
    clean += text.substr(from, one.range.begin - from);
    clean += one.replacement;
    from = one.range.end;
  }
  clean += text.substr(from, range.end - from);
  return clean;
}

}  // namespace refract::validation
