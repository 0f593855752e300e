#include "syntax/format.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "syntax/format_block.h"
#include "syntax/format_scanner.h"
#include "syntax/format_table.h"

namespace refract::syntax {
namespace {

Dialect dialect_of(unsigned prisma) {
  return {.letters = prisma >= 6, .block_comments = prisma >= 6, .objects = prisma >= 7};
}

// `type Name = Other @attribute`, given up by Prisma long ago and kept as it is, white space after it included.
bool read_type_alias(Scanner& scanner) {
  const auto begin = scanner.at();
  std::string unused;
  const auto read = [&] {
    if (!scanner.literal("type")) return false;
    scanner.skip_white();
    if (!scanner.identifier()) return false;
    scanner.skip_white();
    if (!scanner.literal("=")) return false;
    scanner.skip_white();
    if (!scanner.base_type()) return false;
    for (;;) {
      scanner.skip_white();
      const auto attribute = scanner.at();
      if (scanner.literal("@")) {
        scanner.skip_white();
        if (scanner.attribute(unused)) continue;
      }
      scanner.move_to(attribute);
      return true;
    }
  };
  if (read()) return true;
  scanner.move_to(begin);
  return false;
}

// `name { … }` without a keyword, up to the first closing brace. Kept as it is.
bool read_unknown_block(Scanner& scanner) {
  const auto begin = scanner.at();
  if (scanner.identifier()) {
    scanner.skip_white();
    if (scanner.literal("{")) {
      scanner.to_line_end();
      if (scanner.line_end()) {
        const auto close = scanner.text().find('}', scanner.at());
        if (close != std::string_view::npos) {
          scanner.move_to(close + 1);
          return true;
        }
      }
    }
  }
  scanner.move_to(begin);
  return false;
}

// A line that belongs to nothing, its line end included.
void read_stray_line(Scanner& scanner) {
  scanner.to_line_end();
  scanner.line_end();
}

// Whether the line goes on after a block.
bool line_goes_on(Scanner& scanner) {
  const auto begin = scanner.at();
  scanner.skip_white();
  const bool goes_on = !scanner.at_end() && !scanner.line_end();
  scanner.move_to(begin);
  return goes_on;
}

// Copies the range to keep that the scanner is in, if any, and moves after it.
bool copy_kept(Scanner& scanner, const std::vector<text::Range>& keep, std::string& out) {
  const auto at = static_cast<text::Offset>(scanner.at());
  const auto after = std::ranges::upper_bound(keep, at, {}, &text::Range::begin);
  if (after == keep.begin() || std::prev(after)->end <= at) return false;
  const text::Range& kept = *std::prev(after);
  out += scanner.text().substr(kept.begin, kept.size());
  if (!out.ends_with('\n')) out += '\n';
  scanner.move_to(kept.end);
  return true;
}

// Answers whether the language has a rule for every line.
bool format_schema(Scanner& scanner, const FormatOptions& options, std::string& out) {
  BlockFormatter blocks(options.tab_size, options.stable);
  FormatTable table;
  std::vector<std::string_view> comments;
  const auto last_brace = scanner.text().rfind('}');
  bool regular = true;

  scanner.blank_lines();
  for (;;) {
    if (scanner.blank_lines()) {
      scanner.skip_white();
      if (scanner.at_end()) break;
      out += '\n';
    }
    scanner.skip_white();
    if (scanner.at_end()) break;
    if (copy_kept(scanner, options.keep, out)) continue;
    if (blocks.format(scanner, out)) {
      if (options.stable && line_goes_on(scanner)) out += '\n';
      continue;
    }
    const bool closable = last_brace != std::string_view::npos && scanner.at() < last_brace;
    const auto begin = scanner.at();
    if (read_type_alias(scanner) || (closable && read_unknown_block(scanner))) {
      out += scanner.since(begin);
      regular = false;
      continue;
    }
    comments.clear();
    if (read_comments(scanner, comments)) {
      for (const std::string_view comment : comments) add_comment(comment, table, options.stable);
      table.render(out, 0);
      continue;
    }
    read_stray_line(scanner);
    out += scanner.since(begin);
    regular = false;
  }
  if (!out.ends_with('\n')) out += '\n';
  return regular && !blocks.found_broken_line();
}

// The text formatted once, and whether the language has a rule for each of its lines.
std::pair<std::string, bool> format_once(std::string_view text, const FormatOptions& options) {
  std::string out;
  out.reserve(text.size() + text.size() / 2);
  Scanner scanner(text, dialect_of(options.prisma));
  const bool regular = format_schema(scanner, options, out);
  return {std::move(out), regular};
}

}  // namespace

std::string format(std::string_view text, const FormatOptions& options) {
  auto [out, regular] = format_once(text, options);
  if (regular || !options.stable || !options.keep.empty()) return std::move(out);
  // A line without a rule can mean something else among the lines that were laid out.
  constexpr int kMaxRounds = 8;
  for (int round = 0; round < kMaxRounds; ++round) {
    std::string again = format_once(out, options).first;
    if (again == out) return std::move(out);
    out = std::move(again);
  }
  return std::string(text);
}

}  // namespace refract::syntax
