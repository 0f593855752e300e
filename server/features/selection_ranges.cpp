#include "features/selection_ranges.h"

#include <algorithm>

namespace refract::features {
namespace {

using syntax::Expression;

// Gathers the ranges of a block's pieces that the cursor touches.
class Collector {
 public:
  explicit Collector(text::Offset at) : at_(at) {}

  void block(const syntax::Block& block) {
    if (block.kind == syntax::BlockKind::filler) return;
    add({0, block.range.end});
    add(block.range);
    add(block.body_range);
    add(block.keyword.range);
    add(block.name.range);
    for (const syntax::Field& field : block.fields) this->field(field);
    for (const syntax::Field& field : block.broken_fields) this->field(field);
    for (const syntax::EnumValue& value : block.values) {
      if (!add(value.range)) continue;
      add(value.name.range);
      for (const syntax::Attribute& attribute : value.attributes) this->attribute(attribute);
    }
    for (const syntax::Property& property : block.properties) {
      if (!add(property.range)) continue;
      add(property.key.range);
      if (property.value) expression(*property.value);
    }
    for (const syntax::Attribute& attribute : block.attributes) this->attribute(attribute);
  }

  // Sorted, and each within the next.
  std::vector<text::Range> chain() && {
    std::ranges::sort(found_, {}, [](const text::Range& range) { return std::pair(range.size(), range.begin); });
    std::vector<text::Range> chain;
    for (const text::Range& range : found_) {
      if (chain.empty() ||
          (range.begin <= chain.back().begin && chain.back().end <= range.end && range != chain.back()))
        chain.push_back(range);
    }
    return chain;
  }

  bool add(text::Range range) {
    if (range.empty() || !range.touches(at_)) return false;
    found_.push_back(range);
    return true;
  }

 private:
  void field(const syntax::Field& field) {
    if (!add(field.range)) return;
    add(field.name.range);
    if (field.type) {
      add(field.type->range);
      add(field.type->name.range);
    }
    for (const syntax::Attribute& attribute : field.attributes) this->attribute(attribute);
  }

  void attribute(const syntax::Attribute& attribute) {
    if (!add(attribute.range)) return;
    add(attribute.name.range);
    if (!attribute.has_arguments) return;
    add(attribute.arguments_range);
    inside(attribute.arguments_range);
    for (const syntax::Argument& argument : attribute.arguments) this->argument(argument);
  }

  void argument(const syntax::Argument& argument) {
    if (!add(argument.range)) return;
    if (argument.name) add(argument.name->range);
    if (argument.value) expression(*argument.value);
  }

  void expression(const Expression& value) {
    if (!add(value.range)) return;
    switch (value.kind) {
      case syntax::ExpressionKind::string:
      case syntax::ExpressionKind::array:
      case syntax::ExpressionKind::object:
        inside(value.range);
        break;
      case syntax::ExpressionKind::function:
        add(value.name_range);
        if (add(value.arguments_range)) inside(value.arguments_range);
        break;
      case syntax::ExpressionKind::number:
      case syntax::ExpressionKind::path:
        break;
    }
    for (const syntax::Argument& argument : value.arguments) this->argument(argument);
    for (const Expression& element : value.elements) expression(element);
  }

  // What is between the quotes or brackets.
  void inside(text::Range range) {
    if (range.size() > 2) add({range.begin + 1, range.end - 1});
  }

  text::Offset at_;
  std::vector<text::Range> found_;
};

}  // namespace

std::vector<text::Range> selection_ranges(const schema::Snapshot& snapshot, schema::FilePosition at) {
  const syntax::File& file = *snapshot.files()[at.file].syntax;
  const text::Range whole{0, file.document().size()};
  std::vector<text::Range> ranges;
  if (const syntax::PlacedBlock* placed = file.block_at(at.offset)) {
    Collector collector(at.offset - placed->start);
    collector.block(*placed->block);
    for (const text::Range& range : std::move(collector).chain()) ranges.push_back(placed->in_file(range));
  }
  if (ranges.empty() || ranges.back() != whole) ranges.push_back(whole);
  return ranges;
}

}  // namespace refract::features
