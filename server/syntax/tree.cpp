#include "syntax/tree.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <utility>

#include "grammar/refract_grammar.h"
#include "syntax/characters.h"
#include "syntax/parse_limits.h"

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

Tree parse(std::string_view text) {
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

// What members without their block's header are parsed after.
std::string_view opening_of(BlockKind kind) {
  if (kind == BlockKind::enumeration) return "enum m {\n";
  if (kind == BlockKind::datasource || kind == BlockKind::generator) return "generator m {\n";
  return "model m {\n";
}

std::string in_block(std::string_view members, BlockKind kind) {
  std::string text(opening_of(kind));
  text.append(members).append("\n}\n");
  // tree-sitter takes a NUL for the text's end; to Prisma it is a control character like any other.
  std::ranges::replace(text, '\0', '\x01');
  return text;
}

// From a position in such a text to the members' own, whose first byte is at `begin`.
std::int64_t shift_in_block(text::Offset begin, BlockKind kind) {
  return std::int64_t{begin} - static_cast<std::int64_t>(opening_of(kind).size());
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
  return within_limits(text) ? parse(text) : Tree();
}

MemberReader::MemberReader(std::string_view block_text, BlockKind kind, bool plain_header, const Block* older)
    : text_(block_text), kind_(kind) {
  if (older != nullptr && older->kind == kind) {
    older_.emplace(*older, block_text);
    if (older_->are_most()) return;
    older_.reset();
  }
  sliced_ = plain_header && block_text.size() > kMaxSlice;
  if (!plain_header || sliced_) return;
  tree_ = parse_tree(block_text);
  reader_ = TreeReader(tree_, block_text);
}

std::optional<LoweredMember> MemberReader::read(text::Range range) {
  if (older_) {
    if (auto member = older_->find(range)) return member;
  }
  if (sliced_ && range.begin >= slice_end_) parse_slice(range.begin);
  std::optional<LoweredMember> member = reader_.read(range, kind_);
  return member ? std::move(member) : read_alone(range);
}

void MemberReader::parse_slice(text::Offset begin) {
  // Where the slice ends does not matter: a member that it cuts is parsed alone.
  std::size_t end = std::min<std::size_t>(begin + kMaxSlice, text_.size());
  while (end > begin && newline_length(text_, end) == 0) --end;
  slice_end_ = std::max(static_cast<text::Offset>(end), begin + 1);
  const std::string slice = in_block(text_.substr(begin, end - begin), kind_);
  tree_ = parse_tree(slice);
  reader_ = TreeReader(tree_, text_, shift_in_block(begin, kind_));
}

std::optional<LoweredMember> MemberReader::read_alone(text::Range range) const {
  const std::string_view text = text_.substr(range.begin, range.size());
  const std::optional<std::string> member = within_limits(text) ? std::string(text) : blanked_member(text);
  if (!member) return std::nullopt;
  return TreeReader(parse(in_block(*member, kind_)), text_, shift_in_block(range.begin, kind_)).read(range, kind_);
}

bool parses_as_member(BlockKind kind, std::string_view text, int prisma) {
  const auto member = MemberReader(text, kind, false).read({0, static_cast<text::Offset>(text.size())});
  return member && member->since_prisma <= prisma;
}

}  // namespace refract::syntax
