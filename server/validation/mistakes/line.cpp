#include "validation/mistakes/line.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "syntax/characters.h"
#include "text/lines.h"
#include "validation/mistakes/following_arguments.h"

namespace refract::validation {
namespace {

// Lines that are longer, in bytes, are not looked at: nobody wrote them by hand.
constexpr std::size_t kLongest = 2000;

constexpr std::array<Code, 18> kOnlyForm = {
    "line-end-separator",      "string-quotes",          "arguments-over-lines",
    "several-members-on-line", "attribute-level",        "trailing-comma",
    "type-notation",           "attribute-on-next-line", "property-assignment",
    "comment-marker",          "block-on-one-line",      "legacy-colon",
    "closing-brace-on-line",   "brace-on-next-line",     "attribute-notation",
    "header-notation",         "invisible-character",    "argument-after-parentheses"};

// A comma that nothing follows in its brackets.
void remove_trailing_commas(Member& member) {
  for (std::size_t i = 1; i + 1 < member.pieces.size(); ++i) {
    if (!member.pieces[i].is(",") || !member.pieces[i + 1].closes() || member.pieces[i - 1].opens()) continue;
    Correction& correction = member.correct("trailing-comma", member.pieces[i], "Nothing follows the comma.");
    correction.help = "Remove it.";
    correction.title = "Remove the comma";
    member.remove(i, i + 1);
  }
}

// Whether a position is inside of a character of several bytes.
bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

void correct_member(Member& member) {
  correct_strings(member);
  correct_argument_marks(member);
  correct_actions(member);
  remove_trailing_commas(member);
  correct_bracketed_attributes(member);
  correct_missing_commas(member);
  if (member.is_configuration()) return correct_property(member);
  correct_missing_signs(member);
  correct_bare_arguments(member);
  if (member.is_enum()) {
    correct_enum_value(member);
  } else {
    correct_quoted_name(member);
    correct_type(member);
    correct_after_type(member);
  }
  correct_attribute_level(member);
  correct_json_default(member);
  correct_names(member);
}

// Takes the comments out of the pieces, and puts them together for the end of the line.
std::string take_comments(std::vector<Piece>& pieces, std::vector<Correction>& corrections) {
  std::string comment;
  for (const Piece& piece : pieces) {
    if (piece.kind != PieceKind::comment) continue;
    if (!comment.empty()) comment += ' ';
    comment += piece.plain ? piece.text : fmt::format("//{}", piece.content);
    if (piece.plain) continue;
    corrections.push_back(comment_correction(piece));
  }
  std::erase_if(pieces, [](const Piece& piece) { return piece.kind == PieceKind::comment; });
  return comment;
}

// A separator at the end, which belongs to no member.
void note_separator(const std::vector<Piece>& pieces, std::vector<Correction>& corrections) {
  if (pieces.size() < 2 || !pieces.back().separates()) return;
  const std::string_view what = pieces.back().text == "," ? "comma" : "semicolon";
  corrections.push_back({.code = "line-end-separator",
                         .at = pieces.back().range.begin,
                         .message = fmt::format("There is no {} at the end of a line.", what),
                         .help = "Remove it.",
                         .title = fmt::format("Remove the {}", what)});
}

bool is_separator_of_values(const Piece& piece) {
  return piece.separates() || piece.is("|");
}

// False: several words may be meant as one enum value, `IN PROGRESS`. A separator after the last one divides nothing;
// the at signs of a block attribute are no word.
bool divides_all(syntax::BlockKind kind, const std::vector<Piece>& pieces, std::size_t members) {
  if (kind != syntax::BlockKind::enumeration) return true;
  const bool after_all = !pieces.empty() && is_separator_of_values(pieces.back());
  const auto divides = [](const Piece& piece) { return is_separator_of_values(piece) || piece.is("@@"); };
  const auto separators = std::ranges::count_if(pieces, divides) - (after_all ? 1 : 0);
  return separators + 1 >= static_cast<std::ptrdiff_t>(members);
}

// At the end of a member's line. Two comments may come to be in one line, so that only the last one may be of a kind
// that goes on to the line's end.
std::string as_line_comment(const Piece& comment, schema::PrismaVersion version) {
  const bool closed = comment.text.starts_with("/*") && comment.text.ends_with("*/");
  if (!closed) return comment.plain ? comment.text : fmt::format("//{}", comment.content);
  if (version >= schema::PrismaVersion::v6) return comment.text;
  const std::string_view content = comment.content.substr(0, comment.content.size() - 2);
  return fmt::format("//{}", content.substr(0, syntax::trim_space_end(content, 0, content.size())));
}

// What follows a member on its line is another one only if it reads like one: a field has a type that exists.
bool reads_like_member(const Member& member) {
  if (!member.has_fields() || member.at(0).is("@@")) return true;
  return is_type(member.context, member.type_name()) || member.type_name() == "Unsupported";
}

// False: the member is not valid after all that is known is corrected.
bool add_corrected(Member member, CorrectedLine& line, bool only_known_types = false) {
  correct_member(member);
  if (!member.is_valid() || (only_known_types && !reads_like_member(member))) return false;
  line.members.push_back(member.text());
  std::ranges::move(member.corrections, std::back_inserter(line.corrections));
  std::ranges::move(member.renamed, std::back_inserter(line.renamed));
  if (!member.left.empty())
    line.comment.insert(0, fmt::format("// {}{}", member.left, line.comment.empty() ? "" : " "));
  return true;
}

}  // namespace

bool is_only_form(Code code) {
  return std::ranges::find(kOnlyForm, code) != kOnlyForm.end();
}

std::optional<CorrectedLine> corrected_line(const MistakeContext& context, const syntax::Block& block,
                                            syntax::BlockKind kind, std::string_view text) {
  if (text.size() > kLongest) return std::nullopt;
  CorrectedLine line;
  std::vector<Piece> pieces = pieces_of(text, {0, static_cast<text::Offset>(text.size())});
  const auto comment = std::ranges::find(pieces, PieceKind::comment, &Piece::kind);
  if (comment != pieces.end() && comment != pieces.begin()) {
    const std::string_view before = text.substr(0, comment->range.begin);
    line.comment_gap = before.substr(syntax::trim_space_end(before, 0, before.size()));
  }
  line.comment = take_comments(pieces, line.corrections);
  // A comment that goes on is not one of this line alone.
  if (line.comment.starts_with("/*") && !line.comment.ends_with("*/")) return std::nullopt;
  take_following_arguments(kind, pieces, line.corrections);
  const auto members = members_in(context, kind, pieces, false);
  note_separator(pieces, line.corrections);
  if (members.size() > 1) {
    line.corrections.push_back(
        {.code = "several-members-on-line",
         .at = members[0].front().range.begin,
         .message = fmt::format("There are {} members of the block on this line.", members.size()),
         .help = "Write each on a line of its own.",
         .title = "Write each on a line of its own"});
    line.certain = divides_all(kind, pieces, members.size());
  }
  for (const std::vector<Piece>& one : members) {
    const bool further = !line.members.empty();
    if (!add_corrected({context, block, kind, text, one}, line, further)) return std::nullopt;
  }
  if (line.members.empty() && line.comment.empty()) return std::nullopt;
  std::ranges::stable_sort(line.corrections, {}, &Correction::at);
  return line;
}

std::optional<CorrectedLine> corrected_body(const MistakeContext& context, const syntax::Block& block,
                                            syntax::BlockKind kind, std::string_view text) {
  if (text.size() > kLongest) return std::nullopt;
  CorrectedLine body;
  const std::vector<Piece> all = pieces_of(text, {0, static_cast<text::Offset>(text.size())});
  std::vector<Piece> pieces = all;
  std::erase_if(pieces, [](const Piece& piece) { return piece.kind == PieceKind::comment; });
  auto comment = all.begin();
  // The comments before a place, each after the member that it follows.
  const auto add_comments = [&](std::size_t before) {
    for (; comment != all.end() && comment->range.begin < before; ++comment) {
      if (comment->kind != PieceKind::comment) continue;
      const std::string written = as_line_comment(*comment, context.version);
      if (body.members.empty())
        body.members.push_back(written);
      else
        body.members.back() += " " + written;
    }
  };
  const auto members = members_in(context, kind, pieces, true);
  body.certain = std::ranges::none_of(pieces, is_separator_of_values) || divides_all(kind, pieces, members.size());
  for (const std::vector<Piece>& one : members) {
    add_comments(one.front().range.begin);
    Member as_written{context, block, kind, text, one};
    if (!add_corrected(as_written, body)) body.members.push_back(as_written.text());
  }
  add_comments(text.size());
  std::ranges::stable_sort(body.corrections, {}, &Correction::at);
  return body;
}

Mistake mistake_of(const syntax::Block& block, text::Range range, std::string_view replacement,
                   const std::vector<Correction>& corrections) {
  const auto more_than_form =
      std::ranges::find_if(corrections, [](const Correction& one) { return !is_only_form(one.code); });
  const Correction& first = more_than_form == corrections.end() ? corrections.front() : *more_than_form;
  std::string title = first.title;
  for (const Correction& other : corrections) {
    if (title.find(other.title.substr(1)) != std::string::npos) continue;
    std::string more = other.title;
    more.front() = static_cast<char>(more.front() | 0x20);
    title += "; " + more;
  }
  Mistake mistake{.code = first.code,
                  .message = first.message,
                  .help = first.help,
                  .title = std::move(title),
                  .edits = {},
                  .range = range,
                  .written = std::string(replacement)};
  // No more is replaced than what differs.
  std::string_view written = std::string_view(block.text).substr(range.begin, range.size());
  auto head = static_cast<std::size_t>(std::ranges::mismatch(written, replacement).in1 - written.begin());
  while (head > 0 && is_continuation(written, head)) --head;
  written.remove_prefix(head);
  replacement.remove_prefix(head);
  std::size_t tail = 0;
  while (tail < written.size() && tail < replacement.size() &&
         written[written.size() - 1 - tail] == replacement[replacement.size() - 1 - tail]) {
    ++tail;
  }
  while (tail > 0 && is_continuation(written, written.size() - tail)) --tail;
  const text::Range changed{static_cast<text::Offset>(range.begin + head), static_cast<text::Offset>(range.end - tail)};
  mistake.edits.push_back({{&block, changed}, std::string(replacement.substr(0, replacement.size() - tail))});
  return mistake;
}

std::string joined(const CorrectedLine& line, std::string_view indent, std::string_view eol) {
  std::string text;
  for (const std::string& member : line.members) {
    if (!text.empty()) text += fmt::format("{}{}", eol, indent);
    text += member;
  }
  if (!line.comment.empty()) text += (text.empty() ? "" : line.comment_gap) + line.comment;
  return text;
}

std::optional<Mistake> split_at_closing_brace(const MistakeContext& context, const syntax::Block& block,
                                              syntax::BlockKind kind, text::Range line, text::Offset opening) {
  line.begin = static_cast<text::Offset>(syntax::skip_space(block.text, line.begin));
  int depth = 0;
  for (const Piece& piece : pieces_of(block.text, line)) {
    depth += piece.opens() ? 1 : piece.closes() ? -1 : 0;
    if (depth >= 0) continue;
    if (!piece.is("}") || piece.range.begin == line.begin) return std::nullopt;
    const std::string_view text = block.text;
    const auto members = corrected_line(context, block, kind, text.substr(line.begin, piece.range.begin - line.begin));
    if (!members) return std::nullopt;
    const std::string_view eol = text::line_break_of(text);
    const std::string written = fmt::format("{}{}{}", joined(*members, indent_at(text, line.begin), eol), eol,
                                            text.substr(piece.range.begin, line.end - piece.range.begin));
    std::vector<Correction> corrections = members->corrections;
    corrections.insert(corrections.begin(), {.code = "closing-brace-on-line",
                                             .message = "The `}` at the end of this line does not close the block.",
                                             .help = "Write the closing brace on a line of its own.",
                                             .title = "Write the brace on a line of its own"});
    Mistake mistake = mistake_of(block, line, written, corrections);
    mistake.certain = members->certain;
    const text::Range first{opening, static_cast<text::Offset>(syntax::line_end(text, opening))};
    const std::vector<Piece> after = pieces_of(text, first);
    if (!after.empty() && after[0].kind != PieceKind::comment) {
      const auto body = corrected_body(context, block, kind, text.substr(first.begin, first.size()));
      if (!body) return std::nullopt;
      mistake.certain = mistake.certain && body->certain;
      std::string lines;
      for (const std::string& member : body->members)
        lines += fmt::format("{}{}{}", eol, indent_at(text, line.begin), member);
      mistake.edits.push_back({{&block, first}, lines});
    }
    return mistake;
  }
  return std::nullopt;
}

Correction comment_correction(const Piece& comment) {
  const std::size_t marker = comment.text.size() - comment.content.size();
  return {.code = "comment-marker",
          .at = comment.range.begin,
          .message = fmt::format("`{}` does not begin a comment.", comment.text.substr(0, marker)),
          .help = "A comment begins with `//`.",
          .title = "Write `//`"};
}

std::string_view indent_at(std::string_view text, text::Offset at) {
  const std::size_t newline = text.substr(0, at).find_last_of("\r\n");
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  return text.substr(begin, syntax::skip_space(text, begin) - begin);
}

}  // namespace refract::validation
