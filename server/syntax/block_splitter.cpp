#include "syntax/block_splitter.h"

#include <algorithm>
#include <utility>

#include "syntax/characters.h"
#include "syntax/tree.h"

namespace refract::syntax {

namespace {

struct Keyword {
  std::string_view text;
  BlockKind kind;
};

constexpr Keyword kKeywords[] = {
    {"model", BlockKind::model},      {"type", BlockKind::composite_type},   {"view", BlockKind::view},
    {"enum", BlockKind::enumeration}, {"datasource", BlockKind::datasource}, {"generator", BlockKind::generator},
};

std::size_t body_class(BlockKind kind) {
  if (kind == BlockKind::enumeration) return 0;
  return kind == BlockKind::datasource || kind == BlockKind::generator ? 1 : 2;
}

text::Offset offset(std::size_t position) {
  return static_cast<text::Offset>(position);
}

// The end of parentheses that open at `at`, on the same line; npos: they do not close.
std::size_t parentheses_end(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size() && text[at] != '\n' && text[at] != '\r') {
    if (text[at] == '"') {
      at = string_end(text, at);
      if (at == std::string_view::npos) return at;
      continue;
    }
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at + 1;
    ++at;
  }
  return std::string_view::npos;
}

// The end of an `Unsupported("…")` at `at`; 0: there is none.
std::size_t unsupported_end(std::string_view text, std::size_t at) {
  constexpr std::string_view kOpening = "Unsupported(";
  if (!text.substr(at).starts_with(kOpening)) return 0;
  const std::size_t quote = skip_space(text, at + kOpening.size());
  if (quote >= text.size() || text[quote] != '"') return 0;
  const std::size_t string = string_end(text, quote);
  if (string == std::string_view::npos) return 0;
  const std::size_t close = skip_space(text, string);
  return close < text.size() && text[close] == ')' ? close + 1 : 0;
}

}  // namespace

std::size_t BlockSplitter::path_end(std::size_t at) const {
  if (name_at(at) == 0) return at;
  while (const std::size_t length = at < text_.size() && text_[at] == '.' ? 1 : name_at(at)) at += length;
  return at;
}

bool BlockSplitter::read_header(text::Offset at, Segment& block, std::size_t keyword_length) {
  block.keyword = {at, offset(at + keyword_length)};
  const std::size_t name = skip_space(text_, block.keyword.end);
  block.name = {offset(name), offset(name + name_at(name))};
  const std::size_t open = skip_space(text_, block.name.end);
  if (open >= text_.size() || text_[open] != '{') return false;
  const std::size_t rest = skip_space(text_, open + 1);
  const std::size_t end = line_end(text_, open);
  block.open = offset(open);
  block.body = offset(end + newline_length(text_, end));
  block.plain_header = name > block.keyword.end && (rest >= end || text_.substr(rest, 2) == "//");
  return block.body > end;
}

bool BlockSplitter::find_close(Segment& block) {
  auto& unclosed = unclosed_[body_class(block.kind)];
  std::vector<text::Offset> passed;
  for (text::Offset at = block.body;;) {
    const bool known_unclosed = !unclosed.empty() && unclosed.contains(at);
    const Member member = known_unclosed ? Member{} : scanner_.next(at, block.kind);
    if (member.kind == MemberKind::close) {
      block.close = member.range.begin;
      return true;
    }
    passed.push_back(at);
    if (member.kind == MemberKind::end) break;
    at = member.range.end;
  }
  scanner_.reached(text_.size());
  unclosed.insert(passed.begin(), passed.end());
  return false;
}

void BlockSplitter::end_block(Segment& block) {
  // A line break after the brace belongs to the block; anything else begins the next segment.
  const std::size_t after = block.close + 1;
  const std::size_t rest = skip_space(text_, after);
  const std::size_t newline = newline_length(text_, rest);
  block.range.end = offset(newline > 0 || rest == text_.size() ? rest + newline : after);
  scanner_.reached(rest + 2);
}

bool BlockSplitter::read_block(text::Offset at, Segment& block) {
  const auto* keyword = std::ranges::find_if(
      kKeywords, [&](const Keyword& candidate) { return text_.substr(at).starts_with(candidate.text); });
  if (keyword == std::end(kKeywords)) return false;
  block.kind = keyword->kind;
  if (!read_header(at, block, keyword->text.size()) || block.name.empty() || !find_close(block)) return false;
  end_block(block);
  return true;
}

bool BlockSplitter::read_unknown_block(text::Offset at, Segment& block) {
  const std::size_t length = name_at(at);
  if (length == 0 || !read_header(at, block, length) || !block.name.empty()) return false;
  block.kind = BlockKind::unknown;
  // The text up to the first brace, wherever it is.
  const std::size_t close = text_.find('}', block.body);
  scanner_.reached(close);
  if (close == std::string_view::npos) return false;
  block.close = offset(close);
  end_block(block);
  return true;
}

