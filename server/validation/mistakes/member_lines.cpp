#include <algorithm>

#include <fmt/format.h>

#include "schema/attributes.h"
#include "support/ascii.h"
#include "syntax/characters.h"
#include "text/lines.h"
#include "validation/mistakes/inner_blocks.h"
#include "validation/mistakes/invisible.h"
#include "validation/mistakes/line.h"
#include "validation/mistakes/open_lines.h"

// Lines inside of a block.
namespace refract::validation {
namespace {

// A longer line is not looked at.
constexpr std::size_t kMostBytes = 2000;
// In a block with more errors, lines are corrected without regard to one another, and nothing is tried out.
constexpr std::size_t kMostErrors = 60;

text::Offset offset(std::size_t at) {
  return static_cast<text::Offset>(at);
}

// One line, or several that belong together, of a block.
class MemberLine {
 public:
  MemberLine(const MistakeContext& context, const syntax::Block& block, text::Range line)
      : context_(context), block_(block), range_(line), eol_(text::line_break_of(block.text)) {
    while (range_.end > range_.begin && (block.text[range_.end - 1] == '\n' || block.text[range_.end - 1] == '\r'))
      --range_.end;
    pieces_ = pieces_of(block.text, range_);
    std::erase_if(pieces_, [](const Piece& piece) { return piece.kind == PieceKind::comment; });
  }

  std::optional<Mistake> mistake() const {
    if (range_.size() > kMostBytes) return std::nullopt;
    if (pieces_.empty()) return as_it_is();
    if (auto found = invisible()) return found;
    if (auto found = mistake_in_attribute_line(context_, block_, range_)) return found;
    if (auto found = closing_brace()) return found;
    if (auto found = as_it_is()) return found;
    const auto lines = open_lines(context_, block_, range_);
    if (lines && lines->several(block_)) return over_several_lines(*lines);
    if (auto found = unfinished()) return found;
    return names_invalid_field();
  }

  // The line's own mistakes, without what else they ask for in the block.
  std::optional<CorrectedLine> corrected() const { return corrected_line(context_, block_, block_.kind, text()); }
  std::string written(const CorrectedLine& line) const { return joined(line, indent(), eol_); }

 private:
  std::string_view text() const { return std::string_view(block_.text).substr(range_.begin, range_.size()); }
  std::string_view indent() const { return indent_at(block_.text, range_.begin); }

  std::optional<Mistake> as_it_is() const {
    const auto line = corrected();
    if (!line || line->corrections.empty()) return std::nullopt;
    Mistake mistake = mistake_of(block_, range_, written(*line), line->corrections);
    mistake.certain = line->certain;
    for (const auto& [from, to] : line->renamed) {
      std::ranges::move(renamed_in_lines(block_, from, to, range_.begin), std::back_inserter(mistake.edits));
      std::ranges::move(renamed_in_references(context_, block_, from, to), std::back_inserter(mistake.edits));
    }
    return mistake;
  }

  Mistake with(Correction correction, text::Range range, CorrectedLine line) const {
    line.corrections.insert(line.corrections.begin(), std::move(correction));
    return mistake_of(block_, range, written(line), line.corrections);
  }

  std::optional<Mistake> invisible() const {
    const auto characters = invisible_characters(block_.text, range_);
    if (characters.empty()) return std::nullopt;
    const std::string clean = without_invisible(block_.text, range_, characters);
    const bool one_line = clean.find_first_of("\r\n") == std::string::npos;
    const auto line = one_line ? corrected_line(context_, block_, block_.kind, clean) : std::nullopt;
    if (!line) return invisible_mistake(block_, range_, characters);
    Mistake mistake = with(invisible_correction(characters), range_, *line);
    mistake.place = characters.front().range;
    return mistake;
  }

  // For Prisma the block goes on, and what follows is part of it.
  std::optional<Mistake> closing_brace() const {
    auto mistake = split_at_closing_brace(context_, block_, block_.kind, range_, block_.header_range.end);
    if (mistake) mistake->range.end = block_.range.end;
    return mistake;
  }

