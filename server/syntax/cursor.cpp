#include "syntax/cursor.h"

#include <algorithm>
#include <optional>

#include "syntax/characters.h"
#include "syntax/line_tokens.h"
#include "syntax/member_scanner.h"

namespace refract::syntax {

namespace {

// An opening bracket before the cursor that no closing one before it answers.
struct Frame {
  enum class Kind { attribute, function, array, object };
  Kind kind = Kind::attribute;
  std::string_view name;       // of the attribute or function
  std::size_t open_token = 0;  // index
  std::size_t commas = 0;
  std::string_view argument;  // the name before the last ":" since the last comma
  bool named = false;         // there was one
  bool filled = false;        // there is a value since the last comma
};

// Reads one member's line around the cursor. All offsets are the file's.
class LineReader {
 public:
  LineReader(std::string_view text, text::Offset begin, text::Offset end, text::Offset at, Cursor& cursor)
      : text_(text), at_(at), tokens_(tokens_of_line(text, begin, end)), cursor_(cursor) {
    cursor.word = {at, at};
  }

  void read() {
    // Tokens wholly before the cursor; a word that ends at it is the one being typed.
    std::size_t before = 0;
    while (before < tokens_.size() && tokens_[before].range.end < at_) ++before;
    if (before < tokens_.size()) {
      const LineToken& token = tokens_[before];
      const bool touches = token.range.touches(at_);
      if (token.kind == LineTokenKind::word && touches) {
        set_word(token.range);
      } else if (token.range.end == at_ && is_closed(token)) {
        ++before;
        const bool joined = before < tokens_.size() && tokens_[before].range.begin == at_;
        if (joined && tokens_[before].kind == LineTokenKind::word) set_word(tokens_[before].range);
      }
    }
    read_names();
    read_frames(before);
    if (before < tokens_.size() && tokens_[before].range.begin < at_) {
      const LineToken& token = tokens_[before];
      if (token.kind == LineTokenKind::comment) return;
      if (token.kind == LineTokenKind::string) {
        set_around();
        cursor_.open_string = !token.finished;
        // What follows in a string that does not end was there before its quote.
        set_word({token.range.begin + 1, token.finished ? token.range.end - 1 : end_of_value(token.range.end)});
        cursor_.place = CursorPlace::string_content;
        return;
      }
    }
    cursor_.place = frames_.empty() ? place_in_member(before) : place_in_frame();
  }

 private:
  // A cursor right after the token is no longer in it.
  static bool is_closed(const LineToken& token) {
    return token.kind == LineTokenKind::punctuation || (token.kind == LineTokenKind::string && token.finished);
  }

  std::string_view slice(text::Range range) const { return text_.substr(range.begin, range.size()); }
  bool is(std::size_t token, std::string_view wanted) const {
    return token < tokens_.size() && tokens_[token].is(text_, wanted);
  }
  bool is_word(std::size_t token) const { return token < tokens_.size() && tokens_[token].kind == LineTokenKind::word; }

  // Where a value that the cursor is in would end without a quote.
  text::Offset end_of_value(text::Offset line_end) const {
    const std::size_t end = text_.substr(0, line_end).find_first_of(" \t,()[]{}\"", at_);
    return end == std::string_view::npos ? line_end : static_cast<text::Offset>(end);
  }

  void set_word(text::Range range) {
    cursor_.word = range;
    cursor_.word_text = text_.substr(range.begin, at_ - range.begin);
  }

  // The member's name and type, or a property's key.
  void read_names() {
    if (!is_word(0)) return;
    const std::string_view name = slice(tokens_[0].range);
    switch (cursor_.block_kind) {
      case BlockKind::datasource:
      case BlockKind::generator:
        cursor_.property = name;
        return;
      default:
        cursor_.field_name = name;
    }
    if (cursor_.block_kind == BlockKind::enumeration) return;
    std::size_t type = is(1, ":") ? 2 : 1;
    if (is(type, "[")) ++type;
    if (is_word(type)) cursor_.field_type_name = slice(tokens_[type].range);
  }

  void read_frames(std::size_t before) {
    for (std::size_t i = 0; i < before; ++i) {
      const LineToken& token = tokens_[i];
      if (token.kind == LineTokenKind::punctuation) {
        read_punctuation(i);
      } else if (!frames_.empty() && token.kind != LineTokenKind::comment) {
        frames_.back().filled = true;
      }
    }
  }

