#include "syntax/member_scanner.h"

#include <algorithm>

#include "syntax/characters.h"
#include "syntax/tree.h"

namespace refract::syntax {

namespace {

// Where a /* comment opens on the line, outside of strings and of // comments; npos: nowhere.
std::size_t find_comment_open(std::string_view text, std::size_t begin, std::size_t end) {
  if (text.substr(begin, end - begin).find("/*") == std::string_view::npos) return std::string_view::npos;
  for (std::size_t at = begin; at + 1 < end;) {
    if (text[at] == '"') {
      at = string_end(text, at);
      if (at == std::string_view::npos) return at;
      continue;
    }
    if (text[at] == '/' && text[at + 1] == '/') return std::string_view::npos;
    if (text[at] == '/' && text[at + 1] == '*') return at;
    ++at;
  }
  return std::string_view::npos;
}

}  // namespace

void MemberScanner::reached(std::size_t offset) {
  reach_ = std::max(reach_, static_cast<text::Offset>(std::min(offset, text_.size())));
}

std::size_t MemberScanner::comment_end(text::Offset at) {
  const std::size_t from = std::size_t{at} + 2;
  const bool known = searched_from_ <= from && (search_result_ == std::string_view::npos || from <= search_result_);
  if (!known) {
    searched_from_ = from;
    search_result_ = text_.find("*/", from);
  }
  reached(search_result_ == std::string_view::npos ? text_.size() : search_result_ + 2);
  return search_result_ == std::string_view::npos ? search_result_ : search_result_ + 2;
}

std::size_t MemberScanner::end_of_commented_member(text::Offset begin, std::size_t end, BlockKind kind) {
  if (kind == BlockKind::filler || prisma_ < kBlockComments) return 0;
  const std::size_t open = find_comment_open(text_, begin, end);
  if (open == std::string_view::npos) return 0;
  const std::size_t close = comment_end(static_cast<text::Offset>(open));
  if (close == std::string_view::npos || close <= end) return 0;
  const std::size_t after = skip_space(text_, close);
  reached(after + 2);
  const std::size_t newline = newline_length(text_, after);
  if (newline == 0) return 0;
  const std::size_t head_end = trim_space_end(text_, begin, open);
  return parses_as_member(kind, text_.substr(begin, head_end - begin), prisma_) ? after + newline : 0;
}

Member MemberScanner::next(text::Offset at, BlockKind kind) {
  const auto begin = static_cast<text::Offset>(skip_space(text_, at));
  const auto member = [&](MemberKind member_kind, std::size_t end) {
    reached(end + 1);
    return Member{member_kind, {begin, static_cast<text::Offset>(end)}, begin};
  };
  if (begin == text_.size()) return member(MemberKind::end, begin);
  if (text_[begin] == '}') return member(MemberKind::close, begin + 1);
  if (const std::size_t length = newline_length(text_, begin)) return member(MemberKind::blank, begin + length);

  const std::string_view start = text_.substr(begin, 2);
  if (start == "//") return member(MemberKind::comment, next_line(text_, begin));
  if (start == "/*" && prisma_ >= kBlockComments) {
    const std::size_t end = comment_end(begin);
    if (end != std::string_view::npos) return member(MemberKind::comment, end + newline_length(text_, end));
  }
  const std::size_t content_end = line_end(text_, begin);
  std::size_t end = end_of_commented_member(begin, content_end, kind);
  if (end == 0) end = content_end + newline_length(text_, content_end);
  Member line = member(MemberKind::line, end);
  std::size_t trimmed = end;
  while (trimmed > content_end && (text_[trimmed - 1] == '\n' || text_[trimmed - 1] == '\r')) --trimmed;
  line.content_end = static_cast<text::Offset>(trim_space_end(text_, begin, trimmed));
  return line;
}

}  // namespace refract::syntax
