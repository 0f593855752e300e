#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "support/ascii.h"
#include "text/lines.h"
#include "validation/reserved_names.h"
#include "validation/spot.h"
#include "validation/text_tools.h"

// Syntax, and names of declarations, fields and values.
namespace refract::validation {
namespace {

constexpr std::array<std::string_view, 6> kKeywords = {"model", "view", "type", "enum", "datasource", "generator"};

void close_at_end(Spot& spot) {
  const auto end = static_cast<text::Offset>(spot.block.text.size());
  const std::string_view eol = text::line_break_of(spot.block.text);
  const std::string_view before = spot.block.text.ends_with('\n') ? std::string_view() : eol;
  spot.finding.fix("Close the block", {{spot.at({end, end}), fmt::format("{}}}{}", before, eol)}}, true);
}

bool begins_block(std::string_view line) {
  return line.find('{') != std::string_view::npos && std::ranges::any_of(kKeywords, [&](std::string_view keyword) {
           return line.starts_with(keyword) && line.size() > keyword.size() && line[keyword.size()] == ' ';
         });
}

void comment_out(Spot& spot) {
  const text::Offset begin = spot.finding.at.range.begin;
  const std::string_view line = spot.text(spot.finding.at.range);
  if (spot.finding.code == "invalid-member" && begins_block(line)) {
    const std::string_view eol = text::line_break_of(spot.block.text);
    spot.finding.fix("Close the block above", {{spot.at({begin, begin}), fmt::format("}}{}{}", eol, eol)}}, true);
  } else if (!line.starts_with("/*")) {
    spot.finding.fix("Make it a comment", {{spot.at({begin, begin}), "// "}});
  }
}

void give_type(Spot& spot) {
  const auto behind = spot.finding.at.range.begin + static_cast<text::Offset>(spot.fact("field").size());
  spot.finding.fix("Make it a String", {{spot.at({behind, behind}), " String"}});
}

void escape_backslash(Spot& spot) {
  for (const syntax::SyntaxError& error : spot.block.errors) {
    if (error.kind != syntax::SyntaxErrorKind::invalid_string || error.range != spot.finding.at.range) continue;
    const std::size_t place = spot.text(error.range).find(error.subject);
    if (place == std::string_view::npos || !error.subject.starts_with('\\')) return;
    const text::Offset at = error.range.begin + static_cast<text::Offset>(place);
    spot.finding.fix("Write the backslash itself", {{spot.at({at, at}), "\\"}}, true);
    return;
  }
}

// A name like the wanted one that no declaration has.
std::string free_declaration_name(const Spot& spot, const std::string& wanted) {
  const auto is_free = [&](const std::string& name) {
    return !spot.environment.snapshot->find(name) && !is_reserved_name(name, spot.environment.version) &&
           !schema::scalar_from(name);
  };
  if (is_free(wanted)) return wanted;
  for (int number = 2;; ++number) {
    if (std::string name = wanted + std::to_string(number); is_free(name)) return name;
  }
}

bool has_table(const syntax::Block& block) {
  return block.kind == syntax::BlockKind::model || block.kind == syntax::BlockKind::view ||
         block.kind == syntax::BlockKind::enumeration;
}

// Renames a declaration and what refers to it; @@map keeps its name in the database.
void rename_declaration(Spot& spot, const std::string& fresh, bool with_references) {
  const syntax::Block& block = spot.block;
  std::vector<BlockEdit> edits{{spot.at(block.name.range), fresh}};
  if (has_table(block) && !block.find_attribute("map")) {
    edits.push_back(add_member(block, fmt::format("@@map(\"{}\")", block.name.text)));
  }
  if (with_references) {
    for (const schema::Placed& placed : spot.environment.snapshot->declarations()) {
      for (const schema::Field& field : placed->fields) {
        if (field.type_name != block.name.text || !field.syntax->type || field.kind == schema::TypeKind::scalar)
          continue;
        edits.push_back({{placed->block.get(), field.syntax->type->name.range}, fresh});
      }
    }
  }
  spot.finding.fix(fmt::format("Rename it to `{}`", fresh), std::move(edits));
}

void rename_reserved(Spot& spot) {
  if (spot.declaration)
    rename_declaration(spot, free_declaration_name(spot, std::string(spot.block.name.text) + "_"), true);
}

void rename_second(Spot& spot) {
  if (spot.block.kind == syntax::BlockKind::datasource) return;
  const std::string name(spot.block.name.text);
  if (spot.block.kind == syntax::BlockKind::generator) {
    spot.finding.fix(fmt::format("Rename it to `{}2`", name), {{spot.at(spot.block.name.range), name + "2"}});
  } else {
    rename_declaration(spot, free_declaration_name(spot, name + "2"), false);
  }
}

// How often a word stands in a text.
std::size_t count_of(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++count;
  return count;
}

void write_underscores(Spot& spot) {
  const std::string name(spot.text(spot.finding.at.range));
  std::string fresh = name;
  std::ranges::replace(fresh, '-', '_');
  if (spot.finding.at.range == spot.block.name.range) {
    if (spot.declaration && !spot.environment.snapshot->find(fresh)) rename_declaration(spot, fresh, true);
    return;
  }
  // What else names the field would have to follow.
  if (count_of(spot.block.text, name) != 1 || spot.block.find_field(fresh) || spot.block.find_value(fresh)) return;
  std::vector<BlockEdit> edits{{spot.finding.at, fresh}};
  const auto value = std::ranges::find_if(
      spot.block.values, [&](const syntax::EnumValue& one) { return one.name.range == spot.finding.at.range; });
  const std::string map = fmt::format(" @map(\"{}\")", name);
  if (spot.field && spot.field->name.range == spot.finding.at.range) {
    const schema::Field* field = spot.schema_field();
    if (field && field->is_stored() && !spot.field->find_attribute("map")) {
      edits.push_back({spot.at({spot.field->range.end, spot.field->range.end}), map});
    }
  } else if (value == spot.block.values.end()) {
    return;
  } else if (!value->find_attribute("map")) {
    edits.push_back({spot.at({value->range.end, value->range.end}), map});
  }
  spot.finding.fix(fmt::format("Rename it to `{}`", fresh), std::move(edits), true);
}

void clean_client_name(Spot& spot) {
  const syntax::Argument* argument = spot.attribute ? spot.attribute->find_argument("name") : nullptr;
  if (!argument || !argument->value) return;
  std::string name = argument->value->value;
  std::ranges::replace_if(
      name, [](char c) { return !ascii::is_letter_or_digit(c); }, '_');
  spot.finding.fix(fmt::format("Change to `{}`", name),
                   {{spot.at(argument->value->range), fmt::format("\"{}\"", name)}}, true);
}

// The name stands at a key that the finding points to.
void remove_client_name(Spot& spot) {
  if (spot.finding.related.empty() || spot.finding.related.front().first.block != &spot.block) return;
  const syntax::Attribute* key = attribute_at(spot.block, spot.finding.related.front().first.range.begin);
  if (!key) return;
  constexpr std::array<std::string_view, 1> kName = {"name"};
  auto edits = without_arguments(spot.block, *key, kName);
  if (!edits.empty()) spot.finding.fix("Remove the key's name", std::move(edits));
}

void remove_map(Spot& spot) {
  const syntax::Attribute* map = spot.field ? spot.field->find_attribute("map") : nullptr;
  if (map) spot.finding.fix("Remove @map", {remove_attribute(spot.block, *map)});
}

void remove_block_map(Spot& spot) {
  const syntax::Attribute* map = spot.block.find_attribute("map");
  if (map) spot.finding.fix("Remove @@map", {remove_attribute(spot.block, *map)});
}

struct Remedy {
  std::string_view code;
  void (*apply)(Spot& spot);
};

constexpr Remedy kRemedies[] = {
    {"unterminated-block", close_at_end},
    {"invalid-line", comment_out},
    {"invalid-member", comment_out},
    {"field-without-type", give_type},
    {"invalid-escape", escape_backslash},
    {"duplicate-name", rename_second},
    {"reserved-scalar-name", rename_second},
    {"reserved-name", rename_reserved},
    {"name-with-hyphen", write_underscores},
    {"client-name-characters", clean_client_name},
    {"client-name-is-field", remove_client_name},
    {"duplicate-column", remove_map},
    {"duplicate-enum-type", remove_block_map},
};

}  // namespace

void remedy_names(Spot& spot) {
  for (const Remedy& remedy : kRemedies) {
    if (remedy.code == spot.finding.code) remedy.apply(spot);
  }
}

}  // namespace refract::validation