  void read_punctuation(std::size_t i) {
    const std::string_view mark = slice(tokens_[i].range);
    if (mark == "(") {
      const bool named = i > 0 && is_word(i - 1);
      const bool attribute = named && i > 1 && (is(i - 2, "@") || is(i - 2, "@@"));
      const std::string_view name = named ? slice(tokens_[i - 1].range) : std::string_view();
      frames_.push_back({attribute ? Frame::Kind::attribute : Frame::Kind::function, name, i});
    } else if (mark == "[") {
      // `Type[]` and `[Type]` open nothing that is a value.
      const bool value =
          !frames_.empty() || cursor_.block_kind == BlockKind::datasource || cursor_.block_kind == BlockKind::generator;
      if (value) frames_.push_back({Frame::Kind::array, {}, i});
    } else if (mark == "{") {
      frames_.push_back({Frame::Kind::object, {}, i});
    } else if (mark == ")" || mark == "]" || mark == "}") {
      if (!frames_.empty()) frames_.pop_back();
      if (!frames_.empty()) frames_.back().filled = true;
    } else if (frames_.empty()) {
      return;
    } else if (mark == ",") {
      Frame& frame = frames_.back();
      ++frame.commas;
      frame.argument = {};
      frame.named = frame.filled = false;
    } else if (mark == ":") {
      Frame& frame = frames_.back();
      frame.argument = i > 0 && is_word(i - 1) ? slice(tokens_[i - 1].range) : std::string_view();
      frame.named = true;
      frame.filled = false;
    }
  }

  // The attribute, function and argument around the cursor, from the frames.
  void set_around() {
    const Frame* parentheses = nullptr;
    for (const Frame& frame : frames_) {
      if (frame.kind == Frame::Kind::attribute) cursor_.attribute = frame.name;
      if (frame.kind == Frame::Kind::function) cursor_.function = frame.name;
      if (frame.kind != Frame::Kind::attribute && frame.kind != Frame::Kind::function) continue;
      parentheses = &frame;
      cursor_.argument = frame.argument;
    }
    if (!parentheses) return;
    cursor_.argument_index = parentheses->commas;
    int depth = 0;
    for (std::size_t i = parentheses->open_token; i < tokens_.size(); ++i) {
      if (is(i, "(") || is(i, "[") || is(i, "{")) ++depth;
      if ((is(i, ")") || is(i, "]") || is(i, "}")) && --depth == 0) break;
      if (depth == 1 && is_word(i) && is(i + 1, ":") && tokens_[i].range != cursor_.word) {
        cursor_.given_arguments.push_back(slice(tokens_[i].range));
      }
    }
  }

  CursorPlace place_in_frame() {
    set_around();
    const Frame& frame = frames_.back();
    if (frame.filled) return CursorPlace::none;
    switch (frame.kind) {
      case Frame::Kind::attribute:
        return frame.named ? CursorPlace::argument_value : CursorPlace::attribute_argument;
      case Frame::Kind::function:
        return cursor_.function == "Unsupported" ? CursorPlace::none : CursorPlace::function_argument;
      case Frame::Kind::array:
        return CursorPlace::array_element;
      case Frame::Kind::object:
        return CursorPlace::none;
    }
    return CursorPlace::none;
  }

  CursorPlace place_in_member(std::size_t before) const {
    const bool config = cursor_.block_kind == BlockKind::datasource || cursor_.block_kind == BlockKind::generator;
    if (before == 0) {
      if (config) return CursorPlace::property_key;
      return cursor_.block_kind == BlockKind::enumeration ? CursorPlace::enum_value : CursorPlace::field_name;
    }
    if (config) {
      if (before == 1) return CursorPlace::property_sign;
      return before == 2 && is(1, "=") ? CursorPlace::property_value : CursorPlace::none;
    }
    const std::size_t last = before - 1;
    if (is(last, "@@")) return last == 0 ? CursorPlace::block_attribute : CursorPlace::none;
    // The first of the two at signs.
    if (is(last, "@") && last == 0) return CursorPlace::block_attribute;
    if (!is_word(0)) return CursorPlace::none;
    if (is(last, "@")) return CursorPlace::field_attribute;
    if (cursor_.block_kind != BlockKind::enumeration) {
      if (before == 1 || is(last, ":")) return CursorPlace::field_type;
      if (before == 2 && is(last, "[")) return CursorPlace::field_type;
    }
    // Right after a name one types on; an attribute begins after white space, or after what a parenthesis closes.
    const bool separate = is(last, ")") || tokens_[last].range.end < (cursor_.word.empty() ? at_ : cursor_.word.begin);
    return separate ? CursorPlace::field_attribute : CursorPlace::none;
  }

