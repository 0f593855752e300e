#include "syntax/tree.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <utility>

#include "grammar/refract_grammar.h"

namespace refract::syntax {

namespace {

// tree-sitter reads about 20 bytes a microsecond. Text that takes it ten times longer, as only hopeless text does, is
// read line by line instead.
std::uint64_t parse_limit_microseconds(std::size_t bytes) {
  return 20'000 + bytes / 2;
}

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

TSParser* thread_parser() {
  thread_local const std::unique_ptr<TSParser, ParserDeleter> parser = [] {
    std::unique_ptr<TSParser, ParserDeleter> made(ts_parser_new());
    ts_parser_set_language(made.get(), tree_sitter_prisma());
    return made;
  }();
  return parser.get();
}

}  // namespace

Tree::Tree(Tree&& other) noexcept : tree_(std::exchange(other.tree_, nullptr)) {}
Tree& Tree::operator=(Tree&& other) noexcept {
  std::swap(tree_, other.tree_);
  return *this;
}
Tree::~Tree() {
  if (tree_) ts_tree_delete(tree_);
}

Tree parse_tree(std::string_view text) {
  TSParser* parser = thread_parser();
  ts_parser_set_timeout_micros(parser, parse_limit_microseconds(text.size()));
  Tree tree(ts_parser_parse_string(parser, nullptr, text.data(), static_cast<std::uint32_t>(text.size())));
  if (!tree) ts_parser_reset(parser);
  return tree;
}

std::optional<LoweredMember> read_member_alone(std::string_view text, text::Range range, BlockKind kind) {
  std::string_view opening = "model m {\n";
  if (kind == BlockKind::enumeration) opening = "enum m {\n";
  if (kind == BlockKind::datasource || kind == BlockKind::generator) opening = "generator m {\n";

  std::string wrapped(opening);
  wrapped.append(text.substr(range.begin, range.size())).append("\n}\n");
  // tree-sitter takes a NUL for the text's end; to Prisma it is a control character like any other.
  std::ranges::replace(wrapped, '\0', '\x01');
  const std::int64_t shift = std::int64_t{range.begin} - static_cast<std::int64_t>(opening.size());
  return MemberReader(parse_tree(wrapped), text, shift).read(range, kind);
}

bool parses_as_member(BlockKind kind, std::string_view text, int prisma) {
  const auto member = read_member_alone(text, {0, static_cast<text::Offset>(text.size())}, kind);
  return member && member->since_prisma <= prisma;
}

}  // namespace refract::syntax
