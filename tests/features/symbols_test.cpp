#include "features/symbols.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

std::string outline(const std::vector<features::OutlineItem>& items, const std::string& text) {
  std::string out;
  for (const auto& item : items) {
    CHECK(text.substr(item.selection.begin, item.selection.size()) == item.name);
    CHECK(item.range.begin <= item.selection.begin);
    CHECK(item.selection.end <= item.range.end);
    out += (out.empty() ? "" : " ") + item.name;
    if (!item.detail.empty()) out += ":" + item.detail;
    if (!item.children.empty()) out += "(" + outline(item.children, text) + ")";
  }
  return out;
}

std::string outline(std::string_view marked) {
  const auto made = fixture(marked);
  return outline(features::document_symbols(*made.snapshot, made.cursor.file), made.files[made.cursor.file].second);
}

}  // namespace

TEST_CASE("symbols: blocks with their members in the order of the text", "[symbols]") {
  CHECK(outline("datasource db {\n  provider = \"mysql\"\n}\n\n/// doc\nmodel A {\n  id Int @id\n  bs B[]\n  c "
                "String?\n}\nenum E {\n  X\n  Y\n}\ntype T {\n  a Int\n}\n") ==
        "db(provider) A(id:Int @id bs:B[] c:String?) E(X Y) T(a:Int)");
  CHECK(outline("\r\nmodel Größe {\r\n  länge Int\r\n}\r\n") == "Größe(länge:Int)");
  CHECK(outline("//- /a.prisma\nmodel A {\n}\n//- /b.prisma\n$0model B {\n}\n") == "B");
  CHECK(outline("").empty());
}

TEST_CASE("symbols: what can be read of broken text", "[symbols]") {
  CHECK(outline("model {\n}\nmodel A {\n  id Int @id @@\n  b\n  c String\n}\n") == "A(id:Int b c:String)");
}

TEST_CASE("symbols: attributes, of fields and values beside their type, of blocks as members", "[symbols]") {
  CHECK(
      outline(
          "model A {\r\n  id String @id @db.Uuid\r\n\r\n  @@index([id, b])\r\n  @@map(\"a\")\r\n  @@ignore\r\n}\r\n") ==
      "A(id:String @id @db.Uuid @@index:[id, b] @@map:\"a\" @@ignore)");
  CHECK(outline("enum E {\n  X @map(\"x\")\n  @@map(\"e\")\n}\n") == "E(X:@map @@map:\"e\")");
}
