#include "validation/core/uncertainty.h"

#include <algorithm>
#include <array>

#include "syntax/characters.h"
#include "text/lines.h"

namespace refract::validation {
namespace {

constexpr std::array<std::string_view, 6> kKeywords = {"model", "view", "type", "enum", "datasource", "generator"};

// Diagnostics about a name that is not there, which may well be in a line that cannot be read.
constexpr std::array<Code, 9> kOwnNames = {
    "unknown-id-field",       "unknown-index-field",     "unknown-shard-key-field",
    "relation-unknown-field", "condition-unknown-field", "empty-enum",
    "missing-property",       "relation-without-fields", "relation-without-references"};
constexpr std::array<Code, 3> kOtherNames = {"relation-unknown-reference", "default-unknown-enum-value",
                                             "unknown-index-field"};
constexpr std::array<Code, 3> kFeatures = {"attribute-needs-preview", "property-needs-preview", "view-needs-preview"};

// Diagnostics that a field of a type which is declared nowhere has, since it counts as a relation.
constexpr std::array<Code, 9> kAsRelation = {
    "relation-in-index",      "relation-in-id",           "relation-in-shard-key",
    "relation-over-relation", "condition-relation-field", "id-on-relation",
    "unique-on-relation",     "default-on-relation",      "map-on-relation"};

bool is_one_of(Code code, std::span<const Code> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

std::string_view text_of(const syntax::Block& block, text::Range range) {
  return std::string_view(block.text).substr(range.begin, range.size());
}

// A line's first two words. The second is empty where something else than a name follows.
struct Words {
  std::string_view first;
  std::string_view second;
  bool opens = false;  // "{" comes next
};

Words words_of(std::string_view line) {
  Words words;
  std::size_t at = syntax::skip_space(line, 0);
  words.first = line.substr(at, syntax::name_length(line, at));
  at = syntax::skip_space(line, at + words.first.size());
  words.second = line.substr(at, syntax::name_length(line, at));
  at = syntax::skip_space(line, at + words.second.size());
  words.opens = at < line.size() && line[at] == '{';
  return words;
}

bool is_header(std::string_view line) {
  const Words words = words_of(line);
  return std::ranges::find(kKeywords, words.first) != kKeywords.end() && !words.second.empty();
}

bool begins_block(std::string_view line) {
  return is_header(line) && words_of(line).opens;
}

// Of the lines between blocks: of lines that belong together the first one. A header without its brace belongs with
// all lines up to the closing one.
std::vector<BlockDiagnostic> reported_between_blocks(const std::vector<BlockDiagnostic>& diagnostics,
                                                     const syntax::Block& block) {
  std::vector<BlockDiagnostic> reported;
  bool in_body = false;
  text::Offset last_end = 0;
  bool any_before = false;
  for (const BlockDiagnostic& diagnostic : diagnostics) {
    const std::string_view line = text_of(block, diagnostic.at.range);
    const bool is_line = diagnostic.code != "type-alias";
    const std::string_view between = text_of(block, {last_end, std::max(last_end, diagnostic.at.range.begin)});
    const bool adjacent = any_before && text::is_blank(between);
    if (is_line) {
      any_before = true;
      last_end = diagnostic.at.range.end;
      if (in_body) {
        in_body = !line.starts_with('}');
        continue;
      }
      if (diagnostic.follows || (adjacent && !is_header(line))) continue;
      in_body = is_header(line) && diagnostic.code != "block-on-one-line";
    }
    reported.push_back(diagnostic);
  }
  return reported;
}

// Where a block begins inside of another one, because that is not closed; the text's end: nowhere.
text::Offset swallowed_from(const std::vector<BlockDiagnostic>& diagnostics, const syntax::Block& block) {
  for (const BlockDiagnostic& diagnostic : diagnostics) {
    const bool in_body = diagnostic.at.range.begin >= block.header_range.end;
    if (in_body && begins_block(text_of(block, diagnostic.at.range))) {
      return diagnostic.at.range.begin;
    }
  }
  return static_cast<text::Offset>(block.text.size());
}

// Whether a diagnostic is about what is after the place, or about a declaration as a whole of which that is part.
bool reaches(const BlockDiagnostic& diagnostic, const syntax::Block& block, text::Offset place) {
  const auto is_after = [&](const Place& at) { return at.block == &block && at.range.end > place; };
  return is_after(diagnostic.at) ||
         std::ranges::any_of(diagnostic.related, [&](const auto& related) { return is_after(related.first); });
}

}  // namespace

void note_unread(const syntax::Block& block, Uncertainty& uncertainty) {
  if (block.kind == syntax::BlockKind::datasource) uncertainty.database = true;
  if (block.kind == syntax::BlockKind::generator) uncertainty.features = true;
  if (block.has_fields() || block.kind == syntax::BlockKind::enumeration) uncertainty.unread.emplace(block.name.text);
  for (const syntax::SyntaxError& error : block.errors) {
    using Kind = syntax::SyntaxErrorKind;
    if (error.kind == Kind::unterminated_block) uncertainty.open_end = true;
    if (error.kind != Kind::unterminated_block && error.kind != Kind::invalid_line &&
        error.kind != Kind::invalid_member && error.kind != Kind::unknown_block) {
      continue;
    }
    const Words words = words_of(text_of(block, error.range));
    if (words.second.empty()) continue;
    if (words.first == "datasource") uncertainty.database = true;
    if (words.first == "generator") uncertainty.features = true;
    uncertainty.hidden.emplace(words.second);
  }
}

std::vector<BlockDiagnostic> reportable(const std::vector<BlockDiagnostic>& diagnostics, const syntax::Block& block,
                                        std::span<const std::string_view> mentions, const Uncertainty& uncertainty) {
  if (block.kind == syntax::BlockKind::filler) return reported_between_blocks(diagnostics, block);
  const bool unread = !block.errors.empty();
  const bool mentions_unread =
      std::ranges::any_of(mentions, [&](std::string_view name) { return uncertainty.unread.contains(name); });
  const text::Offset swallowed = swallowed_from(diagnostics, block);
  const bool uncertain_types = uncertainty.open_end || std::ranges::any_of(mentions, [&](std::string_view name) {
                                 return uncertainty.hidden.contains(name);
                               });
  std::vector<BlockDiagnostic> reported;
  for (const BlockDiagnostic& diagnostic : diagnostics) {
    if (diagnostic.follows) continue;
    if (uncertain_types && is_one_of(diagnostic.code, kAsRelation)) continue;
    if (diagnostic.at.range.begin != swallowed && reaches(diagnostic, block, swallowed)) continue;
    if (unread && is_one_of(diagnostic.code, kOwnNames)) continue;
    if (mentions_unread && is_one_of(diagnostic.code, kOtherNames)) continue;
    if (uncertainty.features && is_one_of(diagnostic.code, kFeatures)) continue;
    if ((diagnostic.code == "unknown-type" || diagnostic.code == "other-type") &&
        (uncertainty.open_end || uncertainty.hidden.contains(text_of(block, diagnostic.at.range)))) {
      continue;
    }
    reported.push_back(diagnostic);
  }
  return reported;
}

}  // namespace refract::validation
