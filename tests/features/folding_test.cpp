#include "features/folding.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

// "0-2 comment", one a fold.
std::string folded(std::string_view text) {
  const auto made = fixture(text);
  std::string out;
  for (const features::Fold& fold : features::folds(*made.snapshot, made.cursor.file)) {
    CHECK(fold.first < fold.last);
    if (!out.empty()) out += ", ";
    out += std::to_string(fold.first) + "-" + std::to_string(fold.last);
    if (fold.kind == features::FoldKind::comment) out += " comment";
    if (fold.kind == features::FoldKind::region) out += " region";
  }
  return out;
}

}  // namespace

TEST_CASE("folding: blocks keep their closing brace in view", "[folding]") {
  CHECK(folded("model A {\n  id Int @id\n}\nenum E {\n  X\n  Y\n}\nmodel C {\n}\n") == "0-1, 3-5");
  CHECK(folded("model A {\r\n  id Int @id\r\n}\r\n") == "0-1");
}

TEST_CASE("folding: runs of comment lines and block comments", "[folding]") {
  CHECK(folded("// a\n// b\n/// c\n\n// alone\nmodel A {\n  // x\n  // y\n  id Int @id\n}\n") ==
        "0-2 comment, 5-8, 6-7 comment");
  CHECK(folded("/* a\n // b\n c */\n// d\n// e\n") == "0-2 comment, 3-4 comment");
  CHECK(folded("/* never closed\n\n") == "");
}

TEST_CASE("folding: regions, nested, across blocks, and left open", "[folding]") {
  CHECK(folded(
            "// #region users\nmodel A {\n  id Int @id\n}\n//#region inner\n// text\n// #endregion\n// #endregion\n") ==
        "0-7 region, 1-2, 4-6 region");
  CHECK(folded("#region bare\n\n#endregion\n") == "0-2 region");
  CHECK(folded("// #endregion\n// #region open\n// #regional is no mark\n") == "");
  CHECK(folded("// a\n// b\n// #region\n// c\n// #endregion\n") == "0-1 comment, 2-4 region");
}

TEST_CASE("folding: only the file asked about, broken text as far as it is read", "[folding]") {
  CHECK(folded("//- /a.prisma\nmodel A {\n  id Int\n}\n//- /b.prisma\n$0enum E {\n  A\n  B\n}\n") == "0-2");
  CHECK(folded("model A {\n  id Int @id @\n  b\n}\nmodel B {\n  id\n").starts_with("0-2"));
  CHECK(folded("").empty());
}
