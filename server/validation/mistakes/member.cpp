#include "validation/mistakes/member.h"

#include <algorithm>

#include "support/ascii.h"
#include "syntax/characters.h"
#include "syntax/tree.h"
#include "validation/mistakes/other_types.h"

namespace refract::validation {
namespace {

// `Map<String, Int>`: angle brackets hold types.
int depth_change(const Piece& piece) {
  if (piece.opens() || piece.is("<")) return 1;
  return piece.closes() || piece.is(">") ? -1 : 0;
}

// What is complete so far of a member, while pieces are cut into members.
class MemberCutter {
 public:
  MemberCutter(const MistakeContext& context, syntax::BlockKind kind, std::span<const Piece> pieces,
               bool one_line_block)
      : context_(context), kind_(kind), pieces_(pieces), one_line_block_(one_line_block) {}

  std::vector<std::vector<Piece>> cut() {
    for (index_ = 0; index_ < pieces_.size(); ++index_) {
      const Piece& piece = pieces_[index_];
      const bool separates_arguments =
          piece.is(",") && !member_.empty() && !is_attribute_name() && begins_bare_argument(index_ + 1);
      if (depth_ == 0 && !separates_arguments && (piece.separates() || (is_enum() && piece.is("|")))) {
        end_member();
        continue;
      }
      const bool argument = separates_arguments || begins_bare_argument(index_);
      if (depth_ == 0 && !member_.empty() && !argument && begins_member(piece)) end_member();
      if (depth_ == 0 && piece.is("@")) return_to_field();
      if (depth_ == 0) note(piece);
      depth_ = std::max(0, depth_ + depth_change(piece));
      member_.push_back(piece);
    }
    end_member();
    return std::move(members_);
  }

 private:
  void end_member() {
    if (!member_.empty()) members_.push_back(std::exchange(member_, {}));
    std::ranges::move(std::exchange(passed_, {}), std::back_inserter(members_));
    complete_ = named_ = false;
  }

  // `a Int @@map("x") @unique`: the attributes of the field go on after those of the block.
  void return_to_field() {
    while (!member_.empty() && member_.front().is("@@") && !members_.empty()) {
      passed_.insert(passed_.begin(), std::exchange(member_, std::move(members_.back())));
      members_.pop_back();
    }
  }

  bool follows(std::string_view text) const { return member_.back().is(text); }
  const Piece* next() const { return index_ + 1 < pieces_.size() ? &pieces_[index_ + 1] : nullptr; }

  bool is_enum() const { return kind_ == syntax::BlockKind::enumeration; }

  bool is_attribute_name() const {
    return member_.size() > 1 && (member_[member_.size() - 2].is("@") || member_[member_.size() - 2].is("@@"));
  }

  // Whether the piece is an argument of the last attribute so far, and not a field's name with its type after it.
  bool begins_bare_argument(std::size_t index) const {
    if (depth_ != 0 || index >= pieces_.size()) return false;
    const Piece* after = index + 1 < pieces_.size() ? &pieces_[index + 1] : nullptr;
    if (after && after->kind == PieceKind::word && is_type(context_, after->text)) return false;
    std::size_t at = member_.size();
    while (at > 0 && !member_[at - 1].is("@") && !member_[at - 1].is("@@")) --at;
    if (at == 0) return false;
    return is_bare_argument(kind_, std::span(member_).subspan(at - 1), pieces_[index], after ? after->text : "");
  }

  bool begins_member(const Piece& piece) const {
    if (piece.is("@@")) return begins_block_attribute();
    if (follows("@") || follows("@@") || follows("=") || follows(":") || follows("|")) return false;
    if (is_enum()) return piece.kind == PieceKind::word || (one_line_block_ && piece.kind == PieceKind::string);
    if (kind_ == syntax::BlockKind::datasource || kind_ == syntax::BlockKind::generator) {
      return piece.kind == PieceKind::word && next() && next()->is("=");
    }
    if (!complete_ || continues_type(piece)) return false;
    if (one_line_block_) return piece.kind == PieceKind::word || piece.kind == PieceKind::string;
    // The next field: a name with a type.
    return piece.kind == PieceKind::word && next() &&
           (next()->is(":") || (next()->kind == PieceKind::word && is_type(context_, next()->text)));
  }

