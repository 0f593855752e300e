#include <algorithm>
#include <string>

#include "fuzz/file_promises.h"

namespace refract::fuzz {

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
  const auto parsed = edited(*file, {edit});
  for (const int prisma : {5, 6}) expect_partition(*syntax::File::read_by(prisma, parsed));
}

}  // namespace refract::fuzz
