#include "syntax/cursor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/catch.h"

using namespace refract::syntax;
using refract::text::Document;
using refract::text::Offset;

namespace {

std::string_view place_name(CursorPlace place) {
  switch (place) {
    case CursorPlace::none:
      return "none";
    case CursorPlace::top_level:
      return "top_level";
    case CursorPlace::block_name:
      return "block_name";
    case CursorPlace::field_name:
      return "field_name";
    case CursorPlace::field_type:
      return "field_type";
    case CursorPlace::field_attribute:
      return "field_attribute";
    case CursorPlace::block_attribute:
      return "block_attribute";
    case CursorPlace::attribute_argument:
      return "attribute_argument";
    case CursorPlace::argument_value:
      return "argument_value";
    case CursorPlace::array_element:
      return "array_element";
    case CursorPlace::function_argument:
      return "function_argument";
    case CursorPlace::enum_value:
      return "enum_value";
    case CursorPlace::property_key:
      return "property_key";
    case CursorPlace::property_sign:
      return "property_sign";
    case CursorPlace::property_value:
      return "property_value";
    case CursorPlace::string_content:
      return "string_content";
  }
  return "?";
}

// What the cursor at `$0` says, in one line; what it says nothing of is left out. `typed|rest` is the word.
std::string cursor_in(std::string fixture) {
  const std::size_t at = fixture.find("$0");
  REQUIRE(at != std::string::npos);
  fixture.erase(at, 2);
  const auto file = File::parse(Document(fixture));
  const Cursor cursor = cursor_at(*file, static_cast<Offset>(at));
  std::string out(place_name(cursor.place));
  const std::string_view word = file->document().text().substr(cursor.word.begin, cursor.word.size());
  if (!word.empty()) {
    CHECK(word.starts_with(cursor.word_text));
    out += fmt::format(" {}|{}", cursor.word_text, word.substr(cursor.word_text.size()));
  } else {
    CHECK(cursor.word.begin == at);
  }
  const auto add = [&](std::string_view what, std::string_view value) {
    if (!value.empty()) out += fmt::format(" {}={}", what, value);
  };
  if (cursor.block) add("block", cursor.block->block->name.text);
  if (cursor.field) add("parsed", cursor.field->name.text);
  add("field", cursor.field_name);
  add("type", cursor.field_type_name);
  add("property", cursor.property);
  add("attribute", cursor.attribute);
  add("function", cursor.function);
  add("argument", cursor.argument);
  if (!cursor.given_arguments.empty()) out += fmt::format(" given={}", fmt::join(cursor.given_arguments, ","));
  if (cursor.argument_index > 0) out += fmt::format(" index={}", cursor.argument_index);
  return out;
}

std::string in_model(std::string_view line) {
  return cursor_in(fmt::format("model M {{\n  id Int @id\n{}\n}}\n", line));
}
std::string in_enum(std::string_view line) {
  return cursor_in(fmt::format("enum E {{\n  A\n{}\n}}\n", line));
}
std::string in_source(std::string_view line) {
  return cursor_in(fmt::format("datasource db {{\n{}\n}}\n", line));
}

}  // namespace

TEST_CASE("cursor: at top level", "[syntax]") {
  CHECK(cursor_in("$0") == "top_level");
  CHECK(cursor_in("mo$0") == "top_level mo|");
  CHECK(cursor_in("mo$0del A {\n}\n") == "top_level mo|del");
  CHECK(cursor_in("model A {\n}\n$0") == "top_level");
  CHECK(cursor_in("model A {\n}\n\n  $0\n\nmodel B {\n}\n") == "top_level");
  CHECK(cursor_in("model A {\n} en$0") == "top_level en|");
  CHECK(cursor_in("model $0") == "block_name");
  CHECK(cursor_in("model Us$0er {\n}\n") == "block_name Us|er block=User");
  CHECK(cursor_in("model User $0{\n}\n") == "none block=User");
  CHECK(cursor_in("model User { $0\n}\n") == "none block=User");
  CHECK(cursor_in("junk $0") == "none");
  CHECK(cursor_in("// mod$0\nmodel A {\n}\n") == "none");
  CHECK(cursor_in("// mod\n$0\nmodel A {\n}\n") == "top_level");
}