  // Two at signs say so, unless only a field's attribute can be meant.
  bool begins_block_attribute() const {
    const Belongs owner = owner_of(kind_, pieces_.subspan(index_));
    return owner == Belongs::block || owner == Belongs::either || (one_line_block_ && owner == Belongs::unknown);
  }

  // `double precision`, `timestamp with time zone`, `NOT NULL`.
  bool continues_type(const Piece& piece) const {
    const bool in_attribute = member_.size() > 1 && member_[member_.size() - 2].is("@");
    if (begins_constraint(piece.text, next() ? next()->text : "")) return true;
    if (!in_attribute && continues_constraint(member_.back().text, piece.text)) return true;
    if (piece.text == "with" || piece.text == "without" || follows("with") || follows("without")) return true;
    if (piece.text == "zone" && follows("time")) return true;
    return member_.back().kind == PieceKind::word &&
           !types_for(context_, member_.back().text + ' ' + piece.text).empty();
  }

  // A field is complete with its type, an attribute with its name.
  void note(const Piece& piece) {
    if (piece.is("@") || piece.is("@@") || (named_ && (piece.kind == PieceKind::word || piece.is("["))))
      complete_ = true;
    else if (piece.kind != PieceKind::punctuation)
      named_ = true;
  }

  const MistakeContext& context_;
  syntax::BlockKind kind_;
  std::span<const Piece> pieces_;
  bool one_line_block_;
  std::vector<std::vector<Piece>> members_;
  std::vector<Piece> member_;
  std::vector<std::vector<Piece>> passed_;  // attributes of the block within the member, which follow it
  std::size_t index_ = 0;
  int depth_ = 0;
  bool named_ = false;
  bool complete_ = false;
};

// The white space between two pieces, which had others between them if those were removed.
std::string_view gap_between(const Piece& before, const Piece& piece, std::string_view source) {
  const std::string_view gap = source.substr(before.range.end, piece.range.begin - before.range.end);
  if (gap.find_first_of("\r\n") != std::string_view::npos) {
    return before.opens() || piece.closes() || piece.separates() ? "" : " ";
  }
  const std::size_t space = syntax::skip_space(gap, 0);
  if (space == gap.size() || space > 0) return gap.substr(0, space);
  return before.opens() || piece.closes() || before.is("@") ? "" : " ";
}

std::string_view prefix_for(syntax::BlockKind kind) {
  return kind == syntax::BlockKind::enumeration ? "v" : "f";
}

}  // namespace

const Piece& Member::at(std::size_t index) const {
  static const Piece kNothing{.kind = PieceKind::punctuation};
  return index < pieces.size() ? pieces[index] : kNothing;
}

std::vector<int> Member::depths() const {
  std::vector<int> depths;
  int depth = 0;
  for (const Piece& piece : pieces) {
    if (piece.closes()) --depth;
    depths.push_back(depth);
    if (piece.opens()) ++depth;
  }
  return depths;
}

bool Member::has_attribute(std::string_view name) const {
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    if (!pieces[i].is("@") && !pieces[i].is("@@")) continue;
    const std::string_view given = pieces[i + 1].text;
    if (given == name || (name.ends_with('.') && given.starts_with(name))) return true;
  }
  return false;
}

std::string_view Member::type_name() const {
  const std::string_view written = at(1).text;
  return written.substr(0, written.find_first_of("?[ "));
}

bool Member::is_list() const {
  return at(1).text.substr(type_name().size()).starts_with("[]") || (at(2).is("[") && at(3).is("]"));
}

bool Member::make_optional() {
  const std::size_t end = type_name().size();
  if (is_list() || at(2).is("?") || pieces[1].text.substr(end).starts_with('?')) return false;
  pieces[1].text.insert(end, "?");
  return true;
}

Correction& Member::correct(Code code, const Piece& piece, std::string message) {
  return corrections.emplace_back(Correction{.code = code, .at = piece.range.begin, .message = std::move(message)});
}

void Member::replace(std::size_t from, std::size_t to, std::string text, PieceKind kind) {
  Piece& first = pieces[from];
  first.range.end = pieces[to - 1].range.end;
  first.text = std::move(text);
  first.kind = kind;
  remove(from + 1, to);
}

void Member::remove(std::size_t from, std::size_t to) {
  pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(from), pieces.begin() + static_cast<std::ptrdiff_t>(to));
}

