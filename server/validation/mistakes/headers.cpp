#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "support/ascii.h"
#include "syntax/characters.h"
#include "text/lines.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/invisible.h"
#include "validation/mistakes/line.h"

// Headers of blocks, and what else is between blocks.
namespace refract::validation {
namespace {

using syntax::BlockKind;

constexpr std::size_t kMostBytes = 2000;
// The closing brace of a block that begins with a mistake is looked for in so many lines.
constexpr std::size_t kMostLines = 400;

struct Keyword {
  std::string_view text;
  BlockKind kind;
  std::string_view others;  // what other languages call it
  std::string_view prefix;  // for names that begin with no letter
};
constexpr std::array<Keyword, 6> kKeywords = {{
    {"model", BlockKind::model, "|class|table|entity|struct|interface|record|object|collection|document|", "M"},
    {"enum", BlockKind::enumeration, "|enumeration|enumerated|", "E"},
    {"type", BlockKind::composite_type, "|embedded|embeddable|", "T"},
    {"view", BlockKind::view, "|", "V"},
    {"datasource", BlockKind::datasource, "|database|", "db"},
    {"generator", BlockKind::generator, "|", "g"},
}};

// Words that other languages write before a declaration.
constexpr std::string_view kModifiers =
    "|export|default|declare|public|private|protected|internal|abstract|final|sealed|"
    "static|const|create|pub|";

const Keyword* keyword_meant(std::string_view word) {
  const auto same = [&](const Keyword& keyword) { return keyword.text == word; };
  if (const auto* const found = std::ranges::find_if(kKeywords, same); found != kKeywords.end()) return found;
  const std::string folded = ascii::to_lower(word);
  const auto other = [&](const Keyword& keyword) { return is_listed(keyword.others, folded); };
  if (const auto* const found = std::ranges::find_if(kKeywords, other); found != kKeywords.end()) return found;
  std::array<std::string_view, kKeywords.size()> names;
  std::ranges::transform(kKeywords, names.begin(), &Keyword::text);
  const std::string_view near = nearest(word, names);
  const auto* const found = std::ranges::find(kKeywords, near, &Keyword::text);
  return found == kKeywords.end() ? nullptr : found;
}

text::Offset offset(std::size_t at) {
  return static_cast<text::Offset>(at);
}

bool has_table(BlockKind kind) {
  return kind == BlockKind::model || kind == BlockKind::view || kind == BlockKind::enumeration;
}

Correction separator_correction(const Piece& piece) {
  const std::string_view what = piece.text == "," ? "comma" : "semicolon";
  return {.code = "line-end-separator",
          .message = fmt::format("There is no {} after a block.", what),
          .help = "Remove it.",
          .title = fmt::format("Remove the {}", what)};
}

// A line `keyword name {`, however it is written.
class Header {
 public:
  Header(const MistakeContext& context, const syntax::Block& block, text::Range line)
      : context_(context), block_(block), text_(block.text), line_(line), eol_(text::line_break_of(text_)) {
    line_.end = offset(syntax::line_end(text_, line_.begin));
    if (line_.size() <= kMostBytes) pieces_ = pieces_of(text_, line_);
  }

  // Of a header that has them, with the block's body.
  std::optional<Mistake> invisible() const {
    if (line_.size() > kMostBytes) return std::nullopt;
    const auto characters = invisible_characters(text_, line_);
    if (characters.empty()) return std::nullopt;
    Mistake mistake = invisible_mistake(block_, line_, characters);
    const std::string clean = without_invisible(text_, line_, characters);
    const bool opens = clean[std::max<std::size_t>(syntax::trim_space_end(clean, 0, clean.size()), 1) - 1] == '{';
    if (opens) mistake.range.end = offset(syntax::line_end(text_, closing_line(line_.end)));
    return mistake;
  }

  std::optional<Mistake> mistake() {
    if (!read() || (!brace_ && !find_brace_below())) return std::nullopt;
    correct_notation();
    correct_keyword();
    correct_name();
    const auto body = body_on_line();
    if (corrections_.empty()) return closing_brace_below();
    const text::Offset end = offset(syntax::line_end(text_, brace_->end));
    std::string after(text_.substr(brace_->end, end - brace_->end));
    if (!comment_.empty()) after = fmt::format(" {}{}", comment_, after);
    const std::string header = fmt::format("{} {} {{", keyword_->text, name_);
    if (body) return on_lines({line_.begin, end}, header + *body);
    const text::Offset close = closing_line(end);
    Mistake mistake = mistake_of(block_, {line_.begin, end}, header + after, corrections_);
    mistake.edits.insert(mistake.edits.end(), references_.begin(), references_.end());
    mistake.range.end = offset(syntax::line_end(text_, close));
    if (map_.empty()) return mistake;
    if (close == end) return std::nullopt;
    mistake.edits.push_back({{&block_, {close, close}}, fmt::format("  {}{}", map_, eol_)});
    return mistake;
  }

