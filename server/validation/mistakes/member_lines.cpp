#include <algorithm>

#include <fmt/format.h>

#include "schema/attributes.h"
#include "support/ascii.h"
#include "syntax/characters.h"
#include "text/lines.h"
#include "validation/mistakes/line.h"

// Lines inside of a block.
namespace refract::validation {
namespace {

// A member that goes on for more lines, or bytes, than this is not put together.
constexpr std::size_t kMostLines = 60;
constexpr std::size_t kMostBytes = 2000;
// In a block with more errors, lines are corrected without regard to one another, and nothing is tried out.
constexpr std::size_t kMostErrors = 60;

text::Offset offset(std::size_t at) {
  return static_cast<text::Offset>(at);
}

// The name in other lines that are invalid, which may be because of it.
std::vector<BlockEdit> renamed_in_lines(const syntax::Block& block, std::string_view from, const std::string& to,
                                        text::Offset except) {
  std::vector<BlockEdit> edits;
  if (block.errors.size() > kMostErrors) return edits;
  for (const syntax::SyntaxError& error : block.errors) {
    if (error.kind != syntax::SyntaxErrorKind::invalid_member || error.range.begin == except) continue;
    if (error.range.size() > kMostBytes) continue;
    const std::vector<Piece> pieces = pieces_of(block.text, error.range);
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      if (pieces[i].kind == PieceKind::word && pieces[i].text == from) edits.push_back({{&block, pieces[i].range}, to});
    }
  }
  return edits;
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
    if (auto found = attribute_of_field_above()) return found;
    if (auto found = closing_brace()) return found;
    if (auto found = as_it_is()) return found;
    if (auto found = over_several_lines()) return found;
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
    for (const auto& [from, to] : line->renamed) {
      std::ranges::move(renamed_in_lines(block_, from, to, range_.begin), std::back_inserter(mistake.edits));
    }
    return mistake;
  }

  std::optional<Mistake> with(Correction correction, text::Range range, CorrectedLine line) const {
    line.corrections.insert(line.corrections.begin(), std::move(correction));
    return mistake_of(block_, range, written(line), line.corrections);
  }

  // `@unique` or `@default(…)` on the line after its field.
  std::optional<Mistake> attribute_of_field_above() const {
    if (!block_.has_fields() || !pieces_[0].is("@") || pieces_.size() < 2) return std::nullopt;
    const auto field =
        std::ranges::find(block_.fields, indent_begin(), [](const syntax::Field& one) { return one.line.end; });
    if (field == block_.fields.end()) return std::nullopt;
    const std::string& name = pieces_[1].text;
    const bool of_field = schema::find_attribute(name, false) || name.starts_with("db.");
    const bool deeper = indent().size() > indent_at(block_.text, field->line.begin).size();
    if (!of_field || (schema::find_attribute(name, true) && (!deeper || takes_fields()))) return std::nullopt;
    const auto line =
        corrected_line(context_, block_, block_.kind, fmt::format("x {} {}", field->type->name.text, text()));
    if (!line || line->members.size() != 1) return std::nullopt;
    const std::string attributes = line->members[0].substr(line->members[0].find('@'));
    Mistake mistake{
        .code = "attribute-on-next-line",
        .message = fmt::format("The attribute `@{}` is not on the line of its field `{}`.", name, field->name.text),
        .help = "Write it after the field's type.",
        .title = fmt::format("Move it to `{}`", field->name.text),
        .edits = {{{&block_, {field->range.end, field->range.end}}, " " + attributes}},
        .range = range_};
    if (line->comment.empty()) {
      mistake.edits.push_back({{&block_, {indent_begin(), offset(syntax::next_line(block_.text, range_.begin))}}, ""});
    } else {
      mistake.edits.push_back({{&block_, range_}, line->comment});
    }
    return mistake;
  }

  text::Offset indent_begin() const { return range_.begin - offset(indent().size()); }
  bool takes_fields() const { return pieces_.size() > 3 && pieces_[2].is("(") && pieces_[3].is("["); }

  // For Prisma the block goes on, and what follows is part of it.
  std::optional<Mistake> closing_brace() const {
    auto mistake = split_at_closing_brace(context_, block_, block_.kind, range_);
    if (mistake) mistake->range.end = block_.range.end;
    return mistake;
  }

  int depth() const {
    int depth = 0;
    for (const Piece& piece : pieces_) depth += piece.opens() ? 1 : piece.closes() ? -1 : 0;
    return depth;
  }
  bool has_open_string() const {
    return std::ranges::any_of(pieces_,
                               [](const Piece& piece) { return piece.kind == PieceKind::string && !piece.finished; });
  }

