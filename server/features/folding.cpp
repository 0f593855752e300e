#include "features/folding.h"

#include <algorithm>
#include <tuple>

namespace refract::features {
namespace {

std::string_view without_margin(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
}

// What is after the slashes of a comment line, `#region` for both `//#region` and `#region`.
std::string_view comment_text(std::string_view line) {
  return without_margin(line.substr(std::min(line.find_first_not_of('/'), line.size())));
}

bool is_mark(std::string_view line, std::string_view mark) {
  const std::string_view text = comment_text(line);
  return text.starts_with(mark) &&
         (text.size() == mark.size() || text[mark.size()] == ' ' || text[mark.size()] == '\t');
}

class Folder {
 public:
  explicit Folder(const syntax::File& file) : file_(file), document_(file.document()) {}

  std::vector<Fold> fold() && {
    for (const syntax::PlacedBlock& placed : file_.blocks()) block(placed);
    comments();
    std::ranges::sort(found_, {}, [](const Fold& fold) { return std::tuple(fold.first, fold.last, fold.kind); });
    return std::move(found_);
  }

 private:
  void add(FoldKind kind, std::uint32_t first, std::uint32_t last) {
    if (first < last) found_.push_back({kind, first, last});
  }

  void block(const syntax::PlacedBlock& placed) {
    const syntax::Block& block = *placed.block;
    if (block.kind == syntax::BlockKind::filler) return;
    const text::Range range = placed.in_file(block.range);
    // The closing brace stays in view.
    const std::uint32_t end = document_.lines().line_of(range.end == 0 ? 0 : range.end - 1);
    if (end > 0) add(FoldKind::block, document_.lines().line_of(range.begin), end - 1);
  }

  void comments() {
    std::vector<std::uint32_t> regions;
    std::uint32_t run = 0;  // count of comment lines directly above
    const std::uint32_t count = document_.lines().line_count();
    const auto end_run = [&](std::uint32_t after) {
      if (run > 1) add(FoldKind::comment, after - run, after - 1);
      run = 0;
    };
    for (std::uint32_t line = 0; line < count; ++line) {
      const std::string_view text = without_margin(document_.line_text(line));
      if (is_mark(text, "#region")) {
        end_run(line);
        regions.push_back(line);
      } else if (is_mark(text, "#endregion")) {
        end_run(line);
        if (regions.empty()) continue;
        add(FoldKind::region, regions.back(), line);
        regions.pop_back();
      } else if (text.starts_with("//")) {
        ++run;
      } else {
        end_run(line);
        if (text.starts_with("/*")) line = block_comment(line);
      }
    }
    end_run(count);
  }

  // Folds the /* */ comment that begins on the line; gives the line it ends on.
  std::uint32_t block_comment(std::uint32_t line) {
    const text::Offset begin = document_.lines().line_start(line);
    const std::size_t close = document_.text().find("*/", document_.text().find("/*", begin) + 2);
    if (close == std::string_view::npos) return line;
    const std::uint32_t last = document_.lines().line_of(static_cast<text::Offset>(close));
    add(FoldKind::comment, line, last);
    return last;
  }

  const syntax::File& file_;
  const text::Document& document_;
  std::vector<Fold> found_;
};

}  // namespace

std::vector<Fold> folds(const schema::Snapshot& snapshot, schema::FileId file) {
  return Folder(*snapshot.files()[file].syntax).fold();
}

}  // namespace refract::features
