#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/mistakes/meant_action.h"
#include "validation/mistakes/member.h"

// Attributes in another notation: without at signs, without parentheses, in brackets, with `=` in their arguments.
namespace refract::validation {
namespace {

constexpr Code kCode = "attribute-notation";

// The index after the bracket that closes the one at `open`; npos: none.
std::size_t bracket_end(std::span<const Piece> pieces, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < pieces.size(); ++i) {
    depth += pieces[i].opens() ? 1 : pieces[i].closes() ? -1 : 0;
    if (depth == 0) return i + 1;
  }
  return std::string::npos;
}

bool is_sign(const Piece& piece) {
  return piece.is("@") || piece.is("@@");
}

// Whether a value ends with the piece.
bool ends_value(const Piece& piece) {
  return piece.kind != PieceKind::punctuation || piece.closes();
}

bool is_argument_name(const schema::AttributeSpec& spec, std::string_view name) {
  return std::ranges::find(spec.arguments, name, &schema::ArgumentSpec::name) != spec.arguments.end();
}

bool needs_argument(const schema::AttributeSpec& spec) {
  return std::ranges::any_of(spec.arguments, &schema::ArgumentSpec::required);
}

// Arguments that are a list of fields, and may be written as one without brackets: `@@index([a])`.
bool takes_fields(const schema::AttributeSpec& spec) {
  return spec.block && !spec.arguments.empty() && spec.arguments[0].name == "fields";
}

// Whether a word begins an attribute of a member, as Prisma calls it or as SQL does.
bool begins_attribute(syntax::BlockKind kind, std::string_view word, std::string_view next) {
  return attribute_in(kind, word, false) || word.starts_with("db.") || is_constraint(word, next);
}

// The end of the arguments that begin at a piece, with the commas between them.
std::size_t arguments_end(const Member& member, const schema::AttributeSpec* spec, std::size_t at) {
  std::size_t end = at;
  for (std::size_t i = at;;) {
    if (member.at(i + 1).is(":") && member.at(i).kind == PieceKind::word) i += 2;
    const Piece& value = member.at(i);
    const bool plain = value.kind != PieceKind::punctuation;
    const bool bracket = value.is("[") || value.is("{");
    if (!plain && !bracket) return end;
    if (plain) ++i;
    if (bracket || member.at(i).is("(")) {
      i = bracket_end(member.pieces, i);
      if (i == std::string::npos) return end;
    }
    end = i;
    const Piece& after = member.at(i + 1);
    const bool named = member.at(i + 2).is(":") && after.kind == PieceKind::word;
    const bool more = named || (spec && takes_fields(*spec) && after.kind == PieceKind::word);
    if (!member.at(i).is(",") || !more) return end;
    ++i;
  }
}

// Puts brackets around names that are several arguments, or the only one, of an attribute that takes a list of fields.
void bracket_fields(Member& member, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    const bool name = member.at(i).kind == PieceKind::word && !member.at(i + 1).is(":") && !member.at(i + 1).is("(");
    if ((i - from) % 2 == 0 ? !name : !member.at(i).is(",")) return;
  }
  const text::Offset end = member.at(to - 1).range.end;
  const text::Offset begin = member.at(from).range.begin;
  member.insert(to, {end, end}, "]");
  member.insert(from, {begin, begin}, "[");
}

}  // namespace

bool is_bare_argument(syntax::BlockKind kind, std::span<const Piece> attribute, const Piece& piece,
                      std::string_view next) {
  if (attribute.size() < 2 || piece.is("(") || piece.is("@") || piece.is("@@")) return false;
  const schema::AttributeSpec* spec = attribute_in(kind, attribute[1].text, attribute[0].is("@@"));
  const bool has_parentheses = attribute.size() > 2 && attribute[2].is("(");
  if (!spec || has_parentheses || spec->arguments.empty()) return false;
  const bool named = next == ":" && piece.kind == PieceKind::word;
  if (attribute.size() == 2) return needs_argument(*spec) || (named && is_argument_name(*spec, piece.text));
  if (attribute.back().is(":")) return true;
  // After the first argument: what a comma separates from it, or goes on with it.
  return named || (takes_fields(*spec) && piece.kind == PieceKind::word && next != ":") || attribute.back().is(",");
}

