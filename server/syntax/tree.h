#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "syntax/ast.h"

struct TSTree;

namespace refract::syntax {

// A syntax tree of one block's text.
class Tree {
 public:
  Tree() = default;
  explicit Tree(TSTree* tree) : tree_(tree) {}
  Tree(Tree&& other) noexcept;
  Tree& operator=(Tree&& other) noexcept;
  ~Tree();

  TSTree* get() const { return tree_; }
  explicit operator bool() const { return tree_ != nullptr; }

 private:
  TSTree* tree_ = nullptr;
};

// Parses a text. An empty Tree when the parser gave up on hopeless text, which depends on the text alone.
Tree parse_tree(std::string_view text);

// One member of a block, lowered. Ranges are relative to the block's text.
struct LoweredMember {
  enum class Kind { field, value, property, attribute };
  Kind kind = Kind::field;
  Field field;
  EnumValue value;
  Property property;
  Attribute attribute;
  std::optional<text::Range> legacy_colon;
  std::optional<SyntaxErrorKind> legacy_type;  // legacy_required, legacy_list or optional_list, at the type's range
  std::optional<text::Range> comment;          // the trailing one, slashes included
  std::vector<SyntaxError> string_errors;
  // The first version of Prisma that reads it; 0: all do. 6: letters beyond ASCII, a /* */ comment; 7: `{ … }` values.
  int since_prisma = 0;
};

// Reads a tree's valid members: those without an error inside. `shift` is added to the tree's positions to get
// positions in `text`, which is the block's own (string views will point into it).
class MemberReader {
 public:
  MemberReader(const Tree& tree, std::string_view text, std::int64_t shift = 0);
  ~MemberReader();
  MemberReader(const MemberReader&) = delete;
  MemberReader& operator=(const MemberReader&) = delete;

  // The valid member that covers exactly this range and is allowed in a block of this kind. Ask in rising order.
  std::optional<LoweredMember> read(text::Range range, BlockKind kind);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Parses one member line alone, as in a block of this kind; `range` is its content without the line break.
std::optional<LoweredMember> read_member_alone(std::string_view text, text::Range range, BlockKind kind);

// True when the text is one valid member of a block of this kind to this version of Prisma.
bool parses_as_member(BlockKind kind, std::string_view text, int prisma);

}  // namespace refract::syntax
