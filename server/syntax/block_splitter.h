#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "syntax/characters.h"
#include "syntax/member_scanner.h"

namespace refract::syntax {

// One top-level piece of a text: a block, or a filler between blocks. All offsets are the text's.
struct Segment {
  BlockKind kind = BlockKind::filler;
  text::Range range;
  // The text up to here decided what the segment is; an edit after it cannot change it.
  text::Offset reach = 0;

  // Of a block that is no filler.
  text::Offset comment_begin = 0;  // of the comments directly above; equal to their end when there are none
  text::Offset comment_end = 0;
  text::Range keyword;
  text::Range name;        // empty when there is none
  text::Offset open = 0;   // of "{"
  text::Offset body = 0;   // after the header's line break
  text::Offset close = 0;  // of "}"
  // Only what tree-sitter's grammar and Prisma read alike is in the header's line.
  bool plain_header = false;

  // filler: its invalid lines. Their ranges are relative to the segment.
  std::vector<SyntaxError> errors;
  // As in Block, for the filler or what is above and in a block's header.
  int since_prisma = 0;
};

// Every segment looks at the next two characters or so; more than that is its `reach`.
inline constexpr text::Offset kNearReach = 2;

// Cuts a text into segments by Prisma's rules for the top level (a PEG whose alternatives are tried in order at
// each position: block, type alias, unknown block, comment, blank line, and failing all an invalid line).
// What the text from a segment's start on is cut into does not depend on what is before it.
class BlockSplitter {
 public:
  // `prisma`: the version whose reading it is.
  BlockSplitter(std::string_view text, text::Offset from, int prisma)
      : text_(text), scanner_(text, prisma), prisma_(prisma), ascii_only_(prisma < kUnicodeLetters), at_(from) {}

  bool at_end() const { return !pending_ && at_ >= text_.size(); }
  text::Offset position() const { return pending_ ? pending_->range.begin : at_; }

  // Whether a text that goes on where this one ends could be cut otherwise, in what was given of it so far.
  bool depends_on_end() const;

  // The next segment. Not at the end.
  Segment next();

 private:
  // Reads `keyword name {`; false if the text is something else.
  bool read_header(text::Offset at, Segment& block, std::size_t keyword_length);
  bool read_block(text::Offset at, Segment& block);
  bool read_unknown_block(text::Offset at, Segment& block);
  bool find_close(Segment& block);
  void end_block(Segment& block);
  std::size_t name_at(std::size_t at) const { return name_length(text_, at, ascii_only_); }
  // The end of a name with dots in it; `at` if no name begins there.
  std::size_t path_end(std::size_t at) const;
  // The end of an attribute's arguments that open at `open`; npos: there are none.
  std::size_t arguments_end(std::size_t open) const;
  int first_version_of(const Segment& filler) const;
  // The end of a `type A = B`; 0: there is none.
  std::size_t alias_end(text::Offset at);
  text::Offset invalid_line(text::Offset at, Segment& filler);

  std::string_view text_;
  MemberScanner scanner_;
  int prisma_;
  bool ascii_only_;
  text::Offset at_;
  text::Offset farthest_ = 0;       // how much of the text was read
  std::optional<Segment> pending_;  // the block after the filler given last
  // Member starts from which no closing brace was found, by kind of body: a search that gets to one is over.
  std::array<std::unordered_set<text::Offset>, 3> unclosed_;
};

}  // namespace refract::syntax
