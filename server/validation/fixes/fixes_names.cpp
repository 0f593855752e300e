#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "support/ascii.h"
#include "syntax/characters.h"
#include "text/lines.h"
#include "validation/core/text_tools.h"
#include "validation/fixes/fix_context.h"
#include "validation/rules/reserved_names.h"

// Syntax, and names of declarations, fields and values.
namespace refract::validation {
namespace {

void close_at_end(FixContext& context) {
  const auto end = static_cast<text::Offset>(context.block.text.size());
  const std::string_view eol = text::line_break_of(context.block.text);
  const std::string_view before = context.block.text.ends_with('\n') ? std::string_view() : eol;
  context.diagnostic.fix("Close the block", {{context.at({end, end}), fmt::format("{}}}{}", before, eol)}}, true);
}

// What follows would remain without its first line.
bool opens_block(std::string_view line) {
  return std::ranges::count(line, '{') > std::ranges::count(line, '}');
}

// All lines up to the one that closes what the first one opens.
void comment_out_block(FixContext& context) {
  constexpr std::size_t kMostLines = 400;
  const std::string_view text = context.block.text;
  std::vector<BlockEdit> edits;
  std::ptrdiff_t depth = 0;
  for (std::size_t at = context.diagnostic.at.range.begin; at < text.size() && edits.size() < kMostLines;
       at = syntax::next_line(text, at)) {
    const std::string_view line = text.substr(at, syntax::line_end(text, at) - at);
    edits.push_back({context.at({static_cast<text::Offset>(at), static_cast<text::Offset>(at)}), "// "});
    depth += std::ranges::count(line, '{') - std::ranges::count(line, '}');
    if (depth > 0) continue;
    context.diagnostic.fix("Make the block a comment", std::move(edits));
    return;
  }
}

void comment_out(FixContext& context) {
  const text::Offset begin = context.diagnostic.at.range.begin;
  const std::string_view line = context.text(context.diagnostic.at.range);
  if (opens_block(line)) {
    comment_out_block(context);
  } else if (!line.starts_with("/*") && !line.starts_with(')') && !line.starts_with(']')) {
    context.diagnostic.fix("Make it a comment", {{context.at({begin, begin}), "// "}});
  }
}

void give_type(FixContext& context) {
  const auto after = context.diagnostic.at.range.begin + static_cast<text::Offset>(context.fact("field").size());
  context.diagnostic.fix("Make it a String", {{context.at({after, after}), " String"}});
}

// In the string literal around the offset. Those that are escaped, and those before a quote, are meant as they are.
std::vector<BlockEdit> doubled_backslashes(const FixContext& context, text::Offset at) {
  const std::string_view text = context.block.text;
  const std::size_t end = syntax::line_end(text, at);
  const std::size_t line_break = text.substr(0, at).find_last_of("\r\n");
  std::size_t string = line_break == std::string_view::npos ? 0 : line_break + 1;
  for (string = text.find('"', string); string < at;) {
    const std::size_t closed = syntax::string_end(text, string);
    if (closed > at) break;
    string = text.find('"', closed);
  }
  std::vector<BlockEdit> edits;
  if (string >= at) return edits;
  for (std::size_t i = string + 1; i + 1 < end && text[i] != '"'; ++i) {
    if (text[i] != '\\') continue;
    if (text[i + 1] == '\\' || text[i + 1] == '"') {
      ++i;
      continue;
    }
    const auto place = static_cast<text::Offset>(i);
    edits.push_back({context.at({place, place}), "\\"});
  }
  return edits;
}

void escape_backslash(FixContext& context) {
  for (const syntax::SyntaxError& error :
       std::ranges::equal_range(context.block.errors, context.diagnostic.at.range, {}, &syntax::SyntaxError::range)) {
    if (error.kind != syntax::SyntaxErrorKind::invalid_string) continue;
    const std::size_t place = context.text(error.range).find(error.subject);
    if (place == std::string_view::npos || !error.subject.starts_with('\\')) return;
    const text::Offset at = error.range.begin + static_cast<text::Offset>(place);
    if (error.subject == "\\'") {
      context.diagnostic.fix("Remove the backslash", {{context.at({at, at + 1}), ""}}, true);
    } else {
      // The escapes that are known may be meant as such, `\n`, or not: `C:\new\dir`.
      context.diagnostic.fix("Double all backslashes of this string", doubled_backslashes(context, at));
    }
    return;
  }
}

// A name like the wanted one that no declaration has.
std::string free_declaration_name(const FixContext& context, const std::string& wanted) {
  const auto is_free = [&](const std::string& name) {
    return !context.environment.snapshot->find(name) && !is_reserved_name(name, context.environment.version) &&
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
void rename_declaration(FixContext& context, const std::string& fresh, bool with_references) {
  const syntax::Block& block = context.block;
  std::vector<BlockEdit> edits{{context.at(block.name.range), fresh}};
  if (has_table(block) && !block.find_attribute("map")) {
    edits.push_back(add_member(block, fmt::format("@@map(\"{}\")", block.name.text)));
  }
  if (with_references) {
    for (const schema::Placed& placed : context.environment.snapshot->declarations()) {
      for (const schema::Field& field : placed->fields) {
        if (field.type_name != block.name.text || !field.syntax->type || field.kind == schema::TypeKind::scalar)
          continue;
        edits.push_back({{placed->block.get(), field.syntax->type->name.range}, fresh});
      }
    }
  }
  context.diagnostic.fix(fmt::format("Rename it to `{}`", fresh), std::move(edits));
}

void rename_reserved(FixContext& context) {
  if (context.declaration)
    rename_declaration(context, free_declaration_name(context, std::string(context.block.name.text) + "_"), true);
}

void rename_second(FixContext& context) {
  if (context.block.kind == syntax::BlockKind::datasource) return;
  const std::string name(context.block.name.text);
  if (context.block.kind == syntax::BlockKind::generator) {
    context.diagnostic.fix(fmt::format("Rename it to `{}2`", name),
                           {{context.at(context.block.name.range), name + "2"}});
  } else {
    rename_declaration(context, free_declaration_name(context, name + "2"), false);
  }
}

// How often a word occurs in a text.
std::size_t count_of(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++count;
  return count;
}

// Where an enum's value is the default of a field.
std::vector<BlockEdit> renamed_defaults(const FixContext& context, std::string_view value, const std::string& fresh) {
  constexpr std::size_t kMostDeclarations = 1000;  // in a larger schema the fix is not offered if it has such defaults
  std::vector<BlockEdit> edits;
  const auto declarations = context.environment.snapshot->declarations();
  if (declarations.size() > kMostDeclarations) return edits;
  for (const schema::Placed& placed : declarations) {
    for (const schema::Field& field : placed->fields) {
      if (field.type_name != context.block.name.text || !field.default_value || !field.default_value->expression)
        continue;
      for (const syntax::Expression& element : elements_of(*field.default_value->expression))
        if (element.is_path(value)) edits.push_back({{placed->block.get(), element.range}, fresh});
    }
  }
  return edits;
}

void write_underscores(FixContext& context) {
  const std::string name(context.text(context.diagnostic.at.range));
  std::string fresh = name;
  std::ranges::replace(fresh, '-', '_');
  if (context.diagnostic.at.range == context.block.name.range) {
    if (context.declaration && !context.environment.snapshot->find(fresh)) rename_declaration(context, fresh, true);
    return;
  }
  // What else names the field would have to follow.
  if (count_of(context.block.text, name) != 1 || context.block.find_field(fresh) || context.block.find_value(fresh))
    return;
  std::vector<BlockEdit> edits{{context.diagnostic.at, fresh}};
  const auto value = std::ranges::find_if(context.block.values, [&](const syntax::EnumValue& one) {
    return one.name.range == context.diagnostic.at.range;
  });
  const std::string map = fmt::format(" @map(\"{}\")", name);
  if (context.field && context.field->name.range == context.diagnostic.at.range) {
    const schema::Field* field = context.schema_field();
    if (field && field->is_stored() && !context.field->find_attribute("map")) {
      edits.push_back({context.at({context.field->range.end, context.field->range.end}), map});
    }
  } else if (value == context.block.values.end()) {
    return;
  } else if (!value->find_attribute("map")) {
    edits.push_back({context.at({value->range.end, value->range.end}), map});
  }
  if (context.block.kind == syntax::BlockKind::enumeration) {
    std::ranges::move(renamed_defaults(context, name, fresh), std::back_inserter(edits));
    context.diagnostic.looks_around = true;
  }
  context.diagnostic.fix(fmt::format("Rename it to `{}`", fresh), std::move(edits), true);
}

void begin_with_letter(FixContext& context) {
  const std::string name(context.text(context.diagnostic.at.range));
  if (context.diagnostic.at.range == context.block.name.range) {
    const std::string_view prefix = context.block.kind == syntax::BlockKind::enumeration ? "E" : "M";
    if (!context.declaration) return;
    rename_declaration(context, free_declaration_name(context, std::string(prefix) + name), true);
    context.diagnostic.fixes.back().preferred = true;
    return;
  }
  std::string fresh;
  auto edits = rename_digit_member(context.environment.mistakes(), context.block, name, fresh);
  context.diagnostic.looks_around = true;
  if (!edits.empty()) context.diagnostic.fix(fmt::format("Rename it to `{}`", fresh), std::move(edits), true);
}

void clean_client_name(FixContext& context) {
  const syntax::Argument* argument = context.attribute ? context.attribute->find_argument("name") : nullptr;
  if (!argument || !argument->value) return;
  std::string name = argument->value->value;
  std::ranges::replace_if(
      name, [](char c) { return !ascii::is_letter_or_digit(c); }, '_');
  context.diagnostic.fix(fmt::format("Change to `{}`", name),
                         {{context.at(argument->value->range), fmt::format("\"{}\"", name)}}, true);
}

// The name belongs to a key that the diagnostic points to.
void remove_client_name(FixContext& context) {
  if (context.diagnostic.related.empty() || context.diagnostic.related.front().first.block != &context.block) return;
  const syntax::Attribute* key = attribute_at(context.block, context.diagnostic.related.front().first.range.begin);
  if (!key) return;
  constexpr std::array<std::string_view, 1> kName = {"name"};
  auto edits = without_arguments(context.block, *key, kName);
  if (!edits.empty()) context.diagnostic.fix("Remove the key's name", std::move(edits));
}

void remove_map(FixContext& context) {
  const syntax::Attribute* map = context.field ? context.field->find_attribute("map") : nullptr;
  if (map) context.diagnostic.fix("Remove @map", {remove_attribute(context.block, *map)});
}

void remove_block_map(FixContext& context) {
  const syntax::Attribute* map = context.block.find_attribute("map");
  if (map) context.diagnostic.fix("Remove @@map", {remove_attribute(context.block, *map)});
}

struct FixRule {
  Code code;
  void (*apply)(FixContext& context);
};

constexpr FixRule kFixRules[] = {
    {"unterminated-block", close_at_end},
    {"invalid-line", comment_out},
    {"invalid-member", comment_out},
    {"field-without-type", give_type},
    {"invalid-escape", escape_backslash},
    {"duplicate-name", rename_second},
    {"reserved-scalar-name", rename_second},
    {"reserved-name", rename_reserved},
    {"name-with-hyphen", write_underscores},
    {"name-starts-with-digit", begin_with_letter},
    {"client-name-characters", clean_client_name},
    {"client-name-is-field", remove_client_name},
    {"duplicate-column", remove_map},
    {"duplicate-enum-type", remove_block_map},
};

}  // namespace

void fix_names(FixContext& context) {
  for (const FixRule& rule : kFixRules) {
    if (rule.code == context.diagnostic.code) rule.apply(context);
  }
}

}  // namespace refract::validation