  std::optional<Mistake> over_several_lines() const {
    if (depth() <= 0 || has_open_string()) return std::nullopt;
    MemberLine all(*this);
    std::size_t end = syntax::next_line(block_.text, range_.end);
    for (std::size_t lines = 1; all.depth() > 0; ++lines) {
      if (end >= block_.body_range.end || lines > kMostLines || end - range_.begin > kMostBytes) return std::nullopt;
      const std::size_t next = syntax::next_line(block_.text, end);
      const text::Range more{offset(end), offset(syntax::line_end(block_.text, end))};
      std::ranges::copy_if(pieces_of(block_.text, more), std::back_inserter(all.pieces_),
                           [](const Piece& piece) { return piece.kind != PieceKind::comment; });
      all.range_.end = more.end;
      end = next;
    }
    const auto line = all.corrected();
    if (!line || line->members.size() != 1) return std::nullopt;
    const std::string what =
        pieces_[0].kind == PieceKind::word ? pieces_[0].text : fmt::format("@@{}", pieces_[1].text);
    return with({.code = "arguments-over-lines",
                 .message = fmt::format("The line of `{}` ends inside of brackets.", what),
                 .help = "Write all that belongs to it on one line.",
                 .title = "Join the lines"},
                all.range_, *line);
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
                       .message = fmt::format("The string {} does not end on its line.", string->text),
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

  // Where the missing quote may be, the most likely place first; in the line.
  std::vector<std::size_t> quote_places(const Piece& string) const {
    std::vector<std::size_t> places;
    const std::string_view line = text();
    const std::size_t begin = string.range.begin - range_.begin;
    const std::size_t comment = std::min(line.find(" //", begin), line.size());
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
      const std::size_t inside = piece.text.find_first_of(")],", 1);
      if (inside != std::string::npos) places.push_back(piece.range.begin - range_.begin + inside);
    }
    return places;
  }

  static std::string with_brackets_closed(const std::string& line) {
    std::string closing;
    std::size_t end = 0;
    for (const Piece& piece : pieces_of(line, {0, offset(line.size())})) {
      if (piece.kind == PieceKind::comment) continue;
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
      if (ascii::is_digit(piece.text.front())) {
        std::string fresh;
        auto edits = rename_digit_member(context_, block_, piece.text, fresh);
        if (edits.empty()) continue;
        return Mistake{.code = "name-starts-with-digit",
                       .message = fmt::format("The field name `{}` begins with a digit.", piece.text),
                       .help = "Begin it with a letter; `@map` keeps the name in the database.",
                       .title = fmt::format("Rename it to `{}` and keep the name in the database", fresh),
                       .edits = std::move(edits),
                       .range = range_};
      }
      if (piece.text.front() != '_' || block_.errors.size() > kMostErrors) continue;
      for (const syntax::SyntaxError& error : block_.errors) {
        if (error.kind != syntax::SyntaxErrorKind::invalid_member || error.range.begin == range_.begin) continue;
        const MemberLine declaring(context_, block_, error.range);
        if (declaring.pieces_.empty() || declaring.pieces_[0].text != piece.text) continue;
        auto mistake = declaring.as_it_is();
        if (mistake) mistake->range = range_;
        return mistake;
      }
    }
    return std::nullopt;
  }

  const MistakeContext& context_;
  const syntax::Block& block_;
  text::Range range_;
  std::string_view eol_;
  std::vector<Piece> pieces_;
};

}  // namespace

std::optional<Mistake> mistake_in_member(const MistakeContext& context, const syntax::Block& block, text::Range line) {
  return MemberLine(context, block, line).mistake();
}

std::vector<BlockEdit> rename_digit_member(const MistakeContext& context, const syntax::Block& block,
                                           std::string_view name, std::string& fresh) {
  const syntax::Field* field = block.find_field(name);
  const syntax::EnumValue* value = block.find_value(name);
  if (!field && !value) return {};
  fresh = free_member_name(block, block.kind, name);
  const text::Range place = field ? field->name.range : value->name.range;
  const text::Offset end = field ? field->range.end : value->range.end;
  auto edits = renamed_in_lines(block, name, fresh, place.begin);
  edits.insert(edits.begin(), BlockEdit{{&block, place}, fresh});
  const schema::Placed* type = field && field->type ? context.snapshot.find(field->type->name.text) : nullptr;
  const bool relation = type && !(*type)->is_enum() && (*type)->kind != syntax::BlockKind::composite_type;
  const bool mapped = (field ? field->find_attribute("map") : value->find_attribute("map")) != nullptr;
  if (!relation && !mapped) edits.push_back({{&block, {end, end}}, fmt::format(" @map({})", string_literal(name))});
  return edits;
}

}  // namespace refract::validation
