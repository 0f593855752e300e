#include <fmt/format.h>

#include <algorithm>

#include "syntax/characters.h"
#include "text/lines.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/line.h"
#include "validation/rules/rules.h"

namespace refract::validation {
namespace {

std::string_view owner_of(const syntax::Block& block) {
  switch (block.kind) {
    case syntax::BlockKind::datasource:
      return "datasource";
    case syntax::BlockKind::generator:
      return "generator";
    case syntax::BlockKind::enumeration:
      return "enum";
    case syntax::BlockKind::view:
      return "view";
    case syntax::BlockKind::composite_type:
      return "type";
    default:
      return "model";
  }
}

std::string_view expected_in(const syntax::Block& block) {
  switch (block.kind) {
    case syntax::BlockKind::datasource:
    case syntax::BlockKind::generator:
      return "Write `key = value`.";
    case syntax::BlockKind::enumeration:
      return "Write one value per line, or a block attribute such as `@@map(\"…\")`.";
    default:
      return "Write a field as `name Type @attribute`, or a block attribute such as `@@index([…])`.";
  }
}

void replace_type(BlockDiagnostic& diagnostic, const syntax::Block& block, text::Range range, std::string title,
                  std::string type) {
  diagnostic.fix(std::move(title), {{{&block, range}, std::move(type)}}, true);
}

// Prisma 1 wrote `tags: [String!]!`: the type after the colon is rewritten too where it needs to be.
std::vector<BlockEdit> without_colon(const syntax::Block& block, text::Range colon) {
  std::vector<BlockEdit> edits{{{&block, colon}, ""}};
  const std::string_view text = block.text;
  const std::size_t begin = text.find_first_not_of(" \t", colon.end);
  if (begin == std::string_view::npos) return edits;
  const std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
  std::string type(text.substr(begin, end - begin));
  if (std::erase(type, '!') == 0 && !type.starts_with('[')) return edits;
  if (type.starts_with('[') && type.ends_with(']')) type = type.substr(1, type.size() - 2) + "[]";
  edits.push_back({{&block, {static_cast<text::Offset>(begin), static_cast<text::Offset>(end)}}, std::move(type)});
  return edits;
}

void report_syntax_error(const syntax::Block& block, const syntax::SyntaxError& error, Report& report) {
  using Kind = syntax::SyntaxErrorKind;
  const Place at{&block, error.range};
  const std::string_view text = std::string_view(block.text).substr(error.range.begin, error.range.size());
  switch (error.kind) {
    case Kind::invalid_line:
      report.error("invalid-line", at, "This line is not part of any block.")
          .advise(
              "Begin a block with `model`, `enum`, `view`, `type`, `generator` or `datasource`, or make the line a "
              "comment with `//`.");
      return;
    case Kind::invalid_member:
      report.error("invalid-member", at, fmt::format("This line is not valid inside the {}.", owner_of(block)))
          .advise(std::string(expected_in(block)));
      return;
    case Kind::unknown_block:
      report.error("unknown-block", at, "This block does not begin with a known keyword and a name.")
          .advise(
              "A block is a keyword (`model`, `enum`, `view`, `type`, `generator`, `datasource`), a name and braces.");
      return;
    case Kind::field_without_type:
      report.error("field-without-type", at, fmt::format("The field `{}` has no type.", error.subject))
          .advise("Write its type after the name: `title String`.")
          .fact("field", error.subject);
      return;
    case Kind::legacy_required: {
      BlockDiagnostic& diagnostic =
          report.error("legacy-required", at, "Fields are required unless marked `?`; `!` is not allowed.");
      diagnostic.advise("Remove the `!`.");
      replace_type(diagnostic, block, error.range, "Remove the `!`", std::string(text.substr(0, text.find('!'))));
      return;
    }
    case Kind::legacy_list: {
      BlockDiagnostic& diagnostic = report.error("legacy-list", at, "A list is written `Type[]`, not `[Type]`.");
      diagnostic.advise("Put the brackets after the type.");
      if (text.size() > 2) {
        replace_type(diagnostic, block, error.range, "Write the list as `Type[]`",
                     std::string(text.substr(1, text.size() - 2)) + "[]");
      }
      return;
    }
    case Kind::legacy_colon: {
      BlockDiagnostic& diagnostic =
          report.error("legacy-colon", at, "There is no colon between a field's name and its type.");
      diagnostic.advise("Remove the `:`.").fix("Remove the colon", without_colon(block, error.range), true);
      return;
    }
    case Kind::optional_list: {
      BlockDiagnostic& diagnostic =
          report.error("optional-list", at, "A list cannot be optional; use an empty list instead.");
      diagnostic.advise("Write `Type[]` for a list or `Type?` for one optional value.");
      replace_type(diagnostic, block, error.range, "Remove the `?`", std::string(text.substr(0, text.rfind('?'))));
      return;
    }
    case Kind::unterminated_block:
      report.error("unterminated-block", at, "This block has no closing brace.")
          .advise("Close it with `}` on a separate line.");
      return;
    case Kind::type_alias:
      report.error("type-alias", at, "Type aliases are no longer part of the Prisma schema language.")
          .advise("Write the type and its attributes at each field that used the alias.");
      return;
    case Kind::invalid_string:
      report.error("invalid-escape", at, fmt::format("`{}` is not an escape sequence.", error.subject))
          .advise(
              R"(Known escapes are \" \\ \/ \b \f \n \r \t and \u with four hexadecimal digits; a backslash itself is written \\.)");
      return;
  }
}

// The mistake that causes the error, with the text that it takes up.
std::optional<Mistake> mistake_at(const MistakeContext& context, const syntax::Block& block,
                                  const syntax::SyntaxError& error) {
  using Kind = syntax::SyntaxErrorKind;
  if (auto conflict = merge_conflict(context, block, error.range)) return conflict;
  if (error.kind == Kind::invalid_member) return mistake_in_member(context, block, error.range);
  if (error.kind == Kind::unknown_block) return mistake_in_unknown_block(context, block);
  if (error.kind != Kind::invalid_line && error.kind != Kind::unterminated_block) return std::nullopt;
  return mistake_between_blocks(context, block, error.range);
}

void report_mistake(const syntax::Block& block, const syntax::SyntaxError& error, const Mistake& mistake,
                    const syntax::SyntaxError& first, Report& report) {
  BlockDiagnostic& diagnostic = report.error(mistake.code, {&block, error.range}, mistake.message);
  if (!mistake.written.empty()) diagnostic.fact("line", mistake.written);
  if (mistake.place) diagnostic.see({&block, *mistake.place}, "It is here.");
  diagnostic.follows = &error != &first || mistake.begins;
  if (diagnostic.follows) {
    diagnostic.advise("Correct the mistake above first.")
        .see(mistake.begins.value_or(Place{&block, first.range}), "It is here.");
  } else {
    diagnostic.advise(mistake.help);
    if (!mistake.edits.empty()) diagnostic.fix(mistake.title, mistake.edits, mistake.certain);
    for (const BlockFix& choice : mistake.choices) diagnostic.fix(choice.title, choice.edits);
  }
}

}  // namespace

namespace {

// The values of an enum on the line of its brace, one on each line.
void offer_values_below(const MistakeContext& context, const syntax::Block& block, text::Range values,
                        BlockDiagnostic& diagnostic) {
  const std::string_view text = std::string_view(block.text).substr(values.begin, values.size());
  const auto body = corrected_body(context, block, block.kind, text);
  if (!body) return;
  std::string lines;
  for (const std::string& value : body->members) lines += fmt::format("{}  {}", text::line_break_of(block.text), value);
  const auto before = syntax::trim_space_end(block.text, block.header_range.end, values.begin);
  const bool several = body->members.size() > 1;
  diagnostic.advise(several ? "Write each value on a line of its own." : "Move it to a line of its own.")
      .fix(several ? "Write each value on a line of its own" : "Move it to a line of its own",
           {{{&block, {static_cast<text::Offset>(before), values.end}}, lines}}, body->certain);
}

}  // namespace

void check_member_after_brace(const MistakeContext& context, const syntax::Block& block, Report& report) {
  const auto ignored = syntax::member_after_brace(block);
  if (!ignored) return;
  const std::string text(std::string_view(block.text).substr(ignored->begin, ignored->size()));
  const std::string_view line_break = text::line_break_of(block.text);
  const auto before = syntax::trim_space_end(block.text, block.header_range.end, ignored->begin);
  BlockDiagnostic& diagnostic =
      report
          .warning("text-after-brace", {&block, *ignored},
                   fmt::format("Prisma ignores `{}`, because it is on the line of the opening brace.", text))
          .fact("text", text);
  if (block.kind == syntax::BlockKind::enumeration && !text.starts_with('@')) {
    offer_values_below(context, block, *ignored, diagnostic);
    return;
  }
  diagnostic.advise("Move it to a line of its own.")
      .fix("Move it to a line of its own",
           {{{&block, {static_cast<text::Offset>(before), ignored->begin}}, fmt::format("{}  ", line_break)}}, true);
}

// What is meant by a line takes longer to find out than to reject it, so that there is a limit for each block.
constexpr std::ptrdiff_t kMostMistakes = 1000;

void check_syntax(const Environment& environment, const syntax::Block& block, Report& report) {
  MistakeContext context = environment.mistakes();
  check_member_after_brace(context, block, report);
  if (block.errors.empty()) return;
  report.enter(Stage::syntax);
  bool looked_around = false;
  context.looked_around = &looked_around;
  const bool is_block = block.kind != syntax::BlockKind::filler && block.kind != syntax::BlockKind::unknown;
  // What a mistake takes up has no others.
  const syntax::SyntaxError* first = &block.errors.front();
  std::optional<Mistake> mistake = is_block ? block_on_one_line(context, block) : std::nullopt;
  for (const syntax::SyntaxError& error : block.errors) {
    if (!mistake || error.range.begin >= mistake->range.end) {
      const bool few = &error - block.errors.data() < kMostMistakes;
      mistake = few ? mistake_at(context, block, error) : std::nullopt;
      first = &error;
    }
    if (mistake)
      report_mistake(block, error, *mistake, *first, report);
    else
      report_syntax_error(block, error, report);
  }
  if (looked_around) report.diagnostics().back().looks_around = true;
  report.enter(Stage::local);
}

}  // namespace refract::validation
