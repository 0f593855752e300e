#include "features/semantic_tokens.h"

#include <algorithm>
#include <unordered_map>

#include "syntax/locate.h"

namespace refract::features {
namespace {

using syntax::Located;
using syntax::LocatedKind;

TokenType type_of(syntax::BlockKind kind) {
  switch (kind) {
    case syntax::BlockKind::model:
    case syntax::BlockKind::view:
      return TokenType::model;
    case syntax::BlockKind::enumeration:
      return TokenType::enumeration;
    case syntax::BlockKind::composite_type:
      return TokenType::composite_type;
    default:
      return TokenType::configuration;
  }
}

// The tokens of one block. `declaration` is nullptr for datasources, generators and blocks of unknown kinds.
class Painter {
 public:
  Painter(const syntax::Block& block, const schema::Declaration* declaration)
      : block_(block), declaration_(declaration) {}

  BlockTokens paint() && {
    syntax::for_each_word(block_, [&](const Located& word) { this->word(word); });
    std::ranges::sort(tokens_, {}, [](const Token& token) { return token.range.begin; });
    // What is read twice, as a part of a broken line may be, counts once.
    BlockTokens result;
    for (const Token& token : tokens_) {
      if (result.empty() || result.back().range.end <= token.range.begin) result.push_back(token);
    }
    return result;
  }

 private:
  void add(text::Range range, TokenType type, int modifiers = 0) {
    if (range.empty() || slice(range).find('\n') != std::string_view::npos) return;
    tokens_.push_back({range, type, static_cast<std::uint8_t>(modifiers)});
  }

  std::string_view slice(text::Range range) const {
    return std::string_view(block_.text).substr(range.begin, range.size());
  }

  void word(const Located& word) {
    const text::Range range = word.token.range;
    switch (word.kind) {
      case LocatedKind::nothing:
        return;
      case LocatedKind::keyword:
        return add(range, TokenType::keyword);
      case LocatedKind::block_name:
        return add(range, type_of(block_.kind),
                   kTokenDeclaration | (declaration_ != nullptr && declaration_->ignored ? kTokenIgnored : 0));
      case LocatedKind::field_name:
        return field_name(word);
      case LocatedKind::field_type:
        return field_type(word);
      case LocatedKind::enum_value_name:
        return add(range, TokenType::enum_value, kTokenDeclaration);
      case LocatedKind::property_key:
        return add(range, TokenType::field);
      case LocatedKind::attribute_name:
        return add({word.attribute->range.begin, range.end}, TokenType::attribute);
      case LocatedKind::argument_name:
        return add(range, is_field(word) ? TokenType::field : TokenType::argument);
      case LocatedKind::function_name:
        return is_field(word) ? add(range, TokenType::field) : add(range, TokenType::function, kTokenBuiltIn);
      case LocatedKind::path:
        return path(word);
      case LocatedKind::string:
        return add(range, TokenType::string);
      case LocatedKind::number:
        return add(range, TokenType::number);
    }
  }

  const schema::Field* lowered(const Located& word) const {
    if (declaration_ == nullptr) return nullptr;
    const auto found = std::ranges::find(declaration_->fields, word.field, &schema::Field::syntax);
    return found == declaration_->fields.end() ? nullptr : &*found;
  }

  void field_name(const Located& word) {
    const schema::Field* field = lowered(word);
    add(word.token.range, TokenType::field,
        kTokenDeclaration | (field != nullptr && field->ignored ? kTokenIgnored : 0));
  }

  void field_type(const Located& word) {
    const schema::Field* field = lowered(word);
    if (field != nullptr) {
      switch (field->kind) {
        case schema::TypeKind::model:
        case schema::TypeKind::view:
          return add(word.token.range, TokenType::model);
        case schema::TypeKind::enumeration:
          return add(word.token.range, TokenType::enumeration);
        case schema::TypeKind::composite_type:
          return add(word.token.range, TokenType::composite_type);
        case schema::TypeKind::scalar:
        case schema::TypeKind::unsupported:
          return add(word.token.range, TokenType::type, kTokenBuiltIn);
        case schema::TypeKind::unknown:
          break;
      }
    }
    add(word.token.range, TokenType::type, schema::scalar_from(word.token.text) ? kTokenBuiltIn : 0);
  }

  // Whether a word that reads as a function or an argument's name is a field of an index: `id` in `[id(sort: Desc)]`
  // and in `where: { id: 1 }`.
  bool is_field(const Located& word) const {
    if (word.attribute == nullptr || declaration_ == nullptr || !lists_fields(word)) return false;
    if (word.kind == LocatedKind::argument_name) {
      return word.expression != nullptr && word.expression->kind == syntax::ExpressionKind::object;
    }
    const std::string_view first = word.token.text.substr(0, word.token.text.find('.'));
    return declaration_->find_field(first) != nullptr;
  }

  static bool lists_fields(const Located& word) {
    const std::string_view argument =
        word.argument != nullptr && word.argument->name ? word.argument->name->text : std::string_view();
    if (argument == "where") return true;
    if (word.attribute->name.text == "relation") return argument == "fields" || argument == "references";
    return word.attribute->block && (argument.empty() || argument == "fields");
  }

