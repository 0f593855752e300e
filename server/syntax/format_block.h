#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/format_scanner.h"
#include "syntax/format_table.h"

namespace refract::syntax {

// Adds the lines of a comment, which begins at the white space in front of it. A line comment and the text of a block
// comment stay as they are; the lines of one whose lines all begin with a star are aligned.
// `like_prisma`: a block comment as `/**`, ` * line` and ` */`.
void add_comment(std::string_view comment, FormatTable& table, bool like_prisma);

// Reads comments that follow each other, each with the line end after it; their texts are appended.
bool read_comments(Scanner& scanner, std::vector<std::string_view>& comments);

// Reads one block and formats it.
class BlockFormatter {
 public:
  BlockFormatter(std::size_t indent, bool like_prisma) : indent_(indent), like_prisma_(like_prisma) {}

  // Reads a block at the scanner's place and appends its layout. All calls on one formatter must use the same text.
  // False, without output and without moving the scanner: there is no block, or it is not closed.
  bool format(Scanner& scanner, std::string& out);

  // Whether the block that was formatted last has a line that the language has no rule for.
  bool found_broken_line() const { return found_broken_line_; }

 private:
  enum class Contents { fields, values, properties };
  enum class MemberKind { field, value, property, attribute, comments, blank_lines, broken };

  // A piece of `cells_`.
  struct Cell {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  struct FieldAttribute {
    std::size_t rank = 0;  // its place in Prisma's order
    Cell text;
  };
  struct Member {
    MemberKind kind = MemberKind::broken;
    std::size_t start = 0;  // white space in front of it included
    std::string_view name;  // broken: the whole line
    Cell value;             // a field's type; "=" and a property's value; all of a block attribute
    Cell attributes;
    std::size_t rank = 0;           // block attribute: its place in Prisma's order
    std::size_t first_comment = 0;  // comments: their place in `comments_`
    std::size_t last_comment = 0;
    std::string_view comment;  // at the end of the line
  };
  struct BlockAttribute {
    const Member* attribute = nullptr;
    const Member* comments = nullptr;  // those directly above move with it
  };

  bool goes_on_after_brace(Scanner& scanner) const;
  static bool stands_alone(const Member& member);
  bool read_members(Scanner& scanner, Contents contents);
  bool read_line(Scanner& scanner, Contents contents, Member& member);
  bool read_field(Scanner& scanner, Contents contents, Member& member);
  bool read_property(Scanner& scanner, Member& member);
  bool read_attribute(Scanner& scanner, Member& member);
  bool read_end(Scanner& scanner, Member& member) const;

  Cell join_attributes(Contents contents);
  bool has_conflict() const;
  void lay_out(std::string& out);
  void start_section(std::string& out);
  void add_comments(const Member& member);

  std::string_view view(Cell cell) const { return std::string_view(cells_).substr(cell.begin, cell.end - cell.begin); }

  std::size_t indent_;
  bool like_prisma_;
  bool found_broken_line_ = false;
  std::vector<Member> members_;             // of the block being formatted, as comments_, cells_ and table_ are
  std::vector<FieldAttribute> attributes_;  // of the line being formatted
  std::vector<std::string_view> comments_;
  std::string cells_;  // formatted texts that Cell points into
  FormatTable table_;
  // Indexed by Contents: where the members of the first unclosed block begin. A block whose members begin at one of
  // these places is not closed either; without this, text full of unclosed blocks would take quadratic time.
  std::array<std::vector<std::size_t>, 3> unclosed_;
};

}  // namespace refract::syntax