  // Of a header that is right but for the block's body on its line.
  std::optional<Mistake> one_line_block() {
    if (!read() || !brace_) return std::nullopt;
    const auto body = body_on_line();
    if (!body || !taken_.empty()) return std::nullopt;
    const std::string header(text_.substr(line_.begin, brace_->end - line_.begin));
    return on_lines(line_, header + *body);
  }

 private:
  Mistake on_lines(text::Range range, const std::string& written) const {
    Mistake mistake = mistake_of(block_, range, written, corrections_);
    mistake.certain = certain_;
    return mistake;
  }

  bool read() {
    take_modifiers();
    if (pieces_.size() < 2 || pieces_[0].kind != PieceKind::word) return false;
    if (pieces_[1].kind != PieceKind::word && pieces_[1].kind != PieceKind::string) return false;
    keyword_ = keyword_meant(pieces_[0].text);
    if (!keyword_) return false;
    name_ = pieces_[1].kind == PieceKind::string ? std::string(pieces_[1].content) : pieces_[1].text;
    take_marks();
    if (pieces_.size() == 2) return true;
    if (pieces_[2].is("{")) brace_ = pieces_[2].range;
    if (pieces_[2].kind == PieceKind::comment) comment_ = pieces_[2].text;
    return brace_ || !comment_.empty();
  }

  // `export model A {`: what other languages write before the keyword.
  void take_modifiers() {
    const auto is_keyword = [](const Piece& piece) {
      return std::ranges::any_of(kKeywords, [&](const Keyword& keyword) {
        return piece.is(keyword.text) || is_listed(keyword.others, ascii::to_lower(piece.text));
      });
    };
    std::size_t count = 0;
    while (count + 2 < pieces_.size() && is_listed(kModifiers, ascii::to_lower(pieces_[count].text))) ++count;
    if (count == 0 || !is_keyword(pieces_[count])) return;
    take(0, count);
  }

  // `model A: {`, `model A = {`, `model A() {`: what other languages write before the brace.
  void take_marks() {
    std::size_t end = 2;
    while (end < pieces_.size() && pieces_[end].kind == PieceKind::punctuation && !pieces_[end].is("{") &&
           std::string_view(":=>()").find(pieces_[end].text) != std::string_view::npos)
      ++end;
    if (end > 2 && end < pieces_.size() && pieces_[end].is("{")) take(2, end);
  }

  void take(std::size_t from, std::size_t to) {
    const text::Range range{pieces_[from].range.begin, pieces_[to - 1].range.end};
    taken_.push_back({.text = std::string(text_.substr(range.begin, range.size())), .at = range.begin});
    const auto begin = pieces_.begin();
    pieces_.erase(begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(to));
  }

  void correct_notation() {
    for (const Taken& taken : taken_) {
      corrections_.push_back({.code = "header-notation",
                              .at = taken.at,
                              .message = fmt::format("`{}` does not belong in the first line of the {} `{}`.",
                                                     taken.text, keyword_->text, name_),
                              .help = fmt::format("Write `{} {} {{`.", keyword_->text, name_),
                              .title = fmt::format("Remove `{}`", taken.text)});
    }
  }

  // The opening brace on the next line that is not blank.
  bool find_brace_below() {
    for (std::size_t at = syntax::next_line(text_, line_.end); at < text_.size(); at = syntax::next_line(text_, at)) {
      if (at - line_.begin > kMostBytes) return false;
      const std::size_t begin = syntax::skip_space(text_, at);
      if (syntax::newline_length(text_, begin) > 0) continue;
      if (begin >= text_.size() || text_[begin] != '{') return false;
      brace_ = {offset(begin), offset(begin + 1)};
      corrections_.push_back(
          {.code = "brace-on-next-line",
           .at = line_.end,
           .message = fmt::format("The opening brace of `{}` is not on the line of its name.", name_),
           .help = "Write it after the name.",
           .title = "Write the brace after the name"});
      return true;
    }
    return false;
  }

  void correct_keyword() {
    const Piece& written = pieces_[0];
    if (written.text == keyword_->text) return;
    corrections_.push_back({.code = "unknown-keyword",
                            .at = written.range.begin,
                            .message = fmt::format("`{}` does not begin a block.", written.text),
                            .help = fmt::format("Did you mean `{}`?", keyword_->text),
                            .title = fmt::format("Change to `{}`", keyword_->text)});
  }

