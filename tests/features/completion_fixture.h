#pragma once

#include "features/completion/completion.h"
#include "features/fixture.h"

// Completion as input and answer: the labels offered, and the text after one was taken.
namespace refract::test {

inline std::string offered(std::string_view marked, schema::PrismaVersion version = schema::PrismaVersion::v7,
                           const features::CompletionOptions& options = {}) {
  const Fixture made = fixture(marked, version);
  auto items = features::completion(*made.snapshot, made.cursor, options);
  std::ranges::stable_sort(items, {}, &features::CompletionItem::sort);
  std::string labels;
  for (const auto& item : items) labels += (labels.empty() ? "" : " ") + item.label;
  return labels;
}

// The file of the cursor with the item taken, placeholders as they are sent. "no such item" where it is not offered.
inline std::string taken(std::string_view marked, std::string_view label, bool snippets = true,
                         schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const Fixture made = fixture(marked, version);
  for (const auto& item : features::completion(*made.snapshot, made.cursor, {.snippets = snippets})) {
    if (item.label != label) continue;
    CHECK(item.replace.touches(made.cursor.offset));
    const std::vector<text::Edit> edits{{item.replace, item.insert}};
    return text::apply_edits(made.files[made.cursor.file].second, edits);
  }
  return "no such item";
}

// The line that the cursor was in, after the item was taken.
inline std::string taken_line(std::string_view marked, std::string_view label, bool snippets = true) {
  const Fixture made = fixture(marked);
  const std::string before = made.files[made.cursor.file].second.substr(0, made.cursor.offset);
  const std::string after = taken(marked, label, snippets);
  if (after == "no such item") return after;
  const std::size_t begin = before.find_last_of('\n') + 1;
  const std::string line = after.substr(begin, after.find('\n', begin) - begin);
  return line.substr(std::min(line.size(), line.find_first_not_of(' ')));
}

}  // namespace refract::test
