#include "syntax/other_language.h"

#include "support/catch.h"
#include "syntax/file.h"

using namespace refract::syntax;

TEST_CASE("the first line may declare another language", "[syntax]") {
  CHECK(other_language("// use prisma-8\nmodel A {\n}\n") == "prisma-8");
  CHECK(other_language("// use prisma-next") == "prisma-next");
  CHECK(other_language("  //use prisma-12 please\r\n") == "prisma-12");
  CHECK(other_language("\xEF\xBB\xBF// use prisma-8\n") == "prisma-8");
  for (const char* ours : {"", "//", "// use", "// use prisma-7\n", "// use prisma-6", "// use prisma",
                           "// use prisma-", "/// use prisma-8", "// useprisma-8", "// use prisma-8.1",
                           "\n// use prisma-8\n", "model A {\n} // use prisma-8\n", "// we use prisma-8\n"}) {
    INFO(ours);
    CHECK(other_language(ours).empty());
  }
}

TEST_CASE("a file in another language has no blocks, until it is none", "[syntax]") {
  const auto file = File::parse(refract::text::Document("model A {\n}\n"));
  REQUIRE(file->blocks().size() == 1);
  const auto other = file->with_edits({{{0, 0}, "// use prisma-8\n"}});
  CHECK(other->blocks().empty());
  const auto typed = other->with_edits({{{16, 16}, "x"}});
  CHECK(typed->blocks().empty());
  const auto back = typed->with_edits({{{16, 17}, ""}, {{0, 16}, ""}});
  CHECK(back->blocks().size() == 1);
}