void correct_argument_marks(Member& member) {
  std::string open;
  for (std::size_t i = 0; i < member.pieces.size(); ++i) {
    Piece& piece = member.pieces[i];
    if (piece.opens()) open += piece.text;
    if (piece.closes() && !open.empty()) open.pop_back();
    if (!piece.is("=") || !open.ends_with('(') || i == 0 || member.at(i - 1).kind != PieceKind::word) continue;
    const Piece& name = member.at(i - 1);
    if (member.at(i + 1).is(">") || member.at(i + 1).is("=")) member.remove(i + 1, i + 2);
    Correction& correction =
        member.correct(kCode, piece, fmt::format("There is a `=` after the argument's name `{}`.", name.text));
    correction.help = "Write a colon between an argument's name and its value.";
    correction.title = fmt::format("Write `{}:`", name.text);
    const bool gap = member.at(i + 1).range.begin > piece.range.end;
    member.pieces[i].text = gap ? ":" : ": ";
    member.pieces[i].range.begin = name.range.end;
  }
}

void correct_missing_commas(Member& member) {
  std::string open;
  for (std::size_t i = 0; i < member.pieces.size(); ++i) {
    const Piece piece = member.at(i);
    if (piece.closes() && !open.empty()) open.pop_back();
    const bool named = open.ends_with('(') && piece.kind == PieceKind::word && member.at(i + 1).is(":");
    const bool item = open.ends_with('[') && piece.kind != PieceKind::punctuation;
    if (piece.opens()) open += piece.text;
    if ((!named && !item) || i == 0 || !ends_value(member.at(i - 1))) continue;
    Correction& correction = member.correct(kCode, piece, fmt::format("There is no comma before `{}`.", piece.text));
    correction.help = "Write a comma between arguments, and between the items of a list.";
    correction.title = fmt::format("Write a comma before `{}`", piece.text);
    const text::Offset end = member.at(i - 1).range.end;
    member.insert(i, {end, end}, ",");
    ++i;
  }
}

void correct_actions(Member& member) {
  for (std::size_t i = 0; i + 3 < member.pieces.size(); ++i) {
    const bool action = member.at(i).is("onDelete") || member.at(i).is("onUpdate");
    if (!action || !member.at(i + 1).is(":") || member.at(i + 3).kind != PieceKind::word) continue;
    const std::string written = fmt::format("{} {}", member.at(i + 2).text, member.at(i + 3).text);
    const std::string_view meant = meant_action(written);
    if (meant.empty()) continue;
    Correction& correction =
        member.correct(kCode, member.at(i + 2), fmt::format("A referential action is one word, not `{}`.", written));
    correction.help = fmt::format("Write `{}`.", meant);
    correction.title = fmt::format("Write `{}`", meant);
    member.replace(i + 2, i + 4, std::string(meant));
  }
}

void correct_bracketed_attributes(Member& member) {
  if (!member.has_fields() || is_sign(member.at(0))) return;
  const std::vector<int> depths = member.depths();
  for (std::size_t open = 2; open < member.pieces.size(); ++open) {
    if (is_sign(member.at(open))) return;
    if (depths[open] != 0 || !member.at(open).opens()) continue;
    const std::size_t end = bracket_end(member.pieces, open);
    if (end == std::string::npos || end == open + 2) continue;
    // Each item begins as an attribute.
    bool attributes = true;
    bool begins = true;
    for (std::size_t i = open + 1; i + 1 < end; ++i) {
      if (begins && member.at(i).is("@")) continue;
      attributes = attributes && (!begins || begins_attribute(member.kind, member.at(i).text, member.at(i + 1).text));
      begins = depths[i] == 1 && member.at(i).separates();
    }
    if (!attributes) continue;
    Correction& correction = member.correct(kCode, member.at(open),
                                            fmt::format("The attributes of `{}` are in brackets.", member.at(0).text));
    correction.help = "Write them after the type, each with an at sign: `@unique`.";
    correction.title = "Write the attributes without brackets";
    for (std::size_t i = end; i-- > open;) {
      const bool mark = depths[i] == 1 && (member.at(i).separates() || member.at(i).is(":"));
      if (i == open || i + 1 == end || mark) member.remove(i, i + 1);
    }
    return;
  }
}

