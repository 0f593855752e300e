#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

// LSP's names of both, in the order that their numbers count.
enum class TokenType : std::uint8_t {
  keyword,
  model,  // and view
  enumeration,
  composite_type,
  type,  // scalar, or unknown
  field,
  enum_value,
  attribute,
  argument,
  function,
  string,
  number,
  configuration  // the name of a datasource or generator
};
inline constexpr std::array<std::string_view, 13> kTokenTypeNames = {
    "keyword",   "class",     "enum",     "struct", "type",   "property", "enumMember",
    "decorator", "parameter", "function", "string", "number", "namespace"};

// Bits.
inline constexpr std::uint8_t kTokenDeclaration = 1;
inline constexpr std::uint8_t kTokenBuiltIn = 2;
inline constexpr std::uint8_t kTokenIgnored = 4;  // left out of the client by @ignore or @@ignore
inline constexpr std::array<std::string_view, 3> kTokenModifierNames = {"declaration", "defaultLibrary", "deprecated"};

struct Token {
  text::Range range;  // within one line
  TokenType type = TokenType::keyword;
  std::uint8_t modifiers = 0;
  bool operator==(const Token&) const = default;
};

// The tokens of one block, in order and without overlaps, with ranges relative to the block.
using BlockTokens = std::vector<Token>;

// What the words of a file mean, which a grammar of a single file does not show: `Role` is an enum, `email` a field.
// Comments are left to the editor's grammar. Immutable; shares the tokens of every block that did not change with the
// value it was built from.
class SemanticTokens {
 public:
  struct Placed {
    text::Offset start = 0;  // of the block in the file
    std::shared_ptr<const BlockTokens> tokens;
    std::shared_ptr<const void> source;  // the block or declaration that they were computed from
  };

  static std::shared_ptr<const SemanticTokens> build(const schema::Snapshot& snapshot, schema::FileId file,
                                                     const std::shared_ptr<const SemanticTokens>& previous = nullptr);

  std::span<const Placed> blocks() const { return blocks_; }
  // All tokens that touch the range, in the order of the text, their ranges in the file.
  std::vector<Token> within(text::Range range) const;

 private:
  std::vector<Placed> blocks_;
};

// The same for a part of a file alone; costs what the part costs.
std::vector<Token> semantic_tokens(const schema::Snapshot& snapshot, schema::FileRange part);

}  // namespace refract::features
