#include "validation/mistakes/open_lines.h"

#include <algorithm>
#include <vector>

#include "schema/attributes.h"
#include "syntax/characters.h"
#include "text/lines.h"
#include "validation/mistakes/inner_blocks.h"
#include "validation/mistakes/pieces.h"

namespace refract::validation {
namespace {

// What goes on for more lines, or bytes, than this is not put together.
constexpr std::size_t kMostLines = 60;
constexpr std::size_t kMostBytes = 2000;

text::Offset offset(std::size_t at) {
  return static_cast<text::Offset>(at);
}

// Whether a member of the block that is valid begins here.
bool is_member(const syntax::Block& block, text::Offset at) {
  const auto begins = [&](const auto& items, auto begin_of) {
    const auto found = std::ranges::lower_bound(items, at, {}, begin_of);
    return found != items.end() && begin_of(*found) == at;
  };
  return begins(block.fields, [](const syntax::Field& one) { return one.range.begin; }) ||
         begins(block.values, [](const syntax::EnumValue& one) { return one.range.begin; }) ||
         begins(block.properties, [](const syntax::Property& one) { return one.range.begin; }) ||
         begins(block.attributes, [](const syntax::Attribute& one) { return one.range.begin; });
}

char closing(char open) {
  return open == '(' ? ')' : open == '[' ? ']' : '}';
}

class Reader {
 public:
  Reader(const MistakeContext& context, const syntax::Block& block, text::Range line)
      : context_(context), block_(block), begin_(line.begin), source_(block.text) {}

  std::optional<OpenLines> read(text::Range line) {
    take(line);
    if (open_.empty() || open_string_) return std::nullopt;
    OpenLines arguments{.range = {begin_, end_}, .text = closed_text()};
    bool plain = true;  // all lines so far read like arguments
    std::size_t at = syntax::next_line(source_, line.end);
    for (std::size_t lines = 1; lines <= kMostLines && at - begin_ <= kMostBytes; ++lines) {
      if (syntax::skip_space(source_, at) >= block_.body_range.end && !read_on()) break;
      if (at >= source_.size() || is_member(block_, offset(syntax::skip_space(source_, at)))) break;
      const text::Range next{offset(at), offset(syntax::line_end(source_, at))};
      if (begins_block(source_.substr(syntax::skip_space(source_, at)))) break;
      const std::vector<Piece> pieces = pieces_of(source_, next);
      const bool blank = std::ranges::all_of(pieces, [](const Piece& one) { return one.kind == PieceKind::comment; });
      if (!pieces.empty() && pieces[0].is("@@")) break;
      plain = plain && (blank || reads_like_argument(pieces));
      if (!blank) add_comma(pieces);
      take(next);
      if (open_string_) break;
      if (open_.empty()) {
        OpenLines all{.range = {begin_, end_}, .text = closed_text(), .closed = true};
        if (next_) {
          all.range.end = offset(block_.text.size());
          all.next = next_;
          all.end_in_next = end_ - all.range.end;
        }
        return all;
      }
      if (plain && !blank && !next_) arguments = {.range = {begin_, end_}, .text = closed_text()};
      at = syntax::next_line(source_, at);
    }
    return arguments;
  }

 private:
  // Adds a line to what is read.
  void take(text::Range line) {
    for (const Piece& piece : pieces_of(source_, line)) {
      if (piece.kind == PieceKind::comment) continue;
      open_string_ |= piece.kind == PieceKind::string && !piece.finished;
      if (piece.opens()) {
        open_ += piece.text;
        attribute_ = before_ == PieceKind::word ? last_text_ : attribute_;
      } else if (piece.closes() && !open_.empty()) {
        open_.pop_back();
      }
      last_end_ = piece.range.end;
      last_text_ = piece.text;
      before_ = piece.kind;
    }
    end_ = offset(syntax::trim_space_end(source_, line.begin, line.end));
  }

  // A line ends in a list or between arguments, and the next one begins another item.
  void add_comma(const std::vector<Piece>& next) {
    const auto first = std::ranges::find_if(next, [](const Piece& one) { return one.kind != PieceKind::comment; });
    const bool value = before_ != PieceKind::punctuation || last_text_ == ")" || last_text_ == "]" || last_text_ == "}";
    const bool item = first->kind != PieceKind::punctuation || first->is("[") || first->is("{");
    if (value && item) commas_.push_back(last_end_);
  }

  bool reads_like_argument(const std::vector<Piece>& pieces) const {
    const Piece& first = pieces[0];
    const bool named = pieces.size() > 1 && pieces[1].is(":");
    if (first.is(")") || first.is("]")) return true;
    if (open_.back() == '{') return named;
    const bool whole = pieces.size() == 1 || pieces[1].separates() || pieces[1].closes();
    if (open_.back() == '[') return whole || pieces[1].is("(");
    if (named && first.kind == PieceKind::word) {
      return std::ranges::any_of(schema::attributes(), [&](const schema::AttributeSpec& spec) {
        return spec.name == attribute_ &&
               std::ranges::find(spec.arguments, first.text, &schema::ArgumentSpec::name) != spec.arguments.end();
      });
    }
    return whole && first.kind == PieceKind::string;
  }

  // A brace that closes a value closes the block for Prisma, so that the rest is between blocks.
  bool read_on() {
    if (next_) return true;
    if (open_.find('{') == std::string::npos) return false;
    context_.look_around();
    const auto place = context_.snapshot.known_place_of(block_, {0, offset(block_.text.size())});
    if (!place) return false;
    const syntax::File& file = *context_.snapshot.files()[place->file].syntax;
    if (place->range.end >= file.document().size()) return false;
    const syntax::PlacedBlock* next = file.block_at(place->range.end);
    if (!next || next->kind != syntax::BlockKind::filler) return false;
    next_ = next->block;
    joined_ = block_.text + next_->text.substr(0, kMostBytes);
    source_ = joined_;
    return true;
  }

  std::string closed_text() const {
    std::string text;
    text::Offset from = begin_;
    for (const text::Offset comma : commas_) {
      text += source_.substr(from, comma - from);
      text += ',';
      from = comma;
    }
    text += source_.substr(from, last_end_ - from);
    for (const char open : std::string(open_.rbegin(), open_.rend())) text += closing(open);
    if (end_ > last_end_) text += source_.substr(last_end_, end_ - last_end_);
    return text;
  }

  const MistakeContext& context_;
  const syntax::Block& block_;
  text::Offset begin_;
  std::string_view source_;  // the block's text, and the next one's where that is read too
  std::string joined_;
  const syntax::Block* next_ = nullptr;
  std::string open_;       // the brackets that are open
  std::string attribute_;  // what stands before the last one
  std::vector<text::Offset> commas_;
  // Of the last piece that is no comment.
  text::Offset last_end_ = 0;
  std::string last_text_;
  PieceKind before_ = PieceKind::punctuation;
  text::Offset end_ = 0;  // of the last line that was taken
  bool open_string_ = false;
};

}  // namespace

bool OpenLines::several(const syntax::Block& block) const {
  return next ||
         std::string_view(block.text).substr(range.begin, range.size()).find_first_of("\r\n") != std::string_view::npos;
}

std::optional<OpenLines> open_lines(const MistakeContext& context, const syntax::Block& block, text::Range line) {
  if (line.size() > kMostBytes) return std::nullopt;
  return Reader(context, block, line).read(line);
}

}  // namespace refract::validation
