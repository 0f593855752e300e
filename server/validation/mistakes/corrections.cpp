#include <algorithm>

#include <fmt/format.h>

#include "support/ascii.h"
#include "support/json.h"
#include "syntax/characters.h"
#include "validation/mistakes/member.h"

namespace refract::validation {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && syntax::name_length(text, 0) == text.size();
}

// A name that is written as a string.
void unquote(Member& member, Piece& piece, std::string message) {
  std::erase_if(member.corrections, [&](const Correction& one) { return one.at == piece.range.begin; });
  Correction& correction = member.correct("quoted-name", piece, std::move(message));
  correction.help = "Remove the quotes.";
  correction.title = "Remove the quotes";
  piece.kind = PieceKind::word;
}

// A value of an enum that has another one in the database.
void map_value(Member& member, std::size_t end, std::string_view value) {
  const std::string name = member.pieces[0].text;
  const bool same = name == value || member.has_attribute("map");
  member.replace(0, end, same ? name : fmt::format("{} @map({})", name, string_literal(value)));
}

// The index after the bracket that closes the one at `open`; npos: none.
std::size_t bracket_end(const Member& member, std::size_t open) {
  const std::vector<int> depths = member.depths();
  for (std::size_t i = open + 1; i < member.pieces.size(); ++i) {
    if (member.pieces[i].closes() && depths[i] == depths[open]) return i + 1;
  }
  return std::string::npos;
}

}  // namespace

bool is_valid_name(std::string_view text) {
  return is_name(text) && text.find('-') == std::string_view::npos && !ascii::is_digit(text.front());
}

void correct_strings(Member& member) {
  for (Piece& piece : member.pieces) {
    if (piece.kind != PieceKind::string || piece.plain || !piece.finished) continue;
    Correction& correction =
        member.correct("string-quotes", piece, fmt::format("The string {} is not in plain double quotes.", piece.text));
    correction.help = fmt::format("Write it as {}.", requoted(piece.content));
    correction.title = "Use double quotes";
    piece.text = requoted(piece.content);
    piece.plain = true;
  }
}

void correct_attribute_level(Member& member) {
  if (member.is_configuration()) return;
  const std::vector<int> depths = member.depths();
  for (std::size_t i = 0; i + 1 < member.pieces.size(); ++i) {
    Piece& piece = member.pieces[i];
    const std::string& name = member.pieces[i + 1].text;
    const bool block = i == 0;
    if (depths[i] != 0 || !piece.is(block ? "@" : "@@")) continue;
    const schema::AttributeSpec* spec = attribute_in(member.kind, name, block);
    const bool has_arguments = member.at(i + 2).is("(") && !member.at(i + 3).is(")");
    const bool native = !block && member.has_fields() && name.starts_with("db.");
    if ((!spec && !native) ||
        (block && !has_arguments && std::ranges::any_of(spec->arguments, &schema::ArgumentSpec::required)))
      continue;
    Correction& correction = member.correct(
        "attribute-level", piece,
        block
            ? fmt::format("`@{}` on a line by itself is an attribute of the whole block, which has two at signs.", name)
            : fmt::format("`@@{}` is an attribute of a field, which has one at sign.", name));
    correction.help = fmt::format("Write `{}{}`.", block ? "@@" : "@", name);
    correction.title = correction.help.substr(0, correction.help.size() - 1);
    piece.text = block ? "@@" : "@";
  }
}

void correct_enum_value(Member& member) {
  const Piece first = member.at(0);
  if (first.kind != PieceKind::word && first.kind != PieceKind::string) return;
  if (first.kind == PieceKind::string) {
    std::erase_if(member.corrections, [&](const Correction& one) { return one.at == first.range.begin; });
    const std::string value(first.content);
    const std::string name = is_valid_name(value) ? value : free_member_name(member.block, member.kind, value);
    Correction& correction =
        member.correct("quoted-name", first, fmt::format("The value {} of the enum is in quotes.", first.text));
    correction.help = "Write it as a name; `@map` gives it another one in the database.";
    correction.title = fmt::format("Write it as `{}`", name);
    member.pieces[0].text = name;
    member.pieces[0].kind = PieceKind::word;
    if (name != value) map_value(member, 1, value);
  }
  const bool assigned = member.at(1).is("=") || member.at(1).is(":");
  const bool called = member.at(1).is("(") && member.at(3).is(")");
  const Piece value = member.at(2);
  const bool has_value = value.kind == PieceKind::word || value.kind == PieceKind::string;
  if ((!assigned && !called) || !has_value) return;
  const std::string_view text = value.kind == PieceKind::string ? value.content : std::string_view(value.text);
  Correction& correction =
      member.correct("enum-value-assignment", member.at(1),
                     fmt::format("The enum value `{}` cannot be assigned a value.", member.at(0).text));
  correction.help = fmt::format("Write its name in the database as `@map({})`.", string_literal(text));
  correction.title = fmt::format("Write it as `@map({})`", string_literal(text));
  map_value(member, called ? 4 : 3, text);
}

