#include "validation/doubt.h"

#include <algorithm>
#include <array>

#include "syntax/characters.h"
#include "text/lines.h"

namespace refract::validation {
namespace {

constexpr std::array<std::string_view, 6> kKeywords = {"model", "view", "type", "enum", "datasource", "generator"};

// Findings about a name that is not there, which may well stand in a line that cannot be read.
constexpr std::array<std::string_view, 9> kOwnNames = {
    "unknown-id-field",       "unknown-index-field",     "unknown-shard-key-field",
    "relation-unknown-field", "condition-unknown-field", "empty-enum",
    "missing-property",       "relation-without-fields", "relation-without-references"};
constexpr std::array<std::string_view, 3> kOtherNames = {"relation-unknown-reference", "default-unknown-enum-value",
                                                         "unknown-index-field"};
constexpr std::array<std::string_view, 3> kFeatures = {"attribute-needs-preview", "property-needs-preview",
                                                       "view-needs-preview"};

// Findings that a field of a type which is declared nowhere has, since it counts as a relation.
constexpr std::array<std::string_view, 9> kAsRelation = {
    "relation-in-index",      "relation-in-id",           "relation-in-shard-key",
    "relation-over-relation", "condition-relation-field", "id-on-relation",
    "unique-on-relation",     "default-on-relation",      "map-on-relation"};

bool is_one_of(std::string_view code, std::span<const std::string_view> codes) {
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
  return is_one_of(words.first, kKeywords) && !words.second.empty();
}

bool begins_block(std::string_view line) {
  return is_header(line) && words_of(line).opens;
}

// Of the lines between blocks: of lines that belong together the first one. A header without its brace belongs with
// all lines up to the closing one.
std::vector<Finding> told_between_blocks(const std::vector<Finding>& findings, const syntax::Block& block) {
  std::vector<Finding> told;
  bool in_body = false;
  text::Offset last_end = 0;
  bool any_before = false;
  for (const Finding& finding : findings) {
    const std::string_view line = text_of(block, finding.at.range);
    const bool is_line = finding.code == "invalid-line" || finding.code == "unterminated-block";
    const std::string_view between = text_of(block, {last_end, std::max(last_end, finding.at.range.begin)});
    const bool adjacent = any_before && text::is_blank(between);
    if (is_line) {
      any_before = true;
      last_end = finding.at.range.end;
      if (in_body) {
        in_body = !line.starts_with('}');
        continue;
      }
      if (adjacent && !is_header(line)) continue;
      in_body = is_header(line);
    }
    told.push_back(finding);
  }
  return told;
}

// Where a block begins inside of another one, because that is not closed; the text's end: nowhere.
text::Offset swallowed_from(const std::vector<Finding>& findings, const syntax::Block& block) {
  for (const Finding& finding : findings) {
    if (finding.code == "invalid-member" && begins_block(text_of(block, finding.at.range))) {
      return finding.at.range.begin;
    }
  }
  return static_cast<text::Offset>(block.text.size());
}

// Whether a finding is about what stands behind the place, or about a declaration as a whole of which that is part.
bool reaches(const Finding& finding, const syntax::Block& block, text::Offset place) {
  const auto lies_behind = [&](const Place& at) { return at.block == &block && at.range.end > place; };
  return lies_behind(finding.at) ||
         std::ranges::any_of(finding.related, [&](const auto& related) { return lies_behind(related.first); });
}

}  // namespace

void note_unread(const syntax::Block& block, Doubt& doubt) {
  if (block.kind == syntax::BlockKind::datasource) doubt.database = true;
  if (block.kind == syntax::BlockKind::generator) doubt.features = true;
  if (block.has_fields() || block.kind == syntax::BlockKind::enumeration) doubt.unread.emplace(block.name.text);
  for (const syntax::SyntaxError& error : block.errors) {
    using Kind = syntax::SyntaxErrorKind;
    if (error.kind == Kind::unterminated_block) doubt.open_end = true;
    if (error.kind != Kind::unterminated_block && error.kind != Kind::invalid_line &&
        error.kind != Kind::invalid_member && error.kind != Kind::unknown_block) {
      continue;
    }
    const Words words = words_of(text_of(block, error.range));
    if (words.second.empty()) continue;
    if (words.first == "datasource") doubt.database = true;
    if (words.first == "generator") doubt.features = true;
    doubt.hidden.emplace(words.second);
  }
}

std::vector<Finding> told_of(const std::vector<Finding>& findings, const syntax::Block& block,
                             std::span<const std::string_view> mentions, const Doubt& doubt) {
  if (block.kind == syntax::BlockKind::filler) return told_between_blocks(findings, block);
  const bool unread = !block.errors.empty();
  const bool mentions_unread =
      std::ranges::any_of(mentions, [&](std::string_view name) { return doubt.unread.contains(name); });
  const text::Offset swallowed = swallowed_from(findings, block);
  const bool types_in_doubt = doubt.open_end || std::ranges::any_of(mentions, [&](std::string_view name) {
                                return doubt.hidden.contains(name);
                              });
  std::vector<Finding> told;
  for (const Finding& finding : findings) {
    if (types_in_doubt && is_one_of(finding.code, kAsRelation)) continue;
    if (finding.at.range.begin != swallowed && reaches(finding, block, swallowed)) continue;
    if (unread && is_one_of(finding.code, kOwnNames)) continue;
    if (mentions_unread && is_one_of(finding.code, kOtherNames)) continue;
    if (doubt.features && is_one_of(finding.code, kFeatures)) continue;
    if (finding.code == "unknown-type" && (doubt.open_end || doubt.hidden.contains(text_of(block, finding.at.range)))) {
      continue;
    }
    told.push_back(finding);
  }
  return told;
}

}  // namespace refract::validation
