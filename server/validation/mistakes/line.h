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
  bool certain = true;  // false: something else may be meant
};

// nullopt: what is meant is not known. Corrections are empty if the text is valid as it is.
std::optional<CorrectedLine> corrected_line(const MistakeContext& context, const syntax::Block& block,
                                            syntax::BlockKind kind, std::string_view text);

// The same for all members of a block that is written on one line. A member of which is not known what is meant stays
// as it is, and a comment stays with the member that it follows. nullopt: the text is too long.
std::optional<CorrectedLine> corrected_body(const MistakeContext& context, const syntax::Block& block,
                                            syntax::BlockKind kind, std::string_view text);

// The members and the comment, each member but the first on a line of its own.
std::string joined(const CorrectedLine& line, std::string_view indent, std::string_view eol);

// `name String }`: the closing brace of a block at the end of a member's line, where it closes nothing. What is on the
// line of the opening brace, which ends at `opening`, gets lines of its own too.
std::optional<Mistake> split_at_closing_brace(const MistakeContext& context, const syntax::Block& block,
                                              syntax::BlockKind kind, text::Range line, text::Offset opening);

// Of a comment with the marker of another language.
Correction comment_correction(const Piece& comment);

// The corrections as one mistake, whose fix replaces the range in the block's text by this text.
Mistake mistake_of(const syntax::Block& block, text::Range range, std::string_view replacement,
                   const std::vector<Correction>& corrections);

// A line with attributes of the member above it, and those after it. nullopt: it has no attributes, or they are those
// of the block.
std::optional<Mistake> mistake_in_attribute_line(const MistakeContext& context, const syntax::Block& block,
                                                 text::Range line);

// The edits that rename a field or value in the other lines of its block that are invalid, which may be because of it;
// `except`: where its own begins.
std::vector<BlockEdit> renamed_in_lines(const syntax::Block& block, std::string_view from, const std::string& to,
                                        text::Offset except);

// The same in invalid lines of other blocks with a field whose type the block is.
std::vector<BlockEdit> renamed_in_references(const MistakeContext& context, const syntax::Block& block,
                                             std::string_view from, const std::string& to);

// The edits that rename the type of fields on invalid lines.
std::vector<BlockEdit> renamed_as_type(const MistakeContext& context, std::string_view from, const std::string& to);

// The mistake in the header of a block with an invalid name.
std::optional<Mistake> mistake_in_declaration_of(const MistakeContext& context, std::string_view name);

// White space at the beginning of the line that holds the offset.
std::string_view indent_at(std::string_view text, text::Offset at);

}  // namespace refract::validation
