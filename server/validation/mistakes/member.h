#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/attributes.h"
#include "validation/mistakes/mistake.h"
#include "validation/mistakes/pieces.h"

// One member of a block that the grammar rejects, while its mistakes are corrected.
namespace refract::validation {

// What was wrong, and what its correction does.
struct Correction {
  Code code;
  text::Offset at = 0;  // of what is wrong, in the text that is read
  std::string message;
  std::string help;
  std::string title;  // of the fix, if nothing else is wrong
};

struct Member {
  const MistakeContext& context;
  const syntax::Block& block;  // that it is in, for the names that are there
  syntax::BlockKind kind;      // of the block that it is to belong to
  std::string_view source;     // the text that the pieces are from
  std::vector<Piece> pieces;   // without comments and what separates members
  std::vector<Correction> corrections = {};
  // Fields and values that get another name, with it.
  std::vector<std::pair<std::string, std::string>> renamed = {};
  std::string left = {};  // what no place is for in the member, and is kept in a comment

  bool has_fields() const { return syntax::has_fields(kind); }
  bool is_enum() const { return kind == syntax::BlockKind::enumeration; }
  bool is_configuration() const { return !has_fields() && !is_enum(); }

  // The piece; an empty one after the last.
  const Piece& at(std::size_t index) const;
  // How deep in brackets each piece is; a bracket is as deep as what is around it.
  std::vector<int> depths() const;
  // Whether the attribute is given, by its name without at signs; "db." for any native type.
  bool has_attribute(std::string_view name) const;

  // The field's type without what follows its name.
  std::string_view type_name() const;
  bool is_list() const;
  // False: it is optional already, or a list.
  bool make_optional();

  Correction& correct(Code code, const Piece& piece, std::string message);
  // The pieces from one index up to another become one with this text.
  void replace(std::size_t from, std::size_t to, std::string text, PieceKind kind = PieceKind::word);
  void remove(std::size_t from, std::size_t to);
  // A piece that was not written, in place of the white space from one offset to another.
  void insert(std::size_t index, text::Range range, std::string text);
  void append(std::string_view text) { pieces.back().text += text; }

  // As it is to be written, in one line; of the pieces from one index up to another.
  std::string text() const { return text(0, pieces.size()); }
  std::string text(std::size_t from, std::size_t to) const;
  // Whether that is a whole member for this version of Prisma.
  bool is_valid() const;
};

// The parts of the correction, in the order in which one makes the next one possible.
void correct_strings(Member& member);
void correct_argument_marks(Member& member);        // `fields = [x]`
void correct_missing_commas(Member& member);        // `fields: [x] references: [id]`
void correct_actions(Member& member);               // `onDelete: SET NULL`
void correct_bracketed_attributes(Member& member);  // `Int (unique)`
void correct_missing_signs(Member& member);         // `index([a])`, `String map("x")`
void correct_bare_arguments(Member& member);        // `@default 1`
void correct_quoted_name(Member& member);
void correct_enum_value(Member& member);
void correct_property(Member& member);
void correct_environment(Member& member);  // `process.env.X!`
void correct_type(Member& member);
void correct_after_type(Member& member);       // `= value`, constraints as in SQL
void correct_attribute_level(Member& member);  // @ and @@
void correct_json_default(Member& member);
void correct_names(Member& member);

// Cuts pieces into members: at commas and semicolons outside of brackets, and where one is complete and another one
// begins. `one_line_block`: all members of a block are on the line, so that another one begins wherever one is
// complete.
std::vector<std::vector<Piece>> members_in(const MistakeContext& context, syntax::BlockKind kind,
                                           std::span<const Piece> pieces, bool one_line_block);

// A text as a name: letters, digits and underscores, beginning with a letter. `prefix` is put before what begins with
// none.
std::string as_name(std::string_view text, std::string_view prefix);
// The same, and no other field or value of the block.
std::string free_member_name(const syntax::Block& block, syntax::BlockKind kind, std::string_view text);

// The attribute as it is allowed in a block of this kind, on a member of it or (`block`) on the block; nullptr: none.
const schema::AttributeSpec* attribute_in(syntax::BlockKind kind, std::string_view name, bool block);

// Whether a piece after the name of an attribute, or after a comma, is an argument of it though no parentheses are
// around it: `@default 1`, `@relation fields: [x], references: [id]`. `attribute`: what there is of the attribute, from
// the at sign on; `next`: the text of the piece after it.
bool is_bare_argument(syntax::BlockKind kind, std::span<const Piece> attribute, const Piece& piece,
                      std::string_view next);

// What an attribute is of, by its name and arguments, whatever its at signs.
enum class Belongs { member, block, either, unknown };
// `attribute`: the pieces from the at sign on, with others after it.
Belongs owner_of(syntax::BlockKind kind, std::span<const Piece> attribute);

// A name without a hyphen, which the grammar takes and the language refuses.
bool is_valid_name(std::string_view text);

// Whether a constraint of SQL begins with a word before another one: `NOT NULL`; `UNIQUE`, whose case tells it from a
// field's name.
bool begins_constraint(std::string_view word, std::string_view next);
// The same in whatever case.
bool is_constraint(std::string_view word, std::string_view next);
// Whether a constraint of SQL goes on from one word to another: `NOT NULL`, `DEFAULT x`.
bool continues_constraint(std::string_view word, std::string_view next);

// Whether a type of this name exists, here or as one of another language.
bool is_type(const MistakeContext& context, std::string_view name);

}  // namespace refract::validation