  std::string_view text_;
  text::Offset at_;
  std::vector<LineToken> tokens_;
  std::vector<Frame> frames_;
  Cursor& cursor_;
};

// The body that the cursor is in: where its members begin, and what kind they are.
struct Body {
  BlockKind kind = BlockKind::filler;
  text::Offset begin = 0;
};

std::optional<BlockKind> keyword_kind(std::string_view word) {
  if (word == "model") return BlockKind::model;
  if (word == "view") return BlockKind::view;
  if (word == "type") return BlockKind::composite_type;
  if (word == "enum") return BlockKind::enumeration;
  if (word == "datasource") return BlockKind::datasource;
  if (word == "generator") return BlockKind::generator;
  return std::nullopt;
}

// The body of a block in this filler that is not closed yet: the last one whose header is above the offset.
std::optional<Body> unclosed_body(const PlacedBlock& filler, text::Offset offset, std::string_view text) {
  std::optional<Body> body;
  for (const SyntaxError& error : filler.block->errors) {
    const text::Range line = filler.in_file(error.range);
    if (line.end > offset) break;
    if (error.kind != SyntaxErrorKind::unterminated_block) continue;
    const std::string_view header = text.substr(line.begin, line.size());
    if (const auto kind = keyword_kind(header.substr(0, name_length(header, 0)))) body = Body{*kind, line.end};
  }
  return body;
}

void read_top_level(std::string_view text, text::Offset offset, Cursor& cursor) {
  std::size_t begin = offset;
  while (begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r' && text[begin - 1] != '}') --begin;
  const auto end = static_cast<text::Offset>(line_end(text, offset));
  const std::vector<LineToken> tokens = tokens_of_line(text, static_cast<text::Offset>(begin), end);
  std::size_t before = 0;
  while (before < tokens.size() && tokens[before].range.end < offset) ++before;
  if (before < tokens.size() && tokens[before].range.touches(offset)) {
    if (tokens[before].kind != LineTokenKind::word && tokens[before].range.begin < offset) return;
    if (tokens[before].kind == LineTokenKind::word) {
      cursor.word = tokens[before].range;
      cursor.word_text = text.substr(cursor.word.begin, offset - cursor.word.begin);
    }
  }
  const auto is_keyword = [&](const LineToken& token) {
    return keyword_kind(text.substr(token.range.begin, token.range.size())).has_value();
  };
  if (before == 0) cursor.place = CursorPlace::top_level;
  if (before == 1 && is_keyword(tokens.front())) cursor.place = CursorPlace::block_name;
}

void set_field(Cursor& cursor, const PlacedBlock& placed, text::Offset line_begin) {
  for (const auto* fields : {&placed.block->fields, &placed.block->broken_fields}) {
    const auto found =
        std::ranges::find(*fields, line_begin - placed.start, [](const Field& field) { return field.line.begin; });
    if (found != fields->end()) cursor.field = &*found;
  }
}

void read_body(std::string_view text, const Body& body, text::Offset offset, Cursor& cursor) {
  cursor.block_kind = body.kind;
  MemberScanner scanner(text, kNewestPrisma);
  Member member{MemberKind::end, {offset, offset}, offset};
  for (text::Offset at = body.begin; at <= offset;) {
    member = scanner.next(at, body.kind);
    if (member.kind == MemberKind::end || member.kind == MemberKind::close || offset < member.range.end) break;
    at = member.range.end;
    // After the last character of a text without a line break at its end the line goes on.
    if (at == text.size() && newline_length(text, at - 1) == 0) break;
  }
  const bool inside = offset >= member.range.begin;
  if (member.kind == MemberKind::comment && offset > member.range.begin && member.range.end > offset) return;
  if (member.kind == MemberKind::comment && inside && text.substr(member.range.begin, 2) == "//") return;
  if (member.kind != MemberKind::line || !inside) {
    LineReader(text, offset, offset, offset, cursor).read();
    return;
  }
  if (cursor.block) set_field(cursor, *cursor.block, member.range.begin);
  LineReader(text, member.range.begin, std::max(member.content_end, offset), offset, cursor).read();
}

}  // namespace

Cursor cursor_at(const File& file, text::Offset offset) {
  const std::string_view text = file.document().text();
  offset = std::min(offset, file.document().size());
  Cursor cursor;
  cursor.word = {offset, offset};
  const PlacedBlock* placed = file.block_at(offset);
  if (!placed) {
    cursor.place = CursorPlace::top_level;
    return cursor;
  }
  const Block& block = *placed->block;
  if (block.kind == BlockKind::filler) {
    if (const auto body = unclosed_body(*placed, offset, text))
      read_body(text, *body, offset, cursor);
    else
      read_top_level(text, offset, cursor);
    return cursor;
  }
  const auto body_begin = static_cast<text::Offset>(next_line(text, placed->start + block.header_range.end));
  const text::Offset body_end = placed->start + block.body_range.end;
  if (offset < body_begin || offset > body_end) {
    if (offset < body_begin && offset > placed->start + block.keyword.range.end) {
      cursor.block = placed;
      cursor.block_kind = block.kind;
    }
    read_top_level(text, offset, cursor);
    return cursor;
  }
  cursor.block = placed;
  cursor.block_kind = block.kind;
  if (block.kind != BlockKind::unknown) read_body(text, {block.kind, body_begin}, offset, cursor);
  return cursor;
}

}  // namespace refract::syntax
