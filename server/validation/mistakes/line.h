#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "validation/mistakes/member.h"

// One or several members with their mistakes corrected.
namespace refract::validation {

struct CorrectedLine {
  std::vector<std::string> members;     // each for a line of its own
  std::string comment;                  // after the last one, with its marker; may be empty
  std::string comment_gap = " ";        // white space before it
  std::vector<Correction> corrections;  // in the order of the text
  std::vector<std::pair<std::string, std::string>> renamed;
};

// Whether all members of a block may be in the text, or, but by mistake, one.
enum class LineShape { ordinary, one_line_block };

// nullopt: what is meant is not known. Corrections are empty if the text is valid as it is.
std::optional<CorrectedLine> corrected_line(const MistakeContext& context, const syntax::Block& block,
                                            syntax::BlockKind kind, std::string_view text,
                                            LineShape shape = LineShape::ordinary);

// The members and the comment, each member but the first on a line of its own.
std::string joined(const CorrectedLine& line, std::string_view indent, std::string_view eol);

// `name String }`: the closing brace of a block at the end of a member's line, where it closes nothing.
std::optional<Mistake> split_at_closing_brace(const MistakeContext& context, const syntax::Block& block,
                                              syntax::BlockKind kind, text::Range line);

// Of a comment with the marker of another language.
Correction comment_correction(const Piece& comment);

// The corrections as one mistake, whose fix replaces the range in the block's text by this text.
Mistake mistake_of(const syntax::Block& block, text::Range range, std::string_view replacement,
                   const std::vector<Correction>& corrections);

// White space at the beginning of the line that holds the offset.
std::string_view indent_at(std::string_view text, text::Offset at);

}  // namespace refract::validation