  Mistake over_several_lines(const OpenLines& lines) const {
    Correction correction{.code = "unclosed-bracket",
                          .message = "A bracket on this line is not closed.",
                          .help = "Write the missing bracket.",
                          .title = "Close the bracket"};
    if (lines.closed) {
      const auto name = std::ranges::find(pieces_, PieceKind::word, &Piece::kind);
      const std::string_view mark = pieces_.front().is("@") ? "@@" : "";
      correction = {.code = "arguments-over-lines",
                    .message = name == pieces_.end()
                                   ? "The line ends inside of brackets."
                                   : fmt::format("The line of `{}{}` ends inside of brackets.", mark, name->text),
                    .help = "Write all that belongs to it on one line.",
                    .title = "Join the lines"};
    }
    auto line = corrected_line(context_, block_, block_.kind, lines.text);
    // What is in the brackets is no member, whether it is understood or not.
    if (!line || line->members.size() != 1) {
      return {.code = correction.code,
              .message = std::move(correction.message),
              .help = std::move(correction.help),
              .title = {},
              .edits = {},
              .range = lines.range};
    }
    Mistake mistake = with(std::move(correction), lines.range, std::move(*line));
    if (lines.next) mistake.edits.push_back({{lines.next, {0, lines.end_in_next}}, ""});
    return mistake;
  }

  // A string or a bracket that is left open.
  std::optional<Mistake> unfinished() const {
    if (block_.errors.size() > kMostErrors) return std::nullopt;
    const std::string line(text());
    std::vector<std::string> candidates;
    const auto string = std::ranges::find_if(
        pieces_, [](const Piece& piece) { return piece.kind == PieceKind::string && !piece.finished; });
    if (string == pieces_.end()) {
      candidates.push_back(line);
    } else {
      if (auto found = closed_by_other_mark()) return found;
      for (const std::size_t place : quote_places(*string)) {
        candidates.push_back(line);
        candidates.back().insert(place, "\"");
      }
    }
    for (const std::string& candidate : candidates) {
      const std::string with_brackets = with_brackets_closed(candidate);
      std::string_view tried;
      for (const std::string& closed : {candidate, with_brackets}) {
        if (closed == line || closed == tried) continue;
        tried = closed;
        const auto corrected = corrected_line(context_, block_, block_.kind, closed);
        if (!corrected) continue;
        if (string != pieces_.end()) {
          return with({.code = "unterminated-string",
                       .message = fmt::format("The string {} does not end on its line.", open_string(candidate)),
                       .help = "Write the missing `\"`.",
                       .title = "Close the string"},
                      range_, *corrected);
        }
        return with({.code = "unclosed-bracket",
                     .message = "A bracket on this line is not closed.",
                     .help = "Write the missing bracket.",
                     .title = "Close the bracket"},
                    range_, *corrected);
      }
    }
    return std::nullopt;
  }

  // The string that the missing mark closes, as far as it reaches; its opening one may be what is missing.
  std::string open_string(const std::string& candidate) const {
    const std::string_view line = text();
    const auto place = static_cast<std::size_t>(std::ranges::mismatch(line, candidate).in1 - line.begin());
    const auto string = std::ranges::find_if(pieces_.rbegin(), pieces_.rend(), [&](const Piece& piece) {
      return piece.kind == PieceKind::string && piece.range.begin - range_.begin < place;
    });
    const auto open = std::ranges::find_if(
        pieces_, [](const Piece& piece) { return piece.kind == PieceKind::string && !piece.finished; });
    if (string == pieces_.rend()) return open->text;
    const std::size_t begin = string->range.begin - range_.begin;
    return std::string(line.substr(begin, place - begin));
  }

  // `"x')`: what closes a string is another mark than what opens it.
  std::optional<Mistake> closed_by_other_mark() const {
    // Where such a string reaches to the opening mark of the next one, it is the next one that has no end.
    for (const Piece& piece : pieces_) {
      if (piece.kind != PieceKind::string) continue;
      const auto mark = closing_mark(piece.text);
      if (!mark) continue;
      std::string line(text());
      const std::size_t begin = piece.range.begin - range_.begin;
      const std::size_t opening = quote_length(line, begin);
      const std::string written = line.substr(begin, mark->end);
      const std::string content = written.substr(opening, mark->begin - opening);
      line.replace(begin, mark->end, requoted(content));
      const auto corrected = corrected_line(context_, block_, block_.kind, line);
      if (!corrected) continue;
      return with({.code = "unterminated-string",
                   .message = fmt::format("The string {} ends with another mark than it begins with.", written),
                   .help = fmt::format("Write it as {}.", requoted(content)),
                   .title = "Use double quotes"},
                  range_, *corrected);
    }
    return std::nullopt;
  }

