#include "validation/mistakes/following_arguments.h"

#include <algorithm>

#include <fmt/format.h>

namespace refract::validation {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// The index after the bracket that closes the one at `open`; kNone: none does.
std::size_t bracket_end(const std::vector<Piece>& pieces, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < pieces.size(); ++i) {
    depth += pieces[i].opens() ? 1 : pieces[i].closes() ? -1 : 0;
    if (depth == 0) return i + 1;
  }
  return kNone;
}

class FollowingArguments {
 public:
  FollowingArguments(syntax::BlockKind kind, std::vector<Piece>& pieces, std::vector<Correction>& corrections)
      : kind_(kind), pieces_(pieces), corrections_(corrections) {}

  void take() {
    for (std::size_t at = 0; at + 2 < pieces_.size(); ++at) {
      const bool block = pieces_[at].is("@@");
      if ((!block && !pieces_[at].is("@")) || !pieces_[at + 2].is("(")) continue;
      const schema::AttributeSpec* spec = attribute_in(kind_, pieces_[at + 1].text, block);
      std::size_t end = bracket_end(pieces_, at + 2);
      while (spec && end != kNone) end = take_one(*spec, end - 1);
    }
  }

 private:
  const Piece* piece(std::size_t index) const { return index < pieces_.size() ? &pieces_[index] : nullptr; }
  bool is(std::size_t index, std::string_view text) const { return index < pieces_.size() && pieces_[index].is(text); }

  // The index after a value: a word, a string, a call or a list; kNone: there is none.
  std::size_t value_end(std::size_t at) const {
    if (is(at, "[")) return bracket_end(pieces_, at);
    const Piece* value = piece(at);
    if (!value || value->kind == PieceKind::punctuation) return kNone;
    return value->kind == PieceKind::word && is(at + 1, "(") ? bracket_end(pieces_, at + 1) : at + 1;
  }

  // Moves the closing parenthesis at `close` after the argument that follows it. The index after it where it is then;
  // kNone: no argument follows.
  std::size_t take_one(const schema::AttributeSpec& spec, std::size_t close) {
    const bool comma = is(close + 1, ",");
    const std::size_t name = close + (comma ? 2 : 1);
    if (!piece(name) || !is(name + 1, ":")) return kNone;
    const Piece argument = pieces_[name];
    if (argument.kind != PieceKind::word ||
        std::ranges::find(spec.arguments, argument.text, &schema::ArgumentSpec::name) == spec.arguments.end())
      return kNone;
    const std::size_t end = value_end(name + 2);
    if (end == kNone) return kNone;
    const std::string label = fmt::format("{}{}", spec.block ? "@@" : "@", spec.name);
    corrections_.push_back(
        {.code = "argument-after-parentheses",
         .at = argument.range.begin,
         .message = fmt::format("The argument `{}` is written after the parentheses of `{}`.", argument.text, label),
         .help = "Write it inside of them.",
         .title = fmt::format("Move `{}` into the parentheses", argument.text)});
    Piece parenthesis = pieces_[close];
    const text::Offset after = pieces_[end - 1].range.end;
    // The comma takes the place of the parenthesis.
    const text::Offset to = comma ? pieces_[close + 1].range.end : parenthesis.range.end;
    pieces_[close] = {.kind = PieceKind::punctuation, .range = {parenthesis.range.begin, to}, .text = ","};
    parenthesis.range = {after, after};
    pieces_.insert(at(end), std::move(parenthesis));
    std::size_t closed = end + 1;
    if (comma) closed = without(close + 1, closed);
    if (pieces_[close - 1].opens() || pieces_[close - 1].is(",")) closed = without(close, closed);
    return closed;
  }

  std::vector<Piece>::iterator at(std::size_t index) { return pieces_.begin() + static_cast<std::ptrdiff_t>(index); }
  std::size_t without(std::size_t index, std::size_t closed) {
    pieces_.erase(at(index));
    return closed - 1;
  }

  syntax::BlockKind kind_;
  std::vector<Piece>& pieces_;
  std::vector<Correction>& corrections_;
};

}  // namespace

void take_following_arguments(syntax::BlockKind kind, std::vector<Piece>& pieces,
                              std::vector<Correction>& corrections) {
  if (kind == syntax::BlockKind::datasource || kind == syntax::BlockKind::generator) return;
  FollowingArguments(kind, pieces, corrections).take();
}

}  // namespace refract::validation
