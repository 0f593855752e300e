#include "syntax/tree.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <utility>

#include "grammar/refract_grammar.h"

namespace refract::syntax {

namespace {

// Gives tree-sitter a text piece by piece and counts the pieces. An ordinary text, with errors or without, is read one
// to three times; a text whose tokens are all scanned to its end before they fail, hundreds of times. Such a text is
// read line by line instead. The limit is a count, not a time: the same text always gives the same tree.
class CountedInput {
 public:
  explicit CountedInput(std::string_view text) : text_(text), left_(kFree + kPerPiece * (text.size() / kPiece + 1)) {}

  TSInput input() { return {this, &CountedInput::read, TSInputEncodingUTF8}; }
  // For ts_parser_set_cancellation_flag: not 0 once the limit is reached.
  const std::size_t* gave_up() const { return &gave_up_; }

 private:
  static constexpr std::size_t kPiece = 256;   // bytes
  static constexpr std::size_t kFree = 3'000;  // 20 ms of scanning, for any text
  static constexpr std::size_t kPerPiece = 20;

  static const char* read(void* self, std::uint32_t offset, TSPoint, std::uint32_t* size) {
    auto& it = *static_cast<CountedInput*>(self);
    if (it.left_ > 0) {
      --it.left_;
    } else {
      it.gave_up_ = 1;
    }
    const std::string_view piece =
        it.gave_up_ != 0 || offset >= it.text_.size() ? std::string_view() : it.text_.substr(offset, kPiece);
    *size = static_cast<std::uint32_t>(piece.size());
    return piece.empty() ? "" : piece.data();
  }

  std::string_view text_;
  std::size_t left_;
  std::size_t gave_up_ = 0;
};

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
  CountedInput input(text);
  ts_parser_set_cancellation_flag(parser, input.gave_up());
  Tree tree(ts_parser_parse(parser, nullptr, input.input()));
  ts_parser_set_cancellation_flag(parser, nullptr);
  if (*input.gave_up() != 0) {
    ts_parser_reset(parser);
    return Tree();
  }
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