  // The first mark in a string that may be its end: nothing but a bracket, a comma or white space follows. One that has
  // its like before it closes that one.
  static std::optional<text::Range> closing_mark(std::string_view string) {
    const std::string_view opening = string.substr(0, quote_length(string, 0));
    for (std::size_t at = opening.size(), length = 1; at < string.size(); at += length) {
      length = string[at] == '\\' ? 2 : std::max<std::size_t>(quote_length(string, at), 1);
      const std::string_view mark = string.substr(at, length);
      if (quote_length(string, at) == 0 || mark == opening || is_apostrophe(string, at)) continue;
      const std::size_t next = syntax::skip_space(string, at + length);
      if (next < string.size() && std::string_view(")],").find(string[next]) == std::string_view::npos) {
        // A pair inside of the string.
        const std::size_t pair = string.find(mark, at + length);
        if (pair == std::string_view::npos) return std::nullopt;
        length = pair + mark.size() - at;
        continue;
      }
      return text::Range{offset(at), offset(at + length)};
    }
    return std::nullopt;
  }

  // Where an open string that begins at a place plausibly ends: before a bracket that closes what is open, where an
  // attribute follows it, and before a comma that a named argument follows. The line's end: nothing like it is there.
  static std::size_t end_before_more(std::string_view line, std::size_t begin) {
    int depth = 0;  // of brackets in the string
    for (std::size_t at = begin + 1; at < line.size(); ++at) {
      const std::size_t next = syntax::skip_space(line, at + 1);
      if (line[at] == '(') ++depth;
      if (line[at] == ')' && --depth < 0) {
        if (line.substr(next).starts_with('@')) return at;
        depth = 0;
      }
      const std::size_t name = syntax::name_length(line, next);
      if (line[at] == ',' && depth == 0 && name > 0 && line.substr(next + name).starts_with(':')) return at;
    }
    return line.size();
  }

  // Where the missing quote may be, the most likely place first; in the line.
  std::vector<std::size_t> quote_places(const Piece& string) const {
    std::vector<std::size_t> places;
    const std::string_view line = text();
    const std::size_t begin = string.range.begin - range_.begin;
    const std::size_t comment = std::min(line.find(" //", begin), line.size());
    if (const std::size_t place = end_before_more(line, begin); place < line.size()) places.push_back(place);
    for (const std::size_t limit : {comment, line.size()}) {
      std::size_t end = syntax::trim_space_end(line, begin, limit);
      const std::size_t whole = end;
      while (end > begin + 1 && (line[end - 1] == ',' || line[end - 1] == ';')) --end;
      int open = 0;
      for (const Piece& piece : pieces_) open += piece.opens() ? 1 : piece.closes() ? -1 : 0;
      for (; end > begin + 1 && open > 0 && (line[end - 1] == ')' || line[end - 1] == ']'); --open) --end;
      for (const std::size_t place : {end, whole}) {
        if (std::ranges::find(places, place) == places.end()) places.push_back(place);
      }
    }
    // The opening one: `abc")`.
    const auto next = static_cast<std::size_t>(&string - pieces_.data());
    if (next > 0 && pieces_[next - 1].kind == PieceKind::word)
      places.insert(places.begin(), pieces_[next - 1].range.begin - range_.begin);
    // The closing one of a string before it: `@default("abc) @map("x")`.
    for (const Piece& piece : pieces_) {
      if (piece.kind != PieceKind::string || !piece.finished || places.size() > 5) continue;
      const std::size_t start = piece.range.begin - range_.begin;
      if (const std::size_t end = end_before_more(line, start); end < start + piece.text.size()) places.push_back(end);
      const std::size_t inside = piece.text.find_first_of(")],", 1);
      if (inside != std::string::npos) places.push_back(start + inside);
    }
    return places;
  }

