#include "support/marked_schema.h"

#include <algorithm>
#include <tuple>

namespace refract::tests {

MarkedSchema parse_marks(std::string_view fixture) {
  MarkedSchema result;
  std::vector<std::pair<std::string, text::Offset>> open;
  for (std::size_t at = 0; at < fixture.size();) {
    const std::size_t end = fixture[at] == '<' ? fixture.find('>', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      result.text += fixture[at++];
      continue;
    }
    const auto here = static_cast<text::Offset>(result.text.size());
    std::string name(fixture.substr(at + 1, end - at - 1));
    if (name.starts_with('/')) {
      const auto start =
          std::ranges::find(open.rbegin(), open.rend(), name.substr(1), &std::pair<std::string, text::Offset>::first);
      if (start != open.rend()) {
        result.marks.push_back({start->first, {start->second, here}});
        open.erase(std::next(start).base());
      }
    } else if (name.ends_with('/')) {
      name.pop_back();
      result.marks.push_back({std::move(name), {here, here}});
    } else {
      open.emplace_back(std::move(name), here);
    }
    at = end + 1;
  }
  std::ranges::sort(result.marks, {}, [](const Mark& mark) { return std::tuple(mark.range, mark.name); });
  return result;
}

}  // namespace refract::tests
