#include "validation/mistakes/environment.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/mistakes/member.h"

namespace refract::validation {
namespace {

std::string_view last_of(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}
std::string_view holder_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
}

bool is_variable(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return ascii::is_letter_or_digit(c) || c == '_'; });
}

// The variable that a template names inside of its braces: `X`, `process.env.X`, `env:X`. Empty: none.
std::string variable_in_template(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  const std::string_view name = text.starts_with("env:") ? text.substr(4) : text;
  return is_variable(name) ? std::string(name) : variable_in_path(text);
}

// A variable, and the index of the piece after what names it.
struct Reading {
  std::string variable;
  std::size_t end = 0;
};

// `${X}`, `$X`, `%X%`, `{{X}}`.
std::optional<Reading> read_template(const Member& member, std::size_t at) {
  const auto braces = [&](std::size_t open, std::size_t count) -> std::optional<Reading> {
    for (std::size_t i = 0; i < count; ++i) {
      if (!member.at(open + i).is("{") || !member.at(open + count + 1 + i).is("}")) return std::nullopt;
    }
    return Reading{variable_in_template(member.at(open + count).text), open + 2 * count + 1};
  };
  const Piece& first = member.at(at);
  if (first.kind == PieceKind::word && first.text == "$") {
    const bool prefixed = member.at(at + 1).is("{") && member.at(at + 2).is("env") && member.at(at + 3).is(":");
    if (prefixed && member.at(at + 5).is("}")) return Reading{member.at(at + 4).text, at + 6};
    return braces(at + 1, 1);
  }
  if (first.kind == PieceKind::word && first.text.starts_with('$'))
    return Reading{variable_in_template(std::string_view(first.text).substr(1)), at + 1};
  if (first.is("%") && member.at(at + 2).is("%")) return Reading{variable_in_template(member.at(at + 1).text), at + 3};
  if (first.is("{")) return braces(at, 2);
  return std::nullopt;
}

// `"env("X")"`, whose quotes end before the name; `${X}` in quotes of JavaScript.
std::optional<Reading> read_string(const Member& member, std::size_t at) {
  const std::string_view content = member.at(at).content;
  if (content.starts_with("${") && content.ends_with('}'))
    return Reading{variable_in_template(content.substr(2, content.size() - 3)), at + 1};
  const bool call = content.ends_with('(') && is_environment(content.substr(0, content.size() - 1));
  if (!call || member.at(at + 1).kind != PieceKind::word || !member.at(at + 2).content.starts_with(')')) {
    return std::nullopt;
  }
  return Reading{member.at(at + 1).text, at + 3};
}

// `process.env.X`, `process.env["X"]`, `process.env?.X`, `getenv("X")`.
std::optional<Reading> read_path(const Member& member, std::size_t at) {
  const std::string& path = member.at(at).text;
  if (!is_environment(path)) return Reading{variable_in_path(path), at + 1};
  std::size_t next = at + 1;
  if (member.at(next).is("?")) ++next;
  const Piece& piece = member.at(next);
  if (next > at + 1 && piece.text.starts_with('.')) return Reading{piece.text.substr(1), next + 1};
  if ((!piece.is("[") && !piece.is("(")) || !member.at(next + 2).closes()) return std::nullopt;
  const Piece& name = member.at(next + 1);
  return Reading{name.kind == PieceKind::string ? std::string(name.content) : variable_in_template(name.text),
                 next + 3};
}

std::optional<Reading> read_variable(const Member& member, std::size_t at) {
  const Piece& first = member.at(at);
  auto reading = first.kind == PieceKind::string ? read_string(member, at) : read_template(member, at);
  if (!reading && first.kind == PieceKind::word) reading = read_path(member, at);
  return reading && is_variable(reading->variable) ? reading : std::nullopt;
}

}  // namespace

bool is_environment(std::string_view path) {
  const std::string last = ascii::to_lower(last_of(path));
  if (last == "get") return ascii::to_lower(last_of(holder_of(path))) == "env";
  return last == "env" || last == "getenv" || last == "environ";
}

std::string variable_in_path(std::string_view path) {
  const std::string_view last = last_of(path);
  return is_variable(last) && is_environment(holder_of(path)) ? std::string(last) : std::string();
}

void correct_environment(Member& member) {
  const std::size_t begin = member.at(1).is("=") || member.at(1).is(":") ? 2 : 1;
  const auto reading = read_variable(member, begin);
  if (!reading) return;
  std::size_t end = reading->end;
  // What TypeScript writes after it says nothing here.
  while (member.at(end).is("!")) ++end;
  if (member.at(end).is("as")) end += 2;
  const Piece& after = member.at(end);
  const bool fallback = (after.is("?") || after.is("|")) && member.at(end + 1).is(after.text);
  if (end < member.pieces.size() && !fallback) return;
  const std::string written = fmt::format("env({})", string_literal(reading->variable));
  if (member.text(begin, member.pieces.size()) == written) return;
  const text::Range replaced{member.at(begin).range.begin, member.pieces.back().range.end};
  std::erase_if(member.corrections, [&](const Correction& one) { return replaced.contains(one.at); });
  Correction& correction =
      member.correct("environment-notation", member.at(begin),
                     fmt::format("The environment variable `{}` is not named as Prisma names one.", reading->variable));
  correction.help =
      fmt::format("Write `{}`{}.", written, fallback ? "; it has no value for when the variable is missing" : "");
  correction.title = fmt::format("Write `{}`", written);
  if (fallback) {
    member.left = member.text(end, member.pieces.size());
    correction.title += ", and the other value as a comment";
  }
  member.replace(begin, member.pieces.size(), written, PieceKind::punctuation);
}

}  // namespace refract::validation
