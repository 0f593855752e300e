#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/connector.h"
#include "schema/snapshot.h"
#include "validation/core/block_diagnostic.h"

// Recognises what was meant by text that the grammar rejects: the mistakes that people make who know another language,
// or another version of this one. A mistake is recognised only if the corrected text is valid, so that its fix leaves
// nothing to report and loses nothing that was written.
namespace refract::validation {

// What decides how a mistake is corrected.
struct MistakeContext {
  const schema::Snapshot& snapshot;
  const schema::Datasource* datasource = nullptr;  // one with a provider; nullptr: none
  schema::PrismaVersion version = schema::PrismaVersion::v6;
  // Becomes true if the answer depends on the text of other blocks.
  bool* looked_around = nullptr;

  const schema::Connector& connector() const {
    return datasource ? schema::connector(*datasource->provider, version) : schema::connector_without_datasource();
  }
  void look_around() const {
    if (looked_around) *looked_around = true;
  }
};

struct Mistake {
  Code code;
  std::string message;  // as in a diagnostic
  std::string help;
  std::string title;             // of the fix
  std::vector<BlockEdit> edits;  // none: it is not known what to write
  // The text that the mistake takes up, in the block. What is reported in it follows from the mistake.
  text::Range range;
  std::string written = {};  // the line as it is to be written
  // What is wrong, where it does not show in the line.
  std::optional<text::Range> place = {};
  bool certain = true;  // false: something else may be meant, so that the fix is one to choose
  // Other fixes to choose from.
  std::vector<BlockFix> choices = {};
  // Where it begins, if that is in another block, whose diagnostics report it.
  std::optional<Place> begins = {};
};

// Whether the correction of such a mistake changes only how something is written, and neither what it is nor its name.
// A mistake has such a code only if that holds of all that its fix does.
bool is_only_form(Code code);

// A line inside a block or between blocks that is a marker of a merge conflict, whose lines all belong to the mistake.
std::optional<Mistake> merge_conflict(const MistakeContext& context, const syntax::Block& block, text::Range line);

// A line inside a block; `line`: what Prisma marks. Several lines where they belong to one member.
std::optional<Mistake> mistake_in_member(const MistakeContext& context, const syntax::Block& block, text::Range line);

// A line between two blocks.
std::optional<Mistake> mistake_between_blocks(const MistakeContext& context, const syntax::Block& block,
                                              text::Range line);

// A block `user { … }` without a keyword, or `generator { … }` without a name.
std::optional<Mistake> mistake_in_unknown_block(const MistakeContext& context, const syntax::Block& block);

// A block that was closed on the line of its header, and so goes on for Prisma. nullopt: nothing like it.
std::optional<Mistake> block_on_one_line(const MistakeContext& context, const syntax::Block& block);

// The edits that give a field or value whose name begins with a digit the name `fresh`, and keep the old one in the
// database. Lines that mention it are invalid too, and are corrected with it. Empty: there is no such member.
std::vector<BlockEdit> rename_digit_member(const MistakeContext& context, const syntax::Block& block,
                                           std::string_view name, std::string& fresh);

// JSON as it is written, or as JavaScript writes it, as JSON text. Empty: it is neither.
std::string json_text(std::string_view written);

}  // namespace refract::validation