  void correct_name() {
    const Piece& written = pieces_[1];
    const bool digit = ascii::is_digit(name_.empty() ? '0' : name_.front());
    const bool valid = !name_.empty() && syntax::name_length(name_, 0) == name_.size();
    if (valid && written.kind == PieceKind::string) {
      corrections_.push_back({.code = "quoted-name",
                              .at = written.range.begin,
                              .message = fmt::format("The name {} is in quotes.", written.text),
                              .help = "Remove the quotes.",
                              .title = "Remove the quotes"});
    }
    if (valid && (!digit || corrections_.empty())) return;
    const std::string old = name_;
    name_ = as_name(old, keyword_->prefix);
    while (context_.snapshot.find(name_)) name_ += '_';
    references_ = renamed_as_type(context_, old, name_);
    if (has_table(keyword_->kind)) map_ = fmt::format("@@map({})", string_literal(old));
    const bool underscore = old.starts_with('_');
    corrections_.push_back(
        {.code = underscore ? Code("name-starts-with-underscore") : Code("name-character"),
         .at = written.range.begin,
         .message = underscore ? fmt::format("The {} name `{}` begins with an underscore.", keyword_->text, old)
                               : fmt::format("`{}` is not a name for a {}.", old, keyword_->text),
         .help = "A name begins with a letter and consists of letters, digits and `_`.",
         .title = fmt::format("Rename it to `{}`{}", name_, map_.empty() ? "" : " and keep the name in the database")});
  }

  // What replaces the text after the opening brace, where the closing one is on the same line.
  std::optional<std::string> body_on_line() {
    const text::Offset end = offset(syntax::line_end(text_, brace_->end));
    if (end - brace_->end > kMostBytes) return std::nullopt;
    int depth = 0;  // of braces: other brackets may lack their ends
    for (const Piece& piece : pieces_of(text_, {brace_->end, end})) {
      depth += piece.is("{") ? 1 : piece.is("}") ? -1 : 0;
      if (depth < 0) return body_up_to(piece.range.begin, end);
    }
    return std::nullopt;
  }

  std::optional<std::string> body_up_to(text::Offset close, text::Offset end) {
    const std::string_view body = text_.substr(brace_->end, close - brace_->end);
    std::string lines(eol_);
    if (!text::is_blank(body)) {
      auto corrected = corrected_body(context_, block_, keyword_->kind, body);
      if (!corrected) return std::nullopt;
      for (const std::string& member : corrected->members) lines += fmt::format("  {}{}", member, eol_);
      certain_ = certain_ && corrected->certain;
      for (Correction& one : corrected->corrections) {
        one.at += brace_->end;
        corrections_.push_back(std::move(one));
      }
    }
    if (!map_.empty()) lines += fmt::format("  {}{}", map_, eol_);
    corrections_.insert(corrections_.begin(),
                        {.code = "block-on-one-line",
                         .at = line_.begin,
                         .message = fmt::format("The {} `{}` is written on one line.", keyword_->text, name_),
                         .help = "Write each of its members, and the closing brace, on a line of its own.",
                         .title = "Write each member on a line of its own"});
    return lines + "}" + after_body(close + 1, end);
  }

  // What is on the line after the closing brace: a comment stays there, another block gets a line of its own.
  std::string after_body(text::Offset begin, text::Offset end) {
    const std::string_view rest = text_.substr(begin, end - begin);
    const std::vector<Piece> pieces = pieces_of(text_, {begin, end});
    if (pieces.empty() || pieces[0].kind == PieceKind::comment) return std::string(rest);
    if (pieces.size() == 1 && pieces[0].separates()) return {};
    const text::Range next{pieces[0].range.begin, end};
    const auto block = Header(context_, block_, next).one_line_block();
    return fmt::format("{}{}", eol_, block ? block->written : text_.substr(next.begin, next.size()));
  }

  // Whether another block begins on the line, so that it is not part of this one.
  bool opens_block(std::size_t line) const {
    const std::size_t end = syntax::line_end(text_, line);
    const std::size_t last = syntax::trim_space_end(text_, line, end);
    return last > line && text_[last - 1] == '{' && syntax::skip_space(text_, line) + 1 < last;
  }

  // Where the line begins that closes the block; `from`: there is none.
  text::Offset closing_line(text::Offset from) const {
    std::size_t at = syntax::next_line(text_, from);
    for (std::size_t lines = 0; at < text_.size() && lines < kMostLines; ++lines, at = syntax::next_line(text_, at)) {
      const std::size_t begin = syntax::skip_space(text_, at);
      if (begin < text_.size() && text_[begin] == '}') return offset(at);
      if (opens_block(at)) break;
    }
    return from;
  }

