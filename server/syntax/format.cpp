#include "syntax/format.h"

#include <utility>

#include "syntax/characters.h"
#include "syntax/format_block.h"
#include "syntax/format_lines.h"
#include "syntax/format_scanner.h"
#include "syntax/format_table.h"
#include "syntax/layout_cache.h"
#include "text/encoding.h"

namespace refract::syntax {
namespace {

Dialect dialect_of(const FormatOptions& options) {
  return {.letters = options.prisma >= 6,
          .block_comments = options.prisma >= 6,
          .objects = options.prisma >= 7,
          .loses_marks = options.like_prisma};
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

// Formats the blocks of one text, those from the cache whose layout is known.
class BlockReader {
 public:
  BlockReader(const FormatOptions& options, LayoutCache* layouts)
      : formatter_(options.tab_size, options.like_prisma), layouts_(layouts) {}

  // BlockFormatter::format().
  bool format(Scanner& scanner, std::string& out) {
    const std::string_view usual = usual_block(scanner);
    if (const LayoutCache::Layout* known = usual.empty() ? nullptr : layouts_->find(usual)) {
      scanner.move_to(scanner.at() + usual.size());
      out += known->text;
      regular_ = regular_ && known->regular;
      return true;
    }
    const std::size_t begin = scanner.at();
    const std::size_t written = out.size();
    if (!formatter_.format(scanner, out)) return false;
    const bool regular = !formatter_.found_broken_line();
    if (!usual.empty() && scanner.at() == begin + usual.size()) layouts_->keep(usual, {out.substr(written), regular});
    regular_ = regular_ && regular;
    return true;
  }

  // Whether the language has a rule for each line of the blocks.
  bool regular() const { return regular_; }

 private:
  // The text up to the first brace that begins a line, where blocks mostly end. Whatever comes after it, a block that
  // ends there is laid out the same. Empty: it is not worth to look for it among the known.
  std::string_view usual_block(const Scanner& scanner) {
    constexpr std::string_view kEnd = "\n}";
    constexpr std::size_t kLongest = std::size_t{1} << 14U;  // in bytes; text that is no block costs no more than this
    const std::size_t begin = scanner.at();
    if (layouts_ == nullptr || scanner.text()[begin] == '/') return {};
    if (end_ != std::string_view::npos && end_ <= begin) end_ = scanner.text().find(kEnd, begin);
    if (end_ == std::string_view::npos || end_ - begin > kLongest) return {};
    return scanner.text().substr(begin, end_ + kEnd.size() - begin);
  }

  BlockFormatter formatter_;
  LayoutCache* layouts_;
  std::size_t end_ = 0;  // the last end that was found
  bool regular_ = true;
};

// Answers whether the language has a rule for every line.
bool format_schema(Scanner& scanner, const FormatOptions& options, LayoutCache* layouts, std::string& out) {
  BlockReader blocks(options, layouts);
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
    if (blocks.format(scanner, out)) {
      if (!options.like_prisma && line_goes_on(scanner)) out += '\n';
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
      for (const std::string_view comment : comments) add_comment(comment, table, options.like_prisma);
      table.render(out, 0);
      continue;
    }
    read_stray_line(scanner);
    out += scanner.since(begin);
    regular = false;
  }
  if (!out.ends_with('\n')) out += '\n';
  return regular && blocks.regular();
}

// The text formatted once, and whether the language has a rule for each of its lines.
std::pair<std::string, bool> format_once(std::string_view text, const FormatOptions& options, LayoutCache* layouts) {
  std::string out;
  out.reserve(text.size() + text.size() / 2);
  Scanner scanner(text, dialect_of(options));
  const bool regular = format_schema(scanner, options, layouts, out);
  return {std::move(out), regular};
}

// Formatted until nothing changes; as it was where that has no end.
std::string settled(std::string_view text, const FormatOptions& options, LayoutCache* layouts) {
  auto [out, regular] = format_once(text, options, layouts);
  if (regular) return std::move(out);
  // A line without a rule can mean something else among the lines that were laid out.
  constexpr int kMaxRounds = 8;
  for (int round = 0; round < kMaxRounds; ++round) {
    std::string again = format_once(out, options, layouts).first;
    if (again == out) return std::move(out);
    out = std::move(again);
  }
  return std::string(text);
}

// The end of a byte order mark at the beginning, and of the blank line that it is on: Prisma takes the mark for a part
// of its line, so that another line's text has to stay out of it. 0: there is none.
std::size_t mark_end(std::string_view text) {
  if (!text.starts_with(text::kByteOrderMark)) return 0;
  const std::size_t end = text::kByteOrderMark.size();
  const std::size_t rest = skip_space(text, end);
  const std::size_t line_break = newline_length(text, rest);
  return line_break == 0 ? end : rest + line_break;
}

std::string laid_out(std::string_view text, const FormatOptions& options, LayoutCache* layouts) {
  if (options.like_prisma) return format_once(text, options, layouts).first;
  const std::string_view mark = text.substr(0, mark_end(text));
  text.remove_prefix(mark.size());
  std::string out = text.find('\r') == std::string_view::npos
                        ? settled(text, options, layouts)
                        : with_line_ends_of(text, settled(with_line_feeds(text), options, layouts));
  if (mark.size() > text::kByteOrderMark.size()) {
    // One blank line stays after it, as after any line.
    const std::size_t line_break = skip_space(text, 0);
    out.insert(0, text.substr(line_break, newline_length(text, line_break)));
  }
  out.insert(0, mark);
  return out;
}

}  // namespace

std::string format(std::string_view text, const FormatOptions& options, LayoutCache* layouts) {
  if (layouts != nullptr) layouts->begin(options);
  std::string out = laid_out(text, options, layouts);
  if (layouts != nullptr) layouts->end();
  return out;
}

}  // namespace refract::syntax
