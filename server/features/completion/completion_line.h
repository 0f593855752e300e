#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/cursor.h"
#include "syntax/line_tokens.h"

namespace refract::features {

// What the line around a cursor holds beyond what syntax::Cursor provides. It reads words, not the tree, so that it
// answers on lines that do not parse as well. The string views point into the text.
class CompletionLine {
 public:
  CompletionLine(std::string_view text, const syntax::Cursor& cursor, text::Offset at);

  // Names of the attributes on the line without at signs, the one being typed left out.
  std::vector<std::string_view> attributes() const;
  // The at signs that are before the word being typed, and the word: what an attribute's text replaces.
  text::Range attribute_range() const;
  // Of the field's type: "?" gives optional, "[" list.
  syntax::Arity type_arity() const;
  // The elements of the innermost array around the cursor, each by its first word or string, the one being typed
  // left out. Strings come without their quotes.
  std::vector<std::string_view> array_elements() const;
  // The one word given for an argument of the attribute around, "Gin" in `type: Gin`. Empty: none.
  std::string_view argument_value(std::string_view name) const;
  // What the first argument of another attribute on the line begins with: `uuid(`, `"a"`, `12`, `[12` for a list.
  // Empty: none.
  std::string_view begin_of_arguments(std::string_view attribute) const;
  // The end of what is after the word being typed, one token.
  text::Offset end_of_next() const { return after_ < tokens_.size() ? tokens_[after_].range.end : word_.end; }
  // Whether an argument of the attribute around other than the one being typed has no name.
  bool has_unnamed_argument() const;
  // Whether the first character after the word being typed is this one, white space left out.
  bool is_followed_by(std::string_view mark) const;
  // Whether nothing but a comment is after the word being typed.
  bool ends() const;

 private:
  bool is(std::size_t token, std::string_view mark) const;
  bool is_word(std::size_t token) const;
  std::string_view slice(std::size_t token) const;
  // Indices of the tokens between the bracket at `open` and the one that closes it, nested ones left out.
  std::vector<std::size_t> inside(std::size_t open) const;

  std::string_view text_;
  text::Range word_;
  std::vector<syntax::LineToken> tokens_;
  std::size_t before_ = 0;                     // count of tokens that begin before the word
  std::size_t after_ = 0;                      // index of the first token after the word
  std::optional<std::size_t> attribute_open_;  // the parenthesis of the attribute around
  std::optional<std::size_t> array_open_;      // the innermost bracket around
};

// Name and type of the fields above the cursor in a block that nothing closes, which therefore has no declaration.
std::vector<std::pair<std::string_view, std::string_view>> fields_above(std::string_view text, text::Offset at);

}  // namespace refract::features
