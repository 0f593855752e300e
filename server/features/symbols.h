#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

enum class OutlineKind {
  datasource,
  generator,
  model,
  view,
  enumeration,
  composite_type,
  field,
  enum_value,
  property,
  attribute  // of a block: "@@index"
};

// nullopt: a block without a kind in the outline.
std::optional<OutlineKind> outline_kind(syntax::BlockKind kind);

struct OutlineItem {
  OutlineKind kind = OutlineKind::model;
  std::string name;
  std::string detail;     // a field's type and attributes, "String? @unique"; a block attribute's arguments, "[a, b]"
  text::Range range;      // all of it, in bytes of the file
  text::Range selection;  // its name
  std::vector<OutlineItem> children;
};

// One block with its members, which depends on nothing but the block; broken ones as far as they can be read.
// nullopt: a block without a name, or without a kind in the outline.
std::optional<OutlineItem> block_outline(const syntax::PlacedBlock& placed);

// The outline of one file, in the order of the text: the outlines of its blocks.
std::vector<OutlineItem> document_symbols(const schema::Snapshot& snapshot, schema::FileId file);

}  // namespace refract::features