  static std::string with_brackets_closed(const std::string& line) {
    std::string closing;
    std::size_t end = 0;
    for (const Piece& piece : pieces_of(line, {0, offset(line.size())})) {
      if (piece.kind == PieceKind::comment) continue;
      // No attribute is inside of brackets.
      if (piece.is("@") && !closing.empty())
        return with_brackets_closed(line.substr(0, end) + closing + line.substr(end));
      end = piece.range.end;
      if (piece.opens()) closing.insert(closing.begin(), piece.text == "(" ? ')' : piece.text == "[" ? ']' : '}');
      if (piece.closes() && !closing.empty()) closing.erase(0, 1);
    }
    return line.substr(0, end) + closing + line.substr(end);
  }

  // A name that is no valid one, in brackets: `@@index([_a])`. It is renamed where it is declared.
  std::optional<Mistake> names_invalid_field() const {
    for (const Piece& piece : pieces_) {
      if (piece.kind != PieceKind::word) continue;
      if (auto mistake = digit_name_in(block_, piece.text)) return mistake;
      if (piece.text.front() != '_' || block_.errors.size() > kMostErrors) continue;
      if (auto mistake = declared_in(block_, piece.text)) return mistake;
    }
    return names_invalid_elsewhere();
  }

  // A name of a member of the block that begins with a digit.
  std::optional<Mistake> digit_name_in(const syntax::Block& block, std::string_view name) const {
    if (!ascii::is_digit(name.front())) return std::nullopt;
    std::string fresh;
    auto edits = rename_digit_member(context_, block, name, fresh);
    if (edits.empty()) return std::nullopt;
    return Mistake{.code = "name-starts-with-digit",
                   .message = fmt::format("The {} name `{}` begins with a digit.",
                                          block.has_fields() ? "field" : "enum value", name),
                   .help = "Begin it with a letter; `@map` keeps the name in the database.",
                   .title = fmt::format("Rename it to `{}` and keep the name in the database", fresh),
                   .edits = std::move(edits),
                   .range = range_};
  }

  // The mistake in the line of a block that declares the name.
  std::optional<Mistake> declared_in(const syntax::Block& block, std::string_view name) const {
    if (block.errors.size() > kMostErrors) return std::nullopt;
    for (const syntax::SyntaxError& error : block.errors) {
      if (error.kind != syntax::SyntaxErrorKind::invalid_member) continue;
      if (&block == &block_ && error.range.begin == range_.begin) continue;
      const MemberLine declaring(context_, block, error.range);
      if (declaring.pieces_.empty() || declaring.pieces_[0].text != name) continue;
      auto mistake = declaring.as_it_is();
      if (mistake) mistake->range = range_;
      return mistake;
    }
    return std::nullopt;
  }

  // `b B @relation(…, references: [_id])`, `e E @default(_x)`: a name that is invalid in the block of the field's type,
  // or the type itself.
  std::optional<Mistake> names_invalid_elsewhere() const {
    if (!block_.has_fields() || pieces_.size() < 2 || block_.errors.size() > kMostErrors) return std::nullopt;
    std::optional<Mistake> mistake;
    const schema::Placed* type = context_.snapshot.find(pieces_[1].text);
    for (std::size_t i = 1; i < pieces_.size() && !mistake; ++i) {
      if (pieces_[i].kind != PieceKind::word || is_valid_name(pieces_[i].text)) continue;
      context_.look_around();
      if (i == 1) mistake = mistake_in_declaration_of(context_, pieces_[i].text);
      if (i > 1 && type) mistake = declared_in(*(*type)->block, pieces_[i].text);
      if (i > 1 && type && !mistake) mistake = digit_name_in(*(*type)->block, pieces_[i].text);
    }
    if (mistake) mistake->range = range_;
    return mistake;
  }

  const MistakeContext& context_;
  const syntax::Block& block_;
  text::Range range_;
  std::string_view eol_;
  std::vector<Piece> pieces_;
};

}  // namespace

std::optional<Mistake> mistake_in_member(const MistakeContext& context, const syntax::Block& block, text::Range line) {
  if (auto inner = inner_block(block, line)) return inner;
  return MemberLine(context, block, line).mistake();
}

}  // namespace refract::validation
