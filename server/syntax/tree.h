#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "syntax/older_members.h"

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

// Parses a text. An empty Tree when the text is beyond the limits of parse_limits.h or the parser gave up on hopeless
// text, which both depend on the text alone.
Tree parse_tree(std::string_view text);

// Reads a tree's valid members: those without an error inside. `shift` is added to the tree's positions to get
// positions in `text`, which is the block's own (string views will point into it).
class TreeReader {
 public:
  TreeReader();
  TreeReader(const Tree& tree, std::string_view text, std::int64_t shift = 0);
  ~TreeReader();
  TreeReader(TreeReader&&) noexcept;
  TreeReader& operator=(TreeReader&&) noexcept;

  // The valid member that covers exactly this range and is allowed in a block of this kind. Ask in rising order.
  std::optional<LoweredMember> read(text::Range range, BlockKind kind);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Reads the members of one block's text, which is parsed whole if it is short, else a slice of members at a time.
class MemberReader {
 public:
  // plain_header: the text begins as tree-sitter's grammar has it, so it can be parsed with its header. `older`: a
  // version of the block before an edit, whose members are taken over where the text is the same; nullptr: none.
  MemberReader(std::string_view block_text, BlockKind kind, bool plain_header, const Block* older = nullptr);

  // The member whose content is exactly this range, without the line break; nullopt: it is not valid in a block of this
  // kind. Ask in rising order.
  std::optional<LoweredMember> read(text::Range range);

 private:
  void parse_slice(text::Offset begin);
  std::optional<LoweredMember> read_alone(text::Range range) const;

  std::string_view text_;
  BlockKind kind_;
  std::optional<OlderMembers> older_;
  bool sliced_ = false;
  text::Offset slice_end_ = 0;
  Tree tree_;
  TreeReader reader_;
};

// True when the text is one valid member of a block of this kind to this version of Prisma.
bool parses_as_member(BlockKind kind, std::string_view text, int prisma);

}  // namespace refract::syntax
