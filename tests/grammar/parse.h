#pragma once

#include <tree_sitter/api.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/refract_grammar.h"

namespace refract::grammar_tests {

struct TreeDeleter {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using Tree = std::unique_ptr<TSTree, TreeDeleter>;

// The tree of a whole text, parsed afresh or, with an edited older tree, from what that still holds.
Tree parse(std::string_view text, const TSTree* before = nullptr);

// The tree as an S-expression with field names, as `tree-sitter test` writes it, white space made single spaces.
std::string s_expression(const TSTree& tree);
// Any white space made single spaces, none before a closing bracket or after an opening one.
std::string normalised(std::string_view s_expression);
// A normalised S-expression with each node on a line of its own, two spaces deeper than its parent.
std::string indented(std::string_view s_expression);

bool has_error(const TSTree& tree);
// The lines (0-based) that ERROR and MISSING nodes touch, sorted, without repetition. Missing tokens that have no
// name in the grammar are not among the nodes, so this may be empty for a tree with an error.
std::vector<std::size_t> error_lines(const TSTree& tree);

std::filesystem::path grammar_folder();
// Throws std::runtime_error where the file cannot be read.
std::string read_text(const std::filesystem::path& file);

}  // namespace refract::grammar_tests
