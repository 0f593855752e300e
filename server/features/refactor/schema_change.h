#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/snapshot.h"
#include "validation/core/block_diagnostic.h"
#include "validation/core/diagnostic.h"

namespace refract::features {

// Collects what a refactoring changes in blocks of a schema, written without care for layout.
class SchemaChange {
 public:
  // Places are relative to the block.
  void replace(const schema::Placed& placed, text::Range range, std::string text);
  void insert(const schema::Placed& placed, text::Offset at, std::string text);
  void apply(const schema::Placed& placed, validation::BlockEdit edit);
  // A field or block attribute at its end; the layout puts attributes after fields.
  void add_member(const schema::Placed& placed, std::string_view line);
  void add_attribute(const schema::Placed& placed, const schema::Field& field, std::string_view attribute);
  void remove(const schema::Placed& placed, const syntax::Attribute& attribute);
  void remove(const schema::Placed& placed, const schema::Field& field);
  void add_block_after(const schema::Placed& placed, std::string_view text);
  // With its comments, and the blank lines after it.
  void remove_block(const schema::Placed& placed);

  // The touched blocks formatted, as the smallest edits of lines, with their file's line breaks. Empty where one of
  // them has a syntax error: what such text means is not known.
  std::vector<validation::FileEdit> edits(const schema::Snapshot& snapshot) const;

 private:
  struct BlockChange {
    const schema::Placed* placed = nullptr;
    std::vector<text::Edit> edits;
    bool removed = false;
  };
  BlockChange& change_of(const schema::Placed& placed);

  std::map<std::pair<schema::FileId, text::Offset>, BlockChange> blocks_;
};

// The text formatted by itself.
std::string laid_out(std::string_view text, const schema::Snapshot& snapshot);

// schema::free_name() among the fields of a model, and among declarations, which have reserved names too.
std::string free_field_name(const schema::Declaration& model, const std::string& name);
std::string free_type_name(const schema::Snapshot& snapshot, const std::string& name);

// "orderStatus", "order_status" → "OrderStatus".
std::string pascal_case(std::string_view name);

template <typename Range, typename Value, typename Projection = std::identity>
bool contains(const Range& range, const Value& value, Projection projection = {}) {
  return std::ranges::find(range, value, projection) != std::ranges::end(range);
}

// A text as a string literal.
std::string quoted(std::string_view text);

// Whether the index or key has the field.
bool has_field(const schema::Index& index, std::string_view field);
// Whether a relation's foreign key points to the field.
bool is_referenced(const schema::Snapshot& snapshot, const schema::Placed& placed, std::string_view field);
// The field that alone is the primary key; nullptr: there is none.
const schema::Field* single_id(const schema::Declaration& model);
// "a, b".
std::string names_of(const std::vector<const schema::Field*>& fields);
// Whether the field has @default(autoincrement()).
bool counts_up(const schema::Field& field);
// Whether a model cannot do without it: there is no other key.
bool is_only_key(const schema::Declaration& model, const schema::Index& index);

}  // namespace refract::features
