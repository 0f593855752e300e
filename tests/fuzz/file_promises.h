#pragma once

#include <algorithm>

#include "fuzz/fuzz.h"
#include "syntax/file.h"

// What a parsed file promises, for each target that parses one.
namespace refract::fuzz {

inline void expect_partition(const syntax::File& file) {
  text::Offset end = 0;
  for (const syntax::PlacedBlock& block : file.blocks()) {
    expect(block.start == end, "blocks follow each other without gaps");
    end = block.start + block.block->text.size();
  }
  expect(end == file.document().size(), "blocks cover the text");
}

inline bool same(const syntax::File& a, const syntax::File& b) {
  return std::ranges::equal(a.blocks(), b.blocks(), [](const auto& one, const auto& other) {
    return one.start == other.start && one.kind == other.kind && one.faulty == other.faulty &&
           one.block->text == other.block->text && one.block->fields.size() == other.block->fields.size() &&
           one.block->values.size() == other.block->values.size() &&
           one.block->properties.size() == other.block->properties.size() &&
           one.block->errors.size() == other.block->errors.size();
  });
}

// The file after the edits, which is the file that its text parses to.
inline std::shared_ptr<const syntax::File> edited(const syntax::File& file, const std::vector<text::Edit>& edits) {
  auto made = file.with_edits(edits);
  expect_partition(*made);
  expect(same(*made, *syntax::File::parse(text::Document(std::string(made->document().text())))),
         "an edited file is the file that its text parses to");
  return made;
}

}  // namespace refract::fuzz
