#include "features/signature_help.h"

#include "features/fixture.h"
#include "schema/attributes.h"

using namespace refract;
using test::fixture;

namespace {

// The name before the parenthesis and the active parameter's label; empty: no help.
std::string active(std::string_view marked) {
  INFO(marked);
  const auto made = fixture(marked);
  const auto help = features::signature_help(*made.snapshot, made.cursor);
  if (!help) return {};
  for (const auto& parameter : help->parameters) CHECK(help->label.find(parameter.label) != std::string::npos);
  std::string out = help->label.substr(0, help->label.find('('));
  if (help->active) {
    REQUIRE(*help->active < help->parameters.size());
    out += ' ';
    out += help->parameters[*help->active].label;
  }
  return out;
}

std::string in_model(std::string_view line) {
  return "datasource db {\n  provider = \"postgresql\"\n}\nmodel A {\n  " + std::string(line) + "\n}\n";
}

}  // namespace

TEST_CASE("signature help: the argument that is named, or needs no name", "[signature]") {
  CHECK(active(in_model("b B @relation($0)")) == "@relation name?: String");
  CHECK(active(in_model("b B @relation(\"x$0\")")) == "@relation name?: String");
  CHECK(active(in_model("b B @relation(fields: [b$0Id], references: [id])")) == "@relation fields?: [Field]");
  CHECK(active(in_model("b B @relation(fields: [bId], references: [id], onDelete: $0)")) ==
        "@relation onDelete?: Action");
  CHECK(active(in_model("b B @relation(fields: [bId], onU$0)")) == "@relation onUpdate?: Action");
  CHECK(active(in_model("b B @relation(fields: [bId], $0)")) == "@relation");
  CHECK(active(in_model("@@index([a$0])")) == "@@index fields: [Field]");
  CHECK(active(in_model("@@unique([a], map: \"$0\")")) == "@@unique map?: String");
}

TEST_CASE("signature help: functions and native types", "[signature]") {
  CHECK(active(in_model("id String @default(uuid($0))")) == "uuid value?");
  CHECK(active(in_model("id String @default($0)")) == "@default value: Value");
  CHECK(active(in_model("id Decimal @db.Decimal(10, $0)")) == "@db.Decimal scale?: Int");
  CHECK(active(in_model("id String @db.VarChar($0)")) == "@db.VarChar size?: Int");
}

TEST_CASE("signature help: on half-typed text, on CRLF, and nowhere else", "[signature]") {
  CHECK(active("model A {\r\n  b B @relation(fields: [$0") == "@relation fields?: [Field]");
  CHECK(active("model A {\r\n  id Int @id(map: $0\r\n  x Int\r\n}\r\n") == "@id map?: String");
  CHECK(active(in_model("id Int @i$0d")).empty());
  CHECK(active(in_model("id Int @nonsense($0)")).empty());
  CHECK(active("// @relation($0)\n").empty());
  CHECK(active("$0").empty());
}

TEST_CASE("signature help: every attribute with arguments has one, from the one table", "[signature]") {
  for (const schema::AttributeSpec& spec : schema::attributes()) {
    const std::string name = (spec.block ? "@@" : "@") + std::string(spec.name);
    const std::string shown = active(in_model((spec.block ? name : "f Int " + name) + "($0)"));
    CHECK(shown.empty() == spec.arguments.empty());
    if (!shown.empty()) CHECK(shown.starts_with(name));
  }
}
