#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/connector.h"
#include "syntax/ast.h"
#include "validation/core/block_diagnostic.h"

// Small helpers for messages and fixes.
namespace refract::validation {

// `a`, `b` and `c`.
std::string list_of(std::span<const std::string_view> names);

// The schema's database at the beginning of a sentence: "PostgreSQL", "A schema without a datasource".
std::string database_name(const schema::Connector& connector);
// The same at its end: "on PostgreSQL", "without a datasource".
std::string on_database(const schema::Connector& connector);

// Looks for the candidate that was most likely meant: same but for case, or few typing mistakes away.
class Nearest {
 public:
  explicit Nearest(std::string_view written);  // which has to live as long, like the candidates

  // False: no further candidate changes the answer.
  bool consider(std::string_view candidate);
  std::string_view best() const { return best_; }  // empty: none is near

 private:
  std::string_view written_;
  std::uint64_t letters_ = 0;
  std::size_t allowed_ = 0;  // so many mistakes at most
  std::size_t considered_ = 0;
  std::string_view best_;
};
std::string_view nearest(std::string_view written, std::span<const std::string_view> candidates);

// Takes the attribute away with the white space before it; a block attribute with its whole line.
BlockEdit remove_attribute(const syntax::Block& block, const syntax::Attribute& attribute);

// Takes one argument away with the comma that goes with it.
BlockEdit remove_argument(const syntax::Block& block, const std::vector<syntax::Argument>& arguments,
                          const syntax::Argument& argument);

// Adds an argument at the end of those that the attribute has.
BlockEdit add_argument(const syntax::Block& block, const syntax::Attribute& attribute, std::string_view argument);

// Takes the whole line of a member away, from its first byte to after its line break; a comment at its end stays.
BlockEdit remove_line(const syntax::Block& block, text::Range inside);

// Adds a line as the block's last member; `line` without indent and line break.
BlockEdit add_member(const syntax::Block& block, std::string_view line);

// Adds an insertion to the edits, joined with one of them that begins at its place.
void insert_at(std::vector<BlockEdit>& edits, const Place& place, std::string_view text);

// Whether the word is one of the names, which have one "|" around each.
bool is_listed(std::string_view names, std::string_view word);

// Adds an attribute after a field's last word.
BlockEdit add_attribute(const syntax::Block& block, const syntax::Field& field, std::string_view attribute);

// Adds arguments to a field's @relation, before those that it has.
BlockEdit add_to_relation(const syntax::Block& block, const syntax::Field& field, const std::string& arguments);

// Takes the whole block away, with the comments above it.
BlockEdit remove_block(const syntax::Block& block);

// Adds a block after this one; `text` without blank lines around.
BlockEdit add_block_after(const syntax::Block& block, std::string_view text);

}  // namespace refract::validation