TEST_CASE("cursor: name and type of a field", "[syntax]") {
  CHECK(in_model("  $0") == "field_name block=M");
  CHECK(in_model("$0") == "field_name block=M");
  CHECK(in_model("  na$0me") == "field_name na|me block=M parsed=name field=name");
  CHECK(in_model("  name $0") == "field_type block=M parsed=name field=name");
  CHECK(in_model("  name Str$0") == "field_type Str| block=M parsed=name field=name type=Str");
  CHECK(in_model("  name Str$0ing? @id") == "field_type Str|ing block=M parsed=name field=name type=String");
  CHECK(in_model("  name: $0") == "field_type block=M parsed=name field=name");
  CHECK(in_model("  names String[$0]") == "none block=M parsed=names field=names type=String");
  CHECK(in_model("  größe Str$0") == "field_type Str| block=M parsed=größe field=größe type=Str");
  CHECK(cursor_in("model M {\n  id Int\n  $0}\n") == "field_name block=M");
}

TEST_CASE("cursor: attributes of fields and blocks", "[syntax]") {
  CHECK(in_model("  a Int $0") == "field_attribute block=M parsed=a field=a type=Int");
  CHECK(in_model("  a Int$0 ") == "field_type Int| block=M parsed=a field=a type=Int");
  CHECK(in_model("  a Int? @$0") == "field_attribute block=M parsed=a field=a type=Int");
  CHECK(in_model("  a Int @de$0") == "field_attribute de| block=M parsed=a field=a type=Int");
  CHECK(in_model("  a String @db.$0") == "field_attribute db.| block=M parsed=a field=a type=String");
  CHECK(in_model("  a String @db.Var$0Char(3)") == "field_attribute db.Var|Char block=M parsed=a field=a type=String");
  CHECK(in_model("  a Int @id $0@map(\"x\")") == "field_attribute block=M parsed=a field=a type=Int");
  CHECK(in_model("  a Int @id @$0 @map(\"x\")") == "field_attribute block=M parsed=a field=a type=Int");
  CHECK(in_model("  a Int @map(\"x\")$0") == "field_attribute block=M parsed=a field=a type=Int");
  CHECK(in_model("  @@$0") == "block_attribute block=M");
  CHECK(in_model("  @@in$0dex([id])") == "block_attribute in|dex block=M");
  CHECK(in_model("  @$0") == "block_attribute block=M");
  CHECK(in_enum("  B @$0") == "field_attribute block=E field=B");
  CHECK(in_enum("  @@ma$0") == "block_attribute ma| block=E");
}