  // A block that is open because its closing brace ends the line of a member.
  std::optional<Mistake> closing_brace_below() {
    std::size_t at = syntax::next_line(text_, line_.end);
    for (std::size_t lines = 0; at < text_.size() && lines < kMostLines; ++lines, at = syntax::next_line(text_, at)) {
      const text::Range line{offset(at), offset(syntax::line_end(text_, at))};
      if (line.size() > kMostBytes || opens_block(at)) return std::nullopt;
      if (!text_.substr(at, line.size()).contains('}')) continue;
      auto split = split_at_closing_brace(context_, block_, keyword_->kind, line, brace_->end);
      if (!split) continue;
      split->message = fmt::format("The `}}` at the end of a line does not close `{}`.", name_);
      split->range.begin = line_.begin;
      return split;
    }
    return std::nullopt;
  }

  const MistakeContext& context_;
  const syntax::Block& block_;
  std::string_view text_;
  text::Range line_;
  std::string_view eol_;
  std::vector<Piece> pieces_;
  const Keyword* keyword_ = nullptr;
  std::string name_;
  struct Taken {
    std::string text;
    text::Offset at = 0;
  };
  std::vector<Taken> taken_;  // what belongs to no header
  std::string comment_;       // between the name and the brace
  std::optional<text::Range> brace_;
  std::string map_;                    // the attribute that keeps the name in the database
  std::vector<BlockEdit> references_;  // that are renamed with it
  std::vector<Correction> corrections_;
  bool certain_ = true;  // see Mistake
};

// `;` after a block, `# comment`.
std::optional<Mistake> separator_or_comment(const syntax::Block& block, text::Range line) {
  line.end = offset(syntax::line_end(block.text, line.begin));
  if (line.size() > kMostBytes) return std::nullopt;
  const std::vector<Piece> pieces = pieces_of(block.text, line);
  if (pieces.size() != 1) return std::nullopt;
  const Piece& piece = pieces[0];
  if (piece.separates()) return mistake_of(block, line, "", {separator_correction(piece)});
  if (piece.kind != PieceKind::comment || piece.plain) return std::nullopt;
  return mistake_of(block, line, fmt::format("//{}", piece.content), {comment_correction(piece)});
}

}  // namespace

std::optional<Mistake> mistake_between_blocks(const MistakeContext& context, const syntax::Block& block,
                                              text::Range line) {
  if (auto found = separator_or_comment(block, line)) return found;
  if (auto found = Header(context, block, line).invisible()) return found;
  return Header(context, block, line).mistake();
}

std::optional<Mistake> mistake_in_unknown_block(const MistakeContext& context, const syntax::Block& block) {
  const std::string_view word = block.keyword.text;
  const auto mistake = [&](std::string message, std::string header) {
    return Mistake{.code = "unknown-block",
                   .message = std::move(message),
                   .help = fmt::format("Write `{} {{`.", header),
                   .title = fmt::format("Write `{}`", header),
                   .edits = {{{&block, block.keyword.range}, header}},
                   .range = block.range,
                   .written = {}};
  };
  if (word == "generator" || word == "datasource") {
    return mistake(fmt::format("The {} has no name.", word),
                   fmt::format("{} {}", word, word == "generator" ? "client" : "db"));
  }
  if (keyword_meant(word) || context.snapshot.find(word)) return std::nullopt;
  // Its first member shows what it is.
  for (std::size_t at = syntax::next_line(block.text, block.body_range.begin); at < block.body_range.end;
       at = syntax::next_line(block.text, at)) {
    const text::Range line{offset(at), offset(syntax::line_end(block.text, at))};
    if (line.size() > kMostBytes) return std::nullopt;
    std::vector<Piece> pieces = pieces_of(block.text, line);
    std::erase_if(pieces, [](const Piece& piece) { return piece.kind == PieceKind::comment; });
    if (pieces.empty()) continue;
    const BlockKind kind = pieces.size() == 1 ? BlockKind::enumeration : BlockKind::model;
    if (!corrected_line(context, block, kind, std::string_view(block.text).substr(line.begin, line.size()))) break;
    return mistake(fmt::format("The block `{}` has no keyword.", word),
                   fmt::format("{} {}", kind == BlockKind::model ? "model" : "enum", word));
  }
  return std::nullopt;
}

std::optional<Mistake> block_on_one_line(const MistakeContext& context, const syntax::Block& block) {
  auto mistake = Header(context, block, block.header_range).one_line_block();
  if (mistake) mistake->range = {block.range.begin, block.range.end};
  return mistake;
}

}  // namespace refract::validation
