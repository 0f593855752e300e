#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "text/position.h"

// The typed view of one top-level block. Invariant: a Block owns its text, and every range in it is relative to
// the block's first byte, so that an unchanged block is shared between snapshots wherever it moves to in its
// file. String views point into the block's own text; a Block is immutable and never copied once built.
namespace refract::syntax {

// A word of the text with its place.
struct Token {
  std::string_view text;
  text::Range range;
};

struct Argument;

enum class ExpressionKind { string, number, path, function, array, object };

struct Expression {
  ExpressionKind kind = ExpressionKind::path;
  text::Range range;
  std::string_view text;            // as written
  std::string value;                // string: its content with escapes resolved; path: as written; function: its name
  text::Range name_range;           // function: the range of its name
  std::vector<Argument> arguments;  // function: its arguments; object: its entries (name and value)
  text::Range arguments_range;      // function: from "(" to after ")"
  std::optional<text::Range> trailing_comma;  // function: one that nothing follows; Prisma reports it
  std::vector<Expression> elements;           // array

  bool is_path(std::string_view path) const { return kind == ExpressionKind::path && value == path; }
};

struct Argument {
  std::optional<Token> name;        // `name:` of a named argument
  std::optional<Expression> value;  // absent in `name:` with nothing after
  text::Range range;
};

// Comments directly above, and the one at the end of the line, by what Prisma shows as documentation: `///` lines,
// without slashes and one leading space, joined by "\n".
using Documentation = std::string;

struct Attribute {
  Token name;          // without "@"/"@@", dots included: "id", "db.VarChar"
  bool block = false;  // `@@…`
  text::Range range;   // from the first "@" to after the last character
  // What Prisma marks when it means the whole attribute: like `range`, but with the white space after it when
  // there are no parentheses, and for `@@…` always, with the comment after it too.
  text::Range span;
  bool has_arguments = false;   // parentheses are there, even empty ones
  text::Range arguments_range;  // from "(" to after ")"
  std::vector<Argument> arguments;
  std::optional<text::Range> trailing_comma;  // one that nothing follows; Prisma reports it

  // The argument with this name; when `unnamed_too`, failing that the first unnamed one.
  const Argument* find_argument(std::string_view name, bool unnamed_too = false) const;
};

enum class Arity { required, optional, list };

struct FieldType {
  Token name;  // for Unsupported("…"): the whole of it
  bool unsupported = false;
  std::string unsupported_type;  // the text inside Unsupported("…"), escapes resolved
  Arity arity = Arity::required;
  text::Range arity_range;  // "[]" or "?"; empty for required
  text::Range range;        // name and arity
};

struct Field {
  Token name;
  std::optional<FieldType> type;  // absent in an unfinished line (Prisma reports it)
  std::vector<Attribute> attributes;
  Documentation documentation;
  text::Range range;  // from the name to after the last attribute or type, without comment
  text::Range line;   // what Prisma marks for the whole: from the name to after the line break

  const Attribute* find_attribute(std::string_view name) const;
};

struct EnumValue {
  Token name;
  std::vector<Attribute> attributes;
  Documentation documentation;
  text::Range range;
  text::Range line;  // from the name to after the line break

  const Attribute* find_attribute(std::string_view name) const;
};

// `key = value` of a datasource or generator.
struct Property {
  Token key;
  std::optional<Expression> value;
  Documentation documentation;
  text::Range range;  // from the key to after the value or "="
};

enum class SyntaxErrorKind {
  invalid_line,    // a line at top level that is no part of any block
  invalid_member,  // a line inside a block that is not allowed there
  unknown_block,   // a block with a keyword that Prisma does not know
  field_without_type,
  legacy_required,     // `String!`
  legacy_list,         // `[String]`
  legacy_colon,        // `name: String`
  optional_list,       // `String[]?`
  unterminated_block,  // no closing brace up to the end of the file
  type_alias,          // `type A = B`, removed from the language
  invalid_string,      // with an invalid escape
};

// `range` is what Prisma marks for it (found by asking its engines); the wording belongs to the validation layer.
struct SyntaxError {
  SyntaxErrorKind kind = SyntaxErrorKind::invalid_line;
  text::Range range;
  std::string subject;  // the name involved, if any; invalid_string: the escape
};

// The versions of Prisma read the text differently: since 6 there are letters beyond ASCII and /* */ comments, since
// 7 `{ … }` values. Text is read as the newest does it, and again as an older one does where that matters.
inline constexpr int kNewestPrisma = 7;
inline constexpr int kUnicodeLetters = 6;
inline constexpr int kBlockComments = 6;
inline constexpr int kObjects = 7;

enum class BlockKind {
  datasource,
  generator,
  model,
  view,
  enumeration,
  composite_type,
  unknown,  // a block whose keyword Prisma does not know
  filler,   // what lies between blocks: comments, blank lines, invalid lines
};

constexpr bool has_fields(BlockKind kind) {
  return kind == BlockKind::model || kind == BlockKind::view || kind == BlockKind::composite_type;
}

// Where a valid member is in its block: what a newer version of the block needs to take it over.
struct MemberPlace {
  text::Range content;  // without the line break
  text::Range comment;  // the trailing one, slashes included; empty: none
  enum class Kind : std::uint8_t { field, value, property, attribute };
  Kind kind = Kind::field;
  std::uint8_t since_prisma = 0;  // see Block
  std::uint32_t index = 0;        // in the block's list of that kind
};

// One top-level block with the comment lines directly above it, or a filler.
struct Block : std::enable_shared_from_this<Block> {
  BlockKind kind = BlockKind::filler;
  std::string text;  // all of it; begins at the comments above, ends after the closing brace's line break
  Token keyword;
  Token name;
  text::Range range;         // from the keyword to after the closing brace
  text::Range header_range;  // from the keyword to after the opening brace
  text::Range body_range;    // between the braces
  Documentation documentation;
  std::vector<Field> fields;  // model, view, composite_type
  // What could be read of fields with a syntax error: the name and, if present, the type. Prisma
  // leaves them out of all further checks, so only editor features read them. In order, apart from `fields`.
  std::vector<Field> broken_fields;
  std::vector<EnumValue> values;      // enumeration
  std::vector<Property> properties;   // datasource, generator
  std::vector<Attribute> attributes;  // block attributes, in order
  std::vector<SyntaxError> errors;    // in order of their ranges
  std::vector<MemberPlace> members;   // of all kinds, in order; without those that have an error in them
  // An older Prisma than this may read the text differently. 0: all read it alike.
  int since_prisma = 0;

  Block() = default;
  Block(const Block&) = delete;  // views point into `text`
  Block& operator=(const Block&) = delete;

  bool has_fields() const { return syntax::has_fields(kind); }
  const Field* find_field(std::string_view field_name) const;
  const EnumValue* find_value(std::string_view value_name) const;
  const Property* find_property(std::string_view key) const;
  const Attribute* find_attribute(std::string_view attribute_name) const;
};

// What reads like a member of the block, but stands on the line of its opening brace, where Prisma ignores it; in the
// block's text. nullopt: there is nothing, a comment, or something with a closing brace.
std::optional<text::Range> member_after_brace(const Block& block);

}  // namespace refract::syntax