TEST_CASE("cursor: arguments, arrays and functions", "[syntax]") {
  CHECK(in_model("  u User @relation($0)") ==
        "attribute_argument block=M parsed=u field=u type=User attribute=relation");
  CHECK(in_model("  u User @relation(fi$0)") ==
        "attribute_argument fi| block=M parsed=u field=u type=User attribute=relation");
  CHECK(in_model("  u User @relation(fields: $0, references: [id])") ==
        "argument_value block=M parsed=u field=u type=User attribute=relation argument=fields "
        "given=fields,references");
  CHECK(in_model("  u User @relation(fields: [$0") ==
        "array_element block=M parsed=u field=u type=User attribute=relation argument=fields given=fields");
  CHECK(in_model("  u User @relation(fields: [a, b$0], references: [id])") ==
        "array_element b| block=M parsed=u field=u type=User attribute=relation argument=fields "
        "given=fields,references");
  CHECK(in_model("  u User @relation(\"x\", $0)") ==
        "attribute_argument block=M parsed=u field=u type=User attribute=relation index=1");
  CHECK(in_model("  u User @relation(fields: [id], onDelete: Cas$0") ==
        "argument_value Cas| block=M parsed=u field=u type=User attribute=relation argument=onDelete "
        "given=fields,onDelete index=1");
  CHECK(in_model("  u User @relation(fields: [id] $0)") ==
        "none block=M parsed=u field=u type=User attribute=relation argument=fields given=fields");
  CHECK(in_model("  @@index([$0])") == "array_element block=M attribute=index");
  CHECK(in_model("  @@index([a, b(so$0)])") == "function_argument so| block=M attribute=index function=b");
  CHECK(in_model("  @@index([a, b(sort: $0)])") ==
        "function_argument block=M attribute=index function=b argument=sort given=sort");
  CHECK(in_model("  @@index(fields: [a], na$0me: \"x\")") ==
        "attribute_argument na|me block=M attribute=index given=fields index=1");
  CHECK(in_model("  a Int @default(auto$0)") ==
        "attribute_argument auto| block=M parsed=a field=a type=Int attribute=default");
  CHECK(in_model("  a Int @default(autoincrement($0)") ==
        "function_argument block=M parsed=a field=a type=Int attribute=default function=autoincrement");
}

TEST_CASE("cursor: strings and comments", "[syntax]") {
  CHECK(in_model("  a Int @map(\"na$0me\")") == "string_content na|me block=M parsed=a field=a type=Int attribute=map");
  CHECK(in_model("  a Int @map(name: \"$0") ==
        "string_content block=M parsed=a field=a type=Int attribute=map argument=name given=name");
  CHECK(in_model("  a Unsupported(\"$0\")") ==
        "string_content block=M parsed=a field=a type=Unsupported function=Unsupported");
  CHECK(in_model("  a Int // the @$0") == "none block=M parsed=a field=a type=Int");
  CHECK(in_model("  // the $0") == "none block=M");
  CHECK(in_model("  /* one\n two$0 \n*/") == "none block=M");
  CHECK(in_model("  /* one */ $0") == "field_name block=M");
}

TEST_CASE("cursor: values of an enum, properties of a datasource", "[syntax]") {
  CHECK(in_enum("  B$0") == "enum_value B| block=E field=B");
  CHECK(in_enum("  $0") == "enum_value block=E");
  CHECK(in_source("  prov$0") == "property_key prov| block=db property=prov");
  CHECK(in_source("  provider $0") == "property_sign block=db property=provider");
  CHECK(in_source("  provider = $0") == "property_value block=db property=provider");
  CHECK(in_source("  provider = \"post$0\"") == "string_content post| block=db property=provider");
  CHECK(in_source("  schemas = [$0]") == "array_element block=db property=schemas");
  CHECK(in_source("  url = env(\"$0\")") == "string_content block=db property=url function=env");
}

TEST_CASE("cursor: in a block that is not closed yet", "[syntax]") {
  CHECK(cursor_in("enum A {\n  X\n}\nmodel M {\n  id Int\n  na$0") == "field_name na| field=na");
  CHECK(cursor_in("model M {\n  a Int @$0\n") == "field_attribute field=a type=Int");
  CHECK(cursor_in("enum M {\n  $0") == "enum_value");
  CHECK(cursor_in("datasource db {\n  provider = $0\n") == "property_value property=provider");
}

TEST_CASE("cursor: any place of any text is answered", "[syntax]") {
  using namespace std::string_literals;
  const std::string text = "model A {\n  a B @c(d: [e(\"f\")\n /* g\n}\nfoo {\n}\ntype T = U\r\n\xff\xfe\0 {\n\""s;
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const auto file = File::parse(Document(text.substr(0, length)));
    for (Offset at = 0; at <= length; ++at) CHECK(cursor_at(*file, at).word.touches(at));
  }
}
