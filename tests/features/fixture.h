#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/snapshot.h"
#include "support/catch.h"
#include "validation/core/diagnostic.h"

// Schemas as texts with markers, so that no test counts offsets:
//   $0            the cursor
//   <ref>…</ref>  a range; ranges are numbered in the order of the text
//   //- /a.prisma a line of its own: what follows is this file. Text before the first one is /schema.prisma.
// A line break at the very beginning is for looks and left out.
namespace refract::test {

struct Fixture {
  std::shared_ptr<const schema::Snapshot> snapshot;
  schema::FilePosition cursor;
  std::vector<schema::FileRange> ranges;
  std::vector<std::pair<std::string, std::string>> files;  // path, text without markers
};

inline Fixture fixture(std::string_view marked, schema::PrismaVersion version = schema::PrismaVersion::v7) {
  if (marked.starts_with('\n')) marked.remove_prefix(1);
  Fixture made;
  made.files.emplace_back("/schema.prisma", "");
  std::vector<text::Offset> open;
  const auto at = [&] { return static_cast<text::Offset>(made.files.back().second.size()); };
  const auto file = [&] { return static_cast<schema::FileId>(made.files.size() - 1); };
  const auto take = [&](std::string_view mark) {
    if (!marked.starts_with(mark)) return false;
    marked.remove_prefix(mark.size());
    return true;
  };
  while (!marked.empty()) {
    if (take("//- ")) {
      const std::size_t end = marked.find('\n');
      if (made.files.back().second.empty()) made.files.pop_back();
      made.files.emplace_back(marked.substr(0, end), "");
      marked.remove_prefix(end + 1);
    } else if (take("$0")) {
      made.cursor = {file(), at()};
    } else if (take("<ref>")) {
      open.push_back(at());
    } else if (take("</ref>")) {
      made.ranges.push_back({file(), {open.back(), at()}});
      open.pop_back();
    } else {
      made.files.back().second += marked.front();
      marked.remove_prefix(1);
    }
  }
  REQUIRE(open.empty());
  std::vector<schema::SourceFile> sources;
  for (const auto& [path, text] : made.files) sources.push_back({path, syntax::File::parse(text::Document(text))});
  made.snapshot = schema::Snapshot::build(std::move(sources), {.version = version});
  return made;
}

// All files after the edits, with the lines that part them where there are several.
inline std::string applied(const Fixture& made, const std::vector<validation::FileEdit>& edits) {
  std::string out;
  for (std::size_t i = 0; i < made.files.size(); ++i) {
    std::vector<text::Edit> own;
    for (const auto& edit : edits) {
      if (edit.file == i) own.push_back(edit.edit);
    }
    if (made.files.size() > 1) out += "//- " + made.files[i].first + "\n";
    out += text::apply_edits(made.files[i].second, own);
  }
  return out;
}

// The words in the ranges, each with its file where there are several: to tell what a failing test found.
inline std::string shown(const Fixture& made, const std::vector<schema::FileRange>& ranges) {
  std::string out;
  for (const schema::FileRange& at : ranges) {
    if (!out.empty()) out += ' ';
    out += std::to_string(at.file) + ":" + std::to_string(at.range.begin) + "-" + std::to_string(at.range.end) + "=" +
           made.files[at.file].second.substr(at.range.begin, at.range.size());
  }
  return out;
}

}  // namespace refract::test