  void path(const Located& word) {
    const std::string_view text = word.token.text;
    if (text == "true" || text == "false" || text == "null") return add(word.token.range, TokenType::keyword);
    // In the parentheses of an index's field are constants: `id(sort: Desc)`.
    const bool field = word.attribute != nullptr && word.function == nullptr && lists_fields(word);
    add(word.token.range, field ? TokenType::field : TokenType::enum_value);
  }

  const syntax::Block& block_;
  const schema::Declaration* declaration_;
  BlockTokens tokens_;
};

void add_within(const BlockTokens& block, text::Offset start, text::Range range, std::vector<Token>& tokens) {
  for (const Token& token : block) {
    const text::Range place = token.range.shifted(start);
    if (place.begin <= range.end && range.begin <= place.end) tokens.push_back({place, token.type, token.modifiers});
  }
}

using Placed = SemanticTokens::Placed;

// Lends each block the tokens that the one before had for the same source: those of the common beginning and end
// directly, the others by a look-up.
void lend(std::vector<Placed>& blocks, std::span<const Placed> old) {
  const auto same = [](const Placed& one, const Placed& other) { return one.source == other.source; };
  std::size_t head = 0;
  while (head < blocks.size() && head < old.size() && same(blocks[head], old[head])) {
    blocks[head].tokens = old[head].tokens;
    ++head;
  }
  std::size_t tail = 0;
  while (head + tail < std::min(blocks.size(), old.size()) &&
         same(blocks[blocks.size() - 1 - tail], old[old.size() - 1 - tail])) {
    blocks[blocks.size() - 1 - tail].tokens = old[old.size() - 1 - tail].tokens;
    ++tail;
  }
  std::unordered_map<const void*, const Placed*> by_source;
  for (const Placed& placed : old.subspan(head, old.size() - head - tail))
    by_source.emplace(placed.source.get(), &placed);
  for (std::size_t i = head; i < blocks.size() - tail; ++i) {
    if (const auto found = by_source.find(blocks[i].source.get()); found != by_source.end())
      blocks[i].tokens = found->second->tokens;
  }
}

}  // namespace

std::shared_ptr<const SemanticTokens> SemanticTokens::build(const schema::Snapshot& snapshot, schema::FileId file,
                                                            const std::shared_ptr<const SemanticTokens>& previous) {
  auto made = std::make_shared<SemanticTokens>();
  std::vector<const schema::Declaration*> declarations;
  const auto all = snapshot.declarations();
  auto declared = std::ranges::find(all, file, &schema::Placed::file);
  for (const syntax::PlacedBlock& placed : snapshot.files()[file].syntax->blocks()) {
    const bool is_declared = declared != all.end() && declared->file == file && declared->start == placed.start;
    if (is_declared) {
      made->blocks_.push_back({placed.start, nullptr, (*declared)->shared_from_this()});
      declarations.push_back(declared->declaration);
      ++declared;
    } else if (placed.block->kind != syntax::BlockKind::filler) {
      made->blocks_.push_back({placed.start, nullptr, placed.block->shared_from_this()});
      declarations.push_back(nullptr);
    }
  }
  if (previous) lend(made->blocks_, previous->blocks_);
  for (std::size_t i = 0; i < made->blocks_.size(); ++i) {
    Placed& placed = made->blocks_[i];
    if (placed.tokens) continue;
    const schema::Declaration* declaration = declarations[i];
    const auto& block =
        declaration != nullptr ? *declaration->block : *static_cast<const syntax::Block*>(placed.source.get());
    placed.tokens = std::make_shared<const BlockTokens>(Painter(block, declaration).paint());
  }
  return made;
}

std::vector<Token> SemanticTokens::within(text::Range range) const {
  std::vector<Token> tokens;
  // The block before the first that begins after the range's beginning may reach into it.
  auto block = std::ranges::upper_bound(blocks_, range.begin, {}, &Placed::start);
  if (block != blocks_.begin()) --block;
  for (; block != blocks_.end() && block->start <= range.end; ++block)
    add_within(*block->tokens, block->start, range, tokens);
  return tokens;
}

std::vector<Token> semantic_tokens(const schema::Snapshot& snapshot, schema::FileRange part) {
  std::vector<Token> tokens;
  const auto& blocks = snapshot.files()[part.file].syntax->blocks();
  auto block = std::ranges::upper_bound(blocks, part.range.begin, {}, &syntax::PlacedBlock::start);
  if (block != blocks.begin()) --block;
  for (; block != blocks.end() && block->start <= part.range.end; ++block) {
    const schema::Placed* declared = snapshot.declaration_at({part.file, block->start});
    const bool is_declared = declared != nullptr && declared->start == block->start;
    add_within(Painter(*block->block, is_declared ? declared->declaration : nullptr).paint(), block->start, part.range,
               tokens);
  }
  return tokens;
}

}  // namespace refract::features
