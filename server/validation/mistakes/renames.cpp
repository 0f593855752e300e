#include <algorithm>
#include <functional>
#include <iterator>

#include <fmt/format.h>

#include "validation/mistakes/line.h"
#include "validation/mistakes/pieces.h"

// Names that are not valid, where else they are written: the lines there are invalid too.
namespace refract::validation {
namespace {

// In a block with more errors, and among more blocks with errors, lines are corrected without regard to one another.
constexpr std::size_t kMostErrors = 60;
constexpr std::size_t kMostFaulty = 200;
constexpr std::size_t kMostBlocks = 2000;
constexpr std::size_t kMostBytes = 2000;

// Visits the pieces of each line that the grammar rejects. False ends it.
void each_invalid_line(const syntax::Block& block,
                       const std::function<bool(const syntax::SyntaxError&, const std::vector<Piece>&)>& visit) {
  if (block.errors.size() > kMostErrors) return;
  for (const syntax::SyntaxError& error : block.errors) {
    if (error.range.size() > kMostBytes) continue;
    if (!visit(error, pieces_of(block.text, error.range))) return;
  }
}

// Visits the blocks with errors in their syntax. False ends it.
void each_faulty_block(const schema::Snapshot& snapshot, const std::function<bool(const syntax::Block&)>& visit) {
  std::size_t visited = 0;
  for (const schema::SourceFile& file : snapshot.files()) {
    if (file.syntax->blocks().size() > kMostBlocks) return;
    for (const syntax::PlacedBlock& placed : file.syntax->blocks()) {
      if (!placed.faulty) continue;
      if (++visited > kMostFaulty || !visit(*placed.block)) return;
    }
  }
}

// Calls for the pieces of each field on an invalid line in a block of fields.
void each_invalid_field(const MistakeContext& context,
                        const std::function<void(const syntax::Block&, const std::vector<Piece>&)>& visit) {
  each_faulty_block(context.snapshot, [&](const syntax::Block& block) {
    if (!block.has_fields()) return true;
    each_invalid_line(block, [&](const syntax::SyntaxError& error, const std::vector<Piece>& pieces) {
      if (error.kind == syntax::SyntaxErrorKind::invalid_member && pieces.size() > 1) visit(block, pieces);
      return true;
    });
    return true;
  });
}

}  // namespace

std::vector<BlockEdit> renamed_in_lines(const syntax::Block& block, std::string_view from, const std::string& to,
                                        text::Offset except) {
  std::vector<BlockEdit> edits;
  each_invalid_line(block, [&](const syntax::SyntaxError& error, const std::vector<Piece>& pieces) {
    if (error.kind != syntax::SyntaxErrorKind::invalid_member || error.range.begin == except) return true;
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      if (pieces[i].kind == PieceKind::word && pieces[i].text == from) edits.push_back({{&block, pieces[i].range}, to});
    }
    return true;
  });
  return edits;
}

std::vector<BlockEdit> renamed_in_references(const MistakeContext& context, const syntax::Block& block,
                                             std::string_view from, const std::string& to) {
  std::vector<BlockEdit> edits;
  context.look_around();
  each_invalid_field(context, [&](const syntax::Block& other, const std::vector<Piece>& pieces) {
    if (&other == &block || pieces[1].text != block.name.text) return;
    bool own = false;  // in `fields: […]`, whose names are those of the other block
    for (std::size_t i = 2; i < pieces.size(); ++i) {
      if (pieces[i].is("fields")) own = true;
      if (pieces[i].is("]")) own = false;
      if (!own && pieces[i].kind == PieceKind::word && pieces[i].text == from)
        edits.push_back({{&other, pieces[i].range}, to});
    }
  });
  return edits;
}

std::vector<BlockEdit> renamed_as_type(const MistakeContext& context, std::string_view from, const std::string& to) {
  std::vector<BlockEdit> edits;
  each_invalid_field(context, [&](const syntax::Block& block, const std::vector<Piece>& pieces) {
    if (pieces[1].text == from) edits.push_back({{&block, pieces[1].range}, to});
  });
  return edits;
}

std::optional<Mistake> mistake_in_declaration_of(const MistakeContext& context, std::string_view name) {
  std::optional<Mistake> found;
  each_faulty_block(context.snapshot, [&](const syntax::Block& block) {
    if (block.kind != syntax::BlockKind::filler) return true;
    each_invalid_line(block, [&](const syntax::SyntaxError& error, const std::vector<Piece>& pieces) {
      const bool declares = pieces.size() > 2 && pieces[1].text == name;
      if (declares) found = mistake_between_blocks(context, block, error.range);
      return !declares;
    });
    return !found;
  });
  return found;
}

std::vector<BlockEdit> rename_digit_member(const MistakeContext& context, const syntax::Block& block,
                                           std::string_view name, std::string& fresh) {
  const syntax::Field* field = block.find_field(name);
  const syntax::EnumValue* value = block.find_value(name);
  if (!field && !value) return {};
  fresh = free_member_name(block, block.kind, name);
  const text::Range place = field ? field->name.range : value->name.range;
  const text::Offset end = field ? field->range.end : value->range.end;
  auto edits = renamed_in_lines(block, name, fresh, place.begin);
  std::ranges::move(renamed_in_references(context, block, name, fresh), std::back_inserter(edits));
  edits.insert(edits.begin(), BlockEdit{{&block, place}, fresh});
  const schema::Placed* type = field && field->type ? context.snapshot.find(field->type->name.text) : nullptr;
  const bool relation = type && !(*type)->is_enum() && (*type)->kind != syntax::BlockKind::composite_type;
  const bool mapped = (field ? field->find_attribute("map") : value->find_attribute("map")) != nullptr;
  if (!relation && !mapped) edits.push_back({{&block, {end, end}}, fmt::format(" @map({})", string_literal(name))});
  return edits;
}

}  // namespace refract::validation
