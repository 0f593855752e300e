#include <algorithm>
#include <string>

#include "fuzz/fuzz.h"
#include "syntax/file.h"

namespace refract::fuzz {

namespace {

void expect_partition(const syntax::File& file) {
  text::Offset end = 0;
  for (const syntax::PlacedBlock& block : file.blocks()) {
    expect(block.start == end, "blocks follow each other without gaps");
    end = block.start + block.block->text.size();
  }
  expect(end == file.document().size(), "blocks cover the text");
}

bool same(const syntax::File& a, const syntax::File& b) {
  return std::ranges::equal(a.blocks(), b.blocks(), [](const auto& one, const auto& other) {
    return one.start == other.start && one.kind == other.kind && one.faulty == other.faulty &&
           one.block->text == other.block->text && one.block->fields.size() == other.block->fields.size() &&
           one.block->values.size() == other.block->values.size() &&
           one.block->properties.size() == other.block->properties.size() &&
           one.block->errors.size() == other.block->errors.size();
  });
}

}  // namespace

// The first three bytes choose an edit: where, how much goes, how much comes. A file after an edit is the file that its
// text parses to.
void run(std::string_view input) {
  if (input.size() < 3) return;
  const auto number = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(input[at])); };
  const std::string_view schema = input.substr(3);
  const auto file = syntax::File::parse(text::Document(std::string(schema)));
  expect_partition(*file);
  const std::size_t begin = schema.size() * number(0) / 256;
  const std::size_t end = std::min(schema.size(), begin + number(1));
  const std::size_t from = schema.size() * number(2) / 256;
  const text::Edit edit{{static_cast<text::Offset>(begin), static_cast<text::Offset>(end)},
                        std::string(schema.substr(from, 40))};
  const auto edited = file->with_edits({edit});
  expect_partition(*edited);
  const auto parsed = syntax::File::parse(text::Document(std::string(edited->document().text())));
  expect(same(*edited, *parsed), "an edited file is the file that its text parses to");
  for (const int prisma : {5, 6}) expect_partition(*syntax::File::read_by(prisma, parsed));
}

}  // namespace refract::fuzz
