#include "features/reference_lenses.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

std::string counts(std::string_view marked) {
  const auto made = fixture(marked);
  std::string out;
  for (const auto& lens : features::reference_lenses(*made.snapshot, made.cursor.file)) {
    if (!out.empty()) out += ' ';
    out += made.files[made.cursor.file].second.substr(lens.at.begin, lens.at.size()) + ":" + std::to_string(lens.count);
  }
  return out;
}

}  // namespace

TEST_CASE("reference lenses: fields of the whole schema, for the declarations of one file", "[lens]") {
  CHECK(counts("//- /a.prisma\nmodel A$0 {\n  a A?\n  r Role\n}\nenum Role {\n  X\n}\nmodel Alone {\n  id Int\n}\n"
               "//- /b.prisma\nmodel B {\n  a A\n  as A[]\n}\n") == "A:3 Role:1");
  CHECK(counts("//- /a.prisma\nmodel A {\n  b B\n}\n//- /b.prisma\nmodel B$0 {\n  a A\n}\n") == "B:1");
}

TEST_CASE("reference lenses: of two namesakes the one that counts; broken text", "[lens]") {
  CHECK(counts("model A {\r\n  a A\r\n}\r\nmodel A {\r\n}\r\n") == "A:1");
  CHECK(counts("model A {\n  a A\n").empty());
  CHECK(counts("").empty());
}