namespace {

// `index([a])`, `unique(a, b)`: an attribute of the block.
void correct_block_sign(Member& member) {
  const Piece first = member.at(0);
  const schema::AttributeSpec* spec =
      first.kind == PieceKind::word ? attribute_in(member.kind, first.text, true) : nullptr;
  if (!spec || !member.at(1).is("(") || bracket_end(member.pieces, 1) != member.pieces.size()) return;
  // An enum's value may be called so.
  if (member.is_enum() && member.at(2).kind != PieceKind::string) return;
  if (takes_fields(*spec)) bracket_fields(member, 2, member.pieces.size() - 1);
  Correction& correction =
      member.correct(kCode, first, fmt::format("The attribute `{}` of the block has no at signs.", first.text));
  correction.help = fmt::format("Write `@@{}`.", first.text);
  correction.title = fmt::format("Write `@@{}`", first.text);
  member.insert(0, {first.range.begin, first.range.begin}, "@@");
}

}  // namespace

void correct_missing_signs(Member& member) {
  if (!is_sign(member.at(0))) correct_block_sign(member);
  if (is_sign(member.at(0))) return;
  const std::vector<int> depths = member.depths();
  std::size_t inserted = 0;
  for (std::size_t at = member.is_enum() ? 1 : 2; at < depths.size(); ++at) {
    const std::size_t i = at + inserted;
    const Piece piece = member.at(i);
    const Piece& before = member.at(i - 1);
    if (depths[at] != 0 || piece.kind != PieceKind::word || is_sign(before) || before.is("=") || before.is(":"))
      continue;
    const bool native = member.has_fields() && piece.text.starts_with("db.");
    const schema::AttributeSpec* spec = attribute_in(member.kind, piece.text, false);
    const bool called = member.at(i + 1).is("(");
    // Words that SQL has too are its own where nothing shows that they are Prisma's.
    const bool sql = !called && is_constraint(piece.text, member.at(i + 1).text);
    if ((!native && !spec) || sql || (spec && !called && needs_argument(*spec))) continue;
    Correction& correction =
        member.correct(kCode, piece, fmt::format("The attribute `{}` has no at sign.", piece.text));
    correction.help = fmt::format("Write `@{}`.", piece.text);
    correction.title = fmt::format("Write `@{}`", piece.text);
    member.insert(i, {piece.range.begin, piece.range.begin}, "@");
    ++inserted;
  }
}

void correct_bare_arguments(Member& member) {
  int depth = 0;
  for (std::size_t i = 0; i + 2 < member.pieces.size(); ++i) {
    depth += member.at(i).opens() ? 1 : member.at(i).closes() ? -1 : 0;
    if (depth != 0 || !is_sign(member.at(i)) || member.at(i + 1).kind != PieceKind::word) continue;
    const bool block = member.at(i).is("@@");
    const bool native = member.at(i + 1).text.starts_with("db.");
    const schema::AttributeSpec* spec = attribute_in(member.kind, member.at(i + 1).text, block);
    std::size_t begin = i + 2;
    // `@map: "x"`; `@default = 1` is a mistake of its own.
    const bool mark = member.at(begin).is(":") || (member.at(begin).is("=") && member.at(i + 1).text != "default");
    if (mark) ++begin;
    if (!native && (!spec || spec->arguments.empty())) continue;
    const Piece& first = member.at(begin);
    // Without an argument of its own it is followed by what is none.
    const bool named = member.at(begin + 1).is(":") && spec && is_argument_name(*spec, first.text);
    const bool literal = first.kind == PieceKind::string || first.is("[") || first.is("{") ||
                         (!first.text.empty() && ascii::is_digit(first.text.front()));
    if (!mark && !named && !literal && !(spec && needs_argument(*spec))) continue;
    const std::size_t end = arguments_end(member, spec, begin);
    if (end == begin) continue;
    const std::string label = fmt::format("{}{}", member.at(i).text, member.at(i + 1).text);
    Correction& correction =
        member.correct(kCode, member.at(i), fmt::format("The arguments of `{}` are not in parentheses.", label));
    correction.help = fmt::format("Write `{}(…)`.", label);
    correction.title = fmt::format("Write the arguments of `{}` in parentheses", label);
    const text::Offset name_end = member.at(i + 1).range.end;
    const text::Offset value_begin = member.at(begin).range.begin;
    const text::Offset value_end = member.at(end - 1).range.end;
    member.insert(end, {value_end, value_end}, ")");
    if (spec && takes_fields(*spec)) bracket_fields(member, begin, end);
    if (mark) member.remove(begin - 1, begin);
    member.insert(i + 2, {name_end, value_begin}, "(");
  }
}

}  // namespace refract::validation
