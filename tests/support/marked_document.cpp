#include "support/marked_document.h"

#include <algorithm>

#include "support/catch.h"
#include "text/encoding.h"

namespace refract::test {

using protocol::Json;

text::Range MarkedDocument::bytes_of(std::string_view mark) const {
  const auto found = std::ranges::find(marked_.marks, mark, &tests::Mark::name);
  if (found == marked_.marks.end()) FAIL("no mark is named " << mark);
  return found->range;
}

Json MarkedDocument::position_of(text::Offset offset) const {
  const std::string_view before = std::string_view(marked_.text).substr(0, offset);
  const std::string_view line = before.substr(before.rfind('\n') + 1);
  return {{"line", std::ranges::count(before, '\n')}, {"character", text::length_in(line, encoding_)}};
}

Json MarkedDocument::range_of(text::Range range) const {
  return {{"start", position_of(range.begin)}, {"end", position_of(range.end)}};
}

Json MarkedDocument::position(std::string_view mark) const {
  return position_of(bytes_of(mark).begin);
}

Json MarkedDocument::range(std::string_view mark) const {
  return range_of(bytes_of(mark));
}

Json MarkedDocument::range(std::string_view first, std::string_view last) const {
  return range_of({bytes_of(first).begin, bytes_of(last).end});
}

Json MarkedDocument::replace(std::string_view mark, std::string_view fixture) {
  const text::Range replaced = bytes_of(mark);
  const tests::MarkedSchema added = tests::parse_marks(fixture);
  const Json change{{"range", range_of(replaced)}, {"text", added.text}};
  marked_.text.replace(replaced.begin, replaced.size(), added.text);
  std::erase_if(marked_.marks, [&](const tests::Mark& one) {
    return one.name != mark && one.range.begin >= replaced.begin && one.range.end <= replaced.end;
  });
  const auto moved = [&](text::Offset offset) {
    return offset - replaced.size() + static_cast<text::Offset>(added.text.size());
  };
  for (tests::Mark& one : marked_.marks) {
    if (one.range.begin >= replaced.end && one.name != mark) one.range.begin = moved(one.range.begin);
    if (one.range.end >= replaced.end) one.range.end = moved(one.range.end);
  }
  for (tests::Mark one : added.marks) {
    one.range.begin += replaced.begin;
    one.range.end += replaced.begin;
    marked_.marks.push_back(std::move(one));
  }
  return change;
}

}  // namespace refract::test