void correct_property(Member& member) {
  Piece& key = member.pieces[0];
  if (key.kind == PieceKind::string && is_name(key.content)) {
    unquote(member, key, fmt::format("The key {} is in quotes.", key.text));
    key.text = key.content;
  }
  correct_environment(member);
  if (key.kind != PieceKind::word || member.at(1).is("=") || member.pieces.size() < 2) return;
  Correction& correction = member.correct("property-assignment", member.at(1),
                                          fmt::format("There is no `=` between `{}` and its value.", key.text));
  correction.help = fmt::format("Write `{} = …`.", key.text);
  correction.title = "Write `=` before the value";
  key.text += " =";
  if (member.at(1).is(":")) member.remove(1, 2);
}

void correct_quoted_name(Member& member) {
  if (!member.has_fields() || member.at(0).kind != PieceKind::string) return;
  Piece& name = member.pieces[0];
  unquote(member, name, fmt::format("The name {} is in quotes.", name.text));
  name.text = name.content;
}

void correct_names(Member& member) {
  if (member.is_configuration() || member.at(0).kind != PieceKind::word || member.at(0).text.empty()) return;
  Piece& name = member.pieces[0];
  // An enum's value may have its `@map` already: `name @map("…")` is one piece then.
  const std::string_view word = std::string_view(name.text).substr(0, name.text.find(' '));
  const bool digit = word.front() >= '0' && word.front() <= '9';
  if (is_name(word) && !digit) return;
  const std::string fresh = free_member_name(member.block, member.kind, word);
  const std::string_view what = member.is_enum() ? "enum value" : "field";
  Correction& correction =
      digit ? member.correct("name-starts-with-digit", name,
                             fmt::format("The {} name `{}` begins with a digit.", what, word))
      : word.starts_with('_')
          ? member.correct("name-starts-with-underscore", name,
                           fmt::format("The {} name `{}` begins with an underscore.", what, word))
          : member.correct("name-character", name,
                           fmt::format("The {} name `{}` contains a character other than letters, digits, `_` and `-`.",
                                       what, word));
  correction.help = "Begin it with a letter; `@map` keeps the name in the database.";
  correction.title = fmt::format("Rename it to `{}` and keep the name in the database", fresh);
  member.renamed.emplace_back(word, fresh);
  const std::string map = member.has_attribute("map") || name.text.size() > word.size()
                              ? std::string()
                              : fmt::format(" @map({})", string_literal(word));
  name.text.replace(0, word.size(), fresh);
  // Relations have no column.
  const schema::Placed* type = member.has_fields() ? member.context.snapshot.find(member.at(1).text) : nullptr;
  if (!type || (*type)->is_enum() || (*type)->kind == syntax::BlockKind::composite_type) member.append(map);
}

namespace {

// False: the pieces are no JSON.
bool write_as_json_text(Member& member, std::size_t begin, std::size_t end) {
  const text::Range written{member.at(begin).range.begin, member.at(end - 1).range.end};
  const std::string text = json_text(member.text(begin, end));
  if (text.empty()) return false;
  std::erase_if(member.corrections,
                [&](const Correction& one) { return one.at >= written.begin && one.at < written.end; });
  Correction& correction = member.correct(
      "json-default", member.at(begin),
      member.type_name() == "String"
          ? "The default of a `String` field is text in quotes."
          : fmt::format("The default of a `Json` field is JSON text in quotes{}.", member.is_list() ? ", each" : ""));
  correction.help = fmt::format("Write `{}`.", string_literal(text));
  correction.title = "Write the value as JSON text";
  member.replace(begin, end, string_literal(text), PieceKind::string);
  return true;
}

// Each element of the list that begins at `open` is JSON text of its own.
void correct_json_elements(Member& member, std::size_t open) {
  for (std::size_t i = open + 1; i < member.pieces.size() && !member.at(i).is("]"); ++i) {
    if (!member.at(i).is("{") && !member.at(i).is("[")) continue;
    const std::size_t end = bracket_end(member, i);
    if (end == std::string::npos || !write_as_json_text(member, i, end)) return;
  }
}

}  // namespace

void correct_json_default(Member& member) {
  if (!member.has_fields()) return;
  for (std::size_t i = 0; i + 3 < member.pieces.size(); ++i) {
    if (!member.at(i).is("@") || !member.at(i + 1).is("default") || !member.at(i + 2).is("(")) continue;
    const std::size_t begin = i + 3;
    const bool json = member.type_name() == "Json";
    if (json && member.at(begin).is("[") && member.is_list()) return correct_json_elements(member, begin);
    const bool object = member.at(begin).is("{") && (json || member.type_name() == "String");
    if (!object && !(json && member.at(begin).is("["))) return;
    const std::size_t end = bracket_end(member, begin);
    if (end == std::string::npos) return;
    write_as_json_text(member, begin, end);
    return;
  }
}

std::string json_text(std::string_view written) {
  if (json::Document::parse(written).has_value()) return std::string(written);
  std::string text;
  const std::vector<Piece> pieces = pieces_of(written, {0, static_cast<text::Offset>(written.size())});
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool key = i + 1 < pieces.size() && pieces[i + 1].is(":");
    if (pieces[i].kind == PieceKind::string)
      text += requoted(pieces[i].content);
    else
      text += pieces[i].kind == PieceKind::word && key ? string_literal(pieces[i].text) : pieces[i].text;
    if (pieces[i].is(",") || pieces[i].is(":")) text += ' ';
  }
  return json::Document::parse(text).has_value() ? text : std::string();
}

}  // namespace refract::validation