void Member::insert(std::size_t index, text::Range range, std::string text) {
  Piece piece{.kind = PieceKind::punctuation, .range = range, .text = std::move(text)};
  pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(index), std::move(piece));
}

std::string Member::text(std::size_t from, std::size_t to) const {
  std::string text;
  const Piece* before = nullptr;
  for (const Piece& piece : std::span(pieces).subspan(from, to - from)) {
    if (before) text += gap_between(*before, piece, source);
    text += piece.text;
    before = &piece;
  }
  return text;
}

bool Member::is_valid() const {
  const std::string written = text();
  const auto member = syntax::MemberReader(written, kind, false).read({0, static_cast<text::Offset>(written.size())});
  if (!member || member->since_prisma > static_cast<int>(context.version)) return false;
  if (member->legacy_colon || member->legacy_type) return false;
  return member->kind != syntax::LoweredMember::Kind::field || member->field.type.has_value();
}

std::vector<std::vector<Piece>> members_in(const MistakeContext& context, syntax::BlockKind kind,
                                           std::span<const Piece> pieces, bool one_line_block) {
  return MemberCutter(context, kind, pieces, one_line_block).cut();
}

std::string as_name(std::string_view text, std::string_view prefix) {
  std::string name;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = syntax::name_length(text, at);
    for (const char c : text.substr(at, length)) name += c == '-' ? '_' : c;
    at += length;
    if (length > 0) continue;
    if (!name.empty() && name.back() != '_') name += '_';
    ++at;
  }
  const bool begins_with_letter = !name.empty() && !ascii::is_digit(name.front());
  return begins_with_letter ? name : std::string(prefix) + name;
}

std::string free_member_name(const syntax::Block& block, syntax::BlockKind kind, std::string_view text) {
  const auto is_free = [&](std::string_view name) { return !block.find_field(name) && !block.find_value(name); };
  std::string wanted = as_name(text, prefix_for(kind));
  if (is_free(wanted)) return wanted;
  for (int number = 2;; ++number) {
    if (std::string name = wanted + std::to_string(number); is_free(name)) return name;
  }
}

const schema::AttributeSpec* attribute_in(syntax::BlockKind kind, std::string_view name, bool block) {
  using enum schema::Target;
  const auto target = [&] {
    switch (kind) {
      case syntax::BlockKind::model:
        return block ? model : model_field;
      case syntax::BlockKind::view:
        return block ? view : view_field;
      case syntax::BlockKind::enumeration:
        return block ? enumeration : enum_value;
      default:
        return composite_field;  // of no attribute of a block
    }
  }();
  const schema::AttributeSpec* spec = schema::find_attribute(name, block);
  return spec && (spec->targets & static_cast<std::uint8_t>(target)) != 0 ? spec : nullptr;
}

Belongs owner_of(syntax::BlockKind kind, std::span<const Piece> attribute) {
  static const Piece kNothing{.kind = PieceKind::punctuation};
  const auto at = [&](std::size_t index) -> const Piece& {
    return index < attribute.size() ? attribute[index] : kNothing;
  };
  const std::string_view name = at(1).text;
  const bool of_member = attribute_in(kind, name, false) || (syntax::has_fields(kind) && name.starts_with("db."));
  const schema::AttributeSpec* of_block = attribute_in(kind, name, true);
  if (!of_block) return of_member ? Belongs::member : Belongs::unknown;
  const bool arguments = at(2).is("(") && !at(3).is(")");
  const bool fields = arguments && (at(3).is("[") || (at(3).is("fields") && at(4).is(":")));
  if (!of_member || fields) return Belongs::block;
  const bool needs_arguments = std::ranges::any_of(of_block->arguments, &schema::ArgumentSpec::required);
  const bool takes_fields = needs_arguments && of_block->arguments[0].name == "fields";
  // `@unique(a, b)`: the list lacks its brackets, or the argument its name.
  if (takes_fields && arguments && at(3).kind == PieceKind::word && !at(4).is(":")) return Belongs::either;
  return takes_fields || (needs_arguments && !arguments) ? Belongs::member : Belongs::either;
}

bool is_type(const MistakeContext& context, std::string_view name) {
  return schema::scalar_from(name) || context.snapshot.find(name) || !types_for(context, name).empty();
}

}  // namespace refract::validation
