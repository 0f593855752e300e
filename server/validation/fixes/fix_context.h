#pragma once

#include <span>
#include <string_view>

#include "validation/rules/rules.h"

// Where a fix works: a diagnostic with the syntax at its place.
namespace refract::validation {

struct FixContext {
  const Environment& environment;
  BlockDiagnostic& diagnostic;
  const syntax::Block& block;
  const schema::Declaration* declaration = nullptr;  // of the block; nullptr: none, or one that a namesake hides
  const syntax::Field* field = nullptr;              // at the place
  const syntax::Attribute* attribute = nullptr;      // at the place

  Place at(text::Range range) const { return {&block, range}; }
  std::string_view text(text::Range range) const {
    return std::string_view(block.text).substr(range.begin, range.size());
  }
  // The field as the schema sees it; nullptr: none.
  const schema::Field* schema_field() const;
  std::string_view fact(std::string_view key) const;  // empty: none
};

FixContext fix_context_of(const Environment& environment, BlockDiagnostic& diagnostic);

const syntax::Field* field_at(const syntax::Block& block, text::Offset offset);
const syntax::Attribute* attribute_at(const syntax::Block& block, text::Offset offset);

// The edits that take the named arguments away; of all arguments the attribute as well. Empty: it has none of them.
std::vector<BlockEdit> without_arguments(const syntax::Block& block, const syntax::Attribute& attribute,
                                         std::span<const std::string_view> names);
// The same of arguments inside of a field list: `[name(length: 10)]`.
std::vector<BlockEdit> without_part_arguments(const syntax::Block& block, const syntax::Attribute& attribute,
                                              std::string_view name);

// The elements of a list, or the single one that represents a list.
std::span<const syntax::Expression> elements_of(const syntax::Expression& list);
// Takes one element of a list away, with the comma that goes with it.
BlockEdit without_element(const syntax::Block& block, std::span<const syntax::Expression> elements, std::size_t index);

// Names the relations between the field's two models in pairs of fields, where they are ambiguous.
void name_pairs(FixContext& context);

// By family; each adds a fix if the code belongs to it.
void fix_attributes(FixContext& context);
void fix_names(FixContext& context);
void fix_relations(FixContext& context);
void fix_configuration(FixContext& context);

}  // namespace refract::validation
