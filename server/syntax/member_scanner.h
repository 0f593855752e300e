#pragma once

#include <string_view>

#include "syntax/ast.h"

namespace refract::syntax {

enum class MemberKind {
  blank,    // a line break with nothing before it
  comment,  // one comment with the line break directly after it
  line,     // a field, value, property or attribute, or a line that is none of these
  close,    // the block's "}"
  end,      // the text ended first
};

struct Member {
  MemberKind kind = MemberKind::end;
  // From the first character that is not white space to after the line break.
  text::Range range;
  // line: its end without line break and without white space before it.
  text::Offset content_end = 0;
};

// Cuts a block's body into members by Prisma's rules: nearly always one a line. Comments of the form /* */ are the
// exception: since Prisma 6 one is allowed before a member on its line, and one at the end of a member may go on for
// lines, but only if what is before it is valid; else the line is given up alone.
class MemberScanner {
 public:
  MemberScanner(std::string_view text, int prisma) : text_(text), prisma_(prisma) {}

  // The member at `at`, a position between two members of a block of this kind; filler: between two top-level items.
  Member next(text::Offset at, BlockKind kind);

  // The end of the comment whose "/*" is at `at`; npos: none.
  std::size_t comment_end(text::Offset at);

  // How far into the text was looked since the last reset: what is after did not matter.
  text::Offset reach() const { return reach_; }
  void reset_reach() { reach_ = 0; }
  void reached(std::size_t offset);

 private:
  // The end of a member whose trailing comment goes on for lines, line break included; 0 if there is no such comment.
  std::size_t end_of_commented_member(text::Offset begin, std::size_t end, BlockKind kind);

  std::string_view text_;
  int prisma_;
  text::Offset reach_ = 0;
  // The last search for "*/": from where, and what it found. Spares searching the same text once for each line.
  std::size_t searched_from_ = std::string_view::npos;
  std::size_t search_result_ = 0;
};

}  // namespace refract::syntax