std::size_t BlockSplitter::alias_end(text::Offset at) {
  constexpr std::string_view kType = "type";
  if (!text_.substr(at).starts_with(kType)) return 0;
  const std::size_t name = skip_space(text_, at + kType.size());
  const std::size_t equals = skip_space(text_, name + name_at(name));
  if (name_at(name) == 0 || equals >= text_.size() || text_[equals] != '=') return 0;
  const std::size_t type = skip_space(text_, equals + 1);
  if (name_at(type) == 0) return 0;
  // White space where an attribute or its arguments could follow belongs to it, though none follows.
  std::size_t end = skip_space(text_, std::max(type + name_at(type), unsupported_end(text_, type)));
  for (std::size_t at = end; at < text_.size() && text_[at] == '@'; at = skip_space(text_, end)) {
    const std::size_t path = skip_space(text_, at + 1);
    const std::size_t after = path_end(path);
    if (after == path) break;
    const std::size_t open = skip_space(text_, after);
    const std::size_t closed = arguments_end(open);
    end = closed == std::string_view::npos ? open : closed;
  }
  return end;
}

std::size_t BlockSplitter::arguments_end(std::size_t open) const {
  if (open >= text_.size() || text_[open] != '(') return std::string_view::npos;
  const std::size_t end = parentheses_end(text_, open);
  if (end == std::string_view::npos) return end;
  const std::string member = "f Int @a" + std::string(text_.substr(open, end - open));
  return parses_as_member(BlockKind::model, member, prisma_) ? end : std::string_view::npos;
}

text::Offset BlockSplitter::invalid_line(text::Offset at, Segment& filler) {
  const text::Offset end = offset(next_line(text_, at));
  scanner_.reached(end + 1);
  SyntaxError error{.kind = SyntaxErrorKind::invalid_line, .range = {at, end}};
  Segment header;
  const auto* keyword = std::ranges::find_if(
      kKeywords, [&](const Keyword& candidate) { return text_.substr(at).starts_with(candidate.text); });
  if (keyword != std::end(kKeywords) && read_header(at, header, keyword->text.size()) && !header.name.empty()) {
    error.kind = SyntaxErrorKind::unterminated_block;
    error.subject = text_.substr(header.name.begin, header.name.size());
  }
  filler.errors.push_back(std::move(error));
  return end;
}

int BlockSplitter::first_version_of(const Segment& filler) const {
  const std::string_view text = text_.substr(filler.range.begin, filler.range.size());
  if (text.find("/*") != std::string_view::npos) {
    // Whether a block is one can hang on what ends a comment within it.
    return filler.errors.empty() ? kBlockComments : kNewestPrisma;
  }
  return filler.errors.empty() || is_ascii(text) ? 0 : kUnicodeLetters;
}

bool BlockSplitter::depends_on_end() const {
  return std::max(farthest_, at_) + kNearReach >= text_.size();
}

Segment BlockSplitter::next() {
  if (pending_) return *std::exchange(pending_, std::nullopt);
  scanner_.reset_reach();
  Segment filler;
  filler.range = {at_, at_};
  // The comments directly above the position, as a range; empty when something else is there.
  text::Range comments{at_, at_};
  while (at_ < text_.size()) {
    const auto begin = offset(skip_space(text_, at_));
    if (begin == text_.size()) {
      at_ = begin;
      break;
    }
    Segment block;
    const text::Offset filler_reach = scanner_.reach();
    if (read_block(begin, block) || read_unknown_block(begin, block)) {
      const bool commented = !comments.empty() && comments.end == at_;
      block.comment_begin = commented ? comments.begin : at_;
      block.since_prisma = is_ascii(text_.substr(begin, block.name.end - begin)) ? 0 : kUnicodeLetters;
      block.comment_end = at_;
      block.range.begin = block.comment_begin;
      block.reach = scanner_.reach();
      at_ = block.range.end;
      filler.range.end = block.range.begin;
      farthest_ = std::max(farthest_, block.reach);
      if (filler.range.empty()) return block;
      filler.reach = std::max(filler_reach, block.range.end);
      pending_ = std::move(block);
      break;
    }
    if (const std::size_t end = alias_end(begin)) {
      scanner_.reached(line_end(text_, end) + 1);
      filler.errors.push_back({.kind = SyntaxErrorKind::type_alias, .range = {begin, offset(end)}});
      at_ = offset(end);
      continue;
    }
    const Member member = scanner_.next(at_, BlockKind::filler);
    if (member.kind == MemberKind::comment) {
      if (comments.end != at_ || comments.empty()) comments.begin = at_;
      comments.end = member.range.end;
      at_ = member.range.end;
    } else if (member.kind == MemberKind::blank) {
      at_ = member.range.end;
    } else {
      at_ = invalid_line(begin, filler);
    }
  }
  if (!pending_) {
    filler.range.end = at_;
    filler.reach = std::max(scanner_.reach(), at_);
  }
  farthest_ = std::max(farthest_, scanner_.reach());
  filler.since_prisma = first_version_of(filler);
  for (SyntaxError& error : filler.errors) {
    error.range = {error.range.begin - filler.range.begin, error.range.end - filler.range.begin};
  }
  return filler;
}

}  // namespace refract::syntax
