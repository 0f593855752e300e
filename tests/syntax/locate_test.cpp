#include "syntax/locate.h"

#include <fmt/format.h>

#include <set>

#include "support/catch.h"
#include "syntax/file.h"

using namespace refract::syntax;
using refract::text::Document;
using refract::text::Offset;

namespace {

std::string_view kind_name(LocatedKind kind) {
  switch (kind) {
    case LocatedKind::nothing:
      return "nothing";
    case LocatedKind::keyword:
      return "keyword";
    case LocatedKind::block_name:
      return "block_name";
    case LocatedKind::field_name:
      return "field_name";
    case LocatedKind::field_type:
      return "field_type";
    case LocatedKind::enum_value_name:
      return "enum_value_name";
    case LocatedKind::property_key:
      return "property_key";
    case LocatedKind::attribute_name:
      return "attribute_name";
    case LocatedKind::argument_name:
      return "argument_name";
    case LocatedKind::function_name:
      return "function_name";
    case LocatedKind::path:
      return "path";
    case LocatedKind::string:
      return "string";
    case LocatedKind::number:
      return "number";
  }
  return "?";
}

std::string described(const Located& word) {
  std::string out = fmt::format("{} {}", kind_name(word.kind), word.token.text);
  const auto add = [&](std::string_view what, std::string_view value) { out += fmt::format(" {}={}", what, value); };
  if (word.field) add("field", word.field->name.text);
  if (word.value) add("value", word.value->name.text);
  if (word.property) add("property", word.property->key.text);
  if (word.attribute) add("attribute", word.attribute->name.text);
  if (word.argument && word.argument->name) add("argument", word.argument->name->text);
  if (word.function) add("function", word.function->value);
  if (word.function_argument && word.function_argument->name) add("of", word.function_argument->name->text);
  return out;
}

// What is at `$0`, which is in the last block of the text.
std::string located(std::string fixture) {
  const std::size_t at = fixture.find("$0");
  REQUIRE(at != std::string::npos);
  fixture.erase(at, 2);
  const auto file = File::parse(Document(fixture));
  const PlacedBlock* placed = file->block_at(static_cast<Offset>(at));
  REQUIRE(placed != nullptr);
  return described(locate(*placed->block, static_cast<Offset>(at) - placed->start));
}

std::string in_model(std::string_view line) {
  return located(fmt::format("// c\nmodel M {{\n  {}\n}}\n", line));
}

}  // namespace

TEST_CASE("locate: the word at an offset, and what is around it", "[syntax]") {
  CHECK(located("mod$0el M {\n}\n") == "keyword model");
  CHECK(located("model $0M {\n}\n") == "block_name M");
  CHECK(located("model M$0 {\n}\n") == "block_name M");
  CHECK(located("model M {$0\n}\n") == "nothing ");
  CHECK(in_model("us$0er User") == "field_name user field=user");
  CHECK(in_model("user User$0[]") == "field_type User field=user");
  CHECK(in_model("a Unsup$0ported(\"x\")?") == "field_type Unsupported(\"x\") field=a");
  CHECK(in_model("a Int @db.Small$0Int") == "attribute_name db.SmallInt field=a attribute=db.SmallInt");
  CHECK(in_model("u U @relation(fie$0lds: [a])") == "argument_name fields field=u attribute=relation argument=fields");
  CHECK(in_model("u U @relation(fields: [$0a, b])") == "path a field=u attribute=relation argument=fields");
  CHECK(in_model("u U @relation(\"$0x\")") == "string \"x\" field=u attribute=relation");
  CHECK(in_model("a Int @default(4$02)") == "number 42 field=a attribute=default");
  CHECK(in_model("@@in$0dex([a])") == "attribute_name index attribute=index");
  CHECK(in_model("@@index([a, b$0(sort: Desc)])") == "function_name b attribute=index function=b");
  CHECK(in_model("@@index([a, b(so$0rt: Desc)])") == "argument_name sort attribute=index function=b of=sort");
  CHECK(in_model("@@index([a, b(sort: De$0sc)])") == "path Desc attribute=index function=b of=sort");
  CHECK(in_model("@@index([a, b(sort: Desc), c$0])") == "path c attribute=index");
  CHECK(in_model("@@index([a], where: { b$0: 1 })") == "argument_name b attribute=index argument=where");
  CHECK(located("enum E {\n  A$0 @map(\"a\")\n}\n") == "enum_value_name A value=A");
  CHECK(located("enum E {\n  A @m$0ap(\"a\")\n}\n") == "attribute_name map value=A attribute=map");
  CHECK(located("datasource db {\n  ur$0l = env(\"X\")\n}\n") == "property_key url property=url");
  CHECK(located("datasource db {\n  url = e$0nv(\"X\")\n}\n") == "function_name env property=url function=env");
}

TEST_CASE("locate: of two words that touch, the second one", "[syntax]") {
  CHECK(in_model("a[$0B]") == "field_type B field=a");
  CHECK(in_model("a Int@$0id") == "attribute_name id field=a attribute=id");
}

TEST_CASE("locate: what could be read of a broken field", "[syntax]") {
  CHECK(in_model("user Us$0er @relation(fields: [") == "field_type User field=user");
  CHECK(in_model("us$0er: User") == "field_name user field=user");
}

TEST_CASE("locate: every word is reported once, and lies where its text is", "[syntax]") {
  const auto file = File::parse(Document(
      "/// d\nmodel M {\n  a Int[] @id @x(1, b: \"c\", d: [e, f(g: H)], i: { j: k })\n  l: N @o\n  @@p([q])\n}\n"));
  const Block& block = *file->blocks().at(0).block;
  std::set<Offset> begins;
  std::string words;
  for_each_word(block, [&](const Located& word) {
    CHECK(begins.insert(word.token.range.begin).second);
    CHECK(block.text.substr(word.token.range.begin, word.token.range.size()) == word.token.text);
    words.append(word.token.text).append(" ");
  });
  CHECK(words == "model M a Int id x 1 b \"c\" d e f g H i j k p q l N o ");
}
