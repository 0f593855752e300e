#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "catalog/step.h"

// A DO block as a program of plain statements, as far as its text shows. Replay follows it where every condition on
// the way can be decided from the catalog; see replay_block.cpp.
namespace refract::catalog {

struct BlockStatement;
using BlockBody = std::vector<BlockStatement>;

// SQL that is written in the block directly, or in EXECUTE as a constant.
struct BlockSql {
  std::vector<Step> steps;
};
// Conditions in the order asked; the last may be empty: ELSE.
struct BlockIf {
  struct Branch {
    std::string condition;
    BlockBody body;
  };
  std::vector<Branch> branches;
};
// BEGIN … EXCEPTION WHEN … END. Without handlers a mere group.
struct BlockGroup {
  struct Handler {
    std::vector<std::string> conditions;  // "duplicate_object", "others"
    BlockBody body;
  };
  BlockBody body;
  std::vector<Handler> handlers;
};
// variable := expression, or SELECT expression INTO variable.
struct BlockAssign {
  std::string variable;
  std::string expression;
};
struct BlockRaise {
  std::string message;
};
struct BlockReturn {};
// Known only when it runs.
struct BlockUnknown {
  std::string reason;
};

struct BlockStatement {
  std::variant<BlockSql, BlockIf, BlockGroup, BlockAssign, BlockRaise, BlockReturn, BlockUnknown> what;
};

struct Block {
  BlockBody body;
  std::size_t changes = 0;  // how many steps it holds that may change the structure
  bool unknown = false;     // whether a BlockUnknown is anywhere in it
};

// The block of a DO statement, given as it is in the text. nullptr: PL/pgSQL's own parser refuses it, or its
// language is another.
std::shared_ptr<const Block> read_block(std::string_view statement);

}  // namespace refract::catalog
