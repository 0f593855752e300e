#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/reserved_names.h"
#include "validation/rules/rules.h"

namespace refract::validation {
namespace {

// Names that Prisma Client could not use: its own class and JavaScript's keywords.
constexpr std::array<std::string_view, 42> kReservedNames{
    "PrismaClient", "break",   "case",    "catch",      "class",  "const",      "continue",  "debugger", "default",
    "delete",       "do",      "else",    "enum",       "export", "extends",    "false",     "finally",  "for",
    "function",     "if",      "in",      "implements", "import", "instanceof", "interface", "let",      "new",
    "null",         "package", "private", "protected",  "public", "return",     "super",     "switch",   "this",
    "throw",        "true",    "try",     "typeof",     "var",    "void"};
constexpr std::array<std::string_view, 3> kMoreReservedNames{"while", "with", "yield"};
constexpr std::array<std::string_view, 3> kReservedFrom6{"async", "await", "using"};

void check_identifier(Subject& subject, const syntax::Token& name, std::string_view what) {
  if (name.text.empty()) return;
  if (name.text.front() >= '0' && name.text.front() <= '9') {
    subject.report
        .error("name-starts-with-digit", subject.at(name.range),
               fmt::format("The {} name `{}` begins with a digit.", what, name.text))
        .advise("Begin it with a letter; `@map` or `@@map` keeps the name in the database.")
        .fact("name", std::string(name.text));
  } else if (name.text.find('-') != std::string_view::npos) {
    subject.report
        .error("name-with-hyphen", subject.at(name.range),
               fmt::format("The {} name `{}` contains a hyphen.", what, name.text))
        .advise("Use an underscore or another spelling; `@map` or `@@map` keeps the name in the database.")
        .fact("name", std::string(name.text));
  }
}

void check_attribute_names(Subject& subject, const std::vector<syntax::Attribute>& attributes) {
  for (const syntax::Attribute& attribute : attributes) check_identifier(subject, attribute.name, "attribute");
}

void check_reserved(Subject& subject) {
  const syntax::Block& block = subject.block();
  if (!is_reserved_name(block.name.text, subject.environment.version)) return;
  subject.report
      .error(
          "reserved-name", subject.whole(),
          fmt::format("The {} name `{}` is reserved for Prisma Client or JavaScript.", subject.kind(), block.name.text))
      .advise("Choose another name and keep the one in the database with `@@map`.")
      .fact("name", std::string(block.name.text));
}

void check_members(Subject& subject) {
  const syntax::Block& block = subject.block();
  const bool composite = block.kind == syntax::BlockKind::composite_type;
  std::unordered_set<std::string_view> seen;
  for (const syntax::Field& field : block.fields) {
    if (!composite) {
      check_identifier(subject, field.name, "field");
      check_attribute_names(subject, field.attributes);
    }
    if (!seen.insert(field.name.text).second) {
      subject.report
          .error("duplicate-field", subject.at(field.name.range),
                 fmt::format("The {} `{}` already has a field `{}`.", subject.kind(), block.name.text, field.name.text))
          .advise("Remove one of them, or give it another name.")
          .see(subject.at(block.find_field(field.name.text)->name.range), "The first one is here.")
          .fact("declaration", std::string(block.name.text))
          .fact("field", std::string(field.name.text))
          .fix(fmt::format("Remove the second `{}`", field.name.text), {remove_line(block, field.range)});
    }
  }
  for (const syntax::EnumValue& value : block.values) {
    check_identifier(subject, value.name, "enum value");
    check_attribute_names(subject, value.attributes);
    if (!seen.insert(value.name.text).second) {
      subject.report
          .error("duplicate-enum-value", subject.at(value.line),
                 fmt::format("The enum `{}` already has a value `{}`.", block.name.text, value.name.text))
          .advise("Remove one of them.")
          .see(subject.at(block.find_value(value.name.text)->name.range), "The first one is here.")
          .fact("enum", std::string(block.name.text))
          .fact("value", std::string(value.name.text))
          .fix(fmt::format("Remove the second `{}`", value.name.text), {remove_line(block, value.range)}, true);
    }
  }
}

}  // namespace

bool is_reserved_name(std::string_view name, schema::PrismaVersion version) {
  return (version >= schema::PrismaVersion::v6 && std::ranges::find(kReservedFrom6, name) != kReservedFrom6.end()) ||
         std::ranges::find(kReservedNames, name) != kReservedNames.end() ||
         std::ranges::find(kMoreReservedNames, name) != kMoreReservedNames.end();
}

std::string_view Subject::kind() const {
  switch (declaration.kind) {
    case syntax::BlockKind::view:
      return "view";
    case syntax::BlockKind::enumeration:
      return "enum";
    case syntax::BlockKind::composite_type:
      return "type";
    default:
      return "model";
  }
}

void check_names(Subject& subject) {
  const syntax::Block& block = subject.block();
  check_identifier(subject, block.name, subject.kind());
  if (block.kind != syntax::BlockKind::composite_type) {
    check_reserved(subject);
    check_attribute_names(subject, block.attributes);
  }
  check_members(subject);
}

}  // namespace refract::validation
