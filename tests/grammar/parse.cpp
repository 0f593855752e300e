#include "grammar/parse.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace refract::grammar_tests {
namespace {

// The runtime's own symbol for what could not be parsed; ts_node_is_error is newer than Debian 12.
bool is_error(TSNode node) {
  return ts_node_symbol(node) == static_cast<TSSymbol>(-1);
}

void collect_error_lines(TSNode node, std::set<std::size_t>& found) {
  if (!ts_node_has_error(node)) return;
  if (ts_node_is_missing(node) || is_error(node)) {
    const TSPoint begin = ts_node_start_point(node);
    const TSPoint end = ts_node_end_point(node);
    for (std::size_t line = begin.row; line <= end.row; ++line) {
      // A node that ends with a line end reaches to column 0 of a line that is not its own.
      if (line == begin.row || line < end.row || end.column > 0) found.insert(line);
    }
  }
  for (std::uint32_t child = 0; child < ts_node_child_count(node); ++child) {
    collect_error_lines(ts_node_child(node, child), found);
  }
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

Tree parse(std::string_view text, const TSTree* before) {
  struct ParserDeleter {
    void operator()(TSParser* parser) const { ts_parser_delete(parser); }
  };
  const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), tree_sitter_prisma())) {
    throw std::runtime_error("the tree-sitter library does not load this parser's ABI");
  }
  return Tree(ts_parser_parse_string(parser.get(), before, text.data(), static_cast<std::uint32_t>(text.size())));
}

std::string s_expression(const TSTree& tree) {
  const std::unique_ptr<char, void (*)(void*)> text(ts_node_string(ts_tree_root_node(&tree)), std::free);
  return normalised(text.get());
}

std::string normalised(std::string_view s_expression) {
  std::string result;
  for (const char c : s_expression) {
    if (!is_space(c)) {
      if (c == ')' && !result.empty() && result.back() == ' ') result.pop_back();
      result.push_back(c);
    } else if (!result.empty() && result.back() != ' ' && result.back() != '(') {
      result.push_back(' ');
    }
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::string indented(std::string_view s_expression) {
  std::string result;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < s_expression.size(); ++at) {
    const char c = s_expression[at];
    if (c == '"' || c == '\'') {  // a token's text, as in (MISSING ")") and (UNEXPECTED '(')
      const std::size_t end = std::min(s_expression.find(c, at + 1), s_expression.size() - 1);
      result += s_expression.substr(at, end + 1 - at);
      at = end;
    } else if (c == '(') {
      ++depth;
      result += c;
    } else if (c == ')') {
      --depth;
      result += c;
    } else if (c == ' ' && result.back() != ':' && !s_expression.substr(0, at).ends_with("MISSING") &&
               !s_expression.substr(0, at).ends_with("UNEXPECTED")) {
      result.append("\n").append(2 * depth, ' ');
    } else {
      result += c;
    }
  }
  return result;
}

bool has_error(const TSTree& tree) {
  return ts_node_has_error(ts_tree_root_node(&tree));
}

std::vector<std::size_t> error_lines(const TSTree& tree) {
  std::set<std::size_t> found;
  collect_error_lines(ts_tree_root_node(&tree), found);
  return {found.begin(), found.end()};
}

std::filesystem::path grammar_folder() {
  return std::filesystem::path(REFRACT_TESTS_DIR).parent_path() / "grammar";
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace refract::grammar_tests
